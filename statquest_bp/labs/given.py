"""What a lab is given, or the lesson's own where it is given nothing."""

from __future__ import annotations

import numpy as np

from statquest_bp.data import Dataset, dosage
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.video import DETAILS_2, OPTIMAL, statquest_network

__all__ = ["LESSON", "check_reach", "lesson_network", "own_data", "start_of"]

LESSON = dosage()
LARGEST = 1e150  # of a data set: the squares of larger values are beyond float64, and no axis reaches so far
FARTHEST = 1e9  # of a parameter: beyond, a slider's step is lost in its digits


def lesson_network(network: Network | None, **parameters: float) -> Network:
    """`network`, or for None the lesson's with these parameters; ValueError unless it is built like that one.

    ValueError also where a parameter is too far from 0 to be shown.
    """
    network = statquest_network(**parameters) if network is None else network
    if not isinstance(network, Network):
        raise TypeError(f"a lab takes a Network, such as statquest_network(b3=0); got {network!r}")
    if (network.sizes, network.activation, network.output_activation) != ((1, 2, 1), "softplus", "identity"):
        raise ValueError(f"this lab is for the lesson's 1-2-1 softplus network; got {network!r}")
    check_reach(network)
    return network


def check_reach(network: Network) -> None:
    """ValueError where a parameter is too far from 0 to be shown."""
    for name, value in network.parameters.items():
        if abs(value) > FARTHEST:
            raise ValueError(f"a lab shows parameters of up to {FARTHEST:,.0f} in size; got {name} = {value:g}")


def own_data(data: Dataset | None) -> Dataset:
    """`data`, or for None the lesson's; TypeError if it isn’t one, ValueError if it is too large to be squared."""
    if data is not None and not isinstance(data, Dataset):
        raise TypeError(f"a lab takes a Dataset, such as dosage(); got {data!r}")
    data = LESSON if data is None else data
    for what, values in (("inputs", data.inputs), ("observed values", data.observed)):
        farthest = float(values.flat[np.abs(values).argmax()])
        if abs(farthest) > LARGEST:
            raise ValueError(
                f"the {what} of a lab can be up to {LARGEST:g} in size, so that they can be squared; got {farthest:g}. "
                "Write them in larger units"
            )
    return data


def start_of(parameter: str, network: Network | None) -> Network:
    """`network`, or for None the lesson's with this parameter where the videos start it. Errors as lesson_network's.

    KeyError for an unknown parameter.
    """
    check_names([parameter], list(OPTIMAL))
    return lesson_network(network, **{parameter: DETAILS_2[parameter]})
