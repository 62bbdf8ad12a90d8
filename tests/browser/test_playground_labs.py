"""The labs of the playground in a real JupyterLab, used as learners use them: any data, any order, fast."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from statquest_bp.labs import CompareLab, LandscapeLab, PlaygroundLab, StartsLab
from tests.browser.on_the_page import (
    check_every_control_is_reached_by_tab_and_seen_to_be,
    check_it_reads_well_enlarged_and_in_the_dark,
    expect_shown,
    number_box,
    number_in,
    shows,
    when_still,
)
from tools.lab_driver import control, drag_slider, focus_slider, lab, readout, run_all

FEW_STARTS = "from statquest_bp.labs import StartsLab\nlab = StartsLab(starts=40, max_steps=500)\nlab"


def click(page: Page, twin, name: str, nth: int = 0) -> None:
    control(page, name, nth).click()
    twin.controls[name].click()
    expect_shown(page, twin, nth)


def choose(page: Page, twin, name: str, option: str, nth: int = 0) -> None:
    """In a list or among toggles."""
    here = control(page, name, nth)
    if here.locator("select").count():
        here.locator("select").select_option(label=option)
    else:
        here.get_by_role("button", name=option, exact=True).click()
    twin.controls[name].label = option
    expect_shown(page, twin, nth)


def play_for_a_while(page: Page, twin) -> None:
    """Play, then Pause; from then on nothing moves, and what is shown is what the twin trains to."""
    control(page, "play").click()
    expect(control(page, "play")).to_contain_text("Pause")
    expect(number_box(page, "scrub")).to_have_text(re.compile(r"\d\d"))  # some updates on
    control(page, "play").click()
    expect(control(page, "play")).to_contain_text("Play")
    when_still(page)
    twin.train(round(number_in(number_box(page, "scrub"))) - twin.state.step)
    expect_shown(page, twin)


def test_a_playground_is_trained_stepped_scrubbed_and_changed_while_it_plays(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(PlaygroundLab))), PlaygroundLab()
    run_all(page)
    expect_shown(page, twin)
    click(page, twin, "step")
    choose(page, twin, "speed", "10")
    play_for_a_while(page, twin)
    focus_slider(page, "scrub").press("ArrowLeft")
    twin.controls["scrub"].value -= 1
    expect_shown(page, twin)
    click(page, twin, "back")
    choose(page, twin, "data", "growth")
    choose(page, twin, "view", "the network")
    control(page, "play").click()
    expect(control(page, "play")).to_contain_text("Pause")
    choose(page, twin, "activation", "tanh")  # ends the playing, and begins anew
    expect(control(page, "play")).to_contain_text("Play")
    focus_slider(page, "layers").press("ArrowRight")
    twin.controls["layers"].value += 1
    expect_shown(page, twin)
    click(page, twin, "new_start")
    click(page, twin, "reset")


def test_a_table_of_ones_own_is_read_or_refused_in_plain_words_and_never_lost(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(PlaygroundLab))), PlaygroundLab()
    run_all(page)
    choose(page, twin, "data", "your own")
    box = control(page, "text").locator("textarea")
    for table, told in (
        ("<b>Dose</b>;Effect\n0;1,5\n1;two", 'line 3, column 2 ("Effect") must be a number; got "two": write one'),
        ("", "there is nothing to read"),
    ):
        box.fill(table)
        control(page, "use").click()
        expect(readout(page)).to_contain_text(told)
        expect(box).to_have_value(table)
        assert lab(page).get_by_text("Traceback").count() == 0
    table = "<b>Dose</b>;Effect\n0;1,5\n1;2\n2;0,5"
    box.fill(table)
    twin.controls["text"].value = table
    click(page, twin, "use")
    expect(readout(page)).to_contain_text("<b>Dose</b> → Effect")  # as text
    play_for_a_while(page, twin)


def test_what_is_saved_is_what_is_shown(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(PlaygroundLab))), PlaygroundLab()
    run_all(page)
    click(page, twin, "step")
    control(page, "save").click()
    for kind, first in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("csv", b"step,SSR"), ("gif", b"GIF89a")):
        control(page, f"save_{kind}").click()
        saved = lab(page).locator(f".sq-download a[download$='.{kind}']")
        expect(saved).to_be_visible()
        content = base64.b64decode(saved.get_attribute("href").partition("base64,")[2])
        assert content.startswith(first)
        if kind == "csv":
            assert content == twin.export("csv")
    control(page, "code").click()
    expect(lab(page).locator("pre")).to_have_text(twin.code())


def test_two_networks_are_compared(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(CompareLab))), CompareLab()
    run_all(page)
    expect_shown(page, twin)
    play_for_a_while(page, twin)
    choose(page, twin, "right_activation", "relu")
    focus_slider(page, "left_nodes1").press("ArrowRight")
    twin.controls["left_nodes1"].value += 1
    expect_shown(page, twin)
    play_for_a_while(page, twin)


def test_the_whole_run_follows_a_start_and_the_learning_rate(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(shows(LandscapeLab))), LandscapeLab()
    run_all(page)
    expect_shown(page, twin)
    for name, to in (("w3", 0.7), ("learning_rate", 0.9), ("learning_rate", 0.1)):
        drag_slider(page, name, to=to)
        focus_slider(page, name).press("ArrowLeft")
        when_still(page)
        twin.controls[name].value = number_in(number_box(page, name))
        if name == "w3":
            expect_shown(page, twin)
    click(page, twin, "reset")
    for name, option in (("x", "w1"), ("y", "b2"), ("through", "where it stands"), ("moves", "only those shown")):
        choose(page, twin, name, option)
    choose(page, twin, "y", "none: a curve")
    click(page, twin, "frame")
    click(page, twin, "back")
    control(page, "play").click()
    twin.controls["step"].click()
    expect_shown(page, twin)
    expect(control(page, "play")).to_contain_text("Play")  # it ends by itself


def test_one_of_many_starts_is_chosen_and_its_path_followed(lab_page, write_notebook):
    page, twin = lab_page(write_notebook(FEW_STARTS)), StartsLab(starts=40, max_steps=500)
    run_all(page)
    expect_shown(page, twin)
    focus_slider(page, "start").press("ArrowRight")
    twin.controls["start"].value = 2
    expect_shown(page, twin)
    click(page, twin, "level_line")
    for _ in range(2):  # the second path replaces the first
        click(page, twin, "follow")
        expect(page.locator(".sq-lab")).to_have_count(2)
        expect_shown(page, twin.path, 1)
    drag_slider(page, "w3", to=0.5, nth=1)
    twin.path.controls["w3"].value = number_in(number_box(page, "w3", 1))
    expect_shown(page, twin.path, 1)
    click(page, twin, "seed")


@pytest.mark.parametrize("source", [shows(PlaygroundLab), shows(CompareLab), shows(LandscapeLab), FEW_STARTS])
def test_everyone_can_use_the_labs_of_the_playground(source, lab_page, write_notebook):
    page = lab_page(write_notebook(source))
    run_all(page)
    twin = {make.__name__: make for make in (PlaygroundLab, CompareLab, LandscapeLab)}
    made = next((make() for name, make in twin.items() if name in source), None) or StartsLab(starts=40, max_steps=500)
    control(page, "code").click()
    for name, unfolded in (("save", "save_gif"), ("others", "b3")):
        if name in made.controls:
            control(page, name).click()
            expect(control(page, unfolded)).to_be_visible()
    if "data" in made.controls:
        control(page, "data").locator("select").select_option(label="your own")
        expect(control(page, "use")).to_be_visible()
    check_every_control_is_reached_by_tab_and_seen_to_be(page, made)
    check_it_reads_well_enlarged_and_in_the_dark(page)
