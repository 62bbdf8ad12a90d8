"""The network with one chain lit: which links lead back from the SSR to a parameter, without their numbers."""

from __future__ import annotations

from statquest_bp.chain_rule import chain
from statquest_bp.digits import exact
from statquest_bp.labs.given import LESSON, start_of
from statquest_bp.labs.live_figure import LiveFigure
from statquest_bp.labs.sweep import names_of
from statquest_bp.network import Network
from statquest_bp.plots import draw_diagram, new_figure
from statquest_bp.plots.diagram import DIAGRAM_SIZE

__all__ = ["chain_picture"]


def chain_picture(parameter: str = "b3", network: Network | None = None) -> LiveFigure:
    """The diagram of `network` (None: the lesson's, where the lab of this chain begins) with one chain lit.

    Each link has its name and no value: what it is made of is for the learner to find. KeyError for an unknown
    parameter, ValueError for another kind of network.
    """
    network = start_of(parameter, network)
    lit = chain(network, LESSON, parameter)
    figure, (ax,) = new_figure("", height=DIAGRAM_SIZE[1])
    ax.set_position((0, 0, 1, 1))
    diagram = draw_diagram(ax, network, LESSON)
    names, stations = names_of(lit), [link.bottom for link in lit.links]
    along = {parameter, *(link.formula for link in lit.links)}
    shown = [*names, "SSR"]
    diagram.update(network, 0, shown, [*shown, *stations], along, named=True)
    diagram.say(str(lit))
    way = ", ".join(f"over {name} to {station}" for name, station in zip(names, stations, strict=True))
    values = ", ".join(f"{name} = {exact(value, 2)}" for name, value in network.parameters.items())
    words = (
        f"The network with the chain of {parameter} lit: from the SSR {way}. {lit}. The parameters: {values}. "
        f"{diagram.pictures.describe(network)}"
    )
    return LiveFigure(figure, lambda: words)
