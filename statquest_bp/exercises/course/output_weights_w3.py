"""Notebook 05: w3, whose chain differs from w4's by a number, and why it settles so much sooner."""

from __future__ import annotations

import numpy as np

from statquest_bp.data import dosage
from statquest_bp.exercises.course.lesson import at_the_start, curvature, first_slope, run_of
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.video import DETAILS_1, LEARNING_RATE, exact


@kept
def the_link_of_w3() -> FillTheLink:
    """w3's chain: its last link."""
    return FillTheLink(
        "w3",
        ["w3"],
        {"w3": {"That is w4’s link. Which node does w3 come from, the blue one or the orange one?": "y2"}},
        hints=[
            "Find w3 in Predicted = y1 × w3 + y2 × w4 + b3.",
            "If w3 grows by 1, the prediction grows by what w3 is multiplied with.",
            "It comes out of node 1.",
        ],
        why="The weights into the output all look alike: the last link is what comes out of their node.",
    )


@kept
def a_term_for_w3() -> Numeric:
    """One data point's term of dSSR/dw3, with the other node's output given as well."""
    slope, data, at = first_slope("w3"), dosage(), 2
    link, term = float(slope.links[0].values[at]), float(slope.terms[at])
    y1, y2 = (float(y) for y in at_the_start("w3").forward(data.inputs).outputs[0][at])
    return Numeric(
        f"w3 = {shown(DETAILS_1['w3'])}. At dosage {shown(data.inputs[at, 0])} the first link is {exact(link)}, and "
        f"the nodes give y1 = {exact(y1)} and y2 = {exact(y2)}. Work out this point’s term of dSSR/dw3. Two "
        "decimals are enough.",
        answer=term,
        slips={
            "That is the term for w4: you took y2. Which node does w3 belong to?": link * y2,
            "You added the links. Along a chain they multiply.": link + y1,
            "You multiplied with w3 itself. The link says what w3 is multiplied with.": link * DETAILS_1["w3"],
            "That is the first link alone. It still has to be multiplied with the second.": link,
            "You took both nodes. Only one of them is on the way from w3 to the prediction.": link * y1 * y2,
        },
        hints=[
            "Two links, one product.",
            "The second link is what comes out of w3’s own node.",
            f"{exact(link)} × {exact(y1)}",
        ],
        why=f"{exact(link)} × {exact(y1)} = {exact(link * y1, 2)}. Node 1 is large at high dosages, so for w3 this "
        "point has the say.",
        kind="Your turn",
    )


@kept
def why_w3_is_faster() -> MultipleChoice:
    """Why the same learning rate settles w3 in a few updates and w4 in many."""
    fast, slow = len(run_of("w3")) - 1, len(run_of("w4")) - 1
    left = {name: exact(np.abs(1 - LEARNING_RATE * curvature(name)), 2) for name in ("w3", "w4")}
    right = "The slope of w3’s curve changes faster, so one step takes nearly all of it away."
    return MultipleChoice(
        f"With the same learning rate, {shown(LEARNING_RATE)}, w3 is there after {fast} updates, and w4 needs {slow}. "
        "Why?",
        {
            "w3 starts closer to its best value.": "It does start closer, but that is worth a few updates at most: "
            "with w4’s curve it would still take many. Compare how the slope shrinks from step to step.",
            right: f"Yes: {left['w3']} of the slope is left after each update of w3, and {left['w4']} after one of w4.",
            "The SSR is larger where w3 starts, and the step size is SSR × learning rate.": "The SSR isn’t in the step "
            "size: that is slope × learning rate. A large first slope makes a large first step, but then?",
            "The computer picks a larger learning rate for w3.": "The rate was the same in both labs; you could see it "
            "on the slider.",
        },
        answer=right,
        hints=[
            "Which of the two curves is more sharply bent? Compare the heights in the two pictures.",
            "A step takes away a share of the slope: learning rate × how fast the slope changes.",
            f"How fast it changes: {exact(curvature('w3'), 2)} for each 1 of w3, {exact(curvature('w4'), 2)} for each "
            "1 of w4.",
        ],
        why="One learning rate has to serve all parameters. What suits one is slow for another, and may be too much "
        "for a third.",
    )


EXERCISES = (the_link_of_w3, a_term_for_w3, why_w3_is_faster)
