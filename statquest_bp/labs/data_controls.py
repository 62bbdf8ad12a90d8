"""The controls of a playground's data: one of the data sets that come with the package, or a table of your own."""

from __future__ import annotations

from typing import Any

import ipywidgets

from statquest_bp.data import Dataset
from statquest_bp.labs.old_lab import alert
from statquest_bp.labs.shipped import OWN, SHIPPED, csv_text

__all__ = ["DataControls"]

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

    While a table in sight is not read, or was refused, `check` keeps the lab from training on other data by surprise,
    and `refused` says what is wrong with it.
    """

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        # the last table of one's own that could be read
        self._own: Dataset | None = lab.state.base if lab.state.chosen == OWN else None
        self._wrong = ""  # with the last table, if something was
        chosen = ipywidgets.Dropdown(
            options=[*SHIPPED, OWN], value=lab.state.chosen, description="data", layout={"width": "240px"}
        )
        self.row = [lab._control("data", chosen, self._choose)]
        for name, (words, why) in SCALES.items():
            box = ipywidgets.Checkbox(False, description=words, indent=False, layout={"width": "auto"})
            box.tooltip = why
            self.row.append(lab._control(name, box, lambda _: self._set(lab.state.base, lab.state.chosen)))
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

    def refused(self) -> list[str]:
        """What is wrong with the table in sight, as an alert: it stays until the table is read or other data chosen."""
        return [alert(f"{self._wrong}. {HELD}")] if self._wrong and self._lab.state.chosen == OWN else []

    def check(self) -> None:
        """ValueError while the table in sight is not the data that would be trained on."""
        if self._lab.state.chosen != OWN:
            return
        others = self._own is not None and self._lab.state.base is not self._own
        if self._wrong or others or self._typed != self._read:
            raise ValueError(f"{self._wrong}. {HELD}" if self._wrong else UNREAD)

    @property
    def _typed(self) -> tuple[str, int]:
        return self._text.value, self._outputs.value

    def _fill(self, data: Dataset) -> None:
        if self._text.value == self._filled:  # what somebody typed is never lost
            self._filled = self._text.value = csv_text(data)
            self._outputs.value = data.observed.shape[1]
            self._read = self._typed

    def _set(self, data: Dataset, name: str) -> Any:
        return self._lab.set_data(data, name, *(self._lab.controls[box].value for box in SCALES))

    def _choose(self, name: str) -> Any:
        if name != OWN:
            return self._set(SHIPPED[name](), name)
        if self._own is None:  # what is on show, to be changed
            self._fill(self._lab.state.base)
        return self._set(self._lab.state.base if self._own is None else self._own, OWN)

    def _use(self) -> Any:
        try:
            data = Dataset.from_text(self._text.value, self._outputs.value)
        except ValueError as error:
            self._wrong = str(error)
            return self._lab.state
        self._own, self._read, self._wrong = data, self._typed, ""
        return self._set(data, OWN)
