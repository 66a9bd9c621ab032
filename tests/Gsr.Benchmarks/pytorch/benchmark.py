"""The counterpart in PyTorch of what Gsr.Benchmarks measures, on one thread.

    python3 benchmark.py              every case once, one JSON line each
    python3 benchmark.py --list       the names of the cases
    python3 benchmark.py --serve      reads a case's name per line of input, answers with its JSON line

A line is {"case": ..., "us": median microseconds of processor time} or {"case": ..., "error": why it cannot run here}.
A case that trains ends in the options of its training, joined by "+": plain, fused (Adam), channels_last, compiled.
"""

import json
import os
import re
import sys
import time

# torch.set_num_threads does not reach OpenBLAS's own threads: unasked, it multiplies on all cores.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import torch

SECONDS = 0.15
EXAMPLES = 20_000
DENSE_OPTIONS = ("plain", "fused", "fused+compiled")
IMAGE_OPTIONS = ("plain", "fused", "channels_last", "fused+channels_last", "fused+channels_last+compiled")
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


class GridClassifier(torch.nn.Module):
    """Two convolutions, a dense grid of 8 x 8, dropout, classes; pools before the activation, as ours does."""

    def __init__(self):
        super().__init__()
        layers = []
        for inputs, outputs in ((1, 32), (32, 64)):
            layers += [torch.nn.Conv2d(inputs, outputs, 5, padding=2), torch.nn.MaxPool2d(2), torch.nn.LeakyReLU(0.2)]
        self.grid = torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(64 * 7 * 7, 64))
        self.head = torch.nn.Sequential(torch.nn.Dropout(0.4), torch.nn.Linear(64, 10))


def squash(vectors):
    squares = vectors.square().sum(-1, keepdim=True)
    return vectors * ((squares + 1e-8).sqrt() / (1 + squares))


class CapsuleNetwork(torch.nn.Module):
    """The small network of notebook 06: 8 kinds of primary capsules at 36 places, 10 capsules of 16, couplings constant."""

    def __init__(self):
        super().__init__()
        self.convolution = torch.nn.Conv2d(1, 32, 9)
        self.primary = torch.nn.Conv2d(32, 64, 9, stride=2)
        self.weight = torch.nn.Parameter(torch.randn(288, 8, 160) * 10 * (1 / (288 * 16)) ** 0.5)
        self.decoder = torch.nn.Sequential(
            torch.nn.Linear(160, 256), torch.nn.ReLU(), torch.nn.Linear(256, 512), torch.nn.ReLU(),
            torch.nn.Linear(512, 784), torch.nn.Sigmoid())

    def capsules(self, x):
        n = len(x)
        below = self.primary(torch.relu(self.convolution(x))).reshape(n, 8, 8, 36).transpose(2, 3).reshape(n, 288, 8)
        # [288, n, 8] times [288, 8, 160]: what each capsule below predicts for each above.
        predictions = torch.bmm(squash(below).transpose(0, 1), self.weight).reshape(288, n, 10, 16)
        with torch.no_grad():
            known, logits = predictions.detach(), torch.zeros(288, n, 10)
            for _ in range(2):
                output = squash((logits.softmax(-1).unsqueeze(-1) * known).sum(0))
                logits = logits + (known * output).sum(-1)
            couplings = logits.softmax(-1).unsqueeze(-1)
        return squash((couplings * predictions).sum(0))

    def loss(self, x, labels):
        capsules = self.capsules(x)
        lengths = (capsules.square().sum(-1) + 1e-8).sqrt()
        truth = torch.nn.functional.one_hot(labels, 10).to(x.dtype)
        margin = truth * torch.relu(0.9 - lengths).square() + 0.5 * (1 - truth) * torch.relu(lengths - 0.1).square()
        drawn = self.decoder((capsules * truth.unsqueeze(-1)).flatten(1))
        return margin.sum(1).mean() + 0.0005 * (drawn - x.flatten(1)).square().sum(1).mean()


