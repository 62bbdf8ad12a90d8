"""Frames where all is not as usual: no kernel any more, no extension, several views, a page used for long."""

import json
import re

import pytest
from playwright.sync_api import expect

from statquest_bp.labs import DescentLab, LandscapeLab, SquiggleLab, SSRLab
from statquest_bp.labs.steps import PLAY
from tests.browser.painted import (
    PAINT,
    bring_frames,
    by_the_maths,
    in_kernel,
    positions_painted,
    press,
    recorded,
    settled,
    silent,
    with_labs,
)
from tools.lab_driver import (
    command,
    control,
    drag_slider,
    focus_slider,
    lab,
    lab_server,
    readout,
    run_all,
    wait_until_idle,
)

SESSION = "jupyterapp.shell.currentWidget.sessionContext"
ENDS = {
    "restarted": f"{SESSION}.session.kernel.restart()",
    "killed": f"void {SESSION}.session.kernel.requestExecute({{code: 'import os; os._exit(1)'}})",
    "shut down": f"{SESSION}.shutdown()",
}
SAYS = "lab => getComputedStyle(lab, '::before').content"
GONE = '"The kernel has gone. What it had worked out still follows the slider. For the rest: Run → Run All Cells."'
# The controls that the pointer still gets at.
USABLE = """lab => [...lab.querySelectorAll('button, input, .noUi-target')]
    .filter(part => part.offsetParent && getComputedStyle(part).pointerEvents !== 'none')
    .map(part => /sq-control-(\\w+)/.exec(part.closest('[class*=sq-control-]').className)[1])"""

# All that a lab shows, and how its controls stand.
ALL = """lab => [lab.innerText, ...lab.querySelectorAll('svg[role=img], .noUi-origin, input, button')].map(
    part => part.ariaLabel || part.style?.transform || part.checked || part.className || part)"""


def test_when_the_kernel_has_ended_what_has_frames_goes_on_and_nothing_else_can_be_used(
    problems, lab_page, write_notebook
):
    problems.harmless.append(re.compile("Could not send widget sync message"))  # ipywidgets', once it is shut down
    # the first lab has frames for a part of its slider only
    labs = [(SquiggleLab(), "b3", 300, 420), (SSRLab(), "b3", 0, 500), (DescentLab(), "scrub", 0, 9)]
    left_to_use = [["b3"], ["b3"], ["back", "step", "play", "scrub"]]
    there = [by_the_maths(twin, name) for twin, name, *_ in labs]
    page = lab_page(write_notebook(with_labs(*(f"{type(twin).__name__}()" for twin, *_ in labs))))

    for how, end in ENDS.items():
        run_all(page)
        for nth, (_, name, low, high) in enumerate(labs):
            bring_frames(page, name, {at: there[nth][at] for at in range(low, high + 1)}, nth)
        page.evaluate(end)
        for nth, usable in enumerate(left_to_use):
            page.wait_for_function(f"lab => ({SAYS})(lab) !== 'none'", arg=lab(page, nth).element_handle())
            assert lab(page, nth).evaluate(SAYS) == GONE
            assert lab(page, nth).evaluate(USABLE) == usable
        if how == "killed":
            page.locator(".jp-Dialog .jp-mod-accept").click()  # JupyterLab says that it starts a new one
            expect(page.locator(".jp-Dialog")).to_have_count(0)

        for nth, (twin, name, *_) in enumerate(labs):
            with recorded(page, name, nth) as painted:
                press(page, nth, name, "ArrowLeft", "ArrowRight", "ArrowRight")
                for part in (0.9, 0.05):
                    drag_slider(page, name, part, nth, moves=10)
                for button in ("step", "step", "back", "play") if name == "scrub" else ():
                    control(page, button, nth).click()
                    page.evaluate(PAINT)
                if name == "scrub":
                    page.wait_for_function(
                        "([button, text]) => button.textContent === text",
                        arg=[control(page, "play", nth).element_handle(), PLAY],
                    )
            positions = positions_painted(page, twin, name, there[nth], painted)
            assert len(set(positions)) > 5, how
            assert positions[-1] == 9 or name != "scrub"

        for nth, name, key in [
            (0, "reset", "Enter"),
            (1, "digits", "Space"),
            (1, "curve", "Enter"),
            (1, "code", "Enter"),
            (2, "learning_rate", "ArrowRight"),
            (2, "rate_half", "Enter"),
        ]:
            before = lab(page, nth).evaluate(ALL)
            used = control(page, name, nth)
            (used.locator("input, .noUi-handle").or_(used)).last.press(key)
            page.evaluate(PAINT)
            assert lab(page, nth).evaluate(ALL) == before, name


