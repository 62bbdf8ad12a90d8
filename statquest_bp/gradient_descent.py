"""Gradient descent, recorded step by step."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.fast_pass import FastPass
from statquest_bp.fit import check_match, infinite_if_lost
from statquest_bp.network import Network
from statquest_bp.parameters import as_float, check_names, columns_named, named, names_of

__all__ = ["Run", "Step", "descend"]

Array = npt.NDArray[np.float64]

FIRST = 16  # states of a run that are computed before the first look at whether it has ended
DIVERGED = 1e6  # a run has diverged when its SSR passes this many times max(1, SSR at the start)


class Step(NamedTuple):
    """One moment of a run: the `network` there, its `ssr`, the `gradient` (every name) and the next `step_size`.

    `step_size` (optimised names only) = learning rate × slope; the next network has new = old − step_size.
    """

    network: Network
    ssr: float
    gradient: Mapping[str, float]
    step_size: Mapping[str, float]


@dataclass(frozen=True, eq=False, repr=False)
class Run(Sequence[Step]):
    """What `descend` did: run[0] is the start, run[k] the state after k updates; len(run) is updates + 1.

    `vectors` holds all parameters over the steps in one read-only table, (steps, parameters), in the order of
    `parameters`; `ssr` the SSR at each step, (steps,); `status` says why the run ended.
    """

    start: Network
    vectors: Array
    ssr: Array
    slopes: Array
    rate: Array
    status: str

    def __post_init__(self) -> None:
        for array in (self.vectors, self.ssr, self.slopes, self.rate):
            array.flags.writeable = False

    @property
    def parameters(self) -> Mapping[str, Array]:
        """Every parameter's values over the steps, by name: arrays as long as the run."""
        return columns_named(self.start.sizes, self.vectors)

    @property
    def gradient(self) -> Mapping[str, Array]:
        """Every derivative's values over the steps, by name: arrays as long as the run."""
        return columns_named(self.start.sizes, self.slopes)

    @property
    def final(self) -> Network:
        """The network where the run ended; always finite, even if the run diverged."""
        return self.start.with_vector(self.vectors[-1])

    def __len__(self) -> int:
        return len(self.vectors)

    def __getitem__(self, k: int) -> Step:  # type: ignore[override]
        if isinstance(k, bool) or not isinstance(k, numbers.Integral):
            raise TypeError(f"a run takes one whole number, as in run[0]; got {k!r}")
        if not -len(self) <= k < len(self):
            raise IndexError(f"this run has steps 0 to {len(self) - 1}; got {k}")
        slopes = self.slopes[k]
        with np.errstate(all="ignore"):
            sizes = named(self.start.sizes, self.rate * slopes)  # not a number where 0 × ∞, and left out below
        optimised = {name: sizes[name] for name, rate in zip(sizes, self.rate, strict=True) if rate}
        return Step(
            self.start.with_vector(self.vectors[k]),
            float(self.ssr[k]),
            named(self.start.sizes, slopes),
            MappingProxyType(optimised),
        )

    def __iter__(self) -> Iterator[Step]:
        return (self[k] for k in range(len(self)))

    def __repr__(self) -> str:
        return f"Run({len(self) - 1} updates, {self.status}, SSR {self.ssr[0]:.4f} → {self.ssr[-1]:.4f})"


