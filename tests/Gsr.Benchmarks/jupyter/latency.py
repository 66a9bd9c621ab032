#!/usr/bin/python3
"""Latency and memory of an installed kernel, and how soon it stops a cell, as a front end of Jupyter sees it.

Usage: latency.py KERNEL [STARTS [CELLS]]        needs python3-jupyter-client (Debian) and an installed kernelspec
"""
import statistics
import sys
import time

from jupyter_client import KernelManager


def run(client, code):
    begin = time.perf_counter()
    request = client.execute(code)
    first = None
    while True:
        message = client.get_iopub_msg(timeout=120)
        if message["parent_header"].get("msg_id") != request:
            continue
        kind = message["msg_type"]
        if kind == "error":
            sys.exit(f"{code}: {message['content']['evalue']}")
        if kind in ("stream", "execute_result") and first is None:
            first = time.perf_counter() - begin
        if kind == "status" and message["content"]["execution_state"] == "idle":
            client.get_shell_msg(timeout=120)
            return 1000 * (first if first is not None else time.perf_counter() - begin)


def memory(pid):
    """The process and what it started, in MB."""
    with open(f"/proc/{pid}/status") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return own + sum(memory(child) for child in children.read().split())


ENDLESS = {
    "loop": "while (true) ;",
    "wait": "System.Threading.Thread.Sleep(-1);",
    "await": "await System.Threading.Tasks.Task.Delay(-1);",
    "child task": "await System.Threading.Tasks.Task.Run(() => { while (true) ; });",
    "LINQ": "Enumerable.Range(0, int.MaxValue).SelectMany(i => Enumerable.Range(0, 1000)).Count(i => i < 0)",
}


def interrupt(client, code):
    """From the request to the kernel's being idle again, in ms."""
    request = client.execute('Console.Write("go"); ' + code)
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request and message["msg_type"] == "stream":
            break
    time.sleep(0.2)
    begin = time.perf_counter()
    client.control_channel.send(client.session.msg("interrupt_request", {}))
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request or message["msg_type"] != "status":
            continue
        client.get_shell_msg(timeout=60)
        return 1000 * (time.perf_counter() - begin)


SUGGESTIONS = {"member": "x5.", "overload": "Math.Max", "earlier name": "x2", "global name": "Con"}


def suggest(client, code):
    """From a request for completion to its answer, in ms."""
    begin = time.perf_counter()
    request = client.complete(code)
    while True:
        message = client.get_shell_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            break
    if not message["content"]["matches"]:
        sys.exit(f"{code}: nothing is suggested")
    return 1000 * (time.perf_counter() - begin)


def measure(kernel, cells):
    manager = KernelManager(kernel_name=kernel)
    begin = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        # Asked again and again, as front ends do: what is sent before the kernel listens may be lost.
        while True:
            client.kernel_info()
            try:
                client.get_shell_msg(timeout=0.05)
                break
            except Exception:
                continue
        info = 1000 * (time.perf_counter() - begin)
        while True:
            try:
                client.get_shell_msg(timeout=0.1)
            except Exception:
                break
        run_begin = time.perf_counter()
        first = run(client, "1 + 1")
        second = run(client, "var x0 = 2; x0 * 21")
        steady = [run(client, f"var x{i} = {i}; int F{i}(int n) => n + x{i}; F{i}(1)") for i in range(1, cells - 1)]
        pid = manager.provisioner.pid if hasattr(manager, "provisioner") else manager.kernel.pid
        used = memory(pid)
        stops = [max(interrupt(client, code) for _ in range(5)) for code in ENDLESS.values()]
        suggestions = [statistics.median([suggest(client, code) for _ in range(6)][1:]) for code in SUGGESTIONS.values()]
        return info, first, second, statistics.median(steady[len(steady) // 15:]), max(steady[len(steady) // 15:]), used, *stops, *suggestions, memory(pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    kernel, starts = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    cells = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    rows = [measure(kernel, cells) for _ in range(starts)]
    names = ("kernel_info ms", "first cell ms", "second ms", "steady ms", "slowest ms", f"MB after {cells}", *(f"stop {name} ms" for name in ENDLESS),
             *(f"suggest {name} ms" for name in SUGGESTIONS), "MB after all")
    for name, values in zip(names, zip(*rows)):
        print(f"{name:24} median {statistics.median(values):7.1f}   {min(values):7.1f} to {max(values):7.1f}")


main()
