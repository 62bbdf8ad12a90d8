"""Notebook 08: bugs in the training loop, where every derivative is right."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from statquest_bp.activations import sigmoid
from statquest_bp.course.bug_clinic import mended
from statquest_bp.course.lesson import rate_limit
from statquest_bp.data import Dataset, dosage
from statquest_bp.digits import exact
from statquest_bp.exercises.code_on_trial import CodeOnTrial
from statquest_bp.exercises.progress import kept
from statquest_bp.exercises.trial_cases import Case, columns_of, lesson_and_made_up
from statquest_bp.fit import ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network
from statquest_bp.video import DETAILS_1, LEARNING_RATE, statquest_network

FITS = 0.05  # an SSR below this counts as the fit found
STEPS = 5


@kept
def right_for_w3_wrong_for_b1(attempt: Any = None) -> CodeOnTrial:
    """Bug: a parameter is updated in the middle of the pass."""
    midway = "b1’s derivative uses the new w3. Both must come from the old values; update when all are worked out."
    return CodeOnTrial(
        "step_w3_and_b1 should take one step for w3 and b1 together, and give the new w3 and the new b1.",
        attempt,
        mended.step_w3_and_b1,
        lesson_and_made_up(_around_w3_and_b1),
        {
            midway: _midway,
            "These are the two slopes. The new values are wanted: old − learning rate × slope.": _only_slopes,
            "The steps are added. They have to be subtracted.": _uphill,
        },
        hints=[
            "w3 comes out right, and b1’s formula is right. So which of the numbers in b1’s formula is off?",
            "Read line by line: which w3 does b1’s derivative get, the one from before the step or the one from after?",
            "Work out both slopes first, with the old values. Only then change w3 and b1.",
        ],
        why="A derivative says how steep it is where you stand. Move one parameter first, and you stand elsewhere. "
        "All at once is the rule.",
        planted=midway,
        returns=("w3", "b1"),
    )


@kept
def it_swings_for_ever(attempt: Any = None) -> CodeOnTrial:
    """Bug: the slope isn't set back to 0 between the steps."""
    piled = "The slope is never set back: each step adds its terms to those of all the steps before."
    return CodeOnTrial(
        "walk_b3 should take several steps of gradient descent and give the b3 where it ends. (without_b3 is what the "
        "network predicts before b3 is added.)",
        attempt,
        mended.walk_b3,
        lesson_and_made_up(_around_b3),
        {
            piled: _piled_up,
            "Only the last point counts: the slope is set back for each point, instead of for each step.": _last_point,
            "b3 moves after every point. Add up all points first, then take one step.": _point_by_point,
            "b3 moves in the middle of the pass, with the terms so far. Add up all points first, then take one "
            "step.": _with_the_terms_so_far,
            "b3 moves in the middle of the pass, with the terms of all the steps before. Set the slope back in each "
            "step, and add up all points before b3 moves.": partial(_with_the_terms_so_far, set_back=False),
            "That is one step only: the “return” stands inside the loop.": lambda b3, rest, o, rate, steps: (
                mended.walk_b3(b3, rest, o, rate, 1)
            ),
        },
        hints=[
            "The first step is right, and the second too long. What does the second still know of the first?",
            "Print the slope in each step: it holds the terms of all the steps so far.",
            "“slope = 0” belongs inside the loop over the steps, before the loop over the points.",
        ],
        why="Libraries that train networks keep gradients adding up until you set them to 0; forgetting that is one of "
        "the most frequent bugs there are.",
        planted=piled,
    )


@kept
def a_weight_that_crawls(attempt: Any = None) -> CodeOnTrial:
    """Bug: one point a step where all of them were meant."""
    last = "Only the last point counts: each round replaces the slope instead of adding to it."
    return CodeOnTrial(
        "slope_of_w4 should give dSSR/dw4, with all points in it.",
        attempt,
        mended.slope_of_w4,
        lesson_and_made_up(_around_w4),
        {
            last: lambda r, y2: -2 * r[-1] * y2[-1],
            "Only the first point counts: the “return” stands inside the loop.": lambda r, y2: -2 * r[0] * y2[0],
            "That is the mean over the points. The SSR is a sum, so its slope is one too.": lambda r, y2: (
                -2 * r * y2
            ).mean(),
            "The link y2 is missing: without it this is b3’s derivative.": lambda r, y2: (-2 * r).sum(),
            "The sign is turned round.": lambda r, y2: (2 * r * y2).sum(),
        },
        hints=[
            "The point with dosage 0 has by far the largest residual. Does it have a say in the slope?",
            "Shrink it: try the function with one point, then with two. From when on is it wrong?",
            "slope = … forgets what was there. slope = slope + … keeps it, and it has to begin with 0.",
        ],
        why="There is a method that uses one point a step on purpose (stochastic gradient descent). But it takes "
        "another point each time. This one would never have looked at the others.",
        parameter="w4",
        planted=last,
    )


