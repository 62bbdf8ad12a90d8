"""Every link of a network of any depth, and the ways along which they lead from the SSR back to a parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from statquest_bp.chain_rule import Link
from statquest_bp.data import Dataset
from statquest_bp.fit import check_match
from statquest_bp.network import Network
from statquest_bp.parameters import names_of, nodes_of

__all__ = ["handed_back", "links_of", "quantities", "ways_to"]

Array = npt.NDArray[np.float64]


def links_of(net: Network, data: Dataset) -> tuple[Link, ...]:
    """Every link of the network, from the SSR back: what a top is made of comes after all links that lead to the top.

    Hidden nodes are numbered through all layers, x1 and y1 first; several outputs are Predicted1, Predicted2 …. A
    link's values are (n,), one a data point. Products along the `ways_to` a parameter add up to what `gradient` gives.

    Raises ValueError if the network and the data don't match, or if what comes out of the last layer is bent.
    """
    check_match(net, data)
    if net.output_activation != "identity":
        raise ValueError(f"links are known for an output without a bend; this one is {net.output_activation}")
    with np.errstate(all="ignore"):
        return tuple(_links(net, quantities(net, data)))


def _links(net: Network, values: Mapping[str, Array]) -> Iterator[Link]:
    sums, outputs = _names(net.sizes)
    places = nodes_of(np.arange(len(net.vector), dtype=np.float64), net.sizes)
    for predicted in sums[-1]:
        observed = predicted.replace("Predicted", "Observed")
        formula = f"−2 × ({observed} − {predicted})"
        yield Link("SSR", predicted, formula, -2 * (values[observed] - values[predicted]))
    for depth in reversed(range(len(net.layers))):
        for x, node in zip(sums[depth], places[depth], strict=True):
            *weights, bias = (names_of(net.sizes)[int(place)] for place in node)
            for came_in, weight in zip(outputs[depth], weights, strict=True):
                if depth:  # nothing is handed back to the data
                    yield Link(x, came_in, weight, values[weight])
                yield Link(x, weight, came_in, values[came_in])
            yield Link(x, bias, "1", np.ones_like(values[x]))
        if depth:
            bend = net.layers[depth - 1].activation
            for x, y in zip(sums[depth - 1], outputs[depth], strict=True):
                yield Link(y, x, bend.slope_formula.format(x=x), bend.slope(values[x]))


def quantities(net: Network, data: Dataset) -> dict[str, Array]:
    """Every number of the network by name at each data point, (n,): what was observed, what flows, the parameters."""
    forward, ones = net.forward(data.inputs), np.ones(len(data))
    sums, outputs = _names(net.sizes)
    observed = [name.replace("Predicted", "Observed") for name in sums[-1]]
    columns = dict[str, Array]()
    for names, table in zip(
        [observed, sums[-1], outputs[0], *sums[:-1], *outputs[1:]],
        [data.observed, forward.predicted, data.inputs, *forward.sums[:-1], *forward.outputs[:-1]],
        strict=True,
    ):
        columns |= dict(zip(names, table.T, strict=True))
    return columns | {name: value * ones for name, value in net.parameters.items()}


def _names(sizes: Sequence[int]) -> tuple[list[list[str]], list[list[str]]]:
    """The names of what each layer adds up, the last being what is predicted; and of what comes into each layer."""
    sums, outputs, so_far = list[list[str]](), [_numbered("Input", sizes[0])], 0
    for nodes in sizes[1:-1]:
        numbers = range(so_far + 1, so_far + nodes + 1)
        sums.append([f"x{number}" for number in numbers])
        outputs.append([f"y{number}" for number in numbers])
        so_far += nodes
    return [*sums, _numbered("Predicted", sizes[-1])], outputs


def _numbered(name: str, count: int) -> list[str]:
    return [name] if count == 1 else [f"{name}{number}" for number in range(1, count + 1)]


def ways_to(links: Sequence[Link], bottom: str, top: str = "SSR") -> tuple[tuple[Link, ...], ...]:
    """Each way from `top` back to `bottom`, as its links in a row; none where the top doesn't depend on it."""
    if bottom == top:
        return ((),)
    return tuple((*way, link) for link in links if link.bottom == bottom for way in ways_to(links, link.top, top))


def handed_back(links: Sequence[Link], given: Mapping[str, float] | None = None) -> dict[str, Array]:
    """dSSR/d every quantity at each data point, (n,), by its name: what arrives over its links, multiplied and added.

    `given` are numbers that are handed back instead, right or wrong: they travel on.
    """
    arrived: dict[str, Array] = {"SSR": np.ones_like(links[0].values)}
    with np.errstate(all="ignore"):
        for link in links:
            over_this_link = arrived[link.top] * link.values
            arrived[link.bottom] = arrived.get(link.bottom, np.zeros_like(over_this_link)) + over_this_link
            if given and link.bottom in given:
                arrived[link.bottom] = np.full_like(over_this_link, given[link.bottom])
    return arrived
