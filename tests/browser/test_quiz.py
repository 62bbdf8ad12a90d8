"""The quiz in the browser: any question can be reached, and the focus goes where its answer is given."""

import re

from playwright.sync_api import Locator, Page, expect

from tools.lab_driver import axe_violations, run_all

CELL = "from statquest_bp.course import final_review as ask\nask.quiz(3)"


def here(page: Page, number: int) -> Locator:
    """Where the answer to this question is given, once it is on the screen and has the focus."""
    expect(page.locator(".sq-quiz")).to_contain_text(f"Question {number} of 33")
    box = page.locator(".sq-quiz .sq-exercise input").first
    expect(box).to_be_focused()
    return box


def test_circles_and_buttons_lead_to_any_question_whose_answer_can_be_typed_at_once(lab_page, write_notebook):
    page = lab_page(write_notebook(CELL))
    run_all(page)
    page.get_by_role("button", name="Next").click()
    here(page, 2)
    page.keyboard.type("11.25")
    page.keyboard.press("Enter")
    expect(page.locator(".sq-quiz .sq-said")).to_contain_text("You have 11.25.")
    page.get_by_role("button", name="Question 24, open", exact=True).click()
    here(page, 24)
    page.keyboard.press("Space")
    expect(page.get_by_role("radio").first).to_be_checked()
    circle = page.get_by_role("button", name="Question 2, open", exact=True)
    assert circle.evaluate("circle => circle.getBoundingClientRect().width") >= 24
    circle.focus()
    page.keyboard.press("Enter")
    expect(here(page, 2)).to_have_value("11.25")
    expect(page.get_by_role("button", name="Question 2, open, here", exact=True)).to_be_visible()

    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_label("Result to copy")).to_have_value(
        re.compile(r"^Quiz number 3, 33 questions\.\nYou have 0 of 66 points\.\n")
    )
    page.get_by_role("button", name="Short quiz: 9 questions").click()
    expect(page.locator(".sq-quiz")).to_contain_text("of 9, 0 of 9 done")
    expect(page.locator(".sq-map button")).to_have_count(9)
    assert axe_violations(page, ".sq-quiz") == []
