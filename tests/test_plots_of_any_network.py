"""The pictures that take any network and any data: what the artists hold, against the model they stand for."""

import io
import itertools
from xml.etree import ElementTree

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from matplotlib.colors import same_color, to_rgb

from statquest_bp import Dataset, Network, descend, dosage, residuals, ssr, statquest_network
from statquest_bp.digits import exact
from statquest_bp.labs.live_figure import LiveFigure
from statquest_bp.plots import draw_parameter_traces, draw_predictions, draw_weights, new_figure
from statquest_bp.plots.diagram import NEGATIVE, POSITIVE, line_width
from statquest_bp.plots.style import OBSERVED, OUTPUTS, SUM


def data_of(n_in, n_out, points=12):
    """Points whose inputs and observed values have unlike ranges."""
    rng = np.random.default_rng(n_in * 10 + n_out)
    return Dataset(rng.uniform(-1, 3, (points, n_in)), 5 * rng.normal(size=(points, n_out)))


def network_of(*sizes, activation="tanh", scale=1.0):
    start = Network.random(sizes, activation, seed=3)
    values = np.random.default_rng(4).normal(size=len(start.vector)) * scale
    return Network.from_parameters(sizes, dict(zip(start.parameters, values, strict=True)), activation)


def predictions(network, data, output=None):
    figure, (ax,) = new_figure("")
    return draw_predictions(ax, network, data, output), figure


def weights(network, data=None):
    figure, (_, ax) = new_figure("", "")
    return draw_weights(ax, network, data), figure


RUN = descend(statquest_network(w3=0.36, w4=0.63, b3=0), dosage(), max_steps=50)
STEPS = np.array([0, 1, 2, 5, 10, 20, 50])


def traces(names=tuple(RUN.parameters)):
    figure, (ax,) = new_figure("")
    return draw_parameter_traces(ax, names, 50), figure


def line_points(line):
    points = line.get_xydata()
    return points[np.isfinite(points).all(axis=1)]


# one input: curves


@pytest.mark.parametrize("n_out", [1, 2, 3])
def test_each_output_has_a_curve_through_what_the_network_predicts_across_the_axes(n_out):
    data, network = data_of(1, n_out), network_of(1, 4, n_out)
    picture, figure = predictions(network_of(1, 2, n_out), data)
    picture.update(network)
    assert len(picture.fits) == n_out
    for k, fit in enumerate(picture.fits):
        x, y = fit.squiggle.get_data()
        assert (x[0], x[-1]) == figure.axes[0].get_xlim()
        np.testing.assert_array_equal(y, network.predict(x)[:, k])
        np.testing.assert_array_equal(fit.observed.get_xydata(), np.column_stack([data.inputs, data.observed[:, k]]))


def test_several_outputs_are_told_apart_by_colour_and_dashes_and_marker_and_named():
    data = Dataset([[1], [2]], [[1, 2, 3], [2, 3, 4]], ["x"], ["up", "down", "a very long name indeed"])
    picture, figure = predictions(network_of(1, 2, 3), data)
    looks = [
        (fit.squiggle.get_color(), fit.squiggle.get_linestyle(), fit.observed.get_marker()) for fit in picture.fits
    ]
    assert looks == list(OUTPUTS)
    assert all(len(set(column)) == 3 for column in zip(*looks, strict=True))
    assert all(
        fit.observed.get_color() == fit.predicted.get_color() == fit.squiggle.get_color() for fit in picture.fits
    )
    legend = figure.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["up", "down", "a very long…"]
    handles = [(h.get_color(), h.get_linestyle(), h.get_marker()) for h in legend.legend_handles]
    assert handles == looks


def test_one_output_looks_as_in_the_lesson():
    picture, figure = predictions(statquest_network(b3=0), dosage())
    (fit,) = picture.fits
    assert (fit.squiggle.get_color(), fit.observed.get_color()) == (SUM, OBSERVED)
    assert figure.axes[0].get_legend() is None
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == ("Dosage", "Efficacy")


def test_the_output_asked_for_is_the_one_on_show():
    data, network = data_of(1, 3, points=10), network_of(1, 2, 3)
    picture, figure = predictions(network, data, output=2)
    (fit,) = picture.fits
    np.testing.assert_array_equal(fit.observed.get_ydata(), data.observed[:, 2])
    np.testing.assert_array_equal(fit.predicted.get_ydata(), network.predict(data.inputs)[:, 2])
    assert figure.axes[0].get_ylabel() == "Observed 3"


