"""What can be chosen in the StartsLab: one of the starts, by its place or by how it ended; and how all are trained."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.endings import ENDINGS, endings
from statquest_bp.labs.controls import Button, Slider
from statquest_bp.many_starts import ManyRuns, descend_many
from statquest_bp.network import Network

__all__ = ["Chosen", "StartsPlan", "Trained", "button_for", "group_buttons", "place_slider"]

BUTTONS = {
    "fit": "A fit",
    "in between": "One in between",
    "swinging": "One that swings",
    "level line": "One on a level line",
    "diverged": "One that diverged",
}


class StartsPlan(NamedTuple):
    """What is trained on, the sizes of the networks, how many there are, and when to give up."""

    data: Dataset
    sizes: tuple[int, ...]
    starts: int
    max_steps: int
    min_step: float

    def train(self, rate: float, seed: int) -> Trained:
        """Train all, at this learning rate, from the networks of the seeds from `seed` up. Errors as `descend`'s."""
        starts = tuple(Network.random(self.sizes, seed=seed + k) for k in range(self.starts))
        runs = descend_many(starts, self.data, rate, max_steps=self.max_steps, min_step=self.min_step)
        groups, best_first = endings(runs, self.data, rate), np.argsort(runs.ssr, kind="stable")
        return Trained(self, starts, runs, groups, best_first, rate, seed)


class Trained(NamedTuple):
    """Random networks of the seeds from `seed` up, the runs from them at this `rate`, their endings and their order."""

    plan: StartsPlan
    starts: tuple[Network, ...]
    runs: ManyRuns
    groups: npt.NDArray[np.str_]
    best_first: npt.NDArray[np.int64]
    rate: float
    seed: int

    def how_many(self, group: str) -> int:
        """How many runs ended so."""
        return int((self.groups == group).sum())


class Chosen(NamedTuple):
    """What was trained, and which of its starts is chosen: its place among them, the best first, from 0."""

    trained: Trained
    place: int

    @property
    def which(self) -> int:
        """The index of the chosen start among all of them."""
        return int(self.trained.best_first[self.place])

    @property
    def seed(self) -> int:
        """The seed of the chosen network."""
        return self.trained.seed + self.which

    @property
    def start(self) -> Network:
        """The chosen network before the training."""
        return self.trained.starts[self.which]

    @property
    def end(self) -> Network:
        """The chosen network after the training."""
        return self.trained.runs.network(self.which)

    @property
    def group(self) -> str:
        """How the run from the chosen start ended."""
        return str(self.trained.groups[self.which])

    def at(self, place: int) -> Chosen:
        """The start in this place."""
        return self._replace(place=place)

    def next_of(self, group: str) -> Chosen:
        """The next start of this group, behind the last one again the first."""
        places = np.flatnonzero(self.trained.groups[self.trained.best_first] == group)
        behind = places[places > self.place]
        return self.at(int([*behind, *places][0]))

    def at_rate(self, rate: float) -> Chosen:
        """The same place, where all the starts were trained at another learning rate."""
        return self._replace(trained=self.trained.plan.train(rate, self.trained.seed))

    def of_other_starts(self) -> Chosen:
        """The same place among starts of the seeds that come next."""
        plan, rate, seed = self.trained.plan, self.trained.rate, self.trained.seed
        return self._replace(trained=plan.train(rate, seed + plan.starts))


def place_slider(plan: StartsPlan) -> Slider[Chosen]:
    """Goes through the starts, from the best to the worst."""
    return Slider(
        "start",
        1,
        plan.starts,
        lambda chosen: chosen.place + 1,
        lambda chosen, place: chosen.at(round(place) - 1),
        start=1,
        description="start, best first",
        step=1,
        readout_format="d",
    )


def group_buttons() -> list[Button[Chosen]]:
    """A button for each way to end, where there are runs that did."""

    def button(group: str, text: str) -> Button[Chosen]:
        told = f"The next run that ended so: {ENDINGS[group]}"
        return Button(
            button_for(group),
            text,
            lambda chosen: chosen.next_of(group),
            told,
            enabled=lambda chosen: chosen.trained.how_many(group) > 0,
        )

    return [button(group, text) for group, text in BUTTONS.items()]


def button_for(group: str) -> str:
    """The name of the control that chooses the next start of this group."""
    return group.replace(" ", "_")
