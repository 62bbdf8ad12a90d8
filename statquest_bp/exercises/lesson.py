"""The lesson's numbers that several notebooks ask for, computed by the package."""

from __future__ import annotations

from statquest_bp.chain_rule import Chain, chain
from statquest_bp.data import dosage
from statquest_bp.fit import residuals, ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.landscape import stable_learning_rate
from statquest_bp.video import LEARNING_RATE, statquest_network

__all__ = ["b3_with_slope", "curvature", "lesson_run", "lowest_b3", "rate_limit", "slope_at", "ssr_at"]


def ssr_at(b3: float) -> float:
    """The SSR of the lesson's network with this b3."""
    return ssr(statquest_network(b3=b3), dosage())


def slope_at(b3: float) -> Chain:
    """dSSR/db3 at this b3, link by link."""
    return chain(statquest_network(b3=b3), dosage(), "b3")


def lowest_b3() -> float:
    """The b3 with the smallest SSR: the mean of the residuals at b3 = 0, because there the residuals add up to 0."""
    return float(residuals(statquest_network(b3=0), dosage()).mean())


def lesson_run(b3: float = 0) -> Run:
    """The lesson's descent: b3 alone, from 0 or from another start, with the lesson's learning rate."""
    return descend(statquest_network(b3=b3), dosage(), LEARNING_RATE, ["b3"])


def rate_limit() -> float:
    """The learning rate above which b3 can't settle."""
    return stable_learning_rate(statquest_network(), dosage(), ["b3"])


def curvature() -> float:
    """By how much dSSR/db3 grows for each 1 of b3, the same everywhere: the rate limit is 2 divided by it."""
    return 2 / rate_limit()


def b3_with_slope(slope: float) -> float:
    """The b3 at which dSSR/db3 is `slope`: it is 0 where the SSR is smallest, and grows with b3 at a steady rate."""
    return lowest_b3() + slope / curvature()
