"""The controls of a playground's data: one of the data sets that come with the package, or a table of your own."""

from __future__ import annotations

from typing import Any

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.labs.shipped import OWN, SHIPPED, csv_text

__all__ = ["DataControls"]

HINT = (
    "<div style='line-height: 1.5'>Paste a table: a row for each point, and above them, if you like, the names of the "
    "columns. The last columns are what was observed, those before them the inputs. At first this is what is on "
    "show.</div>"
)
WHY_SCALE = "Large inputs drive the sums to where the bends are level, and there nothing is learned."


class DataControls:
    """`row` chooses, `panel` takes a table of your own; the text in it stays as typed, whatever is wrong with it."""

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        self._own: Dataset | None = None  # the last table of one's own that could be read
        chosen = ipywidgets.Dropdown(
            options=[*SHIPPED, OWN], value=lab.state.chosen, description="data", layout={"width": "240px"}
        )
        scaled = ipywidgets.Checkbox(
            lab.state.scaled, description="Scale the inputs to 0…1", indent=False, layout={"width": "auto"}
        )
        scaled.tooltip = WHY_SCALE
        self.row = [
            lab._control("data", chosen, self._choose),
            lab._control("scaled", scaled, lambda on: lab.set_data(lab.state.base, lab.state.chosen, on)),
            ipywidgets.HTML(f"({WHY_SCALE[0].lower()}{WHY_SCALE[1:-1]})"),
        ]
        self._text = ipywidgets.Textarea(
            description="table (CSV)", rows=7, layout={"width": "100%", "max_width": "560px"}
        )
        self._outputs = ipywidgets.BoundedIntText(
            1, min=1, max=3, description="observed columns", layout={"width": "200px"}
        )
        lab.controls |= {"text": self._text, "outputs": self._outputs}
        use = lab._button("use", "Use these data", self._use, "Read the table, and begin anew")
        self._filled = ""
        self._fill(lab.state.base)
        self.panel = ipywidgets.VBox([ipywidgets.HTML(HINT), self._text, ipywidgets.HBox([self._outputs, use])])
        self.follow()

    def follow(self) -> None:
        """The panel is there only where the data are your own."""
        self.panel.layout.display = None if self._lab.state.chosen == OWN else "none"

    def _fill(self, data: Dataset) -> None:
        if self._text.value == self._filled:  # what somebody typed is never lost
            self._filled = self._text.value = csv_text(data)
            self._outputs.value = data.observed.shape[1]

    def _choose(self, name: str) -> Any:
        state = self._lab.state
        if name == OWN and self._own is None:  # what is on show, to be changed
            self._fill(state.base)
            return state._replace(chosen=OWN)
        if name == OWN:
            return self._lab.set_data(self._own, OWN, state.scaled)
        return self._lab.set_data(SHIPPED[name](), name, state.scaled)

    def _use(self) -> Any:
        self._own = data = Dataset.from_text(self._text.value, self._outputs.value)
        return self._lab.set_data(data, OWN, self._lab.state.scaled)
