"""What a lab is given, or the lesson's own where it is given nothing."""

from __future__ import annotations

from statquest_bp.data import Dataset, dosage
from statquest_bp.network import Network
from statquest_bp.parameters import check_names
from statquest_bp.video import DETAILS_2, OPTIMAL, statquest_network

__all__ = ["LESSON", "lesson_network", "own_data", "start_of"]

LESSON = dosage()


def lesson_network(network: Network | None, **parameters: float) -> Network:
    """`network`, or for None the lesson's with these parameters; ValueError unless it is built like that one."""
    network = statquest_network(**parameters) if network is None else network
    if not isinstance(network, Network):
        raise TypeError(f"a lab takes a Network, such as statquest_network(b3=0); got {network!r}")
    if (network.sizes, network.activation, network.output_activation) != ((1, 2, 1), "softplus", "identity"):
        raise ValueError(f"this lab is for the lesson's 1-2-1 softplus network; got {network!r}")
    return network


def own_data(data: Dataset | None) -> Dataset:
    """`data`, or for None the lesson's; TypeError where it is none."""
    if data is not None and not isinstance(data, Dataset):
        raise TypeError(f"a lab takes a Dataset, such as dosage(); got {data!r}")
    return LESSON if data is None else data


def start_of(parameter: str, network: Network | None) -> Network:
    """`network`, or for None the lesson's with this parameter where the videos start it. Errors as lesson_network's.

    KeyError for an unknown parameter.
    """
    check_names([parameter], list(OPTIMAL))
    return lesson_network(network, **{parameter: DETAILS_2[parameter]})
