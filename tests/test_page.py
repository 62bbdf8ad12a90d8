"""A lab saved as a page: all that it needs is in it, every frame is the lab's own, and it isn't large."""

import base64
import gzip
import hashlib
import html
import json
import re
import zlib

import pytest
from ipywidgets.embed import escape_script

from statquest_bp.labs import (
    BendLab,
    ChainRuleLab,
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
    page,
)
from tests.lab_views import act, of_class, overlay, widgets

LESSONS = (
    SquiggleLab,
    SSRLab,
    ChainRuleLab,
    DescentLab,
    SurfaceLab,
    TwoRatesLab,
    DiagramLab,
    ForwardLab,
    NudgeLab,
    BendLab,
)
PUBLISHED = {  # SHA-256, as published
    "require.js": "c1fc6b1d53af7522f78d664922abb32acac64ed0ecccb8f907f1e6fc7262563a",
    "embed-amd.js": "ca87dff57c70ffb2658794fde0eab0e27e5f5472a1f5df7ab2b08e1039fc4b72",
}


def frames_of(lab):
    """What the frames of its page say."""
    return json.loads(zlib.decompress(base64.b64decode(page.state_of(lab)[1])))


def test_the_stock_scripts_are_as_they_were_published():
    scripts = page.scripts()
    for name, digest in PUBLISHED.items():
        assert hashlib.sha256(scripts[name].encode()).hexdigest() == digest
    assert list(scripts) == ["require.js", "anywidget.js", "embed-amd.js"]
    assert scripts["anywidget.js"].count('define("anywidget", ') == 1


@pytest.mark.parametrize("make", [*LESSONS, LandscapeLab])
def test_a_page_is_one_file_that_names_no_other_and_is_not_large(make, tmp_path):
    lab, file = make(), tmp_path / "lab.html"
    lab.save_html(file)
    text = file.read_text(encoding="utf-8")
    for script in page.scripts().values():
        text = text.replace(escape_script(script), "")
    assert not re.search(r"<(script|link|img|iframe)[^>]*(src|href)=(?!.{1,2}data:)", text)
    compressed = len(gzip.compress(file.read_bytes(), 6))
    assert compressed < (1.5e6 if make in LESSONS else 3e6)


@pytest.mark.parametrize("make", [*LESSONS, PlaygroundLab])
def test_every_frame_in_a_page_is_what_the_lab_shows_there(make, monkeypatch):
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)
    lab = make()
    if make is PlaygroundLab:
        lab.train(300)
    saved = frames_of(lab)
    assert saved["frames"].keys() == set(lab.ahead.sliders)
    for name, frames in saved["frames"].items():
        slider = lab.controls[name]
        before = slider.value
        for value, frame in frames[:: max(1, len(frames) // 4)]:
            slider.value = value
            assert frame == [overlay(lab), of_class(lab, "sq-readout").value], (name, value)
        slider.value = before  # one slider at a time


@pytest.mark.parametrize("make", [SquiggleLab, DescentLab])
def test_a_slider_in_a_page_stops_where_there_are_frames_and_stands_where_the_lab_does(make):
    lab = make()
    state, _ = page.state_of(lab)
    for nth, (name, frames) in enumerate(frames_of(lab)["frames"].items()):
        slider, here = state[lab.controls[name].model_id]["state"], lab.controls[name]
        stops = [round(slider["min"] + k * slider["step"], 9) for k in range(10**4)]
        stops = [stop for stop in stops if stop <= slider["max"] + 1e-9]
        assert [value for value, _ in frames] == stops
        assert any(stop == pytest.approx(here.value) for stop in stops)
        assert here.min <= stops[0]
        assert stops[-1] <= here.max + 1e-9
        if nth:
            assert len(stops) <= 61
        else:
            assert len(stops) == round((here.max - here.min) / here.step) + 1


def test_what_cannot_move_in_a_page_is_disabled_and_what_can_is_unfolded():
    lab = SquiggleLab()
    state, _ = page.state_of(lab)
    can = {name for name, control in lab.controls.items() if not state[control.model_id]["state"]["disabled"]}
    assert can == set(lab.ahead.sliders)
    folded = [widget for widget in widgets(lab.widget) if lab.controls["w1"] in getattr(widget, "children", ())]
    assert [widget.layout.display for widget in folded] == ["none"]
    assert [state[widget.layout.model_id]["state"]["display"] for widget in folded] == [None]


def test_back_step_and_play_move_in_a_page_with_a_run_and_play_only_what_needs_no_training():
    def can(lab):
        state, _ = page.state_of(lab)
        return {
            name for name in ("back", "step", "play") if not state[lab.controls[name].model_id]["state"]["disabled"]
        }

    assert can(DescentLab()) == {"back", "step", "play"}
    trained = PlaygroundLab()
    trained.train(30)
    assert can(trained) == {"back", "step"}
    assert can(PlaygroundLab()) == set()


def test_a_page_holds_what_belongs_to_its_lab_and_nothing_else():
    lab, other = SSRLab(), SSRLab()
    state, _ = page.state_of(lab)
    assert lab.ahead.model_id in state
    assert other.ahead.model_id not in state
    assert other.widget.model_id not in state


def test_saving_a_page_leaves_the_lab_as_it_is(tmp_path):
    lab = DescentLab()
    act(lab, "scrub", 2.0)
    before = (repr(lab), overlay(lab), lab.ahead.epoch, lab.controls["play"].disabled)
    lab.save_html(tmp_path / "lab.html")
    assert (repr(lab), overlay(lab), lab.ahead.epoch, lab.controls["play"].disabled) == before
    assert html.escape("DescentLab") in (tmp_path / "lab.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        SSRLab().save_html(tmp_path / "nowhere" / "lab.html")
