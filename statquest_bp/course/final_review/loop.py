"""Notebook 10: all derivatives together, the step and the loop, from empty cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from statquest_bp.course.final_review import model, wanted
from statquest_bp.course.final_review.loop_slips import SLIPS_OF_THE_LOOP, moved_too_early
from statquest_bp.course.final_review.wanted import SLOW, STOP, descended, moved, slopes_of_all
from statquest_bp.course.lesson import lesson_run
from statquest_bp.digits import as_in_the_video
from statquest_bp.exercises.own_code import OwnCode
from statquest_bp.exercises.progress import kept
from statquest_bp.video import OPTIMAL


@kept
def gradient_of_all(attempt: Any = None) -> OwnCode:
    """The seven derivatives in one dictionary."""
    return OwnCode(
        "gradient should give all seven derivatives as a dictionary, from names such as “w3” to numbers.",
        attempt,
        wanted.ALL["gradient"],
        model.gradient,
        {
            **_swaps(("w3", "w4"), ("w1", "w2"), ("b1", "b2"), ("b1", "w1"), ("b2", "w2")),
            "These are the parameters, not their derivatives.": lambda dosage, observed, p: p,
            "The signs are turned round. The minus comes later, in the step.": lambda *here: {
                name: -slope for name, slope in slopes_of_all(*here).items()
            },
        },
        hints=[
            "You have written all seven functions. Call each of them, and give each result its name.",
            'A dictionary is written {"b3": …, "w4": …}.',
            'return {"b3": d_ssr_d_b3(dosage, observed, p), "w4": d_ssr_d_w4(dosage, observed, p), … all seven}',
        ],
        why="All seven are taken at the same p. That is what “all at once” means.",
        earlier=wanted.before("gradient"),
    )


@kept
def one_step(attempt: Any = None) -> OwnCode:
    """One step of gradient descent, for any of the parameters."""
    return OwnCode(
        "step should give a new p: each parameter that has a slope moves, the others stay.",
        attempt,
        wanted.ALL["step"],
        model.step,
        {
            "The step size is added. It is subtracted: against the slope is downhill.": lambda p, slopes, rate: moved(
                p, slopes, -rate
            ),
            "The learning rate is missing: step size = slope × learning rate.": lambda p, slopes, rate: moved(
                p, slopes, 1.0
            ),
            "You divided by the learning rate. It is a factor.": lambda p, slopes, rate: moved(p, slopes, 1 / rate),
            "The slope is missing: every parameter moves by the same.": lambda p, slopes, rate: moved(
                p, dict.fromkeys(slopes, 1.0), rate
            ),
            "Nothing has moved: that is the old p.": lambda p, slopes, rate: p,
            "These are the new values where there is a slope. The others have to be there, too, as they "
            "were.": lambda p, slopes, rate: {name: p[name] - rate * slopes[name] for name in slopes},
            "These are the step sizes. The new values are wanted: old − step size.": lambda p, slopes, rate: {
                name: rate * slopes[name] for name in slopes
            },
        },
        hints=[
            "Step size = slope × learning rate; new = old − step size; for every name in slopes.",
            "Begin with a copy, new = dict(p), so that the parameters without a slope are there as well.",
            "for name in slopes: new[name] = p[name] - rate * slopes[name]; and after the loop: return new",
        ],
        why="The new values are made from the old p alone, so it doesn’t matter which parameter comes first.",
        earlier={},
    )


@kept
def the_loop(attempt: Any = None) -> OwnCode:
    """Gradient descent for any of the parameters, with both ways to stop."""
    end = lesson_run().final.parameters["b3"]
    return OwnCode(
        "descend should take steps with the parameters in names, until all their step sizes are closer to 0 than "
        "min_step (then that step isn’t taken) or max_steps are done. It gives the p where it ends.",
        attempt,
        wanted.ALL["descend"],
        model.descend,
        SLIPS_OF_THE_LOOP,
        hints=[
            "In each round: the slopes at the p of now, perhaps a stop, then p = step(p, slopes, rate).",
            "Keep only the slopes that are in names: slopes = {name: slopes[name] for name in names}. To stop, compare "
            "the size of rate * slope, without its sign, with min_step, for all of them.",
            "if all(abs(rate * slope) < min_step for slope in slopes.values()): return p",
        ],
        why=f"Your b3 went from 0 to {as_in_the_video(end)}, as in the lesson: chain rule, step, and again.",
        earlier=wanted.before("descend"),
        recognise=moved_too_early,
    )


@kept
def all_seven(attempt: Any = None) -> OwnCode:
    """The whole program, from the start of "Details Pt. 2" to the video's fit."""
    listed = ", ".join(f"{name} {as_in_the_video(value)}" for name, value in OPTIMAL.items())
    return OwnCode(
        f"The whole program: all seven parameters, the learning rate {SLOW[0]}, and many steps. Does it find the fit?",
        attempt,
        wanted.WHOLE,
        model.descend,
        {
            "That is where it started: it stopped before the first step.": lambda dosage, observed, p, *more: p,
            "It stops early: min_step is there to be used as it is passed in.": _limited(
                lambda min_step, max_steps: (max(min_step, STOP[0]), max_steps)
            ),
            "It stops early: max_steps is there to be used as it is passed in.": _limited(
                lambda min_step, max_steps: (min_step, min(max_steps, STOP[1]))
            ),
        },
        hints=[
            "The card of descend says whether the loop is right. Begin there.",
            "If it is, then look for a fixed number where a name should be: for rate, min_step or max_steps.",
            "Nothing new has to be written here: descend as it was is enough.",
        ],
        why=f"The parameters of the video, found by your own program: {listed}.",
        earlier=wanted.ALL,
    )


def _limited(limits: Callable[[float, int], tuple[float, int]]) -> Callable[..., Any]:
    """Gradient descent that makes limits of its own from min_step and max_steps."""

    def run(dosage: Any, observed: Any, p: Any, names: Any, rate: Any, min_step: float, max_steps: int) -> Any:
        return descended(dosage, observed, p, names, rate, *limits(min_step, max_steps))

    return run


def _swaps(*pairs: tuple[str, str]) -> dict[str, Callable[..., dict[str, float]]]:
    """For each pair of names, the gradient with these two in each other's place."""

    def swapped(one: str, other: str, *here: Any) -> dict[str, float]:
        slopes = slopes_of_all(*here)
        return slopes | {one: slopes[other], other: slopes[one]}

    return {f"{one} and {other} have changed places.": partial(swapped, one, other) for one, other in pairs}
