"""The numbers in the questions of notebook 04, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values, curvature, lesson_run, lowest_b3, rate_limit, slope_at
from statquest_bp.digits import exact
from statquest_bp.gradient_descent import CLOSE_TO_0
from statquest_bp.video import DETAILS_1, LEARNING_RATE

START = DETAILS_1["b3"]


def which_way_to_go() -> Values:
    b3 = 2
    return {"b3": b3, "slope": slope_at(b3).total}


def predict_the_second_step() -> Values:
    run = lesson_run()
    landed, second = run.parameters["b3"][1:3]
    slope, next_slope = run.gradient["b3"][:2]
    return {
        "start": START,
        "landed": landed,
        "second": second,
        "twice": 2 * landed,
        "slope": slope,
        "next_slope": next_slope,
        "bottom": lowest_b3(),
        "rate": LEARNING_RATE,
        "reached": lambda lab: lab.state.step >= 2,
    }


def count_the_updates() -> Values:
    run, final = lesson_run(), lowest_b3()
    updates = len(run) - 1
    return {
        "start": START,
        "rate": LEARNING_RATE,
        "close": CLOSE_TO_0,
        "updates": updates,
        "too_few": updates - 2,
        "too_many": updates + 2,
        "next_step": run[-1].step_size["b3"],
        "final": final,
        "reads_final": [exact(b3, 2) for b3 in run.parameters["b3"]].index(exact(final, 2)),
    }


def size_of_a_step() -> Values:
    step = lesson_run(b3=1)[0]
    return {"b3": 1, "rate": LEARNING_RATE, "slope": step.gradient["b3"], "size": step.step_size["b3"]}


def the_new_b3() -> Values:
    return {**size_of_a_step(), "new_b3": lesson_run(b3=1).parameters["b3"][1]}


def when_it_stops() -> Values:
    return {"close": CLOSE_TO_0, "updates": len(lesson_run()) - 1, "bottom": lowest_b3()}


def rate_that_lands_at_once() -> Values:
    slope = slope_at(START).total
    return {
        "curvature": curvature(),
        "lesson_rate": LEARNING_RATE,
        "start": START,
        "bottom": lowest_b3(),
        "slope": slope,
        "steepness": abs(slope),
    }


def rate_above_which_it_diverges() -> Values:
    return {"curvature": curvature(), "limit": rate_limit(), "lesson_rate": LEARNING_RATE}
