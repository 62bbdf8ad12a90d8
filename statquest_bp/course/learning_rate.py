"""Notebook 04, the tasks in DescentLab: how many updates it takes, and what the learning rate does."""

from __future__ import annotations

from statquest_bp.course.lesson import curvature, lesson_run, lowest_b3, rate_limit
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.video import LEARNING_RATE, exact


@kept
def count_the_updates() -> Numeric:
    """A task in DescentLab: how many updates the lesson's run takes."""
    run = lesson_run()
    end = len(run) - 1
    final = exact(lowest_b3(), 2)
    return Numeric(
        f"Press Reset: b3 starts at 0, the learning rate is {shown(LEARNING_RATE)}. Press Step until it stops by "
        "itself. How many updates did it make?",
        answer=lambda: end,
        slips={
            "You counted the start too. Step 0 is where it begins: no update was made yet.": lambda: len(run),
            f"By then b3 reads {final} to two decimals. But the step size is still a little above 0.001, so it goes "
            "on.": lambda: [exact(b3, 2) for b3 in run.parameters["b3"]].index(final),
        },
        hints=[
            "The readout says which step you are at, and why it stops.",
            "Step 0 is the start. Each press of Step is one update.",
            f"It is more than {end - 2} and fewer than {end + 2}.",
        ],
        why=f"After {end} updates the next step would be {exact(run[end].step_size['b3'])}: closer to 0 than 0.001. "
        "Each step shrinks what is left by the same factor.",
        tolerance=0.1,
        kind=LAB_TASK,
    )


@kept
def rate_that_lands_at_once() -> Numeric:
    """A task in DescentLab: the learning rate that reaches the bottom in one step."""
    return Numeric(
        "Find the learning rate with which the very first step lands at the bottom of the curve. (A fraction is fine.)",
        answer=lambda: rate_limit() / 2,
        slips={
            "With this one it takes a step, and another, each shorter. A larger rate gets there at once.": lambda: (
                LEARNING_RATE
            ),
            "With this one it leaps to the other side, just as high, and back again, for ever. Try half of "
            "it.": rate_limit,
            "That is by how much the slope changes for each 1 of b3. The rate is 1 divided by it.": curvature,
            "With this one it leaps far beyond the bottom, and away. Try a smaller rate.": lambda: 0.5,
        },
        hints=[
            f"With {shown(LEARNING_RATE)} the first step falls short of the bottom. So the rate must be larger.",
            "Try the four buttons beside the learning rate, and press Step once with each.",
            f"b3 has to go from 0 to {exact(lowest_b3(), 2)} in one step, and the slope is "
            f"{exact(lesson_run()[0].gradient['b3'], 2)}. Rate = {exact(lowest_b3(), 2)} / "
            f"{exact(-lesson_run()[0].gradient['b3'], 2)}.",
        ],
        why=f"The SSR in b3 is a parabola whose slope grows by {shown(curvature())} for each 1 of b3, as you found in "
        f"the last notebook. So 1/{shown(curvature())} of the slope is just the distance to the bottom. It works on a "
        "parabola, so for w3 and w4 as well. Behind the bends of the hidden nodes there is no such perfect rate.",
        tolerance=0.004,
        kind=LAB_TASK,
    )


@kept
def rate_above_which_it_diverges() -> Numeric:
    """A task in DescentLab: the largest learning rate that doesn't diverge."""
    return Numeric(
        "Make the learning rate larger, bit by bit, and play. Above which learning rate does the SSR grow with each "
        "step, instead of shrinking? (A fraction is fine.)",
        answer=rate_limit,
        slips={
            "With this one it lands at once. A little more, and it overshoots, but still comes closer each time. Go on "
            "up.": lambda: rate_limit() / 2,
            "With this one it does diverge, but so it does with some smaller ones. Find where it begins.": lambda: 0.5,
            "With this one it settles nicely. Go on up.": lambda: LEARNING_RATE,
        },
        hints=[
            "Too large a step leaps over the bottom to the other side. When does it land higher than it was?",
            "At the limit it lands just as high on the other side, and leaps back and forth for ever. Once a run "
            "doesn’t settle, the readout names the limit.",
            f"It is twice the rate that lands at once, and that one is 1/{shown(curvature())}.",
        ],
        why=f"It is 2/{shown(curvature())} = {exact(rate_limit())}: twice the rate that lands at once leaps twice "
        "as far, to the same height on the other side. Anything more climbs.",
        tolerance=0.01,
        kind=LAB_TASK,
    )


EXERCISES = (count_the_updates, rate_that_lands_at_once, rate_above_which_it_diverges)
