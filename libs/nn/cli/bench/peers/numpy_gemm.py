"""numpy_gemm.py M K N: seconds of one product [M, K] · [K, N] in float32, the mean of 50.

Threads are the BLAS library's, by OPENBLAS_NUM_THREADS. Prints one line of JSON.
"""

import json
import sys
import time

import numpy

REPEATS = 50

M, K, N = (int(size) for size in sys.argv[1:])
random = numpy.random.default_rng(1)
a = random.standard_normal((M, K), numpy.float32)
b = random.standard_normal((K, N), numpy.float32)
c = a @ b
started = time.perf_counter()
for _ in range(REPEATS):
    numpy.matmul(a, b, out=c)
seconds = (time.perf_counter() - started) / REPEATS
print(json.dumps({"seconds": seconds, "loss": 0, "engine": f"NumPy {numpy.__version__}"}))