@pytest.fixture
def without_the_extension(tmp_path, monkeypatch):
    """A JupyterLab that doesn't know anywidget."""
    settings, root = tmp_path / "config" / "labconfig", tmp_path / "notebooks"
    settings.mkdir(parents=True)
    root.mkdir()
    (settings / "page_config.json").write_text(json.dumps({"disabledExtensions": {"anywidget": True}}))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "config"))
    with lab_server(root) as running:
        yield running


ANOTHER_VERSION = """
import anywidget
made = anywidget.AnyWidget.__init__
anywidget.AnyWidget.__init__ = lambda self, **state: made(self, _model_module_version="~99.0.*", **state)
"""


def check_labs_work_and_nothing_is_seen(page):
    """By today's path: each move is answered by the kernel."""
    run_all(page)
    press(page, 0, "b3", "ArrowRight", "PageUp")
    drag_slider(page, "b3", 0.3, moves=5)
    focus_slider(page, "scrub", 1).press("ArrowRight")
    expect(readout(page, 1)).to_contain_text("Step 1:")
    for button, says in (("step", "Step 2:"), ("back", "Step 1:"), ("play", "Step 3:")):
        control(page, button, 1).click()
        expect(readout(page, 1)).to_contain_text(says)
    settled(page, {0: 0, 1: 1})
    assert page.evaluate("globalThis[Symbol.for('statquest_bp.frames')]") is None
    assert page.get_by_text("Error displaying widget").count() == 0
    assert page.locator(".jp-OutputArea-output").count() == 4  # two labs, and the two by which the kernel is asked


def test_without_the_extension_labs_work_and_nothing_is_seen(without_the_extension, problems, lab_page, write_notebook):
    problems.harmless.append(re.compile("No version of module anywidget is registered"))
    notebook = write_notebook(with_labs("SSRLab()", "DescentLab()"), to=without_the_extension)
    check_labs_work_and_nothing_is_seen(lab_page(notebook, without_the_extension))


def test_with_another_version_of_the_extension_labs_work_and_nothing_is_seen(problems, lab_page, write_notebook):
    problems.harmless.append(re.compile("Module anywidget, version ~99.0.\\* is not registered"))
    check_labs_work_and_nothing_is_seen(
        lab_page(write_notebook(ANOTHER_VERSION + with_labs("SSRLab()", "DescentLab()")))
    )


