"""Notebook 07, all seven parameters at once: where descent stops too early, and two learning rates with two fits."""

from __future__ import annotations

import functools

from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.labs.two_rates_lab import MAX_STEPS, MIN_STEP
from statquest_bp.video import DETAILS_2, digits, exact, statquest_network

SLOW, FAST = 0.01, 0.1  # learning rates


@functools.cache
def _run(rate: float) -> Run:
    """All seven from where "Details Pt. 2" starts, as TwoRatesLab runs them."""
    return descend(statquest_network(**DETAILS_2), dosage(), rate, max_steps=MAX_STEPS, min_step=MIN_STEP)


@functools.cache
def _stopped() -> Run:
    """The slow run as far as it goes with the usual min_step."""
    return descend(statquest_network(**DETAILS_2), dosage(), SLOW)


@kept
def stopped_too_early() -> MultipleChoice:
    """Why descent stops after a few updates although the fit is poor."""
    run = _stopped()
    right = "The SSR is almost level there: every slope, and so every step, is close to 0, far above the bottom."
    return MultipleChoice(
        f"It says “{run.status}” after {len(run) - 1} updates, and the SSR is still {exact(run.ssr[-1], 2)}. What has "
        "happened?",
        {
            "This is the bottom: a network of two hidden nodes can’t fit these points any better.": "In the last "
            "notebooks this very network went through all three points, with other parameters.",
            "The learning rate is too large, so it leaps back and forth.": "Then the steps would be long. It stopped "
            "because they had become short.",
            f"It has used up its updates: {len(run) - 1} is the most that it makes.": "Then the status would be “max "
            "steps”. Here the steps had become short.",
            right: "Yes: descent feels only the slope under its feet, and here that is close to 0.",
        },
        answer=right,
        hints=[
            "When does gradient descent stop? Which two numbers make up what it looks at?",
            "Step size = slope × learning rate. Which of the two can be small far from the bottom?",
            "Both can. The learning rate is small because you chose it; and the slope, where the ground is level.",
        ],
        why="“Converged” means only: every step is within 0.001 of 0. This is a plateau, and it leads on. A "
        "small learning rate shortens every step as well, so with it you need a stricter idea of “close to 0”.",
    )


@kept
def predict_the_first_leap() -> Prediction:
    """The headline prediction: the squiggle's height after one update at the larger rate. For TwoRatesLab."""
    data, run = dosage(), _run(FAST)
    heights = [f"{value:.2f}" for value in run[0].network.predict(data.inputs)[:, 0]]
    return Prediction(
        f"At the start the squiggle has the heights {', '.join(heights)} at the three dosages; observed were "
        f"{', '.join(shown(value) for value in data.observed[:, 0])}. Now all seven parameters make one step with "
        f"learning rate {shown(FAST)}. How high is the squiggle then at dosage {shown(data.inputs[1, 0])}?",
        truth=lambda: run[1].network.predict(data.inputs)[1, 0],
        low=-2,
        high=4,
        step=0.01,
        why="The two outer points want the squiggle lower, and together they outweigh the middle one. And the seven "
        "parameters all push it the same way at once, so it shoots far past the bottom: the SSR goes from "
        f"{exact(run.ssr[0], 2)} to {exact(run.ssr[1], 2)}.",
    )


@kept
def where_b1_ends() -> Numeric:
    """A task in TwoRatesLab: b1 at the end of the faster run."""
    slow, fast = (_run(rate).final.parameters for rate in (SLOW, FAST))
    return Numeric(
        f"Drag “moment” to its end. What is b1 in the end with learning rate {shown(FAST)}? Two decimals are enough.",
        answer=fast["b1"],
        slips={
            f"That is b1 with learning rate {shown(SLOW)}: the other row.": slow["b1"],
            "That is b2: mind the columns.": fast["b2"],
            "That is where b1 starts. Go on to the end.": DETAILS_2["b1"],
        },
        hints=[
            "The table under the picture has a row for each learning rate, and a column for each parameter.",
            f"The row of {shown(FAST)} says “converged” once its run has ended.",
            f"It is {digits(abs(fast['b1'] - slow['b1']))} below the b1 of the other row.",
        ],
        why=f"{digits(fast['b1'])}, and with the other rate {digits(slow['b1'])}. Yet both squiggles go through all "
        "three points.",
        kind=LAB_TASK,
    )


@kept
def who_is_right() -> MultipleChoice:
    """Two different sets of parameters fit the data equally well."""
    right = "Both are: each squiggle goes through the three points, and the data ask for nothing else."
    return MultipleChoice(
        "Two runs from one start end with different parameters. Who is right?",
        {
            f"The one with learning rate {shown(SLOW)}: it ends at the video’s parameters.": "Had the video taken the "
            "other rate, it would show the others. What makes parameters good is how well they fit.",
            right: "Yes: seven parameters and only three points, so many squiggles pass through all of them.",
            f"The one with learning rate {shown(FAST)}: it needs fewer updates.": "Then it is cheaper, which is "
            "nice. But what do you compare two fits by?",
            "Neither: if both were right, they would have to agree.": "They agree where there are data: look at both "
            "squiggles at the three points.",
        },
        answer=right,
        hints=[
            "What was the measure of a good fit, ever since the second notebook?",
            "Read both SSRs at the end of the runs.",
            "Both SSRs are as good as 0. Is there anything in the data that tells the two apart?",
        ],
        why="There is no one right set of parameters to be found. Descent looks for one that fits, and where it ends "
        "depends on where it starts and how long its steps are. Between the points the two squiggles differ, and only "
        "more data could tell which one to trust there.",
    )


EXERCISES = (stopped_too_early, predict_the_first_leap, where_b1_ends, who_is_right)
