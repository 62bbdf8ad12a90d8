"""The controls of a lab: each shows the lab's state, and says which state follows when it is moved or pressed."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import ipywidgets

__all__ = ["HANDLING", "Acting", "Button", "Choice", "Part", "Setting", "Slider", "Switch"]

State = TypeVar("State")
HANDLING = threading.RLock()  # JupyterLab hands over messages in two threads, at times at once: each waits its turn


class Acting(Protocol[State]):
    """A lab, for its controls."""

    @property
    def state(self) -> State:
        """The state on show."""

    def act(self, change: Callable[[State], State], by: Part[State] | None = None) -> None:
        """Show what `change` makes of the state; `by` is the part that a hand has moved, None where there was none."""


class Part(Protocol[State]):
    """Some controls of a lab that belong together."""

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """The stock widgets, by the names that the lab knows them by."""

    @property
    def row(self) -> Sequence[ipywidgets.Widget]:
        """What stands in the lab, from left to right."""

    def join(self, lab: Acting[State]) -> None:
        """Act on this lab from now on. Called once, when the lab is made."""

    def follow(self, state: State) -> None:
        """Show this state."""

    def touched(self, by: Part[State]) -> None:
        """A hand is about to change the state, with this or another part."""


class OnePart(Generic[State]):
    """The base of the parts of one control."""

    def __init__(self, name: str, widget: ipywidgets.Widget) -> None:
        self.name, self.widget = name, widget

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """The widget, by its name."""
        return {self.name: self.widget}

    @property
    def row(self) -> Sequence[ipywidgets.Widget]:
        """The widget."""
        return [self.widget]

    def touched(self, by: Part[State]) -> None:
        """Nothing: one control doesn't mind another."""


class Slider(OnePart[State]):
    """A slider of numbers: `value` says where it stands in a state, `change` which state a new value makes.

    A pure slider (`ahead`) sets what it is named after, whatever was set before, and nothing else that is remembered;
    so what the lab shows at each of its positions can be known before the slider gets there.
    """

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        value: Callable[[State], float],
        change: Callable[[State, float], State],
        start: float,
        width: str = "560px",
        ahead: bool = True,
        shown: Callable[[State], bool] | None = None,
        kind: Callable[..., ipywidgets.Widget] = ipywidgets.FloatSlider,
        **look: object,
    ) -> None:
        reach = {"min": min(low, start), "max": max(high, start), "value": start}  # where the lab begins fits in
        layout = ipywidgets.Layout(width=width, max_width="100%")
        super().__init__(name, kind(**(reach | {"step": 0.01, "description": name} | look), layout=layout))
        self.value, self.change, self.ahead, self._shown = value, change, ahead, shown

    def join(self, lab: Acting[State]) -> None:
        """Act on this lab."""

        def moved(event: Mapping[str, float]) -> None:
            value = round(event["new"], 9)  # -1.4300000000000002 means -1.43
            # The browser's slider rounds what it is given to whole steps and sends that back: not a change by hand.
            with HANDLING, contextlib.suppress(Exception):  # an error here comes again in `act`, which tells it
                if value == _on_grid(self.widget, self.value(lab.state)):
                    return
            lab.act(lambda state: self.moved(state, value), by=self)

        self.widget.observe(moved, "value")

    def moved(self, state: State, value: float) -> State:
        """The state that follows when the slider is moved to `value`; ValueError where that is no number."""
        if math.isnan(value):  # only code can set it
            raise ValueError(f"{self.widget.description} must be a number; got {value}")
        return self.change(state, value)

    def stands_at(self, value: float, state: State) -> bool:
        """Whether a slider that was moved to `value` stays there, in the state that this made."""
        return _on_grid(self.widget, self.value(state)) == _on_grid(self.widget, value)

    def follow(self, state: State) -> None:
        """Stand where the state says."""
        if self._shown is not None:
            self.widget.layout.display = None if self._shown(state) else "none"
        if not _shows(self.widget, self.value(state)):
            self.widget.value = self.value(state)


class Choice(OnePart[State]):
    """Any other stock widget with a value; `change` takes the state and the new one."""

    def __init__(
        self,
        name: str,
        widget: ipywidgets.Widget,
        value: Callable[[State], object],
        change: Callable[[State, Any], State],
    ) -> None:
        super().__init__(name, widget)
        self.value, self._change = value, change

    def join(self, lab: Acting[State]) -> None:
        """Act on this lab."""
        self.widget.observe(
            lambda event: lab.act(lambda state: self._change(state, event["new"]), by=self),
            "value",
        )

    def follow(self, state: State) -> None:
        """Show what the state says."""
        if not _shows(self.widget, self.value(state)):
            self.widget.value = self.value(state)


class Button(OnePart[State]):
    """A button; `enabled` says in which states it can be pressed."""

    def __init__(
        self,
        name: str,
        text: str,
        change: Callable[[State], State],
        tooltip: str = "",
        enabled: Callable[[State], bool] | None = None,
    ) -> None:
        super().__init__(name, ipywidgets.Button(description=text, tooltip=tooltip, layout={"width": "auto"}))
        self._change, self._enabled = change, enabled

    def join(self, lab: Acting[State]) -> None:
        """Act on this lab."""
        self.widget.on_click(lambda _: lab.act(self._change, by=self))

    def follow(self, state: State) -> None:
        """Be there to be pressed, or not."""
        if self._enabled is not None:
            self.widget.disabled = not self._enabled(state)


class Switch(OnePart[State]):
    """A widget with a value that changes what is shown of a state, and not the state: moving it interrupts nothing."""

    def join(self, lab: Acting[State]) -> None:
        """Let this lab show its state again."""
        self.widget.observe(lambda _: lab.act(lambda state: state), "value")

    def follow(self, state: State) -> None:
        """Stay as it is: no state says how to look at it."""


class Setting(OnePart[State]):
    """A widget with a value that is read when it is needed: moving it changes nothing that is shown."""

    def join(self, lab: Acting[State]) -> None:
        """Nothing."""

    def follow(self, state: State) -> None:
        """Stay as it is."""


def _shows(control: ipywidgets.Widget, value: object) -> bool:
    """Whether the control shows `value` already, rounded to its steps where it is a slider."""
    if isinstance(value, (int, float)) and hasattr(control, "step"):
        return round(control.value, 9) in (round(value, 9), _on_grid(control, value))
    return bool(control.value == value)


def _on_grid(slider: ipywidgets.Widget, value: float) -> float:
    """`value` as the browser's slider rounds it: a whole number of steps from the slider's minimum."""
    steps = round((value - slider.min) / slider.step)
    return float(round(slider.min + steps * slider.step, 9))
