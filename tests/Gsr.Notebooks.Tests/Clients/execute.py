"""Executes a notebook by nbclient: KERNEL NOTEBOOK EXECUTED."""
import os
import sys

import nbclient
import nbformat

kernel, source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
client = nbclient.NotebookClient(notebook, kernel_name=kernel, timeout=300, resources={"metadata": {"path": os.path.dirname(source)}})
client.execute()
nbformat.validate(notebook)
nbformat.write(notebook, target)
