"""A cell that is run again, in a real kernel: the labs and cards of its last run are gone, unless they are in use."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from statquest_bp.course import progress_card
from statquest_bp.course.final_review import quiz
from statquest_bp.course.gradient_descent import EXERCISES
from statquest_bp.exercises.progress import Progress
from statquest_bp.labs import PlaygroundLab, SSRLab, StartsLab, __all__
from tests.lab_views import widgets

Run = Callable[..., Any]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SETUP = """
import gc, ipywidgets
from matplotlib.figure import Figure
from statquest_bp.labs import *
from statquest_bp.exercises import Exercise, Quiz
from statquest_bp.exercises.progress_card import ProgressCard
from statquest_bp.course import progress_card
from statquest_bp.course.final_review import quiz
from statquest_bp.course.gradient_descent import EXERCISES
from statquest_bp.exercises.progress import PROGRESS
def alive(*kinds): return sum(isinstance(thing, kinds) for thing in gc.get_objects())
def on_the_page(): return len(ipywidgets.widgets.widget._instances)
def drop_the_last_three():
    for _ in range(3): get_ipython().displayhook.update_user_ns(None)
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    manager, client = start_new_kernel(
        extra_arguments=["--log-level=ERROR"], cwd=tmp_path_factory.mktemp("notebooks"), kernel_name="python3"
    )
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def run(client: Any) -> Run:
    """Runs code in a kernel without a lab, as a cell if one is named, and returns the value of an `ask`."""
    numbers = count()

    def run(code: str, cell: str | None = None, ask: str = "None") -> Any:
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
        content["user_expressions"] = {"asked": ask}
        message = client.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
        client.shell_channel.send(message)
        reply: dict[str, Any] = {}
        while reply.get("parent_header", {}).get("msg_id") != message["header"]["msg_id"]:
            reply = client.get_shell_msg(timeout=60)
        run.error = reply["content"].get("ename")  # type: ignore[attr-defined]
        asked = reply["content"].get("user_expressions", {}).get("asked", {})
        return eval(asked["data"]["text/plain"]) if asked.get("status") == "ok" else None

    for _ in range(4):  # no `_` stands for anything any more
        run(f"None\n{next(numbers)}")
    run("%reset -f")
    run("import ipywidgets; ipywidgets.Widget.close_all(); from statquest_bp.labs import rerun; rerun._open.clear()")
    run(SETUP)
    return run


MAKERS = [*(f"{name}()" for name in sorted(__all__) if name not in ("LiveFigure", "StartsLab"))]
MAKERS += ["StartsLab(starts=20)", "LiveFigure(Figure(), lambda: '')", "quiz()", "progress_card()", "EXERCISES[0]()"]
MAKERS += ["prediction = EXERCISES[2](); prediction.show_on(SSRLab())", "cards = [make() for make in EXERCISES]"]


@pytest.mark.parametrize("code", MAKERS)
def test_a_cell_that_is_run_again_and_again_keeps_one_run_on_the_page_and_in_memory(run: Run, code: str) -> None:
    run(code, "a")
    once = run("gc.collect()", ask="(on_the_page(), alive(Figure, Exercise, ProgressCard, Quiz))")
    assert once[0] > 4
    for _ in range(2):
        run(code, "a")
        assert run.error is None  # type: ignore[attr-defined]
    run("None\ndrop_the_last_three()")
    assert run("gc.collect()", ask="(on_the_page(), alive(Figure, Exercise, ProgressCard, Quiz))") == once


@pytest.mark.parametrize(
    "keep", ["list_of_labs.append(SSRLab())", "kept[len(kept)] = SSRLab()", "before, now = now, SSRLab()"]
)
def test_what_is_in_use_when_its_cell_is_run_again_stays(run: Run, keep: str) -> None:
    run("list_of_labs, now, kept = [], None, {}")
    once = run(keep, "a", ask="on_the_page()")
    run(keep, "a")
    assert run("None", ask="on_the_page()") == 2 * once
    run("kept = list_of_labs = before = now = None")
    run("None", "a")
    assert run("None", ask="on_the_page()") == 0


