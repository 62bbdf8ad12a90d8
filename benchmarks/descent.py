"""A recorded 1,000-step descent of the lesson beside PyTorch, scikit-learn, micrograd and plain NumPy.

Ours records every step: parameters, SSR and slopes. The others record nothing, and end at the same parameters, all but
scikit-learn: its MLPRegressor has no softplus, halves and averages the squares, and starts at random. So it takes as
many full-batch steps without momentum on a 1-2-1 network of tanh nodes, beside ours with tanh.
"""

import math
import warnings
from statistics import median

import numpy as np
import torch
from micrograd.engine import Value
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from benchmarks.report import Row, main, on_one_core, taking_turns, times_as_long
from statquest_bp import Network, descend, dosage, statquest_network

STEPS, RATE, ROUNDS = 1000, 0.01, 21
START = statquest_network(w1=2.74, b1=0, w2=-1.13, b2=0, w3=0.36, w4=0.63, b3=0)  # Details Pt. 2
TANH = Network.from_parameters(START.sizes, START.parameters, "tanh")
DATA = dosage()


def ours():
    """Every step recorded."""
    return parameters_of(descend(START, DATA, RATE, max_steps=STEPS, min_step=0.0).final)


def ours_with_tanh():
    """The same for the network that scikit-learn can have too."""
    descend(TANH, DATA, RATE, max_steps=STEPS, min_step=0.0)


def pytorch():
    """What most people would write."""
    model = torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Softplus(), torch.nn.Linear(2, 1)).double()
    torch.nn.utils.vector_to_parameters(torch.tensor(np.concatenate(parameters_of(START), None)), model.parameters())
    inputs, observed = torch.tensor(DATA.inputs), torch.tensor(DATA.observed)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    for _ in range(STEPS):
        optimizer.zero_grad()
        ((observed - model(inputs)) ** 2).sum().backward()
        optimizer.step()
    return [parameter.detach().numpy() for parameter in model.parameters()]


def scikit_learn():
    """As near as it comes: see above."""
    plain = dict(solver="sgd", momentum=0.0, nesterovs_momentum=False, alpha=0.0, shuffle=False, batch_size=len(DATA))
    endless = dict(max_iter=STEPS, tol=0.0, n_iter_no_change=STEPS)
    model = MLPRegressor(
        hidden_layer_sizes=(2,), activation="tanh", learning_rate_init=RATE, random_state=0, **plain, **endless
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(DATA.inputs, DATA.observed[:, 0])
    assert model.n_iter_ == STEPS


def micrograd():
    """Its Value engine, which has no softplus: one is added as its own relu is written."""
    parameters = [Value(value) for value in START.parameters.values()]
    w1, b1, w2, b2, w3, w4, b3 = parameters
    points = list(zip(DATA.inputs[:, 0].tolist(), DATA.observed[:, 0].tolist(), strict=True))
    for _ in range(STEPS):
        ssr = Value(0.0)
        for dosage_, efficacy in points:
            predicted = softplus(w1 * dosage_ + b1) * w3 + softplus(w2 * dosage_ + b2) * w4 + b3
            ssr += (efficacy - predicted) ** 2
        for parameter in parameters:
            parameter.grad = 0.0
        ssr.backward()
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad
    w1, b1, w2, b2, w3, w4, b3 = (parameter.data for parameter in parameters)
    return [np.array([[w1], [w2]]), np.array([b1, b2]), np.array([[w3, w4]]), np.array([b3])]


def softplus(x):
    out = Value(math.log1p(math.exp(x.data)), (x,), "softplus")

    def _backward():
        x.grad += out.grad / (1.0 + math.exp(-x.data))

    out._backward = _backward
    return out


def plain_numpy():
    """The same steps layer by layer, for this one network only; nothing checked."""
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


def rows():
    for run in (pytorch, micrograd, plain_numpy):
        for a, b in zip(ours(), run(), strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=1e-9, err_msg=run.__name__)
    runs = (ours, pytorch, micrograd, plain_numpy, ours_with_tanh, scikit_learn)
    seconds = taking_turns({run: run for run in runs}, ROUNDS)
    for what, other, own, at_least in (
        ("PyTorch, nn and SGD / ours", pytorch, ours, 8),
        ("scikit-learn / ours with tanh", scikit_learn, ours_with_tanh, 3),
        ("micrograd / ours", micrograd, ours, 8),
    ):
        yield Row(what, times_as_long(seconds[other], seconds[own]), "×", at_least=at_least)
    for run, each in seconds.items():
        yield Row(f"{run.__name__.replace('_', ' ')}, a step", 1e6 * median(each) / STEPS, "µs")


if __name__ == "__main__":
    on_one_core()
    torch.set_num_threads(1)
    main(f"A recorded descent of {STEPS:,} steps", rows())
