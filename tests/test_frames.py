"""Frames: what a lab says ahead is what it shows when a slider gets there, and holds for as long as it says."""

import json
import zlib

import pytest

from statquest_bp.labs import (
    BendLab,
    ChainRuleLab,
    CompareLab,
    DescentLab,
    DiagramLab,
    ForwardLab,
    LandscapeLab,
    LiveFigure,
    NudgeLab,
    PlaygroundLab,
    SquiggleLab,
    SSRLab,
    SurfaceLab,
    TwoRatesLab,
)
from statquest_bp.labs import (
    lab as lab_module,
)
from tests.lab_views import act, of_class, overlay

LABS = (
    SquiggleLab,
    SSRLab,
    ChainRuleLab,
    DescentLab,
    SurfaceLab,
    TwoRatesLab,
    DiagramLab,
    BendLab,
    ForwardLab,
    LandscapeLab,
    NudgeLab,
    PlaygroundLab,
    CompareLab,
)
every_lab = pytest.mark.parametrize("make", LABS)
UNHURRIED = 1e9  # seconds


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


def frames_of(lab):
    """The widget that hands frames to the browser."""
    return lab.ahead


def shown(lab):
    """What a frame holds, as it is on the page now."""
    code = [widget.value for widget in lab.widget.children if str(getattr(widget, "value", "")).startswith("<pre")]
    return [overlay(lab), of_class(lab, "sq-readout").value, *code[: bool(lab.controls["code"].value)]]


def places(slider, parts=(0.0, 0.31, 0.66, 1.0)):
    """Some positions of a slider."""
    steps = round((slider.max - slider.min) / slider.step)
    return [round(slider.min + round(part * steps) * slider.step, 9) for part in parts]


@every_lab
def test_a_frame_is_what_the_lab_shows_when_the_slider_gets_there(make):
    for name in frames_of(make()).sliders:
        lab = make()
        if hasattr(lab, "train"):
            lab.train(40)
        slider, epoch = lab.controls[name], frames_of(lab).epoch
        ahead = lab.frames(name, places(slider), UNHURRIED)
        assert len([frame for _, frame in ahead if frame]) > 1 or slider.max == slider.min, name
        for value, frame in ahead:
            if frame:
                slider.value = value
                assert (frame, frames_of(lab).epoch) == (shown(lab), epoch), (name, value)


@every_lab
def test_nothing_is_seen_of_frames_being_made(make):
    lab = make()
    before, epoch, state = shown(lab), frames_of(lab).epoch, repr(lab.state)
    for name in frames_of(lab).sliders:
        lab.frames(name, places(lab.controls[name]), UNHURRIED)
    lab.picture.update()
    assert (shown(lab), frames_of(lab).epoch, repr(lab.state)) == (before, epoch, state)


def test_code_on_show_is_in_the_frames():
    lab = SSRLab()
    act(lab, "code", True)
    ((_, frame),) = lab.frames("b3", [2.0], UNHURRIED)
    assert "b3=2" in frame[2]
    act(lab, "b3", 2.0)
    assert frame == shown(lab)


def test_a_mark_that_goes_with_the_slider_is_gone_in_the_frame():
    lab = SSRLab()
    lab.show_prediction(1.5)
    marked, bare = "is marked", "SSR"
    ((_, frame),) = lab.frames("b3", [2.0], UNHURRIED)
    act(lab, "b3", 2.0)
    assert bare in frame[0]
    assert (marked in frame[0]) == (marked in overlay(lab))


def test_moving_the_slider_leaves_the_epoch_and_anything_else_begins_a_new_one():
    lab, epochs = DescentLab(), [0]

    def follows(name, *value):
        epochs.append(frames_of(lab).epoch)
        act(lab, name, *value)
        return frames_of(lab).epoch - epochs[-1]

    assert follows("scrub", 3.0) == 0
    assert follows("scrub", 0.0) == 0
    assert follows("digits", True) == 1
    assert follows("code", True) == 1
    assert follows("rate_half") == 1
    assert follows("reset") == 1
    lab.show_prediction(1.0)
    assert frames_of(lab).epoch == epochs[-1] + 2


def test_a_slider_that_moves_another_begins_a_new_epoch_and_has_no_frame_there():
    lab = DescentLab()
    act(lab, "scrub", float(lab.state.last))
    ((_, frame),) = lab.frames("learning_rate", [round(0.01 + 47 / 300, 9)], UNHURRIED)  # a run with fewer steps
    epoch = frames_of(lab).epoch
    assert frame is None
    act(lab, "learning_rate", 0.01 + 47 / 300)
    assert frames_of(lab).epoch == epoch + 1


