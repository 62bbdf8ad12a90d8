"""Numeric: work out a number and type it in; known slips are recognised by the number they give."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

import ipywidgets

from statquest_bp.digits import short
from statquest_bp.exercises.exercise import Checked, Verdict
from statquest_bp.number_text import as_number

__all__ = ["LAB_TASK", "Numeric", "read_number"]

Value = float | Callable[[], float]

EXAMPLES = "−1.25, 0.15 or 3/8"  # none of them an answer in the course
THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])")
BEHIND_A_SIGN = re.compile(r"(?<=^[^0-9.,])\s+")
LAB_TASK = "In the lab"  # the kind of a number that is found with a slider, and not by rounding


class Numeric(Checked):
    """A number to work out. `answer` and the values of `slips` are numbers or functions that compute them when needed.

    `slips` maps what to say about a slip to the number which that slip gives. Rounded answers count: anything within
    `tolerance` of the answer is right; without one, within half a percent or 0.005, whichever is more.
    """

    kind = "Work it out"

    def __init__(
        self,
        question: str,
        answer: Value,
        slips: Mapping[str, Value],
        hints: Sequence[str],
        why: str,
        tolerance: float | None = None,
        *,
        kind: str | None = None,
    ) -> None:
        self._answer, self._slips, self._tolerance = answer, dict(slips), tolerance
        box = ipywidgets.Text(
            description="Your answer",
            placeholder=f"such as {EXAMPLES}",
            continuous_update=False,  # so that Enter, or leaving the box, checks it
            layout=ipywidgets.Layout(width="340px", max_width="100%", margin="2px 0"),
        )
        box.observe(lambda _: self._act(self._check), "value")
        super().__init__(question, box, hints, why, kind)

    @property
    def answer(self) -> float:
        """The right answer, in full."""
        return _value(self._answer)

    @property
    def slips(self) -> dict[str, float]:
        """What is said about each slip, and the number it gives."""
        return {message: _value(slip) for message, slip in self._slips.items()}

    def near(self, value: float, target: float) -> bool:
        """Whether `value` counts as `target`, rounded."""
        tolerance = max(0.005 * abs(target), 0.005) if self._tolerance is None else self._tolerance
        return abs(value - target) <= tolerance + 1e-12

    def _judge(self) -> Verdict:
        text, answer = self.controls["answer"].value, self.answer
        if not text.strip():
            return Verdict(f"Type a number first, such as {EXAMPLES}.", "note")
        try:
            value = read_number(text)
        except ValueError as error:
            return Verdict(f"{error} Nothing is lost.", "note")
        if self.near(value, answer):
            more = "" if abs(value - answer) < 5e-5 else f" With more digits it is {short(answer)}."
            return Verdict(f"That’s right.{more}", "right")
        slips = self.slips
        slip = min(slips, key=lambda message: abs(slips[message] - value), default=None)
        if slip is not None and self.near(value, slips[slip]):
            return Verdict(slip, "slip")
        return Verdict(self._how_far(value, answer), "slip")

    def _how_far(self, value: float, answer: float) -> str:
        """What can be said about a number that no known slip gives."""
        you = f"You have {short(value)}."
        if self.near(-value, answer):
            return f"{you} The size is right, but the sign isn’t: should the answer be above 0 or below?"
        if any(self.near(value * factor, answer) for factor in (0.1, 10, 0.01, 100)):
            return f"{you} The digits are right, but the decimal point stands in another place."
        way = "higher" if value < answer else "lower"
        if abs(value - answer) <= 0.05 * abs(answer):
            advice = "Go on with the arrow keys." if self.kind == LAB_TASK else "Round only at the very end."
            return f"{you} That is close: the answer is a little {way}. {advice}"
        return f"{you} The answer is {way} than that. Go through it once more, or take a hint."

    def _solution(self) -> str:
        return short(self.answer)

    def _choices(self) -> list[str]:
        return ["Your answer: ____"]


def read_number(text: str) -> float:
    """The number that a learner typed: −1.57, 0,25, 1/3, "b3 = 2", 70 %, with any minus sign.

    Spaces may stand around signs, and between thousands; elsewhere they part two numbers, and "2 3" isn't 23. Raises
    ValueError, in words for the learner, for anything else.
    """
    plain = THOUSANDS.sub(lambda match: re.sub(r"\s", "", match[0]), text).rpartition("=")[2].strip()
    share = 100 if plain.endswith("%") else 1
    top, *rest = (as_number(BEHIND_A_SIGN.sub("", part.strip())) for part in plain.removesuffix("%").split("/"))
    bottom = rest[0] if rest else 1.0
    cut = text.strip() if len(text.strip()) <= 40 else text.strip()[:40] + "…"
    if top is None or bottom is None or len(rest) > 1:
        raise ValueError(f"“{cut}” can’t be read as a number. Write it like {EXAMPLES}.")
    if bottom == 0:
        raise ValueError(f"“{cut}” divides by 0, which gives no number.")
    if not math.isfinite(top / bottom):
        raise ValueError(f"“{cut}” is too large to compute with.")
    return top / bottom / share


def _value(value: Value) -> float:
    return float(value() if callable(value) else value)
