"""The controls of one network: its hidden layers, their nodes, the activation and the learning rate."""

from __future__ import annotations

import numbers
from functools import partial
from typing import Any

import ipywidgets

from statquest_bp.activations import ACTIVATIONS
from statquest_bp.training import Training

__all__ = ["MOST_LAYERS", "MOST_NODES", "NetworkControls", "hidden_layers"]

MOST_LAYERS, MOST_NODES = 3, 8
DIGITS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
RATES = (*(float(f"{digits}e{power}") for power in range(-4, 1) for digits in DIGITS), 10.0)
WHOLE: dict[str, Any] = {"kind": ipywidgets.IntSlider, "step": 1, "readout_format": "d"}


class NetworkControls:
    """The sliders for a training lab's network number `side`; `prefix` stands before their names in `lab.controls`."""

    def __init__(self, lab: Any, side: int, prefix: str) -> None:
        self._lab, self._side, self._prefix = lab, side, prefix
        lead = prefix.replace("_", " ")  # in what a control says, too: two networks have two of each
        training = lab.trainings[side]
        hidden, more = training.start.sizes[1:-1], 8 * len(lead)  # pixels
        lab._slider(
            f"{prefix}layers",
            0,
            MOST_LAYERS,
            self._set_layers,
            f"{300 + more}px",
            **WHOLE | {"value": len(hidden), "description": f"{lead}hidden layers"},
        )
        for i in range(MOST_LAYERS):
            count = (hidden[i : i + 1] or hidden[-1:] or (4,))[0]
            look = WHOLE | {"value": count, "description": f"{lead}nodes in layer {i + 1}"}
            lab._slider(f"{prefix}nodes{i + 1}", 1, MOST_NODES, partial(self._set_nodes, i), f"{300 + more}px", **look)
        activation = ipywidgets.Dropdown(
            options=list(ACTIVATIONS),
            value=training.start.activation,
            description=f"{lead}activation",
            layout={"width": f"{210 + more}px"},
        )
        lab._control(f"{prefix}activation", activation, lambda name: lab.set_shape(side, self._hidden, name))
        rates = sorted({*RATES, training.learning_rate})
        rate = ipywidgets.SelectionSlider(
            options=[(f"{rate:g}", rate) for rate in rates],
            value=training.learning_rate,
            description=f"{lead}learning rate",
            layout={"width": f"{330 + more}px", "max_width": "100%"},
        )
        lab._control(f"{prefix}learning_rate", rate, lambda rate: lab.set_rate(side, rate))

    @property
    def row(self) -> list[Any]:
        """All of them, in order."""
        names = ["layers", *(f"nodes{i + 1}" for i in range(MOST_LAYERS)), "activation", "learning_rate"]
        return [self._lab.controls[self._prefix + name] for name in names]

    def settings(self, training: Training) -> dict[str, Any]:
        """What they show for this run. A layer that isn't there keeps its number of nodes, out of sight."""
        hidden = training.start.sizes[1:-1]
        shown: dict[str, Any] = {"layers": len(hidden), "activation": training.start.activation}
        for i in range(MOST_LAYERS):
            slider = self._lab.controls[f"{self._prefix}nodes{i + 1}"]
            slider.layout.display = None if i < len(hidden) else "none"
            shown[f"nodes{i + 1}"] = hidden[i] if i < len(hidden) else slider.value
        shown["learning_rate"] = training.learning_rate
        return {self._prefix + name: value for name, value in shown.items()}

    @property
    def _training(self) -> Training:
        training: Training = self._lab.trainings[self._side]
        return training

    @property
    def _hidden(self) -> tuple[int, ...]:
        return self._training.start.sizes[1:-1]

    def _set_layers(self, count: float) -> Any:
        nodes = [round(self._lab.controls[f"{self._prefix}nodes{i + 1}"].value) for i in range(round(count))]
        return self._lab.set_shape(self._side, hidden_layers(nodes), self._training.start.activation)

    def _set_nodes(self, layer: int, count: float) -> Any:
        hidden = list(self._hidden)
        hidden[layer] = round(count)
        return self._lab.set_shape(self._side, hidden_layers(hidden), self._training.start.activation)


def hidden_layers(hidden: object) -> tuple[int, ...]:
    """`hidden` as the nodes in each hidden layer; ValueError unless these are 0 to 3 whole numbers from 1 to 8."""
    nodes = tuple(hidden) if isinstance(hidden, (list, tuple)) else None
    whole = nodes is not None and all(isinstance(n, numbers.Integral) and not isinstance(n, bool) for n in nodes)
    if nodes is None or not whole or len(nodes) > MOST_LAYERS or not all(1 <= n <= MOST_NODES for n in nodes):
        raise ValueError(
            f"hidden must list the nodes of 0 to {MOST_LAYERS} layers, each 1 to {MOST_NODES}, such as (4,); "
            f"got {hidden!r}"
        )
    return tuple(int(n) for n in nodes)
