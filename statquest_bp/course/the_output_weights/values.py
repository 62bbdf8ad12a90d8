"""The numbers in the questions of notebook 05, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values, at_the_start, curvature, first_slope, run_of, worked_out
from statquest_bp.data import dosage
from statquest_bp.digits import exact
from statquest_bp.fit import residuals
from statquest_bp.gradient_descent import CLOSE_TO_0, Run
from statquest_bp.video import DETAILS_1, LEARNING_RATE, OPTIMAL, statquest_network

W3, W4, B3 = (DETAILS_1[name] for name in ("w3", "w4", "b3"))
VALLEY = (50, 100)  # two steps on the long slide
MANY = 10  # steps of which three parameters make less than w3 alone makes of one
LIMITS = (CLOSE_TO_0, 0.0001)  # of a step size


def three_at_once(min_step: float = LIMITS[0]) -> Run:
    """The descent of "Details Pt. 1": w3, w4 and b3 together."""
    return run_of(*DETAILS_1, min_step=min_step)


def what_is_left_of_the_slope() -> Values:
    rate = LEARNING_RATE / 2
    taken = curvature() * rate
    return {"curvature": curvature(), "rate": rate, "lesson_rate": LEARNING_RATE, "taken": taken, "left": 1 - taken}


def the_first_link() -> Values:
    net, data, at = at_the_start("w4"), dosage(), 0
    return {
        "w4": W4,
        "dosage": data.inputs[at, 0],
        "observed": data.observed[at, 0],
        "predicted": net.predict(data.inputs)[at, 0],
        "residual": residuals(net, data)[at, 0],
        "link": first_slope("w4").links[0].values[at],
    }


def predict_the_slope_for_w4() -> Values:
    links = first_slope("w4").links[0].values
    first_links = ", ".join(exact(value, 2) for value in links)
    return {"w4": W4, "first_links": first_links, "added_up": links.sum(), "slope": first_slope("w4").total} | {
        "reached": worked_out("w4")
    }


def who_has_the_say() -> Values:
    return {"w4": W4, "share": 100 * first_slope("w4").terms[0] / first_slope("w4").total}


def how_fast_its_slope_grows() -> Values:
    y2 = statquest_network().forward(dosage().inputs).outputs[0][:, 1]
    slope = first_slope("w4").total
    return {
        "w4": W4,
        "curvature": curvature("w4"),
        "curvature_b3": curvature(),
        "slope": slope,
        "slope_below": slope - curvature("w4"),
        "squares": " + ".join(f"{exact(y)}²" for y in y2),
    }


def rate_that_lands_w4() -> Values:
    return {
        "curvature": curvature("w4"),
        "curvature_b3": curvature(),
        "lesson_rate": LEARNING_RATE,
        "updates": len(run_of("w4")) - 1,
    }


def a_term_for_w3() -> Values:
    slope, data, at = first_slope("w3"), dosage(), 2
    y1, y2 = at_the_start("w3").forward(data.inputs).outputs[0][at]
    link, term = slope.links[0].values[at], slope.terms[at]
    return {"w3": W3, "dosage": data.inputs[at, 0], "link": link, "y1": y1, "y2": y2, "term": term}


def why_w3_is_faster() -> Values:
    return {
        "lesson_rate": LEARNING_RATE,
        "fast": len(run_of("w3")) - 1,
        "slow": len(run_of("w4")) - 1,
        **{f"curvature_{name}": curvature(name) for name in ("w3", "w4")},
        **{f"left_of_{name}": abs(1 - LEARNING_RATE * curvature(name)) for name in ("w3", "w4")},
    }


def first_move_of_b3() -> Values:
    slopes, size = three_at_once()[0].gradient, three_at_once()[0].step_size["b3"]
    return {
        **DETAILS_1,
        "slope_w3": slopes["w3"],
        "slope_w4": slopes["w4"],
        "slope": slopes["b3"],
        "rate": LEARNING_RATE,
        "step": size,
        "new_b3": B3 - size,
        "end": OPTIMAL["b3"],
    }


def predict_where_w3_goes() -> Values:
    alone, after = run_of("w3"), three_at_once()[MANY].network
    return {
        "w3": W3,
        "alone": alone.final.parameters["w3"],
        "updates": len(alone) - 1,
        "many": MANY,
        "after_many": after.parameters["w3"],
        "first_step": three_at_once()[0].step_size["w3"],
        "reached": lambda lab: lab.state.step >= MANY,
    }


def along_the_valley() -> Values:
    first, last = ({name: three_at_once().parameters[name][step] for name in DETAILS_1} for step in VALLEY)
    return {
        "first": VALLEY[0],
        "last": VALLEY[1],
        "rise_of_b3": last["b3"] - first["b3"],
        "fall_of_w3": first["w3"] - last["w3"],
        "fall_of_w4": first["w4"] - last["w4"],
        **{f"{name}_first": first[name] for name in ("b3", "w4")},
        **{f"{name}_last": last[name] for name in ("b3", "w4")},
    }


def close_is_a_choice() -> Values:
    loose, tight = (three_at_once(limit) for limit in LIMITS)
    return {
        "loose_limit": LIMITS[0],
        "tight_limit": LIMITS[1],
        "loose_b3": loose.final.parameters["b3"],
        "tight_b3": tight.final.parameters["b3"],
        "updates": len(loose) - 1,
        "more_updates": len(tight) - len(loose),
    }
