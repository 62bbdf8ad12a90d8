"""What can be chosen in the StartsLab: one of the starts, by its place or by how it ended; and how all are trained."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.endings import ENDINGS, endings
from statquest_bp.labs.old_lab import Lab
from statquest_bp.labs.ranges import rates
from statquest_bp.many_starts import ManyRuns, descend_many
from statquest_bp.network import Network

__all__ = ["Choice", "StartsChoices", "Trained", "button_for"]

BUTTONS = {
    "fit": "A fit",
    "in between": "One in between",
    "swinging": "One that swings",
    "level line": "One on a level line",
    "diverged": "One that diverged",
}


class Trained(NamedTuple):
    """Random networks of the seeds from `seed` up, the runs from them at this `rate`, their endings and their order."""

    starts: tuple[Network, ...]
    runs: ManyRuns
    groups: npt.NDArray[np.str_]
    best_first: npt.NDArray[np.int64]
    rate: float
    seed: int


class Choice(NamedTuple):
    """What was trained, and which of its starts is chosen: its place among them, the best first, from 0."""

    trained: Trained
    place: int


class StartsChoices(Lab[Choice]):
    """The base of the StartsLab: its state and the controls that change it. It draws nothing.

    A subclass sets the attributes below first.
    """

    sizes: tuple[int, ...]
    starts: int
    max_steps: int
    min_step: float
    _data: Dataset

    def _add_controls(self) -> None:
        whole: dict[str, Any] = {"value": 1, "step": 1, "readout_format": "d", "description": "start, best first"}
        self._slider("start", 1, self.starts, lambda place: self._choose(round(place) - 1), **whole)
        slowest, fastest = rates(self.data)
        look: dict[str, Any] = {"description": "learning rate", "step": slowest / 2, "readout_format": ".4f"}
        look |= {"value": self.state.trained.rate, "continuous_update": False}  # it takes a second
        self._slider("learning_rate", slowest, fastest, lambda rate: self._again(rate=rate), **look)
        for group, text in BUTTONS.items():
            told = f"The next run that ended so: {ENDINGS[group]}"
            self._button(button_for(group), text, partial(self._next_of, group), told)
        self._button("seed", "Other starts", self._other_starts, "Train networks that were drawn anew")

    # What changes the state.

    def _train(self, rate: float, seed: int) -> Trained:
        starts = tuple(Network.random(self.sizes, seed=seed + k) for k in range(self.starts))
        runs = descend_many(starts, self.data, rate, max_steps=self.max_steps, min_step=self.min_step)
        return Trained(starts, runs, endings(runs, self.data, rate), np.argsort(runs.ssr, kind="stable"), rate, seed)

    def _again(self, **changes: Any) -> Choice:
        self._readout.value = f'<div role="status">Training {self.starts:,} starts …</div>'
        rate_and_seed = {"rate": self.state.trained.rate, "seed": self.state.trained.seed} | changes
        return Choice(self._train(**rate_and_seed), self.state.place)

    def _other_starts(self) -> Choice:
        return self._again(seed=self.state.trained.seed + self.starts)

    def _choose(self, place: int) -> Choice:
        return self.state._replace(place=place)

    def _next_of(self, group: str) -> Choice:
        """The next start of this group, behind the last one again the first."""
        trained, place = self.state
        places = np.flatnonzero(trained.groups[trained.best_first] == group)
        behind = places[places > place]
        return self._choose(int([*behind, *places][0]))

    # What follows the state.

    @property
    def data(self) -> Dataset:
        """The observed points."""
        return self._data

    @property
    def chosen(self) -> int:
        """The index of the chosen start among all of them."""
        return int(self.state.trained.best_first[self.state.place])

    @property
    def seed(self) -> int:
        """The seed of the chosen network."""
        return self.state.trained.seed + self.chosen

    @property
    def start(self) -> Network:
        """The chosen network before the training."""
        return self.state.trained.starts[self.chosen]

    @property
    def network(self) -> Network:  # type: ignore[override]
        """The chosen network after the training."""
        return self.state.trained.runs.network(self.chosen)

    @property
    def group(self) -> str:
        """How the run from the chosen start ended."""
        return str(self.state.trained.groups[self.chosen])

    def _settings(self) -> dict[str, Any]:
        return {"start": self.state.place + 1, "learning_rate": self.state.trained.rate}

    def _count(self, group: str) -> int:
        return int((self.state.trained.groups == group).sum())


def button_for(group: str) -> str:
    """The name of the control that chooses the next start of this group."""
    return group.replace(" ", "_")
