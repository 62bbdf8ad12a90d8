"""The controls of one network of a training lab: its hidden layers, their nodes, activation and learning rate."""

from __future__ import annotations

from functools import partial

import ipywidgets

from statquest_bp.activations import ACTIVATIONS
from statquest_bp.labs.controls import Choice, Slider
from statquest_bp.labs.trained import MOST_LAYERS, MOST_NODES, Trained

__all__ = ["NetworkControls"]

DIGITS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
RATES = (*(float(f"{digits}e{power}") for power in range(-4, 1) for digits in DIGITS), 10.0)


class NetworkControls:
    """The parts for network number `side`, the first being 0: those of its `shape`, and its `rate`.

    `prefix` stands before their names in `lab.controls`.
    """

    def __init__(self, start: Trained, side: int, prefix: str) -> None:
        lead = prefix.replace("_", " ")  # in what a control says, too: two networks have two of each
        training, more = start.trainings[side], 8 * len(lead)  # pixels

        def hidden(state: Trained) -> tuple[int, ...]:
            return state.trainings[side].start.sizes[1:-1]

        whole = partial(  # a new random network, so that nothing is known ahead
            Slider[Trained],
            width=f"{300 + more}px",
            ahead=False,
            kind=ipywidgets.IntSlider,
            step=1,
            readout_format="d",
        )
        layers = whole(
            f"{prefix}layers",
            0,
            MOST_LAYERS,
            lambda state: len(hidden(state)),
            lambda state, count: state.with_layers(side, round(count)),
            start=len(hidden(start)),
            description=f"{lead}hidden layers",
        )

        def nodes(i: int) -> Slider[Trained]:
            return whole(
                f"{prefix}nodes{i + 1}",
                1,
                MOST_NODES,
                lambda state: state.nodes[side][i],
                lambda state, count: state.with_nodes(side, i, round(count)),
                start=start.nodes[side][i],
                shown=lambda state: i < len(hidden(state)),
                description=f"{lead}nodes in layer {i + 1}",
            )

        activation = Choice[Trained](
            f"{prefix}activation",
            ipywidgets.Dropdown(
                options=list(ACTIVATIONS),
                value=training.start.activation,
                description=f"{lead}activation",
                layout={"width": f"{210 + more}px"},
            ),
            lambda state: state.trainings[side].start.activation,
            lambda state, name: state.with_activation(side, name),
        )
        rates = sorted({*RATES, training.learning_rate})
        self.rate = Choice[Trained](
            f"{prefix}learning_rate",
            ipywidgets.SelectionSlider(
                options=[(f"{rate:g}", rate) for rate in rates],
                value=training.learning_rate,
                description=f"{lead}learning rate",
                layout={"width": f"{330 + more}px", "max_width": "100%"},
            ),
            lambda state: state.trainings[side].learning_rate,
            lambda state, rate: state.at_rate(side, rate),
        )
        self.shape: list[Slider[Trained] | Choice[Trained]] = [layers, *map(nodes, range(MOST_LAYERS)), activation]
