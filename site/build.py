"""Build the site: `python site/build.py [folder]`, by default into build/site. It runs all notebooks.

Plain files with relative addresses, for any web server below any path or for a USB stick: a page a notebook, whose labs
are live without a kernel (see `statquest_bp/labs/page`), a front page, and the course itself, which runs in the browser
(`lite.py`). nbconvert makes HTML of what the notebooks say; Jupyter's html-manager shows the labs.
"""

import base64
import html
import json
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import lite
import nbformat
from jinja2 import Environment, FileSystemLoader
from latex2mathml.converter import convert as mathml_of
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from pygments.formatters import HtmlFormatter
from running import VIEW, LiveLab, run

from statquest_bp.labs import SSRLab
from statquest_bp.labs.page import STYLE, scripts, state_of

HERE = Path(__file__).parent
ROOT = HERE.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TEMPLATES = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def title_of(notebook: NotebookNode) -> str:
    """Its first heading."""
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


class Page:
    """One page of the site while it is made: its name, the labs on it, and the notebook in which they are."""

    def __init__(self, name: str, folder: Path, notebook: str = "") -> None:
        self.name, self.folder, self.notebook = name, folder, notebook or name
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
            notebook=self.notebook,
            address=address,
            alt=alt,
            width=width,
            view=lab.shown if live else None,
            pressed=lab.pressed if live else "",
            is_lab=lab is not None,
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
                words = re.sub(r"\(run the cell to answer\)|Run the cell to take it\.", "", data["text/plain"]).strip()
                card = TEMPLATES.get_template("card.html").render(words=words, notebook=page.notebook)
                output.data = nbformat.from_dict({"text/html": card})
        if any("text/html" in output.get("data", {}) for output in cell.get("outputs", [])):
            cell.metadata.transient = {"remove_source": True}
        shown.append(cell)
    return body_of(shown)


def body_of(cells: list[NotebookNode]) -> Markup:
    exporter = HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)
    body, _ = exporter.from_notebook_node(new_notebook(cells=cells))
    return Markup(re.sub(r"<pre>(.*?)</pre>", _reached, body, flags=re.S))


def _reached(pre: re.Match[str]) -> str:
    """What is too wide for a phone can be scrolled there, by the keyboard too."""
    lines = html.unescape(re.sub("<[^>]+>", "", pre[1])).splitlines()
    return pre[0].replace("<pre>", '<pre tabindex="0">') if max(map(len, lines), default=0) > 36 else pre[0]


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
    lite.add(folder)  # the front page takes the place of its own
    pages(folder)


def pages(folder: Path) -> None:
    """What can be read, and moved, without running anything."""
    for name in ("pictures", "frames", "static"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, script in scripts().items():
        (folder / "static" / name).write_text(script, encoding="utf-8")
    licences = Path(sys.modules[state_of.__module__].__file__).with_name("LICENSES.txt")
    shutil.copy(licences, folder / "static")
    light, dark = (HtmlFormatter(style=style).get_style_defs(".highlight") for style in ("xcode", "monokai"))
    style = (HERE / "style.css").read_text("utf-8")
    code = f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    (folder / "static" / "style.css").write_text(STYLE + code + style, encoding="utf-8")

    rows = course()
    with ThreadPoolExecutor(2) as pool:
        for place, (path, (notebook, labs)) in enumerate(zip(NOTEBOOKS, pool.map(run, NOTEBOOKS), strict=True)):
            page = Page(path.stem, folder)
            page.write(
                "page.html",
                notebook=page.notebook,
                title=title_of(notebook),
                body=lesson(notebook, labs, page),
                before=rows[place - 1] if place else None,
                after=rows[place + 1] if place + 1 < len(rows) else None,
            )
            print(path.stem, f"{len(page.labs)} live labs", flush=True)

    front, lab = Page("index", folder, "02_how_good_is_the_fit"), SSRLab()
    lab.controls["curve"].click()
    live = LiveLab(lab.widget.model_id, lab.ahead.model_id, *state_of(lab), "")
    figure = Markup(front.figure(live, lab.picture.png(), lab.picture.describe(), 900))
    front.write("index.html", title="Backpropagation, hands on", figure=figure, rows=rows)
    readme, glossary = ((ROOT / name).read_text("utf-8") for name in ("README.md", "GLOSSARY.md"))
    for name, text in (
        ("start", section(readme, "## Start").replace("## Start", "# Run the notebooks")),
        ("glossary", glossary),
    ):
        cell = new_markdown_cell(with_links_and_maths(text))
        title = text.splitlines()[0].removeprefix("# ")
        Page(name, folder).write("page.html", title=html.unescape(title), body=body_of([cell]))


if __name__ == "__main__":
    build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "site"))
