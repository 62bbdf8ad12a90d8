"""The nudge lab driven from Python: the ripple travels to the SSR and back, and every view tells it."""

import contextlib
import io
import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from statquest_bp import Network, chain, dosage, ssr, statquest_network
from statquest_bp.digits import exact
from statquest_bp.labs import LiveFigure, NudgeLab
from statquest_bp.plots.diagram import DIAGRAM_SIZE
from statquest_bp.ripple import ripple
from statquest_bp.video import OPTIMAL
from tests.lab_views import act, label, overlay, readout

THREE = statquest_network(b3=3)


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


def marks(lab):
    """The changes and the rates that stand in the picture."""
    kinds = lab.view.marks.changes, lab.view.marks.rates
    return [{name: text.get_text() for name, text in texts.items() if text.get_text()} for texts in kinds]


def signed(value):
    return ("" if value < 0 else "+") + exact(value, 6)


@pytest.mark.parametrize("point", [0, 1, 2])
@pytest.mark.parametrize("name", ["b3", "w4", "w1"])
def test_the_ripple_moves_one_value_more_at_each_step_and_comes_back_rate_by_rate(name, point):
    lab = NudgeLab(name, point=point)
    before = lab.network
    moves = ripple(before, dosage(), point, name, 0.01)
    for step in range(lab.state.last + 1):
        changes, rates = marks(lab)
        moved = [*moves.path[:step], *(["SSR"] if step >= len(moves.path) else [])]
        assert changes == {value: signed(moves.change(value)) for value in moved}
        known = moves.rates[: max(0, step - len(moves.path))]
        assert list(rates) == [value for value in lab.view.marks.rates if value in {rate.bottom for rate in known}]
        for value, text in lab.view.diagram.boxes.items():
            assert text.get_text() == exact((moves.after if value in moved else moves.before)[value])
        for value in moved:
            assert f"{value} by {changes[value]}" in label(lab)
        act(lab, "step")
    assert lab.state.step == lab.state.last
    assert f"dSSR/d{name} = {exact(chain(before, dosage(), name).total)}" in readout(lab)
    nudged = before.replace(**{name: before.parameters[name] + 0.01})
    slope = (ssr(nudged, dosage()) - ssr(before, dosage())) / 0.01
    assert exact(slope) in readout(lab)


def test_the_minus_one_is_met_on_the_way_there_and_on_the_way_back():
    lab = NudgeLab("b3", THREE)
    act(lab, "scrub", 3)
    assert "Residual moves by −0.010000" in readout(lab)
    assert "minus sign" in readout(lab)
    act(lab, "scrub", 6)
    assert "dResidual/dPredicted ≈ −0.010000 / (+0.010000) = −1.0000" in readout(lab)
    assert marks(lab)[1]["Predicted"] == "× (−1.0000)"


def test_the_smaller_the_nudge_the_nearer_to_the_derivative():
    lab, apart = NudgeLab("b3", THREE), []
    act(lab, "all")
    exactly = chain(THREE, dosage(), "b3").total
    for nudge in (1.0, 0.1, 0.01, 0.001):
        act(lab, "nudge", nudge)
        change = lab.seen.ripple.change("SSR") / nudge
        assert exact(change) in readout(lab)
        apart.append(abs(change - exactly))
    assert apart == sorted(apart, reverse=True)


def test_back_next_all_the_slider_and_reset_go_through_it():
    lab = NudgeLab()
    begun = readout(lab)
    act(lab, "back")
    assert lab.state.step == 0
    act(lab, "all")
    assert lab.state.step == lab.state.last == lab.controls["scrub"].value == 8
    act(lab, "step")
    assert lab.state.step == 8
    act(lab, "scrub", 2)
    assert repr(lab) == "NudgeLab(b3 = 0.00 nudged by 0.01, dosage 0, step 2 of 8, SSR = 20.4236)"
    act(lab, "point", 2)
    assert "dosage 1" in label(lab)
    act(lab, "reset")
    assert (readout(lab), lab.controls["point"].value) == (begun, 0)


@pytest.mark.parametrize("nudge", [1.0, 0.01])
@pytest.mark.parametrize("name", OPTIMAL)
def test_the_code_measures_what_the_lab_shows(name, nudge):
    lab = NudgeLab(name, point=1)
    act(lab, "nudge", nudge)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code(), {})
    moves = lab.seen.ripple
    assert f"Residual moves by {moves.change('Residual'):.6f}" in printed.getvalue()
    assert f"SSR moves by {moves.change('SSR'):.6f}" in printed.getvalue()


def test_where_nothing_arrives_it_says_so():
    lab = NudgeLab("w1", point=0)  # at dosage 0 w1 moves nothing
    act(lab, "scrub", lab.state.last - 2)
    assert "x1 doesn’t move, so there is nothing to measure" in readout(lab)
    act(lab, "all")
    assert "nan" not in readout(lab) + overlay(lab)


@pytest.mark.parametrize("point", [0, 2])
@pytest.mark.parametrize("name", OPTIMAL)
def test_no_text_runs_into_another_or_off_the_picture(name, point):
    lab = NudgeLab(name, point=point)
    act(lab, "all")
    figure = lab.picture.figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = [text.get_window_extent(renderer) for text in figure.axes[0].texts if text.get_text()]
    for box in found:
        assert 0 <= box.x0 <= box.x1 <= DIAGRAM_SIZE[0]
        assert 0 <= box.y0 <= box.y1 <= DIAGRAM_SIZE[1]
    for one, other in itertools.combinations(found, 2):
        apart = one.x1 <= other.x0 + 1 or other.x1 <= one.x0 + 1 or one.y1 <= other.y0 + 3 or other.y1 <= one.y0 + 3
        assert apart, (one, other)


def test_what_it_cannot_nudge_is_refused():
    with pytest.raises(KeyError, match="w5"):
        NudgeLab("w5")
    with pytest.raises(ValueError, match="1-2-1"):
        NudgeLab("b3", Network.random((1, 3, 1), seed=0))
    with pytest.raises(ValueError, match="from 0 to 2"):
        NudgeLab("b3", point=3)
