"""The chain rule: all derivatives of the SSR from one backward pass, and any one of them link by link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.fit import check_match, infinite_if_lost
from statquest_bp.network import Network
from statquest_bp.parameters import check_names, in_one_row, named, place_of

__all__ = ["Chain", "Link", "chain", "dead_nodes", "gradient"]

Array = npt.NDArray[np.float64]


@np.errstate(all="ignore")
def gradient(net: Network, data: Dataset) -> Mapping[str, float]:
    """dSSR/dparameter for every parameter by name, in the order of `net.parameters`, from one backward pass.

    Each layer asks only for d_ssr_d_output, which the layer after it hands back: that is why it is called
    *back*propagation, and why nothing is worked out twice.

    Raises ValueError if the network and the data don't match. A derivative is infinite where it, or a number on the
    way to it, is too large for float64.
    """
    check_match(net, data)
    slopes = []
    forward = net.forward(data.inputs)
    arrived = (data.inputs, *forward.outputs[:-1])
    d_ssr_d_output = -2 * (data.observed - forward.predicted)
    for layer, x, came_in in zip(*map(reversed, (net.layers, forward.sums, arrived)), strict=True):
        d_ssr_d_sum = d_ssr_d_output * layer.activation.slope(x)
        d_ssr_d_weights, d_ssr_d_biases = d_ssr_d_sum.T @ came_in, d_ssr_d_sum.sum(axis=0)
        d_ssr_d_output = d_ssr_d_sum @ layer.weights  # handed back to the layer before
        slopes.append((d_ssr_d_weights, d_ssr_d_biases))
    return named(net.sizes, infinite_if_lost(in_one_row(reversed(slopes))))


def dead_nodes(net: Network, data: Dataset) -> int:
    """How many hidden nodes have slope 0 at every point: nothing flows back through them, so they can't learn.

    Raises ValueError if the network and the data don't match.
    """
    check_match(net, data)
    sums = net.forward(data.inputs).sums[:-1]
    with np.errstate(all="ignore"):
        slopes = [layer.activation.slope(x) for layer, x in zip(net.layers, sums, strict=False)]
    return sum(int((at_each == 0.0).all(axis=0).sum()) for at_each in slopes)


class Link(NamedTuple):
    """One derivative of the chain, d`top`/d`bottom`, as a `formula` and as `values` (n,), one a data point."""

    top: str
    bottom: str
    formula: str
    values: Array


class Chain(NamedTuple):
    """dSSR/d`parameter`: the links multiply, point by point, to `terms` (n,), and the terms add up to `total`."""

    parameter: str
    links: tuple[Link, ...]
    terms: Array
    total: float

    @property
    def products(self) -> tuple[Array, ...]:
        """The links multiplied up so far: entry k (n,) is dSSR/d`links[k].bottom`, and the last one is `terms`."""
        with np.errstate(all="ignore"):
            return tuple(infinite_if_lost(np.cumprod([link.values for link in self.links], axis=0)))

    def __str__(self) -> str:
        return f"dSSR/d{self.parameter} = Σ " + " × ".join(f"d{link.top}/d{link.bottom}" for link in self.links)


def chain(net: Network, data: Dataset, parameter: str) -> Chain:
    """The derivative of the SSR with respect to `parameter`, link by link, as on the lesson's blackboard.

    For the last bias it is dSSR/dPredicted × dPredicted/db3; a weight of the hidden layer has two links more: through
    the node's output y and its sum x. An output activation other than the identity adds one. Factors that equal 1 are
    kept. `total` agrees with `gradient`.

    Raises KeyError for an unknown parameter, ValueError for a network without exactly one hidden layer and one output
    and for data that doesn't match it.
    """
    check_match(net, data)
    check_names([parameter], list(net.parameters))
    if len(net.sizes) != 3 or net.sizes[-1] != 1:
        shape = "-".join(map(str, net.sizes))
        raise ValueError(f"chain needs one hidden layer and one output, such as 1-2-1; got a {shape} network")
    with np.errstate(all="ignore"):
        links = tuple(_links(net, data, parameter))
        terms = infinite_if_lost(np.prod([link.values for link in links], axis=0))
        return Chain(parameter, links, terms, float(infinite_if_lost(terms.sum())))


def _links(net: Network, data: Dataset, parameter: str) -> list[Link]:
    hidden, output = net.layers
    forward = net.forward(data.inputs)
    ones = np.ones(len(data))
    layer, node, place = place_of(parameter, net.sizes)
    n_in, n_hidden, _ = net.sizes

    d_ssr_d_predicted = infinite_if_lost(-2 * (data.observed - forward.predicted)[:, 0])
    links = [Link("SSR", "Predicted", "−2 × (Observed − Predicted)", d_ssr_d_predicted)]
    last_sum = "Predicted"
    if output.activation.name != "identity":
        last_sum = f"x{n_hidden + 1}"
        d_predicted_d_sum = infinite_if_lost(output.activation.slope(forward.sums[1][:, 0]))
        links.append(Link("Predicted", last_sum, output.activation.slope_formula.format(x=last_sum), d_predicted_d_sum))

    if layer == 1 and place == n_hidden:
        return [*links, Link(last_sum, parameter, "1", ones)]
    if layer == 1:
        return [*links, Link(last_sum, parameter, f"y{place + 1}", forward.outputs[0][:, place])]

    x, y = f"x{node + 1}", f"y{node + 1}"
    d_y_d_x = infinite_if_lost(hidden.activation.slope(forward.sums[0][:, node]))
    links += [
        Link(last_sum, y, f"w{n_in * n_hidden + node + 1}", ones * output.weights[0, node]),
        Link(y, x, hidden.activation.slope_formula.format(x=x), d_y_d_x),
    ]
    if place == n_in:
        return [*links, Link(x, parameter, "1", ones)]
    return [*links, Link(x, parameter, "Input" if n_in == 1 else f"Input {place + 1}", data.inputs[:, place])]
