"""DescentLab: gradient descent on one parameter, one step at a time, with the tangent and the step in view."""

from __future__ import annotations

from statquest_bp.data import dosage
from statquest_bp.digits import bracketed, exact
from statquest_bp.labs.given import start_of
from statquest_bp.labs.ranges import FIT_HEIGHTS, SHOWN
from statquest_bp.labs.run_lab import RunLab
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure
from statquest_bp.video import LEARNING_RATE

__all__ = ["DescentLab"]

PRESETS = {
    "rate_tenth": ("0.1", 0.1),
    "rate_sixth": ("1/6", 1 / 6),
    "rate_third": ("1/3", 1 / 3),
    "rate_half": ("0.5", 0.5),
}


class DescentLab(RunLab):
    """Step, play or scrub through gradient descent on one parameter; change its start and the learning rate.

    `parameter` names it, "b3" or another of the lesson's; the other six stay as they are. `network` is where the lab
    begins (None: the lesson's, with this parameter where the videos start it), `learning_rate` its first learning rate,
    `shown` the stretch of the parameter in the picture (None: where its valley is), `max_steps` when to give up.
    KeyError for an unknown parameter; ValueError for another kind of network or a rate that isn't positive.
    """

    def __init__(
        self,
        parameter: str = "b3",
        network: Network | None = None,
        learning_rate: float = LEARNING_RATE,
        shown: tuple[float, float] | None = None,
        max_steps: int = 50,
    ) -> None:
        network = start_of(parameter, network)
        low, high = shown or SHOWN[parameter]
        figure, (fit, curve) = new_figure("The fit and its residuals", "The SSR, its slope, and the next step")
        heights = (low - 3, high - 1) if parameter == "b3" else FIT_HEIGHTS  # b3 lifts the whole squiggle
        self._fit = draw_fit(fit, network, dosage(), ylim=heights)
        self._curve = draw_ssr_curve(curve, network, dosage(), parameter, (low, high))
        self.parameter, self.optimize, self.max_steps = parameter, (parameter,), max_steps
        self._begin(network, learning_rate, figure)
        last_stable = 2.0 if parameter != "b3" else 0.6  # learning rates that show it settle, swing and diverge
        presets = PRESETS if parameter == "b3" else {name: PRESETS[name] for name in ("rate_tenth", "rate_half")}
        rates = self._add_rates(min(last_stable, max(0.6, round(1.8 * self._stable, 1))), presets)
        self._arrange(self._moves, rates, self._add_starts([parameter]))

    def _mark_prediction(self, value: float | None) -> None:
        self._curve.show_prediction(value)

    def _draw(self) -> None:
        run, step, here = self.run, self.state.step, self._here
        values = run.parameters[self.parameter]
        self._fit.update(here.network)
        self._curve.show_curve(run[0].network)
        self._curve.show_tried(values[:step], run.ssr[:step])
        value = here.network.parameters[self.parameter]
        to = None if self._ended else value - here.step_size[self.parameter]
        self._curve.update(value, here.ssr, slope=here.gradient[self.parameter], step_to=to)

    def _numbers(self) -> str:
        name, here, number = self.parameter, self._here, self.number
        value, slope, size = here.network.parameters[name], here.gradient[name], here.step_size[name]
        (low, high), top = self._curve.ax.get_xlim(), self._curve.ax.get_ylim()[1]
        off = "" if low <= value <= high and here.ssr <= top else " (off the picture)"
        return "<br>".join(
            [
                f"Step {self.state.step}: {name} = {number(value)}, {self._shown_ssr()}{off}",
                f"slope {number(slope)}; step size = learning rate × slope = {self.state.rate:.4g} × "
                f"{bracketed(number(slope))} = {number(size)}",
                self._why_ended() or self._update_of(name),
                *self._limit(),
            ]
        )

    def _describe(self) -> str:
        name, here = self.parameter, self._here
        value, size = here.network.parameters[name], here.step_size[name]
        return (
            f"Left: the data, the squiggle and its residuals. Right: the SSR against {name} with the steps so far; "
            f"step {self.state.step} stands at {name} = {exact(value)}, SSR {exact(here.ssr)}, where a tangent has "
            f"slope {exact(here.gradient[name])}. "
            f"{self._why_ended() or f'The next step goes from there to {name} = {exact(value - size)}.'}"
        )

    def _summary(self) -> str:
        value = self.network.parameters[self.parameter]
        return f"step {self.state.step}, {self.parameter} = {exact(value)}, SSR = {exact(self.ssr)}"
