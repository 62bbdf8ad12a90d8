"""How the cost of `descend_many` grows with the starts, the points and the nodes: benchmarks/cost.svg.

The target is the slope on logarithmic axes, 1 where twice as much takes twice as long. The weights of a 1-n-1 network
are in proportion to its n hidden nodes.
"""

from itertools import cycle, islice
from pathlib import Path
from statistics import median

import numpy as np
from matplotlib import rcParams
from matplotlib.figure import Figure

from benchmarks.report import Row, main, on_one_core, taking_turns
from statquest_bp import Dataset, Network, descend_many

STEPS, ROUNDS = 10, 7
BASE = {"starts": 1000, "points": 3, "nodes": 2}
GROWTH = 2 ** np.arange(7)
PICTURE = Path(__file__).with_name("cost.svg")


def descent(starts, points, nodes):
    """A call that takes `STEPS` steps."""
    inputs = np.linspace(0, 1, points)
    data = Dataset(inputs, np.sin(3 * inputs))
    some = [Network.random((1, nodes, 1), seed=k) for k in range(100)]
    networks = list(islice(cycle(some), starts))
    return lambda: descend_many(networks, data, 1e-9, max_steps=STEPS, min_step=0.0)


def rows():
    sizes = {name: base * GROWTH for name, base in BASE.items()}
    runs = {(name, n): descent(**BASE | {name: n}) for name in BASE for n in sizes[name].tolist()}
    seconds = taking_turns(runs, ROUNDS)
    ms = {name: [1e3 * median(seconds[name, n]) / STEPS for n in sizes[name].tolist()] for name in BASE}
    draw(sizes, ms)
    for name in BASE:
        slope = np.polyfit(np.log(sizes[name]), np.log(ms[name]), 1)[0]
        yield Row(f"slope in {name}, {sizes[name][0]:,} to {sizes[name][-1]:,}", slope, "", at_most=1.05)


def draw(sizes, ms):
    rcParams.update({"svg.hashsalt": "cost", "svg.fonttype": "none"})  # the same ids each time, and text as text
    figure = Figure(figsize=(9, 3), layout="constrained")
    for ax, (name, xs) in zip(figure.subplots(1, len(sizes), sharey=True), sizes.items(), strict=True):
        others = ", ".join(f"{base:,} {other}" for other, base in BASE.items() if other != name)
        ax.loglog(xs, ms[name], "o-")
        ax.loglog(xs, ms[name][0] * GROWTH, ":", color="grey")
        ax.set(xlabel=f"{name} ({others})")
    figure.axes[0].set(ylabel="ms a step (dotted: linear)")
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    on_one_core()
    main("How the cost grows", rows())
