"""Every lab in a real JupyterLab: keys, drags and clicks, and the same lab in this process to say what must be seen."""

import html
import re

import pytest
from playwright.sync_api import Page, expect

from statquest_bp.labs import ChainRuleLab, DescentLab, SquiggleLab, SSRLab
from tools.lab_driver import (
    axe_violations,
    command,
    control,
    drag_slider,
    focus_slider,
    lab,
    readout,
    run_all,
    set_theme,
    wait_until_idle,
)

LABS = (SquiggleLab, SSRLab, ChainRuleLab, DescentLab)
every_lab = pytest.mark.parametrize("make", LABS)
FOCUSED = """() => {
    const here = document.activeElement, control = here.closest('[class*=sq-control-]');
    if (!here.closest('.sq-lab')) return null;
    const name = control ? /sq-control-(\\w+)/.exec(control.className)[1] : here.tagName;
    return [name, getComputedStyle(here).outlineStyle];
}"""


def shows(make: type) -> str:
    return f"from statquest_bp.labs import {make.__name__}\nlab = {make.__name__}()\nlab"


def expect_shown(page: Page, twin, nth: int = 0, tried: bool = False) -> None:
    """The lab on the page shows what its twin in this process does: the numbers, the description and the curves.

    Which values were tried on the way depends on how fast the slider was moved: compared only where `tried` says so.
    """
    expect(readout(page, nth)).to_have_text(html.unescape(re.sub("<[^>]+>", "", twin._readout.value)))
    picture = lab(page, nth).locator(".sq-picture svg[role=img]")
    described = re.escape(twin._describe())
    if not tried:
        described = re.sub(r"\d+\\ tried\\ values?", r"\\d+ tried values?", described)
    expect(picture).to_have_attribute("aria-label", re.compile(f"^{described}$"))
    curves = picture.evaluate("svg => [...svg.querySelectorAll('path')].map(path => path.getAttribute('d'))")
    assert curves == re.findall(' d="([^"]*)"', twin.picture.overlay())


def number_box(page: Page, name: str, nth: int = 0) -> float:
    """The number that a slider shows."""
    return float(control(page, name, nth).locator(".widget-readout").inner_text().replace("−", "-"))


def type_number(page: Page, name: str, text: str) -> None:
    control(page, name).locator(".widget-readout").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def check_a_slider(page: Page, twin) -> None:
    """It answers to keys, to a drag and to typing, and rubbish typed does nothing."""
    b3 = twin.controls["b3"]
    for key, moves_by in (("ArrowRight", 0.01), ("ArrowLeft", -0.01), ("Home", None), ("PageUp", None), ("End", None)):
        before = b3.value
        focus_slider(page, "b3").press(key)
        page.wait_for_timeout(50)
        b3.value = number_box(page, "b3")
        expect_shown(page, twin, tried=True)
        assert b3.value != before
        assert moves_by is None or b3.value == pytest.approx(before + moves_by)
        assert {"Home": b3.min, "End": b3.max}.get(key, b3.value) == b3.value

    drag_slider(page, "b3", to=0.3)
    b3.value = number_box(page, "b3")
    assert b3.value == pytest.approx(0.5, abs=0.05)
    expect_shown(page, twin)

    type_number(page, "b3", "1.25")
    b3.value = 1.25
    expect_shown(page, twin)
    type_number(page, "b3", "rubbish")
    page.wait_for_timeout(200)
    expect_shown(page, twin)
    assert number_box(page, "b3") == 1.25
    focus_slider(page, "b3").press("ArrowRight")
    b3.value = 1.26
    expect_shown(page, twin)


def check_every_control_is_reached_by_tab_and_seen_to_be(page: Page, twin) -> None:
    lab(page).locator("[tabindex='0'], button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    reached = []
    while focused := page.evaluate(FOCUSED):
        reached.append(focused)
        page.keyboard.press("Tab")
        assert len(reached) < 60
    assert {name for name, _ in reached} >= set(twin.controls)
    assert [name for name, outline in reached if outline == "none"] == []


@every_lab
def test_a_lab_can_be_used_by_mouse_by_keyboard_in_the_dark_and_by_everyone(make, lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(make))), make()
    run_all(page)
    expect_shown(page, twin, tried=True)
    check_a_slider(page, twin)

    for name in {"more", "code", "all"} & set(twin.controls):
        control(page, name).click()
    for name in twin.controls:  # what the clicks unfold comes from the kernel, so a moment later
        expect(control(page, name)).to_be_visible()
    check_every_control_is_reached_by_tab_and_seen_to_be(page, twin)
    assert axe_violations(page) == []
    set_theme(page, "dark")
    image = lab(page).locator(".sq-picture img")
    assert image.evaluate("image => getComputedStyle(image).backgroundColor") == "rgb(255, 255, 255)"
    assert axe_violations(page) == []


