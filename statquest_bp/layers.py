"""The forward pass, layer by layer, on plain arrays: every value in between is kept.

There is no other, but for the two twins that descent runs on: `fast_pass` for one network and `many_networks` for
many. `tests/test_fast_passes.py` holds both to it, and to the blackboard's `gradient`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.activations import Activation
from statquest_bp.parameters import nodes_of

__all__ = ["ForwardPass", "Layer", "forward_pass", "layers_of"]

Array = npt.NDArray[np.float64]


class ForwardPass(NamedTuple):
    """Everything the network computed on its way from `inputs` (n, n_in) to `predicted` (n, n_out).

    `sums[k]` enters layer k's activation and `outputs[k]` leaves it, each (n, nodes in that layer). In the lesson,
    columns 0 and 1 of sums[0] are x1 and x2, and of outputs[0] they are y1 and y2.
    """

    inputs: Array
    sums: tuple[Array, ...]
    outputs: tuple[Array, ...]

    @property
    def predicted(self) -> Array:
        """What comes out at the end, (n, n_out)."""
        return self.outputs[-1]


class Layer(NamedTuple):
    """One layer's `weights` (n_out, n_in), `biases` (n_out,) and activation."""

    weights: Array
    biases: Array
    activation: Activation


def layers_of(vector: Array, sizes: tuple[int, ...], activations: Sequence[Activation]) -> tuple[Layer, ...]:
    """Views of `vector` (parameters,), one a layer."""
    return tuple(
        Layer(nodes[:, :-1], nodes[:, -1], activation)
        for nodes, activation in zip(nodes_of(vector, sizes), activations, strict=True)
    )


def forward_pass(layers: Sequence[Layer], inputs: Array) -> ForwardPass:
    """Layer by layer: sum = weights · what came in + bias, output = activation(sum)."""
    sums, outputs, signal = [], [], inputs
    for weights, biases, activation in layers:
        x = signal @ weights.T + biases
        signal = activation.curve(x)
        sums.append(x)
        outputs.append(signal)
    return ForwardPass(inputs, tuple(sums), tuple(outputs))
