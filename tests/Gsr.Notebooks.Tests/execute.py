"""Executes a notebook with nbclient, in the folder that it lies in: execute.py NOTEBOOK EXECUTED

Needs python3-nbclient (Debian) and the kernel that the notebook names.
"""
import os
import sys

import nbclient
import nbformat

source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": os.path.dirname(source)}}).execute()
nbformat.validate(notebook)
nbformat.write(notebook, target)
