"""Build the site: `python site/build.py [folder]`, by default into build/site. It runs all notebooks..

Plain files with relative addresses, for any web server below any path or for a USB stick: a page a notebook, whose labs
are live without a kernel (see `statquest_bp/labs/page`), and a front page. nbconvert makes HTML of what the notebooks
say; Jupyter's html-manager shows the labs.
"""

import base64
import html
import json
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import nbformat
from jinja2 import Environment, FileSystemLoader
from latex2mathml.converter import convert as mathml_of
from markupsafe import Markup
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pygments.formatters import HtmlFormatter

from statquest_bp.labs import SSRLab
from statquest_bp.labs.page import STYLE, scripts, state_of

HERE = Path(__file__).parent
ROOT = HERE.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TEMPLATES = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
VIEW = "application/vnd.jupyter.widget-view+json"
STATES = """
import gc, json
from statquest_bp.labs.lab import Lab
from statquest_bp.labs.page import state_of

labs = [thing for thing in gc.get_objects() if issubclass(type(thing), Lab) and thing.page.model_id in {shown!r}]
with open({file!r}, "w", encoding="utf-8") as out:
    json.dump({{lab.page.model_id: [lab.widget.model_id, lab.ahead.model_id, *state_of(lab)] for lab in labs}}, out)
"""


class LiveLab(NamedTuple):
    """A lab for a page: which of its widgets is shown and which holds its frames, the state of all, and the frames."""

    shown: str
    ahead: str
    state: dict[str, dict[str, object]]
    frames: str

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


def title_of(notebook: NotebookNode) -> str:
    """Its first heading."""
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


def run(path: Path) -> tuple[NotebookNode, dict[str, LiveLab]]:
    """The notebook with its outputs, and the labs that it shows, by the model of their view."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:  # progress and files of the learner are not for the site
        where = {"metadata": {"path": folder}}
        client = NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False, resources=where)
        client.store_widget_state = False
        with client.setup_kernel():
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            file = Path(folder, "states.json")
            shown = [output.data[VIEW]["model_id"] for output in outputs_of(notebook) if VIEW in output.get("data", {})]
            states = new_code_cell(STATES.format(shown=shown, file=str(file)))
            notebook.cells.append(states)
            client.execute_cell(states, len(notebook.cells) - 1)
            notebook.cells.pop()
            return notebook, {view: LiveLab(*lab) for view, lab in json.loads(file.read_text("utf-8")).items()}


def outputs_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


class Page:
    """One page of the site while it is made: its name, and the labs on it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.labs: list[LiveLab] = []

    def figure(self, lab: LiveLab | None, picture: bytes, alt: str, width: int) -> str:
        """The HTML of a lab: a still picture, and where anything in it moves, the live lab in its place."""
        address = f"pictures/{self.name}-{len(list(self.folder.glob(f'pictures/{self.name}-*')))}.png"
        (self.folder / address).write_bytes(picture)
        live = lab is not None and lab.moves
        if live:
            self.labs.append(lab)
            frames = f"frames/{self.name}-{len(self.labs)}.js"
            text = f"(globalThis.statquest_bp_frames ??= {{}})[{json.dumps(frames)}] = {json.dumps(lab.frames)};"
            (self.folder / frames).write_text(text, encoding="ascii")
            lab.state[lab.ahead]["state"]["saved"] = frames
        return TEMPLATES.get_template("lab.html").render(
            address=address, alt=alt, width=width, view=lab.shown if live else None, is_lab=lab is not None
        )

    def write(self, template: str, **content: object) -> None:
        """The page, with the state of all its labs at its end."""
        widgets = {key: widget for lab in self.labs for key, widget in lab.state.items()}
        state = {"version_major": 2, "version_minor": 0, "state": widgets}
        text = TEMPLATES.get_template(template).render(
            name=self.name,
            state=Markup(json.dumps(state).replace("</", r"<\/")) if widgets else None,
            scripts=list(scripts()),
            **content,
        )
        (self.folder / f"{self.name}.html").write_text(text, encoding="utf-8")