def test_a_prediction_in_use_keeps_its_lab_alive(run: Run) -> None:
    run("prediction = EXERCISES[2]()", "a")
    run("prediction.show_on(SSRLab())", "b")
    run("None", "b")
    assert run("None", ask="prediction.lab.widget.comm is not None")
    run("prediction.show_on(SSRLab())", "b")
    run("None", "b")
    assert run("gc.collect()", ask="sum(type(it) is SSRLab and bool(it.page.comm) for it in gc.get_objects())") == 1


def test_another_cell_and_a_cell_that_nobody_names_close_nothing(run: Run) -> None:
    one = run("SSRLab()", "a", ask="on_the_page()")
    for cell in ("b", None, None):
        run("SSRLab()", cell)
    assert run("None", ask="on_the_page()") == 4 * one


def test_a_cell_that_fails_keeps_what_its_names_still_stand_for(run: Run) -> None:
    one = run("lab = SSRLab()", "a", ask="on_the_page()")
    run("1 / 0\nlab = SSRLab()", "a")
    assert run.error == "ZeroDivisionError"  # type: ignore[attr-defined]
    assert run("None", ask="lab.widget.comm is not None")
    run("lab = SSRLab()", "a")
    assert run("None", ask="on_the_page()") == one


def test_out_keeps_what_a_closed_lab_said(run: Run) -> None:
    run("SSRLab()", "a")
    said = run("None", ask="repr(_)")
    run("SSRLab()", "a")
    assert run("None", ask="[out for out in Out.values() if out == repr(_)] == [repr(_)]")
    assert said.startswith("SSRLab(b3 = 0.00")


def test_a_lab_that_a_control_makes_belongs_to_no_cell(run: Run, client: Any) -> None:
    run("button = ipywidgets.Button()\nbutton.on_click(lambda _: SSRLab())")
    before = run("None", ask="(on_the_page(), button.model_id)")
    click = {"comm_id": before[1], "data": {"method": "custom", "content": {"event": "click"}}}
    client.shell_channel.send(client.session.msg("comm_msg", click))
    run("None", "a")
    after = run("None", "a", ask="on_the_page()")
    assert after > before[0]
    run("None", "a")
    assert run("None", "a", ask="on_the_page()") == after


# From Python, without a kernel.


@pytest.mark.parametrize("make", [SSRLab, PlaygroundLab, lambda: StartsLab(starts=20)])
def test_a_closed_lab_goes_on_working_from_python(make: Callable[[], Any]) -> None:
    lab = make()
    parts = widgets(lab.page)
    lab.close()
    lab.close()
    assert [part for part in parts if part.comm is not None] == []
    for control in lab.controls.values():
        if hasattr(control, "click"):
            control.click()
    assert "alert" not in lab._readout.value
    data, _ = lab._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"] == repr(lab)


def test_a_closed_card_goes_on_working_from_python() -> None:
    for card in (EXERCISES[0](), EXERCISES[2]()):
        card.close()
        card.controls["check"].click()
        assert card.feedback
        assert set(card._repr_mimebundle_()) == {"text/plain"}


def test_a_closed_quiz_takes_its_questions_along_and_new_numbers_their_old_ones() -> None:
    card = quiz()
    first = card.exercise
    card.controls["next"].click()
    shown = [first, card.exercise]
    card.controls["seed"].value = "123456" if card.seed != 123456 else "123457"
    assert [exercise.widget.comm for exercise in shown] == [None, None]
    new = card.exercise
    assert new.widget.comm is not None
    card.close()
    assert new.widget.comm is card.widget.comm is None


def test_a_closed_progress_card_no_longer_listens(progress: Progress) -> None:
    card = progress_card()
    listening = len(progress._when_changed)
    card.close()
    card.close()
    assert len(progress._when_changed) == listening - 1
