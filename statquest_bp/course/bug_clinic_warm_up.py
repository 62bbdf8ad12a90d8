"""Notebook 08, before the clinic: what the notebooks on gradient descent and on the hidden layer have shown."""

from __future__ import annotations

from statquest_bp.course.lesson import lesson_run
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.video import LEARNING_RATE, exact


@kept
def a_step_from_the_other_side() -> Numeric:
    """Retrieval from 04: a step where the slope is positive."""
    run = lesson_run(b3=4)
    here, after = run[0], run[1]
    b3, slope, size = here.network.parameters["b3"], here.gradient["b3"], here.step_size["b3"]
    return Numeric(
        f"At b3 = {shown(b3)} the slope is {exact(slope, 2)}. With a learning rate of {shown(LEARNING_RATE)}, where "
        "does the next step take b3?",
        answer=after.network.parameters["b3"],
        slips={
            "You added the step size. Uphill is to the right here, so b3 has to go left.": b3 + size,
            "That is the step size. Subtract it from b3.": size,
            "You subtracted the slope itself. Scale it down by the learning rate first.": b3 - slope,
        },
        hints=[
            "Step size first: slope × learning rate.",
            "New b3 = old b3 − step size.",
            f"{shown(b3)} − {exact(slope, 2)} × {shown(LEARNING_RATE)}",
        ],
        why="The slope is above 0, so the bottom lies to the left, and the minus takes b3 there.",
        kind="From before",
    )


@kept
def what_scales_y1() -> MultipleChoice:
    """Retrieval from 06: the link from the prediction to the first node."""
    return MultipleChoice(
        "Predicted = y1 × w3 + y2 × w4 + b3. What is dPredicted/dy1?",
        {
            "y1": "That is dPredicted/dw3: how the prediction changes when the weight does.",
            "1": "That is dPredicted/db3. Only b3 is simply added.",
            "w3": "Yes: what y1 is multiplied by.",
            "y1 × w3": "That is what y1 contributes. The derivative says how fast it changes with y1.",
        },
        answer="w3",
        hints=[
            "Let y1 grow by a little, and hold everything else still.",
            "The prediction changes by that little bit, times what y1 is multiplied by.",
            "y1 is multiplied by w3.",
        ],
        why="On the way back into the hidden layer, this link hands the weight along. It will come up in the clinic.",
        kind="From before",
    )


@kept
def what_all_seven_share() -> MultipleChoice:
    """Retrieval from 07: what is worked out once and reused."""
    return MultipleChoice(
        "Which link stands in all seven derivatives?",
        {
            "dPredicted/dy1": "Only b1 and w1 pass through y1.",
            "dSSR/dPredicted": "Yes: every parameter reaches the SSR through the prediction.",
            "dy1/dx1": "Only b1 and w1 lie behind the first node’s bend.",
            "dPredicted/db3": "That one is for b3 alone.",
        },
        answer="dSSR/dPredicted",
        hints=[
            "Which two quantities lie nearest to the SSR?",
            "Whatever you nudge, it changes the prediction first, and only then the SSR.",
            "It is −2 × (Observed − Predicted).",
        ],
        why="It is worked out once and used seven times. So a mistake in it shows seven times, too.",
        kind="From before",
    )


EXERCISES = (a_step_from_the_other_side, what_scales_y1, what_all_seven_share)
