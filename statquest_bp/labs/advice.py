"""What a lab says of a run: why it has ended, what most likely holds it near a level line, and what to change."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.holds import LARGE, to_scale, what_holds
from statquest_bp.training import Training

__all__ = ["BY_HAND", "IN_CODE", "lessons", "scaling"]

BY_HAND = {
    "observed": "Tick “Scale what was observed to 0…1”.",
    "inputs": "Tick “Scale the inputs to 0…1”.",
}
IN_CODE = {
    "observed": "Begin with data.scaled(observed=True).",
    "inputs": "Begin with data.scaled().",
}
WHY = {
    "converged": "Every step size is closer to 0 than {limit:g}: gradient descent stops here.",
    "max steps": "{count:,} updates: as many as this lab makes.",
    "diverged": "Diverged: each update overshoots by more than the last, and the SSR explodes. Lower the learning "
    "rate, then Restart.",
}
ELSE = "Where the SSR is still high, another start or another network may lead lower."
NAMES = {"observed": "observed values", "inputs": "inputs"}
WORDS = {
    "no bend": "The network is a straight line, and no straight line does better. Give it a hidden layer with a bend.",
    "rate too large": "An update has raised the SSR: the learning rate is too large. Lower it, then Restart.",
    "on its way": "No better than a level line yet, but it is still falling: let it go on.",
    "dead nodes": "No better than a level line, and dead nodes stay dead. Take a New start.",
    "rate too small": "No better than a level line, and it hardly moves: raise the learning rate.",
    "start": "No better than a level line. Another start or another network may lead lower.",
}


def lessons(training: Training, step: int, how: Mapping[str, str]) -> list[str]:
    """Why a run has ended at this update, if it has, and what holds it where a level line is as good, in words.

    Scaling comes before all else that may hold it, for no learning rate and no start makes up for that; `how` says how
    it is done in this lab.
    """
    held, told = what_holds(training, step), []
    status = training.status if step >= len(training) - 1 else "going"
    if status != "going":
        told.append(WHY[status].format(limit=training.min_step, count=len(training) - 1))
    if status == "converged" and not held:
        told.append(ELSE)
    if held and (scale := scaling(training.data, how)):
        return told + scale
    return told + [WORDS[name] for name in held if (name, status) != ("rate too large", "diverged")]  # told above


def scaling(data: Dataset, how: Mapping[str, str]) -> list[str]:
    """A sentence for the observed values, the inputs, or both, where they should be scaled."""
    return [f"The {NAMES[name]} {_extent(getattr(data, name))}. {how[name]}" for name in to_scale(data)]


def _extent(table: npt.NDArray[np.float64]) -> str:
    farthest = float(np.abs(table).max())
    if farthest > LARGE:
        return f"reach {farthest:,.0f} in size" if farthest < 1e9 else f"reach {farthest:.1e} in size"
    ranges = np.ptp(table, axis=0)
    return f"vary by {float(ranges[ranges > 0.0].min()):.2g} only"
