"""What a lab shows of its state: worked out once, and then drawn, told in numbers, described and written as code."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from statquest_bp.digits import as_in_the_video, exact
from statquest_bp.fit import Fitted

__all__ = ["Digits", "Shown", "View"]


class Shown(Protocol):
    """What is seen in any lab: a network on data, and how well it fits."""

    @property
    def fit(self) -> Fitted:
        """The network, the data, and the residuals between them."""


State = TypeVar("State")
Seen = TypeVar("Seen", bound=Shown)


@dataclass(frozen=True)
class Digits:
    """How numbers are written: with four decimals, or rounded as in the video."""

    video: bool = False

    def __call__(self, value: float) -> str:
        return as_in_the_video(value) if self.video else exact(value)

    def ssr(self, value: float) -> str:
        """The SSR for a readout: always to four decimals, and as in the video where that is asked for."""
        rounded = f" ({as_in_the_video(value, True)} in the video’s digits)" if self.video else ""
        return f"<strong>SSR = {exact(value)}</strong>{rounded}"


class View(ABC, Generic[State, Seen]):
    """Shows the states of a lab, with matplotlib only. `seen` works out once what there is to see of one.

    All else follows from that alone, so that picture, numbers and words agree, and any state can be shown without a
    lab. `figure` holds the picture: what stands still in it, and the artists that `draw` moves. Those `remembered` show
    more than the state's controls say, such as the values that were tried.
    """

    figure: Figure
    remembered: Sequence[Artist] = ()

    @abstractmethod
    def seen(self, state: State) -> Seen:
        """What there is to see of the state."""

    @abstractmethod
    def draw(self, seen: Seen, number: Digits) -> None:
        """Move the artists."""

    @abstractmethod
    def readout(self, seen: Seen, number: Digits) -> str:
        """The numbers below the picture, as HTML; they are spoken as they change."""

    @abstractmethod
    def label(self, seen: Seen, number: Digits) -> str:
        """The picture in words, with its numbers."""

    @abstractmethod
    def code(self, seen: Seen) -> str:
        """A few lines of Python that compute what is seen."""

    @abstractmethod
    def summary(self, seen: Seen) -> str:
        """What is seen in one line, for the text of a notebook."""

    @abstractmethod
    def mark(self, prediction: float | None, seen: Seen) -> None:
        """Mark in the picture what the learner predicted; None takes the mark away."""

    def below(self, seen: Seen, number: Digits) -> str:
        """More HTML below the numbers, which is not spoken."""
        return ""

    def memory(self, seen: Seen) -> str:
        """What the `remembered` artists show, in words."""
        return ""

    def question(self, seen: Seen) -> object:
        """What a prediction is about: its mark goes while this is another. None where the sliders can't change it."""
        return None

    def shows_mark(self, seen: Seen) -> bool:
        """Whether the picture has a place for the mark of a prediction."""
        return True

    def stands_on(self, seen: Seen) -> object:
        """What the still part of the picture depends on: where this changes, `stand` makes it anew."""
        return None

    def stand(self, seen: Seen) -> None:
        """Make the still part of the picture: limits, titles, or the whole `figure`."""
