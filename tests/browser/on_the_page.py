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
# Resolves once the element's text has stayed the same for so many milliseconds.
STILL = """([element, enough]) => {
    const now = performance.now(), before = element.stillness;
    if (before?.text !== element.innerText) element.stillness = {text: element.innerText, since: now};
    return now - element.stillness.since >= enough;
}"""
LAID_OUT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What reaches farther right than the cell's output has room, and by how much; what scrolls by itself may.
TOO_WIDE = """lab => {
    const room = lab.closest('.jp-OutputArea-output').getBoundingClientRect().right;
    const scrolls = element => element && element !== lab.parentElement
        && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [lab, ...lab.querySelectorAll('*')]
        .filter(element => !(element instanceof SVGElement) && !scrolls(element.parentElement))
        .map(element => [element, element.getBoundingClientRect().right - room])
        .filter(([element, over]) => over > 0.5 && element.getBoundingClientRect().width)
        .map(([element, over]) => `${element.tagName}.${element.className}: ${over} px`);
}"""


def shows(make: type, *arguments: str) -> str:
    call = f"{make.__name__}({', '.join(map(repr, arguments))})"
    return f"from statquest_bp.labs import {make.__name__}\nlab = {call}\nlab"


def expect_shown(page: Page, twin, nth: int = 0, tried: bool = False) -> None:
    """The lab on the page shows what its twin in this process does: the numbers, the description and the curves.

    Which values were tried on the way depends on how fast the slider was moved: compared only where `tried` says so.
    """
    expect(readout(page, nth)).to_have_text(html.unescape(re.sub("<[^>]+>", "", twin._readout.value)))
    picture = lab(page, nth).locator(".sq-picture > :last-child svg[role=img]")
    described = re.escape(twin.label)
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


def a_lab_answers(page: Page) -> bool:
    """Whether some lab on the page still answers to an arrow key on one of its sliders."""
    for handle in page.locator(".sq-lab .noUi-handle:visible").all():
        said = handle.locator("xpath=ancestor::*[contains(@class, 'sq-lab')]").last.locator(".sq-readout").first
        before = said.text_content()
        for key in ("ArrowRight", "ArrowLeft"):  # one of the two, where the slider is at its end
            handle.press(key)
            try:
                expect(said).not_to_have_text(before)
                return True
            except AssertionError:
                continue
    return False


def when_still(page: Page, nth: int = 0) -> str:
    """What the lab's readout says once it has stopped changing, which it must."""
    page.wait_for_function(STILL, arg=[readout(page, nth).element_handle(), 500], polling=50)
    return readout(page, nth).inner_text()


def check_it_keeps_to_its_cell(page: Page, nth: int = 0) -> None:
    """Nothing of the lab reaches beyond its cell, or would if its box let it."""
    page.evaluate(LAID_OUT)
    assert lab(page, nth).evaluate(TOO_WIDE) == []


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
    here, wide = lab(page, nth).element_handle(), "lab => lab.getBoundingClientRect().width"
    before = here.evaluate(wide)
    page.set_viewport_size({"width": 1280 * 2 // 3, "height": 600})  # what 150 % zoom leaves of a small screen
    page.wait_for_function(f"([lab, before]) => ({wide})(lab) < before", arg=[here, before])  # JupyterLab lays out anew
    check_it_keeps_to_its_cell(page, nth)
    assert axe_violations(page) == []
    set_theme(page, "dark")
    image = lab(page, nth).locator(".sq-picture img")
    assert image.evaluate("image => getComputedStyle(image).backgroundColor") == "rgb(255, 255, 255)"
    assert axe_violations(page) == []