@pytest.mark.parametrize(("points", "n_out", "few"), [(30, 1, True), (31, 1, False), (10, 3, True), (11, 3, False)])
def test_residuals_are_drawn_where_no_more_than_thirty_values_were_observed(points, n_out, few):
    data, network = data_of(1, n_out, points), network_of(1, 2, n_out)
    picture, _ = predictions(network, data)
    for k, fit in enumerate(picture.fits):
        assert (len(fit.residuals.get_xdata()), len(fit.predicted.get_xdata())) == (
            (3 * points, points) if few else (0, 0)
        )
        if few:
            ends = fit.residuals.get_ydata().reshape(points, 3)
            np.testing.assert_allclose(ends[:, 0] - ends[:, 1], residuals(network, data)[:, k])


@pytest.mark.parametrize("n_in", [1, 3])
def test_all_that_was_observed_and_what_is_predicted_at_first_is_within_the_axes(n_in):
    data, network = data_of(n_in, 2), network_of(n_in, 3, 2)
    _, figure = predictions(network, data)
    low, high = figure.axes[0].get_ylim()
    for values in (data.observed, network.predict(data.inputs)):
        assert low < values.min()
        assert values.max() < high


def test_a_start_that_is_far_off_does_not_squeeze_the_data():
    data = data_of(1, 1)
    _, figure = predictions(network_of(1, 3, 1, scale=1e6), data)
    assert np.ptp(figure.axes[0].get_ylim()) < 8 * np.ptp(data.observed)


# two inputs: a map


PLANE = Network.from_parameters((2, 1), {"w1": 2.0, "w2": -1.0, "b1": 0.5})


def test_the_lines_of_a_map_run_where_the_prediction_is_their_level():
    for network in (PLANE, network_of(2, 3, 1, scale=3.0)):
        picture, _ = predictions(PLANE, data_of(2, 1))
        picture.update(network)
        contours = picture.contours
        drawn = {level: line_points(line) for level, line in zip(contours.levels, contours.lines, strict=True)}
        assert sum(map(len, drawn.values())) > 30
        for level, points in drawn.items():
            if len(points):
                np.testing.assert_allclose(network.predict(points)[:, 0], level, atol=1e-9 if network is PLANE else 0.1)


def test_a_level_that_the_prediction_passes_within_the_map_has_a_line_and_a_name():
    picture, figure = predictions(PLANE, data_of(2, 1))
    corners = PLANE.predict(list(itertools.product(figure.axes[0].get_xlim(), figure.axes[0].get_ylim())))
    contours = picture.contours
    for level, line, name in zip(contours.levels, contours.lines, contours.names, strict=True):
        assert bool(len(line_points(line))) == (corners.min() < level < corners.max())
        assert name.get_text() in ("", f"{level:g}".replace("-", "−"))
        if name.get_text():
            assert list(name.get_position()) in line_points(line).tolist()
    assert sum(bool(name.get_text()) for name in picture.contours.names) >= 5


def test_where_the_prediction_is_infinite_on_one_side_the_lines_run_along_its_edge():
    cliff = Network.from_parameters((2, 1, 1), dict(w1=1e200, w2=0, b1=0, w3=1e200, b2=0.5), "relu")
    picture, figure = predictions(PLANE, data_of(2, 1))
    picture.update(cliff)
    cell = np.ptp(figure.axes[0].get_xlim()) / 30
    for level, line in zip(picture.contours.levels, picture.contours.lines, strict=True):
        assert bool(len(line_points(line))) == (level > 0.5)
        assert (abs(line_points(line)[:, 0]) <= cell).all()


def test_points_lines_and_colour_bar_share_one_scale_from_below_the_lowest_to_above_the_highest():
    data = data_of(2, 2)
    picture, figure = predictions(network_of(2, 3, 2), data, output=1)
    levels = picture.contours.levels
    assert picture.observed.get_array().tolist() == data.observed[:, 1].tolist()
    np.testing.assert_array_equal(picture.observed.get_offsets(), data.inputs)
    for level, line in zip(levels, picture.contours.lines, strict=True):
        assert same_color(line.get_color(), matplotlib.colors.to_hex(picture.observed.to_rgba(level)))
    assert levels[0] <= data.observed[:, 1].min()
    assert data.observed[:, 1].max() <= levels[-1]
    bar = figure.axes[1]
    assert bar.get_ylabel() == "Observed 2"
    assert bar.get_yticks().tolist() == levels.tolist()
    assert bar.get_ylim() == (levels[0], levels[-1])
    assert [figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()] == ["Input 1", "Input 2"]


