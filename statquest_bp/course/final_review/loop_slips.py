"""The slips that the loop of gradient descent invites, each as a loop that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from statquest_bp.chain_rule import gradient
from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.video import OPTIMAL

__all__ = ["SLIPS_OF_THE_LOOP", "walk"]

Enough = Callable[[Mapping[str, float], float, float], bool]  # of the step sizes, min_step and the rate


def _all_are_small(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return all(abs(step) < min_step for step in steps.values())


def walk(
    dosage: Any,
    observed: Any,
    p: Mapping[str, float],
    names: Sequence[str],
    rate: float,
    min_step: float,
    max_steps: int,
    *,
    enough: Enough = _all_are_small,
    sign: int = 1,
    last_too: bool = False,
) -> dict[str, float]:
    """Where gradient descent ends if it stops at `enough`, goes uphill (`sign` −1), or takes the last step, too."""
    data, here = Dataset(dosage, observed), dict(p)
    for _ in range(max_steps):
        slopes = gradient(Network.from_parameters((1, 2, 1), here), data)
        steps = {name: rate * slopes[name] for name in names}
        stop = enough(steps, min_step, rate)
        if not stop or last_too:
            here |= {name: here[name] - sign * step for name, step in steps.items()}
        if stop or not np.isfinite(list(here.values())).all():
            break
    return here


def _one_is_small(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return any(abs(step) < min_step for step in steps.values())


def _small_with_its_sign(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return all(step < min_step for step in steps.values())


def _one_small_with_its_sign(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return any(step < min_step for step in steps.values())


def _slopes_are_small(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return all(abs(step / rate) < min_step for step in steps.values())


def _never(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return False


def _at_once(steps: Mapping[str, float], min_step: float, rate: float) -> bool:
    return True


def _one_round_too_many(
    dosage: Any, observed: Any, p: Any, names: Any, rate: Any, min_step: Any, max_steps: Any
) -> dict[str, float]:
    return walk(dosage, observed, p, names, rate, min_step, max_steps + 1)


def _everything_moves(dosage: Any, observed: Any, p: Any, names: Any, *limits: Any) -> dict[str, float]:
    return walk(dosage, observed, p, list(OPTIMAL), *limits)


SLIPS_OF_THE_LOOP: Mapping[str, Callable[..., dict[str, float]]] = {
    "The steps go uphill: the step size is subtracted.": partial(walk, sign=-1),
    "That is where it started. Does it stop before the first step, or is p never replaced by what step gives?": partial(
        walk, enough=_at_once
    ),
    "That is one step only. Is the “return” inside the loop?": partial(walk, enough=_at_once, last_too=True),
    "All seven move. Keep only the slopes that are in names.": _everything_moves,
    "It never stops by itself: it takes max_steps steps every time. Compare the step sizes with min_step.": partial(
        walk, enough=_never
    ),
    "It stops a step too late: where all step sizes are below min_step, that step isn’t taken.": partial(
        walk, last_too=True
    ),
    "It compares the slopes with min_step. Compare the step sizes, rate × slope.": partial(
        walk, enough=_slopes_are_small
    ),
    "It stops as soon as one step size is small. All of them have to be.": partial(walk, enough=_one_is_small),
    "It compares step sizes with their sign, and every negative one is below min_step. Take abs() of them.": partial(
        walk, enough=_small_with_its_sign
    ),
    "It stops as soon as one step size is negative. Take abs() of them, and wait for all.": partial(
        walk, enough=_one_small_with_its_sign
    ),
    "It takes one step more than max_steps allows.": _one_round_too_many,
}