def test_what_cannot_be_shown_has_no_frame_and_an_error_begins_a_new_epoch(monkeypatch):
    lab, draw = SSRLab(), SSRLab().view.draw

    def broken(seen, number):
        if seen.fit.network.parameters["b3"] > 2:
            raise RuntimeError("the chalk broke")
        draw(seen, number)

    monkeypatch.setattr(lab.view, "draw", broken)
    assert [frame is None for _, frame in lab.frames("b3", [1.0, 3.0], UNHURRIED)] == [False, True]
    epoch = frames_of(lab).epoch
    act(lab, "b3", 3.0)
    assert "the chalk broke" in of_class(lab, "sq-readout").value
    assert frames_of(lab).epoch > epoch


def test_a_map_of_other_parameters_has_other_frames():
    lab = SurfaceLab(["w3", "w4", "b3"])
    ((_, before),) = lab.frames("scrub", [2.0], UNHURRIED)
    lab.controls["pair"].value = "w3 and b3"
    ((_, after),) = lab.frames("scrub", [2.0], UNHURRIED)
    assert before != after
    act(lab, "scrub", 2.0)
    assert after == shown(lab)


@pytest.fixture
def clock(monkeypatch):
    """A clock by which each frame takes a second; where it stands."""
    now = iter(range(10**6))
    monkeypatch.setattr(lab_module, "perf_counter", lambda: next(now))


def test_a_slice_ends_when_its_time_is_over_and_has_one_frame_at_least(clock):
    lab = SSRLab()
    assert [value for value, _ in lab.frames("b3", [0, 1, 2, 3, 4], 2)] == [0, 1, 2]
    assert [value for value, _ in lab.frames("b3", [0, 1, 2, 3, 4], 0)] == [0]


def asked(lab, name, values, monkeypatch):
    """What the browser gets where it asks: the answer, and the frames in it."""
    sent = []
    monkeypatch.setattr(type(frames_of(lab)), "send", lambda _, *message: sent.append(message))
    frames_of(lab)._handle_custom_msg({"name": name, "values": values, "clicks": 3, "client": "me", "id": 7}, [])
    ((answer, (packed,)),) = sent
    return answer, json.loads(zlib.decompress(packed))


def test_an_answer_says_what_its_frames_depend_on(monkeypatch):
    lab = SquiggleLab()
    answer, frames = asked(lab, "b3", [0.5], monkeypatch)
    assert (answer["name"], answer["clicks"], answer["client"], answer["id"]) == ("b3", 3, "me", 7)
    assert answer["epoch"] == frames_of(lab).epoch
    others = {reference: value for reference, _, value in answer["others"]}
    for name, control in lab.controls.items():
        reference = f"IPY_MODEL_{control.model_id}"
        assert others.get(reference) == (None if name in ("b3", "reset") else control.value), name
    ((value, frame),) = frames
    act(lab, "b3", 0.5)
    assert (value, frame) == (0.5, shown(lab))


def test_what_is_chosen_from_a_list_is_told_as_the_browser_knows_it(monkeypatch):
    lab = DiagramLab()
    answer, _ = asked(lab, "scrub", [1], monkeypatch)
    told = {reference: (field, value) for reference, field, value in answer["others"]}
    assert told[f"IPY_MODEL_{lab.controls['point'].model_id}"] == ("index", 1)


def test_frames_are_closed_with_their_lab_and_then_say_nothing(monkeypatch):
    lab, sent = SSRLab(), []
    lab.close()
    assert frames_of(lab).comm is None
    monkeypatch.setattr(type(frames_of(lab)), "send", lambda *message: sent.append(message))
    frames_of(lab)._asked(None, {"name": "b3", "values": [1.0]}, [])
    assert not sent


def test_frames_leave_nothing_in_the_state_of_a_saved_notebook(monkeypatch):
    lab = SquiggleLab()
    before = frames_of(lab).get_state()
    asked(lab, "b3", places(lab.controls["b3"]), monkeypatch)
    assert frames_of(lab).get_state() == before


def test_what_plays_by_itself_is_told_to_the_browser_and_what_trains_is_not():
    lab = DescentLab()
    assert frames_of(lab).play == {
        "clock": f"IPY_MODEL_{lab.steps.clock.model_id}",
        "button": f"IPY_MODEL_{lab.controls['play'].model_id}",
    }
    assert lab.steps.clock.max == lab.state.last
    assert frames_of(PlaygroundLab()).play == {}


def test_the_browser_learns_how_many_steps_are_played_at_once():
    lab = LandscapeLab(updates=1000, min_step=0)
    assert lab.steps.clock.step == 10
