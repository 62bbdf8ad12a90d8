"""BackwardPass: stand at one node after another, be handed a number, hand one back; at the end the step is taken."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence

import ipywidgets
import numpy as np

from statquest_bp.chain_rule import gradient
from statquest_bp.data import Dataset
from statquest_bp.digits import exact
from statquest_bp.exercises.exercise import Checked, Verdict
from statquest_bp.exercises.handover_slips import counts_as, slip_of, what_arrives
from statquest_bp.exercises.link_slips import name_of
from statquest_bp.exercises.numeric import read_number
from statquest_bp.fit import ssr
from statquest_bp.links import handed_back, links_of, quantities, ways_to
from statquest_bp.network import Network

__all__ = ["BackwardPass"]


class BackwardPass(Checked):
    """The backward pass at the one point of `data`, a number at each of the `stops`: Predicted, y1, x1 …, in order.

    At a stop the learner is handed what was handed back before, right or wrong, sees the links of the stop, and says
    what to hand back. Any number is taken and travels on. After the last stop a step with `learning_rate` is taken: the
    SSR that it leads to stands beside that of the right numbers, and each hand-over that went wrong is named.
    A later answer can be mended; an earlier one too, and then what is handed on changes. ValueError for data of more
    than one point, and for a stop that isn't there or comes before what is handed to it.
    """

    kind = "Be the backward pass"

    def __init__(
        self,
        question: str,
        network: Network,
        data: Dataset,
        stops: Sequence[str],
        learning_rate: float,
        hints: Sequence[str],
        why: str,
        *,
        kind: str | None = None,
    ) -> None:
        if len(data) != 1:
            raise ValueError(f"a backward pass by hand is one point’s; got {len(data)} points")
        self.network, self.data, self.learning_rate = network, data, learning_rate
        self._links = links_of(network, data)
        self._into = {stop: [link for link in self._links if link.bottom == stop] for stop in stops}
        for i, stop in enumerate(stops):
            before = {"SSR", *stops[:i]}
            if not self._into[stop] or any(link.top not in before for link in self._into[stop]):
                raise ValueError(f"{stop} can’t be stop {i + 1}: all that is handed to it must come from stops before")
        self._boxes = {stop: self._box(stop) for stop in stops}
        self._told = {stop: ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="0")) for stop in stops}
        self._shown = ipywidgets.VBox([part for stop in stops for part in (self._told[stop], self._boxes[stop])])
        super().__init__(question, self._shown, hints, why, kind)
        self.controls["check"].description = "Take the step"
        self._show_stops()

    @property
    def answers(self) -> dict[str, float]:
        """What is right to hand back at each stop, if all that is handed to it is right."""
        right = handed_back(self._links)
        return {stop: float(right[stop][0]) for stop in self._into}

    def _box(self, stop: str) -> ipywidgets.Text:
        box = ipywidgets.Text(
            description=f"dSSR/d{stop} =",
            placeholder="what you hand back",
            continuous_update=False,  # so that Enter, or leaving the box, hands it back
            layout=ipywidgets.Layout(width="340px", max_width="100%", margin="2px 0 8px"),
        )
        box.observe(lambda _: self._act(self._hand_back), "value")
        return box

    def _arrange(self) -> None:
        self.controls |= {f"answer{i}": box for i, box in enumerate(self._boxes.values(), 1)}
        super()._arrange()

    def _given(self) -> object:
        return tuple(box.value for box in self._boxes.values())

    def _hand_back(self) -> None:
        """Go on to the next stop, and say where that is; from the last one, take the step."""
        try:
            given = self._show_stops()
        except ValueError as error:
            self._say(f"{error} Nothing is lost.")
            return
        at = next((stop for stop in self._into if stop not in given), None)
        if at is None:
            self._check()
        else:
            before = list(given)[-1:]
            self._say("".join(f"You handed back dSSR/d{stop} = {exact(given[stop])}. On to {at}." for stop in before))

    def _numbers(self) -> Iterator[tuple[str, float]]:
        """What is handed back, stop by stop, up to the first that is open. ValueError for what can't be read."""
        for stop, box in self._boxes.items():
            if not box.value.strip():
                return
            try:
                yield stop, read_number(box.value)
            except ValueError as error:
                raise ValueError(f"dSSR/d{stop}: {error}") from None

    def _show_stops(self) -> dict[str, float]:
        """Show the stops up to the first that is open, each with what is handed to it; and return what was given."""
        given, unread = dict[str, float](), None
        try:
            for stop, number in self._numbers():
                given[stop] = number
        except ValueError as error:
            unread = error
        for i, (stop, box) in enumerate(self._boxes.items()):
            here = i <= len(given)
            self._told[stop].value = f"<p>{html.escape(self._stand_at(stop, given))}</p>" if here else ""
            for part in (self._told[stop], box):
                part.layout.display = None if here else "none"
        if unread is not None:
            raise unread
        return given

    def _stand_at(self, stop: str, given: Mapping[str, float]) -> str:
        links = self._into[stop]
        if links[0].top == "SSR":
            values = quantities(self.network, self.data)
            names = [name.replace("Predicted", kind) for name in [stop] for kind in ("Observed", "Predicted")]
            numbers = " and ".join(f"{name} = {exact(values[name][0])}" for name in names)
            return f"You stand at {stop}, where the way back begins. Your link is {links[0].formula}, with {numbers}."
        own = " and ".join(f"{name_of(link)} = {link.formula} = {exact(link.values[0])}" for link in links)
        handed = " and ".join(f"dSSR/d{link.top} = {exact(given[link.top])}" for link in links)
        count, your = ("", "link is") if len(links) == 1 else ("two numbers, ", "links are")
        return f"You stand at {stop}. You are handed {count}{handed}. Your own {your} {own}."

    def _judge(self) -> Verdict:
        try:
            given = self._show_stops()
        except ValueError as error:
            return Verdict(f"{error} Nothing is lost.", "note")
        at = next((stop for stop in self._into if stop not in given), None)
        if at is not None:
            return Verdict(f"Hand a number back first. {self._stand_at(at, given)}", "note")
        arrived = handed_back(self._links, given)
        wrong = dict[str, str]()
        for stop, links in self._into.items():
            parts = what_arrives(links, arrived)
            if not counts_as(given[stop], sum(parts)):
                wrong[stop] = slip_of(given[stop], links, arrived, quantities(self.network, self.data))
        ends = self._ends(arrived)
        if not wrong:
            return Verdict(f"Every hand-over is right.\n{ends}", "right")
        said = [f"dSSR/d{stop} went wrong. {words}" for stop, words in wrong.items()]
        return Verdict("\n".join([*said, *self._travelled(wrong), ends]), "slip")

    def _travelled(self, wrong: Mapping[str, str]) -> Iterator[str]:
        behind = [
            name for name in dict.fromkeys(link.bottom for link in self._links)
            if name not in wrong and any(ways_to(self._links, name, stop) for stop in wrong)
        ]  # fmt: skip
        stops = [f"dSSR/d{name}" for name in behind if name in self._into]
        parameters = [name for name in behind if name in self.network.parameters]
        if stops:
            yield f"It travelled on: {', '.join(stops)} came out wrong, though you did your part there."
        yield f"The step is wrong for {', '.join(parameters)}."

    def _ends(self, arrived: Mapping[str, np.ndarray]) -> str:
        yours = np.array([arrived[name].sum() for name in self.network.parameters])
        right = np.array(list(gradient(self.network, self.data).values()))
        before, after, best = (self._ssr_after(slopes) for slopes in (0 * right, yours, right))
        return f"SSR before the step: {before}. After your step: {after}. With the right numbers: {best}."

    def _ssr_after(self, slopes: np.ndarray) -> str:
        with np.errstate(all="ignore"):
            there = self.network.vector - self.learning_rate * slopes
            after = ssr(self.network.with_vector(there), self.data)
        return exact(after) if math.isfinite(after) else "beyond any number"

    def _solution(self) -> str:
        return ", ".join(f"dSSR/d{stop} = {exact(number)}" for stop, number in self.answers.items())

    def _choices(self) -> list[str]:
        return [f"dSSR/d{stop} = ____" for stop in self._into]
