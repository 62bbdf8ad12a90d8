"""What the labs share that train networks of any shape: slice by slice while it plays, every update remembered."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from statquest_bp.data import Dataset
from statquest_bp.fit import in_own_units, ssr
from statquest_bp.labs.advice import IN_CODE, lessons
from statquest_bp.labs.network_controls import NetworkControls
from statquest_bp.labs.old_lab import HANDLING
from statquest_bp.labs.old_step_lab import StepLab
from statquest_bp.labs.snippets import data_code, program, training_code
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.labs.trained import LIMIT, InOwnUnits, Trained, new_training
from statquest_bp.network import Network
from statquest_bp.plots import new_figure, ssr_limits
from statquest_bp.training import Training

__all__ = ["MOMENTS", "TrainLab", "new_pictures"]

SLICE = 0.01  # seconds of training a tick: with the drawing, it stays well below the 66 ms of 15 pictures a second
MOST_STARTS = 10**9  # that the box takes; a start beyond it comes from code only
SPEEDS = {"1": 1, "10": 10, "100": 100, "1,000": 1000}
MOMENTS = np.unique(np.concatenate([np.arange(21), np.geomspace(20, LIMIT, 120).round()])).astype(np.int64)  # drawn


class TrainLab(StepLab[Trained]):
    """The base of the labs that train; a subclass draws. It calls `_begin`, then `_arrange`.

    Axes depend on the data, the shapes and how far the SSR has gone: `_frame` says on what, and where that changes
    `_new_figure` makes new ones; `_move` moves what is on them.
    """

    interval = 20
    scale_with: Mapping[str, str] = IN_CODE  # how data are scaled in this lab

    def _begin(self, state: Trained, prefixes: Sequence[str], names: Sequence[str]) -> None:
        self.state = state
        self._names = names
        self._told: list[InOwnUnits] = []
        self._framed = self._frame()
        self._build(state, self._new_figure())
        self.controls["reset"].description = "Restart"
        self.controls["reset"].tooltip = "Back to update 0, with these settings"
        self.controls["speed"] = toggle_buttons("updates a picture", SPEEDS)
        # as its end moves, a slider for whole numbers sends nothing back, unlike one for any
        moves = self._add_moves("One update", "update", kind=ipywidgets.IntSlider)
        self._moves = [*moves, self.controls["speed"]]
        self._networks = [NetworkControls(self, side, prefix) for side, prefix in enumerate(prefixes)]
        self._control(
            "seed",
            ipywidgets.BoundedIntText(
                state.seed, min=0, max=max(MOST_STARTS, state.seed), description="start no.", layout={"width": "150px"}
            ),
            self._set_seed,
        )
        self._button("new_start", "New start", lambda: self._set_seed(self.state.seed + 1), "Other starting values")
        self._starts = [self.controls["seed"], self.controls["new_start"]]

    # What the state holds.

    @property
    def trainings(self) -> tuple[Training, ...]:
        """The runs, with every update so far."""
        return self.state.trainings

    @property
    def networks(self) -> tuple[Network, ...]:
        """The network of each run at the update on show, or where the run ended before."""
        return tuple(training.network(min(self.state.step, len(training) - 1)) for training in self.trainings)

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The network of the first run at the update on show."""
        return self.networks[0]

    @property
    def data(self) -> Dataset:
        """The data as the networks are trained on them: scaled, where that is asked for."""
        return self.trainings[0].data

    @property
    def measured(self) -> Dataset:
        """The same, what was observed in its own units: those of the picture and of the SSR."""
        return self.state.measured or self.data

    @property
    def fitted(self) -> tuple[Network, ...]:
        """The `networks`, which predict in these units."""
        if self.state.measured is None:
            return self.networks
        return tuple(in_own_units(network, self.measured) for network in self.networks)

    @property
    def ssr(self) -> float:
        """The SSR of the first network on show, in these units."""
        return ssr(self.fitted[0], self.measured)

    @property
    def _runs(self) -> Sequence[Training | InOwnUnits]:
        """The runs as they are told: with the SSR in these units."""
        measured = self.state.measured
        if measured is None:
            return self.trainings
        if [(run.training, run.measured) for run in self._told] != [(run, measured) for run in self.trainings]:
            self._told = [InOwnUnits(training, measured) for training in self.trainings]
        return self._told

    @property
    def _last(self) -> int:
        """The last update that all runs have made that can go on."""
        going = [len(training) for training in self.trainings if training.status == "going"]
        return min(going) - 1 if going else max(map(len, self.trainings)) - 1

    @property
    def _ended(self) -> bool:
        return super()._ended and all(training.status != "going" for training in self.trainings)

    # What changes the state.

    def train(self, updates: int) -> None:
        """Go so many updates on, however long it takes; those recorded already are only shown."""
        self._act(lambda: self._forward(updates, math.inf))

    def _forward(self, count: int, seconds: float = SLICE) -> Trained:
        to = self.state.step + count
        for training in self.trainings:
            training.advance(to + 1 - len(training), seconds / len(self.trainings))
        return self._go(to)

    def _played(self, tick: int) -> Trained:
        return self._forward(self.controls["speed"].value)

    def _tick(self, event: dict[str, int]) -> None:
        with HANDLING:
            before = self.state
            super()._tick(event)
            if self._play.playing and (self._ended or self.state is before):  # nothing more to do, or an error
                self._play.playing = False

    @property
    def _clock_end(self) -> int:
        return 10**9  # how far the run gets until then depends on the speed

    def _reset(self) -> Trained:
        again = tuple(training.branch(0, training.learning_rate) for training in self.trainings)
        return self.state._replace(trainings=again, step=0)

    def set_rate(self, side: int, rate: float) -> Trained:
        """From the update on show, one of the runs goes on with this learning rate."""
        step = min(self.state.step, len(self.trainings[side]) - 1)
        branch = self.trainings[side].branch(step, rate)
        return self.state._replace(trainings=self._with(side, branch), step=step)

    def set_shape(self, side: int, hidden: tuple[int, ...], activation: str) -> Trained:
        """One of the runs begins anew, with these hidden layers and this activation."""
        begun = new_training(self.data, hidden, activation, self.trainings[side].learning_rate, self.state.seed)
        return self.state._replace(trainings=self._with(side, begun), step=0)

    def _with(self, side: int, training: Training) -> tuple[Training, ...]:
        return (*self.trainings[:side], training, *self.trainings[side + 1 :])

    def _set_seed(self, seed: int) -> Trained:
        return self._anew(self.data, seed)

    def _anew(self, data: Dataset, seed: int | None = None) -> Trained:
        """All runs begin anew on `data`."""
        seed = self.state.seed if seed is None else seed
        begun = tuple(
            new_training(data, t.start.sizes[1:-1], t.start.activation, t.learning_rate, seed) for t in self.trainings
        )
        return self.state._replace(trainings=begun, step=0, seed=seed)

    # What follows the state.

    def _frame(self) -> tuple[Any, ...]:
        shapes = [(training.start.sizes, training.start.activation) for training in self.trainings]
        return self.data, shapes, self.state.view, ssr_limits(self._runs)

    def _question(self) -> tuple[Any, ...]:
        """A predicted SSR is that of these data, networks, starts and learning rates, at whatever update."""
        return self.data, *((training.start, training.rates) for training in self.trainings)

    def _new_figure(self) -> Figure:
        raise NotImplementedError

    def _move(self) -> None:
        raise NotImplementedError

    def _draw(self) -> None:
        frame = self._frame()
        if frame != self._framed:
            self._framed = ()  # until the new figure stands
            self.picture.show(self._new_figure())
            self._framed = frame
        self._move()

    def _settings(self) -> dict[str, Any]:
        self.controls["seed"].max = max(MOST_STARTS, self.state.seed)  # else the box couldn't show it
        settings = {**super()._settings(), "seed": self.state.seed}
        for controls, training in zip(self._networks, self.trainings, strict=True):
            settings |= controls.settings(training)
        return settings

    def code(self) -> str:
        """A few lines of Python that compute what the lab shows now."""
        step, seed, own = self.state.step, self.state.seed, self.state.measured is not None
        lines = [f"data = {data_code(self.state.base)}", *["data = data.scaled()"] * self.state.scaled]
        lines += ["measured, data = data, data.scaled(inputs=False, observed=True)"] * own
        for training, name in zip(self.trainings, self._names, strict=True):
            lines += ["", *training_code(training, min(step, len(training) - 1), seed, name, own)]
        return program(*lines)

    def _lessons_of(self, training: Training) -> list[str]:
        """Why a run stops at the update on show, if it does, and what holds it where a level line is as good."""
        return lessons(training, self.state.step, self.scale_with)


def new_pictures(data: Dataset, fits: int, *titles: str) -> tuple[Figure, list[Axes]]:
    """A figure with axes for these titles, the first `fits` of them for the fit: wider where a map has a colour bar."""
    figure, axes = new_figure(*titles, height=300)
    maps = data.inputs.shape[1] == 2
    axes[0].get_gridspec().set_width_ratios([1.45 if maps and i < fits else 1.0 for i in range(len(axes))])
    figure.subplots_adjust(left=0.075, wspace=0.35 if maps else 0.34)
    for ax in axes:
        ax.tick_params(labelsize=11)
    return figure, axes
