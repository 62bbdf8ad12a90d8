"""Run notebooks again and store their outputs in one tidy form: python tools/refresh_notebooks.py [--pictures] [FILE …]

A file changes only where its text does; --pictures takes the new pictures too, also beside unchanged text.
"""

import sys
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOT_COMPARED = {WIDGET_VIEW, "image/png", "image/jpeg"}  # by nbval
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def compared(cell: NotebookNode) -> list[object]:
    """What nbval holds a cell to: the source, and every output except pictures and widget views."""
    outputs = []
    for output in joined(cell.get("outputs", [])):
        data = {kind: value for kind, value in output.get("data", {}).items() if kind not in NOT_COMPARED}
        outputs.append((output.output_type, output.get("name"), output.get("text"), data))
    return [cell.source, *outputs]


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs, with what was printed in one go in one piece: where it is cut is a matter of moments."""
    whole: list[NotebookNode] = []
    for output in deepcopy(outputs):
        before = whole[-1] if whole else {}
        if output.output_type == "stream" and output.name == before.get("name"):
            before["text"] += output.text
        else:
            whole.append(output)
    return whole


def tidy(notebook: NotebookNode) -> None:
    """Drop what names a machine, a moment or a kernel that is gone: widget views too, so that their pictures show."""
    notebook.metadata = nbformat.from_dict(METADATA)
    ids = set()
    for cell in notebook.cells:
        cell.id = sha256(cell.source.encode()).hexdigest()[:8]
        while cell.id in ids:
            cell.id += "-again"
        ids.add(cell.id)
        cell.metadata = {key: cell.metadata[key] for key in ("jupyter", "tags") if key in cell.metadata}
        if cell.cell_type == "code":
            cell.outputs = joined([output for output in cell.outputs if output.get("name") != "stderr"])
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET_VIEW, None)


def keep_pictures(old: NotebookNode, new: NotebookNode) -> None:
    """Where nothing that is compared has changed, keep the stored pictures: their bytes differ between machines."""
    before = {str(compared(cell)): cell for cell in old.cells}
    for cell in new.cells:
        stored = before.get(str(compared(cell)), cell)
        for output, old_output in zip(cell.get("outputs", []), joined(stored.get("outputs", [])), strict=True):
            for kind in NOT_COMPARED & output.get("data", {}).keys() & old_output.get("data", {}).keys():
                output.data[kind] = old_output.data[kind]


def refresh(path: Path, pictures: bool = False) -> bool:
    """Run one notebook in its own folder and store it; True if the file changed. A cell that fails raises."""
    stored = path.read_text(encoding="utf-8")
    old = nbformat.reads(stored, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(deepcopy(old), timeout=120, kernel_name="python3", record_timing=False, resources=where)
    client.store_widget_state = False
    client.extra_arguments = ["--log-level=ERROR"]
    new = client.execute()
    tidy(new)
    if not pictures:
        keep_pictures(old, new)
    text = nbformat.writes(new) + "\n"
    if text != stored:
        path.write_text(text, encoding="utf-8", newline="\n")
    return text != stored


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[1:] if name != "--pictures"] or sorted(NOTEBOOKS.glob("*.ipynb"))
    for file in files:
        print(file.name, "changed" if refresh(file, pictures="--pictures" in sys.argv) else "is as it was", flush=True)
