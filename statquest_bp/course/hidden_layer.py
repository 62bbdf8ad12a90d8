"""Notebook 06: b2, the first parameter behind a bend; the rest is in `hidden_layer_plateau`, `_w2` and `_node_1`."""

from __future__ import annotations

import math

from statquest_bp.activations import ACTIVATIONS
from statquest_bp.chain_rule import gradient
from statquest_bp.course import hidden_layer_node_1, hidden_layer_plateau, hidden_layer_w2
from statquest_bp.course.lesson import at_the_start, first_slope
from statquest_bp.data import dosage
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.labs.ranges import slider_range
from statquest_bp.video import DETAILS_2, OPTIMAL, exact, statquest_network


@kept
def what_a_change_of_w4_does() -> Numeric:
    """Retrieval from 05: dPredicted/dw4, the other way round."""
    data, at, fall = dosage(), 1, 1.0
    y1, y2 = (float(y) for y in statquest_network().forward(data.inputs).outputs[0][at])
    return Numeric(
        f"At dosage {shown(data.inputs[at, 0])} the nodes give y1 = {exact(y1)} and y2 = {exact(y2)}. Now w4 falls by "
        f"{shown(fall)}. By how much does the prediction change there, with its sign? Two decimals are enough.",
        answer=-fall * y2,
        slips={
            "The size is right. w4 falls, and y2 is above 0: which way does the prediction go?": fall * y2,
            "That would be b3: it is simply added. w4 is multiplied first.": -fall,
            "You took y1. Which node does w4 belong to?": -fall * y1,
            f"You multiplied with w4 = {shown(OPTIMAL['w4'])}. It is the change of w4 that counts.": OPTIMAL["w4"] * y2,
        },
        hints=[
            "Which link says how much the prediction changes for each 1 of w4?",
            "dPredicted/dw4 = y2.",
            f"−{shown(fall)} × {exact(y2)}",
        ],
        why=f"−{shown(fall)} × {exact(y2)} = {exact(-fall * y2)}. Turn it round: if y2 changes by 1, the prediction "
        "changes by w4. You’ll need that in a moment.",
        kind="From before",
    )


@kept
def the_sum_in_node_2() -> Numeric:
    """Retrieval from 01: what goes into node 2's bend."""
    data, at = dosage(), 1
    dose, forward = float(data.inputs[at, 0]), statquest_network().forward(data.inputs)
    (x1, x2), y2 = forward.sums[0][at], forward.outputs[0][at, 1]
    w2, b2 = OPTIMAL["w2"], OPTIMAL["b2"]
    return Numeric(
        f"w2 = {shown(w2)} and b2 = {shown(b2)}. What is the sum x2 that goes into the bend of node 2 at dosage "
        f"{shown(dose)}? Two decimals are enough.",
        answer=float(x2),
        slips={
            "You forgot to add b2.": dose * w2,
            "That comes out of the bend, y2. The question is what goes in.": float(y2),
            f"w2 is multiplied with the input, and that is {shown(dose)} here.": w2 + b2,
            "w2 is negative: mind its sign.": -dose * w2 + b2,
            "That is x1. Here it is node 2.": float(x1),
        },
        hints=[
            "A node multiplies its input with its weight and adds its bias. Only then comes the bend.",
            "x2 = Input × w2 + b2",
            f"{shown(dose)} × ({shown(w2)}) + {shown(b2)}",
        ],
        why=f"{shown(dose)} × ({shown(w2)}) + {shown(b2)} = {exact(dose * w2 + b2, 3)}. The bend makes y2 = "
        f"{exact(float(y2))} of it.",
        tolerance=0.006,
        kind="From before",
    )


@kept
def slope_of_the_bend() -> Numeric:
    """softplus' slope at one place."""
    x, softplus = 1.0, ACTIVATIONS["softplus"]
    e = math.exp(x)
    return Numeric(
        f"How steep is the bend at x = {shown(x)}? Its slope is e^x / (1 + e^x), and e^{shown(x)} is {exact(e)}. Two "
        "decimals are enough.",
        answer=float(softplus.slope(x)),
        slips={
            "That is the height of the bend there. The question is how steep it is.": float(softplus.curve(x)),
            "That is only the top of the fraction.": e,
            "You have 1 / (1 + e^x). The top is e^x.": 1 / (1 + e),
            "That is the slope at x = 0, in the middle.": float(softplus.slope(0)),
            "You divided by 1 and then added e^x. The whole bottom is 1 + e^x, in brackets.": e / 1 + e,
        },
        hints=[
            "Between the flat part on the left, slope 0, and the straight part on the right, slope 1.",
            f"The bottom is 1 + {exact(e)} = {exact(1 + e)}.",
            f"{exact(e)} / {exact(1 + e)}",
        ],
        why=f"{exact(e)} / {exact(1 + e)} = {exact(e / (1 + e))}. Always between 0 and 1: the bend lets a part of a "
        "nudge through, never more than all of it.",
    )


