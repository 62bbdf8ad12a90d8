"""The course in a browser tab, from the site alone: everything runs as on a machine of one's own, and is kept."""

import base64
import json
import re

import nbformat
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from statquest_bp.labs import DescentLab
from tests.browser.on_the_page import expect_shown
from tests.site.test_site import NOTEBOOKS, ROOT
from tools.lab_driver import cells, command, control, drag_slider, focus_slider, lab, run_all, wait_until_idle
from tools.refresh_notebooks import compared

IN_THE_GATE = ("00", "04", "09")
BAR = "#sq-start"
SOLVED = "In this notebook: 1 of"


@pytest.fixture
def tab(context: BrowserContext, address: str):
    """tab(name): a tab in which the notebook is open, and its Python has started."""

    def open_tab(name: str) -> Page:
        page = context.new_page()
        page.goto(f"{address}lab/index.html?path=notebooks/{name}.ipynb")
        ready(page)
        return page

    return open_tab


def ready(page: Page) -> None:
    """Wait until Python has started: the line that says so goes."""
    wait_until_idle(page)
    expect(page.locator(BAR)).to_be_hidden()


def contents(page: Page, call: str) -> object:
    return page.evaluate(f"jupyterapp.serviceManager.contents.{call}")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name[:2] in IN_THE_GATE else pytest.mark.whole_site) for name in NOTEBOOKS]
)
def test_a_notebook_runs_and_prints_what_is_stored(tab, name):
    page = tab(name)
    run_all(page, timeout=300_000)
    stored = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    ran = nbformat.from_dict({"cells": cells(page)})
    assert [compared(cell) for cell in ran.cells] == [compared(cell) for cell in stored.cells]
    assert page.get_by_text("Error displaying widget").count() == 0
    counted = [cell.execution_count for cell in ran.cells if cell.cell_type == "code"]
    assert counted == [cell.execution_count for cell in stored.cells if cell.cell_type == "code"]


def test_a_lab_follows_and_plays_a_card_answers_and_all_is_kept_over_a_reload(tab):
    page, twin = tab("04_gradient_descent"), DescentLab()
    expect(page.locator(BAR)).to_be_hidden()
    run_all(page)
    lab(page).scroll_into_view_if_needed()
    for _ in range(3):
        control(page, "step").click()
    control(page, "back").click()
    twin.controls["scrub"].value = 2
    expect_shown(page, twin)
    control(page, "play").click()
    expect(control(page, "play")).to_contain_text("Pause")
    expect(control(page, "play")).to_contain_text("Play")
    twin.controls["scrub"].value = twin.controls["scrub"].max
    expect_shown(page, twin)
    control(page, "reset").click()
    focus_slider(page, "b3").press("ArrowRight")
    drag_slider(page, "learning_rate", 0.5)

    card = page.locator(".sq-exercise").first
    card.scroll_into_view_if_needed()
    card.get_by_label("then the points are added up").last.check()
    card.locator(".sq-control-check").click()
    expect(card.locator(".sq-said")).to_contain_text("Yes")
    expect(page.locator(".sq-progress")).to_contain_text(SOLVED)
    command(page, "docmanager:save")

    page.reload()
    ready(page)
    expect(page.locator(".sq-exercise .sq-said").first).to_contain_text("Yes")  # as it was left
    run_all(page)
    expect(page.locator(".sq-progress")).to_contain_text(SOLVED)


def test_files_go_in_and_out(tab):
    page = tab("09_playground")
    table = "year,height\n1,1.5\n2,2.5\n3,4.0\n"
    contents(page, f"save('notebooks/mine.csv', {{type: 'file', format: 'text', content: {json.dumps(table)}}})")
    code = (
        "from statquest_bp import Dataset\nfrom statquest_bp.labs import SSRLab\n"
        "print(len(Dataset.from_csv('mine.csv').observed))\nSSRLab().save_html('b3.html')"
    )
    ran = page.evaluate(
        """async code => {
            const run = jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code}), said = [];
            run.onIOPub = ({content}) => said.push(content.text ?? content.evalue ?? '');
            await run.done;
            return said.join('');
        }""",
        code,
    )
    assert ran.strip() == "3"
    saved = contents(page, "get('notebooks/b3.html', {content: true})")
    assert b"sq-control-b3" in base64.b64decode(saved["content"])


def test_a_link_leads_to_the_next_notebook_in_the_same_tab(tab):
    page = tab("00_start_here")
    page.get_by_role("link", name="The squiggle").last.click()
    expect(page.locator(".jp-Notebook h1:visible")).to_contain_text("squiggle")
    ready(page)


def test_a_copy_that_hides_a_newer_notebook_is_told_of_and_both_can_be_had(tab):
    page = tab("00_start_here")
    page.evaluate("jupyterapp.shell.currentWidget.content.model.sharedModel.getCell(0).setSource('# Mine')")
    command(page, "docmanager:save")
    page.reload()
    ready(page)
    expect(page.locator(".jp-Notebook h1")).to_contain_text("Mine")
    expect(page.locator(BAR)).to_be_hidden()  # nothing newer

    page.evaluate("Object.keys(localStorage).forEach(key => /00_/.test(key) && (localStorage[key] = 'before'))")
    page.reload()
    wait_until_idle(page)
    expect(page.locator(BAR)).to_contain_text("A newer one has been published")
    page.get_by_role("button", name="Open the new one").click()
    expect(page.locator(".jp-Notebook h1:visible")).not_to_contain_text("Mine")
    kept = contents(page, "get('notebooks/00_start_here (my copy).ipynb', {content: true})")
    assert kept["content"]["cells"][0]["source"] == "# Mine"
    page.reload()
    ready(page)
    expect(page.locator(".jp-Notebook h1:visible")).not_to_contain_text("Mine")


def test_while_python_starts_it_says_so_and_if_it_does_not_what_to_do(context, address):
    page = context.new_page()
    page.route("**/*.wasm", lambda route: None)  # it never comes
    page.goto(f"{address}lab/index.html?path=notebooks/00_start_here.ipynb")
    expect(page.locator(BAR)).to_contain_text(re.compile(r"Python is loading into this tab: \d\d MB the first time"))
    page.evaluate("(now => performance.now = () => 1000 * now())(performance.now.bind(performance))")  # time flies
    expect(page.locator(BAR)).to_contain_text("load the page again")