def lesson(notebook: NotebookNode, labs: dict[str, LiveLab], page: Page) -> Markup:
    """The body of a notebook's page: what it says, prints and shows, without what only a running notebook needs."""
    shown = []
    for cell in notebook.cells:
        if "setup" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            cell.source = with_links_and_maths(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                about, lab = output.metadata["image/png"], labs.get(data.get(VIEW, {}).get("model_id"))
                figure = page.figure(lab, base64.b64decode(data["image/png"]), about["alt"], about["width"])
                output.data = nbformat.from_dict({"text/html": figure})
            elif "progress_card" in cell.source:
                output.data = nbformat.from_dict({"text/html": ""})
            elif VIEW in data:
                words = data["text/plain"].replace("(run the cell to answer)", "").strip()
                output.data = nbformat.from_dict({"text/html": TEMPLATES.get_template("card.html").render(words=words)})
        if any("text/html" in output.get("data", {}) for output in cell.get("outputs", [])):
            cell.metadata.transient = {"remove_source": True}
        shown.append(cell)
    return body_of(shown)


def body_of(cells: list[NotebookNode]) -> Markup:
    exporter = HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)
    body, _ = exporter.from_notebook_node(new_notebook(cells=cells))
    return Markup(body)


def with_links_and_maths(text: str) -> str:
    """Links lead from page to page, and formulas are MathML, which a browser sets by itself."""
    text = re.sub(r"(\]\(|\]: )(?:notebooks/)?(\d\d_\w+)\.ipynb", r"\1\2.html", text)
    text = re.sub(r"(\]\(|\]: )(?:\.\./)?README\.md", r"\1index.html", text)
    text = re.sub(r"(\]\(|\]: )(?:\.\./)?GLOSSARY\.md", r"\1glossary.html", text)
    text = re.sub(r"\$\$([^$]+)\$\$", lambda formula: mathml_of(formula[1], "block"), text)
    return re.sub(r"\$([^$\n]+)\$", lambda formula: mathml_of(formula[1]), text)


def course() -> list[dict[str, str]]:
    """The rows of the course map: what README.md and TEACHING.md say of each notebook."""
    rows = []
    teaching = (ROOT / "TEACHING.md").read_text("utf-8")
    for number, title, name, what in re.findall(
        r"^\| \[(\d\d) ([^\]]+)\]\(notebooks/(\w+)\.ipynb\) \|[^|]*\| (.*) \|$",
        (ROOT / "README.md").read_text("utf-8"),
        re.M,
    ):
        (minutes,) = re.findall(rf"\(notebooks/{name}\.ipynb\) \| (\d+) \|", teaching)
        rows.append({"number": number, "title": title, "name": name, "what": what, "minutes": minutes})
    return rows


def section(text: str, heading: str) -> str:
    """That section of a Markdown file, its heading included."""
    (found,) = re.findall(rf"^({re.escape(heading)}\n.*?)(?=^## |\Z)", text, re.M | re.S)
    return found


def build(folder: Path) -> None:
    """All of the site, in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("pictures", "frames", "static"):
        (folder / name).mkdir(parents=True)
    for name, script in scripts().items():
        (folder / "static" / name).write_text(script, encoding="utf-8")
    licences = Path(sys.modules[state_of.__module__].__file__).with_name("LICENSES.txt")
    shutil.copy(licences, folder / "static")
    light, dark = (HtmlFormatter(style=style).get_style_defs(".highlight") for style in ("default", "github-dark"))
    style = (HERE / "style.css").read_text("utf-8")
    code = f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    (folder / "static" / "style.css").write_text(STYLE + code + style, encoding="utf-8")

    rows = course()
    with ThreadPoolExecutor(2) as pool:
        for place, (path, (notebook, labs)) in enumerate(zip(NOTEBOOKS, pool.map(run, NOTEBOOKS), strict=True)):
            page = Page(path.stem, folder)
            page.write(
                "page.html",
                title=title_of(notebook),
                body=lesson(notebook, labs, page),
                before=rows[place - 1] if place else None,
                after=rows[place + 1] if place + 1 < len(rows) else None,
            )
            print(path.stem, f"{len(page.labs)} live labs", flush=True)

    front, lab = Page("index", folder), SSRLab()
    lab.controls["curve"].click()
    live = LiveLab(lab.widget.model_id, lab.ahead.model_id, *state_of(lab))
    figure = Markup(front.figure(live, lab.picture.png(), lab.picture.describe(), 900))
    front.write("index.html", title="Backpropagation, hands on", figure=figure, rows=rows)
    readme, glossary = ((ROOT / name).read_text("utf-8") for name in ("README.md", "GLOSSARY.md"))
    for name, text in (
        ("start", section(readme, "## Start").replace("## Start", "# Run the notebooks")),
        ("glossary", glossary),
    ):
        cell = new_markdown_cell(with_links_and_maths(text))
        title = text.splitlines()[0].removeprefix("# ")
        Page(name, folder).write("page.html", title=html.unescape(title), body=body_of([cell]), before=None, after=None)


if __name__ == "__main__":
    build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "site"))
