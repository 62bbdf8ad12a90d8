"""A prediction committed on the page: marked in the lab, and compared below its picture once the task is done."""

from playwright.sync_api import expect

from tools.lab_driver import axe_violations, control, lab, run_all, set_theme


def test_a_prediction_is_compared_below_the_picture_and_no_control_moves_away(lab_page, write_notebook):
    course = "from statquest_bp.course import gradient_descent\nfrom statquest_bp.labs import DescentLab"
    asked = f"{course}\nprediction = gradient_descent.predict_the_second_step()\nprediction"
    page = lab_page(write_notebook(asked, "prediction.show_on(DescentLab())"))
    run_all(page)
    card, compared = page.locator(".sq-exercise"), lab(page).locator(".sq-compared")
    said, commit = card.locator(".sq-feedback [role=status]"), card.get_by_role("button", name="Commit my prediction")
    expect(compared).to_be_hidden()
    commit.press("Enter")
    expect(said).to_contain_text("Move the slider first")
    number = card.locator(".widget-readout")
    number.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("3.13")
    page.keyboard.press("Enter")
    commit.press("Enter")
    expect(said).to_contain_text("Noted: 3.13.")
    expect(compared).to_contain_text("You predicted 3.13. Do what the task says")
    step = control(page, "step")
    stood = step.bounding_box()["y"] - lab(page).bounding_box()["y"]
    step.press("Enter")
    expect(lab(page)).to_contain_text("Step 1:")
    expect(compared).not_to_contain_text("it is")
    step.press("Enter")
    expect(compared).to_contain_text("You predicted 3.13; it is 2.19. That is a second step as long as the first.")
    expect(said).to_contain_text("it is 2.19")
    assert step.bounding_box()["y"] - lab(page).bounding_box()["y"] == stood
    for theme in ("light", "dark"):
        set_theme(page, theme)
        assert axe_violations(page, ".sq-exercise") == []
        assert axe_violations(page, ".sq-compared") == []
