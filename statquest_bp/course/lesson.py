"""The lesson's numbers that several notebooks ask for, computed by the package."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from statquest_bp.chain_rule import Chain, chain
from statquest_bp.data import Dataset, dosage
from statquest_bp.exercises.measured import Place
from statquest_bp.fit import residuals, ssr
from statquest_bp.gradient_descent import CLOSE_TO_0, Run, descend
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_2, LEARNING_RATE, statquest_network

__all__ = [
    "Values",
    "at_the_start",
    "b3_with_slope",
    "curvature",
    "elsewhere",
    "first_slope",
    "lesson_run",
    "lowest_b3",
    "rate_limit",
    "run_of",
    "slope_at",
    "ssr_at",
    "stands_at",
    "worked_out",
]

# What stands in a question, by name, and what it is about
Values = Mapping[str, float | str | Callable[[], float] | Callable[[Any], bool] | Network | Dataset | tuple[Place, ...]]


def ssr_at(b3: float) -> float:
    """The SSR of the lesson's network with this b3."""
    return ssr(statquest_network(b3=b3), dosage())


def slope_at(b3: float) -> Chain:
    """dSSR/db3 at this b3, link by link."""
    return chain(statquest_network(b3=b3), dosage(), "b3")


def lowest_b3() -> float:
    """The b3 with the smallest SSR: the mean of the residuals at b3 = 0, because there the residuals add up to 0."""
    return float(residuals(statquest_network(b3=0), dosage()).mean())


def lesson_run(b3: float = 0) -> Run:
    """The lesson's descent: b3 alone, from 0 or from another start, with the lesson's learning rate."""
    return descend(statquest_network(b3=b3), dosage(), LEARNING_RATE, ["b3"])


def rate_limit(*parameters: str) -> float:
    """The learning rate above which these parameters, b3 if none is named, can't settle at the lesson's optimum."""
    return stable_learning_rate(statquest_network(), dosage(), parameters or ["b3"])


def curvature(parameter: str = "b3") -> float:
    """By how much the SSR's slope grows for each 1 of `parameter`: the rate limit is 2 divided by it.

    For b3, w3 and w4 it is the same everywhere; behind a bend, only near the optimum.
    """
    return 2 / rate_limit(parameter)


def b3_with_slope(slope: float) -> float:
    """The b3 at which dSSR/db3 is `slope`: it is 0 where the SSR is smallest, and grows with b3 at a steady rate."""
    return lowest_b3() + slope / curvature()


def at_the_start(*parameters: str) -> Network:
    """The lesson's network with these parameters where the videos start them, the others at their optimum."""
    return statquest_network(**{name: DETAILS_2[name] for name in parameters})


def first_slope(parameter: str) -> Chain:
    """dSSR/d`parameter`, link by link, where the videos start it, the others at their optimum."""
    return chain(at_the_start(parameter), dosage(), parameter)


@functools.cache
def run_of(*parameters: str, rate: float = LEARNING_RATE, max_steps: int = 1000, min_step: float = CLOSE_TO_0) -> Run:
    """Descent on these parameters alone, from where the videos start them."""
    return descend(at_the_start(*parameters), dosage(), rate, parameters, max_steps=max_steps, min_step=min_step)


def elsewhere(*sizes: int) -> Place:
    """Another network of these sizes, on other data: what is right there too isn't right by chance."""
    rng, points = np.random.default_rng(seed=2021), 4
    data = Dataset(rng.normal(size=(points, sizes[0])), rng.normal(size=(points, sizes[-1])))
    return Place("in a network of random numbers, on other data", Network.random(sizes, seed=2021), data)


def stands_at(network: Network) -> Callable[[Any], bool]:
    """Whether a lab shows this network, as near as its sliders come; for a prediction, which that answers."""

    def stands(lab: Any) -> bool:
        shown = lab.network.parameters
        return all(abs(shown[name] - value) < 0.005 for name, value in network.parameters.items())

    return stands


def worked_out(parameter: str, network: Network | None = None) -> Callable[[Any], bool]:
    """Whether a ChainRuleLab shows the whole sum where the videos start this parameter, or for this network."""
    at_its_start = stands_at(at_the_start(parameter) if network is None else network)
    return lambda lab: lab.seen.done and at_its_start(lab)
