"""What a training lab shows: its runs, where in them it stands, and how they are told in the learner's own units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.fit import own_units
from statquest_bp.many_networks import ManyNetworks
from statquest_bp.network import Network
from statquest_bp.training import Training

__all__ = ["LIMIT", "InOwnUnits", "Trained", "new_training"]

LIMIT = 20_000  # updates: what is recorded of the largest network then fills some 30 MB


class Trained(NamedTuple):
    """The runs side by side (one or two), the update on show, the seed of their starts, and where the data come from.

    `base` are the data as they came, `scaled` whether their inputs were scaled, `chosen` what they are called, `view`
    which picture is on show where there is a choice. `measured` is None, or where what was observed is scaled for the
    training, the same data with that in its own units.
    """

    trainings: tuple[Training, ...]
    step: int
    seed: int
    base: Dataset
    scaled: bool = False
    chosen: str = ""
    view: str = ""
    measured: Dataset | None = None


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
