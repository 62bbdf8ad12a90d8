"""The quiz, on notebook 04: gradient descent."""

from __future__ import annotations

from statquest_bp.course.final_quiz_draws import Rng, choice, either, fresh, in_brackets, number, size
from statquest_bp.course.lesson import lowest_b3, rate_limit
from statquest_bp.data import dosage
from statquest_bp.digits import as_in_the_video, short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question
from statquest_bp.gradient_descent import descend
from statquest_bp.video import statquest_network

MIN_STEP = 0.001  # where descent stops, in the lesson
SIDE, SWING, GROW = (
    "It comes closer to the bottom from one side: the rate is moderate.",
    "It jumps past the bottom, to and fro, and settles: the rate is high, but below the limit.",
    "It jumps farther each time: the rate is above the limit.",
)


@fresh
def size_of_the_step(rng: Rng) -> Numeric:
    """Step size = slope × learning rate."""
    slope, rate = size(rng, 2, 20), number(rng, 0.02, 0.3, 2)
    return Numeric(
        f"The slope is {short(slope)}, the learning rate {short(rate)}. How large is the step size, with its sign?",
        answer=slope * rate,
        slips={
            "You divided by the learning rate. It is a factor.": slope / rate,
            "You turned the sign round. That comes with new = old − step size.": -slope * rate,
            "You added them. The learning rate scales the slope.": slope + rate,
        },
        hints=[
            "The slope sets the step size, the learning rate scales it.",
            "step size = slope × learning rate",
            f"{in_brackets(slope)} × {short(rate)}",
        ],
        why="Steep means a long step, nearly flat a short one. So descent brakes by itself.",
    )


@fresh
def the_new_value(rng: Rng) -> Numeric:
    """New = old − step size, for any parameter."""
    name, old = either(rng, "b3", "w4", "w3", "b2", "w1"), size(rng, 0.2, 3)
    slope, rate = size(rng, 2, 20), number(rng, 0.02, 0.3, 2)
    return Numeric(
        f"{name} = {short(old)}. Its slope is {short(slope)}, the learning rate {short(rate)}. How large is {name} "
        "after one step?",
        answer=old - slope * rate,
        slips={
            "You added the step size. It is subtracted: against the slope is downhill.": old + slope * rate,
            "You subtracted the slope itself. Scale it down by the learning rate first.": old - slope,
            "That is the step size. Subtract it from the old value.": slope * rate,
        },
        hints=[
            "Step size first: slope × learning rate.",
            "new = old − step size",
            f"{short(old)} − {in_brackets(slope)} × {short(rate)}",
        ],
        why="The same line for every parameter. Only the slope is another one.",
        tolerance=0.006,
    )


@fresh
def slope_after_the_step(rng: Rng) -> Numeric:
    """How much of the slope a step of b3 takes away."""
    points = int(rng.integers(2, 6))
    curvature, slope = 2 * points, size(rng, 3, 20)
    rate = number(rng, 0.2 / curvature, 1.6 / curvature, 2)
    return Numeric(
        f"With {points} data points, dSSR/db3 rises by {curvature} whenever b3 rises by 1. Now it is {short(slope)}, "
        f"and the learning rate is {short(rate)}. How large is dSSR/db3 after one step?",
        answer=slope * (1 - curvature * rate),
        slips={
            "That is how much of the slope is taken away. What is left?": slope * curvature * rate,
            "You went uphill: the step is subtracted, so the slope shrinks.": slope * (1 + curvature * rate),
            f"You subtracted the step from the slope. The step moves b3, and each 1 of b3 changes the slope by "
            f"{curvature}.": slope * (1 - rate),
        },
        hints=[
            "How far does the step move b3?",
            f"b3 changes by −{in_brackets(slope)} × {short(rate)}, and each 1 of b3 changes the slope by {curvature}.",
            f"{short(slope)} − {curvature} × {in_brackets(slope)} × {short(rate)}",
        ],
        why="Each step leaves the same part of the slope. That is why the steps become shorter and shorter.",
    )


