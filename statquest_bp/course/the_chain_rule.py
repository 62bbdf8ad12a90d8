"""Notebook 03: the derivative of the SSR with respect to b3, link by link."""

from __future__ import annotations

from statquest_bp.course.lesson import b3_with_slope, curvature, lowest_b3, slope_at, ssr_at
from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.fit import residuals
from statquest_bp.video import digits, exact, statquest_network


@kept
def a_residual_with_its_sign() -> Numeric:
    """Retrieval from 02: one residual, observed − predicted."""
    b3, at = 3.0, 1
    net, data = statquest_network(b3=b3), dosage()
    observed, predicted = float(data.observed[at, 0]), float(net.predict(data.inputs)[at, 0])
    residual = float(residuals(net, data)[at, 0])
    return Numeric(
        f"With b3 = {shown(b3)} the network predicts {exact(predicted, 2)} at dosage {shown(data.inputs[at, 0])}. "
        f"Observed is {shown(observed)}. What is the residual, with its sign?",
        answer=lambda: residual,
        slips={
            "The size is right. In this course a residual is observed − predicted.": lambda: -residual,
            "That is the squared residual. Here the residual itself is asked for.": lambda: residual**2,
            "That is the prediction. How far is the observed value from it?": lambda: predicted,
        },
        hints=[
            "A residual says by how much the prediction misses the observed value.",
            "Residual = observed − predicted. The prediction is too high here: what sign does that give?",
            f"{shown(observed)} − {exact(predicted, 2)}",
        ],
        why=f"{shown(observed)} − {exact(predicted, 2)} = {exact(observed - predicted, 2)}. Negative means: the "
        "network predicts too much. The sign will matter from now on.",
        tolerance=0.005,
        kind="From before",
    )


@kept
def sign_of_the_slope() -> MultipleChoice:
    """Retrieval from 00 and 02: the sign of the SSR curve's slope, from its shape."""
    b3 = 1
    right = "Negative: going right leads downhill."
    return MultipleChoice(
        f"The SSR is {digits(ssr_at(b3), True)} at b3 = {b3} and {digits(ssr_at(b3 + 1), True)} at b3 = {b3 + 1}. What "
        f"is the sign of the SSR curve’s slope at b3 = {b3}?",
        {
            "Positive, because the SSR is positive.": "The SSR is the height of the curve, and the slope is its "
            "steepness. Does the curve go up or down to the right?",
            right: "Yes: while the SSR falls as b3 grows, its slope is negative.",
            "Positive: b3 has to grow.": "b3 has to grow, that is so. But the sign of a slope tells what the height "
            "does on the way to the right.",
            "0, because the curve is smooth.": "The slope of a smooth curve is 0 only where it is level, as at its "
            "lowest point.",
        },
        answer=right,
        hints=[
            "Picture the curve between the two values of b3. Is it a climb or a descent?",
            "Downhill to the right is a negative slope.",
            f"From {digits(ssr_at(b3), True)} down to {digits(ssr_at(b3 + 1), True)}: a descent.",
        ],
        why="A negative slope says “make b3 larger”, a positive one “make it smaller”.",
        kind="From before",
    )


@kept
def predict_the_slope() -> Prediction:
    """The headline prediction: dSSR/db3 at b3 = 0, sign and size. For ChainRuleLab."""
    return Prediction(
        f"The SSR is {digits(ssr_at(0), True)} at b3 = 0, and {digits(ssr_at(1), True)} at b3 = 1; in between it "
        "falls, steeply at first, then less. How large is the slope at b3 = 0, and what is its sign?",
        truth=lambda: slope_at(0).total,
        low=-30,
        high=30,
        step=0.1,
        why=f"Between 0 and 1 the average slope is {digits(ssr_at(1) - ssr_at(0))}; right at 0 it is steeper. The "
        "lab gets the exact number from three short products.",
    )


@kept
def where_the_slope_is_minus_six() -> Numeric:
    """A task in ChainRuleLab: the b3 at which dSSR/db3 is −6."""
    target = -6.0
    return Numeric(
        f"Press “All of it”, then slide b3 until dSSR/db3 is as close to {shown(target)} as you can get it. At which "
        "b3 is that? (Two decimals, as on the slider.)",
        answer=lambda: b3_with_slope(target),
        slips={
            f"There the slope is +{shown(-target)}, on the other side of the bottom. Mind the sign.": lambda: (
                b3_with_slope(-target)
            ),
            f"There the slope is 0: that is the bottom. Where is it {shown(target)}?": lowest_b3,
            f"{shown(target)} is the slope you are after. The question is at which b3 you find it.": target,
        },
        hints=[
            "Watch the sign: the slope is negative on one side of the bottom, positive on the other.",
            f"At b3 = 0 the slope is {digits(slope_at(0).total)}, too steep; at the bottom it is 0. Look in between.",
            f"It lies between {exact(b3_with_slope(target) - 0.06, 2)} and {exact(b3_with_slope(target) + 0.04, 2)}.",
        ],
        why=f"At the bottom, b3 = {digits(lowest_b3())}, the slope is 0, and it changes by {shown(curvature())} for "
        f"each 1 of b3. So it is {shown(target)} exactly {shown(-target / curvature())} to the left of the bottom. "
        f"You’ll need this {shown(curvature())} in the next notebook.",
        tolerance=0.006,  # as fine as the slider
        kind=LAB_TASK,
    )


