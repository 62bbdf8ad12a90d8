"""CompareLab: two networks side by side, on the same data and from the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from statquest_bp.data import Dataset, dosage
from statquest_bp.digits import exact
from statquest_bp.fit import ssr
from statquest_bp.labs.network_controls import hidden_layers
from statquest_bp.labs.shipped import name_of
from statquest_bp.labs.train_lab import MOMENTS, TrainLab, new_pictures
from statquest_bp.labs.trained import LIMIT, Trained, new_training
from statquest_bp.plots import draw_predictions, draw_ssr_trace, ssr_limits
from statquest_bp.training import Training

__all__ = ["CompareLab"]

SIDES = ("left", "right")
DEFAULTS: dict[str, Any] = {"hidden": (4,), "activation": "softplus", "learning_rate": 0.05}


class CompareLab(TrainLab):
    """Train two networks at the same pace, and see which fits, and how fast.

    `left` and `right` say how each differs from the 4 softplus nodes and the rate 0.05 of the playground, for example
    `left={"hidden": (2,)}, right={"hidden": (8,), "activation": "relu", "learning_rate": 0.01}`.
    KeyError for another setting; ValueError or TypeError as in PlaygroundLab.
    """

    def __init__(
        self,
        data: Dataset | None = None,
        left: Mapping[str, Any] | None = None,
        right: Mapping[str, Any] | None = None,
        seed: int = 1,
    ) -> None:
        data = dosage() if data is None else data
        right = {"activation": "relu"} if left is right is None else right
        sides = zip(SIDES, (left, right), strict=True)
        trainings = tuple(_training(data, name, {} if side is None else side, seed) for name, side in sides)
        self._begin(Trained(trainings, 0, seed, data, chosen=name_of(data)), [f"{side}_" for side in SIDES], SIDES)
        self._arrange(self._moves, *(controls.row for controls in self._networks), self._starts)

    def _mark_prediction(self, value: float | None) -> None:
        self._trace.show_prediction(value)

    def _new_figure(self) -> Figure:
        figure, (left, right, trace) = new_pictures(self.data, 2, "Left", "Right", "SSR against updates")
        self._fits = [
            draw_predictions(ax, network, self.data) for ax, network in zip((left, right), self.networks, strict=True)
        ]
        self._trace = draw_ssr_trace(trace, self.trainings, LIMIT, ssr_limits(self.trainings))
        return figure

    def _move(self) -> None:
        for fit, network in zip(self._fits, self.networks, strict=True):
            fit.update(network)
        self._trace.update(self.trainings, SIDES, MOMENTS, self.state.step)

    def _rows(self) -> list[tuple[str, Training, int, float]]:
        """For each side: its name, its run, how many updates are on show, and the SSR there."""
        return [
            (side, training, min(self.state.step, len(training) - 1), ssr(network, self.data))
            for side, training, network in zip(SIDES, self.trainings, self.networks, strict=True)
        ]

    def _numbers(self) -> str:
        heads = ("network", "hidden nodes", "activation", "parameters", "learning rate", "updates", "SSR")
        rows = []
        for side, training, done, error in self._rows():
            start = training.start
            hidden = ", ".join(map(str, start.sizes[1:-1])) or "none"
            cells = [hidden, start.activation, str(len(start.vector)), f"{training.learning_rate:g}", f"{done:,}"]
            cells.append(f"<strong>{exact(error)}</strong>")
            rows.append(f"<tr><th scope=row>{side}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        top = "".join(f"<th scope=col>{head}</th>" for head in heads)
        told = "".join(f"<br>{side}: {why}" for side, t, *_ in self._rows() if (why := " ".join(self._lessons_of(t))))
        return (
            f"Update {self.state.step:,} of at most {LIMIT:,}"
            f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody></table>{told}"
        )

    def _describe(self) -> str:
        told = " ".join(
            f"{side.title()}: {fit.describe(network)} That is after {done:,} updates."
            for fit, network, (side, _, done, error) in zip(self._fits, self.networks, self._rows(), strict=True)
        )
        return f"{told} Beside them the SSR of both against the updates."

    def _summary(self) -> str:
        return f"update {self.state.step}: " + ", ".join(
            f"SSR = {exact(error)} {side}" for side, _, _, error in self._rows()
        )


def _training(data: Dataset, side: str, settings: Mapping[str, Any], seed: int) -> Training:
    if not isinstance(settings, Mapping):
        raise TypeError(f"{side} must map settings to values, such as {{'hidden': (4,)}}; got {settings!r}")
    unknown = [name for name in settings if name not in DEFAULTS]
    if unknown:
        raise KeyError(f"a network has no setting {unknown[0]!r}; there are {', '.join(DEFAULTS)}")
    chosen = DEFAULTS | dict(settings)
    hidden = hidden_layers(chosen["hidden"])
    return new_training(data, hidden, chosen["activation"], chosen["learning_rate"], seed)
