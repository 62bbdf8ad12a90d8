"""The ledger: every number the video shows, the digits it shows, when, and the code that computes it.

Source: StatQuest with Josh Starmer, "Neural Networks Pt. 2: Backpropagation Main Ideas". The video computes with full
precision and rounds what it shows; computing on from the shown digits gives slightly different numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from statquest_bp.chain_rule import gradient
from statquest_bp.data import dosage
from statquest_bp.fit import ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.network import Network

__all__ = ["LEARNING_RATE", "MAIN_IDEAS", "OPTIMAL", "Shown", "digits", "ledger", "statquest_network"]

OPTIMAL = {"w1": 3.34, "b1": -1.43, "w2": -3.53, "b2": 0.57, "w3": -1.22, "w4": -2.30, "b3": 2.61}
LEARNING_RATE = 0.1


def statquest_network(**parameters: float) -> Network:
    """The lesson's 1-2-1 softplus network at its optimal parameters, to the two decimals that the video shows.

    Keywords override: `statquest_network(b3=0)` is where the lesson starts. KeyError for an unknown parameter,
    ValueError for a value that isn't finite.
    """
    return Network.from_parameters((1, 2, 1), OPTIMAL).replace(**parameters)


class Shown(NamedTuple):
    """One number of the video: when it appears, what it is, the digits shown, and how to `compute` it in full."""

    time: str
    what: str
    digits: str
    compute: Callable[[], float]


def _at(b3: float) -> Network:
    return statquest_network(b3=b3)


def _lesson() -> Run:
    return descend(_at(0), dosage(), LEARNING_RATE, ["b3"])


MAIN_IDEAS = (
    Shown("6:18", "predicted at dosage 0, b3 = 0", "-2.6", lambda: _at(0).predict([0])[0, 0]),
    Shown("6:18", "predicted at dosage 0.5, b3 = 0", "-1.61", lambda: _at(0).predict([0.5])[0, 0]),
    Shown("6:18", "predicted at dosage 1, b3 = 0", "-2.61", lambda: _at(0).predict([1])[0, 0]),
    Shown("6:52", "SSR at b3 = 0", "20.4", lambda: ssr(_at(0), dosage())),
    Shown("6:52–8:03", "SSR at b3 = 1", "7.8", lambda: ssr(_at(1), dosage())),
    Shown("6:52–8:03", "SSR at b3 = 2", "1.11", lambda: ssr(_at(2), dosage())),
    Shown("8:03", "SSR at b3 = 3", "0.46", lambda: ssr(_at(3), dosage())),
    Shown("14:13", "slope at b3 = 0", "-15.7", lambda: gradient(_at(0), dosage())["b3"]),
    Shown("14:13–15:00", "step size at b3 = 0", "-1.57", lambda: _lesson()[0].step_size["b3"]),
    Shown("15:00", "b3 after one step", "1.57", lambda: _lesson().parameters["b3"][1]),
    Shown("15:09", "slope after one step", "-6.26", lambda: _lesson()[1].gradient["b3"]),
    Shown("15:34", "b3 after two steps", "2.19", lambda: _lesson().parameters["b3"][2]),
    Shown("15:51", "b3 where the steps end", "2.61", lambda: _lesson().final.parameters["b3"]),
)


def ledger(about: str = "") -> str:
    """The rows whose `what` holds the text `about` (empty: all of them): time, what, digits shown, computed."""
    rows = [row for row in MAIN_IDEAS if about in row.what]
    lines = [f"{'video':>11}  {'what':<34}{'shown':>7}{'computed':>12}"]
    lines += [f"{row.time:>11}  {row.what:<34}{minus(row.digits):>7}{exact(row.compute(), 6):>12}" for row in rows]
    return "\n".join(lines)


def digits(value: float, is_ssr: bool = False) -> str:
    """`value` rounded for display as the video rounds: two decimals, one from 10 up (an SSR: from 5 up), no 0s behind.

    Display only: nothing is ever computed from the rounded digits.
    """
    decimals = 1 if abs(value) >= (5 if is_ssr else 10) else 2
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return minus("0" if text in ("-0", "") else text)


def exact(value: float, decimals: int = 4) -> str:
    """`value` with a fixed number of decimals and a true minus sign; very large values in powers of ten."""
    text = f"{value:.{decimals}f}" if abs(value) < 1e9 else f"{value:.3e}"
    return minus(text.lstrip("-") if not text.strip("-0.") else text)


def minus(text: str) -> str:
    """`text` with a true minus sign for its hyphens before digits."""
    return text.replace("-", "−")
