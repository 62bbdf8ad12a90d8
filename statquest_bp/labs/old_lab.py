"""What every lab is made of: one state, controls that change it, and a picture, a readout and code that follow it."""

from __future__ import annotations

import contextlib
import html
import math
import threading
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import ipywidgets
from matplotlib.figure import Figure

from statquest_bp.data import Dataset
from statquest_bp.digits import as_in_the_video, exact, minus
from statquest_bp.fit import ssr
from statquest_bp.labs.given import LESSON
from statquest_bp.labs.live_figure import LiveFigure, mimebundle
from statquest_bp.labs.rerun import close_widgets, made_here
from statquest_bp.labs.style import LEFT, STYLE
from statquest_bp.network import Network

__all__ = ["HANDLING", "Lab", "alert"]

State = TypeVar("State")
HANDLING = threading.RLock()  # JupyterLab hands over messages in two threads, at times at once: each waits its turn


class Lab(Generic[State]):
    """The base of the labs. A lab can be driven from Python as well: `lab.controls["b3"].value = 1.0; lab.ssr`.

    A subclass calls `_build` once, and says how its state is drawn (`_draw`), told in numbers (`_numbers`), described
    (`_describe`), written as Python (`code`), shown on the controls (`_settings`), and how a prediction is marked.
    A control's handler returns the new state. An error in any of them is shown in the readout, in plain words, and the
    last good state stays.
    """

    state: State
    network: Network  # a subclass makes this a property of its state

    def _build(self, state: State, figure: Figure) -> None:
        self.state = self._start = state
        self.controls: dict[str, Any] = {}
        self._silent = False
        self._prediction: float | None = None
        self._asked: Any = None
        self._readout = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="2px 0"))
        self._readout.add_class("sq-readout")
        self._code = ipywidgets.HTML(layout=ipywidgets.Layout(display="none", width="100%"))
        self._button("reset", "Reset", self._reset, "Back to where this lab began")
        self.controls["digits"] = ipywidgets.Checkbox(False, description="Video digits", indent=False)
        self.controls["digits"].tooltip = "Round what is shown as the video does; the computing stays exact"
        self.controls["digits"].layout.width = "auto"
        self.controls["code"] = ipywidgets.ToggleButton(False, description="Show me the code", layout={"width": "auto"})
        for name in ("digits", "code"):  # they change what is shown, not the state
            self.controls[name].observe(lambda _: Lab._act(self, lambda: self.state), "value")
        self.picture = LiveFigure(figure, self._seen)

    def _arrange(self, *rows: list[ipywidgets.Widget]) -> None:
        """Stack the picture, the readout and the rows of controls, and show the first state."""
        wrap = ipywidgets.Layout(flex_flow="row wrap", align_items="center", width="100%", overflow="visible")
        common = [self.controls[name] for name in ("reset", "digits", "code")]
        boxes = [ipywidgets.Box(row, layout=wrap) for row in (*rows[:-1], [*rows[-1], *common])]
        for name, control in self.controls.items():
            control.add_class(f"sq-control-{name}")
        style = ipywidgets.HTML(LEFT + STYLE, layout=ipywidgets.Layout(display="none"))
        self.widget = ipywidgets.VBox(
            [style, self.picture.widget, self._readout, *boxes, self._code],
            layout=ipywidgets.Layout(width="100%", max_width="1400px", overflow="visible"),
        )
        self.widget.add_class("sq-lab")
        self.page = self.widget
        made_here(self)
        self._refresh()

    # What a subclass says about its state.

    def _draw(self) -> None:
        raise NotImplementedError

    def _numbers(self) -> str:
        raise NotImplementedError

    def _describe(self) -> str:
        raise NotImplementedError

    def _settings(self) -> Mapping[str, Any]:
        raise NotImplementedError

    def _mark_prediction(self, value: float | None) -> None:
        raise NotImplementedError

    def _question(self) -> Any:
        """What a prediction is about: its mark goes while this is another. None where the sliders can't change it."""
        return None

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        raise NotImplementedError

    def _reset(self) -> State:
        return self._start

    # What every lab can do.

    @property
    def data(self) -> Dataset:
        """The observed points: the lesson's, unless a lab brings its own."""
        return LESSON

    @property
    def ssr(self) -> float:
        """The SSR of the network that the lab shows."""
        return ssr(self.network, self.data)

    def number(self, value: float, is_ssr: bool = False) -> str:
        """`value` as shown now: with four decimals, or rounded as in the video."""
        return as_in_the_video(value, is_ssr) if self.controls["digits"].value else exact(value)

    def close(self) -> None:
        """Take the lab off the page, for good; from Python it goes on working."""
        with HANDLING:
            close_widgets(self.page)

    def show_prediction(self, value: float | None) -> None:
        """Mark what the learner predicted in the picture, and say it in its description; None takes the mark away."""
        with HANDLING:
            self._prediction, self._asked = value, self._question()
            self._mark_prediction(value)
            self.picture.update()

    @property
    def _marked(self) -> float | None:
        """The prediction, as long as what it is about is what the lab shows."""
        return self._prediction if self._prediction is None or self._question() == self._asked else None

    def _seen(self) -> str:
        value = self._marked
        return self._describe() + ("" if value is None else f" The prediction {exact(value, 2)} is marked.")

    def _slider(
        self,
        name: str,
        low: float,
        high: float,
        change: Callable[[float], State],
        width: str = "560px",
        kind: Any = ipywidgets.FloatSlider,
        **look: Any,
    ) -> Any:
        reach = {"min": min(low, look["value"]), "max": max(high, look["value"])}  # where the lab begins fits in
        slider = kind(
            **(reach | {"step": 0.01, "description": name} | look),
            layout=ipywidgets.Layout(width=width, max_width="100%"),
        )

        def follow(event: Mapping[str, Any]) -> None:
            value = round(event["new"], 9)  # -1.4300000000000002 means -1.43
            # The browser's slider rounds what it is given to whole steps and sends that back: not a change by hand.
            with HANDLING, contextlib.suppress(Exception):  # an error here comes again in _act, which tells it
                if value == _on_grid(slider, self._settings()[name]):
                    return
            self._act(lambda: change(_number(slider, value)))

        slider.observe(follow, "value")
        self.controls[name] = slider
        return slider

    def _button(self, name: str, text: str, change: Callable[[], State], tooltip: str = "") -> Any:
        button = ipywidgets.Button(description=text, tooltip=tooltip, layout=ipywidgets.Layout(width="auto"))
        button.on_click(lambda _: self._act(change))
        self.controls[name] = button
        return button

    def _control(self, name: str, control: Any, change: Callable[[Any], State]) -> Any:
        """Any other stock widget with a value: `change` takes the new one, and returns the new state."""
        control.observe(lambda event: self._act(lambda: change(event["new"])), "value")
        self.controls[name] = control
        return control

    def _act(self, change: Callable[[], State]) -> None:
        """Take the state that `change` returns, and show it; on an error say so and keep the last good one."""
        with HANDLING:
            if self._silent:
                return
            last_good = self.state
            try:
                self.state = change()
                self._refresh()
            except Exception as error:
                self.state = last_good
                with contextlib.suppress(Exception):  # where the drawing itself fails, the last good picture stays
                    self._refresh()
                self._readout.value = alert(str(error.args[0] if error.args else type(error).__name__))

    def _refresh(self) -> None:
        self._draw()  # which takes long where axes change; all the rest is shown when it is done, so that it agrees
        self._mark_prediction(self._marked)
        self._silent = True  # the controls follow the state here, not the other way round
        try:
            for name, value in self._settings().items():
                control = self.controls[name]
                if not _shows(control, value):
                    control.value = value
        finally:
            self._silent = False
        self.picture.update()
        self._readout.value = f'<div role="status">{self._numbers()}</div>'
        code_shown = self.controls["code"].value
        self._code.layout.display = "block" if code_shown else "none"
        if code_shown:  # hidden code is not sent: each message costs the moving picture time
            self._code.value = f"<pre tabindex=0><code>{html.escape(self.code())}</code></pre>"

    def _shown_ssr(self) -> str:
        """The SSR for the readout: always to four decimals, and as in the video where that is asked for."""
        rounded = f" ({as_in_the_video(self.ssr, True)} in the video’s digits)" if self.controls["digits"].value else ""
        return f"<strong>SSR = {exact(self.ssr)}</strong>{rounded}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._summary()})".replace(minus("-"), "-")

    def _summary(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        return mimebundle(self.page, self.picture, repr(self))


def alert(words: str) -> str:
    """The HTML that tells of a mistake."""
    return f'<div role="alert"><strong>That didn’t work:</strong> {html.escape(words)}. Nothing is lost.</div>'


def _shows(control: Any, value: Any) -> bool:
    """Whether the control shows `value` already, rounded to its steps where it is a slider."""
    if isinstance(value, (int, float)) and hasattr(control, "step"):
        return round(control.value, 9) in (round(value, 9), _on_grid(control, value))
    return bool(control.value == value)


def _number(slider: Any, value: float) -> float:
    if math.isnan(value):  # only code can set it
        raise ValueError(f"{slider.description} must be a number; got {value}")
    return value


def _on_grid(slider: Any, value: float) -> float:
    """`value` as the browser's slider rounds it: a whole number of steps from the slider's minimum."""
    steps = round((value - slider.min) / slider.step)
    return float(round(slider.min + steps * slider.step, 9))
