"""DescentLab: gradient descent on one parameter, one step at a time, with the tangent and the step in view."""

from __future__ import annotations

from statquest_bp.digits import bracketed, exact
from statquest_bp.gradient_descent import Run
from statquest_bp.labs.descents import Plan, Position, SeenRun, rate_controls, run_code, seen_run, start_controls
from statquest_bp.labs.given import LESSON, start_of
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.ranges import FIT_HEIGHTS, SHOWN
from statquest_bp.labs.steps import Steps
from statquest_bp.labs.view import Digits, View
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.network import Network
from statquest_bp.plots import draw_fit, draw_ssr_curve, new_figure
from statquest_bp.video import LEARNING_RATE

__all__ = ["DescentLab"]

PRESETS = {
    "rate_tenth": ("0.1", 0.1),
    "rate_fifth": ("0.2", 0.2),
    "rate_three_tenths": ("0.3", 0.3),
    "rate_half": ("0.5", 0.5),
}


class DescentView(View[Position, SeenRun]):
    """Left the fit, right the SSR with the steps so far, the tangent, and the next step."""

    def __init__(self, parameter: str, network: Network, shown: tuple[float, float], stable: float) -> None:
        self.parameter, self._stable = parameter, stable
        self.figure, (fit, curve) = new_figure("The fit and its residuals", "The SSR, its slope, and the next step")
        heights = (shown[0] - 3, shown[1] - 1) if parameter == "b3" else FIT_HEIGHTS  # b3 lifts the whole squiggle
        self.fit = draw_fit(fit, network, LESSON, ylim=heights)
        self.curve = draw_ssr_curve(curve, network, LESSON, parameter, shown)

    def seen(self, state: Position) -> SeenRun:
        """The run at the step on show."""
        return seen_run(state)

    def draw(self, seen: SeenRun, number: Digits) -> None:
        """Move the fit, the curve, the steps on it, and the tangent."""
        (_, run, *_), here, fit = seen
        step, value = seen.position.step, self._value(seen)
        self.fit.update(here.network, predicted=fit.predicted)
        self.curve.show_curve(run.start)
        self.curve.show_tried(run.parameters[self.parameter][:step], run.ssr[:step])
        to = None if seen.position.ended else value - here.step_size[self.parameter]
        self.curve.update(value, here.ssr, slope=here.gradient[self.parameter], step_to=to)

    def mark(self, prediction: float | None, seen: SeenRun) -> None:
        """A line where the next step, or the last, was predicted to lead."""
        self.curve.show_prediction(prediction)

    def question(self, seen: SeenRun) -> object:
        """This run, at whatever step."""
        return seen.question

    def readout(self, seen: SeenRun, number: Digits) -> str:
        """The step, the slope, the step size, and where the next step leads."""
        name, here, value = self.parameter, seen.here, self._value(seen)
        slope, size = here.gradient[name], here.step_size[name]
        (low, high), top = self.curve.ax.get_xlim(), self.curve.ax.get_ylim()[1]
        off = "" if low <= value <= high and here.ssr <= top else " (off the picture)"
        return "<br>".join(
            [
                f"Step {seen.position.step}: {name} = {number(value)}, {number.ssr(seen.fit.ssr)}{off}",
                f"slope {number(slope)}; step size = learning rate × slope = {seen.position.rate:.4g} × "
                f"{bracketed(number(slope))} = {number(size)}",
                seen.why_ended or seen.update_of(name, number),
                *seen.limit(self._stable),
            ]
        )

    def label(self, seen: SeenRun, number: Digits) -> str:
        """Both pictures in words."""
        name, here, value = self.parameter, seen.here, self._value(seen)
        return (
            f"Left: the data, the squiggle and its residuals. Right: the SSR against {name} with the steps so far; "
            f"step {seen.position.step} stands at {name} = {exact(value)}, SSR {exact(here.ssr)}, where a tangent has "
            f"slope {exact(here.gradient[name])}. "
            f"{seen.why_ended or f'The next step goes from there to {name} = {exact(value - here.step_size[name])}.'}"
        )

    def code(self, seen: SeenRun) -> str:
        """The run, and where it stands."""
        return run_code(seen.position)

    def summary(self, seen: SeenRun) -> str:
        """The step, the parameter, and the SSR."""
        value = exact(self._value(seen))
        return f"step {seen.position.step}, {self.parameter} = {value}, SSR = {exact(seen.fit.ssr)}"

    def _value(self, seen: SeenRun) -> float:
        return seen.here.network.parameters[self.parameter]


class DescentLab(Lab[Position, SeenRun]):
    """Step, play or scrub through gradient descent on one parameter; change its start and the learning rate.

    `parameter` names it, "b3" or another of the lesson's; the other six stay as they are. `network` is where the lab
    begins (None: the lesson's, with this parameter where the videos start it), `learning_rate` its first learning rate,
    `shown` the stretch of the parameter in the picture (None: where its valley is), `max_steps` when to give up.
    KeyError for an unknown parameter; ValueError for another kind of network or a rate that isn't positive.
    """

    view: DescentView

    def __init__(
        self,
        parameter: str = "b3",
        network: Network | None = None,
        learning_rate: float = LEARNING_RATE,
        shown: tuple[float, float] | None = None,
        max_steps: int = 50,
    ) -> None:
        network, self.parameter = start_of(parameter, network), parameter
        plan = Plan(LESSON, (parameter,), max_steps)
        start = Position(plan, plan.run(network, learning_rate), learning_rate)
        stable = stable_learning_rate(network, LESSON, [parameter])
        last_stable = 2.0 if parameter != "b3" else 0.6  # learning rates that show it settle, swing and diverge
        presets = PRESETS if parameter == "b3" else {name: PRESETS[name] for name in ("rate_tenth", "rate_half")}
        rates = rate_controls(start, min(last_stable, max(0.6, round(1.8 * stable, 1))), presets)
        self.steps = Steps(start, "One step of gradient descent")
        view = DescentView(parameter, network, shown or SHOWN[parameter], stable)
        super().__init__(start, view, [self.steps], rates, start_controls(start, [parameter]), [])

    @property
    def run(self) -> Run:
        """The whole run that the lab steps through."""
        return self.state.run
