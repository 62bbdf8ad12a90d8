"""DescentLab: gradient descent on one parameter, one step at a time, with the tangent and the step in view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import ipywidgets

from statquest_bp.data import dosage
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.labs.lab import Lab, lesson_network, network_code
from statquest_bp.labs.ssr_lab import B3_RANGE
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure
from statquest_bp.video import LEARNING_RATE, exact

__all__ = ["DescentLab"]

PRESETS = {
    "rate_tenth": ("0.1", 0.1),
    "rate_sixth": ("1/6", 1 / 6),
    "rate_third": ("1/3", 1 / 3),
    "rate_half": ("0.5", 0.5),
}
MAX_STEPS, MIN_STEP = 50, 0.001
WHY = {
    "converged": "The step size is closer to 0 than {limit:g}: gradient descent stops here.",
    "max steps": "{count} steps, and it still hasn’t settled.",
    "diverged": "Diverged: every step overshoots by more than the last, and the SSR explodes.",
}


class Position(NamedTuple):
    """A run of gradient descent, its learning rate, and which of its steps is on show."""

    run: Run
    rate: float
    step: int


class DescentLab(Lab[Position]):
    """Step, play or scrub through gradient descent on b3; change the start and the learning rate as you like.

    `network` is where the lab begins (None: the lesson's, with b3 at 0), `learning_rate` its first learning rate, and
    `shown` the stretch of b3 in the picture. ValueError for another kind of network or a rate that isn't positive.
    """

    parameter = "b3"

    def __init__(
        self,
        network: Network | None = None,
        learning_rate: float = LEARNING_RATE,
        shown: tuple[float, float] = B3_RANGE,
    ) -> None:
        network = lesson_network(network, b3=0.0)
        figure, (fit, curve) = new_figure("The fit and its residuals", "The SSR, its slope, and the next step")
        self._fit = draw_fit(fit, network, dosage(), ylim=(shown[0] - 3, shown[1] - 1))  # b3 lifts the whole squiggle
        self._curve = draw_ssr_curve(curve, network, dosage(), self.parameter, shown)
        self._stable = stable_learning_rate(network, dosage(), [self.parameter])
        self._build(Position(self._run(network, learning_rate), learning_rate, 0), figure)

        self._button("back", "◂ Back", lambda: self._go(self.state.step - 1), "One step back")
        self._button("step", "Step ▸", lambda: self._go(self.state.step + 1), "One step of gradient descent")
        whole: dict[str, Any] = {"value": 0, "step": 1, "readout_format": "d"}
        last = len(self.state.run) - 1
        self._slider("scrub", 0, last, lambda k: self._go(round(k)), "300px", description="step", **whole)
        exactly: dict[str, Any] = {"value": learning_rate, "step": 1 / 300, "readout_format": ".4f"}  # 1/6 is a step
        self._slider("learning_rate", 0.01, 0.6, self._set_rate, description="learning rate", **exactly)
        for name, (text, rate) in PRESETS.items():
            self._button(name, text, partial(self._set_rate, rate), f"Learning rate {text}")
        self._slider("b3", *B3_RANGE, self._start_at, value=network.parameters["b3"], description="start at b3")
        self._make_play_button()
        rates = [self.controls[name] for name in ("learning_rate", *PRESETS)]
        moves = [self.controls[name] for name in ("back", "step", "play")]
        self._arrange([*moves, self.controls["scrub"]], rates, [self.controls["b3"]], [self._play])

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network at the step on show."""
        return self.state.run[self.state.step].network

    @property
    def run(self) -> Run:
        """The whole run that the lab steps through."""
        return self.state.run

    def _mark_prediction(self, b3: float | None) -> None:
        self._curve.show_prediction(b3)

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        name, step = self.parameter, self.state.step
        return (
            "from statquest_bp import descend, dosage, statquest_network\n\n"
            f"start = {network_code(self.run[0].network)}\n"
            f'run = descend(start, dosage(), learning_rate={self.state.rate!r}, optimize=["{name}"], '
            f"max_steps={MAX_STEPS})\n"
            f"here = run[{step}]\n"
            f"print(f\"step {step}: {name} = {{here.network.parameters['{name}']:.4f}}\")\n"
            f"print(f\"slope = {{here.gradient['{name}']:.4f}}, SSR = {{here.ssr:.4f}}\")"
        )

    # What changes the state.

    def _run(self, start: Network, rate: float) -> Run:
        return descend(start, dosage(), rate, [self.parameter], max_steps=MAX_STEPS, min_step=MIN_STEP)

    def _go(self, step: int) -> Position:
        return self.state._replace(step=min(max(step, 0), len(self.run) - 1))

    def _set_rate(self, rate: float) -> Position:
        run = self._run(self.run[0].network, rate)
        return Position(run, rate, min(self.state.step, len(run) - 1))

    def _start_at(self, value: float) -> Position:
        return Position(self._run(self.network.replace(**{self.parameter: value}), self.state.rate), self.state.rate, 0)

    def _make_play_button(self) -> None:
        # Play has no accessible name, so a button stands in front of it; the browser keeps its time.
        self._play = ipywidgets.Play(interval=600, layout=ipywidgets.Layout(display="none"))
        self._play.observe(self._tick, "value")
        button = self._button("play", "▶ Play", self._toggle_play, "Step by itself, until it ends or you pause")

        def rename(event: dict[str, bool]) -> None:
            button.description = "⏸ Pause" if event["new"] else "▶ Play"

        self._play.observe(rename, "playing")

    def _tick(self, event: dict[str, int]) -> None:
        if self._play.playing:  # a tick may still be on its way when the playing has ended
            super()._act(lambda: self._go(event["new"]))

    def _toggle_play(self) -> Position:
        if self._was_playing:
            return self.state
        position = self._go(0) if self._ended else self.state
        self._play.max, self._play.value = len(self.run) - 1, position.step
        self._play.playing = True
        return position

    def _act(self, change: Callable[[], Position]) -> None:
        """As in every lab; and whatever the learner does by hand ends the playing."""
        self._was_playing = self._play.playing
        if not self._silent:
            self._play.playing = False
        super()._act(change)

    # What follows the state.

    def _draw(self) -> None:
        run, step = self.run, self.state.step
        values, here = run.parameters[self.parameter], run[step]
        self._fit.update(here.network)
        self._curve.show_curve(run[0].network)
        self._curve.show_tried(values[:step], run.ssr[:step])
        value = here.network.parameters[self.parameter]
        to = None if self._ended else value - here.step_size[self.parameter]
        self._curve.update(value, here.ssr, slope=here.gradient[self.parameter], step_to=to)

    @property
    def _ended(self) -> bool:
        return self.state.step == len(self.run) - 1

    def _settings(self) -> dict[str, Any]:
        self.controls["scrub"].max = len(self.run) - 1
        return {
            "scrub": self.state.step,
            "learning_rate": self.state.rate,
            self.parameter: self.run[0].network.parameters[self.parameter],
        }

    def _numbers(self) -> str:
        name, here, number = self.parameter, self.run[self.state.step], self.number
        value, size = here.network.parameters[name], here.step_size[name]
        slope = here.gradient[name]
        (low, high), top = self._curve.ax.get_xlim(), self._curve.ax.get_ylim()[1]
        off = "" if low <= value <= high and here.ssr <= top else " (off the picture)"
        lines = [
            f"Step {self.state.step}: {name} = {number(value)}, {self._shown_ssr()}{off}",
            f"slope {number(slope)}; step size = learning rate × slope = {self.state.rate:.4g} × "
            f"{_signed(number(slope))} = {number(size)}",
            WHY[self.run.status].format(limit=MIN_STEP, count=len(self.run) - 1)
            if self._ended
            else f"new {name} = {number(value)} − {_signed(number(size))} = {number(value - size)}",
        ]
        if self.run.status != "converged":
            lines.append(f"Here gradient descent can settle only below a learning rate of {exact(self._stable)}.")
        return "<br>".join(lines)

    def _describe(self) -> str:
        name, here = self.parameter, self.run[self.state.step]
        value, size = here.network.parameters[name], here.step_size[name]
        end = (
            WHY[self.run.status].format(limit=MIN_STEP, count=len(self.run) - 1)
            if self._ended
            else (f"The next step goes from there to {name} = {exact(value - size)}.")
        )
        return (
            f"Left: the data, the squiggle and its residuals. Right: the SSR against {name} with the steps so far; "
            f"step {self.state.step} stands at {name} = {exact(value)}, SSR {exact(here.ssr)}, where a tangent has "
            f"slope {exact(here.gradient[name])}. {end}"
        )

    def _summary(self) -> str:
        value = self.network.parameters[self.parameter]
        return f"step {self.state.step}, {self.parameter} = {exact(value)}, SSR = {exact(self.ssr)}"


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text
