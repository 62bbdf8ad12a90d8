"""The numbers in the questions of notebook 02, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values, lowest_b3, ssr_at
from statquest_bp.data import dosage
from statquest_bp.fit import residuals
from statquest_bp.video import statquest_network

LOW, MIDDLE, HIGH = dosage().inputs[:, 0]
ANOTHER_B3 = 2
BY_HAND = 1.5  # a b3 whose SSR stands nowhere in the notebook


def how_b3_moves_the_predictions() -> Values:
    return {"low": LOW, "middle": MIDDLE, "high": HIGH, "rise": 0.5}


def squiggle_at_another_b3() -> Values:
    before, after = (statquest_network(b3=b3).predict([MIDDLE])[0, 0] for b3 in (0, ANOTHER_B3))
    observed = dosage().observed[1, 0]
    return {
        "dosage": MIDDLE,
        "observed": observed,
        "b3": ANOTHER_B3,
        "before": before,
        "after": after,
        "miss": observed - after,
    }


def why_squares() -> Values:
    small, large = 0.5, 3
    return {"small": small, "small_squared": small**2, "large": large, "large_squared": large**2}


def predict_the_best_b3() -> Values:
    best, half_a_notch = lowest_b3(), 0.006
    return {f"ssr_at_{b3}": ssr_at(b3) for b3 in (0, 1, 2, 3)} | {
        "best": best,
        "reached": lambda lab: abs(lab.state.b3 - best) < half_a_notch,
    }


def best_b3() -> Values:  # right within 0.006: one notch of the slider beside the lowest point isn't the lowest point
    best = lowest_b3()
    whole = min((0, 1, 2, 3, 4), key=ssr_at)
    return {"best": best, "whole": whole, "lowest_ssr": ssr_at(best), "below": best - 0.06, "above": best + 0.04}


def is_it_zero() -> Values:
    return {"lowest_ssr": ssr_at(lowest_b3())}


def ssr_by_hand() -> Values:
    first, second, third = residuals(statquest_network(b3=BY_HAND), dosage())[:, 0]
    return {
        "b3": BY_HAND,
        "first": first,
        "second": second,
        "third": third,
        "first_squared": first**2,
        "second_squared": second**2,
        "third_squared": third**2,
        "added_up": ssr_at(BY_HAND),
    }
