"""What the labs that walk through a run of gradient descent share: its steps, its learning rate and its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from statquest_bp.digits import bracketed, exact
from statquest_bp.gradient_descent import Run, Step, descend
from statquest_bp.labs.old_step_lab import StepLab
from statquest_bp.labs.ranges import slider_range
from statquest_bp.labs.snippets import data_code, network_code, program
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network

__all__ = ["Position", "RunLab"]

MIN_STEP = 0.001
WHY = {
    "converged": "The step size is closer to 0 than {limit:g}: gradient descent stops here.",
    "max steps": "{count} steps, and it still hasn’t settled.",
    "diverged": "Diverged: every step overshoots by more than the last, and the SSR explodes.",
}


class Position(NamedTuple):
    """A run of gradient descent, its learning rate, which of its steps is on show, and how, where there's a choice."""

    run: Run
    rate: float
    step: int
    view: Any = ""


class RunLab(StepLab[Position]):
    """The base of the labs that show a run; a subclass draws it.

    It calls `_begin` first, and puts `_moves` among the rows that it arranges. The parameters in `optimize` move; each
    can have a slider for where it starts.
    """

    optimize: tuple[str, ...]
    max_steps: int
    min_step = MIN_STEP

    def _begin(self, network: Network, learning_rate: float, figure: Figure, view: Any = "") -> None:
        optimize = self._moving(view)
        self._stable = stable_learning_rate(network, self.data, optimize)
        self._build(Position(self._run(network, learning_rate, optimize), learning_rate, 0, view), figure)
        self._moves = self._add_moves("One step of gradient descent")

    def _add_rates(self, highest: float, presets: Mapping[str, tuple[str, float]]) -> list[Any]:
        """The slider of the learning rate, and a button for each preset: its name, what it says, the rate."""
        # 1/6 and 1/3 are whole steps of the slider
        exactly: dict[str, Any] = {"value": self.state.rate, "step": 1 / 300, "readout_format": ".4f"}
        self._slider("learning_rate", 0.01, highest, self._set_rate, description="learning rate", **exactly)
        for name, (text, rate) in presets.items():
            self._button(name, text, partial(self._set_rate, rate), f"Learning rate {text}")
        return [self.controls[name] for name in ("learning_rate", *presets)]

    def _add_starts(
        self,
        names: Sequence[str],
        width: str = "560px",
        reach: Callable[[str], tuple[float, float]] = slider_range,
    ) -> list[Any]:
        """A slider for where each of these parameters starts."""
        for name in names:
            value = self.run[0].network.parameters[name]
            self._slider(
                name,
                *reach(name),
                partial(self._start_at, name),
                width,
                value=value,
                description=f"start {name}",
            )
        return [self.controls[name] for name in names]

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network at the step on show."""
        return self._here.network

    @property
    def run(self) -> Run:
        """The whole run that the lab steps through."""
        return self.state.run

    @property
    def _here(self) -> Step:
        return self.run[self.state.step]

    @property
    def _last(self) -> int:
        return len(self.run) - 1

    def _question(self) -> tuple[Any, ...]:
        """A prediction is of this run, at whatever step: of its start, its learning rate and what it moves."""
        return self.run[0].network, self.state.rate, self.optimize

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        step, names = self.state.step, ", ".join(f'"{name}"' for name in self.optimize)
        data = data_code(self.data)
        own_data = [] if data == "dosage()" else [f"data = {data}"]
        rate, on = self.state.rate, "data" if own_data else data
        limits = f"max_steps={self.max_steps}" + (f", min_step={self.min_step!r}" * (self.min_step != MIN_STEP))
        return program(
            *own_data,
            f"start = {network_code(self.run[0].network)}",
            f"run = descend(start, {on}, learning_rate={rate!r}, optimize=[{names}], {limits})",
            f"here = run[{step}]",
            f'print(f"step {step}: SSR = {{here.ssr:.4f}}")',
            f"for name in [{names}]:",
            '    print(f"{name} = {here.network.parameters[name]:.4f}, slope = {here.gradient[name]:.4f}")',
        )

    # What changes the state.

    def _moving(self, view: Any) -> tuple[str, ...]:
        """The parameters that are optimised in this view: in most labs the same in all."""
        return self.optimize

    def _run(self, start: Network, rate: float, optimize: Sequence[str]) -> Run:
        return descend(start, self.data, rate, optimize, max_steps=self.max_steps, min_step=self.min_step)

    def _set_rate(self, rate: float) -> Position:
        run = self._run(self.run[0].network, rate, self.optimize)
        return self.state._replace(run=run, rate=rate, step=min(self.state.step, len(run) - 1))

    def _start_at(self, name: str, value: float) -> Position:
        start = self.run[0].network.replace(**{name: value})
        return self.state._replace(run=self._run(start, self.state.rate, self.optimize), step=0)

    # What follows the state.

    def _settings(self) -> dict[str, Any]:
        start = self.run[0].network.parameters
        starts = {name: value for name, value in start.items() if name in self.controls}
        return {**super()._settings(), "learning_rate": self.state.rate, **starts}

    def _why_ended(self) -> str:
        """Why the run stops at the step on show, if it does."""
        return WHY[self.run.status].format(limit=self.min_step, count=self._last) if self._ended else ""

    def _update_of(self, name: str) -> str:
        """new = old − step size, with the numbers of the step on show."""
        value, size = self.network.parameters[name], self._here.step_size[name]
        return f"new {name} = {self.number(value)} − {bracketed(self.number(size))} = {self.number(value - size)}"

    def _limit(self) -> list[str]:
        """Below which rate it can settle: said only after a run that didn't, else it would answer an exercise."""
        if self.run.status == "converged":
            return []
        return [f"Here gradient descent can settle only below a learning rate of {exact(self._stable)}."]
