"""The steps of the preparation of cells with h5py and scipy, in memory, as scanpy takes them by default.

/usr/bin/python3 cells.py FILE.h5ad prints seconds, seconds of processors and the peak in MB.
"""

import resource
import sys
import time

import h5py
import numpy
import scipy.sparse
import scipy.sparse.linalg

GENES, COMPONENTS = 2000, 30

began = time.perf_counter()
with h5py.File(sys.argv[1]) as file:
    group = file["X"]
    cells = scipy.sparse.csr_matrix(
        (group["data"][:], group["indices"][:], group["indptr"][:]), shape=tuple(group.attrs["shape"]))

# filter_cells, filter_genes, normalize_total, log1p
detected = numpy.diff(cells.indptr)
cells = cells[detected >= numpy.median(detected) / 5]
cells = cells[:, numpy.bincount(cells.indices, minlength=cells.shape[1]) >= 3]
totals = numpy.asarray(cells.sum(axis=1)).ravel()
cells.data *= numpy.repeat(numpy.median(totals) / totals, numpy.diff(cells.indptr)).astype(cells.dtype)
numpy.log1p(cells.data, out=cells.data)

# highly_variable_genes, the dispersion of Seurat
if cells.shape[1] > GENES:
    levels = cells.copy()
    numpy.expm1(levels.data, out=levels.data)
    n = levels.shape[0]
    mean = numpy.asarray(levels.sum(axis=0), dtype=float).ravel() / n
    square = numpy.asarray(levels.multiply(levels).sum(axis=0), dtype=float).ravel() / n
    del levels
    dispersion = numpy.log((square - mean**2) * n / (n - 1) / mean)
    level = numpy.log1p(mean)
    bins = numpy.digitize(level, numpy.linspace(level.min(), level.max(), 21)[1:-1])
    score = numpy.empty_like(dispersion)
    for own in (bins == i for i in numpy.unique(bins)):
        deviation = dispersion[own].std(ddof=1) if own.sum() > 1 else 0
        score[own] = (dispersion[own] - dispersion[own].mean()) / deviation if deviation > 0 else 1
    cells = cells[:, numpy.sort(numpy.argsort(-score)[:GENES])]

# pca, centred in the products, by svds
mean = numpy.asarray(cells.mean(axis=0), dtype=float).ravel()
turned = cells.T.tocsr()
ones = numpy.ones(cells.shape[0])
operator = scipy.sparse.linalg.LinearOperator(
    cells.shape, dtype=float,
    matvec=lambda v: cells @ v.ravel() - ones * (mean @ v.ravel()),
    rmatvec=lambda v: turned @ v.ravel() - mean * v.sum(),
    matmat=lambda v: cells @ v - numpy.outer(ones, mean @ v),
    rmatmat=lambda v: turned @ v - numpy.outer(mean, v.sum(axis=0)))
u, s, _ = scipy.sparse.linalg.svds(operator, k=COMPONENTS, random_state=0)
scores = u * s

usage = resource.getrusage(resource.RUSAGE_SELF)
print(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
