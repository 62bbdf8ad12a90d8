"""The numbers in the questions of notebook 00, by the question's name."""

from __future__ import annotations

from statquest_bp.course.lesson import Values
from statquest_bp.data import dosage


def read_a_height() -> Values:
    data = dosage()
    low, middle, high = data.inputs[:, 0]
    at_low, at_middle, at_high = data.observed[:, 0]
    return {
        "low": low,
        "middle": middle,
        "high": high,
        "at_low": at_low,
        "at_middle": at_middle,
        "at_high": at_high,
    }


def squares_and_sums() -> Values:
    first, second, third = 2, -3, 0.5
    return {
        "first": first,
        "second": second,
        "third": third,
        "first_squared": first**2,
        "second_squared": second**2,
        "third_squared": third**2,
        "added_up": first**2 + second**2 + third**2,
    }


def what_a_slope_says() -> Values:
    slope, move = -3, 0.01
    change = slope * move
    return {"slope": slope, "move": move, "change": change, "fall": -change, "fall_over_1": -slope}