@kept
def why_one() -> MultipleChoice:
    """Why dPredicted/db3 is 1."""
    right = "Because b3 is simply added: if it grows by a little, the prediction grows by just as much."
    return MultipleChoice(
        "Predicted = y1 × w3 + y2 × w4 + b3. Why is dPredicted/db3 = 1?",
        {
            right: "Yes: 1 for 1, at every dosage.",
            "Because the derivative of a constant is 1.": "The derivative of a constant is 0. But here b3 is what "
            "changes; the rest of the sum is the constant part.",
            f"Because b3 is {digits(statquest_network().parameters['b3'])} at the end, and that is close to 1.": "The "
            "value of b3 doesn’t matter. Ask how much the prediction changes when b3 changes a little.",
            "Because y1 × w3 and y2 × w4 add up to 1.": "They don’t, and they needn’t: they stay as they are while b3 "
            "changes, so their derivative is 0.",
        },
        answer=right,
        hints=[
            "Make b3 larger by 0.1 in your mind. By how much does the prediction change?",
            "The first two parts don’t contain b3, so their derivative with respect to b3 is 0.",
            "0 + 0 + the derivative of b3 with respect to b3.",
        ],
        why="A link that is 1 changes no product. We still write it down: for the other parameters this link is where "
        "the work is.",
    )


@kept
def one_points_term() -> Numeric:
    """One data point's term of dSSR/db3 at b3 = 1."""
    b3, at = 1.0, 0
    net, data = statquest_network(b3=b3), dosage()
    observed, predicted = float(data.observed[at, 0]), float(net.predict(data.inputs)[at, 0])
    term, residual = float(slope_at(b3).terms[at]), float(residuals(net, data)[at, 0])
    return Numeric(
        f"b3 = {shown(b3)}, and at dosage {shown(data.inputs[at, 0])} the network predicts {exact(predicted)} where "
        f"{shown(observed)} was observed.\nWork out this point’s term: −2 × (Observed − Predicted) × 1. Two decimals "
        "are enough.",
        answer=lambda: term,
        slips={
            "The size is right, the sign isn’t. Either the minus of −2 got lost, or you took Predicted − "
            "Observed.": lambda: -term,
            "You forgot the 2, and the minus with it: that is the residual.": lambda: residual,
            "You forgot the 2. It comes down from the square.": lambda: -residual,
            "That is the squared residual, this point’s part of the SSR. The derivative has −2 × the "
            "residual.": lambda: residual**2,
        },
        hints=[
            "Begin with the bracket: Observed − Predicted. The prediction is negative, so mind the two minus signs.",
            f"The bracket is {shown(observed)} − ({exact(predicted)}) = {exact(residual)}.",
            f"−2 × {exact(residual)} × 1",
        ],
        why=f"−2 × {exact(residual)} × 1 = {exact(term)}. Negative: as far as this point is concerned, b3 should grow.",
        kind="Your turn",
    )


@kept
def add_the_terms() -> Numeric:
    """dSSR/db3 at b3 = 2 from its three terms."""
    b3 = 2.0
    slope = slope_at(b3)
    first, second, third = (exact(term) for term in slope.terms)
    return Numeric(
        f"With b3 = {shown(b3)} the terms of the three points are {first}, {second} and {third}. How large is "
        "dSSR/db3? Two decimals are enough.",
        answer=lambda: slope.total,
        slips={
            "That is about the term of one point, or the average of the three. The slope of the sum takes all of "
            "them.": lambda: slope.total / len(slope.terms),
            "The size is right, but all three terms are negative.": lambda: -slope.total,
            "You multiplied. The links of one chain multiply; the points add.": lambda: float(slope.terms.prod()),
        },
        hints=[
            "The SSR is a sum over the points. What does its derivative do with the points?",
            "The derivative of a sum is the sum of the derivatives.",
            f"({first}) + ({second}) + ({third})",
        ],
        why=f"The sum is {exact(slope.total)}. Check it in the lab: slide b3 to {shown(b3)} and press “All of it”.",
    )


EXERCISES = (
    a_residual_with_its_sign,
    sign_of_the_slope,
    predict_the_slope,
    where_the_slope_is_minus_six,
    why_one,
    one_points_term,
    add_the_terms,
)
