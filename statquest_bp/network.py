"""A fully connected network: its parameters by name, and what it predicts."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from statquest_bp.activations import Activation, activation_named
from statquest_bp.data import as_columns
from statquest_bp.layers import ForwardPass, Layer, forward_pass, layers_of
from statquest_bp.parameters import check_names, finite, named, names_of

__all__ = ["Network"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """A fully connected network that never changes: `replace` makes a new one. See `from_parameters` and `random`.

    `sizes` counts the nodes from the inputs to the outputs: (1, 2, 1) is the lesson's network. `vector` holds all
    parameters in one read-only array (parameters,), in the order of `parameters`; `layers` has them layer by layer.
    """

    sizes: tuple[int, ...]
    vector: Array
    activation: str
    output_activation: str
    layers: tuple[Layer, ...] = field(init=False)

    def __post_init__(self) -> None:
        vector = np.array(self.vector, dtype=np.float64)
        vector.flags.writeable = False
        activations = _activations(self.sizes, self.activation, self.output_activation)
        object.__setattr__(self, "vector", vector)
        object.__setattr__(self, "layers", layers_of(vector, self.sizes, activations))

    @classmethod
    def from_parameters(
        cls,
        sizes: Sequence[int],
        parameters: Mapping[str, float],
        activation: str = "softplus",
        output_activation: str = "identity",
    ) -> Network:
        """The network with these `sizes`, such as (1, 2, 1), and a value for each name in `parameters`.

        Names: weights are numbered layer by layer, within a layer node by node; biases likewise. For (1, 2, 1) they
        are the video's w1 … w4 and b1 … b3.

        Raises KeyError for an unknown name (with the nearest ones), ValueError for sizes that can't be a network's, a
        name left out, an unknown activation or a value that isn't finite, TypeError for a value that isn't a number.
        """
        sizes = _checked_sizes(sizes)
        if not isinstance(parameters, Mapping):
            raise TypeError(f"parameters must map names to values, such as {{'w1': 1.0}}; got {parameters!r}")
        names = names_of(sizes)
        check_names(parameters, names)
        missing = [name for name in names if name not in parameters]
        if missing:
            raise ValueError(f"no value given for {', '.join(missing)}")
        vector = [finite(name, parameters[name]) for name in names]
        return cls(sizes, np.array(vector), activation, output_activation)

    @classmethod
    def random(
        cls,
        sizes: Sequence[int],
        activation: str = "softplus",
        output_activation: str = "identity",
        seed: int | None = None,
    ) -> Network:
        """Weights drawn from a normal distribution with variance 1 / (values into the node), biases 0.

        The variance keeps a node's sum about as large as what comes in, however many values it adds (LeCun et al.,
        "Efficient BackProp", 1998). The same `seed` gives the same network; None gives a new one each time.
        """
        sizes = _checked_sizes(sizes)
        if seed is not None and (isinstance(seed, bool) or not isinstance(seed, numbers.Integral) or seed < 0):
            raise ValueError(f"seed must be a whole number from 0 up, or None; got {seed!r}")
        rng = np.random.default_rng(None if seed is None else int(seed))
        vector = np.zeros(len(names_of(sizes)))
        for weights, _, _ in layers_of(vector, sizes, _activations(sizes, activation, output_activation)):
            weights[...] = rng.normal(scale=weights.shape[1] ** -0.5, size=weights.shape)
        return cls(sizes, vector, activation, output_activation)

    @property
    def kind(self) -> tuple[tuple[int, ...], str, str]:
        """All but the values of the parameters: the sizes, the activation, and the output's."""
        return self.sizes, self.activation, self.output_activation

    @property
    def parameters(self) -> Mapping[str, float]:
        """Every weight and bias by name, node by node: w1 b1 w2 b2 w3 w4 b3. Read-only."""
        return named(self.sizes, self.vector)

    @property
    def backward_order(self) -> tuple[str, ...]:
        """The names from the last bias back to the first weight: b3 w4 w3 b2 w2 b1 w1, the order of the lesson."""
        return names_of(self.sizes)[::-1]

    @property
    def weights(self) -> tuple[Array, ...]:
        """One (n_out, n_in) array a layer, as in PyTorch. Read-only."""
        return tuple(layer.weights for layer in self.layers)

    @property
    def biases(self) -> tuple[Array, ...]:
        """One (n_out,) array a layer. Read-only."""
        return tuple(layer.biases for layer in self.layers)

    def with_vector(self, vector: npt.ArrayLike) -> Network:
        """A network of the same shape with these parameters, (parameters,), in the order of `vector`."""
        return Network(self.sizes, np.asarray(vector), self.activation, self.output_activation)

    def replace(self, **changes: float) -> Network:
        """A new network with these parameters changed: `net.replace(b3=1.0)`. Errors as in `from_parameters`."""
        names = names_of(self.sizes)
        check_names(changes, names)
        vector = self.vector.copy()
        for name, value in changes.items():
            vector[names.index(name)] = finite(name, value)
        return self.with_vector(vector)

    def forward(self, inputs: npt.ArrayLike) -> ForwardPass:
        """The forward pass for `inputs` (n, n_in), a flat list being one column; every value in between is kept.

        What is too large for float64 is infinite there, and ∞ − ∞ isn't a number.

        Raises ValueError if the columns don't match the network, or an input is not finite.
        """
        table = as_columns(inputs, "inputs")
        if table.shape[1] != self.sizes[0]:
            raise ValueError(f"this network takes {self.sizes[0]} input(s) a point; got {table.shape[1]}")
        with np.errstate(all="ignore"):
            return forward_pass(self.layers, table)

    def predict(self, inputs: npt.ArrayLike) -> Array:
        """What the network predicts for `inputs` (n, n_in): (n, n_out)."""
        return self.forward(inputs).predicted

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Network) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        return Network, (self.sizes, self.vector, self.activation, self.output_activation)

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value:.4g}" for name, value in self.parameters.items())
        return f"Network({'-'.join(map(str, self.sizes))} {self.activation}: {values})"

    def _key(self) -> tuple[object, ...]:
        return *self.kind, tuple(self.vector.tolist())


def _checked_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    try:
        counts = tuple(sizes)
    except TypeError:
        raise TypeError(f"sizes must list the nodes in each layer, such as (1, 2, 1); got {sizes!r}") from None
    whole = all(isinstance(n, numbers.Integral) and not isinstance(n, bool) and n >= 1 for n in counts)
    if len(counts) < 2 or not whole:
        raise ValueError(f"sizes must be two or more whole numbers from 1 up, such as (1, 2, 1); got {sizes!r}")
    return tuple(int(n) for n in counts)


def _activations(sizes: tuple[int, ...], hidden: str, output: str) -> tuple[Activation, ...]:
    return (activation_named(hidden),) * (len(sizes) - 2) + (activation_named(output),)
