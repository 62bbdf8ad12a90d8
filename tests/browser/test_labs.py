"""Every lab in a real JupyterLab: keys, drags and clicks, and the same lab in this process to say what must be seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from statquest_bp.labs import (
    BendLab,
    ChainRuleLab,
    DescentLab,
    ForwardLab,
    NudgeLab,
    SquiggleLab,
    SSRLab,
    SurfaceLab,
    TwoRatesLab,
)
from tests.browser.on_the_page import (
    check_every_control_is_reached_by_tab_and_seen_to_be,
    check_it_reads_well_enlarged_and_in_the_dark,
    expect_shown,
    number_box,
    number_in,
    shows,
    type_number,
    when_still,
)
from tools.lab_driver import (
    command,
    control,
    drag_slider,
    focus_slider,
    lab,
    readout,
    run_all,
    wait_until_idle,
)

LABS = [  # what makes it, and the slider to try out
    (SquiggleLab, (), "b3"),
    (SSRLab, (), "b3"),
    (ChainRuleLab, (), "b3"),
    (ChainRuleLab, ("w1",), "w1"),
    (DescentLab, (), "b3"),
    (DescentLab, ("w3",), "w3"),
    (SurfaceLab, (), "w4"),
    (TwoRatesLab, (), "scrub"),
    (BendLab, (), "x"),
    (ForwardLab, (), "dose"),
    (NudgeLab, (), "scrub"),
]
every_lab = pytest.mark.parametrize(
    ("make", "arguments", "slider"), LABS, ids=["-".join([make.__name__, *arguments]) for make, arguments, _ in LABS]
)


def check_a_slider(page: Page, twin, name: str) -> None:
    """It answers to keys, to a drag and to typing, and rubbish typed does nothing."""
    slider, box = twin.controls[name], number_box(page, name)
    for key in ("ArrowRight", "ArrowLeft", "PageUp", "End", "Home"):
        before, shown = slider.value, box.text_content()
        focus_slider(page, name).press(key)
        expect(box).not_to_have_text(shown)
        slider.value = number_in(box)
        expect_shown(page, twin, tried=True)
        lands = {"ArrowRight": before + slider.step, "ArrowLeft": before - slider.step}
        lands |= {"End": slider.max, "Home": slider.min}
        assert slider.value == pytest.approx(lands.get(key, slider.value))

    shown = box.text_content()
    drag_slider(page, name, to=0.3)
    expect(box).not_to_have_text(shown)
    slider.value = number_in(box)
    span = slider.max - slider.min
    assert slider.value == pytest.approx(slider.min + 0.3 * span, abs=0.01 * span + slider.step)
    expect_shown(page, twin)

    if slider.readout:  # else there is nowhere to type
        typed = round(slider.min + round(0.45 * span / slider.step) * slider.step, 9)
        type_number(page, name, f"{typed:g}")
        slider.value = typed
        expect_shown(page, twin)
        shown = box.text_content()
        type_number(page, name, "rubbish")
        when_still(page)  # whatever it might do
        expect_shown(page, twin)
        expect(box).to_have_text(shown)
        assert number_in(box) == typed
        focus_slider(page, name).press("ArrowRight")
        slider.value = round(typed + slider.step, 9)
        expect_shown(page, twin)


@every_lab
def test_a_lab_can_be_used_by_mouse_by_keyboard_in_the_dark_and_by_everyone(
    make, arguments, slider, lab_page, write_notebook
):
    page, twin = lab_page(write_notebook(shows(make, *arguments))), make(*arguments)
    run_all(page)
    expect_shown(page, twin, tried=True)
    check_a_slider(page, twin, slider)

    for name in {"more", "code", "all"} & set(twin.controls):
        control(page, name).click()
    for name in twin.controls:  # what the clicks unfold comes from the kernel, so a moment later
        expect(control(page, name)).to_be_visible()
    check_every_control_is_reached_by_tab_and_seen_to_be(page, twin)
    check_it_reads_well_enlarged_and_in_the_dark(page)


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
    twin.controls["scrub"].value = number_in(number_box(page, "scrub"))
    assert 0 < twin.state.step < len(twin.run) - 1
    expect_shown(page, twin)
    press("reset")

    # a learning rate of 1/6 can be typed, although the slider moves in steps of its own
    type_number(page, "learning_rate", "0.1667")
    twin.controls["learning_rate"].value = 1 / 6
    expect_shown(page, twin)
    click("step")
    expect(readout(page)).to_contain_text("0.1667")
    expect(readout(page)).to_contain_text("stops here")
    for rate in ("rate_fifth", "rate_three_tenths", "rate_half", "rate_tenth"):
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
        expect(readout(page)).to_contain_text(re.compile(r"Step [2-9]:"))
        control(page, "play").click()
        expect(control(page, "play")).to_contain_text("Play")
        when_still(page)
        twin.controls["scrub"].value = number_in(number_box(page, "scrub"))
        expect_shown(page, twin)
        click("reset")

    focus_slider(page, "scrub").press("End")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    control(page, "back").click()
    control(page, "play").click()
    expect(readout(page)).to_contain_text("stops here")
    expect(control(page, "play")).to_contain_text("Play")  # at the end it stops by itself
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
        shown = number_box(page, name, 2).text_content()
        focus_slider(page, name, 2).press(key)
        expect(number_box(page, name, 2)).not_to_have_text(shown)
        twins[2].controls[name].value = number_in(number_box(page, name, 2))
        expect_shown(page, twins[2], 2)


def test_another_map_is_chosen_and_long_runs_are_played_by_mouse_and_by_keyboard(lab_page, write_notebook):
    page = lab_page(write_notebook(shows(SurfaceLab), shows(TwoRatesLab)))
    run_all(page)
    twins = [SurfaceLab(), TwoRatesLab()]
    twin, image = twins[0], lab(page).locator(".sq-picture img")
    for pair, key in (("w4 and b3", None), ("w3 and b3", "Enter"), ("w3 and w4", "Space")):
        button, background = control(page, "pair").get_by_role("button", name=pair), image.get_attribute("src")
        if key is None:
            button.click()
        else:
            button.press(key)
        twin.controls["pair"].value = pair
        expect_shown(page, twin)
        expect(button).to_have_class(re.compile("mod-active"))
        # its axes are those of this pair (expect would print both pictures where they are the same)
        page.wait_for_function("([image, before]) => image.src !== before", arg=[image.element_handle(), background])
        control(page, "step").click()
        twin.controls["step"].click()
        expect_shown(page, twin)

    for nth, twin in enumerate(twins):
        control(page, "play", nth).press("Enter")
        expect(control(page, "play", nth)).to_contain_text("Pause")
        expect(number_box(page, "scrub", nth)).to_have_text(re.compile("^[6-9]|^..+"))  # some steps on
        control(page, "play", nth).click()
        expect(control(page, "play", nth)).to_contain_text("Play")
        twin.controls["scrub"].value = number_in(number_box(page, "scrub", nth))
        expect_shown(page, twin, nth)
        control(page, "reset", nth).click()
        twin.controls["reset"].click()
        expect_shown(page, twin, nth)


SLOW = """
import time
from statquest_bp.labs import ChainRuleLab
lab = ChainRuleLab()
draw = lab.view.draw

