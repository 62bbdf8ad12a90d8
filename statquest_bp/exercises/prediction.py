"""Prediction: commit to a number, find out in the lab, then see how close it was. No prediction is wrong."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol, TypeVar

import ipywidgets

from statquest_bp.digits import exact
from statquest_bp.exercises.exercise import Exercise, Verdict

__all__ = ["Prediction", "ShowsPrediction"]


class ShowsPrediction(Protocol):
    """A lab that can mark a prediction in its picture."""

    def show_prediction(self, value: float | None, /) -> None:
        """Mark the value; None takes the mark away."""


AnyLab = TypeVar("AnyLab", bound=ShowsPrediction)


class Prediction(Exercise):
    """A slider from `low` to `high` on which the learner commits a prediction of `truth`, or skips it.

    `truth` is a number or a function that computes it. A commit only notes the prediction, so that there is something
    left to discover; then a button "How close was I?" appears, which compares the two and says `why`. The prediction is
    marked in `lab`, now or later: `show_on(lab)` works before and after the commit, and hides nothing.
    """

    kind = "Predict, then see"

    def __init__(
        self,
        question: str,
        truth: float | Callable[[], float],
        low: float,
        high: float,
        step: float,
        lab: ShowsPrediction | None = None,
        why: str = "",
        unit: str = "",
    ) -> None:
        if not (low < high and step > 0):
            raise ValueError(f"a prediction needs low < high and a step above 0; got {low}, {high}, {step}")
        self._truth, self._low, self._high, self._step = truth, low, high, step
        self._decimals = max(0, -int(Decimal(str(step)).normalize().as_tuple().exponent))
        self._unit = f" {unit}" if unit else ""
        self.why = why
        self.value: float | None = None
        self.lab: ShowsPrediction | None = None
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
        super().__init__(question, slider)
        self._button("check", "Commit my prediction", self._commit)
        self._button("skip", "Skip", self._skip)
        self._button("show", "How close was I?", self._show)
        self.controls["show"].layout.display = "none"  # until there is a prediction
        self._arrange()
        if lab is not None:
            self.show_on(lab)

    @property
    def truth(self) -> float:
        """What is to be predicted, in full."""
        return float(self._truth() if callable(self._truth) else self._truth)

    def show_on(self, lab: AnyLab) -> AnyLab:
        """Mark the prediction in `lab`, at once or as soon as there is one; returns the lab, to end a cell with it.

        TypeError if the lab has no `show_prediction`.
        """
        if not callable(getattr(lab, "show_prediction", None)):
            raise TypeError(f"a prediction shows on a lab that has show_prediction, such as SSRLab(); got {lab!r}")
        self.lab = lab
        if self.value is not None:
            self._act(self._mark)
        return lab

    def _commit(self) -> None:
        self.value = float(self.controls["answer"].value)
        self.solved = True
        self.controls["show"].layout.display = None
        in_lab = "Now find out in the lab. Your prediction is marked there."
        self._say(f"Noted: {self._number(self.value)}. {'Read on and find out.' if self.lab is None else in_lab}")
        self._mark()

    def _skip(self) -> None:
        self.value = None
        self.controls["show"].layout.display = "none"
        self._say("Skipped. Go on and look; you can still commit a prediction later.")
        self._mark()

    def _show(self) -> None:
        if self.value is None:
            self._say("Commit a prediction first; then you can see how close it was.")
            return
        compared = self._compared(self.value)
        self._say(f"{compared.text}\n{self.why}", compared.mood)

    def _mark(self) -> None:
        if self.lab is not None:
            self.lab.show_prediction(self.value)

    def _compared(self, value: float) -> Verdict:
        """The prediction beside the truth, in words: how far off, and in which direction."""
        truth = self.truth
        off = abs(value - truth)
        said = f"You predicted {self._number(value)}; it is {self._number(truth)}."
        if self._number(value) == self._number(truth) or off <= self._step / 2:
            return Verdict(f"{said} Spot on: closer than this slider can tell.", "right")
        share = off / (self._high - self._low)
        how = "Very close" if share <= 0.05 else "Not far off" if share <= 0.2 else "A good way off"
        way = "high" if value > truth else "low"
        sign = ""
        if value * truth < 0 and share > 0.05:
            sign = f" And it is {'below' if truth < 0 else 'above'} 0, where you went for the other side."
        return Verdict(f"{said} {how}: {self._number(off)} too {way}.{sign}", "right" if share <= 0.05 else "note")

    def _number(self, value: float) -> str:
        return exact(value, self._decimals) + self._unit

    def _choices(self) -> list[str]:
        return [f"I predict: ____ (from {self._number(self._low)} to {self._number(self._high)})"]