@kept
def the_links_of_b2() -> FillTheLink:
    """b2's chain: the two new links."""
    return FillTheLink(
        "b2",
        ["y2", "x2"],
        {
            "y2": {"y2 is what w4 is multiplied with. Now y2 changes: what is it multiplied with?": "y2"},
            "x2": {"1 would do for x2 = Input × w2 + b2. This link is about the bend, y2 = log(1 + e^x2).": "1"},
        },
        hints=[
            "From the prediction back: first to y2, then through the bend to x2.",
            "In Predicted = y1 × w3 + y2 × w4 + b3, y2 is multiplied with something. And the bend’s slope you know.",
            "dPredicted/dy2 is the weight on the way, w…; dy2/dx2 is e^… / (1 + e^…).",
        ],
        why="Read it from left to right and you walk backward: from the SSR to the prediction, over w4 to y2, through "
        "the bend to x2, and to b2, which is simply added.",
    )


@kept
def predict_the_slope_for_b2() -> Prediction:
    """The headline prediction: dSSR/db2 where the video starts it. For ChainRuleLab("b2")."""
    first, *_ = first_slope("b2").links
    values = ", ".join(exact(value, 2) for value in first.values)
    return Prediction(
        f"With b2 = {shown(DETAILS_2['b2'])} the first links are {values} at the three dosages: all predictions are "
        f"too high. The next links are w4 = {shown(OPTIMAL['w4'])}, and the bend’s slope, between 0 and 1. How large "
        "is dSSR/db2, and what is its sign?",
        truth=lambda: first_slope("b2").total,
        low=-10,
        high=10,
        step=0.1,
        why="w4 turns the sign: more from node 2 means a lower prediction, and that is what is wanted. The bend lets "
        "only a part through.",
    )


@kept
def a_term_for_b2() -> Numeric:
    """One data point's term of dSSR/db2."""
    slope, data, at = first_slope("b2"), dosage(), 0
    links = [float(link.values[at]) for link in slope.links]
    first, w4, bend, _ = links
    y2 = float(at_the_start("b2").forward(data.inputs).outputs[0][at, 1])
    return Numeric(
        f"b2 = {shown(DETAILS_2['b2'])}. At dosage {shown(data.inputs[at, 0])} the first link is {exact(first)}, w4 = "
        f"{shown(w4)}, x2 = 0, y2 = {exact(y2)}, and the bend’s slope is {shown(bend)}. Work out this point’s term of "
        "dSSR/db2. Two decimals are enough.",
        answer=float(slope.terms[at]),
        slips={
            "The size is right. Which of the links is negative?": -float(slope.terms[at]),
            "You forgot w4: on its way to the prediction y2 is multiplied with it.": first * bend,
            "You forgot the bend’s slope. It lets only a part of the nudge through.": first * w4,
            "You took y2, the height of the bend. The link is its slope.": first * w4 * y2,
            "You took x2 into the product, and it is 0. The last link, dx2/db2, is 1.": 0,
            "You added the links. Along a chain they multiply.": sum(links),
        },
        hints=[
            "Four links, one product. The last of them is 1.",
            "First link × w4 × the bend’s slope × 1. x2 and y2 themselves are no links.",
            f"{exact(first)} × ({shown(w4)}) × {shown(bend)} × 1",
        ],
        why=f"{exact(first)} × ({shown(w4)}) × {shown(bend)} × 1 = {exact(first * w4 * bend, 2)}. Below 0, so b2 "
        "should grow.",
        kind="Your turn",
    )


@kept
def where_b2_is_steepest() -> Numeric:
    """A task in ChainRuleLab("b2"): how far below 0 dSSR/db2 gets, which a parabola has no answer to."""
    (leftmost, _), step = slider_range("b2"), 0.01
    slopes = [_slope_at(leftmost + k * step) for k in range(round(-leftmost / step) + 1)]
    steepest = min(slopes)
    place = leftmost + slopes.index(steepest) * step
    return Numeric(
        f"Press “All of it”, then slide b2 to the left of {shown(DETAILS_2['b2'])}. Somewhere dSSR/db2 is farther "
        "below 0 than anywhere else. How large is dSSR/db2 there? Two decimals are enough.",
        answer=steepest,
        slips={
            "That is dSSR/db2 where the lab begins. Farther to the left it is steeper.": slopes[-1],
            "That is far to the left, where the curve is almost level. Come back a bit.": slopes[0],
            "That is the b2 of the steepest place. How large is dSSR/db2 there?": place,
        },
        hints=[
            "Look at the curve: where does it fall most steeply to the right?",
            "Watch dSSR/db2 while you slide. First it goes farther below 0, then it comes back.",
            f"Try values of b2 between {exact(place - 0.2, 1)} and {exact(place + 0.2, 1)}.",
        ],
        why=f"At b2 = {exact(place, 2)} the curve falls most steeply; farther left it levels off. On a parabola it "
        "would only get steeper, the farther left you go.",
        tolerance=0.006,
        kind=LAB_TASK,
    )


def _slope_at(b2: float) -> float:
    return gradient(statquest_network(b2=b2), dosage())["b2"]


EXERCISES = (
    what_a_change_of_w4_does,
    the_sum_in_node_2,
    slope_of_the_bend,
    the_links_of_b2,
    predict_the_slope_for_b2,
    a_term_for_b2,
    where_b2_is_steepest,
    *hidden_layer_plateau.EXERCISES,
    *hidden_layer_w2.EXERCISES,
    *hidden_layer_node_1.EXERCISES,
)
