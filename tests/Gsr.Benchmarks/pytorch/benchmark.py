"""The counterpart in PyTorch of what Gsr.Benchmarks measures, on one thread.

    python3 benchmark.py              every case once, one JSON line each
    python3 benchmark.py --list       the names of the cases
    python3 benchmark.py --serve      reads a case's name per line of input, answers with its JSON line

A line is {"case": ..., "us": median microseconds} or {"case": ..., "error": why it cannot run here}.
"""

import json
import sys
import time

import torch

SECONDS = 0.15
EXAMPLES = 20_000
ADAMS = ("plain", "fused")
PENALTIES = ("none", "product", "gathered")
BATCHES = (32, 128, 512)
WIDTHS = {64: (8, 8), 256: (16, 16), 1024: (32, 32), 4096: (64, 64), 16384: (128, 128)}


def torus_edges(rows, columns):
    node = torch.arange(rows * columns).reshape(rows, columns)
    right, below = node.roll(-1, 1), node.roll(-1, 0)
    return torch.cat([node.flatten(), node.flatten()]), torch.cat([right.flatten(), below.flatten()])


def grid_edges(rows, columns):
    node = torch.arange(rows * columns).reshape(rows, columns)
    sources = torch.cat([node[:, :-1].flatten(), node[:-1].flatten()])
    targets = torch.cat([node[:, 1:].flatten(), node[1:].flatten()])
    return sources, targets


def laplacian(sources, targets, nodes, layout="dense"):
    """D - W of unit weights."""
    ones = torch.ones(len(sources))
    degrees = torch.zeros(nodes).index_add_(0, sources, ones).index_add_(0, targets, ones)
    diagonal = torch.arange(nodes)
    rows = torch.cat([sources, targets, diagonal])
    columns = torch.cat([targets, sources, diagonal])
    values = torch.cat([-ones, -ones, degrees])
    sparse = torch.sparse_coo_tensor(torch.stack([rows, columns]), values, (nodes, nodes)).coalesce()
    return sparse.to_dense() if layout == "dense" else sparse.to_sparse_csr()


def penalty_of(kind, edges, nodes):
    """mean over the batch of z'Lz, as one writes it in PyTorch."""
    sources, targets = edges
    if kind == "gathered":
        return lambda z: (z.index_select(1, sources) - z.index_select(1, targets)).square().sum() / len(z)
    if kind == "csr":
        matrix = laplacian(sources, targets, nodes, "csr")
        return lambda z: ((matrix @ z.t()).t() * z).sum() / len(z)
    matrix = laplacian(sources, targets, nodes)
    return lambda z: ((z @ matrix) * z).sum() / len(z)


class Autoencoder(torch.nn.Module):
    """784-[128, 128, 128]-32 and mirrored, leaky ReLU 0.2 but on code and output."""

    def __init__(self, widths=(784, 128, 128, 128, 32)):
        super().__init__()
        self.encoder = self.dense(widths)
        self.decoder = self.dense(widths[::-1])

    @staticmethod
    def dense(widths):
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(inputs, outputs), torch.nn.LeakyReLU(0.2)]
        return torch.nn.Sequential(*layers[:-1])


def step_case(batch, kind, adam, widths=(784, 128, 128, 128, 32)):
    torch.manual_seed(0)
    data = torch.rand(EXAMPLES, widths[0])
    model = Autoencoder(widths)
    options = {"fused": True} if adam == "fused" else {}
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, **options)
    penalty = None if kind == "none" else penalty_of(kind, torus_edges(4, 8), 32)
    order, at = torch.randperm(EXAMPLES), 0

    def step():
        nonlocal order, at
        if at + batch > EXAMPLES:
            order, at = torch.randperm(EXAMPLES), 0
        x = data.index_select(0, order[at:at + batch])
        at += batch
        code = model.encoder(x)
        loss = torch.nn.functional.mse_loss(model.decoder(code), x)
        if penalty is not None:
            loss = loss + 1e-3 * penalty(code)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def penalty_case(nodes, kind):
    if kind == "product" and nodes > 4096:
        raise ValueError("a dense Laplacian of this width takes 1 GB")
    penalty = penalty_of(kind, grid_edges(*WIDTHS[nodes]), nodes)
    z = torch.rand(128, nodes, requires_grad=True)

    def run():
        z.grad = None
        penalty(z).backward()

    return run


def cases():
    for batch in BATCHES:
        for kind in PENALTIES:
            for adam in ADAMS:
                yield f"step/{batch}/{kind}/{adam}", lambda b=batch, k=kind, a=adam: step_case(b, k, a)
    for adam in ADAMS:
        yield f"small/32/{adam}", lambda a=adam: step_case(32, "none", a, (15, 50, 50, 6))
    for nodes in WIDTHS:
        for kind in ("product", "csr", "gathered"):
            yield f"penalty/{nodes}/{kind}", lambda n=nodes, k=kind: penalty_case(n, k)


def measure(run):
    """Median microseconds of a call, over SECONDS and at least three calls."""
    times, end = [], time.perf_counter() + SECONDS
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1e6 * sorted(times)[len(times) // 2]


def answer(name, known, made):
    try:
        if name not in made:
            made[name] = known[name]()
            made[name]()
        line = {"case": name, "us": round(measure(made[name]), 2)}
    except Exception as error:  # whatever this version of PyTorch cannot do is part of the answer
        line = {"case": name, "error": str(error).splitlines()[0]}
    print(json.dumps(line), flush=True)


def gigaflops():
    """What its matrix product reaches: a PyTorch without an optimised BLAS is no measure for a whole step."""
    a = torch.rand(256, 256)
    return 2 * 256**3 / measure(lambda: a @ a) / 1e3


def main():
    torch.set_num_threads(1)
    known, made = dict(cases()), {}
    if "--list" in sys.argv:
        print("\n".join(known))
        return
    print(json.dumps({"pytorch": torch.__version__, "threads": torch.get_num_threads(), "gflops": round(gigaflops(), 1)}), flush=True)
    for name in (line.strip() for line in sys.stdin) if "--serve" in sys.argv else known:
        answer(name, known, made)
        if "--serve" not in sys.argv:
            made.clear()


if __name__ == "__main__":
    main()
