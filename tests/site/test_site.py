"""The site, built and served as it will be: every lab moves and tells the truth, and nothing is asked of elsewhere."""

import functools
import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from playwright.sync_api import Page, expect

from statquest_bp.labs.lab import Lab
from tests.browser.on_the_page import expect_shown, number_box, number_in
from tools.lab_driver import axe_violations, control, drag_slider, focus_slider, lab

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PAGES = ["index", *NOTEBOOKS, "glossary", "start"]
WITH_LABS = [name for name in NOTEBOOKS if name[:2] != "10"]


@functools.cache
def labs_of(name: str, folder: Path) -> list[Lab]:
    """The labs that the notebook shows, made here in the same way."""
    shell, labs = InteractiveShell(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for cell in nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                with capture_output():
                    result = shell.run_cell(cell.source)
                result.raise_error()
                if isinstance(lab := result.result, Lab):
                    labs.append(lab)
                    for name in {"all", "curve"} & set(lab.controls) if "scrub" not in lab.controls else ():
                        lab.controls[name].click()  # on the page this button isn't live, and what it brings is there
    return labs


def live_labs(name: str, folder: Path) -> list[Lab]:
    """Those in which something moves: in a playground nothing does before it was trained."""
    return [lab for lab in labs_of(name, folder) if any(can_move(lab, slider) for slider in lab.ahead.sliders)]


def can_move(lab: Lab, slider: str) -> bool:
    ends = lab.controls[slider].min, lab.controls[slider].max
    return len({value for value, frame in lab.frames(slider, ends, 1e9) if frame}) > 1


def at_number(slider, shown: float) -> float:
    """The position that the page's slider shows by this number: it goes in whole steps from where it stands."""
    return round(slider.value + round((shown - slider.value) / slider.step) * slider.step, 9)


def usable(page: Page, nth: int, twin: Lab) -> list[str]:
    """The sliders of this lab that can be moved on the page."""
    return [
        name for name in twin.ahead.sliders if control(page, name, nth).locator(".noUi-target:not([disabled])").count()
    ]


@pytest.mark.parametrize("name", WITH_LABS)
def test_each_lab_moves_and_tells_the_truth_with_one_slider_after_another(opened, name, tmp_path_factory):
    page, twins = opened(name), live_labs(name, tmp_path_factory.mktemp("here"))
    assert lab(page).count() >= 1
    assert page.locator("figure.lab .sq-lab").count() == len(twins)
    for nth, twin in enumerate(twins):
        moved = usable(page, nth, twin)[:2]
        assert moved
        for slider in moved:
            here, before = twin.controls[slider], twin.controls[slider].value
            focus_slider(page, slider, nth).press("ArrowLeft" if here.value > here.min else "ArrowRight")
            drag_slider(page, slider, to=0.6, nth=nth, moves=5)
            here.value = at_number(here, number_in(number_box(page, slider, nth)))
            expect_shown(page, twin, nth)
            here.value = before  # one at a time


def test_what_only_a_button_would_bring_is_there_and_it_is_said(opened):
    page = opened("03_the_chain_rule")
    expect(page.locator(".sq-lab td").last).to_have_text("(−5.2297) × 1 = −5.2297")
    expect(page.locator("figcaption").last).to_contain_text("“All of it” is pressed already.")
    page = opened("02_how_good_is_the_fit")
    expect(page.get_by_role("img", name="with the whole curve")).to_be_visible()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_says_at_its_top_what_is_live_and_what_needs_the_notebook(opened, name):
    page = opened(name)
    said = page.locator("main > :first-child")
    expect(said).to_contain_text("you need the running notebook" if name in WITH_LABS else "To answer and to run cells")
    assert ("move what isn’t grey" in said.inner_text()) == (name in WITH_LABS)
    expect(page.get_by_text("Run the cell to")).to_have_count(0)


def test_a_card_is_its_question_and_its_answers_a_line_each(opened):
    page = opened("04_gradient_descent")
    lines = page.locator(".card").first.locator("p").all_inner_texts()
    assert lines[0] == "From before: How is dSSR/db3 put together?"
    assert "( ) For each point dSSR/dPredicted × dPredicted/db3; then the points are added up." in lines
    assert len(lines) == 6


def test_steps_go_on_and_back_and_play(opened, tmp_path):
    page, (twin, *_) = opened("04_gradient_descent"), live_labs("04_gradient_descent", tmp_path)
    control(page, "step").click()
    control(page, "step").click()
    control(page, "back").press("Enter")
    twin.controls["scrub"].value = 1
    expect_shown(page, twin)
    control(page, "play").click()
    expect(control(page, "play")).to_contain_text("Pause")
    expect(control(page, "play")).to_contain_text("Play")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    expect_shown(page, twin)


def test_the_front_page_has_a_lab_in_its_first_screen_and_every_notebook_with_its_minutes(opened):
    page = opened("index")
    said = page.locator(".sq-readout").text_content()
    handle = focus_slider(page, "b3")
    assert handle.bounding_box()["y"] < 800
    handle.press("ArrowRight")
    expect(page.locator(".sq-readout")).not_to_have_text(said)
    rows = page.locator("tbody tr").all_inner_texts()
    assert [row[:2] for row in rows] == [name[:2] for name in NOTEBOOKS]
    assert all(re.search(r"\t\d+\t", row) for row in rows)


class Links(HTMLParser):
    """What a page leads to, and what can be led to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self.to += [value for key in ("href", "src") if (value := known.get(key))]
        self.ids |= {known["id"]} if known.get("id") else set()


@pytest.mark.parametrize("name", PAGES)
def test_all_links_lead_somewhere(site, name):
    folder = site / "below" / "it"
    pages = {path.name: Links(path.read_text("utf-8")) for path in folder.glob("*.html")}
    assert len(pages) == len(PAGES)
    for link in pages[f"{name}.html"].to:
        if link.startswith(("https://", "data:")):
            continue
        file, _, part = link.partition("#")
        file, _, runs = file.partition("?path=")
        assert not link.startswith("/")
        assert (folder / (file or f"{name}.html")).is_file(), link
        assert not runs or (folder / "files" / runs).is_file(), link
        if part:
            assert part in pages[file or f"{name}.html"].ids, link


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_small(site, name):
    folder = site / "below" / "it"
    text = (folder / f"{name}.html").read_text("utf-8")
    files = {f"{name}.html", *re.findall(r"(?:static|pictures|frames)/[\w.-]+(?=[\"'])", text)}
    assert len(files) > 1
    size = sum(len(gzip.compress((folder / file).read_bytes(), 6)) for file in files)
    assert size < (1.5e6 if name == "index" else 3e6)


@pytest.mark.parametrize("name", ["index", "04_gradient_descent", "07_working_backward"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it_in_both_themes_and_on_a_narrow_screen(opened, context, name, scheme):
    page = opened(name)
    page.emulate_media(color_scheme=scheme)
    assert axe_violations(page, "html") == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(page, "html") == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(opened, name):
    page = opened(name)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    outside = """() => [...document.querySelectorAll('main *')].filter(part => !part.closest('pre')
        && part.getBoundingClientRect().right > 390).map(part => part.outerHTML.slice(0, 200))"""
    assert page.evaluate(outside) == []


def test_in_the_dark_no_button_is_bright_nor_is_what_it_says_lost_on_it(opened):
    page = opened("07_working_backward")
    page.emulate_media(color_scheme="dark")
    colours = """buttons => buttons.map(button => getComputedStyle(button)).map(
        ({backgroundColor, color}) => [backgroundColor, color].map(colour => Math.max(...colour.match(/\\d+/g))))"""
    for background, words in page.locator(".sq-lab button").evaluate_all(colours):
        assert background < 128 < words


def test_without_javascript_the_pictures_and_all_words_are_there(chromium, address):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}04_gradient_descent.html")
        for picture in page.locator("figure.lab img.still").all():
            expect(picture).to_be_visible()
            assert "dashed" in picture.get_attribute("alt") or "slope" in picture.get_attribute("alt")
        expect(page.get_by_text("The learning rate is a small number that you choose")).to_be_visible()
        assert page.locator(".card").count() > 5


def test_a_formula_is_typeset_and_headings_have_addresses(opened):
    page = opened("03_the_chain_rule")
    assert page.locator("math mfrac").count() >= 3
    assert page.locator("h2[id]").count() == page.locator("h2").count() > 2


def test_on_paper_there_is_what_one_reads_and_no_button(opened):
    page = opened("04_gradient_descent")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for readout in page.locator(".sq-readout").all():
        expect(readout).to_be_visible()
    for part in page.locator("a.run, .here, .needs, .sq-lab button, .sq-lab .noUi-target").all():
        expect(part).to_be_hidden()


def test_from_a_usb_stick_it_is_live_too(opened, site, tmp_path):
    page, (twin, *_) = (
        opened("04_gradient_descent", f"{site.as_uri()}/below/it/"),
        live_labs("04_gradient_descent", tmp_path),
    )
    focus_slider(page, "scrub").press("End")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    expect_shown(page, twin)


def test_from_a_usb_stick_a_notebook_leads_to_how_it_can_be_run(chromium, site):
    with chromium.new_context() as context:  # the browser says in its console why it loads no modules
        page = context.new_page()
        page.goto(f"{site.as_uri()}/below/it/04_gradient_descent.html")
        page.get_by_role("link", name="Run this notebook").first.click()
        expect(page).to_have_url(re.compile(r"/start\.html#From-a-disk$"))
        expect(page.locator("#From-a-disk")).to_be_visible()
