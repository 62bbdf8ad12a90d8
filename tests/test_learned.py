"""What each node has learned, as a small picture in it: against what the network puts out there."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, dosage, statquest_network
from statquest_bp.labs import LiveFigure, PlaygroundLab
from statquest_bp.plots import draw_weights, new_figure
from tests.lab_views import label

DATA_2 = Dataset([[-1, 2], [3, 2.5], [0, 4]], [0, 1, 0], ["Age", "Dose"], ["Effect"])
LOW, HIGH = np.array([-1, 2]), np.array([3, 4])
SIZES_2 = [(2, 1), (2, 3, 1), (2, 8, 8, 8, 1)]


def pictures(network, data):
    _, (_, ax) = new_figure("", "")
    return draw_weights(ax, network, data), ax


def within_its_circle(weights, ax, column, node, line):
    away = (line.get_xydata() - weights.columns[column][node]) * ax.bbox.size
    return np.nanmax(np.hypot(*away.T)) <= weights.radius


@pytest.mark.parametrize("activation", ["softplus", "relu", "sigmoid", "tanh", "identity"])
@pytest.mark.parametrize("sizes", [(1, 1), (1, 2, 1), (1, 4, 4, 1), (1, 8, 8, 8, 1)])
def test_with_one_input_each_node_has_the_curve_of_what_comes_out_of_it(sizes, activation):
    network = Network.random(sizes, activation, seed=3)
    weights, ax = pictures(Network.random(sizes, activation, seed=4), dosage())
    weights.update(network)
    grid = np.linspace(0, 1, 25)
    for column, outputs in enumerate([grid[:, None], *network.forward(grid).outputs]):
        for node, heights in enumerate(outputs.T):
            (line,) = weights.learned.lines[column][node]
            x, y = line.get_xydata().T
            assert np.diff(x) == pytest.approx(np.full(24, (x[-1] - x[0]) / 24))
            reach = np.ptp([*heights, 0.0]) or 1.0
            assert (y - y[0]) * ax.bbox.height == pytest.approx((heights - heights[0]) / reach * weights.radius)
            assert within_its_circle(weights, ax, column, node, line)


@pytest.mark.parametrize("sizes", SIZES_2)
def test_with_two_inputs_a_map_is_shaded_where_more_comes_out(sizes):
    network = Network.random(sizes, "tanh", seed=5)
    weights, ax = pictures(network, DATA_2)
    xs, ys = np.meshgrid(np.linspace(0, 1, 201), (np.arange(9) + 0.5) / 9)
    fine = LOW + (HIGH - LOW) * np.stack([xs, ys], axis=-1).reshape(-1, 2)
    for column, outputs in enumerate([fine, *network.forward(fine).outputs]):
        for node, heights in enumerate(outputs.T):
            low, high = min(heights.min(), 0), max(heights.max(), 0)
            for line, share in zip(weights.learned.lines[column][node], (1 / 3, 2 / 3), strict=True):
                expected = (heights > low + share * (high - low)).reshape(9, 201)
                assert abs(shaded(weights, ax, column, node, line) - expected.mean(axis=1)).max() < 0.03
                if expected.any():
                    assert within_its_circle(weights, ax, column, node, line)


def shaded(weights, ax, column, node, line):
    """Which share of each row of a map this line covers, from the lowest row up."""
    side = 1.3 * weights.radius
    points = (line.get_xydata() - weights.columns[column][node]) * ax.bbox.size / side + 0.5
    shares = np.zeros(9)
    for (x0, y0), (x1, y1), lift in points.reshape(-1, 3, 2):
        assert np.isnan(lift).all()
        assert y0 == y1
        shares[round(9 * y0 - 0.5)] += x1 - x0
    return shares


def test_the_first_input_grows_to_the_right_and_the_second_upward():
    weights, ax = pictures(Network.random((2, 1), seed=1), Dataset([[0, 0], [1, 1]], [0, 1]))
    dark_x, dark_y = (weights.learned.lines[0][node][1].get_xydata() for node in (0, 1))
    x, y = weights.columns[0][0]
    assert np.nanmin(dark_x[:, 0]) > x
    assert np.nanmax(dark_x[:, 1]) - y > 0.4 * 1.3 * weights.radius / ax.bbox.height
    x, y = weights.columns[0][1]
    assert np.nanmin(dark_y[:, 1]) > y
    assert np.nanmin(dark_y[:, 0]) < x


def test_with_more_inputs_or_without_data_there_are_none():
    data = Dataset([[0, 0, 0], [1, 1, 1]], [0, 1])
    assert not any(lines for column in pictures(Network.random((3, 2, 1)), data)[0].learned.lines for lines in column)
    assert pictures(statquest_network(), None)[0].learned is None


@pytest.mark.parametrize(
    "data", [Dataset([[1, 2]], [3]), Dataset([[1], [1]], [0, 1]), Dataset([[1e150], [-1e150]], [0, 1])]
)
@pytest.mark.parametrize("size", [0.0, 1.0, 1e300])
def test_any_data_and_any_weights_can_be_drawn(data, size):
    sizes = (data.inputs.shape[1], 3, 1)
    start = Network.random(sizes, "relu", seed=2)
    network = start.with_vector(start.vector * size)
    weights, ax = pictures(network, data)
    assert LiveFigure(ax.figure, lambda: weights.describe(network)).overlay()
    for column, nodes in enumerate(weights.learned.lines):
        for node, lines in enumerate(nodes):
            for line in lines:
                drawn = line.get_xydata()
                assert not len(drawn) or within_its_circle(weights, ax, column, node, line)


def test_they_are_told_in_words():
    words = pictures(statquest_network(), dosage())[0].describe(statquest_network())
    assert words.endswith("for every input. Of the hidden nodes, it rises in 1, it falls in 1.")
    network = Network.random((2, 3, 1), seed=1)
    assert pictures(network, DATA_2)[0].describe(network).endswith("the darker the more comes out there.")


def test_the_playgrounds_network_shows_what_its_nodes_have_learned_and_follows_the_training():
    lab = PlaygroundLab()
    lab.controls["view"].value = "network"

    def curves():
        return [line.get_ydata().tolist() for column in lab.view.third.learned.lines[1:] for (line,) in column]

    before = curves()
    lab.train(200)
    assert all(one != other for one, other in zip(before, curves(), strict=True))
    assert "Small curves in the nodes" in label(lab)
