"""The state of the DiagramLab: how far its sweep through the network is, or which chain is lit; and what is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from statquest_bp import walkthrough
from statquest_bp.chain_rule import Chain
from statquest_bp.fit import Fitted
from statquest_bp.network import Network

__all__ = ["NO_CHAIN", "SeenSweep", "Sweep", "names_of"]

NO_CHAIN = "none"


class Sweep(NamedTuple):
    """The network and the data point on show, the step of the sweep, and the parameter whose chain is lit instead."""

    network: Network
    point: int
    step: int
    parameter: str | None

    def at(self, step: int) -> Sweep:
        """At this step of the sweep, or the nearest there is; no chain is lit any longer."""
        return self._replace(step=min(max(step, 0), walkthrough.LAST), parameter=None)

    def at_point(self, point: int) -> Sweep:
        """The same at another data point."""
        return self._replace(point=point)

    def choose(self, parameter: str) -> Sweep:
        """Light up the chain of this parameter, or of none."""
        return self._replace(parameter=None if parameter == NO_CHAIN else parameter)

    def move(self, name: str, value: float) -> Sweep:
        """The same with another value of one parameter."""
        return self._replace(network=self.network.replace(**{name: value}))


class SeenSweep(NamedTuple):
    """What is on show, how well the network fits, all its chains, and every number at the data point, by its name."""

    sweep: Sweep
    fit: Fitted
    chains: tuple[Chain, ...]
    values: Mapping[str, float]

    @property
    def lit(self) -> Chain | None:
        """The chain that is lit, if a parameter is chosen."""
        return next((slope for slope in self.chains if slope.parameter == self.sweep.parameter), None)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the values on show: what the sweep has reached, or all that is forward and the chain's links."""
        if self.lit is None:
            return walkthrough.known(self.sweep.step)
        return (*walkthrough.known(len(walkthrough.FORWARD)), *names_of(self.lit))

    @property
    def dosage(self) -> str:
        """The dosage of the data point."""
        return f"{self.fit.data.inputs[self.sweep.point, 0]:g}"


def names_of(lit: Chain) -> list[str]:
    """The names of its links."""
    return [f"d{link.top}/d{link.bottom}" for link in lit.links]
