"""Which errors on a page are let pass: those that JupyterLab's own scripts throw among themselves, and no others."""

import pytest

from tests.browser.conftest import wholly_in_jupyterlab

URL = "http://127.0.0.1:8888/"
BUNDLE = f"{URL}static/lab/jlab_core.1234.js?v=1234"
WIDGETS = f"{URL}lab/extensions/@jupyter-widgets/jupyterlab-manager/static/170.abcd.js"
WHAT = "NotFoundError: Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node."


@pytest.mark.parametrize(
    "stack",
    [
        f"{WHAT}\n    at removeChild ({BUNDLE}:1:234)\n    at {BUNDLE}:2:1",
        f"{WHAT}\n    at e.remove ({WIDGETS}:1:5)\n    at async Promise.all (index 0)\n    at x ({BUNDLE}:1:234)",
    ],
)
def test_an_error_among_jupyterlabs_own_scripts_is_told_from_others(stack):
    assert wholly_in_jupyterlab(stack, URL)


@pytest.mark.parametrize(
    "stack",
    [
        WHAT,  # no stack at all
        f"{WHAT}\n    at ours (blob:{URL}9f3c-11:1:20)\n    at x ({BUNDLE}:1:234)",
        f"{WHAT}\n    at <anonymous>:1:7\n    at x ({BUNDLE}:1:234)",
        f"{WHAT}\n    at x (http://127.0.0.1:9999/static/lab/jlab_core.js:1:234)",
        f"{WHAT}\n    at x ({URL}lab/extensions/anywidget/static/1.js:1:234)",
        f"{WHAT}\n    at x (data:text/javascript,throw:1:2)\n    at x ({BUNDLE}:1:234)",
    ],
)
def test_an_error_with_anything_else_in_its_stack_fails_a_test(stack):
    assert not wholly_in_jupyterlab(stack, URL)
