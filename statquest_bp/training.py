"""Gradient descent that goes on where it stopped, slice by slice, and remembers every update."""

from __future__ import annotations

import math
from collections.abc import Mapping
from time import perf_counter

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.gradient_descent import DIVERGED, Run, descend
from statquest_bp.network import Network
from statquest_bp.parameters import columns_named

__all__ = ["Training"]

Array = npt.NDArray[np.float64]


class Training:
    """What `descend` does, in slices of any length: update k is the same number for number.

    `advance` makes the next updates, `branch` goes on from an earlier one with another learning rate. What is recorded
    never changes, it only grows: `len` is updates + 1, `ssr` (updates + 1,) and `parameters` cover all of them.
    `status` is "going" until the run ends as one of `descend` does: "converged", "diverged" or, after `limit` updates,
    "max steps". `rates` are pairs: from which update on, which learning rate.

    Raises ValueError or TypeError as `descend` does.
    """

    def __init__(
        self, start: Network, data: Dataset, learning_rate: float, limit: int = 20_000, min_step: float = 1e-7
    ) -> None:
        self.start, self.data, self.limit, self.min_step = start, data, limit, min_step
        self._count = 0
        self._vectors, self._ssr = np.empty((1, len(start.vector))), np.empty(1)
        self._begin(0, learning_rate, ())
        self._take(self._descend(start, 0), skip=0)

    @property
    def ssr(self) -> Array:
        """The SSR at every update so far, (updates + 1,), read-only."""
        return _read_only(self._ssr[: self._count])

    @property
    def vectors(self) -> Array:
        """All parameters over the updates so far in one read-only table, (updates + 1, parameters)."""
        return _read_only(self._vectors[: self._count])

    @property
    def parameters(self) -> Mapping[str, Array]:
        """Every parameter's values over the updates so far, by name: read-only arrays (updates + 1,)."""
        return columns_named(self.start.sizes, self.vectors)

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next update."""
        return self.rates[-1][1]

    def network(self, step: int) -> Network:
        """The network after so many updates, 0 being the start; IndexError if it isn't made yet."""
        if not 0 <= step < self._count:
            raise IndexError(f"this run has steps 0 to {self._count - 1}; got {step}")
        return self.start.with_vector(self._vectors[step])

    def advance(self, updates: int, seconds: float = math.inf) -> None:
        """Make so many updates more, or as many as fit into `seconds` (one at least), unless the run has ended."""
        began, left, slice_ = perf_counter(), min(updates, self.limit - self._count + 1), 1
        while self.status == "going" and left > 0:
            here, before = self.network(self._count - 1), self._count
            self._take(self._descend(here, min(slice_, left)))
            left -= self._count - before
            if 2 * (perf_counter() - began) > seconds:  # the next slice takes as long as all before it
                return
            slice_ *= 2

    def branch(self, step: int, learning_rate: float) -> Training:
        """The same run up to `step`, which goes on from there with this learning rate; this one stays as it is."""
        self.network(step)  # is there such a step?
        other = Training(self.start, self.data, learning_rate, self.limit, self.min_step)
        other._count = 0
        other._keep(self._vectors[: step + 1], self._ssr[: step + 1])
        other._begin(step, learning_rate, tuple(pair for pair in self.rates if pair[0] < step))
        other._take(other._descend(other.network(step), 0))
        return other

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"Training({self._count - 1} updates, {self.status}, SSR {self.ssr[0]:.4f} → {self.ssr[-1]:.4f})"

    def _begin(self, step: int, learning_rate: float, before: tuple[tuple[int, float], ...]) -> None:
        self.rates = (*before, (step, learning_rate))
        self.status = "going"

    def _descend(self, here: Network, updates: int) -> Run:
        return descend(here, self.data, self.learning_rate, max_steps=updates, min_step=self.min_step)

    def _take(self, run: Run, skip: int = 1) -> None:
        """Record a slice, without the state that it shares with the one before, and see whether the run has ended."""
        self._keep(run.vectors[skip:], run.ssr[skip:])
        # `descend` compares the SSR with where the slice began; here it counts where this learning rate began
        begin = self.rates[-1][0]
        ssr = self._ssr[begin : self._count]
        over = np.flatnonzero(ssr > DIVERGED * max(1.0, float(ssr[0])))
        if len(over):
            self._count, self.status = begin + int(over[0]) + 1, "diverged"
        elif run.status == "diverged" and len(run) == 1:  # the next update is not finite
            self.status = "diverged"
        elif run.status == "converged":
            self.status = "converged"
        elif self._count > self.limit:
            self.status = "max steps"

    def _keep(self, vectors: Array, ssr: Array) -> None:
        count = self._count + len(ssr)
        if count > len(self._ssr):  # twice the room each time: however many slices, little is copied
            room = min(max(2 * len(self._ssr), count), max(self.limit + 1, count))
            self._vectors, self._ssr = np.resize(self._vectors, (room, vectors.shape[1])), np.resize(self._ssr, room)
        self._vectors[self._count : count], self._ssr[self._count : count] = vectors, ssr
        self._count = count


def _read_only(array: Array) -> Array:
    view = array.view()
    view.flags.writeable = False
    return view
