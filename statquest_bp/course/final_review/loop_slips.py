"""The slips that the loop of gradient descent invites: each as a loop that makes it, or known by a single step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from statquest_bp.chain_rule import gradient
from statquest_bp.course.final_review.wanted import moved, slopes_of_all
from statquest_bp.data import Dataset
from statquest_bp.exercises.given import Given
from statquest_bp.exercises.trial_cases import Case
from statquest_bp.network import Network
from statquest_bp.video import OPTIMAL

Enough = Callable[[Sequence[float], float, float], bool]  # of the step sizes, min_step and the rate


def all_are_small(steps: Sequence[float], min_step: float, rate: float) -> bool:
    """When the lesson's descent stops."""
    return all(abs(step) < min_step for step in steps)


def walk(
    dosage: Any,
    observed: Any,
    p: Mapping[str, float],
    names: Sequence[str],
    rate: float,
    min_step: float,
    max_steps: int,
    *,
    enough: Enough = all_are_small,
    sign: int = 1,
    last_too: bool = False,
    one_more: bool = False,
) -> dict[str, float]:
    """Where descent ends if it stops at `enough`, goes uphill (`sign` −1), or takes the last step or one more, too."""
    data, here = Dataset(dosage, observed), dict(p)
    for _ in range(max_steps + one_more):
        slopes = gradient(Network.from_parameters((1, 2, 1), here), data)
        steps = {name: rate * slopes[name] for name in names}
        stop = enough(list(steps.values()), min_step, rate)
        if not stop or last_too:
            here |= {name: here[name] - sign * step for name, step in steps.items()}
        if stop or not np.isfinite(list(here.values())).all():
            break
    return here


SLIPS_OF_THE_LOOP: Mapping[str, Callable[..., dict[str, float]]] = {
    "The steps go uphill: the step size is subtracted.": partial(walk, sign=-1),
    "That is where it started. Does it stop before the first step, or is p never replaced by what step gives?": partial(
        walk, enough=lambda steps, min_step, rate: True
    ),
    "That is one step only. Is the “return” inside the loop?": partial(
        walk, enough=lambda steps, min_step, rate: True, last_too=True
    ),
    "All seven move. Keep only the slopes that are in names.": lambda dosage, observed, p, names, *limits: walk(
        dosage, observed, p, list(OPTIMAL), *limits
    ),
    "It never stops by itself: it takes max_steps steps every time. Compare the step sizes with min_step.": partial(
        walk, enough=lambda steps, min_step, rate: False
    ),
    "It stops a step too late: where all step sizes are below min_step, that step isn’t taken.": partial(
        walk, last_too=True
    ),
    "It compares the slopes with min_step. Compare the step sizes, rate × slope.": partial(
        walk, enough=lambda steps, min_step, rate: all_are_small(steps, min_step * rate, rate)
    ),
    "It stops as soon as one step size is small. All of them have to be.": partial(
        walk, enough=lambda steps, min_step, rate: min(map(abs, steps)) < min_step
    ),
    "It compares step sizes with their sign, and every negative one is below min_step. Take abs() of them.": partial(
        walk, enough=lambda steps, min_step, rate: max(steps) < min_step
    ),
    "It stops as soon as one step size is negative. Take abs() of them, and wait for all.": partial(
        walk, enough=lambda steps, min_step, rate: min(steps) < min_step
    ),
    "It takes one step more than max_steps allows.": partial(walk, one_more=True),
}


def moved_too_early(cases: Sequence[Case], given: Sequence[Given]) -> str | None:
    """What to say if parameters moved in the middle of a pass, in whatever order: the last case, one step, shows it."""
    dosage, observed, p, names, rate, *_ = cases[-1].arguments
    result = given[-1]
    if sorted(result.labels) != sorted(p):
        return None
    end = dict(zip(result.labels, result.numbers, strict=True))
    if groups := _one_after_the_other(dosage, observed, p, names, rate, end):
        first, then = (" and ".join(group) for group in groups[:2])
        return (
            f"An update in the middle of the pass: the slope for {then} was taken where {first} had moved already. "
            "Work out all the slopes at the old p; only then move the parameters."
        )
    for order in permutations(range(len(dosage))):
        here = p
        for i in order:
            here = moved(here, slopes_of_all(dosage[[i]], observed[[i]], here), rate)
        if _same(here, end):
            return (
                "An update in the middle of the pass: p moves after every point. Add up all points first, then take "
                "one step."
            )
    return None


def _one_after_the_other(dosage: Any, observed: Any, p: Any, names: Any, rate: Any, end: Any) -> list[list[str]]:
    """The parameters in the order in which they moved, those that moved together in one group; empty if all did."""
    here, groups, waiting = p, list[list[str]](), list(names)
    while waiting:
        there = moved(here, slopes_of_all(dosage, observed, here), rate)
        group = [name for name in waiting if _same({name: there[name]}, end)]
        if not group:
            return []
        groups.append(group)
        here = here | {name: there[name] for name in group}
        waiting = [name for name in waiting if name not in group]
    return groups if len(groups) > 1 else []


def _same(some: Mapping[str, float], end: Mapping[str, float]) -> bool:
    return all(np.isclose(end[name], value, rtol=1e-9, atol=1e-9) for name, value in some.items())
