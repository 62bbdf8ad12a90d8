"""Notebook 05: the derivative of w4; w3 is in `output_weights_w3`, several at once in `output_weights_surface`."""

from __future__ import annotations

from statquest_bp.data import dosage
from statquest_bp.exercises.course import output_weights_surface, output_weights_w3
from statquest_bp.exercises.course.lesson import at_the_start, curvature, first_slope, rate_limit, run_of
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.fit import residuals
from statquest_bp.video import DETAILS_1, LEARNING_RATE, digits, exact, statquest_network


@kept
def what_is_left_of_the_slope() -> Numeric:
    """Retrieval from 04: how much of b3's slope one step leaves."""
    rate = LEARNING_RATE / 2
    taken = curvature() * rate
    return Numeric(
        f"The slope of the SSR in b3 grows by {shown(curvature())} for each 1 of b3. You take a step with a learning "
        f"rate of {shown(rate)}. Which share of the slope is left after it? (0 is nothing, 1 all of it.)",
        answer=1 - taken,
        slips={
            "That is the share which the step takes away. What is left?": taken,
            f"That is what a learning rate of {shown(LEARNING_RATE)} leaves. Here it is half of that.": (
                1 - curvature() * LEARNING_RATE
            ),
            "You took the learning rate away from 1. The step is rate × slope long; how much does the slope change on "
            "the way?": 1 - rate,
        },
        hints=[
            f"The step moves b3 by {shown(rate)} × slope. What does that do to the slope?",
            f"Each 1 of b3 changes the slope by {shown(curvature())}, so the step changes it by {shown(curvature())} × "
            f"{shown(rate)} × slope.",
            f"1 − {shown(curvature())} × {shown(rate)}",
        ],
        why=f"1 − {shown(taken)} = {shown(1 - taken)}. How fast a slope changes sets how fast a parameter settles. "
        "Soon you’ll see that it isn’t the same for every parameter.",
        kind="From before",
    )


@kept
def the_first_link() -> Numeric:
    """Retrieval from 03: dSSR/dPredicted at one point, now with w4 moved away from its best value."""
    at = 0
    net, data = at_the_start("w4"), dosage()
    observed, predicted = float(data.observed[at, 0]), float(net.predict(data.inputs)[at, 0])
    link, residual = float(first_slope("w4").links[0].values[at]), float(residuals(net, data)[at, 0])
    return Numeric(
        f"Set w4 to {shown(DETAILS_1['w4'])} and leave the others at their best. At dosage {shown(data.inputs[at, 0])} "
        f"the network then predicts {exact(predicted)}, and {shown(observed)} was observed. How large is the first "
        "link, dSSR/dPredicted, at this point? Two decimals are enough.",
        answer=link,
        slips={
            "The size is right, the sign isn’t. The link is −2 × (Observed − Predicted): mind both minus signs.": -link,
            "That is the residual. The first link is −2 × the residual.": residual,
            "You forgot the 2. It comes down from the square.": -residual,
            "That is the squared residual, this point’s part of the SSR. Its derivative is asked for.": residual**2,
        },
        hints=[
            "It is the link that every chain begins with: the derivative of (Observed − Predicted)².",
            f"−2 × (Observed − Predicted), and the bracket is {shown(observed)} − {exact(predicted)}.",
            f"−2 × ({exact(residual)})",
        ],
        why=f"−2 × ({exact(residual)}) = {exact(link)}. Above 0: this point would like a lower prediction.",
        kind="From before",
    )


@kept
def the_link_of_w4() -> FillTheLink:
    """w4's chain: its last link."""
    return FillTheLink(
        "w4",
        ["w4"],
        {"w4": {"1 is b3’s link: b3 is simply added. Here w4 is multiplied with something before it is added.": "1"}},
        hints=[
            "Find w4 in Predicted = y1 × w3 + y2 × w4 + b3. Everything that doesn’t contain it is a constant here.",
            "If w4 grows by 1, y2 × w4 grows from y2 × w4 to y2 × w4 + … what?",
            "It is what w4 is multiplied with.",
        ],
        why="Only the last link has changed: y2 in place of b3’s 1. The first one is the same for both.",
    )


@kept
def predict_the_slope_for_w4() -> Prediction:
    """The headline prediction: dSSR/dw4 where the video starts it. For ChainRuleLab("w4")."""
    links = first_slope("w4").links
    first = ", ".join(exact(value, 2) for value in links[0].values)
    total = float(links[0].values.sum())
    return Prediction(
        f"With w4 = {shown(DETAILS_1['w4'])} the first links are {first} at the three dosages. For b3 they would "
        f"simply add up, to {digits(total)}. For w4 each is multiplied with y2 first: about 1 at dosage 0, and close "
        "to 0 at dosage 1. How large is dSSR/dw4, and what is its sign?",
        truth=lambda: first_slope("w4").total,
        low=-20,
        high=20,
        step=0.1,
        why="Dosage 0 keeps its say, because y2 is about 1 there; the other two lose most of theirs.",
    )