def descend(
    net: Network,
    data: Dataset,
    learning_rate: float = 0.1,
    optimize: Iterable[str] | None = None,
    max_steps: int = 1000,
    min_step: float = 0.001,
) -> Run:
    """Gradient descent from `net`: again and again, new = old − learning rate × slope, all at once.

    `optimize` names the parameters that move; None means all. The run's `status` says why it ended:

    - "converged": every |step size| < `min_step`, so that step is not taken (0.0 never converges);
    - "max steps": `max_steps` updates were made;
    - "diverged": a parameter, or a number on the way to the SSR and the slopes of those that move, was too large for
      float64 (that state is not kept, unless it is the start), or the SSR passed a million times its start (or a
      million, where it starts below 1).

    Raises KeyError for unknown names, ValueError or TypeError for a rate, a limit or data that don't make sense.
    """
    rate, max_steps, min_step = checked(net, data, learning_rate, optimize, max_steps, min_step)

    fast, moving = FastPass(net, data), rate > 0.0
    states, ssr = np.empty((0, 2, len(rate))), np.empty(0)
    with np.errstate(all="ignore"):
        while True:
            # In batches that double: testing for the end once a batch is cheaper than once a step.
            more = _states(fast, rate, min(max(FIRST, len(ssr)), max_steps + 1 - len(ssr)))
            states, ssr = (np.concatenate(pair) for pair in zip((states, ssr), more, strict=True))
            largest_step = np.abs(rate[moving] * states[:, 1, moving]).max(axis=1)
            # No parameter is farther from 0 than this, so while it is finite, they all are
            reach = np.cumsum([np.abs(net.vector).max(), *largest_step[:-1]])
            finite = np.isfinite(ssr) & np.isfinite(largest_step) & np.isfinite(reach)
            diverged = ~finite | (ssr > DIVERGED * max(1.0, ssr[0]))
            ended = np.flatnonzero(diverged | (largest_step < min_step))
            if len(ended) or len(ssr) > max_steps:
                break
    last = ended[0] if len(ended) else max_steps
    status = "max steps" if not len(ended) else "diverged" if diverged[last] else "converged"
    kept = max(1, last + finite[last])
    vectors, slopes = states[:kept, 0].copy(), infinite_if_lost(states[:kept, 1])
    return Run(net, vectors, infinite_if_lost(ssr[:kept]), slopes, rate, status)


def _states(fast: FastPass, rate: Array, count: int) -> tuple[Array, Array]:
    """The next `count` states of a run, parameters and slopes (count, 2, parameters), and their SSR (count,)."""
    states, ssr = np.empty((count, *fast.state.shape)), np.empty(count)
    vector, slopes = fast.vector, fast.slopes
    idle = np.flatnonzero(rate == 0.0)
    for k in range(count):
        residuals = fast.run()
        ssr[k] = np.vdot(residuals, residuals)
        states[k] = fast.state
        step_size = rate * slopes
        if len(idle):
            step_size[idle] = 0.0  # their slope may be infinite, and 0 × ∞ is no number
        vector -= step_size
    return states, ssr


def checked(
    net: Network,
    data: Dataset,
    learning_rate: float,
    optimize: Iterable[str] | None,
    max_steps: int,
    min_step: float,
) -> tuple[Array, int, float]:
    """The learning rate of each parameter, 0 where it isn't optimised, and both limits; errors as in `descend`."""
    check_match(net, data)
    names = names_of(net.sizes)
    rate = np.zeros(len(names))
    rate[indices(names, optimize)] = _positive("learning_rate", learning_rate)
    return rate, _whole("max_steps", max_steps), _at_least_zero("min_step", min_step)


def indices(names: Sequence[str], optimize: Iterable[str] | None) -> list[int]:
    """Where the parameters to optimise stand among `names`; None means all of them."""
    if optimize is None:
        return list(range(len(names)))
    try:
        chosen = list(dict.fromkeys([optimize] if isinstance(optimize, str) else optimize))  # each name once
    except TypeError:
        raise TypeError(f"optimize must list parameters, such as ['b3']; got {optimize!r}") from None
    if not chosen:
        raise ValueError("optimize names no parameter; leave it out to optimise all of them")
    check_names(chosen, names)
    return [names.index(name) for name in chosen]


def _positive(what: str, value: object) -> float:
    number = as_float(what, value)
    if not 0.0 < number < math.inf:
        raise ValueError(f"{what} must be a positive, finite number; got {value!r}")
    return number


def _at_least_zero(what: str, value: object) -> float:
    number = as_float(what, value)
    if not 0.0 <= number < math.inf:
        raise ValueError(f"{what} must be 0 or more, and finite; got {value!r}")
    return number


def _whole(what: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 0:
        raise ValueError(f"{what} must be a whole number from 0 up; got {value!r}")
    return int(value)
