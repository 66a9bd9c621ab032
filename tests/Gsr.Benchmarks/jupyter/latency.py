#!/usr/bin/python3
"""Latency and memory of installed kernels, and how soon they stop a cell, as a front end of Jupyter sees it.

Usage: latency.py KERNEL[,KERNEL...] [STARTS [CELLS]]    needs python3-jupyter-client (Debian) and installed kernelspecs

Several kernels take turns, and are given as ratios to the first one, too, each the median of the ratios within a turn: that is what
can be read on a machine that others use. A name that begins with "python" is given Python. "Warm" is a first cell that is sent
when the kernel has come to rest, as while its user reads, "cold" one that is sent as soon as it answers.
"""
import os
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


def memory(pid, kinds=("VmRSS",)):
    """The process and what it started, in MB; pages of files are shared with other kernels, unless kinds leaves them out."""
    with open(f"/proc/{pid}/status") as status:
        own = sum(int(line.split()[1]) for line in status if line.startswith(kinds)) / 1024
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return own + sum(memory(child, kinds) for child in children.read().split())


def processor(pid):
    """Seconds of processors that the process has taken."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rest(pid):
    """Waits until the process computes no more."""
    last, quiet = processor(pid), 0
    for _ in range(600):
        time.sleep(0.25)
        now = processor(pid)
        last, quiet = now, quiet + 1 if now - last < 0.02 else 0
        if quiet == 6:
            return


# What is measured, in both languages: i is the number of a cell.
CSHARP = {
    "second": "var x0 = 2; x0 * 21",
    "steady": lambda i: f"var x{i} = {i}; int F{i}(int n) => n + x{i}; F{i}(1)",
    "record": lambda i: f"record P{i}(int X, string Name); Enumerable.Range(0, 20).Select(k => new P{i}(k, $\"n{{k}}\"))"
                        ".Where(p => p.X % 2 == 0).OrderByDescending(p => p.X).Select(p => p.Name).First()",
}
PYTHON = {
    "second": "x0 = 2\nx0 * 21",
    "steady": lambda i: f"x{i} = {i}\ndef f{i}(n): return n + x{i}\nf{i}(1)",
    "record": lambda i: f"from dataclasses import dataclass\n@dataclass\nclass P{i}:\n    x: int\n    name: str\n"
                        f"sorted((p for p in (P{i}(k, f'n{{k}}') for k in range(20)) if p.x % 2 == 0), key=lambda p: -p.x)[0].name",
}

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


def start(kernel):
    """A kernel that answers, its client, its process, and how long it took in ms."""
    manager = KernelManager(kernel_name=kernel)
    begin = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
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
    return manager, client, manager.provisioner.pid if hasattr(manager, "provisioner") else manager.kernel.pid, info


def measure(kernel, cells):
    code = PYTHON if kernel.startswith("python") else CSHARP
    manager, client, pid, info = start(kernel)
    try:
        cold = run(client, "1 + 1")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    manager, client, pid, _ = start(kernel)
    try:
        rest(pid)
        first = run(client, "1 + 1")
        second = run(client, code["second"])
        records = [run(client, code["record"](i)) for i in range(10)]
        spent = processor(pid)
        steady = [run(client, code["steady"](i)) for i in range(1, cells - 11)]
        spent = 1000 * (processor(pid) - spent) / len(steady)
        result = {
            "ready ms": info, "first cell cold ms": cold, "first cell warm ms": first, "second ms": second,
            "record, LINQ: first ms": records[0], "record, LINQ ms": statistics.median(records[1:]),
            "steady ms": statistics.median(steady[len(steady) // 15:]), "steady processor ms": spent,
            f"MB after {cells}": memory(pid), "without files": memory(pid, ("RssAnon", "RssShmem")),
        }
        if kernel.startswith("python"):
            return result
        try:
            for name, endless in ENDLESS.items():
                result[f"stop {name} ms"] = max(interrupt(client, endless) for _ in range(5))
            for name, text in SUGGESTIONS.items():
                result[f"suggest {name} ms"] = statistics.median([suggest(client, text) for _ in range(6)][1:])
            result["MB after all"] = memory(pid)
        except (Exception, SystemExit) as failure:
            print(f"{kernel}: {failure!r}", file=sys.stderr)  # one of another maker need not do all of that
        return result
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    kernels, starts = sys.argv[1].split(","), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    cells = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    turns = []
    for _ in range(starts):
        turns.append({})
        for kernel in kernels:
            turns[-1][kernel] = measure(kernel, cells)
            print(kernel, {name: round(value, 1) for name, value in turns[-1][kernel].items()}, file=sys.stderr)
    for name in turns[0][kernels[0]]:
        for kernel in kernels:
            values = [turn[kernel][name] for turn in turns if name in turn[kernel]]
            ratios = [turn[kernel][name] / turn[kernels[0]][name] for turn in turns if name in turn[kernel]]
            if values:
                print(f"{name:24} {kernel:20} median {statistics.median(values):8.1f}   {min(values):8.1f} to {max(values):8.1f}"
                      f"   ratio {statistics.median(ratios):6.2f}")


main()
