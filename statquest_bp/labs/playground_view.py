"""What PlaygroundLab shows: the fit, the SSR, and either the parameters or the network."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

import numpy as np

from statquest_bp.chain_rule import dead_nodes
from statquest_bp.digits import exact
from statquest_bp.labs.advice import BY_HAND
from statquest_bp.labs.data_controls import refused
from statquest_bp.labs.train_parts import MOMENTS, SeenTrained, new_pictures, seen_trained, trained_code
from statquest_bp.labs.trained import LIMIT, InOwnUnits, Trained
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import (
    ParameterTraces,
    Weights,
    draw_parameter_traces,
    draw_predictions,
    draw_ssr_trace,
    draw_weights,
    ssr_limits,
)
from statquest_bp.training import Training

__all__ = ["PlaygroundView"]

VIEWS = {"parameters": "Parameters against updates", "network": "The network"}
EXPLODES = 100  # times the SSR at the start: a run that has been there needs all the room there is
FARTHEST = 192.0  # from 0 that parameters are drawn
POINTS = 2000  # on the lines of all parameters together: what moves must be small to be fast


class PlaygroundView(View[Trained, SeenTrained]):
    """Left the fit, in the middle the SSR against the updates, and as `third` what the state's view says."""

    third: ParameterTraces | Weights

    def __init__(self) -> None:
        self._told: InOwnUnits | None = None  # so that only what is new is worked out

    def seen(self, state: Trained) -> SeenTrained:
        """The run at the update on show, and the dead nodes there."""
        seen = seen_trained(state, BY_HAND, self._runs(state))
        told = list(seen.lessons[0])
        if dead := dead_nodes(seen.networks[0], state.data):
            count = "1 node is" if dead == 1 else f"{dead} nodes are"
            told.append(f"{count} dead: slope 0 at every point, so nothing flows back, and nothing there can learn.")
        return seen._replace(lessons=(told,))

    def _runs(self, state: Trained) -> Sequence[Training | InOwnUnits]:
        (training,), measured, told = state.trainings, state.measured, self._told
        if measured is None:
            return [training]
        if told is None or told.training is not training or told.measured is not measured:
            told = self._told = InOwnUnits(training, measured)
        return [told]

    def stands_on(self, seen: SeenTrained) -> object:
        """The axes, and how far the parameters have gone where they are drawn."""
        return seen.axes, _farthest(seen.trained.trainings[0]) if seen.trained.view == "parameters" else 0.0

    def stand(self, seen: SeenTrained) -> None:
        """New axes for these data, this shape, and what the run has come to."""
        (network,), fit, view = seen.networks, seen.fit, seen.trained.view
        self.figure, (left, trace, third) = new_pictures(fit.data, 1, "The fit", "SSR against updates", VIEWS[view])
        self.fit = draw_predictions(left, fit.network, fit.data)
        self.trace = draw_ssr_trace(trace, seen.runs, LIMIT, ssr_limits(seen.runs))
        if view == "network":
            self.third = draw_weights(third, network, seen.trained.data)
        else:
            far = _farthest(seen.trained.trainings[0])
            self.third = draw_parameter_traces(third, list(network.parameters), LIMIT, (-far, far))

    def draw(self, seen: SeenTrained, number: Digits) -> None:
        """Move the fit, and draw the run up to the update on show."""
        (network,), (training,), step = seen.networks, seen.trained.trainings, seen.trained.step
        self.fit.update(seen.fit.network)
        self.trace.update(seen.runs, [""], MOMENTS, step)
        if isinstance(self.third, Weights):
            self.third.update(network)
        else:
            sparser = -(-len(network.parameters) * len(MOMENTS) // POINTS)
            self.third.update(training.parameters, MOMENTS[::sparser], step)

    def mark(self, prediction: float | None, seen: SeenTrained) -> None:
        """A line at the SSR that was predicted."""
        self.trace.show_prediction(prediction)

    def question(self, seen: SeenTrained) -> object:
        """This run, at whatever update."""
        return seen.question

    def readout(self, seen: SeenTrained, number: Digits) -> str:
        """The SSR, the data and the network, and what there is to learn from where the run has come to."""
        trained, (network,), (training,) = seen.trained, seen.networks, seen.trained.trainings
        step, data = trained.step, trained.data
        as_trained = f" in its own units (from 0 to 1, as it is trained: {exact(float(training.ssr[step]))})"
        error = number.ssr(seen.fit.ssr) + ("" if trained.measured is None else as_trained)
        names = f"{', '.join(data.input_names)} → {', '.join(data.observed_names)}"
        points = f"{len(data):,} point" + "s" * (len(data) > 1)
        lines = [
            *refused(trained),
            f"Update {step:,} of at most {LIMIT:,}: {error} "
            f'<progress max={LIMIT} value={step} aria-label="updates"></progress>',
            f"{trained.chosen}: {points}, {html.escape(names)}; {_kind(network)}, "
            f"{len(network.parameters)} parameters; learning rate {training.learning_rate:g}",
            *seen.lessons[0],
        ]
        return "<br>".join(lines)

    def label(self, seen: SeenTrained, number: Digits) -> str:
        """The three pictures in words."""
        (network,), (lessons,), error = seen.networks, seen.lessons, exact(seen.fit.ssr)
        return (
            f"Left: {self.fit.describe(seen.fit.network)} Middle: the SSR against the updates, from "
            f"{exact(seen.runs[0].ssr[0])} at the start to SSR {error} after {seen.trained.step:,}. "
            f"Right: {self.third.describe(network)} {' '.join(lessons)}"
        ).strip()

    def code(self, seen: SeenTrained) -> str:
        """The run."""
        return trained_code(seen.trained, [""])

    def summary(self, seen: SeenTrained) -> str:
        """The data, the network, the update on show and the SSR."""
        trained = seen.trained
        return f"{trained.chosen}, {_kind(seen.networks[0])}, update {trained.step}, SSR = {exact(seen.fit.ssr)}"


def _kind(network: Network) -> str:
    bend = f" {network.activation}" if len(network.sizes) > 2 else ""
    return f"a {'-'.join(map(str, network.sizes))}{bend} network"


def _farthest(training: Training) -> float:
    """How far from 0 the parameters are drawn: 3, doubled as often as it takes, or all at once."""
    if training.ssr.max() > EXPLODES * training.ssr[0]:
        return FARTHEST
    moments = np.append(MOMENTS[: np.searchsorted(MOMENTS, len(training))], len(training) - 1)
    farthest = float(np.abs(training.vectors[moments]).max())
    return 3.0 * 2.0 ** math.ceil(math.log2(min(max(farthest, 3.0), FARTHEST) / 3.0))
