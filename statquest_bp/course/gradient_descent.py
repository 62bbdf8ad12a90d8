"""Notebook 04: the steps of gradient descent on b3; its tasks on the learning rate are in `learning_rate`."""

from __future__ import annotations

from statquest_bp.chain_rule import gradient
from statquest_bp.course import learning_rate
from statquest_bp.course.lesson import lesson_run, lowest_b3
from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.video import LEARNING_RATE, digits, exact, statquest_network


@kept
def two_links() -> MultipleChoice:
    """Retrieval from 03: the chain for b3."""
    right = "For each point dSSR/dPredicted × dPredicted/db3; then the points are added up."
    return MultipleChoice(
        "How is dSSR/db3 put together?",
        {
            "For each point dSSR/dPredicted + dPredicted/db3; then the points are added up.": "The points add. But the "
            "links of a chain multiply: each link scales what comes from the one before.",
            "For each point dSSR/dPredicted × dPredicted/db3; then the average is taken.": "The links are right. But "
            "the SSR is a plain sum over the points, so its derivative is one too.",
            right: "Yes: links multiply, points add.",
            "It is the SSR divided by b3.": "That compares two values. A derivative compares two small changes: how "
            "much does the SSR change when b3 changes a little?",
        },
        answer=right,
        hints=[
            "b3 changes the prediction, and the prediction changes the SSR. Those are two links.",
            "One link scales the other; so what do you do with the two numbers?",
            "Multiply along the chain. Over the points, do what the SSR does.",
        ],
        why="dSSR/db3 = Σ dSSR/dPredicted × dPredicted/db3. Gradient descent needs only this one number at each step.",
        kind="From before",
    )


@kept
def which_way_to_go() -> MultipleChoice:
    """Retrieval from 03: from the sign of the slope to the direction of the move."""
    b3 = 2
    slope = gradient(statquest_network(b3=b3), dosage())["b3"]
    right = "Up: the curve falls to the right."
    return MultipleChoice(
        f"At b3 = {b3} the slope of the SSR is {digits(slope)}. To make the SSR smaller, which way should b3 go?",
        {
            "Down, because the slope is negative.": "A negative slope means downhill to the right. To the left, the "
            "SSR climbs.",
            "Nowhere: a negative slope is as low as it gets.": "A low slope is not a low SSR. At the lowest SSR the "
            "slope is 0, and the curve level.",
            "One can’t tell without the SSR itself.": "You don’t need the height to know which way is down: the slope "
            "tells.",
            right: "Yes: against the sign of the slope.",
        },
        answer=right,
        hints=[
            "Draw a short line with a negative slope. Which end is lower?",
            "The right end is lower. And to the right, b3 is larger.",
            "New b3 = old b3 − something × slope. What is minus a negative number?",
        ],
        why="Always against the slope: that is why the step is subtracted.",
        kind="From before",
    )


@kept
def predict_the_second_step() -> Prediction:
    """The headline prediction: where b3 lands after two steps. For DescentLab."""
    run = lesson_run()
    start, first = run[0], run[1]
    landed = first.network.parameters["b3"]
    return Prediction(
        f"The first step takes b3 from 0 to {digits(landed)}. The learning rate stays {shown(LEARNING_RATE)}. Where "
        "does b3 land after the second step?",
        truth=lambda: lesson_run().parameters["b3"][2],
        low=-1,
        high=4,
        step=0.01,
        why=f"Did you expect a second step as long as the first? That would end at {digits(2 * landed)}. But the "
        f"slope, {digits(start.gradient['b3'])} at the start, is only {digits(first.gradient['b3'])} by then, so the "
        "step is shorter.",
    )


@kept
def size_of_a_step() -> Numeric:
    """The step size at b3 = 1."""
    here = lesson_run(b3=1)[0]
    b3, slope, size = here.network.parameters["b3"], here.gradient["b3"], here.step_size["b3"]
    return Numeric(
        f"At b3 = {shown(b3)} the slope is {exact(slope, 2)}, and the learning rate is {shown(LEARNING_RATE)}. How "
        "large is the step size, with its sign?",
        answer=size,
        slips={
            "That is the slope itself. Scale it down by the learning rate.": slope,
            "The size is right. The step size keeps the sign of the slope; the minus comes later, when it is "
            "subtracted.": -size,
            "You divided by the learning rate. It is a factor.": slope / LEARNING_RATE,
        },
        hints=[
            "The step size has two ingredients: how steep it is here, and how bold you are.",
            "Step size = slope × learning rate, sign and all.",
            f"{exact(slope, 2)} × {shown(LEARNING_RATE)}",
        ],
        why=f"{exact(slope)} × {shown(LEARNING_RATE)} = {exact(size)}. It keeps the sign of the slope. What b3 becomes "
        "with it is the next question.",
    )


