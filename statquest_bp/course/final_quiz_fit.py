"""The quiz, on notebook 02: residuals and the SSR."""

from __future__ import annotations

import math

from statquest_bp.course.final_quiz_draws import Rng, choice, either, fresh, in_brackets, listed, number, size
from statquest_bp.digits import short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question
from statquest_bp.video import OPTIMAL


@fresh
def a_residual(rng: Rng) -> Numeric:
    """Observed − predicted, with its sign."""
    observed, predicted = number(rng, 0.2, 3), size(rng, 0.2, 3)
    residual = observed - predicted
    return Numeric(
        f"Observed is {short(observed)}, and the network predicts {short(predicted)}. How large is the residual, with "
        "its sign?",
        answer=residual,
        slips={
            "You took predicted − observed. It is the other way round.": -residual,
            "You added them. A residual is a difference.": observed + predicted,
            "You squared it. That comes with the SSR.": residual**2,
        },
        hints=[
            "What is left over when the network has had its say?",
            "observed − predicted",
            f"{short(observed)} − {in_brackets(predicted)}",
        ],
        why="Above 0, the network predicts too little there; below 0, too much.",
        tolerance=0.006,
    )


@fresh
def ssr_of_three(rng: Rng) -> Numeric:
    """The SSR of three points, from what was observed and predicted."""
    observed, predicted = ([number(rng, 0, 2) for _ in range(3)] for _ in range(2))
    misses = [one - other for one, other in zip(observed, predicted, strict=True)]
    squares = math.fsum(miss**2 for miss in misses)
    return Numeric(
        f"Observed: {listed(observed)}. Predicted: {listed(predicted)}. How large is the SSR?",
        answer=squares,
        slips={
            "You added the residuals without squaring them.": sum(misses),
            "You squared the sum. Square each residual first, then add.": sum(misses) ** 2,
            "That is the mean of the squares. The SSR is their sum.": squares / 3,
            "That is the root of the SSR. Leave the root out.": math.sqrt(squares),
            "You added the sizes of the residuals. Square them first.": sum(map(abs, misses)),
        },
        hints=[
            "Residuals first: observed − predicted, three times.",
            f"The residuals are {listed(misses)}.",
            " + ".join(f"{in_brackets(miss)}²" for miss in misses),
        ],
        why="One number for the whole fit. The smaller it is, the better.",
        tolerance=0.006,
    )


def which_fit_is_better(rng: Rng) -> MultipleChoice:
    """Squares make one large miss count for more than several small ones."""
    small = [size(rng, 0.5, 0.7) for _ in range(3)]
    large = [size(rng, 0.05, 0.1, 2), size(rng, 1.2, 1.3), size(rng, 0.05, 0.1, 2)]
    better = either(rng, "A", "B")
    a, b = (small, large) if better == "A" else (large, small)
    best, worst = (f"Network {name}" for name in (("A", "B") if better == "A" else ("B", "A")))
    sums = [short(sum(value**2 for value in values)) for values in (a, b)]
    return choice(
        rng,
        f"Two networks, the same three points. Network A has the residuals {listed(a)}, network B {listed(b)}. Which "
        "fits better, by the SSR?",
        {
            best: "Yes: its squares add up to less.",
            worst: "Two of its residuals are tiny. But the square of the third one alone is more than the other "
            "network’s three squares.",
            "Both fit equally well": f"Square each residual, and add: {sums[0]} for A and {sums[1]} for B.",
            "One can’t tell from the residuals": "The SSR needs nothing else: it is their squares, added up.",
        },
        answer=best,
        hints=[
            "Square each of the six residuals.",
            f"A residual of 1.2 has the square {1.2**2:.2f}, one of 0.6 only {0.6**2:.2f}.",
            f"A: {sums[0]}, B: {sums[1]}.",
        ],
        why="The SSR measures the fit, and squares make a large miss count much more than a few small ones.",
    )


def what_fitting_does(rng: Rng) -> MultipleChoice:
    """Optimising means shrinking observed − predicted."""
    right = "The differences observed − predicted, squared and added up"
    return choice(
        rng,
        "A network is fitted to data. What is made as small as possible?",
        {
            right: "Yes: that is the SSR.",
            "The observed values": "They are data. Nobody may change them.",
            "The weights and biases": "They change, but not to be small: to whatever makes the fit good. "
            f"The lesson’s w2 ends at {short(OPTIMAL['w2'])}.",
            "The step size": "It becomes small near the bottom. That is a sign that the goal is reached, not the goal.",
        },
        answer=right,
        hints=[
            "What did you see shrink in the picture while b3 moved?",
            "The dashed lines between the dots and the squiggle.",
            "Each of them is a residual, observed − predicted.",
        ],
        why="Fitting, training, optimising: all of it means to bring the predictions close to what was observed.",
    )


QUESTIONS = tuple(
    Question(make, "02 How good is the fit?")
    for make in (a_residual, ssr_of_three, which_fit_is_better, what_fitting_does)
)
