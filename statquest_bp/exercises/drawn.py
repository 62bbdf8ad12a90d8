"""Questions with fresh numbers each time, for a quiz: a Markdown file has the words, and the numbers are drawn."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from importlib.resources import files
from types import ModuleType

import numpy as np

from statquest_bp.exercises import quiz
from statquest_bp.exercises.exercise import Exercise
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.questions import Question, Values, exercise_of, questions_in

__all__ = ["Rng", "drawn", "either", "number", "numbered", "read_quiz", "sign", "size", "three"]

Rng = np.random.Generator
DRAWS = 1000  # far more than any question needs; one that needs more is a mistake


def read_quiz(package: str, draws: ModuleType) -> tuple[quiz.Question, ...]:
    """The questions of the `quiz.md` in `package`; behind a question's kind stands the notebook to read again.

    `draws` has a function of the same name for each that needs numbers: from a random generator to what is drawn.
    """
    text = files(package).joinpath("quiz.md").read_text(encoding="utf-8")
    makers = list[quiz.Question]()
    for question in questions_in(text, f"{package.rpartition('.')[2]}/quiz.md"):
        draw: Callable[[Rng], Values] = getattr(draws, question.name, lambda rng: {})
        makers.append(quiz.Question(drawn(question._replace(heading=None), draw), question.heading or ""))
    return tuple(makers)


def drawn(question: Question, draw: Callable[[Rng], Values]) -> Callable[[Rng], Exercise]:
    """What makes the question with its options in any order, or with numbers with which its slips can be told apart."""

    def make(rng: Rng) -> Exercise:
        for _ in range(DRAWS):
            values = draw(rng)
            exercise = exercise_of(_shuffled(question, values, rng), values)
            if not isinstance(exercise, Numeric) or _clear(exercise):
                return exercise
        raise ArithmeticError("no numbers were found with which the slips can be told apart")

    make.__name__, make.__doc__ = question.name, question.text
    return make


def _shuffled(question: Question, values: Values, rng: Rng) -> Question:
    """The options of a choice in any order; if `right` was drawn, the last item says what is said of that one."""
    if question.kind != "choice":
        return question
    options = list(question.items)
    if "right" in values:
        right, (_, yes) = values["right"], options.pop()
        options[right] = options[right][0].replace("[ ]", "[x]"), yes
    return question._replace(items=tuple(options[i] for i in rng.permutation(len(options))))


def _clear(question: Numeric) -> bool:
    """Whether its answer and all its slips can be told from each other, and the answer isn't tiny."""
    values = [question.answer, *question.slips.values()]
    if abs(question.answer) < 0.05:
        return False
    return not any(
        question.near((one + other) / 2, one) and question.near((one + other) / 2, other)
        for one, other in itertools.combinations(values, 2)
    )


def number(rng: Rng, low: float, high: float, decimals: int = 1) -> float:
    """A number from `low` to `high`, rounded at once: what is shown is what is computed with."""
    return round(float(rng.uniform(low, high)), decimals) + 0.0


def size(rng: Rng, low: float, high: float, decimals: int = 1) -> float:
    """The same, with either sign."""
    return number(rng, low, high, decimals) * sign(rng)


def sign(rng: Rng) -> int:
    """1 or −1."""
    return 1 if rng.random() < 0.5 else -1


def three(draw: Callable[[Rng, float, float], float], rng: Rng, low: float, high: float) -> list[float]:
    """One for each of three points."""
    return [draw(rng, low, high) for _ in range(3)]


def either(rng: Rng, *things: str) -> str:
    """One of the `things`."""
    return things[int(rng.integers(len(things)))]


def numbered(name: str, values: Iterable[float]) -> dict[str, float]:
    """The values as r1, r2, …"""
    return {f"{name}{i}": value for i, value in enumerate(values, 1)}
