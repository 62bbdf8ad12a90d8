"""Questions written as prose: a Markdown file has the words, a Python file beside it the numbers by name.

`docs/questions.md` shows how one is written; `read_questions` puts both together.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from types import ModuleType
from typing import Any, NamedTuple

from statquest_bp.digits import filled
from statquest_bp.exercises.backward_pass import BackwardPass
from statquest_bp.exercises.chain_builder import ChainBuilder
from statquest_bp.exercises.exercise import Exercise
from statquest_bp.exercises.fill_the_link import FillTheLink
from statquest_bp.exercises.formula import compute
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept

__all__ = ["Question", "questions_in", "read_questions"]

HEADING = re.compile(r"## (\w+): (number|choice|prediction|links|chain|backward)(?: of (\w+))?(?:, (.+))?")

PARTS = ("it", "from", "to", "step", "before", "unit")  # of a prediction; all else in its list is a misconception

Values = Mapping[str, Any]  # numbers, and a few words


class Question(NamedTuple):
    """A question as it stands at `place`, its file and line; its texts still have {placeholders}.

    `items` are pairs of what stands before a colon, or an option, and what is said about it.
    """

    place: str
    name: str
    kind: str
    parameter: str  # whose chain it is, in "links" and "chain"
    heading: str | None
    text: str
    items: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]
    why: str


def read_questions(package: str, values: ModuleType) -> dict[str, Callable[[], Exercise]]:
    """What makes each question of the `questions.md` in `package`, by name, in the file's order; progress is kept.

    `values` has a function of the same name for each that needs numbers. ValueError, with file and line, for what
    can't be read.
    """
    text = files(package).joinpath("questions.md").read_text(encoding="utf-8")
    makers: dict[str, Callable[[], Exercise]] = {}
    for question in questions_in(text, f"{package.rpartition('.')[2]}/questions.md"):

        def make(question: Question = question) -> Exercise:
            return exercise_of(question, getattr(values, question.name, dict)())

        make.__name__, make.__module__, make.__doc__ = question.name, package, question.text or question.why
        makers[question.name] = kept(make)
    return makers


def questions_in(text: str, file: str) -> Iterator[Question]:
    """The questions of a Markdown text, in order. ValueError for a heading that can't be read."""
    rows = [*text.split("\n"), "## "]
    for start, end in itertools.pairwise(number for number, row in enumerate(rows) if row.startswith("## ")):
        place, heading = f"{file}, line {start + 1}", HEADING.fullmatch(rows[start])
        if heading is None:
            raise ValueError(f"{place}: write a heading like “## the_first_link: number”; got {rows[start]!r}")
        question, items, hints, why = list[str](), list[str](), list[str](), list[str]()
        for row in filter(str.strip, rows[start + 1 : end]):
            if row.startswith("- "):
                items.append(row[2:])
            elif row.startswith("  "):
                items[-1] += f"\n{row.strip()}"
            elif re.match(r"[123]\. ", row):
                hints.append(row[3:])
            else:
                (why if items else question).append(row)
        cut = "\n" if heading[2] == "choice" else ": "
        pairs = tuple((left, said) for left, _, said in (item.partition(cut) for item in items))
        texts = "\n".join(question), pairs, tuple(hints), "\n".join(why)
        yield Question(place, heading[1], heading[2], heading[3] or "", heading[4], *texts)


def exercise_of(question: Question, values: Values) -> Exercise:
    """A fresh exercise with these numbers. ValueError, with file and line, where a name has no value or is off."""
    try:
        return _made(question, values)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{question.place}, {question.name}: {error}") from error


def _made(question: Question, values: Values) -> Exercise:
    numbers = {name: value for name, value in values.items() if not isinstance(value, str) and not callable(value)}
    text, why, *hints = (filled(part, values) for part in (question.text, question.why, *question.hints))
    items = [(filled(left, values), filled(said, values)) for left, said in question.items]
    common: dict[str, Any] = {"hints": hints, "why": why, "kind": question.heading}
    if question.kind == "choice":  # [x] marks the right option
        answer = next((option[4:] for option, _ in items if option.startswith("[x]")), "")
        return MultipleChoice(text, {option[4:]: said for option, said in items}, answer, **common)
    if question.kind == "links":  # w4: ____ is a blank, and w4 = y1 a slip
        slips: dict[str, dict[str, str]] = {left: {} for left, said in items if said == "____"}
        for left, said in items:
            blank, equals, formula = left.partition(" = ")
            slips[blank] |= {said: formula} if equals else {}
        return FillTheLink(question.parameter, list(slips), slips, question=text or None, **common)
    if question.kind == "chain":  # what there is to pick, and for a decoy what to say about it
        return ChainBuilder(text, question.parameter, values["places"], dict(items), **common)
    if question.kind == "backward":  # the stops on the way back, in order
        point = values["network"], values["data"]
        return BackwardPass(text, *point, [stop for stop, _ in items], values["rate"], **common)
    if question.kind == "prediction":  # what it is, from where to where it may be put, in which steps; misconceptions
        parts = {left: said for left, said in items if left in PARTS}
        low, high, step = (float(compute(parts[name], numbers)) for name in ("from", "to", "step"))
        truth, before = (_now_or_later(parts[name], values, numbers) for name in ("it", "before"))
        taken_for = {said: _now_or_later(left, values, numbers) for left, said in items if left not in PARTS}
        unit, reached = parts.get("unit", ""), values.get("reached")
        return Prediction(text, truth, low, high, step, before, taken_for, reached, why, unit)
    computed = [(said, float(compute(formula, numbers))) for formula, said in items]
    (right, answered), *wrong = computed  # the first formula is the answer’s: “right”, or “right, within 0.01”
    within = right.partition(", within ")[2]
    return Numeric(text, answered, dict(wrong), tolerance=float(within) if within else None, **common)


def _now_or_later(formula: str, values: Values, numbers: Values) -> float | Callable[[], float]:
    """What the formula gives; or where it is the name of a function, because that takes long, the function."""
    later = values.get(formula)
    return later if callable(later) else float(compute(formula, numbers))
