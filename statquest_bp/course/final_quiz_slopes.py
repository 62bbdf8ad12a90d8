"""The quiz, on notebook 03: the chain rule, and the slope of b3."""

from __future__ import annotations

import math

from statquest_bp.course.final_quiz_draws import Rng, choice, fresh, in_brackets, listed, number, size
from statquest_bp.digits import short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question


@fresh
def rates_in_a_row(rng: Rng) -> Numeric:
    """Rates in a row multiply."""
    first, second, turns = number(rng, 1.2, 4), number(rng, 0.3, 0.9), number(rng, 2, 9)
    return Numeric(
        f"For each turn of a handle, a small wheel makes {short(first)} turns. For each turn of the small wheel, a "
        f"large one makes {short(second)}. You turn the handle {short(turns)} times. How often does the "
        "large wheel turn?",
        answer=first * second * turns,
        slips={
            "You added the two rates. Rates in a row multiply.": (first + second) * turns,
            "That is the large wheel for one turn of the handle. You turned it more often.": first * second,
            "That is the small wheel. Go one link farther.": first * turns,
            "You left the small wheel out.": second * turns,
        },
        hints=[
            "How often does the small wheel turn?",
            f"It turns {short(first)} × {short(turns)} times. And for each of these turns, the large one…?",
            f"{short(first)} × {short(second)} × {short(turns)}",
        ],
        why="That is the chain rule: the rate from end to end is the product of the rates between.",
    )


@fresh
def the_first_link(rng: Rng) -> Numeric:
    """dSSR/dPredicted at one point."""
    observed, predicted = number(rng, 0.2, 3), size(rng, 0.2, 3)
    residual = observed - predicted
    return Numeric(
        f"At one point {short(observed)} was observed and {short(predicted)} is predicted. How large is this point’s "
        "dSSR/dPredicted?",
        answer=-2 * residual,
        slips={
            "The minus is missing: when Predicted grows, the residual shrinks.": 2 * residual,
            "The 2 is missing: the derivative of u² is 2 × u.": -residual,
            "That is the residual. Its square is what has to be derived.": residual,
            "That is the square itself. Its derivative is asked for.": residual**2,
        },
        hints=[
            "The point adds (observed − predicted)² to the SSR.",
            "Its derivative is 2 × (observed − predicted) × (−1).",
            f"−2 × ({short(observed)} − {in_brackets(predicted)})",
        ],
        why="All seven derivatives begin with this link.",
        tolerance=0.006,
    )


@fresh
def slope_of_the_last_bias(rng: Rng) -> Numeric:
    """dSSR/db3 from three residuals."""
    misses = [size(rng, 0.2, 3) for _ in range(3)]
    total = math.fsum(misses)
    return Numeric(
        f"The residuals, observed − predicted, are {listed(misses)}. How large is dSSR/db3?",
        answer=-2 * total,
        slips={
            "The minus is missing: −2 × residual.": 2 * total,
            "The 2 is missing: −2 × residual.": -total,
            "That is the mean over the points. Add the terms up.": -2 * total / 3,
            "That is the SSR. Its slope is asked for.": math.fsum(miss**2 for miss in misses),
        },
        hints=[
            "Two links for each point, and the last one is 1.",
            "Each point’s term is −2 × residual × 1. Then add the three.",
            f"−2 × ({' + '.join(map(in_brackets, misses))})",
        ],
        why="b3 is simply added to the prediction, so its last link is 1, and nothing else comes in.",
        tolerance=0.006,
    )


def which_way(rng: Rng) -> MultipleChoice:
    """The sign of the slope, and the way down, from where the predictions lie."""
    sign = 1 if rng.random() < 0.5 else -1
    misses = [number(rng, 0.3, 2) * sign for _ in range(3)]
    too, slope, way = ("low", "negative", "up") if sign > 0 else ("high", "positive", "down")
    right = f"{slope}, and b3 has to go {way}"
    other_way, other_slope = ("down", "positive") if sign > 0 else ("up", "negative")
    return choice(
        rng,
        f"The residuals, observed − predicted, are {listed(misses)}. What is the sign of dSSR/db3, and which way does "
        "gradient descent move b3?",
        {
            right: f"Yes: the predictions are too {too}.",
            f"{slope}, and b3 has to go {other_way}": "The sign is right. A step goes against the slope: new = old − "
            "step size.",
            f"{other_slope}, and b3 has to go {way}": "The way is right. But each term is −2 × residual.",
            f"{other_slope}, and b3 has to go {other_way}": "Are the predictions too high or too low? And b3 "
            "lifts them all.",
        },
        answer=right,
        hints=[
            "All residuals have the same sign. So are the predictions too high or too low?",
            f"They are too {too}. Each point’s term is −2 × residual.",
            f"So the terms are all {slope}, and the step goes against the slope.",
        ],
        why="The sign of the slope tells the way, its size how far.",
    )


QUESTIONS = tuple(
    Question(make, "03 The chain rule") for make in (rates_in_a_row, the_first_link, slope_of_the_last_bias, which_way)
)
