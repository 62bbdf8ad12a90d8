"""The Python that makes what a lab shows: its network, its data, its runs, and the import of what is used."""

from __future__ import annotations

import re

import statquest_bp
from statquest_bp.data import Dataset
from statquest_bp.labs.shipped import OWN, name_of
from statquest_bp.network import Network
from statquest_bp.training import Training
from statquest_bp.video import OPTIMAL

__all__ = ["data_code", "network_code", "program", "training_code"]

MOST_ROWS = 100  # that a few lines of Python can hold
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
    """The Python that makes `data`, to stand at the end of a line: by its name, number by number, or from a file."""
    name = name_of(data)
    if name != OWN:
        return f"{name}()"
    if len(data) > MOST_ROWS:
        return f'Dataset.from_csv("my_data.csv", outputs={data.observed.shape[1]})  # your data, saved in this file'
    tables = (data.inputs, data.observed)
    columns = [(table[:, 0] if table.shape[1] == 1 else table).tolist() for table in tables]
    names = [list(data.input_names), list(data.observed_names)] if _has_names(data) else []
    return f"Dataset({', '.join(map(repr, columns + names))})"


def training_code(training: Training, step: int, seed: int, name: str, own: bool = False) -> list[str]:
    """The lines that make the run again, up to `step`, one for each learning rate it had; `data` are there.

    With `own`, the SSR is told in the units of what was observed; then `measured` are there too.
    """
    sizes, activation = training.start.sizes, training.start.activation
    lines, here = [f'network = Network.random({sizes}, "{activation}", seed={seed})'], "network"
    ends = [begin for begin, _ in training.rates[1:]] + [step]
    for (begin, rate), end in zip(training.rates, ends, strict=True):
        if begin < step or not begin:
            updates = f"max_steps={min(end, step) - begin}, min_step={training.min_step}"
            lines.append(f"run = descend({here}, data, learning_rate={rate!r}, {updates})")
            here = "run.final"
    lead = f"{name}: " if name else ""
    told = "ssr(in_own_units(run.final, measured), measured)" if own else "run.ssr[-1]"
    return [*lines, f'print(f"{lead}SSR = {{{told}:.4f}}")']


def _has_names(data: Dataset) -> bool:
    plain = Dataset(data.inputs, data.observed)
    return (data.input_names, data.observed_names) != (plain.input_names, plain.observed_names)


def program(*lines: str) -> str:
    """These lines below the import of what they use of the package."""
    body = "\n".join(lines)
    used = [name for name in statquest_bp.__all__ if re.search(rf"(?<![.\w]){name}[.(]", body)]
    return f"from statquest_bp import {', '.join(used)}\n\n{body}"
