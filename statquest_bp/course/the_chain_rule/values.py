"""The numbers in the questions of notebook 03, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values, b3_with_slope, curvature, lowest_b3, slope_at, ssr_at, worked_out
from statquest_bp.data import dosage
from statquest_bp.fit import residuals
from statquest_bp.video import OPTIMAL, statquest_network


def one_point(b3: float, at: int) -> Values:
    """What there is to say about the data point numbered `at`, from 0."""
    net, data = statquest_network(b3=b3), dosage()
    return {
        "b3": b3,
        "dosage": data.inputs[at, 0],
        "observed": data.observed[at, 0],
        "predicted": net.predict(data.inputs)[at, 0],
        "residual": residuals(net, data)[at, 0],
        "term": slope_at(b3).terms[at],
    }


def a_residual_with_its_sign() -> Values:
    return one_point(b3=3, at=1)


def sign_of_the_slope() -> Values:
    b3, larger = 1, 2
    return {"b3": b3, "larger_b3": larger, "here": ssr_at(b3), "there": ssr_at(larger)}


def predict_the_slope() -> Values:
    here, there = ssr_at(0), ssr_at(1)
    return {"here": here, "there": there, "average": there - here, "slope": slope_at(0).total} | {
        "reached": worked_out("b3")
    }


def where_the_slope_is_minus_six() -> Values:
    slope = -6
    b3 = b3_with_slope(slope)
    return {
        "slope": slope,
        "steepness": abs(slope),
        "slope_at_0": slope_at(0).total,
        "bottom": lowest_b3(),
        "curvature": curvature(),
        "left": -slope / curvature(),
        "too_low": b3 - 0.06,
        "too_high": b3 + 0.04,
    }


def why_one() -> Values:
    return {"best": OPTIMAL["b3"], "nudge": 0.1}


def one_points_term() -> Values:
    return one_point(b3=1, at=0)


def add_the_terms() -> Values:
    b3 = 2
    first, second, third = slope_at(b3).terms
    return {"b3": b3, "first": first, "second": second, "third": third, "slope": slope_at(b3).total}
