"""Notebook 08: bugs in the SSR, in the slope and in the step."""

from __future__ import annotations

from typing import Any

from statquest_bp.chain_rule import gradient
from statquest_bp.course.bug_clinic import mended
from statquest_bp.data import Dataset
from statquest_bp.exercises.code_on_trial import CodeOnTrial
from statquest_bp.exercises.progress import kept
from statquest_bp.exercises.trial_cases import columns_of, lesson_and_made_up
from statquest_bp.network import Network
from statquest_bp.video import LEARNING_RATE


@kept
def an_ssr_below_zero(attempt: Any = None) -> CodeOnTrial:
    """Bug: the square written as a product with 2."""
    doubled = "× 2 doubles a residual. A square is the residual times itself: ** 2 in Python."
    return CodeOnTrial(
        "ssr_of should give the SSR: every residual squared, then added up.",
        attempt,
        mended.ssr_of,
        lesson_and_made_up(_points),
        {
            doubled: lambda o, p: ((o - p) * 2).sum(),
            "That adds up the sizes of the residuals. The SSR adds up their squares.": lambda o, p: abs(o - p).sum(),
            "You squared the sum. The SSR squares each residual first, and adds up then.": lambda o, p: (
                (o - p).sum() ** 2
            ),
            "That is the mean of the squares. The SSR is their sum.": lambda o, p: ((o - p) ** 2).mean(),
            "That is the root of the SSR. Leave the root out.": lambda o, p: ((o - p) ** 2).sum() ** 0.5,
        },
        hints=[
            "Can a sum of squares be below 0? Try one point by hand: what should a residual of −3 add?",
            "It should add 9. What does your function make of −3?",
            "A square is ** 2 in Python; * 2 only doubles.",
        ],
        why="The first thing to ask of an SSR: is it ever below 0? The second: is it right for one point?",
        planted=doubled,
    )


@kept
def two_points_too_few(attempt: Any = None) -> CodeOnTrial:
    """Bug: the loop over the points ends with the first one."""
    first = "Only the first point counts: the “return” stands inside the loop, so the loop ends in its first round."
    return CodeOnTrial(
        "ssr_point_by_point should give the same SSR with a loop: it adds one squared residual after the other.",
        attempt,
        mended.ssr_point_by_point,
        lesson_and_made_up(_points),
        {
            first: lambda o, p: (o[0] - p[0]) ** 2,
            "Only the last point counts: each round begins anew instead of adding to what is there.": lambda o, p: (
                (o[-1] - p[-1]) ** 2
            ),
            "You add up residuals. Square each of them first.": lambda o, p: (o - p).sum(),
            "That is the mean of the squares. The SSR is their sum.": lambda o, p: ((o - p) ** 2).mean(),
        },
        hints=[
            "Compare the number with the three squares that it should be made of. Which of them is it?",
            "It is the first square alone. So why does the loop end after one round?",
            "“return” leaves the function at once. It belongs behind the loop: four spaces farther left.",
        ],
        why="A wrong indent is easy to overlook. Test a loop on two points, where you know the result of each.",
        planted=first,
    )


@kept
def never_a_negative_slope(attempt: Any = None) -> CodeOnTrial:
    """Bug: the SSR used as its own slope."""
    squares = "That is the SSR itself, Σ residual². Its slope is made with the derivative of the square."
    return CodeOnTrial(
        "slope_of_b3 should give dSSR/db3: how fast the SSR changes when b3 grows.",
        attempt,
        mended.slope_of_b3,
        lesson_and_made_up(_points),
        {
            squares: lambda o, p: ((o - p) ** 2).sum(),
            "The 2 is missing: the derivative of u² is 2 × u.": lambda o, p: (-(o - p)).sum(),
            "The sign is turned round: Predicted stands in the residual with a minus, hence −2.": lambda o, p: (
                2 * (o - p)
            ).sum(),
            "Both the 2 and the minus are missing: −2 × residual.": lambda o, p: (o - p).sum(),
            "That is the mean over the points. The SSR is a sum, so its slope is one too.": lambda o, p: (
                -2 * (o - p)
            ).mean(),
        },
        hints=[
            "On one side of the valley the slope has to be below 0. Can this function ever give that?",
            "A square never can. The derivative of u² isn’t u²; what is it?",
            "2 × u, times −1 because Predicted is subtracted: −2 × (observed − predicted), added up over the points.",
        ],
        why="The height of a curve says nothing of how steep it is. At the bottom the slope passes through 0, from "
        "below to above.",
        parameter="b3",
        planted=squares,
    )


@kept
def always_uphill(attempt: Any = None) -> CodeOnTrial:
    """Bug: the residual the other way round in the first link."""
    turned = "The residual is turned round: with −2 in front it has to be observed − predicted."
    return CodeOnTrial(
        "first_link should give dSSR/dPredicted, a number for each point: the link that all seven derivatives share.",
        attempt,
        mended.first_link,
        lesson_and_made_up(_points),
        {
            turned: lambda o, p: -2 * (p - o),
            "The 2 is missing: the derivative of u² is 2 × u.": lambda o, p: p - o,
            "These are the squares themselves. The link is their derivative.": lambda o, p: (o - p) ** 2,
            "You have added up already. The link is a number for each point; adding up comes after all the "
            "links.": lambda o, p: (-2 * (o - p)).sum(),
        },
        hints=[
            "The sizes are right. So what is left that can be wrong?",
            "If the network predicts too little, a larger prediction makes the SSR smaller: is the link then above 0 "
            "or below?",
            "Below. Observed − predicted is above 0 there, and −2 turns it. So which is subtracted from which?",
        ],
        why="One sign here turns all seven derivatives round. −2 × (observed − predicted) and 2 × (predicted − "
        "observed) are both right; mixing them isn’t.",
        planted=turned,
    )


@kept
def uphill_again(attempt: Any = None) -> CodeOnTrial:
    """Bug: the step is added."""
    added = "The step size is added. It has to be subtracted: against the slope is downhill."
    return CodeOnTrial(
        "next_b3 should give b3 after one step of gradient descent.",
        attempt,
        mended.next_b3,
        lesson_and_made_up(_a_step),
        {
            added: lambda b3, slope, rate: b3 + rate * slope,
            "That is the step size alone. It still has to be subtracted from b3.": lambda b3, slope, rate: rate * slope,
            "The learning rate is missing: step size = slope × learning rate.": lambda b3, slope, rate: b3 - slope,
            "You divided by the learning rate. It is a factor.": lambda b3, slope, rate: b3 - slope / rate,
        },
        hints=[
            "The slope at b3 = 0 is below 0. Which way is down, and which way did b3 go?",
            "The two lines of gradient descent: step size = slope × learning rate; and new b3 = …?",
            "New b3 = old b3 − step size.",
        ],
        why="The symptom was the same as before: the SSR climbs. But here the slope agrees with nudging. So the slope "
        "is fine, and the step is sick.",
        planted=added,
    )


def _points(net: Network, data: Dataset) -> tuple[Any, ...]:
    values = columns_of(net, data)
    return values.observed, values.predicted


def _a_step(net: Network, data: Dataset) -> tuple[Any, ...]:
    """b3, its slope, and a rate that suits the number of points: the lesson's for three."""
    return net.parameters["b3"], gradient(net, data)["b3"], LEARNING_RATE * 3 / len(data)