@kept
def who_has_the_say() -> MultipleChoice:
    """Why one data point makes up most of w4's slope."""
    share = first_slope("w4").terms[0] / first_slope("w4").total
    right = "Because y2 is large there: a nudge of w4 moves this prediction most."
    return MultipleChoice(
        f"In the lab, with w4 = {shown(DETAILS_1['w4'])}, dosage 0 gives {exact(100 * share, 0)} % of the sum. Why "
        "does it have so large a say about w4?",
        {
            "Because it is the first point.": "The points add up, and a sum doesn’t care about their order.",
            "Because 0 was observed there.": "At dosage 1 it was 0 as well, and that point has next to no say.",
            right: "Yes: y2 is the link from w4 to the prediction, and node 2 is bent so that it is large only at low "
            "dosages.",
            "Because w4 is larger at dosage 0.": "There is one w4 for all dosages. What differs from point to point is "
            "what it is multiplied with.",
        },
        answer=right,
        hints=[
            "Compare the column of dPredicted/dw4 at the three dosages.",
            "If w4 grows by 0.01, which prediction moves most?",
            "Each moves by 0.01 × y2.",
        ],
        why="A weight listens most to the points at which its input, here y2, is large. Where y2 is almost 0, w4 can "
        "do nothing about a residual, however large.",
    )


@kept
def how_fast_its_slope_grows() -> Numeric:
    """A task in ChainRuleLab("w4"): the curvature of the SSR in w4."""
    y2 = statquest_network().forward(dosage().inputs).outputs[0][:, 1]
    squares = " + ".join(f"{exact(y)}²" for y in y2)
    return Numeric(
        "Press “All of it”, and note dSSR/dw4. Then slide w4 up by exactly 1, from wherever you are. By how much does "
        "dSSR/dw4 grow? Two decimals are enough.",
        answer=lambda: curvature("w4"),
        slips={
            f"That is b3’s number. For w4 the slope grows by something other than {shown(curvature())}.": curvature,
            "That is half of it: did you move w4 by 0.5?": lambda: curvature("w4") / 2,
            "The size is right. But when w4 goes up, does its slope go up or down?": lambda: -curvature("w4"),
            "That is dSSR/dw4 where the lab begins. The question is by how much it changes.": lambda: (
                first_slope("w4").total
            ),
            "By so much it grows when w4 goes up by 2.": lambda: 2 * curvature("w4"),
        },
        hints=[
            "Two readings of dSSR/dw4, at two values of w4 that are 1 apart, and their difference.",
            f"At w4 = {shown(DETAILS_1['w4'])} it is {exact(first_slope('w4').total)}.",
            f"With w4 lower by 1 it is {exact(first_slope('w4').total - curvature('w4'))} instead.",
        ],
        why=f"It is {exact(curvature('w4'))} wherever you begin, so the SSR is a parabola in w4 too, a flatter one. "
        f"The number is 2 × ({squares}): each point adds 2 × its last link, squared. For b3 that link is 1, and three "
        f"points make {shown(curvature())}.",
        tolerance=0.012,
        kind=LAB_TASK,
    )


@kept
def rate_that_lands_w4() -> Numeric:
    """A task in DescentLab("w4"): the learning rate that reaches the bottom in one step."""
    return Numeric(
        "Find the learning rate with which the very first step takes w4 to the bottom of its curve. Two decimals are "
        "enough.",
        answer=lambda: rate_limit("w4") / 2,
        slips={
            "With this one it takes many steps, each a little shorter. A larger rate gets there at once.": lambda: (
                LEARNING_RATE
            ),
            "That was b3’s rate. This curve is flatter, so it can bear more.": lambda: 1 / curvature(),
            "With this one the first step goes a little too far, and the next ones come back. A bit less.": lambda: 0.5,
            "With this one it leaps to the other side, just as high. Try half of it.": lambda: rate_limit("w4"),
            "That is by how much the slope changes for each 1 of w4. The rate is 1 divided by it.": lambda: curvature(
                "w4"
            ),
        },
        hints=[
            f"For b3 it was 1 divided by how fast the slope grows: 1/{shown(curvature())}.",
            f"You have just measured how fast the slope of w4 grows: {exact(curvature('w4'), 2)} for each 1 of w4.",
            f"1 / {exact(curvature('w4'), 2)}",
        ],
        why=f"With {shown(LEARNING_RATE)} it takes {len(run_of('w4')) - 1} updates. Each takes away only "
        f"{shown(LEARNING_RATE)} × {exact(curvature('w4'), 2)} of the slope; for b3 it was {shown(LEARNING_RATE)} × "
        f"{shown(curvature())}.",
        tolerance=0.012,
        kind=LAB_TASK,
    )


EXERCISES = (
    what_is_left_of_the_slope,
    the_first_link,
    the_link_of_w4,
    predict_the_slope_for_w4,
    who_has_the_say,
    how_fast_its_slope_grows,
    rate_that_lands_w4,
    *output_weights_w3.EXERCISES,
    *output_weights_surface.EXERCISES,
)