def test_the_colours_of_a_map_go_from_dark_to_light_and_end_where_they_can_still_be_seen_on_white():
    picture, _ = predictions(PLANE, data_of(2, 1))
    light = [np.dot(to_rgb(line.get_color()), (0.2126, 0.7152, 0.0722)) for line in picture.contours.lines]
    assert light == sorted(light)
    assert len(set(light)) == len(light)
    assert light[-1] < 0.75


# more inputs: predicted against observed


@pytest.mark.parametrize(("n_in", "n_out"), [(3, 1), (4, 3)])
def test_with_more_inputs_the_predicted_stand_over_the_observed(n_in, n_out):
    data, network = data_of(n_in, n_out), network_of(n_in, 3, n_out)
    picture, figure = predictions(network_of(n_in, 2, 2, n_out), data)
    picture.update(network)
    for k, points in enumerate(picture.points):
        expected = np.column_stack([data.observed[:, k], network.predict(data.inputs)[:, k]])
        np.testing.assert_array_equal(points.get_xydata(), expected)
    assert [(points.get_color(), points.get_marker()) for points in picture.points] == [
        (color, marker) for color, _, marker in OUTPUTS[:n_out]
    ]
    (diagonal,) = [line for line in figure.axes[0].lines if line not in picture.points]
    np.testing.assert_array_equal(*diagonal.get_data())
    names = ("Observed observed", "Observed predicted") if n_out == 1 else ("observed", "predicted")
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == names


# any of them


KINDS = [(1, 1), (1, 3), (2, 1), (2, 2), (3, 1), (4, 2)]
every_kind = pytest.mark.parametrize(("n_in", "n_out"), KINDS)


@every_kind
def test_a_description_states_the_ssr_and_the_largest_residual_and_where_it_is(n_in, n_out):
    data, network = data_of(n_in, n_out), network_of(n_in, 3, n_out)
    words = predictions(network, data)[0].describe(network)
    gaps = residuals(network, data)
    row, column = np.unravel_index(abs(gaps).argmax(), gaps.shape)
    place = ", ".join(f"{name} = {exact(x, 2)}" for name, x in zip(data.input_names, data.inputs[row], strict=True))
    which = f", in {data.observed_names[column]}" if n_out > 1 else ""
    assert words.startswith(
        "A map with Input 1 to the right and Input 2 upward: 12 points" if n_in == 2 else "12 points"
    )
    assert words.endswith(
        f". SSR {exact(ssr(network, data))}; the largest residual, {exact(gaps[row, column], 2)}, is at {place}{which}."
    )


def test_the_description_of_a_map_states_between_which_values_the_prediction_runs():
    picture, figure = predictions(PLANE, data_of(2, 1))
    corners = PLANE.predict(list(itertools.product(figure.axes[0].get_xlim(), figure.axes[0].get_ylim())))
    assert f"runs from {exact(corners.min(), 2)} to {exact(corners.max(), 2)}." in picture.describe(PLANE)


EXTREME = [1e3, 1e100, 1e200, 1e308]


@every_kind
@pytest.mark.parametrize("size", EXTREME)
def test_predictions_too_large_for_the_picture_or_for_a_number_are_drawn_all_the_same(n_in, n_out, size):
    data = data_of(n_in, n_out)
    network = network_of(n_in, 3, n_out, activation="identity", scale=size / 10)
    picture, figure = predictions(network, data)
    live = LiveFigure(figure, lambda: picture.describe(network))
    for network in (network_of(n_in, 3, n_out, activation="relu", scale=size / 10), network_of(n_in, 2, n_out)):
        picture.update(network)
        live.update()
        assert ElementTree.fromstring(live.overlay()).get("aria-label") == picture.describe(network)
        assert live.png()


@every_kind
@pytest.mark.parametrize("value", [0.0, 1e-320, 5.0, 1e16, 1e308])
def test_data_of_any_size_and_even_one_point_can_be_drawn(n_in, n_out, value):
    network = network_of(n_in, 2, n_out)
    for data in (
        Dataset(np.full((1, n_in), value), np.full((1, n_out), value)),
        Dataset(np.vstack([np.full(n_in, value), np.full(n_in, -value)]), np.full((2, n_out), value)),
        Dataset(np.vstack([np.full(n_in, value), np.full(n_in, value + 2)]), [[-value] * n_out, [value] * n_out]),
    ):
        picture, figure = predictions(network, data)
        assert ElementTree.fromstring(LiveFigure(figure, lambda p=picture: p.describe(network)).overlay()).tag
        assert drawn(figure)


