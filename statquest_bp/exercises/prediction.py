"""Prediction: commit to a number, find out in the lab, then see how close it was. No prediction is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import ipywidgets

from statquest_bp.digits import exact
from statquest_bp.exercises.exercise import Exercise, Mood, Verdict

__all__ = ["Prediction", "ShowsPrediction"]

Value = float | Callable[[], float]

VERY_CLOSE, NOT_FAR_OFF = 0.1, 0.3  # of the effect
THE_SAME = 0.05  # of the effect: a prediction so near to a misconception's number is that misconception
FIRST_COUNTS = "Your first prediction counts, and it stays: {}."


class ShowsPrediction(Protocol):
    """A lab that can mark a prediction in its picture, and compare it there."""

    def show_prediction(self, value: float | None, /) -> None:
        """Mark the value; None takes the mark away."""

    def compare_with(self, compare: Callable[[], str], /) -> None:
        """Show below the picture what `compare` says, asked again with everything that is shown."""


AnyLab = TypeVar("AnyLab", bound=ShowsPrediction)


class Prediction(Exercise):
    """A slider from `low` to `high` on which the learner commits a prediction of `truth`, or skips it.

    The first commit counts and stays; a slider that nobody has moved is no prediction. `truth`, `before` and the values
    of `slips` are numbers, or functions that compute them when they are needed. `before` is what the learner knows it
    from: how close a prediction is, is judged against the effect, the way from there to the truth. `slips` maps what to
    say about a misconception to the number which it gives.

    `show_on(lab)` marks the prediction in a lab, before the commit or after it, and hides nothing. `reached` says of a
    lab whether it shows what was asked: as soon as it does, and not sooner, the two are compared there. Without it a
    button “How close was I?” comes with the commit.
    """

    kind = "Predict, then see"

    def __init__(
        self,
        question: str,
        truth: Value,
        low: float,
        high: float,
        step: float,
        before: Value = 0.0,
        slips: Mapping[str, Value] | None = None,
        reached: Callable[[Any], bool] | None = None,
        why: str = "",
        unit: str = "",
    ) -> None:
        if not (low < high and step > 0):
            raise ValueError(f"a prediction needs low < high and a step above 0; got {low}, {high}, {step}")
        self._truth, self._before, self._slips = truth, before, dict(slips or {})
        self._low, self._high, self._step, self._reached = low, high, step, reached
        self._decimals = max(0, -int(Decimal(str(step)).normalize().as_tuple().exponent))
        self._unit = f" {unit}" if unit else ""
        self.why = why
        self.value: float | None = None
        self.lab: ShowsPrediction | None = None
        self._moved = self._seen = False
        middle = low + round((high - low) / 2 / step) * step
        slider = ipywidgets.FloatSlider(
            value=middle,
            min=low,
            max=high,
            step=step,
            description="I predict",
            readout_format=f".{self._decimals}f",
            layout=ipywidgets.Layout(width="520px", max_width="100%"),
        )
        slider.observe(self._touch, "value")
        super().__init__(question, slider)
        self._button("check", "Commit my prediction", self._commit)
        self._button("skip", "Skip", self._skip)
        self._button("show", "How close was I?", self._show)
        self.controls["show"].layout.display = "none"  # until there is a prediction
        self._arrange()

    @property
    def truth(self) -> float:
        """What is to be predicted, in full."""
        return _value(self._truth)

    @property
    def before(self) -> float:
        """What the learner knows it from."""
        return _value(self._before)

    @property
    def slips(self) -> dict[str, float]:
        """What is said about each misconception, and the number it gives."""
        return {message: _value(slip) for message, slip in self._slips.items()}

    def show_on(self, lab: AnyLab) -> AnyLab:
        """Mark the prediction in `lab`, at once or as soon as there is one; returns the lab, to end a cell with it.

        TypeError if the lab has no `show_prediction`.
        """
        if not callable(getattr(lab, "show_prediction", None)):
            raise TypeError(f"a prediction shows on a lab that has show_prediction, such as SSRLab(); got {lab!r}")
        self.lab = lab
        if self._reached is not None:
            self._act(lambda: lab.compare_with(self._in_the_lab))
        if self.value is not None:
            self._act(self._mark)
        return lab

    def recall(self, value: float) -> None:
        """Take up a prediction that was committed on an earlier card of the same question: it counts and stays."""
        self._settle(value)
        self._say(FIRST_COUNTS.format(self._number(value)))

    def _touch(self, _: object) -> None:
        self._moved = True

    def _commit(self) -> None:
        if self.value is not None:
            self._say(FIRST_COUNTS.format(self._number(self.value)))
        elif self._seen:
            self._say(
                f"The lab has shown it by now: it is {self._number(self.truth)}. That can’t be predicted any more."
            )
        elif not self._moved:
            self._say("Move the slider first: where it stands now is nobody’s prediction.")
        else:
            self._settle(float(self.controls["answer"].value))
            self.solved = True
            in_lab = "It is marked in the lab. Do there what the task says; below the picture stands how close it was."
            way = "Read on and find out." if self.lab is None else in_lab
            self._say(f"Noted: {self._number(self.controls['answer'].value)}. {way}")
            self._mark()

    def _settle(self, value: float) -> None:
        self.value = self.controls["answer"].value = value
        self.controls["answer"].disabled = True
        self.controls["skip"].layout.display = "none"
        self.controls["show"].layout.display = None if self._reached is None else "none"

    def _skip(self) -> None:
        if self.value is None:
            self._say("Skipped. Go on and look; you can still commit a prediction until the lab has shown it.")
        else:
            self._say(FIRST_COUNTS.format(self._number(self.value)))

    def _show(self) -> None:
        if self.value is None:
            self._say("Commit a prediction first; then you can see how close it was.")
        elif self._reached is not None and not self._seen:
            self._say("Do in the lab what the task says; below the picture stands how close it was.")
        else:
            self._compare(self.value)

    def _mark(self) -> None:
        if self.lab is not None:
            self.lab.show_prediction(self.value)

    def _in_the_lab(self) -> str:
        """What the lab is to say below its picture: how close it was, once what was asked for has been seen there."""
        if not self._seen and self._reached is not None and self._reached(self.lab):
            self._seen = True
            if self.value is not None:
                self._compare(self.value)
        if self.value is None:
            return ""
        soon = f"You predicted {self._number(self.value)}. Do what the task says, and here stands how close it was."
        return self._compared(self.value).text if self._seen else soon

    def _compare(self, value: float) -> None:
        verdict = self._compared(value)
        self._say(verdict.text, verdict.mood)

    def _compared(self, value: float) -> Verdict:
        """The prediction beside the truth, in words: which misconception it is, or how far off and which way."""
        truth = self.truth
        said, mood = self._how_close(value, truth)
        return Verdict(f"You predicted {self._number(value)}; it is {self._number(truth)}. {said}\n{self.why}", mood)

    def _how_close(self, value: float, truth: float) -> tuple[str, Mood]:
        off, effect = abs(value - truth), abs(truth - self.before)
        if self._number(value) == self._number(truth) or off <= self._step / 2:
            return "Spot on: closer than this slider can tell.", "right"
        slips = self.slips
        slip = min(slips, key=lambda message: abs(slips[message] - value), default=None)
        if slip is not None and abs(slips[slip] - value) <= min(max(THE_SAME * effect, self._step), off):
            return slip, "slip"
        very, not_far = off <= VERY_CLOSE * effect, off <= NOT_FAR_OFF * effect
        how = "Very close" if very else "Not far off" if not_far else "A good way off"
        sign = f" It is {'below' if truth < 0 else 'above'} 0." if value * truth < 0 and not very else ""
        return (
            f"{how}: {self._number(off)} too {'high' if value > truth else 'low'}.{sign}",
            "right" if very else "note",
        )

    def _number(self, value: float) -> str:
        return exact(value, self._decimals) + self._unit

    def _choices(self) -> list[str]:
        return [f"I predict: ____ (from {self._number(self._low)} to {self._number(self._high)})"]


def _value(value: Value) -> float:
    return float(value() if callable(value) else value)
