"""The Python that makes what a lab shows: its network, its data, and the import of what is used."""

from __future__ import annotations

import re

import numpy as np

import statquest_bp
from statquest_bp.data import Dataset, dosage
from statquest_bp.network import Network
from statquest_bp.video import OPTIMAL

__all__ = ["data_code", "network_code", "program"]

USUAL = {"activation": "softplus", "output_activation": "identity"}  # what Network takes when nothing is said


def network_code(network: Network) -> str:
    """The Python that makes `network`: for the lesson's, statquest_network with what differs from the optimum."""
    kinds = {"activation": network.activation, "output_activation": network.output_activation}
    unusual = {name: kind for name, kind in kinds.items() if kind != USUAL[name]}
    if network.sizes == (1, 2, 1) and not unusual:
        changed = {name: value for name, value in network.parameters.items() if value != OPTIMAL[name]}
        return "statquest_network({})".format(", ".join(f"{name}={value!r}" for name, value in changed.items()))
    how = "".join(f', {name}="{kind}"' for name, kind in unusual.items())
    return f"Network.from_parameters({network.sizes}, {dict(network.parameters)!r}{how})"


def data_code(data: Dataset) -> str:
    """The Python that makes `data`, number by number; the lesson's has a name."""
    lesson, tables = dosage(), (data.inputs, data.observed)
    if all(map(np.array_equal, tables, (lesson.inputs, lesson.observed))):
        return "dosage()"
    inputs, observed = ((table[:, 0] if table.shape[1] == 1 else table).tolist() for table in tables)
    return f"Dataset({inputs}, {observed})"


def program(*lines: str) -> str:
    """These lines below the import of what they use of the package."""
    body = "\n".join(lines)
    used = [name for name in statquest_bp.__all__ if re.search(rf"(?<![.\w]){name}[.(]", body)]
    return f"from statquest_bp import {', '.join(used)}\n\n{body}"
