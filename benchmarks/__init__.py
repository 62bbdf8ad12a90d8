"""Side by side with what a user would pick instead: one process each, one core, taking turns, medians."""

import os

one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
flags = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ |= one_thread | {"XLA_FLAGS": flags, "JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1"}  # before they load
