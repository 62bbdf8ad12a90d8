"""What the labs share that train networks of any shape: what there is to see of the runs, and what changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import ipywidgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from statquest_bp.data import Dataset
from statquest_bp.fit import Fitted, fitted, in_own_units
from statquest_bp.labs.advice import lessons
from statquest_bp.labs.controls import Button, Choice, Setting
from statquest_bp.labs.snippets import data_code, program, training_code
from statquest_bp.labs.steps import Steps
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.labs.trained import LIMIT, InOwnUnits, Trained
from statquest_bp.network import Network
from statquest_bp.plots import new_figure, ssr_limits
from statquest_bp.training import Training

__all__ = [
    "MOMENTS",
    "RESTART",
    "SeenTrained",
    "new_pictures",
    "seen_trained",
    "start_controls",
    "train_controls",
    "trained_code",
]

RESTART = ("Restart", "Back to update 0, with these settings")
MOST_STARTS = 10**9  # that the box takes; a start beyond it comes from code only
SPEEDS = {"1": 1, "10": 10, "100": 100, "1,000": 1000}
MOMENTS = np.unique(np.concatenate([np.arange(21), np.geomspace(20, LIMIT, 120).round()])).astype(np.int64)  # drawn


class SeenTrained(NamedTuple):
    """What there is to see of the runs at the update on show.

    The `networks` as they are trained; how well they fit and the `runs`, in the learner's own units; and what each run
    has to teach.
    """

    trained: Trained
    networks: tuple[Network, ...]
    fits: tuple[Fitted, ...]
    runs: Sequence[Training | InOwnUnits]
    lessons: tuple[list[str], ...]

    @property
    def fit(self) -> Fitted:
        """That of the first network."""
        return self.fits[0]

    @property
    def axes(self) -> tuple[object, ...]:
        """What the axes depend on: the data, the shapes, the view, and how far the SSR has gone."""
        shapes = tuple((network.sizes, network.activation) for network in self.networks)
        return self.trained.data, shapes, self.trained.view, ssr_limits(self.runs)

    @property
    def question(self) -> tuple[object, ...]:
        """A predicted SSR is that of these data, networks, starts and learning rates, at whatever update."""
        return self.trained.data, *((training.start, training.rates) for training in self.trained.trainings)


def seen_trained(
    trained: Trained, how: Mapping[str, str], runs: Sequence[Training | InOwnUnits] | None = None
) -> SeenTrained:
    """What there is to see. `how` says how data are scaled in this lab; `runs` are told (None: as they are trained)."""
    networks, measured = trained.networks, trained.measured
    told = networks if measured is None else tuple(in_own_units(network, measured) for network in networks)
    fits = tuple(fitted(network, measured or trained.data) for network in told)
    learned = tuple(lessons(training, trained.step, how) for training in trained.trainings)
    return SeenTrained(trained, networks, fits, trained.trainings if runs is None else runs, learned)


def trained_code(trained: Trained, names: Sequence[str]) -> str:
    """A few lines of Python that compute the runs up to the update on show; `names` lead what is printed of each."""
    own = trained.measured is not None
    lines = [f"data = {data_code(trained.base)}", *["data = data.scaled()"] * trained.scaled]
    lines += ["measured, data = data, data.scaled(inputs=False, observed=True)"] * own
    for training, name in zip(trained.trainings, names, strict=True):
        lines += ["", *training_code(training, min(trained.step, len(training) - 1), trained.seed, name, own)]
    return program(*lines)


def train_controls(start: Trained, ready: Callable[[], None] = lambda: None) -> tuple[Steps[Trained], Setting[Trained]]:
    """The steps, and how many updates are played at each tick; `ready` raises what keeps them from going on."""
    speed = Setting[Trained]("speed", toggle_buttons("updates a picture", SPEEDS))
    steps = Steps(
        start,
        "One update",
        "update",
        interval=20,
        stride=lambda: int(speed.widget.value),
        ready=ready,
        kind=ipywidgets.IntSlider,  # as its end moves, it sends nothing back, unlike one for any numbers
    )
    return steps, speed


class StartNumber(Choice[Trained]):
    """A box for the seed of the starts, which takes every number that the state has."""

    def follow(self, state: Trained) -> None:
        """Show the seed."""
        self.widget.max = max(MOST_STARTS, state.seed)  # else the box couldn't show it
        super().follow(state)


def start_controls(start: Trained) -> tuple[StartNumber, Button[Trained]]:
    """A box for the number of the start, and a button for the next one."""
    box = ipywidgets.BoundedIntText(
        start.seed, min=0, max=max(MOST_STARTS, start.seed), description="start no.", layout={"width": "150px"}
    )
    seed = StartNumber("seed", box, lambda state: state.seed, Trained.from_seed)
    new = Button[Trained]("new_start", "New start", lambda s: s.from_seed(s.seed + 1), "Other starting values")
    return seed, new


def new_pictures(data: Dataset, fits: int, *titles: str) -> tuple[Figure, list[Axes]]:
    """A figure with axes for these titles, the first `fits` of them for the fit: wider where a map has a colour bar."""
    figure, axes = new_figure(*titles, height=300)
    maps = data.inputs.shape[1] == 2
    axes[0].get_gridspec().set_width_ratios([1.45 if maps and i < fits else 1.0 for i in range(len(axes))])
    figure.subplots_adjust(left=0.075, wspace=0.35 if maps else 0.34)
    for ax in axes:
        ax.tick_params(labelsize=11)
    return figure, axes
