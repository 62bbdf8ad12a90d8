"""Observed data: what goes in, and what should come out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from numbers import Integral, Real
from pathlib import Path

import numpy as np
import numpy.typing as npt

from statquest_bp.csv_text import read_file, read_table

__all__ = ["Dataset", "dosage", "growth", "spring"]

DATASETS = Path(__file__).parent / "datasets"
MOST_INPUTS, MOST_OUTPUTS = 4, 3  # of a learner's own data: more make no readable picture

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Dataset:
    """Observations, one row a point: `inputs` (n, n_in) and `observed` (n, n_out), both read-only float64.

    A flat list becomes one column. `input_names` and `observed_names` label the columns (default: "Input" and
    "Observed", numbered where there are several).

    Raises ValueError for no points, unequal lengths, NaN or infinity, and for names that don't match the columns;
    TypeError for values that are not real numbers.
    """

    inputs: Array
    observed: Array
    input_names: tuple[str, ...]
    observed_names: tuple[str, ...]

    def __init__(
        self,
        inputs: npt.ArrayLike,
        observed: npt.ArrayLike,
        input_names: list[str] | tuple[str, ...] | None = None,
        observed_names: list[str] | tuple[str, ...] | None = None,
    ) -> None:
        x, y = as_columns(inputs, "inputs"), as_columns(observed, "observed")
        if len(x) != len(y):
            raise ValueError(
                f"inputs and observed must have one row for each point; got {len(x)} inputs and {len(y)} observed"
            )
        for name, value in (
            ("inputs", x),
            ("observed", y),
            ("input_names", _column_names(input_names, "Input", x.shape[1], "input_names")),
            ("observed_names", _column_names(observed_names, "Observed", y.shape[1], "observed_names")),
        ):
            object.__setattr__(self, name, value)

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str], outputs: int = 1) -> Dataset:
        """Your own data from a CSV file, 1 MB at most: a row for each point, and above them, if you like, the names.

        The last `outputs` columns (1 to 3) are observed, the 1 to 4 before them are the inputs. Commas, semicolons or
        tabs stand between the columns; with the latter two, decimal commas are read as well. What is empty, lines or
        columns, doesn't count.

        Raises FileNotFoundError if there is no such file, ValueError (with the line, and what to do) for a table
        that isn't like that or can mean two things, TypeError if `path` isn't a path or `outputs` isn't a whole number.
        """
        return cls.from_text(read_file(path), outputs)

    @classmethod
    def from_text(cls, text: str, outputs: int = 1) -> Dataset:
        """The same as `from_csv`, from the text itself: `Dataset.from_text("Dosage,Efficacy\\n0,0\\n0.5,1\\n1,0")`."""
        if isinstance(outputs, bool) or not isinstance(outputs, Integral):
            raise TypeError(f"outputs must be a whole number of columns; got {outputs!r}")
        if not 1 <= outputs <= MOST_OUTPUTS:
            raise ValueError(f"outputs must be 1 to {MOST_OUTPUTS} columns, the last ones; got {outputs}")
        names, rows = read_table(text, int(outputs), MOST_INPUTS)
        n_in = len(rows[0]) - int(outputs)
        table = np.array(rows)
        data = cls(table[:, :n_in], table[:, n_in:])
        if names is None:
            return data
        names = [name or default for name, default in zip(names, data.input_names + data.observed_names, strict=True)]
        return cls(data.inputs, data.observed, names[:n_in], names[n_in:])

    def scaled(self, inputs: bool = True, observed: bool = False) -> Dataset:
        """The same points with each column of inputs running from 0 to 1: (input − lowest) / (highest − lowest).

        `observed=True` does the same with what was observed, `inputs=False` leaves the inputs as they are.

        Why the inputs: a weight's slope is a sum of terms, each multiplied by an input. An age of 70 makes the slopes
        of its weights some 70 times those of an input near 1, so that no learning rate suits both: what is small enough
        for the one hardly moves the other. From 0 to 1, their steps are about as large. The name tells: "Age (0 to 1)".

        Why what was observed: every slope begins with −2 × (observed − predicted). Prices of some hundreds make the
        first steps so long that they throw the hidden nodes to where their bends are level, and then only the last bias
        learns. `in_own_units` brings a network that was trained so back to the units of the observations.

        A column of equal values becomes 0, "Age (always 0)": it tells no point from another, and its weights stay where
        they are. What runs from 0 to 1 already stays as it is.
        """
        x, x_names = _from_0_to_1(self.inputs, self.input_names) if inputs else (self.inputs, self.input_names)
        y, y_names = (
            _from_0_to_1(self.observed, self.observed_names) if observed else (self.observed, self.observed_names)
        )
        return Dataset(x, y, x_names, y_names)

    def __reduce__(self) -> tuple[object, ...]:
        return Dataset, (self.inputs, self.observed, self.input_names, self.observed_names)

    def __len__(self) -> int:
        return len(self.inputs)

    def __repr__(self) -> str:
        points = "1 point" if len(self) == 1 else f"{len(self)} points"
        return f"Dataset({points}: {', '.join(self.input_names)} → {', '.join(self.observed_names)})"


def dosage() -> Dataset:
    """The lesson's three points: dosages 0, 0.5 and 1 (low, medium, high) with efficacies 0, 1 and 0.

    Source: StatQuest, "Neural Networks Pt. 2: Backpropagation Main Ideas", 3:55.
    """
    return Dataset([0, 0.5, 1], [0, 1, 0], ["Dosage"], ["Efficacy"])


def spring() -> Dataset:
    """A weight that bounces on a spring and comes to rest: 40 noisy measurements of its height (cm) over time (s).

    Made up for this course, CC0: see datasets/README.md.
    """
    return Dataset.from_csv(DATASETS / "spring.csv")


def growth() -> Dataset:
    """How much 60 plants grow (cm), by the temperature (°C) and the water (ml) they get; noisy. Worth `scaled()`.

    Made up for this course, CC0: see datasets/README.md.
    """
    return Dataset.from_csv(DATASETS / "growth.csv")


def as_columns(values: npt.ArrayLike, what: str) -> Array:
    """`values` as a read-only (n, columns) array of finite float64; a flat list becomes one column.

    Raises ValueError or TypeError, naming `what` and the offending value.
    """
    array = as_finite(values, what)
    if array.ndim == 1:
        array = array[:, np.newaxis]
    if array.ndim != 2:
        raise ValueError(f"{what} must be a list of numbers or a table of rows and columns; got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{what} is empty: at least one point is needed")
    array.flags.writeable = False
    return array


def as_finite(values: npt.ArrayLike, what: str) -> Array:
    """A float64 copy of `values`, any shape; ValueError or TypeError unless all are finite real numbers."""
    try:
        raw = np.asarray(values)
    except ValueError:
        raise ValueError(f"{what} must have rows of equal length; got {values!r}") from None
    if raw.dtype.kind not in "biuf":
        for value in np.asarray(values, dtype=object).ravel().tolist():
            if not isinstance(value, Real):
                raise TypeError(f"{what} must hold numbers only; got {value!r}")
    try:
        array = np.array(raw, dtype=np.float64)
    except OverflowError:
        raise ValueError(f"{what} must be finite; got a whole number too large for float64") from None
    wrong = ~np.isfinite(array)
    if wrong.any():
        row = np.argwhere(wrong)[0]
        where = f" at row {row[0] + 1}" if len(row) else ""
        raise ValueError(f"{what} must be finite; got {array[tuple(row)]}{where}")
    return array


def _from_0_to_1(table: Array, names: tuple[str, ...]) -> tuple[Array, tuple[str, ...]]:
    """Each column (value − lowest) / (highest − lowest), one of equal values 0; and what to call it."""
    table, told = table.copy(), list(names)
    for i, column in enumerate(table.T):
        low, high = float(column.min()), float(column.max())
        if (low, high) in ((0.0, 1.0), (0.0, 0.0)):
            continue
        half = 1.0 if np.isfinite(high - low) else 0.5  # a range beyond float64 is halved first
        span = half * high - half * low
        with np.errstate(under="ignore"):
            column[:] = (half * column - half * low) / span if span else 0.0
        told[i] += " (0 to 1)" if span else " (always 0)"
    return table, tuple(told)


def _column_names(names: list[str] | tuple[str, ...] | None, word: str, count: int, what: str) -> tuple[str, ...]:
    if names is None:
        return (word,) if count == 1 else tuple(f"{word} {i}" for i in range(1, count + 1))
    if not isinstance(names, (list, tuple)):
        raise TypeError(f"{what} must be a list of names, such as ['Dosage']; got {names!r}")
    if len(names) != count:
        raise ValueError(f"{what} must name {count} column(s); got {list(names)!r}")
    return tuple(str(name) for name in names)
