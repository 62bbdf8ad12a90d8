"""Notebook 06: b1 and w1, whose chains are the learner's own, and what the chains have in common."""

from __future__ import annotations

import math

from statquest_bp.course.lesson import at_the_start, first_slope, run_of
from statquest_bp.data import dosage
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.video import DETAILS_2, OPTIMAL, exact


@kept
def the_links_of_b1() -> FillTheLink:
    """b1's chain: all but the first link."""
    return FillTheLink(
        "b1",
        ["y1", "x1", "b1"],
        {
            "y1": {"That weight comes from node 2. Which one comes from node 1?": "w4"},
            "b1": {"Input belongs to the weight w1. What is b1 multiplied with in x1 = Input × w1 + b1?": "Input"},
        },
        hints=[
            "The same way back as for b2, through the other node.",
            "Node 1 has x1, y1, and the weight w3 on its way to the prediction.",
            "w3, then e^x1 / (1 + e^x1), and b1 is simply added.",
        ],
        why="Node 1 is node 2 with other numbers: 2 becomes 1, w4 becomes w3.",
    )


@kept
def the_links_of_w1() -> FillTheLink:
    """w1's chain: the learner's own."""
    return FillTheLink(
        "w1",
        ["Predicted", "y1", "x1", "w1"],
        {"w1": {"1 is b1’s link. w1 is multiplied with something before it is added.": "1"}},
        hints=[
            "From the SSR back to w1: four stops, four links. You have seen each kind before.",
            "The first is in every chain. The next two are b1’s. The last is to w1 what w2’s was to w2.",
            "−2 × (…), the weight w3, the bend’s slope in x1, the input.",
        ],
        why="That is the longest chain in this network, and you wrote all of it.",
    )


@kept
def a_term_for_w1() -> Numeric:
    """One data point's term of dSSR/dw1, with the bend's slope to be worked out as well."""
    slope, data, at = first_slope("w1"), dosage(), 2
    first, w3, bend, given = (float(link.values[at]) for link in slope.links)
    forward = at_the_start("w1").forward(data.inputs)
    x1, y1 = float(forward.sums[0][at, 0]), float(forward.outputs[0][at, 0])
    top = math.exp(x1)
    return Numeric(
        f"w1 = {shown(DETAILS_2['w1'])}. At dosage {shown(given)} the first link is {exact(first)}, w3 = {shown(w3)}, "
        f"x1 = {shown(x1)}, and e^x1 = {exact(top)}. Work out this point’s term of dSSR/dw1. Two decimals are enough.",
        answer=float(slope.terms[at]),
        slips={
            "The size is right. Which of the links is negative?": -float(slope.terms[at]),
            "You left out the bend’s slope.": first * w3 * given,
            "You left out w3, the weight on the way to the prediction.": first * bend * given,
            "You took y1, the height of the bend, for its slope.": first * w3 * y1 * given,
            "You took e^x1 alone. The bend’s slope is e^x1 / (1 + e^x1).": first * w3 * top * given,
            "You took w4. Node 1 goes through w3.": first * OPTIMAL["w4"] * bend * given,
            "You multiplied with w1 itself. Its last link is the input.": first * w3 * bend * DETAILS_2["w1"],
        },
        hints=[
            "Four links. Three of them are given; the bend’s slope you work out from e^x1.",
            f"The bend’s slope is {exact(top)} / {exact(1 + top)} = {exact(bend)}.",
            f"{exact(first)} × ({shown(w3)}) × {exact(bend)} × {shown(given)}",
        ],
        why=f"{exact(first)} × ({shown(w3)}) × {exact(bend)} × {shown(given)} = {exact(first * w3 * bend * given, 2)}. "
        "The lab below does the other two points.",
        kind="Your turn",
    )


@kept
def where_w1_is_level() -> Numeric:
    """A task in ChainRuleLab("w1"): where dSSR/dw1 is 0."""
    return Numeric(
        "Press “All of it”, then slide w1 until dSSR/dw1 is as close to 0 as you can get it. At which w1 is that? (Two "
        "decimals, as on the slider.)",
        answer=lambda: run_of("w1", min_step=1e-6).final.parameters["w1"],
        slips={
            "That is where the lab begins, and the slope isn’t 0 there.": DETAILS_2["w1"],
            "At w1 = 0 the slope is far from 0. It is dSSR/dw1 that is to be 0.": 0,
        },
        hints=[
            "Where the lab begins the slope is below 0. So which way is downhill?",
            "The arrow keys move the slider by 0.01.",
            "It is between 3.3 and 3.4.",
        ],
        why=f"The video shows {shown(OPTIMAL['w1'])}. There the tangent lies flat: the last of the seven "
        "parameters is where it belongs.",
        tolerance=0.006,  # as fine as the slider
        kind=LAB_TASK,
    )


@kept
def what_the_chains_share() -> MultipleChoice:
    """What b2's chain and w2's have in common: the way to notebook 07."""
    right = "Multiply b2’s term by Input: all the links before the last are the same."
    return MultipleChoice(
        "You have just worked out b2’s term at one point. What is the least work that gives w2’s term at the same "
        "point?",
        {
            "Work out all four links of w2’s chain.": "That gives the right number. But compare the two chains link by "
            "link: how much of it have you done already?",
            "Nothing: the two terms are equal.": "Only where Input is 1, as at dosage 1. Compare the last links.",
            "Multiply b2’s term by w2.": "w2 is the parameter. Its link is what it is multiplied with.",
            right: "Yes: one multiplication instead of a whole chain.",
        },
        answer=right,
        hints=[
            "Write the two chains under each other.",
            "They differ in the last link only: 1 for b2, and for w2 …?",
            "Term of b2 = A × 1, term of w2 = A × Input, with the same A.",
        ],
        why="Whatever the chains share needs working out only once. That is the idea of the next notebook.",
    )


EXERCISES = (the_links_of_b1, the_links_of_w1, a_term_for_w1, where_w1_is_level, what_the_chains_share)
