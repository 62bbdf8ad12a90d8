"""The state of a training lab: its runs, where in them it stands, and how they are told in the learner's own units."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.fit import own_units
from statquest_bp.labs.shipped import name_of
from statquest_bp.many_networks import ManyNetworks
from statquest_bp.network import Network
from statquest_bp.training import Training

__all__ = [
    "LIMIT",
    "MOST_LAYERS",
    "MOST_NODES",
    "SLICE",
    "InOwnUnits",
    "Table",
    "Trained",
    "hidden_layers",
    "new_training",
]

LIMIT = 20_000  # updates: what is recorded of the largest network then fills some 30 MB
SLICE = 0.01  # seconds of training a tick: with the drawing, it stays well below the 66 ms of 15 pictures a second
MOST_LAYERS, MOST_NODES = 3, 8
Item = TypeVar("Item")


class Table(NamedTuple):
    """A learner's own table: the last that could be read, what was typed for it, and what is wrong with a later one."""

    data: Dataset | None = None
    typed: tuple[str, int] = ("", 1)  # the text, and how many of its columns were observed
    wrong: str = ""


class Trained(NamedTuple):
    """The runs side by side (one or two), the update on show, the seed of their starts, and where the data come from.

    `base` are the data as they came, `nodes` for each run those of all the hidden layers that it might have, `scaled`
    whether the inputs were scaled, `chosen` what the data are called, `view` which picture is on show where there is a
    choice. `measured` is None, or where what was observed is scaled for the training, the same data with that in its
    own units. The runs grow as they go on; what is recorded of them stays.
    """

    trainings: tuple[Training, ...]
    step: int
    seed: int
    base: Dataset
    nodes: tuple[tuple[int, ...], ...]
    scaled: bool = False
    chosen: str = ""
    view: str = ""
    measured: Dataset | None = None
    table: Table = Table()

    @classmethod
    def begin(cls, trainings: Sequence[Training], seed: int, base: Dataset, view: str = "") -> Trained:
        """These runs at their starts."""
        nodes = tuple(_all_layers(training.start.sizes[1:-1]) for training in trainings)
        return cls(tuple(trainings), 0, seed, base, nodes, chosen=name_of(base), view=view)

    @property
    def data(self) -> Dataset:
        """The data as the networks are trained on them: scaled, where that is asked for."""
        return self.trainings[0].data

    @property
    def networks(self) -> tuple[Network, ...]:
        """The network of each run at the update on show, or where the run ended before."""
        return tuple(training.network(min(self.step, len(training) - 1)) for training in self.trainings)

    @property
    def last(self) -> int:
        """The last update that all runs have made that can go on."""
        going = [len(training) for training in self.trainings if training.status == "going"]
        return min(going) - 1 if going else max(map(len, self.trainings)) - 1

    @property
    def ended(self) -> bool:
        """Whether no run goes on from the update on show."""
        return self.step == self.last and all(training.status != "going" for training in self.trainings)

    def at(self, step: int) -> Trained:
        """At this update, or the nearest that is recorded."""
        return self._replace(step=min(max(step, 0), self.last))

    def forward(self, count: int, seconds: float = SLICE) -> Trained:
        """So many updates on, or as many as can be made in this time; those recorded already are only shown."""
        to = self.step + count
        for training in self.trainings:
            training.advance(to + 1 - len(training), seconds / len(self.trainings))
        return self.at(to)

    def train(self, count: int) -> Trained:
        """So many updates on, however long it takes."""
        return self.forward(count, math.inf)

    def restart(self) -> Trained:
        """All runs back at their starts, with the learning rates that they have now."""
        again = tuple(training.branch(0, training.learning_rate) for training in self.trainings)
        return self._replace(trainings=again, step=0)

    def at_rate(self, side: int, rate: float) -> Trained:
        """From the update on show, one of the runs goes on with this learning rate."""
        step = min(self.step, len(self.trainings[side]) - 1)
        branch = self.trainings[side].branch(step, rate)
        return self._replace(trainings=_with(self.trainings, side, branch), step=step)

    def shaped(self, side: int, hidden: tuple[int, ...], activation: str) -> Trained:
        """One of the runs begins anew, with these hidden layers and this activation."""
        begun = new_training(self.data, hidden, activation, self.trainings[side].learning_rate, self.seed)
        return self._replace(trainings=_with(self.trainings, side, begun), step=0)

    def with_layers(self, side: int, count: int) -> Trained:
        """One of the runs begins anew with so many hidden layers; one that comes back has the nodes that it had."""
        return self.shaped(side, self.nodes[side][:count], self.trainings[side].start.activation)

    def with_nodes(self, side: int, layer: int, count: int) -> Trained:
        """One of the runs begins anew with so many nodes in one of its hidden layers, the first being 0."""
        start, nodes = self.trainings[side].start, _with(self.nodes[side], layer, count)
        return self._replace(nodes=_with(self.nodes, side, nodes)).shaped(
            side, nodes[: len(start.sizes) - 2], start.activation
        )

    def with_activation(self, side: int, activation: str) -> Trained:
        """One of the runs begins anew with this activation."""
        return self.shaped(side, self.trainings[side].start.sizes[1:-1], activation)

    def from_seed(self, seed: int) -> Trained:
        """All runs begin anew from other starting values."""
        return self._anew(self.data, seed)

    def on(self, base: Dataset, chosen: str, inputs: bool, observed: bool) -> Trained:
        """All runs begin anew on these data, inputs or what was observed scaled; not where they are on show already."""
        if base is self.base and (inputs, observed) == (self.scaled, self.measured is not None):
            return self._replace(chosen=chosen)
        measured = base.scaled() if inputs else base
        begun = self._anew(measured.scaled(inputs=False, observed=True) if observed else measured, self.seed)
        return begun._replace(base=base, chosen=chosen, scaled=inputs, measured=measured if observed else None)

    def _anew(self, data: Dataset, seed: int) -> Trained:
        begun = tuple(
            new_training(data, t.start.sizes[1:-1], t.start.activation, t.learning_rate, seed) for t in self.trainings
        )
        return self._replace(trainings=begun, step=0, seed=seed)


