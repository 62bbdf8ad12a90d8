"""What most likely holds a run where a level line is as good, and so what to change first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from statquest_bp.chain_rule import dead_nodes
from statquest_bp.data import Dataset
from statquest_bp.endings import LEVEL
from statquest_bp.fit import level_line_ssr
from statquest_bp.network import Network
from statquest_bp.training import Training

__all__ = ["HOLDS", "LARGE", "near_level", "to_scale", "what_holds"]

LARGE, NARROW = 10.0, 0.1  # values farther from 0, and columns that vary less, are worth scaling
SLOW = 0.03  # a learning rate below this / points is small: the last bias alone bears 1 / points
BACK = 10  # updates that tell whether a run is still on its way
FALLS = 1e-4  # of a level line's SSR, an update: it is

HOLDS = {
    "observed": f"what was observed is farther from 0 than {LARGE:g}, or varies by less than {NARROW:g}",
    "inputs": "the same of the inputs",
    "no bend": "the network is a straight line, and no straight line does better here",
    "rate too large": "an update has raised the SSR since the learning rate was set",
    "on its way": f"the SSR still falls, by {FALLS:.2%} or more of a level line's an update",
    "dead nodes": "hidden nodes have slope 0 at every point",
    "rate too small": f"the learning rate is below {SLOW:g} / points",
    "start": "none of these: it is where this start leads",
}


def what_holds(training: Training, step: int) -> tuple[str, ...]:
    """Which of `HOLDS` keep `training` near a level line's SSR at this update, the one to mend first standing first.

    Both "observed" and "inputs" may hold, and of the others the first whose
    rule does. Nothing holds where no update was made, where the SSR is lower, and on data where a level line is
    perfect. What diverged is held, wherever it is.
    """
    data, step = training.data, min(step, len(training) - 1)
    status = training.status if step == len(training) - 1 else "going"
    diverged = status == "diverged"
    if not diverged and not (step and near_level(training.ssr[step], data)):
        return ()
    scale, network, level = to_scale(data), training.network(step), level_line_ssr(data)
    since = training.ssr[min(training.rates[-1][0], step) : step + 1]
    recent = since[-1 - BACK :]
    rules = {
        "no bend": lambda: not scale and _is_straight(network) and _straight_line_ssr(data) >= LEVEL * level,
        "rate too large": lambda: diverged or bool((np.diff(since) > 1e-9 * since[:-1]).any()),
        "on its way": lambda: status == "going" and recent[0] - recent[-1] > FALLS * level * (len(recent) - 1),
        "dead nodes": lambda: dead_nodes(network, data) > 0,
        "rate too small": lambda: training.learning_rate * len(data) < SLOW,
    }
    return (*scale, next((name for name, rule in rules.items() if rule()), "start"))


def near_level(ssr: float, data: Dataset) -> bool:
    """Whether this SSR isn't clearly below that of the best level line, unless that line is perfect."""
    return 0.0 < LEVEL * level_line_ssr(data) <= ssr


def to_scale(data: Dataset) -> tuple[str, ...]:
    """Which of "observed" and "inputs" are so large, or vary so little, that training is hard before they are scaled.

    Each slope is a sum of terms −2 × residual × … × input. Large ones make steps that throw the nodes to where their
    bends are level and nothing is learned any more; small ones make steps too short to get anywhere.
    """
    return tuple(name for name in ("observed", "inputs") if _is_far(getattr(data, name)))


def _is_far(table: npt.NDArray[np.float64]) -> bool:
    low, high = table.min(axis=0), table.max(axis=0)
    with np.errstate(over="ignore"):
        narrow = (low < high) & (high - low < NARROW)
    return bool(max(-low.min(), high.max()) > LARGE or narrow.any())


def _is_straight(network: Network) -> bool:
    return len(network.sizes) == 2 or network.activation == "identity"


def _straight_line_ssr(data: Dataset) -> float:
    sides = np.column_stack([data.inputs, np.ones(len(data))])
    best = np.linalg.lstsq(sides, data.observed, rcond=None)[0]
    return float(((data.observed - sides @ best) ** 2).sum())
