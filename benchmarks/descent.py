"""A recorded 1,000-step descent beside the same steps in PyTorch and in plain NumPy: `python -m benchmarks.descent`.

One process, one core, float64, interleaved rounds. PyTorch comes from benchmarks/requirements.txt.
"""

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # before NumPy loads

from statistics import median
from time import perf_counter

import numpy as np
import torch

from statquest_bp import descend, dosage, statquest_network

STEPS, RATE, ROUNDS = 1000, 0.01, 11
START = statquest_network(w1=2.74, b1=0, w2=-1.13, b2=0, w3=0.36, w4=0.63, b3=0)  # Details Pt. 2
DATA = dosage()


def ours():
    """Every step recorded: parameters, SSR and slopes."""
    return parameters_of(descend(START, DATA, learning_rate=RATE, max_steps=STEPS, min_step=0.0).final)


def pytorch():
    """What most people would write; nothing recorded."""
    model = torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Softplus(), torch.nn.Linear(2, 1)).double()
    torch.nn.utils.vector_to_parameters(torch.tensor(np.concatenate(parameters_of(START), None)), model.parameters())
    inputs, observed = torch.tensor(DATA.inputs), torch.tensor(DATA.observed)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    for _ in range(STEPS):
        optimizer.zero_grad()
        ((observed - model(inputs)) ** 2).sum().backward()
        optimizer.step()
    return [parameter.detach().numpy() for parameter in model.parameters()]


def plain_numpy():
    """The same steps layer by layer, for this one network only; nothing recorded, nothing checked."""
    w, b, v, c = parameters_of(START)
    for _ in range(STEPS):
        x = DATA.inputs @ w.T + b
        y = np.log1p(np.exp(x))
        delta = -2 * (DATA.observed - (y @ v.T + c))
        back = (delta @ v) / (1 + np.exp(-x))
        v, c = v - RATE * (delta.T @ y), c - RATE * delta.sum(axis=0)
        w, b = w - RATE * (back.T @ DATA.inputs), b - RATE * back.sum(axis=0)
    return [w, b, v, c]


def parameters_of(net):
    return [array for layer in net.layers for array in (layer.weights, layer.biases)]


if __name__ == "__main__":
    torch.set_num_threads(1)
    expected, seconds = ours(), {run: [] for run in (ours, pytorch, plain_numpy)}
    for _ in range(ROUNDS):
        for run in seconds:
            start = perf_counter()
            end = run()
            seconds[run].append(perf_counter() - start)
            assert all(np.allclose(a, b, rtol=0, atol=1e-9) for a, b in zip(expected, end, strict=True)), run.__name__
    step = {run: 1e6 * median(times) / STEPS for run, times in seconds.items()}
    print("\n".join(f"{run.__name__:<12}{micros:8.1f} µs a step" for run, micros in step.items()))
    print(f"PyTorch takes {step[pytorch] / step[ours]:.1f} times as long as ours (target: at least 8)")