def training(model, loss, tensors, batch, options):
    """A step on the next batch of shuffled examples; compiled, loss and model are compiled together."""
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, **({"fused": True} if "fused" in options else {}))
    if "channels_last" in options:
        model.to(memory_format=torch.channels_last)
    if "compiled" in options:
        loss = torch.compile(loss)
    count = len(tensors[0])
    order, at = torch.randperm(count), 0

    def step():
        nonlocal order, at
        if at + batch > count:
            order, at = torch.randperm(count), 0
        taken = [tensor.index_select(0, order[at:at + batch]) for tensor in tensors]
        if "channels_last" in options:
            taken[0] = taken[0].contiguous(memory_format=torch.channels_last)
        at += batch
        value = loss(*taken)
        adam.zero_grad()
        value.backward()
        adam.step()

    return step


def step_case(batch, kind, options, widths=(784, 128, 128, 128, 32)):
    torch.manual_seed(0)
    model = Autoencoder(widths)
    penalty = None if kind == "none" else penalty_of(kind, torus_edges(4, 8), 32)

    def loss(x):
        code = model.encoder(x)
        value = torch.nn.functional.mse_loss(model.decoder(code), x)
        return value if penalty is None else value + 1e-3 * penalty(code)

    return training(model, loss, [torch.rand(EXAMPLES, widths[0])], batch, options)


def image_case(name, batch, options):
    torch.manual_seed(0)
    images = [torch.rand(2_000, 1, 28, 28), torch.randint(10, (2_000,))]
    if name == "capsules":
        model = CapsuleNetwork()
        return training(model, model.loss, images, batch, options)
    model, penalty = GridClassifier(), penalty_of("product", grid_edges(8, 8), 64)

    def loss(x, labels):
        grid = model.grid(x)
        return torch.nn.functional.cross_entropy(model.head(grid), labels) + 1e-3 * penalty(grid)

    return training(model, loss, images, batch, options)


def spectrum_case(side):
    matrix = laplacian(*grid_edges(side, side), side * side).double()
    return lambda: torch.linalg.eigh(matrix)


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
            for options in DENSE_OPTIONS:
                yield f"step/{batch}/{kind}/{options}", lambda b=batch, k=kind, o=options.split("+"): step_case(b, k, o)
    for options in DENSE_OPTIONS:
        yield f"small/32/{options}", lambda o=options.split("+"): step_case(32, "none", o, (15, 50, 50, 6))
    for name, batch in (("grid", 32), ("capsules", 64)):
        for options in IMAGE_OPTIONS:
            yield f"{name}/{batch}/{options}", lambda n=name, b=batch, o=options.split("+"): image_case(n, b, o)
    for side in (32, 45):
        yield f"spectrum/{side * side}", lambda s=side: spectrum_case(s)
    for nodes in WIDTHS:
        for kind in ("product", "csr", "gathered"):
            yield f"penalty/{nodes}/{kind}", lambda n=nodes, k=kind: penalty_case(n, k)


def measure(run):
    """Median microseconds of a call, over SECONDS and at least three calls (one where that takes seconds)."""
    times, spent = [], 0
    while len(times) < (3 if spent < 10 * SECONDS else 1) or spent < SECONDS:
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
        spent += times[-1]
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


def libraries():
    """The names of the linear algebra that this process has loaded."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {os.path.realpath(line.split()[-1]) for line in maps if "/" in line}
    except OSError:
        return ""
    return " ".join(sorted({os.path.basename(p) for p in paths if re.search("blas|mkl|blis|lapack", os.path.basename(p))}))


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
    print(json.dumps({
        "pytorch": torch.__version__, "threads": torch.get_num_threads(), "gflops": round(gigaflops(), 1),
        "libraries": libraries()}), flush=True)
    for name in (line.strip() for line in sys.stdin) if "--serve" in sys.argv else known:
        answer(name, known, made)
        if "--serve" not in sys.argv:
            made.clear()


if __name__ == "__main__":
    main()
