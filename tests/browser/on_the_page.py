"""What the tests of the labs in the browser share: what a lab on the page shows, and that everyone can use it."""

import html
import re

from playwright.sync_api import Locator, Page, expect

from tools.lab_driver import axe_violations, control, lab, readout, set_theme

FOCUSED = """() => {
    const here = document.activeElement, control = here.closest('[class*=sq-control-]');
    if (!here.closest('.sq-lab')) return null;
    const name = control ? /sq-control-(\\w+)/.exec(control.className)[1] : here.tagName;
    return [name, getComputedStyle(here).outlineStyle];
}"""


def shows(make: type, *arguments: str) -> str:
    call = f"{make.__name__}({', '.join(map(repr, arguments))})"
    return f"from statquest_bp.labs import {make.__name__}\nlab = {call}\nlab"


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


def number_box(page: Page, name: str, nth: int = 0) -> Locator:
    """Where a slider shows its number (or, where it shows none, would)."""
    return control(page, name, nth).locator(".widget-readout")


def number_in(box: Locator) -> float:
    return float(box.text_content().replace("−", "-"))


def type_number(page: Page, name: str, text: str) -> None:
    number_box(page, name).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def check_every_control_is_reached_by_tab_and_seen_to_be(page: Page, twin) -> None:
    lab(page).locator("[tabindex='0'], button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    reached = []
    while focused := page.evaluate(FOCUSED):
        reached.append(focused)
        page.keyboard.press("Tab")
        assert len(reached) < 60
    usable = ":visible:not([disabled])"
    shown = {name for name in twin.controls if lab(page).locator(f".sq-control-{name}{usable}").count()}
    assert {name for name, _ in reached} >= shown
    assert [name for name, outline in reached if outline == "none"] == []


def check_it_reads_well_enlarged_and_in_the_dark(page: Page, nth: int = 0) -> None:
    page.set_viewport_size({"width": 1280 * 2 // 3, "height": 600})  # what 150 % zoom leaves of a small screen
    assert lab(page, nth).evaluate("lab => lab.scrollWidth - lab.clientWidth") == 0
    assert axe_violations(page) == []
    set_theme(page, "dark")
    image = lab(page, nth).locator(".sq-picture img")
    assert image.evaluate("image => getComputedStyle(image).backgroundColor") == "rgb(255, 255, 255)"
    assert axe_violations(page) == []