def test_descent_is_stepped_played_scrubbed_and_reset_by_mouse_and_by_keyboard(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(DescentLab))), DescentLab()
    run_all(page)

    def click(name):
        control(page, name).click()
        twin.controls[name].click()
        expect_shown(page, twin)

    def press(name, key="Enter"):
        control(page, name).press(key)
        twin.controls[name].click()
        expect_shown(page, twin)

    click("step")
    expect(readout(page)).to_contain_text("SSR = 3.2678")
    click("step")
    click("back")
    press("step")
    press("back", "Space")
    focus_slider(page, "scrub").press("End")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    expect_shown(page, twin)
    drag_slider(page, "scrub", to=0.4, moves=5)
    twin.controls["scrub"].value = number_box(page, "scrub")
    assert 0 < twin.state.step < len(twin.run) - 1
    expect_shown(page, twin)
    press("reset")

    # a learning rate of 1/6 stays just that, although the slider moves in steps of 0.01
    click("rate_sixth")
    page.wait_for_timeout(300)
    click("step")
    expect(readout(page)).to_contain_text("0.1667")
    expect(readout(page)).to_contain_text("stops here")
    for rate in ("rate_third", "rate_half", "rate_tenth"):
        click(rate)
        press("step")
    click("reset")

    # a start at the bottom of the curve leaves nowhere to step
    type_number(page, "b3", "2.61")
    twin.controls["b3"].value = 2.61
    expect_shown(page, twin)
    click("step")
    click("reset")

    for start in (lambda: control(page, "play").click(), lambda: control(page, "play").press("Enter")):
        start()
        expect(control(page, "play")).to_contain_text("Pause")
        expect(readout(page)).to_contain_text("Step 2:", timeout=5000)
        control(page, "play").click()
        expect(control(page, "play")).to_contain_text("Play")
        stopped = readout(page).inner_text()
        page.wait_for_timeout(800)
        assert readout(page).inner_text() == stopped
        twin.controls["scrub"].value = number_box(page, "scrub")
        expect_shown(page, twin)
        click("reset")

    focus_slider(page, "scrub").press("End")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    control(page, "back").click()
    control(page, "play").click()
    expect(readout(page)).to_contain_text("stops here", timeout=5000)
    expect(control(page, "play")).to_contain_text("Play", timeout=5000)  # at the end it stops by itself
    expect_shown(page, twin)


def test_the_other_controls_answer_too(lab_page, write_notebook):
    page = lab_page(write_notebook(shows(ChainRuleLab), shows(SSRLab), shows(SquiggleLab)))
    run_all(page)
    twins = [ChainRuleLab(), SSRLab(), SquiggleLab()]
    for nth, names in enumerate((["step", "step", "back", "all", "reset"], ["curve", "reset"], ["reset"])):
        for name in names:
            control(page, name, nth).click()
            twins[nth].controls[name].click()
            expect_shown(page, twins[nth], nth)
    for nth, twin in enumerate(twins):
        control(page, "digits", nth).locator("input").click()
        twin.controls["digits"].value = True
        expect_shown(page, twin, nth)
        assert lab(page, nth).locator("pre").count() == 0 or not lab(page, nth).locator("pre").is_visible()
        control(page, "code", nth).click()
        expect(lab(page, nth).locator("pre")).to_have_text(twin.code())
    control(page, "more", 2).click()
    for name, key in (("w1", "Home"), ("b2", "End"), ("w4", "ArrowRight")):
        focus_slider(page, name, 2).press(key)
        page.wait_for_timeout(50)
        twins[2].controls[name].value = number_box(page, name, 2)
        expect_shown(page, twins[2], 2)


SLOW = """
import time
from statquest_bp.labs import ChainRuleLab
lab = ChainRuleLab()
draw = lab._draw

def slowly():
    time.sleep(0.1)
    draw()

lab._draw = slowly
lab
"""


def test_a_fast_drag_over_a_slow_update_ends_with_the_right_picture(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(SLOW)), ChainRuleLab()
    run_all(page)
    for to in (0.95, 0.2):
        drag_slider(page, "b3", to=to, moves=70, seconds=1.0)
        twin.controls["b3"].value = number_box(page, "b3")
        expect_shown(page, twin)
        page.wait_for_timeout(400)  # nothing that was still on its way changes it
        assert number_box(page, "b3") == twin.controls["b3"].value
        expect_shown(page, twin)


TWO = """
from IPython.display import display
from statquest_bp.labs import SSRLab
first, second = SSRLab(), SSRLab()
display(first, second)
"""
PLANTED = """
draw = first._draw

def broken():
    if first.network.parameters["b3"] > 3:
        raise RuntimeError("the chalk broke")
    draw()

first._draw = broken
"""


def test_two_labs_are_independent_an_error_is_told_and_a_reload_brings_both_back(lab_page, write_notebook):
    page, twins = lab_page(write_notebook(TWO, PLANTED)), [SSRLab(), SSRLab()]
    run_all(page)
    type_number(page, "b3", "1.5")
    twins[0].controls["b3"].value = 1.5
    expect_shown(page, twins[0], 0)
    expect_shown(page, twins[1], 1)

    focus_slider(page, "b3").press("End")
    expect(readout(page)).to_contain_text("That didn’t work: the chalk broke. Nothing is lost.")
    assert lab(page).get_by_text("Traceback").count() == 0
    expect(control(page, "b3").locator(".widget-readout")).to_have_text("1.50")
    type_number(page, "b3", "1.75")
    twins[0].controls["b3"].value = 1.75
    expect_shown(page, twins[0], 0)
    expect_shown(page, twins[1], 1)

    command(page, "docmanager:save")
    page.reload()
    wait_until_idle(page)
    expect(lab(page, 1)).to_be_visible(timeout=20_000)
    expect_shown(page, twins[0], 0)
    expect_shown(page, twins[1], 1)
    focus_slider(page, "b3", 1).press("ArrowRight")
    twins[1].controls["b3"].value = 0.01
    expect_shown(page, twins[1], 1)
    expect_shown(page, twins[0], 0)
