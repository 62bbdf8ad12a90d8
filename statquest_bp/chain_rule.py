"""The chain rule: all derivatives of the SSR from one backward sweep, and any one of them link by link."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.fit import check_match
from statquest_bp.network import Network
from statquest_bp.parameters import check_names, named, names_of
from statquest_bp.wide import Wide, wide_pass

__all__ = ["Chain", "Link", "chain", "dead_nodes", "gradient"]

Array = npt.NDArray[np.float64]


def gradient(net: Network, data: Dataset) -> Mapping[str, float]:
    """dSSR/dparameter for every parameter by name, in the order of `net.parameters`, from one backward sweep.

    Raises ValueError where the network and the data don't match. A derivative too large for float64 is infinite.
    """
    check_match(net, data)
    sweep = Sweep(net, data)
    with np.errstate(all="ignore"):
        sweep.run()
        slopes = sweep.slopes if np.isfinite(sweep.slopes).all() else _wide_slopes(net, data)
    return named(net.sizes, slopes)


def dead_nodes(net: Network, data: Dataset) -> int:
    """How many hidden nodes have slope 0 at every point: nothing flows back through them, so they can't learn.

    Raises ValueError where the network and the data don't match.
    """
    check_match(net, data)
    sums = net.forward(data.inputs).sums[:-1]
    with np.errstate(all="ignore"):
        slopes = [layer.activation.slope(x) for layer, x in zip(net.layers, sums, strict=False)]
    return sum(int((at_each == 0.0).all(axis=0).sum()) for at_each in slopes)


class Sweep:
    """The passes forward and backward through one network, ready to be made many times.

    `state` (2, parameters) holds `vector`, at first the network's parameters, and `slopes`. `vector` may be changed in
    place; `run` takes it as it stands, and fills `slopes` with dSSR/dparameter.
    """

    def __init__(self, net: Network, data: Dataset) -> None:
        self.state = np.array([net.vector, np.zeros_like(net.vector)])
        self.vector, self.slopes = self.state
        self._observed = data.observed
        self._layers: list[_Views] = []
        start, arriving = 0, np.column_stack([data.inputs, np.ones(len(data))])
        for n_out, layer in zip(net.sizes[1:], net.layers, strict=True):
            part = slice(start, start := start + n_out * arriving.shape[1])
            nodes, slopes = (values[part].reshape(n_out, -1) for values in self.state)
            leaving = np.ones((len(data), n_out + 1))
            views = _Views(arriving, nodes.T, nodes[:, :-1], slopes, leaving[:, :-1], layer.activation.both)
            self._layers.append(views)
            arriving = leaving

    def run(self) -> Array:
        """The residuals (n, n_out); afterwards `slopes` are those at `vector`.

        Backward, each layer asks only for d_ssr_d_output, what the layer after it hands back: that is why it is called
        *back*propagation, and why nothing is computed twice.
        """
        bends = []
        for arriving, columns, _, _, leaving, both in self._layers:
            output, d_output_d_sum = both(arriving.dot(columns))
            leaving[...] = output
            bends.append(d_output_d_sum)
        residuals = self._observed - output
        d_ssr_d_sum = -2.0 * residuals  # d_ssr_d_output so far
        for arriving, _, weights, slopes, _, _ in reversed(self._layers):
            d_output_d_sum = bends.pop()
            if d_output_d_sum is not None:
                d_ssr_d_sum *= d_output_d_sum
            d_ssr_d_sum.T.dot(arriving, slopes)  # d_sum_d_weight is what arrives
            if bends:
                d_ssr_d_sum = d_ssr_d_sum.dot(weights)  # d_sum_d_arriving is the weight
        return residuals


def _wide_slopes(net: Network, data: Dataset) -> Array:
    """What a `Sweep` computes, where something on its way is too large for float64."""
    passes = wide_pass(net.layers, data.inputs)
    d_ssr_d_output = Wide.of(2.0).times(passes[-1].outputs.plus(Wide.of(-data.observed)))
    slopes = []
    for layer, (arrives, sums, _) in zip(reversed(net.layers), reversed(passes), strict=True):
        d_ssr_d_sum = d_ssr_d_output.times(Wide.of(layer.activation.slope(sums.value)))
        slopes.append(d_ssr_d_sum.T.dot(arrives).value.ravel())
        d_ssr_d_output = d_ssr_d_sum.dot(Wide.of(layer.weights))
    return np.concatenate(slopes[::-1])


class _Views(NamedTuple):
    """A layer of a `Sweep`. A bias counts as the weight of one more value that arrives and is always 1."""

    arriving: Array  # (n, n_in + 1)
    columns: Array  # (n_in + 1, n_out): each node's weights and bias
    weights: Array  # (n_out, n_in)
    slopes: Array  # (n_out, n_in + 1)
    leaving: Array  # (n, n_out)
    both: Callable[[Array], tuple[Array, Array | None]]


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
            return tuple(_no_nan(np.cumprod([link.values for link in self.links], axis=0)))

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
    check_names([parameter], names_of(net.sizes))
    if len(net.sizes) != 3 or net.sizes[-1] != 1:
        shape = "-".join(map(str, net.sizes))
        raise ValueError(f"chain needs one hidden layer and one output, such as 1-2-1; got a {shape} network")
    with np.errstate(all="ignore"):
        links = tuple(_links(net, data, parameter))
        terms = _no_nan(np.prod([link.values for link in links], axis=0))
        total = float(terms.sum())
    return Chain(parameter, links, terms, total if math.isfinite(total) else gradient(net, data)[parameter])


def _no_nan(products: npt.NDArray[Any]) -> Array:
    """A link is never infinite, only too large for float64; so a product with a link of 0 is 0."""
    return np.where(np.isnan(products), 0.0, products)


def _links(net: Network, data: Dataset, parameter: str) -> list[Link]:
    n_in, n_hidden, _ = net.sizes
    hidden, output = net.layers
    forward = net.forward(data.inputs)
    ones = np.ones(len(data))
    kind, number = re.fullmatch(r"([wb])(\d+)", parameter).groups()  # type: ignore[union-attr]
    index = int(number) - 1

    d_ssr_d_predicted = -2.0 * (data.observed - forward.predicted)[:, 0]
    links = [Link("SSR", "Predicted", "−2 × (Observed − Predicted)", d_ssr_d_predicted)]
    last_sum = "Predicted"
    if output.activation.name != "identity":
        last_sum = f"x{n_hidden + 1}"
        d_predicted_d_sum = output.activation.slope(forward.sums[1][:, 0])
        links.append(Link("Predicted", last_sum, output.activation.slope_formula.format(x=last_sum), d_predicted_d_sum))

    if (kind, index) == ("b", n_hidden):
        return [*links, Link(last_sum, parameter, "1", ones)]
    node = index - n_in * n_hidden if kind == "w" else None
    if node is not None and node >= 0:
        return [*links, Link(last_sum, parameter, f"y{node + 1}", forward.outputs[0][:, node])]

    node, place = divmod(index, n_in) if kind == "w" else (index, 0)
    x, y = f"x{node + 1}", f"y{node + 1}"
    d_y_d_x = hidden.activation.slope(forward.sums[0][:, node])
    links += [
        Link(last_sum, y, f"w{n_in * n_hidden + node + 1}", ones * output.weights[0, node]),
        Link(y, x, hidden.activation.slope_formula.format(x=x), d_y_d_x),
    ]
    if kind == "b":
        return [*links, Link(x, parameter, "1", ones)]
    return [*links, Link(x, parameter, "Input" if n_in == 1 else f"Input {place + 1}", data.inputs[:, place])]
