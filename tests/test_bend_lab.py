"""A point on the bend: what is dragged in, what comes out, and which node is there at which dose."""

import contextlib
import io
import math
import re

import numpy as np
import pytest

from statquest_bp import Network, statquest_network
from statquest_bp.digits import exact
from statquest_bp.labs import BendLab, LiveFigure
from statquest_bp.video import BLACK_BOX
from tests.lab_views import act, label, readout


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


@pytest.mark.parametrize("x", [-5, -1.43, 0, 0.57, 5])
def test_every_view_shows_what_comes_out_of_the_bend(x):
    lab, y = BendLab(), math.log(1 + math.exp(x))
    act(lab, "x", x)
    assert lab.view.point.get_xydata().tolist() == [[x, pytest.approx(y)]]
    assert lab.view.words.get_text() == f"x = {exact(x)},  y = {exact(y)}"
    assert f"= {exact(y)}" in re.sub(" +", " ", readout(lab))
    assert f"log(1 + {exact(math.exp(x))})" in readout(lab)
    assert f"x = {exact(x)}, y = {exact(y)}" in label(lab)
    assert repr(lab) == f"BendLab(x = {x:.2f}, y = {y:.4f})"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code(), {})
    assert printed.getvalue().split()[-1] == f"{y:.4f}"


@pytest.mark.parametrize("network", [statquest_network(), statquest_network(**BLACK_BOX), statquest_network(w1=0)])
@pytest.mark.parametrize("x", [-5, -2, 0, 1.5, 4])
def test_it_says_at_which_dose_a_node_is_where_the_point_is(network, x):
    lab = BendLab(network)
    act(lab, "x", x)
    told = dict(re.findall(r"Node (\d) is here at dose (\d\.\d+)", readout(lab)))
    doses = np.linspace(0, 1, 10_001)
    for node, sums in enumerate(network.forward(doses).sums[0].T, start=1):
        if sums.min() <= x <= sums.max():
            assert float(told[str(node)]) == pytest.approx(doses[abs(sums - x).argmin()], abs=0.006)
        else:
            assert str(node) not in told
    assert ("Neither node" in readout(lab)) == (told == {})


@pytest.mark.parametrize(("x", "end"), [(-1.43, "1 is here at dose 0.00"), (1.91, "1 is here at dose 1.00")])
def test_both_ends_of_a_stretch_belong_to_it(x, end):
    lab = BendLab()
    act(lab, "x", x)
    assert f"Node {end}" in readout(lab)


def test_each_thick_stretch_runs_along_the_bend_as_far_as_its_nodes_sum_goes():
    lab = BendLab()
    stretches = {line.get_label(): line for line in lab.view.point.axes.lines if line.get_linewidth() == 5}
    sums = statquest_network().forward([0, 1]).sums[0].T
    for node, ends in enumerate(sums, start=1):
        x, y = stretches[f"node {node}, from dose 0 to 1"].get_xydata().T
        assert x[[0, -1]] == pytest.approx(ends)
        assert y == pytest.approx(np.log1p(np.exp(x)), abs=0.1)
        assert f"node {node} from x = {exact(ends[0], 2)} to {exact(ends[1], 2)}" in label(lab)


def test_another_kind_of_network_is_refused():
    with pytest.raises(ValueError, match="1-2-1"):
        BendLab(Network.random((1, 3, 1), seed=0))
