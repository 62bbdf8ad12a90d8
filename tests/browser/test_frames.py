"""Frames on the page: what is painted ahead of the kernel is never apart, and never wrong."""

import random

import pytest
from playwright.sync_api import expect

from statquest_bp.labs import DescentLab, LandscapeLab, SquiggleLab, SSRLab
from tests.browser.on_the_page import number_box, number_in
from tests.browser.painted import (
    PAINT,
    bring_frames,
    by_the_maths,
    positions_painted,
    press,
    recorded,
    settled,
    silent,
    steps_of,
    with_labs,
)
from tools.far_away import far_away
from tools.lab_driver import control, drag_slider, focus_slider, readout, run_all

FAR = 0.3  # seconds there and back


@pytest.fixture
def far(server):
    """The same JupyterLab, as far away as the proxy says, and its address."""
    with far_away(server.port) as proxy:
        yield proxy, server._replace(url=proxy.url)


def test_once_frames_are_there_slider_number_picture_and_readout_are_never_apart(far, lab_page, write_notebook):
    proxy, server = far
    labs = [  # with a stretch whose frames are all kept, from where the slider begins
        (SquiggleLab(), "b3", 270, 400),
        (SSRLab(), "b3", 0, 500),
        (DescentLab(), "scrub", 0, 9),
        (LandscapeLab(), "scrub", 80, 150),
    ]
    page = lab_page(write_notebook(with_labs(*(f"{type(twin).__name__}()" for twin, *_ in labs))), server)
    run_all(page)

    for nth, (twin, name, low, high) in enumerate(labs):
        there, last = by_the_maths(twin, name, low, high), steps_of(twin, name)

        def move(nth=nth, name=name, ends=(low / last, high / last)):
            press(page, nth, name, *["ArrowLeft"] * 3, *["ArrowRight"] * 2)
            for part in (0.9, 0.2):
                drag_slider(page, name, ends[0] + part * (ends[1] - ends[0]), nth, moves=10)
            for button in ("step", "step", "back", "step") if name == "scrub" else ():
                control(page, button, nth).click()
                page.evaluate(PAINT)

        for proxy.round_trip in (0, FAR):
            bring_frames(page, name, there, nth)
            with recorded(page, name, nth) as painted:
                move()
                settled(page, {nth: nth})
            positions_painted(page, twin, name, there, painted)

        proxy.round_trip = 0
        with recorded(page, name, nth) as painted:
            with silent(server, page):  # so all of it is painted from frames
                move()
                if name == "scrub":
                    before = readout(page, nth).inner_text()
                    control(page, "play", nth).click()
                    expect(readout(page, nth)).not_to_have_text(before)
                    expect(control(page, "play", nth)).to_have_text("⏸ Pause")
                    control(page, "play", nth).click()
                    expect(control(page, "play", nth)).to_have_text("▶ Play")
            settled(page, {nth: nth})
        assert len(positions_painted(page, twin, name, there, painted)) > 4


LABS = {  # what may be moved, and what may be clicked
    "SquiggleLab(['b3', 'w3'])": (["b3", "w3"], ["reset", "digits"]),
    "SSRLab()": (["b3"], ["curve", "reset", "digits", "code"]),
    "DescentLab()": (
        ["scrub", "scrub", "learning_rate", "b3"],
        ["step", "step", "back", "play", "rate_half", "rate_three_tenths", "reset", "digits"],
    ),
}
KEYS = ("ArrowLeft", "ArrowRight", "PageUp", "PageDown", "End", "Home")


def test_after_any_mix_of_keys_drags_and_clicks_a_lab_shows_what_its_kernel_says(far, lab_page, write_notebook):
    proxy, server = far
    page, by_chance = lab_page(write_notebook(with_labs(*LABS)), server), random.Random(3)
    run_all(page)

    def act(nth, sliders, buttons):
        kind = by_chance.choice(["key", "key", "drag", "click", "click"])
        name = by_chance.choice(buttons if kind == "click" else sliders)
        if kind == "key":
            focus_slider(page, name, nth).press(by_chance.choice(KEYS))
        elif kind == "drag":
            drag_slider(page, name, by_chance.random(), nth, moves=3)
        else:
            control(page, name, nth).click()
        for _ in range(by_chance.choice([0, 0, 1, 6])):
            page.evaluate(PAINT)
        return f"{kind} {name}"

    for proxy.round_trip in (0, FAR, 0, FAR):
        for nth, (made, choices) in enumerate(LABS.items()):
            print(made, *[act(nth, *choices) for _ in range(10)], sep=", ")
        settled(page, dict(enumerate(range(len(LABS)))))


def test_after_another_control_nothing_of_before_is_painted_and_new_frames_come(server, lab_page, write_notebook):
    twins = [SSRLab(), SSRLab(), DescentLab()]
    page = lab_page(write_notebook(with_labs(*(f"{type(twin).__name__}()" for twin in twins))))
    run_all(page)
    cases = [(0, "b3", "digits"), (1, "b3", "curve")]  # with frames of before on their way
    cases += [(0, "b3", other) for other in ("curve", "code", "reset")]
    cases += [(2, "scrub", other) for other in ("digits", "rate_half", "learning_rate", "b3", "reset")]

    for nth, name, other in cases:
        twin, stretch = twins[nth], (90, 130) if name == "b3" else (0, None)
        slider, changed = twin.controls[name], twin.controls[other]
        with silent(server, page):  # it hears of the other control and of the slider when all is over
            control(page, name, nth).hover()
            if hasattr(changed, "step"):
                press(page, nth, other, "ArrowRight")
            else:
                control(page, other, nth).click()
            with recorded(page, name, nth) as painted:
                press(page, nth, name, "ArrowLeft", "ArrowRight", "ArrowRight")
            assert len({(seen.picture, seen.readout) for seen in painted}) == 1 < len(painted), f"{other} of {twin!r}"
        settled(page, {nth: nth})

        if hasattr(changed, "click"):
            changed.click()
        else:  # False, or a number
            changed.value += getattr(changed, "step", True)
        slider.value = number_in(number_box(page, name, nth))
        bring_frames(page, name, by_the_maths(twin, name, *stretch), nth)
