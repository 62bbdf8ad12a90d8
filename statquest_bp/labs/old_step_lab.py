"""What the labs share that go through something step by step: back, step, play and scrub."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar

import ipywidgets

from statquest_bp.labs.old_lab import HANDLING, Lab

__all__ = ["StepLab"]


QUIET = 2.0  # seconds beyond the next tick: a page whose clock is late by that much has been closed
State = TypeVar("State", bound=Any)  # a NamedTuple with a field `step`: the step on show, from 0


class StepLab(Lab[State], Generic[State]):
    """A lab with steps 0 to `_last`, which a subclass gives; `_add_moves` makes the controls that go through them."""

    interval = 600  # milliseconds a step, when playing

    @property
    def _last(self) -> int:
        raise NotImplementedError

    @property
    def _reach(self) -> int:
        """Where the slider ends; a step beyond the last one is the last one."""
        return self._last

    @property
    def _ended(self) -> bool:
        return bool(self.state.step == self._last)

    @property
    def _clock_end(self) -> int:
        """How far the clock that plays counts."""
        return self._last

    def _add_moves(self, tooltip: str, description: str = "step", **look: Any) -> list[Any]:
        """Back, Step, Play and a slider; `tooltip` says what a step is."""
        self._button("back", "◂ Back", lambda: self._go(self.state.step - 1), "One step back")
        self._button("step", "Step ▸", lambda: self._forward(1), tooltip)
        whole: dict[str, Any] = {"value": 0, "step": 1, "readout_format": "d", "description": description}
        self._slider("scrub", 0, self._reach, lambda k: self._go(round(k)), "300px", **(whole | look))
        self._make_play_button()
        return [self.controls[name] for name in ("back", "step", "play", "scrub")]

    def _go(self, step: int) -> State:
        moved: State = self.state._replace(step=min(max(step, 0), self._last))
        return moved

    def _forward(self, count: int) -> State:
        return self._go(self.state.step + count)

    def _make_play_button(self) -> None:
        # Play has no accessible name, so a button stands in front of it; the browser keeps its time.
        self._play = ipywidgets.Play(interval=self.interval, layout=ipywidgets.Layout(display="none"))
        self._play.observe(self._tick, "value")
        button = self._button("play", "▶ Play", self._toggle_play, "Step by itself, until it ends or you pause")

        def rename(event: dict[str, bool]) -> None:
            button.description = "⏸ Pause" if event["new"] else "▶ Play"

        self._play.observe(rename, "playing")

    def _tick(self, event: dict[str, int]) -> None:
        with HANDLING:
            if self._play.playing:  # a tick may still be on its way when the playing has ended
                super()._act(lambda: self._played(event["new"]))
                self._ticked = monotonic()

    def _played(self, tick: int) -> State:
        """Where a tick of the clock leads: it counts the steps."""
        return self._go(tick)

    def _toggle_play(self) -> State:
        # A page that was closed took its clock with it, and one opened anew says "Pause", though nothing moves: go on.
        if self._was_playing and monotonic() - self._ticked < QUIET + self.interval / 1000:
            return self.state
        position = self._go(0) if self._ended else self.state
        with self._play.hold_sync():  # in one message: a clock that begins before it knows its end may stop at once
            self._play.max, self._play.value, self._play.playing = self._clock_end, position.step, True
        self._ticked = monotonic()
        return position

    def _act(self, change: Callable[[], State]) -> None:
        """As in every lab; and whatever the learner does by hand ends the playing."""
        with HANDLING:
            self._was_playing = self._play.playing
            if not self._silent:
                self._play.playing = False
            super()._act(change)

    def _arrange(self, *rows: list[Any]) -> None:
        super()._arrange(*rows, [self._play])

    def _settings(self) -> dict[str, Any]:
        self.controls["scrub"].max = self._reach
        return {"scrub": self.state.step}
