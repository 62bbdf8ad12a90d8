"""StartsLab: gradient descent from a thousand random starts at once, where each of them ends, and the path of one."""

from __future__ import annotations

import numbers

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.labs.controls import Button, Slider
from statquest_bp.labs.given import own_data
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.landscape_lab import LandscapeLab
from statquest_bp.labs.ranges import rate_for, rates
from statquest_bp.labs.starts_choices import Chosen, StartsPlan, group_buttons, place_slider
from statquest_bp.labs.starts_view import SeenStarts, StartsView
from statquest_bp.network import Network

__all__ = ["StartsLab"]


class StartsLab(Lab[Chosen, SeenStarts]):
    """Train many random networks at once; see which fit, how well, and which parameters they have; follow one's path.

    `sizes` are those of the networks, `starts` how many there are, `learning_rate` the first one (None: 0.045 /
    points, in the lesson 0.015; with its 0.1 a third of the runs swing), `seed` that of the first network, the next
    one having seed + 1. `max_steps` and `min_step` are `descend`'s.
    ValueError for sizes that don't match the data, data too large to be squared, or fewer starts than one.
    """

    view: StartsView
    path: LandscapeLab | None = None  # shows the path last asked for
    sizes: tuple[int, ...]
    starts: int
    max_steps: int
    min_step: float
    _told: ipywidgets.HTML
    _followed: ipywidgets.VBox

    def __init__(
        self,
        data: Dataset | None = None,
        sizes: tuple[int, ...] = (1, 2, 1),
        starts: int = 1000,
        learning_rate: float | None = None,
        seed: int = 1,
        max_steps: int = 8000,
        min_step: float = 1e-5,
    ) -> None:
        if isinstance(starts, bool) or not isinstance(starts, numbers.Integral) or starts < 1:
            raise ValueError(f"starts must be a whole number from 1 up; got {starts!r}")
        data = own_data(data)
        self.sizes, self.starts, self.max_steps, self.min_step = tuple(sizes), starts, max_steps, min_step
        plan = StartsPlan(data, self.sizes, starts, max_steps, min_step)
        rate = round(0.15 * rate_for(data), 9) if learning_rate is None else learning_rate
        trained = plan.train(rate, seed)
        slowest, fastest = rates(data)
        training = [
            Slider[Chosen](
                "learning_rate",
                slowest,
                fastest,
                lambda chosen: chosen.trained.rate,
                self._at_rate,
                start=rate,
                ahead=False,  # it takes a second
                description="learning rate",
                step=slowest / 2,
                readout_format=".4f",
                continuous_update=False,
            ),
            Button[Chosen]("seed", "Other starts", self._of_other_starts, "Train networks that were drawn anew"),
        ]
        follow = Button("follow", "Follow its path", self._follow, "Show the whole descent from this start, below")
        view = StartsView(plan, trained.starts[0])
        self._followed = ipywidgets.VBox(layout={"width": "100%", "overflow": "visible"})
        super().__init__(Chosen(trained, 0), view, [place_slider(plan), follow], group_buttons(), training)
        self.page = ipywidgets.VBox([self.widget, self._followed], layout={"width": "100%", "overflow": "visible"})

    @property
    def chosen(self) -> int:
        """The index of the chosen start among all of them."""
        return self.state.which

    @property
    def seed(self) -> int:
        """The seed of the chosen network."""
        return self.state.seed

    @property
    def start(self) -> Network:
        """The chosen network before the training."""
        return self.state.start

    @property
    def group(self) -> str:
        """How the run from the chosen start ended."""
        return self.state.group

    def _at_rate(self, chosen: Chosen, rate: float) -> Chosen:
        self._say_that_it_trains()
        return chosen.at_rate(rate)

    def _of_other_starts(self, chosen: Chosen) -> Chosen:
        self._say_that_it_trains()
        return chosen.of_other_starts()

    def _say_that_it_trains(self) -> None:
        self._readout.value = f'<div role="status">Training {self.starts:,} starts …</div>'

    def _follow(self, chosen: Chosen) -> Chosen:
        """Show the descent from the chosen start below, in the lab that is there already, if one is."""
        rate = chosen.trained.rate
        if self.path is None:
            self.path = LandscapeLab(chosen.start, self.data, rate, self.max_steps, min_step=self.min_step)
            self._told = ipywidgets.HTML()
        else:
            self.path.begin_anew(chosen.start, rate)
        told = f"The path of the start of seed {chosen.seed}, the chosen one when you asked for it."
        if not abs(self.path.ssr - self.ssr) <= 0.01 * self.seen.level:
            told += (
                f" Among the others it ended with SSR {exact(self.ssr)}, alone with {exact(self.path.ssr)}: where a "
                "run swings, a difference in the last digit grows until it decides where the run ends."
            )
        self._told.value = f'<div role="status">{told}</div>'
        self._followed.children = [self._told, self.path.widget]
        return chosen