@every_kind
@pytest.mark.parametrize("name", ["<b>Dose</b> & more", "cost in $ or $", r"\$x^$", "温度 😀", "x" * 999, "_", "a\\b"])
def test_any_name_can_be_shown_and_is_text(n_in, n_out, name):
    data, network = data_of(n_in, n_out), network_of(n_in, 2, n_out)
    named = Dataset(data.inputs, data.observed, [name] * n_in, [name] * n_out)
    for figure in (predictions(network, named)[1], weights(network, named)[1]):
        assert drawn(figure)
        for label in (text for text in figure.findobj(matplotlib.text.Text) if len(text.get_text()) > 3):
            assert len(label.get_text()) < 45


def test_a_name_is_cut_off_and_never_read_as_a_formula():
    data = Dataset([[1], [2]], [[1], [2]], ["a $very$ long name, too long for an axis"], ["$y$"])
    _, figure = predictions(network_of(1, 2, 1), data)
    assert figure.axes[0].get_xlabel() == r"a \$very\$ long name, too lon…"
    assert figure.axes[0].get_ylabel() == r"\$y\$"


@pytest.mark.parametrize(
    ("network", "data", "output", "message"),
    [
        (network_of(2, 1), data_of(1, 1), None, r"the network has 2 input\(s\) but the data has 1"),
        (network_of(1, 2), data_of(1, 1), None, r"the network has 2 output\(s\) but the data has 1"),
        (network_of(1, 2), data_of(1, 2), 2, "output must be a whole number from 0 to 1; got 2"),
        (network_of(1, 2), data_of(1, 2), 0.5, r"got 0\.5"),
    ],
)
def test_what_does_not_match_is_refused(network, data, output, message):
    with pytest.raises(ValueError, match=message):
        predictions(network, data, output)
    if output is None:
        picture, _ = predictions(network_of(1, 1), data_of(1, 1))
        with pytest.raises(ValueError, match=message):
            picture.update(network)


# parameters over a run


@pytest.mark.parametrize("step", [0, 1, 7, 50, 999])
def test_each_parameter_is_drawn_up_to_the_step_or_to_the_end_of_the_run(step):
    picture, _ = traces()
    picture.update(RUN.parameters, STEPS, step)
    last = min(step, len(RUN) - 1)
    x = [*(k for k in STEPS if k < last), last]
    for name, line in picture.lines.items():
        assert line.get_xydata().tolist() == [[k, RUN.parameters[name][k]] for k in x]


def test_weights_are_solid_and_biases_dashed():
    picture, _ = traces()
    assert {name: line.get_linestyle() for name, line in picture.lines.items()} == {
        name: "-" if name[0] == "w" else "--" for name in RUN.parameters
    }


@pytest.mark.parametrize("step", [0, 3, 50])
def test_the_names_stand_at_the_ends_in_order_apart_from_each_other_and_within_the_axes(step):
    picture, figure = traces()
    picture.update(RUN.parameters, STEPS, step)
    low, high = figure.axes[0].get_ylim()
    ends = sorted(picture.names, key=lambda name: picture.lines[name].get_ydata()[-1])
    heights = np.array([picture.names[name].get_position()[1] for name in ends])
    assert (np.diff(heights) > 0.064 * (high - low)).all()
    assert low < heights[0] < heights[-1] < high
    for name, text in picture.names.items():
        assert text.get_text() == name
        assert text.get_position()[0] > picture.lines[name].get_xdata()[-1]
        assert text.get_color() == picture.lines[name].get_color()


def test_a_name_with_room_stands_at_the_height_of_its_end():
    picture, _ = traces(["w1", "w4"])
    picture.update(RUN.parameters, STEPS, 50)
    for name, text in picture.names.items():
        assert text.get_position()[1] == pytest.approx(RUN.parameters[name][-1])


def test_parameters_beyond_the_axes_have_their_names_at_the_edge():
    picture, figure = traces(["w1", "w2", "b1"])
    picture.update({"w1": np.array([0, 1e300]), "w2": np.array([0, -1e300]), "b1": np.array([0, 1e308])}, STEPS, 50)
    low, high = figure.axes[0].get_ylim()
    assert all(low < text.get_position()[1] < high for text in picture.names.values())
    assert drawn(figure)


