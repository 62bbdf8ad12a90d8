"""The controls of a playground's data: one of the data sets that come with the package, or a table of your own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.labs.controls import Acting, Button, Choice, Part
from statquest_bp.labs.lab import alert
from statquest_bp.labs.shipped import OWN, SHIPPED, csv_text, name_of
from statquest_bp.labs.trained import Table, Trained

__all__ = ["DataControls", "refused", "table_of"]

MOST_OUTPUTS = 3

HINT = (
    "<div style='line-height: 1.5'>Paste a table: a row for each point, and above them, if you like, the names of the "
    "columns. The last columns are what was observed, those before them the inputs. At first this is what is on "
    "show.</div>"
)
SCALES = {  # what each box says, and why one ticks it
    "scaled": (
        "Scale the inputs to 0…1",
        "Large inputs drive the sums to where the bends are level, and there nothing is learned.",
    ),
    "scaled_observed": (
        "Scale what was observed to 0…1",
        "Large residuals make the first steps so long that they throw the nodes to where nothing is learned. Only the "
        "training sees the scaled values: the fit and the SSR stay in your own units.",
    ),
}
UNREAD = "the table below is not read yet: press “Use these data”, or choose other data"
HELD = "The picture shows the data from before; nothing trains until the table is read, or other data are chosen"


class DataControls:
    """`row` chooses, `panel` takes a table of your own; the text in it stays as typed, whatever is wrong with it.

    While a table in sight is not read, or was refused, `check` keeps the lab from training on other data by surprise.
    """

    def __init__(self, start: Trained) -> None:
        chosen = ipywidgets.Dropdown(
            options=[*SHIPPED, OWN], value=start.chosen, description="data", layout={"width": "240px"}
        )
        boxes = {}
        for name, (words, why) in SCALES.items():
            boxes[name] = ipywidgets.Checkbox(False, description=words, indent=False, layout={"width": "auto"})
            boxes[name].tooltip = why
        self._choices = [
            Choice[Trained]("data", chosen, lambda state: state.chosen, self._choose),
            Choice[Trained](
                "scaled",
                boxes["scaled"],
                lambda state: state.scaled,
                lambda state, on: state.on(state.base, state.chosen, on, state.measured is not None),
            ),
            Choice[Trained](
                "scaled_observed",
                boxes["scaled_observed"],
                lambda state: state.measured is not None,
                lambda state, on: state.on(state.base, state.chosen, state.scaled, on),
            ),
        ]
        self._use = Button[Trained]("use", "Use these data", self._read, "Read the table, and begin anew")
        self._filled, outputs = start.table.typed
        self._text = ipywidgets.Textarea(
            self._filled, description="table (CSV)", rows=7, layout={"width": "100%", "max_width": "560px"}
        )
        self._outputs = ipywidgets.BoundedIntText(
            outputs, min=1, max=MOST_OUTPUTS, description="observed columns", layout={"width": "200px"}
        )
        self.panel = ipywidgets.VBox(
            [ipywidgets.HTML(HINT), self._text, ipywidgets.HBox([self._outputs, self._use.widget])]
        )

    @property
    def controls(self) -> Mapping[str, ipywidgets.Widget]:
        """All of them, those of the panel included."""
        row = {choice.name: choice.widget for choice in self._choices}
        return {**row, "text": self._text, "outputs": self._outputs, "use": self._use.widget}

    @property
    def row(self) -> Sequence[ipywidgets.Widget]:
        """What chooses the data, and how they are scaled."""
        return [choice.widget for choice in self._choices]

    def join(self, lab: Acting[Trained]) -> None:
        """Act on this lab. What is typed changes nothing until it is to be used."""
        self._lab = lab
        for choice in self._choices:
            choice.join(lab)
        self._use.join(lab)

    def follow(self, state: Trained) -> None:
        """Show the state's choices. The panel is there only where the data are your own."""
        self.panel.layout.display = None if state.chosen == OWN else "none"
        for choice in self._choices:
            choice.follow(state)

    def touched(self, by: Part[Trained]) -> None:
        """Nothing: what is typed stays."""

    def check(self) -> None:
        """ValueError while the table in sight is not the data that would be trained on."""
        state = self._lab.state
        if state.chosen == OWN and (state.table.wrong or self._typed != state.table.typed):
            raise ValueError(f"{state.table.wrong}. {HELD}" if state.table.wrong else UNREAD)

    @property
    def _typed(self) -> tuple[str, int]:
        return self._text.value, self._outputs.value

    def _choose(self, state: Trained, name: str) -> Trained:
        if name != OWN:
            return _on(state, SHIPPED[name](), name)
        if state.table.data is not None:
            return _on(state, state.table.data, OWN)
        if self._text.value == self._filled:  # what somebody typed is never lost
            self._filled, self._outputs.value = as_typed(state.base)
            self._text.value = self._filled
            state = state._replace(table=Table(None, self._typed, state.table.wrong))
        return _on(state, state.base, OWN)  # what is on show, to be changed

    def _read(self, state: Trained) -> Trained:
        try:
            data = Dataset.from_text(*self._typed)
        except ValueError as error:
            return state._replace(table=state.table._replace(wrong=str(error)))
        return _on(state._replace(table=Table(data, self._typed)), data, OWN)


def refused(state: Trained) -> list[str]:
    """What is wrong with the table in sight, as an alert: it stays until the table is read or other data chosen."""
    return [alert(f"{state.table.wrong}. {HELD}")] if state.table.wrong and state.chosen == OWN else []


def table_of(data: Dataset) -> Table:
    """The table that a lab begins with: these data, the learner's own or to be changed."""
    return Table(data if name_of(data) == OWN else None, as_typed(data))


def as_typed(data: Dataset) -> tuple[str, int]:
    """The data as somebody could have typed them: the text, and how many columns were observed."""
    return csv_text(data), min(data.observed.shape[1], MOST_OUTPUTS)


def _on(state: Trained, data: Dataset, name: str) -> Trained:
    return state.on(data, name, state.scaled, state.measured is not None)
