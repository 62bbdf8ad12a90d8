"""Notebook 08: bugs in the links of the longer chains."""

from __future__ import annotations

from typing import Any

import numpy as np

from statquest_bp.activations import softplus
from statquest_bp.course.bug_clinic import mended
from statquest_bp.data import Dataset
from statquest_bp.exercises.code_on_trial import CodeOnTrial
from statquest_bp.exercises.progress import kept
from statquest_bp.exercises.trial_cases import columns_of, lesson_and_made_up
from statquest_bp.network import Network


@kept
def only_w3_is_off(attempt: Any = None) -> CodeOnTrial:
    """Bug: the node's sum x1 where its output y1 belongs."""
    before = "You multiplied by x1, what goes into the node. w3 multiplies what comes out of it: y1."
    return CodeOnTrial(
        "slope_of_w3 should give dSSR/dw3. b3’s slope agrees with nudging; this one doesn’t.",
        attempt,
        mended.slope_of_w3,
        lesson_and_made_up(_around_w3),
        {
            before: lambda r, x1, y1: (-2 * r * x1).sum(),
            "That is b3’s derivative: the link dPredicted/dw3 is missing.": lambda r, x1, y1: (-2 * r).sum(),
            "The sign is turned round.": lambda r, x1, y1: (2 * r * y1).sum(),
            "You bent it twice: y1 is already what comes out of the node.": lambda r, x1, y1: (
                -2 * r * softplus(y1)
            ).sum(),
            "You added up before you multiplied. Multiply point by point, then add.": lambda r, x1, y1: (
                (-2 * r).sum() * y1.sum()
            ),
        },
        hints=[
            "b3 is right, so the link the two share is right. Look at the last link.",
            "Write down Predicted. What is w3 multiplied by there?",
            "Predicted = y1 × w3 + … : by y1, the node’s output, and not by x1, its sum.",
        ],
        why="x1 goes into the bend, y1 comes out of it. Both have a number for each point, so Python doesn’t notice "
        "when they are mixed up. Nudging does.",
        parameter="w3",
        planted=before,
    )


@kept
def too_steep_at_every_point(attempt: Any = None) -> CodeOnTrial:
    """Bug: the bend's slope is missing in w1's chain."""
    straight = "The link dy1/dx1 is missing: the bend’s slope, e^x1 / (1 + e^x1)."
    return CodeOnTrial(
        "slope_of_w1 should give dSSR/dw1: SSR ← Predicted ← y1 ← x1 ← w1, four links.",
        attempt,
        mended.slope_of_w1,
        lesson_and_made_up(_around_w1),
        {
            straight: lambda r, w3, x1, inputs: (-2 * r * w3 * inputs).sum(),
            "The last link is missing, dx1/dw1 = input. Without it this is b1’s derivative.": lambda r, w3, x1, _: (
                -2 * r * w3 * _bend(x1)
            ).sum(),
            "The link dPredicted/dy1 is missing: w3.": lambda r, w3, x1, inputs: (-2 * r * _bend(x1) * inputs).sum(),
            "You multiplied by y1, the bend itself. The link is the slope of the bend.": lambda r, w3, x1, inputs: (
                -2 * r * w3 * softplus(x1) * inputs
            ).sum(),
            "The sign is turned round.": lambda r, w3, x1, inputs: (2 * r * w3 * _bend(x1) * inputs).sum(),
        },
        hints=[
            "Name the quantities from the SSR back to w1: SSR, Predicted, y1, x1, w1. How many links are that, and "
            "how many do you see in the function?",
            "One is missing: how does y1 change when x1 does?",
            "dy1/dx1 = e^x1 / (1 + e^x1). In Python: np.exp(x1) / (1 + np.exp(x1)).",
        ],
        why="The slope of the bend lies between 0 and 1, so without it every point’s term comes out too large. If your "
        "derivative is too large at every point, look for a bend that was left out.",
        parameter="w1",
        planted=straight,
    )


def _bend(x: Any) -> Any:
    """softplus' slope, as one writes it down."""
    return np.exp(x) / (1 + np.exp(x))


def _around_w3(net: Network, data: Dataset) -> tuple[Any, ...]:
    values = columns_of(net, data)
    return values.residuals, values.x1, values.y1


def _around_w1(net: Network, data: Dataset) -> tuple[Any, ...]:
    values = columns_of(net, data)
    return values.residuals, net.parameters["w3"], values.x1, values.inputs
