"""A saved notebook, opened again without the kernel that made it: all can be read, and all can be brought to life."""

import shutil

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.on_the_page import a_lab_answers
from tools.lab_driver import command, open_notebook, run_all
from tools.refresh_notebooks import WIDGET_VIEW

ROOTS = """(function () {
    const one = '.sq-lab, .sq-exercise, .sq-quiz, .sq-progress';
    return [...document.querySelectorAll(one)].filter(root => !root.parentElement.closest(one));
})()"""
# All that there is to read: texts, what the pictures show, what was typed and chosen.
SHOWN = f"""() => {ROOTS}.map(root => ({{
    text: root.innerText,
    pictures: [...root.querySelectorAll('svg[role=img]')].map(svg => svg.getAttribute('aria-label')),
    answers: [...root.querySelectorAll('input, textarea')].map(box => box.type === 'radio' ? box.checked : box.value),
}}))"""
# What stands before the labs and cards themselves, and before their parts.
SAID = f"""() => {{
    const before = element => getComputedStyle(element, '::before').content, roots = {ROOTS};
    const parts = roots.flatMap(root => [...root.querySelectorAll('.jupyter-widgets-disconnected')]);
    return [roots, parts].map(elements => [...new Set(elements.map(before))]);
}}"""


def answer_what_is_asked(page: Page) -> None:
    """An answer, right or wrong, to every number and every choice."""
    for card in page.locator(".sq-exercise").all():
        box, options = card.locator("input[type=text]"), card.locator("input[type=radio]")
        if box.count() == 1:
            box.fill("1.5")
            box.press("Enter")
        elif options.count():
            options.first.check()
            card.locator(".sq-control-check").click()
        else:
            continue
        expect(card.locator(".sq-said")).to_be_visible()


def end_every_kernel(page: Page) -> None:
    page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    page.goto("about:blank")


@pytest.mark.parametrize("name", ["02_how_good_is_the_fit.ipynb", "10_final_review.ipynb"])
def test_a_saved_notebook_can_be_read_without_its_kernel_here_and_elsewhere_and_comes_to_life_again(
    name, server, another_machine, lab_page
):
    page = lab_page(name)
    run_all(page)
    answer_what_is_asked(page)
    shown = page.evaluate(SHOWN)
    assert any(any(root["answers"]) for root in shown)
    command(page, "docmanager:save")

    # the same learner, twice: saving what is only read loses nothing
    for _ in range(2):
        end_every_kernel(page)
        open_notebook(page, server, name)
        expect(page.locator(".sq-exercise.jupyter-widgets-disconnected").last).to_be_visible()
        page.wait_for_function(f"count => ({SHOWN})().length === count", arg=len(shown))
        assert page.evaluate(SHOWN) == shown
        roots, parts = page.evaluate(SAID)
        assert roots == ['"This is how it was left. To use it again: Run → Run All Cells."']
        assert parts == ["none"]
        assert page.get_by_text("Error displaying widget").count() == 0
        page.evaluate("jupyterapp.shell.currentWidget.content.model.cells.get(0).sharedModel.updateSource(0, 0, ' ')")
        command(page, "docmanager:save")

    # a teacher's machine, which doesn't trust it: every picture and every question
    shutil.copy(server.root / name, another_machine.root / "handed_in.ipynb")
    elsewhere = lab_page("handed_in.ipynb", another_machine)
    outputs = [output for cell in nbformat.read(server.root / name, 4).cells for output in cell.get("outputs", [])]
    cards = [output.data for output in outputs if WIDGET_VIEW in output.get("data", {})]
    assert len(cards) == len(shown)
    expect(elsewhere.locator(".jp-OutputArea-output img")).to_have_count(sum("image/png" in data for data in cards))
    for data in cards:
        if "image/png" not in data:
            assert elsewhere.locator(".jp-OutputArea-output pre", has_text=data["text/plain"]).count()
    assert elsewhere.get_by_text("Error displaying widget").count() == 0

    # once it is trusted: the answers
    elsewhere.evaluate("void jupyterapp.commands.execute('notebook:trust')")
    elsewhere.locator(".jp-Dialog .jp-mod-accept").click()
    elsewhere.wait_for_function(f"count => ({SHOWN})().length === count", arg=len(shown))
    assert elsewhere.evaluate(SHOWN) == shown

    run_all(page)
    expect(page.locator(".jupyter-widgets-disconnected")).to_have_count(0)
    assert page.locator(".sq-lab").count() == 0 or a_lab_answers(page)
