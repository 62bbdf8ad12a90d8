"""What the measurements share: taking turns on one core, and rows with a verdict."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from time import perf_counter
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Row(NamedTuple):
    """One number measured, `what` it is, its unit, and the target it is held against, if any."""

    what: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool:
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    def __str__(self) -> str:
        target = verdict = ""
        for word, limit in (("at least", self.at_least), ("at most", self.at_most)):
            if limit is not None:
                target, verdict = f"{word} {limit:g}", "pass" if self.met else "MISS"
        return f"| {self.what} | {target} | {self.value:.3g} {self.unit} | {verdict} |"


def on_one_core() -> None:
    """Keep this process, and the threads it will start, on one core, where the system can do so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def taking_turns(runs: Mapping[T, Callable[[], object]], rounds: int) -> dict[T, list[float]]:
    """The seconds that each of `runs` takes in each round but the first, which doesn't count."""
    seconds: dict[T, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = perf_counter()
            run()
            seconds[name].append(perf_counter() - start)
    return {name: times[1:] for name, times in seconds.items()}


def times_as_long(others: Iterable[float], ours: Iterable[float]) -> float:
    """The median, over the rounds, of how many times as long the others take: a busy moment slows both."""
    return median(other / own for other, own in zip(others, ours, strict=True))


def main(title: str, rows: Iterable[Row]) -> None:
    """Print `rows` as a table under `title`; the process ends with 1 where one misses its target."""
    rows = list(rows)
    print(f"## {title}\n\n| | target | measured | |\n|---|---|---|---|")
    print("\n".join(map(str, rows)), flush=True)
    sys.exit(0 if all(row.met for row in rows) else 1)
