"""How JupyterLab is started: what is kept of the labs and cards when a notebook is saved."""

import json
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from traitlets.config import PyFileConfigLoader

from tools.lab_driver import CONFIG
from tools.refresh_notebooks import WIDGET_VIEW

STATE = "application/vnd.jupyter.widget-state+json"
NAME = "notebooks/a.ipynb"


@pytest.fixture(scope="module")
def config():
    return PyFileConfigLoader(CONFIG.name, str(CONFIG.parent)).load_config()


@pytest.fixture
def saved(config, tmp_path: Path):
    """saved(shown, states) saves a notebook whose outputs show these widgets; gives the states that are stored."""

    def save(shown, states):
        cells = [
            new_code_cell(outputs=[new_output("display_data", data={WIDGET_VIEW: {"model_id": name}})])
            for name in shown
        ]
        notebook = new_notebook(cells=cells, metadata={"widgets": {STATE: {"state": states}}} if states else {})
        manager = SimpleNamespace(root_dir=str(tmp_path))
        config.ContentsManager.pre_save_hook(
            model={"type": "notebook", "content": notebook}, path=f"/{NAME}", contents_manager=manager
        )
        nbformat.validate(notebook)
        (tmp_path / NAME).parent.mkdir(exist_ok=True)
        (tmp_path / NAME).write_text(json.dumps(notebook), encoding="utf-8")
        return notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})

    return save


def widget(value="", *children):
    return {
        "model_name": "HTMLModel",
        "model_module": "@jupyter-widgets/controls",
        "state": {"value": value, "children": [f"IPY_MODEL_{child}" for child in children]},
    }


def test_what_the_outputs_show_is_stored_with_all_its_parts_and_nothing_else(saved):
    states = {"lab": widget("", "part"), "part": widget("", "style"), "style": widget(), "old": widget("not on show")}
    assert saved(["lab"], states).keys() == {"lab", "part", "style"}
    assert saved([], states) == {}


def test_what_is_no_longer_live_is_kept_from_the_file_as_it_was(saved):
    saved(["answer", "lab"], {"answer": widget("1.5", "part"), "part": widget("Right."), "lab": widget("SSR = 20.4")})
    assert saved(["answer", "lab"], {}).keys() == {"answer", "part", "lab"}  # only read
    again = saved(["answer", "new"], {"new": widget("SSR = 7.8")})  # and then the lab’s cell was run
    assert again == {"answer": widget("1.5", "part"), "part": widget("Right."), "new": widget("SSR = 7.8")}


def test_what_is_live_is_stored_as_it_is_now(saved):
    saved(["lab"], {"lab": widget("SSR = 20.4")})
    assert saved(["lab"], {"lab": widget("SSR = 7.8")}) == {"lab": widget("SSR = 7.8")}


def test_other_files_are_left_alone(config):
    model = {"type": "file", "content": "b3 = 2.61"}
    config.ContentsManager.pre_save_hook(model=model, path="a.txt", contents_manager=None)
    assert model == {"type": "file", "content": "b3 = 2.61"}


def test_it_listens_on_this_machine_alone_and_keeps_its_token(config):
    assert config.ServerApp.ip == "127.0.0.1"
    assert config.KernelManager.transport_encryption == "auto"
    assert not {"token", "password"} & {key for section in config.values() for key in section}
