"""How runs of gradient descent ended: in a fit, on a level line, to and fro between two slopes, or nowhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.fit import level_line_ssr
from statquest_bp.many_starts import ManyRuns, descend_many

__all__ = ["ENDINGS", "endings"]

FIT, LEVEL = 0.01, 0.95  # of a level line's SSR: below the one is a fit, above the other no better than the line
AHEAD = 10  # updates that tell a run that swings from one that goes on falling

ENDINGS = {
    "fit": f"its SSR is below {FIT:.0%} of that of the best level line",
    "in between": "its SSR is lower than that of a level line and still falling",
    "swinging": f"its SSR is lower than that of a level line, but one of the next {AHEAD} updates would raise it",
    "level line": f"its SSR is at least {LEVEL:.0%} of that of the best level line",
    "diverged": "its SSR exploded",
}


def endings(runs: ManyRuns, data: Dataset, learning_rate: float) -> npt.NDArray[np.str_]:
    """Which of `ENDINGS` each of the `runs` on `data` came to, at this learning rate: an array (starts,).

    Each is the first of "diverged", "fit", "level line", "swinging", "in between" whose rule holds. At a fit a run may
    swing a little too; on a level line the slopes are so close to 0 that some runs stop there for good.
    """
    level = level_line_ssr(data)
    ends = [runs.network(k) for k in range(len(runs))]
    ahead = [descend_many(ends, data, learning_rate, max_steps=k, min_step=0.0).ssr for k in range(1, AHEAD + 1)]
    with np.errstate(invalid="ignore"):
        rises = (np.diff([runs.ssr, *ahead], axis=0) > 0.0).any(axis=0)
    rules = {
        "diverged": runs.status == "diverged",
        "fit": runs.ssr < FIT * level,
        "level line": runs.ssr >= LEVEL * level,
        "swinging": rises,
    }
    return np.select(list(rules.values()), list(rules), "in between")