@fresh
def the_highest_rate(rng: Rng) -> Numeric:
    """2 divided by the curvature."""
    curvature = 2 * int(rng.integers(2, 10))
    return Numeric(
        f"A slope rises by {curvature} whenever its parameter rises by 1. Above which learning rate does gradient "
        "descent diverge? (A fraction is fine.)",
        answer=2 / curvature,
        slips={
            "With that rate the first step lands right at the bottom. One can go higher.": 1 / curvature,
            "Turn it over: the steeper the curve bends, the lower the rate must be.": curvature / 2,
            "That is how fast the slope rises. The limit is 2 divided by it.": curvature,
        },
        hints=[
            "Which rate lands at the bottom with the first step? And what happens with twice that rate?",
            f"1/{curvature} lands at the bottom. Twice that jumps to the same height on the other side.",
            f"2/{curvature}",
        ],
        why="Above it, each jump ends higher on the other side than it began.",
        tolerance=0.006,
    )


def what_the_rate_does(rng: Rng) -> MultipleChoice:
    """From a few values of b3 to what the learning rate was like."""
    limit = rate_limit()
    low, high, right = {"side": (0.15, 0.4, SIDE), "swing": (0.62, 0.85, SWING), "grow": (1.1, 1.4, GROW)}[
        either(rng, "side", "swing", "grow")
    ]
    rate = number(rng, low * limit, high * limit, 2)
    values = descend(statquest_network(b3=0), dosage(), rate, ["b3"], max_steps=4).parameters["b3"]
    return choice(
        rng,
        f"Gradient descent takes b3 from one value to the next: {', '.join(map(as_in_the_video, values))}. (The bottom "
        "is at 2.61.) What do you make of it?",
        {
            SIDE: "Compare the values with the bottom: do they stay on one side of it?",
            SWING: "Compare how far each value is from the bottom: does it swing, and does the distance shrink?",
            GROW: "How far is each value from the bottom? Does that distance grow?",
            "Nothing can be said without the SSR.": "The distance to the bottom is enough: it shrinks or it grows.",
            right: f"Yes. The rate was {short(rate)}, and the limit is {as_in_the_video(limit)}.",
        },
        answer=right,
        hints=[
            "For each value: is it below the bottom or above it, and how far away?",
            f"The distances are {', '.join(as_in_the_video(abs(value - lowest_b3())) for value in values)}.",
            "Do the distances shrink? And does b3 change sides?",
        ],
        why="A rate that is too low only costs time. One above the limit never arrives.",
    )


def which_step_is_the_last(rng: Rng) -> MultipleChoice:
    """Close to 0, whatever the sign, is what ends the descent."""
    tiny, small, large = size(rng, 0.0002, 0.0008, 4), number(rng, 0.02, 0.06, 2), -number(rng, 1.1, 1.9, 2)
    return choice(
        rng,
        f"Gradient descent stops when the step size is within {short(MIN_STEP)} of 0. With which of these step sizes "
        "does it stop?",
        {
            f"With {short(tiny)}": "Yes: hardly anything is left to go.",
            f"With {short(small)}": f"Short, but {short(small)} is not within {short(MIN_STEP)} of 0.",
            f"With {short(large)}": "It is below 0, but not close to 0. That is a long step to the right.",
            "With any of them, once the SSR is 0": "The SSR need not get to 0 at all: the lesson’s never does.",
        },
        answer=f"With {short(tiny)}",
        hints=[
            "Is it the sign that counts, or the size?",
            f"Leave the signs away: which one is below {short(MIN_STEP)}?",
            f"{short(abs(tiny))} is.",
        ],
        why="Step size = slope × learning rate. Close to 0 means: nearly flat here, so near the bottom. Or else a set "
        "number of steps ends it.",
    )


QUESTIONS = tuple(
    Question(make, "04 Gradient descent")
    for make in (
        size_of_the_step,
        the_new_value,
        slope_after_the_step,
        the_highest_rate,
        what_the_rate_does,
        which_step_is_the_last,
    )
)
