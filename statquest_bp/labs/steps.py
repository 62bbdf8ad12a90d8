"""The part of a lab that goes through something step by step: back, step, play and scrub."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Generic, Protocol, Self, TypeVar

import ipywidgets

from statquest_bp.labs.controls import HANDLING, Acting, Button, Part, Slider

__all__ = ["PAUSE", "Stepped", "Steps"]

PLAY, PAUSE = "▶ Play", "⏸ Pause"
QUIET = 2.0  # seconds beyond the next tick: a page whose clock is late by that much has been closed


class Stepped(Protocol):
    """A state with steps from 0 to `last`."""

    @property
    def step(self) -> int:
        """The step on show."""

    @property
    def last(self) -> int:
        """The last step there is."""

    @property
    def ended(self) -> bool:
        """Whether nothing comes after the step on show."""

    def at(self, step: int) -> Self:
        """The same at this step, or where there is none, at the nearest."""

    def forward(self, count: int) -> Self:
        """The same so many steps on."""


State = TypeVar("State", bound=Stepped)


class Steps(Generic[State]):
    """Back, Step, Play and a slider; `tooltip` says what a step is, `interval` how many milliseconds one is played.

    The clock of Play counts the steps; with `stride` it goes on by so many at each tick instead, as long as they come.
    `reach` is where the slider ends (None: at the last step), `ready` raises what keeps it from going on, `pace` says
    how many steps the clock counts at once, `place` where the slider stands.
    """

    def __init__(
        self,
        start: State,
        tooltip: str,
        description: str = "step",
        interval: int = 600,
        reach: int | None = None,
        stride: Callable[[], int] | None = None,
        ready: Callable[[], None] = lambda: None,
        pace: Callable[[State], int] = lambda _: 1,
        kind: Callable[..., ipywidgets.Widget] = ipywidgets.FloatSlider,
        readout: bool = True,
        place: Callable[[State], int] = lambda state: state.step,
    ) -> None:
        self.interval, self._stride, self._ready, self._pace, self._reach = interval, stride, ready, pace, reach
        self.scrub = Slider[State](
            "scrub",
            0,
            start.last if reach is None else reach,
            place,
            lambda state, step: state.at(round(step)),
            start=place(start),
            width="300px",
            kind=kind,
            step=1,
            readout_format="d",
            description=description,
            readout=readout,
        )
        back = Button[State]("back", "◂ Back", lambda state: state.at(state.step - 1), "One step back")
        step = Button[State]("step", "Step ▸", self._forward, tooltip)
        play = Button[State]("play", PLAY, self._toggle, "Step by itself, until it ends or you pause")
        self.parts: list[Button[State] | Slider[State]] = [back, step, play, self.scrub]
        # Play has no accessible name, so a button stands in front of it; the browser keeps its time.
        self.clock = ipywidgets.Play(interval=interval, layout=ipywidgets.Layout(display="none"))
        self.playing = self._was_playing = False  # until a hand or the end stops it
        self._ticked = 0.0

        def rename(event: Mapping[str, bool]) -> None:
            play.widget.description = PAUSE if event["new"] else PLAY

        self.clock.observe(rename, "playing")

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """The buttons and the slider."""
        return {part.name: part.widget for part in self.parts}

    @property
    def row(self) -> Sequence[ipywidgets.Widget]:
        """All of them, and the clock, which isn't seen."""
        return [*self.controls.values(), self.clock]

    @property
    def play(self) -> Mapping[str, ipywidgets.Widget]:
        """The clock and the button, for a browser that plays by itself; nothing where only the kernel can go on."""
        return {} if self._stride else {"clock": self.clock, "button": self.controls["play"]}

    def join(self, lab: Acting[State]) -> None:
        """Act on this lab."""
        for part in self.parts:
            part.join(lab)
        self.clock.observe(partial(self._tick, lab), "value")

    def follow(self, state: State) -> None:
        """Show the step of this state."""
        self.scrub.widget.max = state.last if self._reach is None else self._reach
        self.scrub.follow(state)
        self.clock.step = self._pace(state)
        if not self._stride:
            self.clock.max = state.last

    def touched(self, by: Part[State]) -> None:
        """Whatever a learner does by hand ends the playing."""
        self._was_playing = self.clock.playing
        self.clock.playing = self.playing = False

    def _forward(self, state: State) -> State:
        self._ready()
        return state.forward(1)

    def _tick(self, lab: Acting[State], event: Mapping[str, int]) -> None:
        with HANDLING:
            if not self.playing:  # a tick may still be on its way when the playing has ended
                return
            before = lab.state
            lab.act(lambda state: state.at(event["new"]) if self._stride is None else state.forward(self._stride()))
            self._ticked = monotonic()
            if self._stride and (lab.state.ended or lab.state is before):  # nothing more to do, or an error
                self.clock.playing = self.playing = False

    def _toggle(self, state: State) -> State:
        # A page that was closed took its clock with it, and one opened anew says "Pause", though nothing moves: go on.
        if self._was_playing and monotonic() - self._ticked < QUIET + self.interval / 1000:
            return state
        if not self._was_playing:
            self._ready()
        state = state.at(0) if state.ended else state
        with self.clock.hold_sync():  # in one message: a clock that begins before it knows its end may stop at once
            self.clock.step, self.clock.max = self._pace(state), 10**9 if self._stride else state.last
            self.clock.value, self.clock.playing = state.step, True
        self.playing, self._ticked = True, monotonic()
        return state
