"""The SSR over 201 × 201 values of w1 and w3: `ssr_surface` beside one broadcast expression in JAX, PyTorch and NumPy.

The expression has an axis for the points, w1 and w3. As a second form, a point at a time: it is written for these very
parameters of this very network, and JAX then fuses all of it into one loop.
"""

from functools import partial
from statistics import median

import jax
import numpy as np
import torch

from benchmarks.report import Row, main, on_one_core, taking_turns, times_as_long
from statquest_bp import dosage, ssr_surface, statquest_network

SIDE, ROUNDS = 201, 101
NET, DATA = statquest_network(), dosage()
P = NET.parameters
W1, W3 = np.linspace(-6, 6, SIDE), np.linspace(-6, 6, SIDE)
ARRAYS = (W1, W3, DATA.inputs[:, 0], DATA.observed[:, 0])


def squares(softplus, w1, w3, dosage_, efficacy):
    predicted = softplus(dosage_ * w1 + P["b1"]) * w3 + softplus(dosage_ * P["w2"] + P["b2"]) * P["w4"] + P["b3"]
    return (efficacy - predicted) ** 2


def broadcast(softplus, w1, w3, dosages, efficacies):
    return squares(softplus, w1[:, None], w3[:, None, None], dosages, efficacies).sum(-1)


def point_by_point(softplus, w1, w3, dosages, efficacies):
    return sum(squares(softplus, w1, w3[:, None], dosages[k], efficacies[k]) for k in range(len(DATA)))


def rows():
    in_jax, in_torch = [jax.numpy.array(a) for a in ARRAYS], [torch.tensor(a) for a in ARRAYS]
    runs = {"ours": lambda: ssr_surface(NET, DATA, "w1", "w3", W1, W3)}
    for form in (broadcast, point_by_point):
        compiled = jax.jit(partial(form, jax.nn.softplus))
        runs[f"JAX, jitted, {form.__name__}"] = lambda run=compiled: jax.block_until_ready(run(*in_jax))
        runs[f"PyTorch, {form.__name__}"] = partial(form, torch.nn.functional.softplus, *in_torch)
        runs[f"NumPy, {form.__name__}"] = partial(form, lambda x: np.logaddexp(x, 0.0), *ARRAYS)
    for name, run in runs.items():
        np.testing.assert_allclose(np.asarray(run()), runs["ours"](), rtol=1e-9, err_msg=name)
    seconds = taking_turns(runs, ROUNDS)
    for name in ("JAX, jitted, broadcast", "PyTorch, broadcast"):
        yield Row(f"{name} / ours", times_as_long(seconds[name], seconds["ours"]), "×", at_least=1)
    yield from (Row(name.replace("_", " "), 1e3 * median(each), "ms") for name, each in seconds.items())


if __name__ == "__main__":
    on_one_core()
    torch.set_num_threads(1)
    main(f"The SSR over {SIDE} × {SIDE} values of w1 and w3", rows())
