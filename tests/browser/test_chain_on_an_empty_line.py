"""A chain built with the keyboard alone, and a backward pass walked; both seen well by everyone."""

from playwright.sync_api import expect

from tools.lab_driver import axe_violations, run_all, set_theme

CHAIN = ("dSSR/dPredicted", "dPredicted/dy1", "dy1/dx1", "dx1/dw1")


def test_a_chain_is_picked_and_tried_and_a_number_handed_back_by_keyboard(lab_page, write_notebook):
    courses = "from statquest_bp.course import the_hidden_layer, working_backward"
    page = lab_page(
        write_notebook(
            f"{courses}\nthe_hidden_layer.build_the_chain_of_w1()", "working_backward.be_the_backward_pass()"
        )
    )
    run_all(page)
    builder, walk = page.locator(".sq-exercise").all()
    line, said = builder.get_by_label("dSSR/dw1 = Σ"), builder.locator(".sq-feedback [role=status]")
    built = ""
    for link in CHAIN:
        builder.get_by_role("button", name=link, exact=True).press("Enter")
        built = f"{built} × {link}" if built else link
        expect(said).to_have_text(f"On the line: {built}")
        expect(line).to_have_value(built)
        expect(builder.get_by_role("button", name=link, exact=True)).to_be_focused()
    builder.get_by_role("button", name="Remove the last").press("Space")
    expect(line).to_have_value(" × ".join(CHAIN[:-1]))
    line.press("End")
    line.press_sequentially(" dx1/dw1")
    line.press("Tab")
    builder.get_by_role("button", name="Try it").press("Enter")
    expect(said).to_contain_text("✓That’s right.")

    box = walk.get_by_label("dSSR/dPredicted =")
    box.fill("−3.2")
    box.press("Enter")
    expect(walk).to_contain_text("You are handed dSSR/dPredicted = −3.2000.")
    expect(walk.get_by_label("dSSR/dy1 =")).to_be_visible()
    box.press("Tab")
    expect(walk.get_by_label("dSSR/dy1 =")).to_be_focused()

    for theme in ("light", "dark"):
        set_theme(page, theme)
        assert axe_violations(page, ".sq-exercise") == []
    page.set_viewport_size({"width": 1280 * 2 // 3, "height": 600})  # what 150 % zoom leaves of a small screen
    for card in (builder, walk):
        assert card.evaluate("card => card.scrollWidth <= card.clientWidth")