class InOwnUnits:
    """A run on scaled observations, told in the units of `measured`: its `ssr` there, and its length."""

    def __init__(self, training: Training, measured: Dataset) -> None:
        self.training, self.measured = training, measured
        self._ssr: npt.NDArray[np.float64] = np.empty(0)

    @property
    def ssr(self) -> npt.NDArray[np.float64]:
        """The SSR at every update so far, (updates + 1,); only what is new is worked out."""
        new, start = self.training.vectors[len(self._ssr) :], self.training.start
        if len(new):
            with np.errstate(all="ignore"):
                table = own_units(new, start.sizes, self.measured).T.copy()
                ssr = ManyNetworks(table, start, self.measured).run()
            self._ssr = np.append(self._ssr, np.nan_to_num(ssr, nan=np.inf, posinf=np.inf))
        return self._ssr

    def __len__(self) -> int:
        return len(self.training)


def new_training(data: Dataset, hidden: tuple[int, ...], activation: str, learning_rate: float, seed: int) -> Training:
    """The run that begins at random: Network.random with these hidden layers and this seed. Errors as theirs."""
    if not isinstance(data, Dataset):
        raise TypeError(f"data must be a Dataset, such as dosage() or Dataset.from_csv('my_data.csv'); got {data!r}")
    sizes = (data.inputs.shape[1], *hidden, data.observed.shape[1])
    return Training(Network.random(sizes, activation, seed=seed), data, learning_rate, LIMIT)


def hidden_layers(hidden: object) -> tuple[int, ...]:
    """`hidden` as the nodes in each hidden layer; ValueError unless these are 0 to 3 whole numbers from 1 to 8."""
    nodes = tuple(hidden) if isinstance(hidden, (list, tuple)) else None
    whole = nodes is not None and all(isinstance(n, numbers.Integral) and not isinstance(n, bool) for n in nodes)
    if nodes is None or not whole or len(nodes) > MOST_LAYERS or not all(1 <= n <= MOST_NODES for n in nodes):
        raise ValueError(
            f"hidden must list the nodes of 0 to {MOST_LAYERS} layers, each 1 to {MOST_NODES}, such as (4,); "
            f"got {hidden!r}"
        )
    return tuple(int(n) for n in nodes)


def _all_layers(hidden: tuple[int, ...]) -> tuple[int, ...]:
    """The nodes of these layers, and of those that may be added: as many as the last has."""
    return (*hidden, *(hidden[-1:] or (4,)) * (MOST_LAYERS - len(hidden)))


def _with(items: tuple[Item, ...], place: int, item: Item) -> tuple[Item, ...]:
    return (*items[:place], item, *items[place + 1 :])