@kept
def a_rate_that_settles(attempt: Any = None) -> CodeOnTrial:
    """Bug: a learning rate above what these three parameters can stand. Judged by running it."""
    too_high = "It diverges: the learning rate is too high for these three together."
    limit = stable_learning_rate(statquest_network(), dosage(), list(DETAILS_1))
    starts = {
        "the start of “Details Pt. 1”": DETAILS_1,
        "a start with all three at 0": dict.fromkeys(DETAILS_1, 0.0),
        "a start with all three at 1": dict.fromkeys(DETAILS_1, 1.0),
    }

    def trained(rate: float, steps: int = 2000) -> Any:
        return lambda network, data: descend(network, data, rate, list(DETAILS_1), max_steps=steps)

    return CodeOnTrial(
        "train should find the fit with w3, w4 and b3. Choose the learning rate. (Many are right: it is tried by "
        "running.)",
        attempt,
        mended.train,
        [Case(name, (statquest_network(**start), dosage())) for name, start in starts.items()],
        {
            too_high: trained(2 * limit),
            "It stops far from the fit: with so low a rate, steps are soon so short that it takes them for the "
            "end.": trained(limit / 1e4),
            "It is on its way, but the steps ran out. A higher rate gets there sooner.": trained(limit / 4, steps=20),
        },
        hints=[
            "The SSR explodes. Is the rate too high or too low?",
            f"b3 alone can stand {exact(rate_limit(), 2)}. With w3 and w4 it is steeper, so the rate must be lower.",
            f"stable_learning_rate(network, data, ['w3', 'w4', 'b3']) gives the limit: {exact(limit)}.",
        ],
        why=f"The limit for these three is {exact(limit)}. A rate that suits one parameter can be too high for three. "
        "If an SSR explodes, divide the rate by 10 first, and look for a bug only if that doesn’t help.",
        planted=too_high,
        outcome=how_it_ended,
    )


def how_it_ended(run: Any, case: Case) -> str:
    """What became of a run, or why it isn't one of the case's, in a few words; ValueError if it isn't a run at all."""
    if not isinstance(run, Run):
        raise ValueError("train has to give back what descend gives")
    network, data = case.arguments
    if run[0].network != network:
        return "the run doesn’t begin at the network that train is given"
    if not np.isclose(run.ssr[0], ssr(network, data)):
        return "the run isn’t about the data that train is given"
    moved = [name for name, values in run.parameters.items() if name not in DETAILS_1 and np.ptp(values)]
    if moved:
        return f"the run moves {', '.join(moved)} too"
    if run.status == "diverged":
        return "the SSR explodes"
    if run.ssr[-1] < FITS:
        return "it settles on the fit"
    return "it stops far from the fit" if run.status == "converged" else "it is still on its way when the steps run out"


def _only_slopes(w3: Any, b1: Any, residuals: Any, y1: Any, bend: Any, rate: Any) -> tuple[Any, Any]:
    return (-2 * residuals * y1).sum(), (-2 * residuals * w3 * bend).sum()


def _midway(w3: Any, b1: Any, residuals: Any, y1: Any, bend: Any, rate: Any) -> tuple[Any, Any]:
    w3 = w3 - rate * (-2 * residuals * y1).sum()
    return w3, b1 - rate * (-2 * residuals * w3 * bend).sum()


def _uphill(w3: Any, b1: Any, residuals: Any, y1: Any, bend: Any, rate: Any) -> Any:
    return mended.step_w3_and_b1(w3, b1, residuals, y1, bend, -rate)


def _piled_up(b3: Any, rest: Any, observed: Any, rate: Any, steps: int) -> Any:
    slope = 0
    for _ in range(steps):
        slope = slope + (-2 * (observed - (rest + b3))).sum()
        b3 = b3 - rate * slope
    return b3


def _last_point(b3: Any, rest: Any, observed: Any, rate: Any, steps: int) -> Any:
    return mended.walk_b3(b3, rest[-1:], observed[-1:], rate, steps)


def _point_by_point(b3: Any, rest: Any, observed: Any, rate: Any, steps: int) -> Any:
    for _ in range(steps):
        for i in range(len(rest)):
            b3 = mended.walk_b3(b3, rest[i : i + 1], observed[i : i + 1], rate, 1)
    return b3


def _with_the_terms_so_far(b3: Any, rest: Any, observed: Any, rate: Any, steps: int, set_back: bool = True) -> Any:
    slope = 0
    for _ in range(steps):
        slope = 0 if set_back else slope
        for o, without_b3 in zip(observed, rest, strict=True):
            slope = slope - 2 * (o - (without_b3 + b3))
            b3 = b3 - rate * slope
    return b3


def _rate(data: Dataset) -> float:
    """A rate that suits the number of points: the lesson's for three."""
    return LEARNING_RATE * len(dosage()) / len(data)


def _around_w3_and_b1(net: Network, data: Dataset) -> tuple[Any, ...]:
    values = columns_of(net, data)
    w3, b1 = net.parameters["w3"], net.parameters["b1"]
    return w3, b1, values.residuals, values.y1, sigmoid(values.x1), _rate(data)


def _around_b3(net: Network, data: Dataset) -> tuple[Any, ...]:
    values = columns_of(net, data)
    b3 = net.parameters["b3"]
    return b3, values.predicted - b3, values.observed, _rate(data), STEPS


def _around_w4(net: Network, data: Dataset) -> tuple[Any, ...]:
    values = columns_of(net, data)
    return values.residuals, values.y2
