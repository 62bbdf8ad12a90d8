"""PlaygroundLab: your own data, any layers, any activation; train it, and see everything move."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from statquest_bp.chain_rule import dead_nodes
from statquest_bp.data import Dataset, dosage
from statquest_bp.digits import exact
from statquest_bp.labs.advice import BY_HAND
from statquest_bp.labs.data_controls import DataControls
from statquest_bp.labs.exports import film, run_csv
from statquest_bp.labs.network_controls import hidden_layers
from statquest_bp.labs.old_lab import HANDLING
from statquest_bp.labs.save_controls import SaveControls
from statquest_bp.labs.shipped import name_of
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.labs.train_lab import MOMENTS, SLICE, TrainLab, new_pictures
from statquest_bp.labs.trained import LIMIT, Trained, new_training
from statquest_bp.plots import (
    draw_parameter_traces,
    draw_predictions,
    draw_ssr_trace,
    draw_weights,
    ssr_limits,
)
from statquest_bp.training import Training

__all__ = ["PlaygroundLab"]

VIEWS = {"parameters": "Parameters against updates", "network": "The network"}
FRAMES = 40  # of a film
EXPLODES = 100  # times the SSR at the start: a run that has been there needs all the room there is
FARTHEST = 192.0  # from 0 that parameters are drawn
POINTS = 2000  # on the lines of all parameters together: what moves must be small to be fast


class PlaygroundLab(TrainLab):
    """Train a network of 0 to 3 hidden layers on the data sets of the package or on your own.

    `data` are the first data (None: the lesson's), `hidden` the nodes of each hidden layer, `seed` the starting values.
    `lab.train(5000)` trains from Python, `lab.export("png")` gives a file's bytes.
    ValueError or TypeError for settings that make no network, or a learning rate that isn't positive.
    """

    scale_with = BY_HAND

    def __init__(
        self,
        data: Dataset | None = None,
        hidden: Sequence[int] = (4,),
        activation: str = "softplus",
        learning_rate: float = 0.05,
        seed: int = 1,
    ) -> None:
        data = dosage() if data is None else data
        training = new_training(data, hidden_layers(hidden), activation, learning_rate, seed)
        self._begin(Trained((training,), 0, seed, data, chosen=name_of(data), view="parameters"), [""], [""])
        self._data, self._save = DataControls(self), SaveControls(self)
        view = toggle_buttons("at the right", {"parameters": "parameters", "the network": "network"})
        self._control("view", view, lambda name: self.state._replace(view=name))
        *shape, rate = self._networks[0].row
        self._arrange(
            self._moves,
            [rate, view, self._save.toggle],
            [self._save.panel],
            [*shape, *self._starts],
            self._data.row,
            [self._data.panel],
        )

    @property
    def training(self) -> Training:
        """The run so far, with every update."""
        return self.trainings[0]

    def set_data(self, base: Dataset, chosen: str, inputs: bool, observed: bool) -> Trained:
        """Begin anew on other data, their inputs or what was observed scaled; nothing where they are on show."""
        if base is self.state.base and (inputs, observed) == (self.state.scaled, self.state.measured is not None):
            return self.state._replace(chosen=chosen)
        measured = base.scaled() if inputs else base
        begun = self._anew(measured.scaled(inputs=False, observed=True) if observed else measured)
        return begun._replace(base=base, chosen=chosen, scaled=inputs, measured=measured if observed else None)

    def _forward(self, count: int, seconds: float = SLICE) -> Trained:
        if not self._play.playing:  # else it had begun before anything was typed
            self._data.check()
        return super()._forward(count, seconds)

    def _toggle_play(self) -> Trained:
        if not self._was_playing:
            self._data.check()
        return super()._toggle_play()

    def export(self, kind: str) -> bytes:
        """A file of what the lab shows: the picture as "png" or "svg", the run as "csv" or, as a film, as "gif"."""
        makers: dict[str, Callable[[], bytes]] = {
            "png": self.picture.png,
            "svg": self.picture.svg,
            "csv": self.run_csv,
            "gif": self._film,
        }
        if kind not in makers:
            raise ValueError(f"there is no export {kind!r}; choose one of {', '.join(makers)}")
        with HANDLING:
            return makers[kind]()

    def run_csv(self, every: int = 1) -> bytes:
        """The run as a table, the SSR in the units of what was observed."""
        return run_csv(self.training, self._runs[0].ssr, every)

    def _film(self) -> bytes:
        now = self.state

        def show(step: int) -> None:
            self.state = now._replace(step=step)
            self._move()

        moments = np.geomspace(1, now.step + 1, min(FRAMES, now.step + 1)).round() - 1
        try:
            return film(self.picture, show, np.unique(moments.astype(int)).tolist())
        finally:
            self.state = now
            self._move()

    def _mark_prediction(self, value: float | None) -> None:
        self._trace.show_prediction(value)

    @property
    def _farthest(self) -> float:
        """How far from 0 the parameters are drawn: 3, doubled as often as it takes, or all at once."""
        if self.training.ssr.max() > EXPLODES * self.training.ssr[0]:
            return FARTHEST
        moments = np.append(MOMENTS[: np.searchsorted(MOMENTS, len(self.training))], len(self.training) - 1)
        farthest = float(np.abs(self.training.vectors[moments]).max())
        return 3.0 * 2.0 ** math.ceil(math.log2(min(max(farthest, 3.0), FARTHEST) / 3.0))

    def _frame(self) -> tuple[Any, ...]:
        return (*super()._frame(), self._farthest if self.state.view == "parameters" else 0.0)

    def _new_figure(self) -> Figure:
        titles = "The fit", "SSR against updates", VIEWS[self.state.view]
        figure, (fit, trace, third) = new_pictures(self.data, 1, *titles)
        self._fit = draw_predictions(fit, self.fitted[0], self.measured)
        self._trace = draw_ssr_trace(trace, self._runs, LIMIT, ssr_limits(self._runs))
        self._third: Any = (
            draw_weights(third, self.network, self.data)
            if self.state.view == "network"
            else draw_parameter_traces(third, list(self.network.parameters), LIMIT, (-self._farthest, self._farthest))
        )
        return figure

    def _move(self) -> None:
        step = self.state.step
        self._fit.update(self.fitted[0])
        self._trace.update(self._runs, [""], MOMENTS, step)
        if self.state.view == "network":
            self._third.update(self.network)
        else:
            sparser = -(-len(self.network.parameters) * len(MOMENTS) // POINTS)
            self._third.update(self.training.parameters, MOMENTS[::sparser], step)

    def _settings(self) -> dict[str, Any]:
        self._data.follow()
        state = self.state
        scales = {"scaled": state.scaled, "scaled_observed": state.measured is not None}
        return {**super()._settings(), "data": state.chosen, **scales, "view": state.view}

    def _numbers(self) -> str:
        step, data, network = self.state.step, self.data, self.network
        names = f"{', '.join(data.input_names)} → {', '.join(data.observed_names)}"
        points = f"{len(data):,} point" + "s" * (len(data) > 1)
        lines = [
            *self._data.refused(),
            f"Update {step:,} of at most {LIMIT:,}: {self._shown_ssr()}{self._as_trained()} "
            f'<progress max={LIMIT} value={step} aria-label="updates"></progress>',
            f"{self.state.chosen}: {points}, {html.escape(names)}; {self._kind()}, "
            f"{len(network.parameters)} parameters; learning rate {self.training.learning_rate:g}",
            *self._lessons(),
        ]
        return "<br>".join(lines)

    def _as_trained(self) -> str:
        if self.state.measured is None:
            return ""
        return f" in its own units (from 0 to 1, as it is trained: {exact(float(self.training.ssr[self.state.step]))})"

    def _kind(self) -> str:
        sizes = self.network.sizes
        bend = f" {self.network.activation}" if len(sizes) > 2 else ""
        return f"a {'-'.join(map(str, sizes))}{bend} network"

    def _lessons(self) -> list[str]:
        """What there is to learn from where the run has come to."""
        told = self._lessons_of(self.training)
        if dead := dead_nodes(self.network, self.data):
            count = "1 node is" if dead == 1 else f"{dead} nodes are"
            told.append(f"{count} dead: slope 0 at every point, so nothing flows back, and nothing there can learn.")
        return told

    def _describe(self) -> str:
        step, ssr = self.state.step, self._runs[0].ssr
        return (
            f"Left: {self._fit.describe(self.fitted[0])} Middle: the SSR against the updates, from {exact(ssr[0])} at "
            f"the start to SSR {exact(self.ssr)} after {step:,}. Right: {self._third.describe(self.network)} "
            f"{' '.join(self._lessons())}"
        ).strip()

    def _summary(self) -> str:
        return f"{self.state.chosen}, {self._kind()}, update {self.state.step}, SSR = {exact(self.ssr)}"
