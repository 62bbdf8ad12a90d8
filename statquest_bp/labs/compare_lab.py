"""CompareLab: two networks side by side, on the same data and from the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from statquest_bp.data import Dataset, dosage
from statquest_bp.digits import exact
from statquest_bp.fit import Fitted
from statquest_bp.labs.advice import IN_CODE
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.network_controls import NetworkControls
from statquest_bp.labs.train_parts import (
    MOMENTS,
    RESTART,
    SeenTrained,
    new_pictures,
    seen_trained,
    start_controls,
    train_controls,
    trained_code,
)
from statquest_bp.labs.trained import LIMIT, Trained, hidden_layers, new_training
from statquest_bp.labs.view import Digits, View
from statquest_bp.network import Network
from statquest_bp.plots import draw_predictions, draw_ssr_trace, ssr_limits
from statquest_bp.training import Training

__all__ = ["CompareLab"]

SIDES = ("left", "right")
DEFAULTS: dict[str, Any] = {"hidden": (4,), "activation": "softplus", "learning_rate": 0.05}


class CompareView(View[Trained, SeenTrained]):
    """The fits of both networks, and the SSR of both against the updates."""

    def seen(self, state: Trained) -> SeenTrained:
        """Both runs at the update on show."""
        return seen_trained(state, IN_CODE)

    def stands_on(self, seen: SeenTrained) -> object:
        """The axes."""
        return seen.axes

    def stand(self, seen: SeenTrained) -> None:
        """New axes for these data, shapes, and SSR."""
        data = seen.fit.data
        self.figure, (left, right, trace) = new_pictures(data, 2, "Left", "Right", "SSR against updates")
        self.fits = [draw_predictions(ax, fit.network, data) for ax, fit in zip((left, right), seen.fits, strict=True)]
        self.trace = draw_ssr_trace(trace, seen.runs, LIMIT, ssr_limits(seen.runs))

    def draw(self, seen: SeenTrained, number: Digits) -> None:
        """Move the fits, and draw the SSR up to the update on show."""
        for picture, fit in zip(self.fits, seen.fits, strict=True):
            picture.update(fit.network)
        self.trace.update(seen.runs, SIDES, MOMENTS, seen.trained.step)

    def mark(self, prediction: float | None, seen: SeenTrained) -> None:
        """A line at the SSR that was predicted."""
        self.trace.show_prediction(prediction)

    def question(self, seen: SeenTrained) -> object:
        """These runs, at whatever update."""
        return seen.question

    def readout(self, seen: SeenTrained, number: Digits) -> str:
        """A row for each network, and what there is to learn from its run."""
        heads = ("network", "hidden nodes", "activation", "parameters", "learning rate", "updates", "SSR")
        rows = []
        for side, training, fit in _sides(seen):
            start = training.start
            hidden = ", ".join(map(str, start.sizes[1:-1])) or "none"
            cells = [hidden, start.activation, str(len(start.vector)), f"{training.learning_rate:g}"]
            cells += [f"{_done(seen, training):,}", f"<strong>{exact(fit.ssr)}</strong>"]
            rows.append(f"<tr><th scope=row>{side}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        top = "".join(f"<th scope=col>{head}</th>" for head in heads)
        told = "".join(f"<br>{side}: {' '.join(why)}" for side, why in zip(SIDES, seen.lessons, strict=True) if why)
        return (
            f"Update {seen.trained.step:,} of at most {LIMIT:,}"
            f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody></table>{told}"
        )

    def label(self, seen: SeenTrained, number: Digits) -> str:
        """Both fits in words."""
        told = " ".join(
            f"{side.title()}: {picture.describe(fit.network)} That is after {_done(seen, training):,} updates."
            for picture, (side, training, fit) in zip(self.fits, _sides(seen), strict=True)
        )
        return f"{told} Beside them the SSR of both against the updates."

    def code(self, seen: SeenTrained) -> str:
        """Both runs."""
        return trained_code(seen.trained, SIDES)

    def summary(self, seen: SeenTrained) -> str:
        """The update on show, and both SSRs."""
        errors = ", ".join(f"SSR = {exact(fit.ssr)} {side}" for side, _, fit in _sides(seen))
        return f"update {seen.trained.step}: {errors}"


def _sides(seen: SeenTrained) -> list[tuple[str, Training, Fitted]]:
    """For each side: its name, its run, and how well its network fits."""
    return list(zip(SIDES, seen.trained.trainings, seen.fits, strict=True))


def _done(seen: SeenTrained, training: Training) -> int:
    """How many of a run's updates are on show: it may end before the other."""
    return min(seen.trained.step, len(training) - 1)


class CompareLab(Lab[Trained, SeenTrained]):
    """Train two networks at the same pace, and see which fits, and how fast.

    `left` and `right` say how each differs from the 4 softplus nodes and the rate 0.05 of the playground, for example
    `left={"hidden": (2,)}, right={"hidden": (8,), "activation": "relu", "learning_rate": 0.01}`.
    KeyError for another setting; ValueError or TypeError as in PlaygroundLab.
    """

    view: CompareView

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
        trainings = [_training(data, name, {} if side is None else side, seed) for name, side in sides]
        start = Trained.begin(trainings, seed, data)
        self.steps, speed = train_controls(start)
        networks = [NetworkControls(start, i, f"{side}_") for i, side in enumerate(SIDES)]
        super().__init__(
            start,
            CompareView(),
            [self.steps, speed],
            *([*controls.shape, controls.rate] for controls in networks),
            start_controls(start),
            [],
            reset=Trained.restart,
            reset_text=RESTART,
        )

    @property
    def trainings(self) -> tuple[Training, ...]:
        """The runs, with every update so far."""
        return self.state.trainings

    @property
    def networks(self) -> tuple[Network, ...]:
        """The network of each run at the update on show, or where the run ended before."""
        return self.seen.networks

    def train(self, updates: int) -> None:
        """Go so many updates on, however long it takes; those recorded already are only shown."""
        self.act(lambda state: state.train(updates), by=self.steps)


def _training(data: Dataset, side: str, settings: Mapping[str, Any], seed: int) -> Training:
    if not isinstance(settings, Mapping):
        raise TypeError(f"{side} must map settings to values, such as {{'hidden': (4,)}}; got {settings!r}")
    unknown = [name for name in settings if name not in DEFAULTS]
    if unknown:
        raise KeyError(f"a network has no setting {unknown[0]!r}; there are {', '.join(DEFAULTS)}")
    chosen = DEFAULTS | dict(settings)
    hidden = hidden_layers(chosen["hidden"])
    return new_training(data, hidden, chosen["activation"], chosen["learning_rate"], seed)
