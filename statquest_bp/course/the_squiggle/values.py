"""The numbers in the questions of notebook 01, by the question's name."""

from __future__ import annotations

from statquest_bp.activations import activation_named
from statquest_bp.course.lesson import Values, stands_at
from statquest_bp.data import dosage
from statquest_bp.video import OPTIMAL, statquest_network

LOW, MIDDLE, HIGH = dosage().inputs[:, 0]
W3, W4, B3 = (OPTIMAL[name] for name in ("w3", "w4", "b3"))


def height_a_little_farther() -> Values:
    height, slope, move = 5, -2, 0.1
    change = slope * move
    return {"height": height, "slope": slope, "move": move, "change": change, "new_height": height + change}


def softplus_of_a_large_sum() -> Values:
    softplus, far = activation_named("softplus").curve, 10
    return {"far": far, "of_far": float(softplus(far)), "of_minus_far": float(softplus(-far))}


def predict_the_height() -> Values:
    fitted, lowered = (net.predict([MIDDLE])[0, 0] for net in (statquest_network(), statquest_network(b3=0)))
    return {"dosage": MIDDLE, "b3": B3, "fitted": fitted, "lowered": lowered} | {
        "reached": stands_at(statquest_network(b3=0))
    }


def add_up_a_prediction() -> Values:
    net = statquest_network(b3=1)
    y1, y2 = net.forward([LOW]).outputs[0][0]
    return {
        "dosage": LOW,
        "y1": y1,
        "y2": y2,
        "w3": W3,
        "w4": W4,
        "b3": net.parameters["b3"],
        "blue": y1 * W3,
        "orange": y2 * W4,
        "predicted": net.predict([LOW])[0, 0],
    }


def flip_the_sign_of_w3() -> Values:
    before, after = (net.predict([HIGH])[0, 0] for net in (statquest_network(), statquest_network(w3=-W3)))
    return {"dosage": HIGH, "w3": W3, "new_w3": -W3, "move": -2 * W3, "before": before, "after": after}


def lift_one_end() -> Values:
    net, target, nudge = statquest_network(), 1, 0.1
    y2, missing = net.forward([LOW]).outputs[0][0, 1], target - net.predict([LOW])[0, 0]
    return {
        "dosage": LOW,
        "middle": MIDDLE,
        "target": target,
        "missing": missing,
        "w4": W4,
        "y2": y2,
        "nudge": nudge,
        "lift": nudge * y2,
        "nudges": missing / (nudge * y2),
    }
