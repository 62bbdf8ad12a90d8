"""PlaygroundLab: your own data, any layers, any activation; train it, and see everything move."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from statquest_bp.data import Dataset, dosage
from statquest_bp.labs.controls import HANDLING, Choice
from statquest_bp.labs.data_controls import DataControls, table_of
from statquest_bp.labs.exports import film, run_csv
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.network_controls import NetworkControls
from statquest_bp.labs.playground_view import PlaygroundView
from statquest_bp.labs.save_controls import SaveControls
from statquest_bp.labs.style import toggle_buttons
from statquest_bp.labs.train_parts import RESTART, SeenTrained, start_controls, train_controls
from statquest_bp.labs.trained import Trained, hidden_layers, new_training
from statquest_bp.network import Network
from statquest_bp.training import Training

__all__ = ["PlaygroundLab"]

FRAMES = 40  # of a film


class PlaygroundLab(Lab[Trained, SeenTrained]):
    """Train a network of 0 to 3 hidden layers on the data sets of the package or on your own.

    `data` are the first data (None: the lesson's), `hidden` the nodes of each hidden layer, `seed` the starting values.
    `lab.train(5000)` trains from Python, `lab.export("png")` gives a file's bytes.
    ValueError or TypeError for settings that make no network, or a learning rate that isn't positive.
    """

    view: PlaygroundView

    def __init__(
        self,
        data: Dataset | None = None,
        hidden: Sequence[int] = (4,),
        activation: str = "softplus",
        learning_rate: float = 0.05,
        seed: int = 1,
    ) -> None:
        data = dosage() if data is None else data
        training = new_training(data, hidden_layers(hidden), activation, learning_rate, seed)
        start = Trained.begin([training], seed, data, "parameters")._replace(table=table_of(data))
        self._data, self._save, network = DataControls(start), SaveControls(self), NetworkControls(start, 0, "")
        self.steps, speed = train_controls(start, self._data.check)
        view = Choice[Trained](
            "view",
            toggle_buttons("at the right", {"parameters": "parameters", "the network": "network"}),
            lambda state: state.view,
            lambda state, name: state._replace(view=name),
        )
        super().__init__(
            start,
            PlaygroundView(),
            [self.steps, speed],
            [network.rate, view, self._save],
            [self._save.panel],
            [*network.shape, *start_controls(start)],
            [self._data],
            [self._data.panel],
            [],
            reset=Trained.restart,
            reset_text=RESTART,
        )

    @property
    def training(self) -> Training:
        """The run so far, with every update."""
        return self.state.trainings[0]

    @property
    def trainings(self) -> tuple[Training, ...]:
        """The same, as in a lab of several runs."""
        return self.state.trainings

    @property
    def networks(self) -> tuple[Network, ...]:
        """The network as it is trained, as in a lab of several."""
        return self.seen.networks

    @property
    def network(self) -> Network:
        """The network on show, as it is trained: on scaled data, where that is asked for."""
        return self.seen.networks[0]

    @property
    def data(self) -> Dataset:
        """The data as the network is trained on them: scaled, where that is asked for."""
        return self.state.data

    @property
    def measured(self) -> Dataset:
        """The same, what was observed in its own units: those of the picture and of the SSR."""
        return self.seen.fit.data

    def train(self, updates: int) -> None:
        """Go so many updates on, however long it takes; those recorded already are only shown."""

        def trained(state: Trained) -> Trained:
            self._data.check()
            return state.train(updates)

        self.act(trained, by=self.steps)

    def export(self, kind: str) -> bytes:
        """A file of what the lab shows.

        The picture as "png" or "svg", the run as "csv" or, as a film, as "gif"; or as "html" the page of `save_html`.
        """
        makers: dict[str, Callable[[], bytes]] = {
            "png": self.picture.png,
            "svg": self.picture.svg,
            "csv": self.run_csv,
            "gif": self._film,
            "html": lambda: self.html().encode(),
        }
        if kind not in makers:
            raise ValueError(f"there is no export {kind!r}; choose one of {', '.join(makers)}")
        with HANDLING:
            return makers[kind]()

    def run_csv(self, every: int = 1) -> bytes:
        """The run as a table, the SSR in the units of what was observed."""
        return run_csv(self.training, self.seen.runs[0].ssr, every)

    def _film(self) -> bytes:
        count = self.state.step + 1
        moments = np.geomspace(1, count, min(FRAMES, count)).round() - 1
        try:
            return film(
                self.picture,
                lambda step: self.view.draw(self.view.seen(self.state.at(step)), self.number),
                np.unique(moments.astype(int)).tolist(),
            )
        finally:
            self.view.draw(self.seen, self.number)
