"""The Python that does again what a training lab did: its data, and its runs."""

from __future__ import annotations

from statquest_bp.data import Dataset
from statquest_bp.labs.shipped import OWN, name_of
from statquest_bp.training import Training

__all__ = ["data_code", "training_code"]

MOST_ROWS = 100  # that a few lines of Python can hold


def data_code(base: Dataset, scaled: bool) -> str:
    """The Python that makes the data set, `scaled` or not, beside what else a network is trained with."""
    name, lines = name_of(base), ["from statquest_bp import Dataset, Network, descend\n"]
    if name != OWN:
        lines = [f"from statquest_bp import Network, descend, {name}\n", f"data = {name}()"]
    elif len(base) <= MOST_ROWS:
        columns = (
            f"    {what}={table.tolist()}," for what, table in (("inputs", base.inputs), ("observed", base.observed))
        )
        names = f"    input_names={list(base.input_names)}, observed_names={list(base.observed_names)},"
        lines += ["data = Dataset(", *columns, names, ")"]
    else:
        outputs = base.observed.shape[1]
        lines.append(f'data = Dataset.from_csv("my_data.csv", outputs={outputs})  # your data, saved in this file')
    return "\n".join([*lines, "data = data.scaled()"] if scaled else lines)


def training_code(training: Training, step: int, seed: int, name: str) -> str:
    """The Python that makes the run again, up to `step`, one line for each learning rate it had."""
    sizes, activation = training.start.sizes, training.start.activation
    lines, here = [f'network = Network.random({sizes}, "{activation}", seed={seed})'], "network"
    ends = [begin for begin, _ in training.rates[1:]] + [step]
    for (begin, rate), end in zip(training.rates, ends, strict=True):
        if begin < step or not begin:
            updates = f"max_steps={min(end, step) - begin}, min_step={training.min_step}"
            lines.append(f"run = descend({here}, data, learning_rate={rate!r}, {updates})")
            here = "run.final"
    lead = f"{name}: " if name else ""
    return "\n".join([*lines, f'print(f"{lead}SSR = {{run.ssr[-1]:.4f}}")'])
