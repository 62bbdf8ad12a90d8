"""A notebook that has run, for `build.py`: its outputs, and its labs as a page can show them without a kernel."""

import json
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

VIEW = "application/vnd.jupyter.widget-view+json"
BEFORE = "from statquest_bp.exercises import exercise\nexercise.WIDTH = 10_000"  # a page breaks lines by itself
AFTER = """
import gc, json
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.page import state_of

def states(lab):
    pressed = ""
    for name in ("all", "curve"):  # what is brought by a button that isn't live on a page
        if name in lab.controls and "scrub" not in lab.controls:
            pressed = lab.controls[name].description
            lab.controls[name].click()
    return lab.widget.model_id, lab.ahead.model_id, *state_of(lab), pressed

labs = [thing for thing in gc.get_objects() if issubclass(type(thing), Lab) and thing.page.model_id in {shown!r}]
with open({file!r}, "w", encoding="utf-8") as out:
    json.dump({{lab.page.model_id: states(lab) for lab in labs}}, out)
"""


class LiveLab(NamedTuple):
    """A lab for a page: which widget is shown and which holds the frames, all states, the frames, what was pressed."""

    shown: str
    ahead: str
    state: dict[str, dict[str, object]]
    frames: str
    pressed: str

    @property
    def moves(self) -> bool:
        """Whether anything in it can be moved without a kernel."""
        return any(
            name.startswith("sq-control-") and not widget["state"]["disabled"] for name, widget in self._controls()
        )

    def _controls(self):
        for widget in self.state.values():
            for name in widget["state"].get("_dom_classes", ()):
                yield name, widget


def run(path: Path) -> tuple[NotebookNode, dict[str, LiveLab]]:
    """The notebook with its outputs, and the labs that it shows, by the model of their view."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, new_code_cell(BEFORE))
    with tempfile.TemporaryDirectory() as folder:  # progress and files of the learner are not for the site
        where = {"metadata": {"path": folder}}
        client = NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False, resources=where)
        client.store_widget_state = False
        with client.setup_kernel():
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            file = Path(folder, "states.json")
            shown = [output.data[VIEW]["model_id"] for output in outputs_of(notebook) if VIEW in output.get("data", {})]
            client.execute_cell(new_code_cell(AFTER.format(shown=shown, file=str(file))), 0)
            notebook.cells.pop(0)
            return notebook, {view: LiveLab(*lab) for view, lab in json.loads(file.read_text("utf-8")).items()}


def outputs_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]
