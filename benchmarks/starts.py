"""1,000 starts of the lesson's network, 200 steps each: `descend_many` beside JAX's jit, vmap and fori_loop.

Both in float64. JAX gives the last parameters; ours gives the SSR, the status and the steps too.
"""

from statistics import median

import jax
import numpy as np

from benchmarks.report import Row, main, on_one_core, taking_turns, times_as_long
from statquest_bp import Network, descend_many, dosage

STARTS, STEPS, RATE, ROUNDS = 1000, 200, 0.01, 21
DATA = dosage()
NETWORKS = [Network.random((1, 2, 1), seed=k) for k in range(STARTS)]


def in_jax():
    """The run from all starts as one compiled function, and the starts as it takes them."""
    inputs, observed = jax.numpy.array(DATA.inputs), jax.numpy.array(DATA.observed)

    def ssr(parameters):
        w, b, v, c = parameters
        return ((observed - (jax.nn.softplus(inputs @ w.T + b) @ v.T + c)) ** 2).sum()

    def step(_, parameters):
        return jax.tree.map(lambda old, slope: old - RATE * slope, parameters, jax.grad(ssr)(parameters))

    starts = zip(*([array for layer in net.layers for array in layer[:2]] for net in NETWORKS), strict=True)
    run = jax.jit(jax.vmap(lambda parameters: jax.lax.fori_loop(0, STEPS, step, parameters)))
    return run, tuple(jax.numpy.array(np.array(each)) for each in starts)


def rows():
    run, starts = in_jax()

    def ours():
        return descend_many(NETWORKS, DATA, RATE, max_steps=STEPS, min_step=0.0)

    def jax_jit_vmap():
        return jax.block_until_ready(run(starts))

    w, b, v, c = (np.asarray(end).reshape(STARTS, -1).T for end in jax_jit_vmap())
    ends = np.array(list(ours().parameters.values()))
    np.testing.assert_allclose(ends, [w[0], b[0], w[1], b[1], v[0], v[1], c[0]], rtol=1e-9, atol=1e-12)
    seconds = taking_turns({"ours": ours, "JAX jit + vmap + fori_loop": jax_jit_vmap}, ROUNDS)
    yield Row("JAX / ours", times_as_long(seconds["JAX jit + vmap + fori_loop"], seconds["ours"]), "×", at_least=1)
    for name, each in seconds.items():
        yield Row(f"{name}, a step from one start", 1e6 * median(each) / (STARTS * STEPS), "µs")


if __name__ == "__main__":
    on_one_core()
    main(f"Descent from {STARTS:,} starts, {STEPS} steps each", rows())