def test_many_parameters_are_drawn_without_names():
    network = network_of(2, 4, 1)
    picture, figure = traces(list(network.parameters))
    assert set(figure.axes[0].lines) == set(picture.lines.values())
    picture.update({name: np.array([0.0, value]) for name, value in network.parameters.items()}, STEPS, 1)
    assert len(picture.lines) == 17
    assert picture.names == {}
    for line in set(picture.lines.values()):  # each line shows several, one after the other
        names = [name for name, shows in picture.lines.items() if shows is line]
        expected = [point for name in names for point in ([0, 0], [1, network.parameters[name]], [np.nan, np.nan])]
        np.testing.assert_array_equal(line.get_xydata(), expected if len(names) > 1 else expected[:-1])
    assert len({(line.get_color(), line.get_linestyle()) for line in picture.lines.values()}) == len(
        set(picture.lines.values())
    )
    low, high = min(network.parameters.values()), max(network.parameters.values())
    assert picture.describe(network).endswith(f"now between {exact(low, 2)} and {exact(high, 2)}.")


def test_the_description_of_the_traces_states_the_values_at_their_ends():
    words = traces()[0].describe(RUN.final)
    assert words.startswith("7 parameter(s) against the updates; now w1 = ")
    assert all(f"{name} = {exact(value, 2)}" in words for name, value in RUN.final.parameters.items())


# the weights

SIZES = [(1, 2, 1), (2, 2, 1), (1, 4, 1), (2, 4, 1), (1, 1), (3, 2), (1, 4, 4, 3), (4, 8, 8, 8, 3)]
every_size = pytest.mark.parametrize("sizes", SIZES)


@every_size
def test_each_weight_is_a_line_from_its_node_to_its_node_with_its_width_and_its_sign(sizes):
    network = network_of(*sizes, scale=3.0)
    picture, figure = weights(network_of(*sizes))
    picture.update(network)
    lines = iter(picture.lines.values())
    for matrix, (left, right) in zip(network.weights, itertools.pairwise(picture.columns), strict=True):
        for i, j in np.ndindex(matrix.shape):  # in the order of the names
            line = next(lines)
            ends = (line.get_xydata() - [left[j], right[i]]) * figure.axes[1].bbox.size
            np.testing.assert_allclose(np.hypot(*ends.T), picture.radius + 1)  # from rim to rim
            towards = (np.subtract(right[i], left[j])) * figure.axes[1].bbox.size
            np.testing.assert_allclose(ends / (picture.radius + 1), np.outer([1, -1], towards / np.hypot(*towards)))
            assert line.get_linewidth() == pytest.approx(line_width(matrix[i, j]) * min(1, 4 / max(sizes)))
            looks = (NEGATIVE, "--") if matrix[i, j] < 0 else (POSITIVE, "-")
            assert (line.get_color(), line.get_linestyle()) == looks
    assert list(picture.lines) == [name for name in network.parameters if name[0] == "w"]


@every_size
def test_the_nodes_stand_in_columns_with_a_circle_each(sizes):
    picture, figure = weights(network_of(*sizes))
    assert tuple(map(len, picture.columns)) == sizes
    circles = [line.get_xydata()[0].tolist() for line in figure.axes[1].lines if line.get_marker() == "o"]
    assert circles == [list(node) for column in picture.columns for node in column]
    for column in picture.columns:
        assert len({x for x, _ in column}) == 1
        assert [y for _, y in column] == sorted((y for _, y in column), reverse=True)


@every_size
def test_no_number_of_a_weight_covers_another_and_each_stands_on_its_own_line(sizes):
    network = network_of(*sizes)
    picture, figure = weights(network)
    numbers = {name: text for name, text in picture.numbers.items() if name[0] == "w"}
    assert numbers.keys() == picture.gaps.keys()
    for (_, one), (_, other) in itertools.combinations(numbers.items(), 2):
        away = (np.array(one.get_position()) - other.get_position()) * figure.axes[1].bbox.size
        assert abs(away[0]) > 90 or abs(away[1]) >= 20 - 1e-9
    for name, text in numbers.items():
        assert text.get_text() == f"{name} {exact(network.parameters[name], 2)}"
        start, end = picture.lines[name].get_xydata()
        ahead, there = end - start, text.get_position() - start
        assert abs(ahead[0] * there[1] - ahead[1] * there[0]) < 1e-12
        assert picture.gaps[name].get_xydata().mean(axis=0) == pytest.approx(text.get_position())