def test_all_views_of_a_lab_follow_in_one_notebook_after_a_reload_and_in_two_tabs(server, lab_page, write_notebook):
    notebook, twins = write_notebook(with_labs("SSRLab()", "DescentLab()"), "labs[1]"), [SSRLab(), DescentLab()]
    page, views, steps = lab_page(notebook), {0: 0, 1: 1, 2: 1}, by_the_maths(twins[1], "scrub")
    run_all(page)

    def check_the_other_follows(mover, seen):
        """What is moved in the third view, of the descent, is seen in the second at once."""
        bring_frames(mover, "scrub", steps, 2)
        with silent(server, page), recorded(seen, "scrub", 1) as painted:
            press(mover, 2, "scrub", "ArrowRight", "ArrowRight", "ArrowLeft")
            control(mover, "play", 2).click()
            expect(control(mover, "play", 2)).to_have_text(PLAY)
        positions = positions_painted(seen, twins[1], "scrub", steps, painted)
        assert len(set(positions)) > 5
        assert positions[-1] == 9
        settled(mover, views)
        press(mover, 2, "scrub", "Home")
        settled(mover, views)

    check_the_other_follows(page, page)

    command(page, "docmanager:save")
    page.reload()
    wait_until_idle(page)
    expect(lab(page, 2)).to_be_visible()
    check_the_other_follows(page, page)

    other = lab_page(notebook)
    expect(lab(other, 2)).to_be_visible()
    for mover in (page, other):
        press(mover, 1, "scrub", "ArrowRight")
        drag_slider(mover, "b3", 0.5)
        settled(mover, views)
        settled(page, views)
        settled(other, views)

    # only the kernel knows that another tab has pressed a button
    bring_frames(other, "b3", by_the_maths(twins[0], "b3", 200, 300))
    control(page, "curve").click()
    settled(page, views)
    settled(other, views)
    twins[0].controls["curve"].click()
    with_curve = by_the_maths(twins[0], "b3", 200, 300)
    bring_frames(other, "b3", with_curve)
    with recorded(other, "b3") as painted:
        press(other, 0, "b3", "ArrowRight", "ArrowLeft", "ArrowRight")
        settled(other, views)
    assert len(set(positions_painted(other, twins[0], "b3", with_curve, painted))) == 2


MOVE = """async ([handle, keys]) => {
    for (const [nth, key] of keys.entries()) {
        handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        if (nth % 10 === 0) await new Promise(requestAnimationFrame);
    }
}"""
ON_THE_PAGE = """() => globalThis[Symbol.for('statquest_bp.frames')].flatMap(set => [...set.frames.values()])
    .reduce((sum, frame) => sum + (frame ?? []).reduce((sum, text) => sum + text.length, 0), 0)"""
CEILING = 10e6  # bytes, as in frames.js
COUNTS = """
import gc, tracemalloc
from statquest_bp.labs.lab import Lab
made, asked = Lab.frames, []
Lab.frames = lambda *which: asked.append(which[1:]) or made(*which)
tracemalloc.start()
"""


def test_long_use_leaves_page_and_kernel_as_large_as_they_were_and_asking_ends(lab_page, write_notebook):
    page = lab_page(write_notebook(with_labs("SSRLab()", "LandscapeLab()") + COUNTS))
    run_all(page)
    twins, devtools = [SSRLab(), LandscapeLab()], page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    there = by_the_maths(twins[0], "b3")

    def used():
        """Bytes in use, by the page's scripts and by the kernel."""
        settled(page)
        bring_frames(page, "b3", there)
        devtools.send("HeapProfiler.collectGarbage")
        measured = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
        of_kernel = in_kernel(page, "asked.clear(), gc.collect(); print(tracemalloc.get_traced_memory()[0])")
        return measured["JSHeapUsedSize"], int(of_kernel)

    def change_and_move():
        control(page, "digits").locator("input").evaluate("box => box.click()")
        handle = focus_slider(page, "b3").element_handle()
        page.evaluate(MOVE, [handle, [*["ArrowRight"] * 20, *["ArrowLeft"] * 20]])

    change_and_move()
    change_and_move()
    before = used()
    for _ in range(50):
        change_and_move()
    assert used() == (pytest.approx(before[0], abs=5e6), pytest.approx(before[1], abs=5e6))

    for name in ("w3", "w4"):  # of each, three times what the page may hold
        slider = twins[1].controls[name]
        here = round((slider.value - slider.min) / slider.step)
        bring_frames(page, name, by_the_maths(twins[1], name, here - 100, here + 100), 1)
        counts = [""]
        while counts[-6:].count(counts[-1]) < 6:
            settled(page)
            counts.append(in_kernel(page, "print(len(asked))"))
            assert len(counts) < 200, "the page goes on asking for frames"
        assert 0.8 * CEILING < page.evaluate(ON_THE_PAGE) <= CEILING
