"""How JupyterLab starts for this course: `jupyter lab --config=tools/jupyter/config.py`, as `make lab` does.

A saved notebook keeps what its labs and cards show, so that a hand-in can be read without being run: overrides.json,
beside this file, asks JupyterLab for that.
"""

import json
import os
import re
import sys
import warnings
from pathlib import Path

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


def states(notebook):
    """The stored state of every widget in a notebook, by the widget's id."""
    return notebook.get("metadata", {}).get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})


def keep_what_is_shown(model, path, contents_manager, **_):
    """Before a notebook is saved: keep the state of the widgets that its outputs show, and of no others.

    JupyterLab stores those of the running kernel only. Whoever opens a notebook, writes a line and saves it would lose
    every answer from before: so what isn't live is taken from the file as it was.
    """
    if model.get("type") != "notebook" or model.get("content") is None:
        return
    notebook, file = model["content"], Path(contents_manager.root_dir, path.strip("/"))
    before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    known = states(before) | states(notebook)
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    waiting = [output["data"][WIDGET_VIEW]["model_id"] for output in outputs if WIDGET_VIEW in output.get("data", {})]
    kept = {}
    while waiting:
        name = waiting.pop()
        if name in known and name not in kept:
            kept[name] = known[name]
            waiting += re.findall("IPY_MODEL_([\\w-]+)", str(known[name]))
    notebook["metadata"].pop("widgets", None)
    if kept:
        notebook["metadata"]["widgets"] = {WIDGET_STATE: {"version_major": 2, "version_minor": 0, "state": kept}}


c = get_config()  # noqa: F821, Jupyter provides it
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.allow_root = hasattr(os, "geteuid") and os.geteuid() == 0
c.ServerApp.open_browser = sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
c.Application.log_level = "WARN"
c.ContentsManager.pre_save_hook = keep_what_is_shown
warnings.filterwarnings("ignore", "Overriding existing pre_save_hook")  # Jupyter sets what it is told more than once
c.KernelManager.transport_encryption = "auto"
c.LabApp.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.LabApp.app_settings_dir = str(Path(__file__).parent)
