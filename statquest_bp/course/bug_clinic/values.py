"""The numbers in the questions of notebook 08, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values, lesson_run, slope_at, worked_out
from statquest_bp.video import LEARNING_RATE, statquest_network

FROM = 2.0  # the b3 from which a step goes the wrong way


def a_step_from_the_other_side() -> Values:
    b3 = 4.0
    return {"b3": b3, "slope": slope_at(b3).total, "rate": LEARNING_RATE}


def predict_the_wrong_step() -> Values:
    step = lesson_run(b3=FROM)[0]
    meant, landed = FROM - step.step_size["b3"], FROM + step.step_size["b3"]
    return {
        "b3": FROM,
        "slope": step.gradient["b3"],
        "rate": LEARNING_RATE,
        "meant": meant,
        "landed": landed,
        "slope_meant": slope_at(meant).total,
        "slope_there": slope_at(landed).total,
        "reached": worked_out("b3", statquest_network(b3=landed)),
    }