@pytest.mark.parametrize(
    ("sizes", "named"), [((1, 2, 1), 7), ((2, 2, 1), 9), ((1, 4, 1), 13), ((4, 8, 8, 8, 3), 3), ((8, 8), 0)]
)
def test_numbers_are_shown_only_where_there_is_room(sizes, named):
    picture, _ = weights(network_of(*sizes))
    assert len(picture.numbers) == named


def test_inputs_and_outputs_carry_the_names_of_the_data_and_layers_their_activation():
    data = Dataset([[1, 2]], [[3]], ["Age", "Dose"], ["Effect"])
    network = Network.random((2, 3, 2, 1), "relu", "sigmoid", seed=1)
    _, figure = weights(network, data)
    words = [text.get_text() for text in figure.axes[1].texts if not text.get_animated()]
    assert words[:6] == ["input", "relu", "output: sigmoid", "Age", "Dose", "Effect"]


def test_the_description_of_the_weights_counts_them_and_names_the_farthest_from_0():
    words = weights(statquest_network())[0].describe(statquest_network())
    assert words == "A 1-2-1 network with 4 weight(s), 3 of them below 0; farthest from 0 is w2 = −3.53."


@pytest.mark.parametrize(
    "other", [network_of(1, 3, 1), network_of(1, 2, 1, activation="relu"), Network.random((1, 2, 1), "tanh", "sigmoid")]
)
def test_another_kind_of_network_needs_a_picture_of_its_own(other):
    picture, _ = weights(network_of(1, 2, 1))
    with pytest.raises(ValueError, match="drawn for another kind of network"):
        picture.update(other)


@pytest.mark.parametrize("size", EXTREME)
def test_weights_of_any_size_leave_the_lines_apart(size):
    network = statquest_network(w1=size, w2=-size, b1=size)
    picture, figure = weights(network)
    assert max(line.get_linewidth() for line in picture.lines.values()) <= 9
    assert drawn(figure)


# every picture


def change(picture):
    """Move all that `picture` shows."""
    if hasattr(picture, "columns"):
        picture.update(network_of(2, 3, 1, scale=4.0))
    elif hasattr(picture, "data"):
        picture.update(network_of(picture.data.inputs.shape[1], 5, 3, picture.data.observed.shape[1], scale=4.0))
    else:
        picture.update(RUN.parameters, STEPS, 20)


PICTURES = {
    **{
        f"{n_in} to {n_out}": lambda n_in=n_in, n_out=n_out: predictions(
            network_of(n_in, 2, n_out), data_of(n_in, n_out)
        )
        for n_in, n_out in KINDS
    },
    "traces": traces,
    "weights": lambda: weights(network_of(2, 3, 1)),
}
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES.keys())


def drawn(figure, still=False):
    """The figure as SVG; with `still`, only what isn't animated."""
    moving = [artist for artist in figure.findobj() if artist.get_animated()] if still else []
    for artist in moving:
        artist.set_visible(False)
    svg = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "the same ids each time"}):
        figure.savefig(svg, format="svg", facecolor="white", metadata={"Date": None})
    for artist in moving:
        artist.set_visible(True)
    assert ElementTree.fromstring(svg.getvalue()).tag.endswith("svg")
    return svg.getvalue()


@every_picture
def test_an_update_moves_what_is_animated_and_the_rest_stands_still(draw):
    picture, figure = draw()
    before, artists = drawn(figure, still=True), figure.findobj()
    moving = LiveFigure(figure, lambda: "").overlay()
    change(picture)
    assert drawn(figure, still=True) == before
    assert figure.findobj() == artists
    assert LiveFigure(figure, lambda: "").overlay() != moving


OWN_LOOKS = {
    "dark": "dark_background",
    "own": {"lines.linewidth": 9, "font.size": 30, "axes.grid": False, "lines.marker": "x", "text.color": "red"},
}


@every_picture
@pytest.mark.parametrize("look", OWN_LOOKS.values(), ids=OWN_LOOKS.keys())
def test_a_picture_looks_the_same_whatever_the_users_own_style(draw, look):
    expected = drawn(draw()[1])
    with matplotlib.rc_context():
        matplotlib.style.use(look)
        figure = draw()[1]
    assert drawn(figure) == expected
