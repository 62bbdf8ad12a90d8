"""The forward pass as a diagram: every view says what the dose makes of itself."""

import contextlib
import io

import numpy as np
import pytest

from statquest_bp import Network, statquest_network
from statquest_bp.digits import as_in_the_video, exact
from statquest_bp.labs import ForwardLab, LiveFigure
from statquest_bp.video import BLACK_BOX
from tests.lab_views import act, label, readout


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


@pytest.mark.parametrize("network", [statquest_network(), statquest_network(**BLACK_BOX)])
@pytest.mark.parametrize("dose", [0, 0.29, 0.5, 1])
def test_every_view_shows_the_forward_pass_of_the_dose(network, dose):
    lab = ForwardLab(network)
    act(lab, "dose", dose)
    passed = network.forward([dose])
    values = {"Input": dose, "Predicted": passed.predicted[0, 0]}
    values |= {f"x{i + 1}": x for i, x in enumerate(passed.sums[0][0])}
    values |= {f"y{i + 1}": y for i, y in enumerate(passed.outputs[0][0])}
    for name, value in values.items():
        assert lab.view.diagram.boxes[name].get_text() == exact(value)
        assert f"{name} = {exact(value)}" in label(lab)
        assert exact(value) in readout(lab)
    assert repr(lab) == f"ForwardLab(dose {dose:.2f}, predicted {passed.predicted[0, 0]:.4f})"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code(), {})
    assert f"predicted = {passed.predicted[0, 0]:.4f}" in printed.getvalue()


def test_nothing_of_what_comes_later_is_told():
    words = readout(ForwardLab()) + label(ForwardLab())
    assert not [later for later in ("SSR", "Residual", "Observed", "deriv", "slope") if later in words]


def test_the_dots_travel_along_the_curves_with_the_dose():
    lab, places = ForwardLab(), []
    for dose in (0, 0.4, 1):
        act(lab, "dose", dose)
        places.append([dot.get_xydata()[0].tolist() for dot in lab.view.diagram.pictures.dots.values()])
    x, y = np.array(places).transpose(2, 1, 0)
    assert (np.diff(x) > 0).all()
    assert (np.diff(y[0]) > 0).all()
    assert (np.diff(y[1]) < 0).all()


def test_the_videos_digits_and_reset():
    lab = ForwardLab()
    act(lab, "digits", True)
    act(lab, "dose", 0.3)
    predicted = statquest_network().predict([0.3])[0, 0]
    assert readout(lab).split()[-2:] == ["=", as_in_the_video(predicted)]
    assert lab.view.diagram.boxes["Predicted"].get_text() == as_in_the_video(predicted)
    act(lab, "reset")
    assert lab.state == 0.5


@pytest.mark.parametrize("wrong", [-0.1, 1.5, float("nan")])
def test_a_dose_that_is_off_the_slider_is_refused(wrong):
    with pytest.raises(ValueError, match="dose must be a number from 0 to 1"):
        ForwardLab(dose=wrong)


def test_another_kind_of_network_is_refused():
    with pytest.raises(ValueError, match="1-2-1"):
        ForwardLab(Network.random((1, 3, 1), seed=0))
