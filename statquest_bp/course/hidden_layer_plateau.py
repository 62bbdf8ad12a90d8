"""Notebook 06: behind a bend the SSR is no parabola; too long a step can end on a plateau."""

from __future__ import annotations

from statquest_bp.course.lesson import run_of
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.progress import kept
from statquest_bp.gradient_descent import Run
from statquest_bp.video import DETAILS_2, LEARNING_RATE, digits, exact

TOO_LARGE = 1.0  # a learning rate that throws b2 far to the left


def thrown_out() -> Run:
    """The descent on b2 that ends on the plateau."""
    return run_of("b2", rate=TOO_LARGE)


@kept
def ssr_on_the_plateau() -> Numeric:
    """A task in DescentLab("b2"): the SSR where a large learning rate ends."""
    run = thrown_out()
    return Numeric(
        f"Press Reset, set the learning rate to {shown(TOO_LARGE)}, and press Step until it stops by itself. How large "
        "is the SSR there? Two decimals are enough.",
        answer=lambda: run.ssr[-1],
        slips={
            "That is the SSR where the lab begins. Go on stepping.": lambda: run.ssr[0],
            "That is the SSR after the first step. There is another one.": lambda: run.ssr[1],
            f"That is the SSR at the end with a learning rate of {shown(LEARNING_RATE)}, or near it. Set the rate to "
            f"{shown(TOO_LARGE)}.": lambda: run_of("b2").ssr[-1],
            "That is where b2 ends. How large is the SSR there?": lambda: run.final.parameters["b2"],
        },
        hints=[
            "The readout has the SSR; it also says whether the run has ended.",
            "The first step goes a little too far to the right. Look where the second one goes.",
            f"It ends after {len(run) - 1} updates, at b2 = {exact(run.final.parameters['b2'])}.",
        ],
        why=f"b2 goes from {shown(DETAILS_2['b2'])} to {exact(run.parameters['b2'][1], 2)}, where the curve is steep, "
        f"and from there to {exact(run.final.parameters['b2'], 2)}. The run counts as converged, with an SSR as high "
        "as that.",
        tolerance=0.012,
        kind=LAB_TASK,
    )


@kept
def why_it_stops_out_there() -> MultipleChoice:
    """Why descent stops on the plateau."""
    run = thrown_out()
    b2, fit = run.final.parameters["b2"], run_of("b2")
    right = "The bend is flat there at every dosage: one link is almost 0, and with it the whole product."
    return MultipleChoice(
        f"At b2 = {digits(b2)} the residuals are large, and still the step size is almost 0. Why?",
        {
            "It has found the best fit.": f"With a learning rate of {shown(LEARNING_RATE)} it found one with an SSR of "
            f"{exact(fit.ssr[-1])}. Small steps alone don’t mean that the fit is good.",
            "The learning rate is too small.": "It is the same rate that made the leap. And step size = slope × rate: "
            "what about the slope?",
            right: "Yes: e^x2 / (1 + e^x2) is next to nothing when x2 is far below 0. Whatever comes before it in the "
            "chain is multiplied with that.",
            "dSSR/dPredicted is 0 there.": "That link is −2 × the residual, and you see the residuals. Another link "
            "must be 0.",
        },
        answer=right,
        hints=[
            "The slope is a product of four links. Which of them can be almost 0?",
            f"There x2 = Input × w2 + b2 is {digits(b2)} or less. How steep is the bend that far to the left?",
            "Look at the left end of the picture of the bend.",
        ],
        why="Node 2 is switched off: it gives almost 0 whatever goes in, so b2 has no effect, and no slope. A plateau "
        "looks like a bottom to gradient descent.",
    )


EXERCISES = (ssr_on_the_plateau, why_it_stops_out_there)