def slowly(*seen):
    time.sleep(0.1)
    draw(*seen)

lab.view.draw = slowly
lab
"""


def test_a_fast_drag_over_a_slow_update_ends_with_the_right_picture(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(SLOW)), ChainRuleLab()
    run_all(page)
    for to in (0.95, 0.2):
        drag_slider(page, "b3", to=to, moves=70, seconds=1.0)
        twin.controls["b3"].value = number_in(number_box(page, "b3"))
        expect_shown(page, twin)
        when_still(page)  # nothing that was still on its way changes it
        assert number_in(number_box(page, "b3")) == twin.controls["b3"].value
        expect_shown(page, twin)


TWO = """
from IPython.display import display
from statquest_bp.labs import SSRLab
first, second = SSRLab(), SSRLab()
display(first, second)
"""
PLANTED = """
draw = first.view.draw

def broken(seen, number):
    if seen.fit.network.parameters["b3"] > 3:
        raise RuntimeError("the chalk broke")
    draw(seen, number)

first.view.draw = broken
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
    expect(number_box(page, "b3")).to_have_text("1.50")
    type_number(page, "b3", "1.75")
    twins[0].controls["b3"].value = 1.75
    expect_shown(page, twins[0], 0)
    expect_shown(page, twins[1], 1)

    command(page, "docmanager:save")
    page.reload()
    wait_until_idle(page)
    expect(lab(page, 1)).to_be_visible()
    expect_shown(page, twins[0], 0)
    expect_shown(page, twins[1], 1)
    focus_slider(page, "b3", 1).press("ArrowRight")
    twins[1].controls["b3"].value = 0.01
    expect_shown(page, twins[1], 1)
    expect_shown(page, twins[0], 0)
