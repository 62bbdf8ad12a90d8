"""The numbers in the questions of notebook 08, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values, lesson_run, slope_at, ssr_at
from statquest_bp.video import LEARNING_RATE


def a_step_from_the_other_side() -> Values:
    b3 = 4.0
    return {"b3": b3, "slope": slope_at(b3).total, "rate": LEARNING_RATE}


def predict_the_wrong_step() -> Values:
    run = lesson_run()
    b3, size = run.parameters["b3"][0], run[0].step_size["b3"]
    return {
        "b3": b3,
        "slope": run[0].gradient["b3"],
        "rate": LEARNING_RATE,
        "ssr": run[0].ssr,
        "meant": b3 - size,
        "landed": b3 + size,
        "ssr_there": ssr_at(b3 + size),
    }