@kept
def the_new_b3() -> Numeric:
    """The new b3 after a step from b3 = 1."""
    run = lesson_run(b3=1)
    here, after = run[0], run[1]
    b3, slope, size = here.network.parameters["b3"], here.gradient["b3"], here.step_size["b3"]
    return Numeric(
        f"Once more b3 = {shown(b3)}, with the slope {exact(slope, 2)} and the learning rate {shown(LEARNING_RATE)}. "
        "What is the new b3 after this step? Two decimals are enough.",
        answer=after.network.parameters["b3"],
        slips={
            "You added the step size. It is subtracted: new = old − step size.": b3 + size,
            "That is the step size. Subtract it from the old b3.": size,
            "That is the slope. It says where to go, not where you are.": slope,
            "You forgot the learning rate, and leapt by the whole slope.": b3 - slope,
            "You started from 0. The step is subtracted from where b3 is now.": -size,
        },
        hints=[
            "Two moves: first the step size, then the new b3.",
            f"Step size = {exact(slope)} × {shown(LEARNING_RATE)} = {exact(size)}.",
            f"New b3 = {shown(b3)} − ({exact(size)})",
        ],
        why=f"{shown(b3)} − ({exact(size)}) = {exact(b3 - size)}: minus a negative number, so b3 grows, toward the "
        f"bottom. To check it in the lab, let b3 start at {shown(b3)} and press Step.",
    )


@kept
def why_the_steps_shrink() -> MultipleChoice:
    """Why steps get shorter near the minimum although the learning rate stays."""
    right = "The slope gets closer to 0, and the step size is slope × learning rate."
    return MultipleChoice(
        "The learning rate never changes. Why do the steps get shorter as b3 comes near the bottom?",
        {
            "The computer lowers the learning rate near the bottom.": "Here it doesn’t: the rate stays the same. Look "
            "at the other factor of the step size.",
            "The SSR gets small, and the step size is SSR × learning rate.": "The SSR isn’t in the step size at all. "
            "Even on a curve that never comes near 0, the steps would shrink at the bottom.",
            right: "Yes: large steps where it is steep, baby steps where it is nearly level.",
            "b3 gets larger, so the same step counts for less.": "New b3 = old b3 − step size: how large b3 is makes "
            "no difference to the step.",
        },
        answer=right,
        hints=[
            "Step size = slope × learning rate. Which of the two changes?",
            "Look at the tangent in the lab as b3 comes near the bottom.",
            "At the bottom the curve is level. What is the slope of a level line?",
        ],
        why="That is the beauty of it: the slope slows gradient descent down by itself, just where care is needed.",
    )


@kept
def when_it_stops() -> MultipleChoice:
    """When gradient descent stops."""
    right = "When the step size is very close to 0, or after a set number of steps."
    return MultipleChoice(
        "When does gradient descent stop?",
        {
            right: f"Yes. Here “very close” means smaller than 0.001, and that is so after {len(lesson_run()) - 1} "
            "updates.",
            "When the SSR is exactly 0.": "Few curves fit perfectly, so it would go on for ever. It stops where steps "
            "no longer change anything.",
            f"When b3 has reached {digits(lowest_b3())}.": "In real life nobody tells it that number beforehand: it is "
            "what it has to find.",
            "As soon as the slope is positive.": "A positive slope only means that b3 is now too large, and the next "
            "step goes back.",
        },
        answer=right,
        hints=[
            "What does it know at each step? Not where the bottom is.",
            "At the bottom the slope is almost 0. What does that do to the step?",
            "It looks at the step size. And for safety it counts its steps.",
        ],
        why="At the bottom the slope is 0, so the step size is 0, and b3 stays where it is.",
    )


EXERCISES = (
    two_links,
    which_way_to_go,
    predict_the_second_step,
    size_of_a_step,
    the_new_b3,
    why_the_steps_shrink,
    when_it_stops,
    *learning_rate.EXERCISES,
)
