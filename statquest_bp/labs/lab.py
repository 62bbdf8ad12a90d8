"""What every lab is put together from: a state, a view that shows it, and controls that change it."""

from __future__ import annotations

import contextlib
import html
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Generic, TypeVar

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.digits import exact, minus
from statquest_bp.labs.controls import HANDLING, Button, Choice, Part, Slider, Switch
from statquest_bp.labs.frames import Frames
from statquest_bp.labs.live_figure import LiveFigure, mimebundle
from statquest_bp.labs.page import page_of
from statquest_bp.labs.predicted import Predicted
from statquest_bp.labs.rerun import close_widgets, made_here
from statquest_bp.labs.steps import Steps
from statquest_bp.labs.style import LEFT, STYLE
from statquest_bp.labs.view import Digits, Shown, View
from statquest_bp.network import Network

__all__ = ["Lab", "alert"]

State = TypeVar("State")
Seen = TypeVar("Seen", bound=Shown)


class Lab(Generic[State, Seen]):
    """Shows `start` by `view`, with rows of controls below: parts, or widgets that belong to one of `parts`.

    A lab can be driven from Python as well: `lab.controls["b3"].value = 1.0; lab.ssr`. `state` is what it shows now,
    `seen` what there is to see of it. An error in a control's change, or in showing what it leads to, is told in the
    readout in plain words, and the last good state stays.
    """

    def __init__(
        self,
        start: State,
        view: View[State, Seen],
        *rows: Sequence[Part[State] | ipywidgets.Widget],
        parts: Sequence[Part[State]] = (),
        reset: Callable[[State], State] | None = None,
        reset_text: tuple[str, str] = ("Reset", "Back to where this lab began"),
    ) -> None:
        self.state, self.view, self._start, self._silent = start, view, start, False
        self._predicted = Predicted(view)
        self.controls: dict[str, ipywidgets.Widget] = {}
        self._readout = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="2px 0"))
        self._readout.add_class("sq-readout")
        self._code = ipywidgets.HTML(layout=ipywidgets.Layout(display="none", width="100%"))
        digits = ipywidgets.Checkbox(False, description="Video digits", indent=False, layout={"width": "auto"})
        digits.tooltip = "Round what is shown as the video does; the computing stays exact"
        code = ipywidgets.ToggleButton(False, description="Show me the code", layout={"width": "auto"})
        common: list[Part[State]] = [
            Button("reset", reset_text[0], reset or (lambda _: self._start), reset_text[1]),
            Switch("digits", digits),
            Switch("code", code),
        ]
        placed = [*(item for row in rows for item in row if not isinstance(item, ipywidgets.Widget)), *common]
        self.parts: list[Part[State]] = [*parts, *placed]
        inner = [each for part in (*placed, *parts) for each in getattr(part, "parts", [part])]
        self._valued = [part for part in inner if isinstance(part, (Slider, Choice))]
        self._movable = {part.name: part for part in self._valued if isinstance(part, Slider) and part.ahead}
        for part in self.parts:
            part.join(self)
            self.controls |= part.controls
        self.seen = view.seen(start)
        view.stand(self.seen)
        self._stands_on = view.stands_on(self.seen)
        self.picture = LiveFigure(view.figure, lambda: self.label, view.remembered, lambda: view.memory(self.seen))
        for name, control in self.controls.items():
            control.add_class(f"sq-control-{name}")
        wrap = ipywidgets.Layout(flex_flow="row wrap", align_items="center", width="100%", overflow="visible")
        boxes = [ipywidgets.Box(_widgets(row), layout=wrap) for row in (*rows[:-1], [*rows[-1], *common])]
        style = ipywidgets.HTML(LEFT + STYLE, layout=ipywidgets.Layout(display="none"))
        self.widget = ipywidgets.VBox(
            [style, self.picture.widget, self._predicted.widget, self._readout, *boxes, self._code],
            layout=ipywidgets.Layout(width="100%", max_width="1400px", overflow="visible"),
        )
        self.widget.add_class("sq-lab")
        play = next((part.play for part in self.parts if isinstance(part, Steps)), {})
        texts = [self.picture.moving_layer, self._readout, self._code]
        self.ahead = Frames(self, style, texts, list(self._movable), play)
        self.page = self.widget
        made_here(self)
        self._show(start)

    @property
    def network(self) -> Network:
        """The network on show."""
        return self.seen.fit.network

    @property
    def data(self) -> Dataset:
        """The observed points: the lesson's, unless a lab brings its own."""
        return self.seen.fit.data

    @property
    def ssr(self) -> float:
        """The SSR of the network that the lab shows."""
        return self.seen.fit.ssr

    @property
    def number(self) -> Digits:
        """How numbers are shown now: with four decimals, or rounded as in the video."""
        return Digits(self.controls["digits"].value)

    @property
    def label(self) -> str:
        """The picture in words, a prediction included where one is marked."""
        return self._label(self.seen)

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        return self.view.code(self.seen)

    def close(self) -> None:
        """Take the lab off the page, for good; from Python it goes on working."""
        with HANDLING:
            close_widgets(self.page)

    def save_html(self, path: str | os.PathLike[str]) -> None:
        """Write a page that is live without a kernel and without a network: one file of some 5 MB, 1.5 MB as a zip.

        In it one slider moves at a time, and the steps of a run; all else stays as it is now. The first slider has all
        its positions, the others 61 at most. OSError where the file can't be written.
        """
        Path(path).write_text(self.html(), encoding="utf-8")

    def html(self) -> str:
        """The same page as text."""
        with HANDLING:
            return page_of(self, type(self).__name__)

    def show_prediction(self, value: float | None) -> None:
        """Mark what the learner predicted in the picture, and say it in its description; None takes the mark away."""
        with HANDLING:
            self._predicted.predict(value, self.seen)
            self._show(self.state)

    def compare_with(self, compare: Callable[[], str]) -> None:
        """Show below the picture what `compare` says of a prediction, as long as what it is about now is what is seen.

        It is asked with every state that is shown, and says nothing as long as there is no prediction.
        """
        with HANDLING:
            self._predicted.compare_with(compare, self.seen)
            self._show(self.state)

    def act(self, change: Callable[[State], State], by: Part[State] | None = None) -> None:
        """Show what `change` makes of the state; on an error say so and keep the last good one.

        `by` is the part that a hand has moved; None where it was the clock, or only what is shown has changed.
        """
        with HANDLING:
            if self._silent:
                return
            last_good, slider = self.state, by if isinstance(by, Slider) and by.ahead else None
            if by is not None:
                for part in self.parts:
                    part.touched(by)
            try:
                state = change(last_good)
                self._show(state, slider is not None and self._rest(state, slider) == self._rest(last_good, slider))
            except Exception as error:
                with contextlib.suppress(Exception):  # where the drawing itself fails, the last good picture stays
                    self._show(last_good)
                self._readout.value = alert(str(error.args[0] if error.args else type(error).__name__))

    def frames(self, name: str, values: Sequence[float], seconds: float) -> list[tuple[float, list[str] | None]]:
        """What stands in the lab at these values of a slider, as far as that is worked out in so many seconds.

        Each is the text of what moves in the picture, of the readout, and of the code where that is shown; None where
        more than the slider's place changes, or what stands still in the picture.
        """
        slider, end, made = self._movable[name], perf_counter() + seconds, []
        for value in values:
            made.append((value, self._frame(slider, value)))
            if perf_counter() > end:
                break
        with contextlib.suppress(Exception):  # as in `act`: where the drawing itself fails, it stays as it is
            self._draw(self.seen)
        return made

    def _frame(self, slider: Slider[State], value: float) -> list[str] | None:
        with contextlib.suppress(Exception):  # it is told once the hand gets there
            state = slider.moved(self.state, round(value, 9))
            seen = self.view.seen(state)
            there = slider.stands_at(value, state) and self._rest(state, slider) == self._rest(self.state, slider)
            if there and self.view.stands_on(seen) == self._stands_on:
                self._draw(seen)
                code = [self._code_text(seen)] if self.controls["code"].value else []
                return [self.picture.overlay(self._label(seen)), self._numbers(seen), *code]
        return None

    def _rest(self, state: State, slider: Slider[State]) -> list[object]:
        """What all other controls show of a state."""
        return [part.value(state) for part in self._valued if part is not slider]

    def _show(self, state: State, only_moved: bool = False) -> None:
        """Show this state; `only_moved` where nothing but the place of one slider has changed, so that frames hold."""
        seen = self.view.seen(state)
        stands_on = self.view.stands_on(seen)
        if stands_on != self._stands_on:
            self._stands_on = object()  # until all of it stands
            self.view.stand(seen)
            self.picture.show(self.view.figure)  # this takes long; all else is shown when it is done, so that it agrees
            self._stands_on = stands_on
        self._draw(seen)
        self.state, self.seen = state, seen
        if not only_moved:
            self.ahead.epoch += 1  # told before all else, so that no older frame can cover it
        self._silent = True  # the controls follow the state here, not the other way round
        try:
            for part in self.parts:
                part.follow(state)
        finally:
            self._silent = False
        self.picture.update()
        self._readout.value = self._numbers(seen)
        self._predicted.follow(seen)
        code_shown = self.controls["code"].value
        self._code.layout.display = "block" if code_shown else "none"
        if code_shown:  # hidden code is not sent: each message costs the moving picture time
            self._code.value = self._code_text(seen)

    def _draw(self, seen: Seen) -> None:
        self.view.draw(seen, self.number)
        self.view.mark(self._predicted.marked(seen), seen)

    def _numbers(self, seen: Seen) -> str:
        numbers = self.view.readout(seen, self.number)
        return f'<div role="status">{numbers}</div>{self.view.below(seen, self.number)}'

    def _code_text(self, seen: Seen) -> str:
        return f"<pre tabindex=0><code>{html.escape(self.view.code(seen))}</code></pre>"

    def _label(self, seen: Seen) -> str:
        value = self._predicted.marked(seen)
        marked = "" if value is None else f" The prediction {exact(value, 2)} is marked."
        return self.view.label(seen, self.number) + marked

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.view.summary(self.seen)})".replace(minus("-"), "-")

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        return mimebundle(self.page, self.picture, repr(self))


def alert(words: str) -> str:
    """The HTML that tells of a mistake."""
    return f'<div role="alert"><strong>That didn’t work:</strong> {html.escape(words)}. Nothing is lost.</div>'


def _widgets(row: Sequence[Part[State] | ipywidgets.Widget]) -> list[ipywidgets.Widget]:
    return [widget for item in row for widget in ([item] if isinstance(item, ipywidgets.Widget) else item.row)]
