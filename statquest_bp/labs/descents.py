"""What the labs that walk through a run of gradient descent share: their state, and the controls that change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import methodcaller
from typing import Any, NamedTuple

from statquest_bp.data import Dataset
from statquest_bp.digits import bracketed
from statquest_bp.fit import Fitted, fitted
from statquest_bp.gradient_descent import CLOSE_TO_0, Run, Step, descend
from statquest_bp.labs.controls import Button, Slider
from statquest_bp.labs.ranges import slider_range
from statquest_bp.labs.snippets import data_code, network_code, program
from statquest_bp.labs.view import Digits
from statquest_bp.network import Network

__all__ = ["Plan", "Position", "SeenRun", "rate_controls", "run_code", "seen_run", "start_controls"]

WHY = {
    "converged": "The step size is closer to 0 than {limit:g}: gradient descent stops here.",
    "max steps": "{count} steps, and it still hasn’t settled.",
    "diverged": "Diverged: every step overshoots by more than the last, and the SSR explodes.",
}


class Plan(NamedTuple):
    """What is trained on, which parameters move, and when to give up."""

    data: Dataset
    optimize: tuple[str, ...]
    max_steps: int
    min_step: float = CLOSE_TO_0

    def run(self, start: Network, rate: float) -> Run:
        """Gradient descent from here, at this learning rate. Errors as `descend`'s."""
        return descend(start, self.data, rate, self.optimize, max_steps=self.max_steps, min_step=self.min_step)


class Position(NamedTuple):
    """A run of gradient descent, its learning rate, which of its steps is wished for, and in what view, if any.

    A run may be shorter than the step that is wished for: then its last one is on show.
    """

    plan: Plan
    run: Run
    rate: float
    wished: int = 0
    view: Any = ""

    @property
    def step(self) -> int:
        """The step on show."""
        return min(self.wished, self.last)

    @property
    def last(self) -> int:
        """The last step of the run."""
        return len(self.run) - 1

    @property
    def ended(self) -> bool:
        """Whether the run ends at the step on show."""
        return self.step == self.last

    @property
    def start(self) -> Network:
        """The network that the run starts from."""
        return self.run.start

    def at(self, step: int) -> Position:
        """At this step of the run, or the nearest there is."""
        return self._replace(wished=min(max(step, 0), self.last))

    def forward(self, count: int) -> Position:
        """So many steps on."""
        return self.at(self.step + count)

    def at_rate(self, rate: float) -> Position:
        """The run from the same start at another learning rate, at the same step."""
        return self._replace(run=self.plan.run(self.start, rate), rate=rate)

    def from_start(self, name: str, value: float) -> Position:
        """The run from another value of one parameter, at its start."""
        return self._replace(run=self.plan.run(self.start.replace(**{name: value}), self.rate), wished=0)


class SeenRun(NamedTuple):
    """A position in a run, the step there, and how well its network fits."""

    position: Position
    here: Step
    fit: Fitted

    @property
    def why_ended(self) -> str:
        """Why the run stops at the step on show, if it does."""
        plan, run, *_ = self.position
        return WHY[run.status].format(limit=plan.min_step, count=len(run) - 1) if self.position.ended else ""

    @property
    def question(self) -> tuple[Any, ...]:
        """What a prediction is about: this run, at whatever step; its start, its learning rate and what it moves."""
        return self.position.start, self.position.rate, self.position.plan.optimize

    def update_of(self, name: str, number: Digits) -> str:
        """new = old − step size, with the numbers of the step on show."""
        value, size = self.here.network.parameters[name], self.here.step_size[name]
        return f"new {name} = {number(value)} − {bracketed(number(size))} = {number(value - size)}"

    def limit(self, stable: float) -> list[str]:
        """Whether it is the learning rate that keeps a run from settling; from which on it does, exercises ask."""
        if self.position.run.status == "converged" or self.position.rate < stable:
            return []
        return ["At this learning rate it can’t settle here: every step is too long."]


def seen_run(position: Position) -> SeenRun:
    """What there is to see of a run at the step on show."""
    here = position.run[position.step]
    return SeenRun(position, here, fitted(here.network, position.plan.data))


def run_code(position: Position) -> str:
    """A few lines of Python that compute the run, and where it stands."""
    plan, step, names = position.plan, position.step, ", ".join(f'"{name}"' for name in position.plan.optimize)
    data = data_code(plan.data)
    own_data = [] if data == "dosage()" else [f"data = {data}"]
    rate, on = position.rate, "data" if own_data else data
    limits = f"max_steps={plan.max_steps}" + (f", min_step={plan.min_step!r}" * (plan.min_step != CLOSE_TO_0))
    return program(
        *own_data,
        f"start = {network_code(position.start)}",
        f"run = descend(start, {on}, learning_rate={rate!r}, optimize=[{names}], {limits})",
        f"here = run[{step}]",
        f'print(f"step {step}: SSR = {{here.ssr:.4f}}")',
        f"for name in [{names}]:",
        '    print(f"{name} = {here.network.parameters[name]:.4f}, slope = {here.gradient[name]:.4f}")',
    )


def rate_controls(
    start: Position, highest: float, presets: Mapping[str, tuple[str, float]]
) -> list[Slider[Position] | Button[Position]]:
    """The slider of the learning rate, and a button for each preset: its name, what it says, the rate."""
    slider = Slider[Position](
        "learning_rate",
        0.01,
        highest,
        lambda position: position.rate,
        Position.at_rate,
        start=start.rate,
        description="learning rate",
        step=1 / 300,  # 1/6 and 1/3 are whole steps of the slider
        readout_format=".4f",
    )
    buttons = [
        Button[Position](name, text, methodcaller("at_rate", rate), f"Learning rate {text}")
        for name, (text, rate) in presets.items()
    ]
    return [slider, *buttons]


def start_controls(
    start: Position,
    names: Sequence[str],
    change: Callable[[Position, str, float], Position] = Position.from_start,
    width: str = "560px",
    reach: Callable[[str], tuple[float, float]] = slider_range,
    shown: Callable[[Position, str], bool] | None = None,
) -> list[Slider[Position]]:
    """A slider for where each of these parameters starts."""

    def slider(name: str) -> Slider[Position]:
        return Slider(
            name,
            *reach(name),
            lambda position: position.start.parameters[name],
            lambda position, value: change(position, name, value),
            start=start.start.parameters[name],
            width=width,
            shown=None if shown is None else partial(lambda name, position: shown(position, name), name),
            description=f"start {name}",
        )

    return [slider(name) for name in names]
