"""Gradient descent from many starts at once: where each of them ends."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.gradient_descent import DIVERGED, checked
from statquest_bp.many_networks import LONG, ManyNetworks
from statquest_bp.network import Network
from statquest_bp.parameters import columns_named

__all__ = ["ManyRuns", "descend_many"]

Array = npt.NDArray[np.float64]

FEW = 256  # starts at a time, at least: with fewer, the calls cost more than what they do


@dataclass(frozen=True, eq=False, repr=False)
class ManyRuns:
    """Where the runs of `descend_many` ended, in the order of the starts; nothing in it can be changed.

    `ssr`, `status` and `steps` (the updates made) are arrays (starts,), and so is each of `parameters`. `ends` has one
    row a parameter and one column a start, and `like` is a network of the same shape.
    """

    like: Network
    ends: Array
    ssr: Array
    status: npt.NDArray[np.str_]
    steps: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.ends, self.ssr, self.status, self.steps):
            array.flags.writeable = False

    @property
    def parameters(self) -> Mapping[str, Array]:
        """Every parameter's values where the runs ended, by name: arrays (starts,), always finite."""
        return columns_named(self.like.sizes, self.ends.T)

    def network(self, k: int) -> Network:
        """The network where the run from start `k` ended; IndexError if there is no such start."""
        return self.like.with_vector(self.ends[:, k])

    def __reduce__(self) -> tuple[object, ...]:
        return ManyRuns, (self.like, self.ends, self.ssr, self.status, self.steps)

    def __len__(self) -> int:
        return len(self.ssr)

    def __repr__(self) -> str:
        counts = Counter(self.status.tolist()).most_common()
        return f"ManyRuns({len(self)} starts: {', '.join(f'{count} {status}' for status, count in counts)})"


def descend_many(
    networks: Iterable[Network],
    data: Dataset,
    learning_rate: float = 0.1,
    optimize: Iterable[str] | None = None,
    max_steps: int = 1000,
    min_step: float = 0.001,
) -> ManyRuns:
    """`descend` from each of `networks`, all at once: the same steps and the same three endings, but no record.

    The networks must have the same sizes and activations. Raises ValueError if they don't or if there are none,
    TypeError if one isn't a Network, and otherwise as `descend` does.
    """
    starts = _alike(networks)
    like = starts[0]
    rates, max_steps, min_step = checked(like, data, learning_rate, optimize, max_steps, min_step)
    table = np.array([net.vector for net in starts]).T
    some = max(FEW, LONG // (max(like.sizes) * len(data)))
    with np.errstate(all="ignore"):
        blocks = [
            _descend(table[:, k : k + some].copy(), like, data, rates[:, np.newaxis], max_steps, min_step)
            for k in range(0, len(starts), some)
        ]
    ends, ssr, status, steps = (np.concatenate(parts, axis=-1) for parts in zip(*blocks, strict=True))
    ssr[np.isnan(ssr)] = math.inf  # as in `ssr`
    return ManyRuns(like, ends, ssr, status, steps)


def _descend(
    table: Array, like: Network, data: Dataset, rates: Array, max_steps: int, min_step: float
) -> tuple[Array, Array, npt.NDArray[np.str_], npt.NDArray[np.int64]]:
    """Where each column of `table` ends, its SSR there, its status and its updates, by the rules of `descend`."""
    starts = table.shape[1]
    ends, ssrs, statuses, steps = table.copy(), np.empty(starts), np.empty(starts, "U9"), np.empty(starts, np.int64)
    moving = np.arange(starts)  # the starts that haven't ended, one for each column of the table
    last, last_ssr, limit = ends, ssrs, ssrs
    reach = np.abs(table).max(axis=0)  # as in `descend`: while it is finite, all parameters are
    idle = np.flatnonzero(rates == 0.0)
    many = ManyNetworks(table, like, data)
    for k in range(max_steps + 1):
        ssr = many.run()
        step = np.multiply(rates, many.slopes, out=many.slopes)
        if len(idle):
            step[idle] = 0.0  # their slope may be infinite, and 0 × ∞ is no number
        largest_step = np.maximum.reduce(np.abs(step), axis=0)
        if k == 0:
            limit = np.minimum(DIVERGED * np.fmax(1.0, ssr), sys.float_info.max)
        finite = np.maximum(largest_step, reach) < math.inf
        going = finite & (ssr <= limit) & (largest_step >= min_step) & (k < max_steps)
        if not going.all():
            ended = ~going
            finite &= np.isfinite(ssr)
            lost = ~finite & (k > 0)  # then the state before counts
            here = moving[ended]
            ends[:, here] = np.where(lost, last, many.table)[:, ended]
            ssrs[here] = np.where(lost, last_ssr, ssr)[ended]
            steps[here] = (k - lost)[ended]
            tests = [~finite | (ssr > limit), largest_step < min_step]
            statuses[here] = np.select(tests, ["diverged", "converged"], "max steps")[ended]
            if ended.all():
                break
            moving, reach, limit, ssr, largest_step = (
                values[going] for values in (moving, reach, limit, ssr, largest_step)
            )
            step = np.compress(going, step, axis=1)
            many = ManyNetworks(np.compress(going, many.table, axis=1), like, data)
        last, last_ssr = many.table.copy(), ssr
        many.table -= step
        reach += largest_step
    return ends, ssrs, statuses, steps


def _alike(networks: Iterable[Network]) -> list[Network]:
    """All `networks` in a list, once they are known to have one shape."""
    try:
        starts = list(networks)
    except TypeError:
        raise TypeError(f"expected a list of Networks first; got {networks!r}") from None
    if not starts:
        raise ValueError("networks is empty: at least one start is needed")
    for k, net in enumerate(starts):
        if not isinstance(net, Network):
            raise TypeError(f"networks must hold Networks only; networks[{k}] is {net!r}")
    kind = starts[0].kind
    for k, net in enumerate(starts):
        if net.kind != kind:
            first, other = (f"{'-'.join(map(str, sizes))} {' '.join(names)}" for sizes, *names in (kind, net.kind))
            raise ValueError(f"the networks must have one shape; networks[0] is {first} but networks[{k}] is {other}")
    return starts
