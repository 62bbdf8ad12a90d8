"""What a training lab shows: its runs, and where in them it stands."""

from __future__ import annotations

from typing import NamedTuple

from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.training import Training

__all__ = ["LIMIT", "Trained", "new_training"]

LIMIT = 20_000  # updates: what is recorded of the largest network then fills some 30 MB


class Trained(NamedTuple):
    """The runs side by side (one or two), the update on show, the seed of their starts, and where the data come from.

    `base` are the data as they came, `scaled` whether their inputs were scaled, `chosen` what they are called, `view`
    which picture is on show where there is a choice.
    """

    trainings: tuple[Training, ...]
    step: int
    seed: int
    base: Dataset
    scaled: bool = False
    chosen: str = ""
    view: str = ""


def new_training(data: Dataset, hidden: tuple[int, ...], activation: str, learning_rate: float, seed: int) -> Training:
    """The run that begins at random: Network.random with these hidden layers and this seed. Errors as theirs."""
    if not isinstance(data, Dataset):
        raise TypeError(f"data must be a Dataset, such as dosage() or Dataset.from_csv('my_data.csv'); got {data!r}")
    sizes = (data.inputs.shape[1], *hidden, data.observed.shape[1])
    return Training(Network.random(sizes, activation, seed=seed), data, learning_rate, LIMIT)
