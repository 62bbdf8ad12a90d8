"""A lab saved as a page, opened from the disk with no network: each slider moves in turn, and all of it agrees."""

import re

import pytest
from playwright.sync_api import Page, expect

from statquest_bp.labs import DescentLab, SquiggleLab, SSRLab, SurfaceLab
from tests.browser.on_the_page import expect_shown, number_box, number_in
from tools.lab_driver import axe_violations, control, drag_slider, focus_slider, lab


@pytest.fixture
def saved_page(chromium, tmp_path):
    """saved_page(lab) opens the lab's page from the disk; whatever it asks of the network fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    wrong = []

    def open_page(saved) -> Page:
        file = tmp_path / f"{type(saved).__name__}.html"
        saved.save_html(file)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(error.stack))
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.on("request", lambda request: wrong.append(request.url) if is_elsewhere(request.url) else None)
        page.goto(file.as_uri())
        expect(lab(page).locator(".sq-kept .noUi-handle").first).to_be_visible()
        return page

    yield open_page
    context.close()
    assert wrong == []


def is_elsewhere(url: str) -> bool:
    return not url.startswith(("blob:", "data:")) and not re.fullmatch(r"file:.*\.html", url)


def said_above(page: Page) -> str:
    return lab(page).evaluate("lab => getComputedStyle(lab, '::before').content")


@pytest.mark.parametrize("make", [SquiggleLab, SSRLab, SurfaceLab])
def test_each_slider_moves_in_turn_and_puts_the_one_before_back(saved_page, make):
    saved, twin = make(), make()
    page = saved_page(saved)
    assert ("One slider moves at a time" in said_above(page)) == (len(saved.ahead.sliders) > 1)
    at_first = {name: number_box(page, name).text_content() for name in saved.ahead.sliders}
    for name in saved.ahead.sliders:
        focus_slider(page, name).press("ArrowRight")
        drag_slider(page, name, to=0.7, moves=8)
        slider = twin.controls[name]
        before, slider.value = slider.value, number_in(number_box(page, name))
        assert slider.value != before
        expect_shown(page, twin)
        others = {other: number_box(page, other).text_content() for other in at_first if other != name}
        assert others == {other: text for other, text in at_first.items() if other != name}
        slider.value = before


def test_a_run_is_stepped_and_played_by_mouse_and_by_keyboard(saved_page):
    page, twin = saved_page(DescentLab()), DescentLab()
    control(page, "step").click()
    control(page, "step").press("Enter")
    control(page, "back").click()
    twin.controls["scrub"].value = 1
    expect_shown(page, twin)
    control(page, "play").press("Enter")
    expect(control(page, "play")).to_contain_text("Pause")
    expect(control(page, "play")).to_contain_text("Play")  # it has come to the end
    twin.controls["scrub"].value = twin.controls["scrub"].max
    expect_shown(page, twin)


def test_what_needs_a_kernel_cannot_be_used_and_everybody_can_use_the_rest(saved_page):
    page, twin = saved_page(DescentLab()), DescentLab()
    for name in ("reset", "digits", "code", "rate_half"):
        assert control(page, name).locator("xpath=descendant-or-self::*[@disabled]").count(), name
    expect_shown(page, twin)
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    focus_slider(page, "scrub").press("End")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    expect_shown(page, twin)
