"""The pictures: what the artists hold, against the model they stand for."""

import io

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from statquest_bp import Dataset, descend, dosage, gradient, residuals, ssr, ssr_along, statquest_network
from statquest_bp.digits import exact
from statquest_bp.fit import level_line_ssr
from statquest_bp.plots import (
    draw_fit,
    draw_nodes,
    draw_ssr_curve,
    draw_ssr_surface,
    draw_ssr_trace,
    new_figure,
    style,
)
from statquest_bp.plots.ssr_surface import levels_for

DATA = dosage()
DOSAGES, OBSERVED = DATA.inputs[:, 0], DATA.observed[:, 0]
NETWORKS = {
    "the optimum": statquest_network(),
    "b3 at 0": statquest_network(b3=0),
    "the start of Details Pt. 2": statquest_network(w1=2.74, b1=0, w2=-1.13, b2=0, w3=0.36, w4=0.63, b3=0),
    "off the picture": statquest_network(w3=6, w4=-6, b3=4),
}
networks = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS.keys())


def fit():
    figure, (ax,) = new_figure("")
    return draw_fit(ax, statquest_network(), DATA), figure


def nodes():
    figure, (bend_ax, scaled_ax) = new_figure("", "")
    return draw_nodes(bend_ax, scaled_ax, statquest_network(), DATA), figure


def curve(low=-1.0, high=4.0):
    figure, (ax,) = new_figure("")
    return draw_ssr_curve(ax, statquest_network(), DATA, "b3", (low, high), (-2.0, 42.0)), figure


def surface():
    figure, (ax,) = new_figure("")
    return draw_ssr_surface(ax, statquest_network(), DATA, "w3", "b3", (-3.0, 1.0), (-1.0, 4.0)), figure


START = statquest_network(w3=0.36, w4=0.63, b3=0)
RUNS = [descend(START, DATA, rate, ["w3", "w4", "b3"], max_steps=300) for rate in (0.02, 0.1, 0.3)]
ENDS = [len(run) - 1 for run in RUNS]  # 300, 300 and soon: the last diverges


def trace():
    figure, (ax,) = new_figure("")
    return draw_ssr_trace(ax, RUNS), figure


def change(plot, network):
    """Every way to move what `plot` shows."""
    if hasattr(plot, "lines"):
        plot.update(RUNS, ["one", "another", "the third"], np.arange(301), 300)
    elif hasattr(plot, "show_curve"):
        plot.update(9.0, 1e6, -1e5, -1e6)
    else:
        plot.update(network)
    if hasattr(plot, "show_path"):
        plot.update(network, step_to=network.replace(w3=1e9, b3=-1e9))
        plot.show_path([-50, 50], [1e9, 1e9])
        plot.prediction.set_data([0, 0], [1, 2])
    if hasattr(plot, "show_curve"):
        plot.show_curve(network)
        plot.show_tried([-50, 50], [1e9, 1e9])
        plot.show_prediction(70.0)
    if hasattr(plot, "chosen"):
        plot.update(network, chosen=1)


# the fit


@networks
def test_the_squiggle_is_what_the_network_predicts_across_the_axes(network):
    plot, figure = fit()
    plot.update(network)
    x, y = plot.squiggle.get_data()
    assert (x[0], x[-1]) == figure.axes[0].get_xlim()
    assert (np.diff(x) < 0.01).all()
    np.testing.assert_array_equal(y, network.predict(x)[:, 0])


@networks
def test_the_points_stand_at_the_data_and_at_the_predictions(network):
    plot, _ = fit()
    plot.update(network)
    np.testing.assert_array_equal(plot.observed.get_xydata(), np.column_stack([DOSAGES, OBSERVED]))
    np.testing.assert_array_equal(
        plot.predicted.get_xydata(), np.column_stack([DOSAGES, network.predict(DOSAGES)[:, 0]])
    )


@networks
def test_each_residual_runs_upright_from_the_observed_to_the_predicted_and_no_farther(network):
    plot, _ = fit()
    plot.update(network)
    segments = plot.residuals.get_xydata().reshape(3, 3, 2)
    assert np.isnan(segments[:, 2, 1]).all()  # the pen is lifted between two residuals
    np.testing.assert_array_equal(segments[:, :2, 0], np.column_stack([DOSAGES, DOSAGES]))
    np.testing.assert_array_equal(segments[:, 0, 1], OBSERVED)
    np.testing.assert_allclose(segments[:, 0, 1] - segments[:, 1, 1], residuals(network, DATA)[:, 0], atol=1e-14)


@networks
def test_each_residual_is_named_beside_its_middle_or_if_it_is_short_beyond_its_dot(network):
    plot, figure = fit()
    plot.update(network)
    low, high = figure.axes[0].get_ylim()
    edge = 0.06 * (high - low)  # far enough from the axes to be read
    for label, x, o, residual in zip(plot.labels, DOSAGES, OBSERVED, residuals(network, DATA)[:, 0], strict=True):
        assert label.get_text() == (exact(residual, 2) if abs(residual) >= 0.005 else "")
        at, height = label.get_position()
        assert 0 < abs(at - x) < 0.05
        assert label.get_horizontalalignment() == ("right" if at < x else "left")
        middle = o - residual / 2 if abs(residual) > 3 * edge else o + np.sign(residual) * edge
        assert height == pytest.approx(np.clip(middle, low + edge, high - edge))


def test_the_chosen_residual_is_the_bold_one():
    plot, _ = fit()
    plot.update(statquest_network(b3=0), chosen=1)
    assert plot.chosen.get_xydata().tolist() == [[0.5, 1.0], [0.5, statquest_network(b3=0).predict([0.5])[0, 0]]]
    assert plot.chosen.get_linewidth() > plot.residuals.get_linewidth()


def test_no_residual_is_bold_once_none_is_chosen():
    plot, _ = fit()
    plot.update(statquest_network(b3=0), chosen=1)
    plot.update(statquest_network(b3=0))
    assert len(plot.chosen.get_xdata()) == 0


def test_a_fit_without_residuals_has_none():
    _, (ax,) = new_figure("")
    plot = draw_fit(ax, statquest_network(b3=0), DATA, residuals=False)
    plot.update(statquest_network(b3=1))
    assert plot.labels == []
    assert len(plot.residuals.get_xdata()) == len(plot.chosen.get_xdata()) == 0
    assert plot.predicted.get_ydata().tolist() == statquest_network(b3=1).predict(DOSAGES)[:, 0].tolist()


def test_the_axes_carry_the_names_of_the_data():
    _, figure = fit()
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == (DATA.input_names[0], DATA.observed_names[0])


# the nodes


@networks
def test_the_nodes_curves_are_y_and_y_times_its_weight_and_add_up_to_the_squiggle(network):
    plot, _ = nodes()
    plot.update(network)
    grid = plot.bends[0].get_xdata()
    p = network.parameters
    for i, (w, b, weight) in enumerate([("w1", "b1", "w3"), ("w2", "b2", "w4")]):
        y = np.logaddexp(0, grid * p[w] + p[b])
        np.testing.assert_allclose(plot.bends[i].get_ydata(), y, atol=1e-12)
        np.testing.assert_allclose(plot.scaled[i].get_ydata(), y * p[weight], atol=1e-12)
    total = plot.scaled[0].get_ydata() + plot.scaled[1].get_ydata() + p["b3"]
    np.testing.assert_allclose(total, network.predict(grid)[:, 0], atol=1e-12)


@networks
def test_every_nodes_curve_is_named_on_the_picture_in_its_own_axes(network):
    plot, figure = nodes()
    plot.update(network)
    assert [name.get_text() for name in plot.names] == ["y1", "y2", "y1 × w3", "y2 × w4"]
    assert [name.axes for name in plot.names] == [axes for axes in figure.axes for _ in range(2)]
    for name, line in zip(plot.names, plot.bends + plot.scaled, strict=True):
        (x, y), (low, high) = name.get_position(), name.axes.get_ylim()
        assert x in line.get_xdata()
        assert low < y < high


# the SSR curve


@networks
def test_the_ssr_curve_is_the_ssr_along_b3(network):
    plot, _ = curve()
    plot.show_curve(network)
    x, y = plot.curve.get_data()
    assert (x[0], x[-1]) == (-1.0, 4.0)
    np.testing.assert_array_equal(y, ssr_along(network, DATA, "b3", x))
    plot.show_curve(network, shown=False)
    assert np.isnan(plot.curve.get_ydata()).all()


@pytest.mark.parametrize("b3", [-1.0, 0.0, 1.57, 2.6, 4.0])
def test_the_tangent_touches_the_point_with_the_slope_of_the_curve(b3):
    plot, _ = curve()
    network = statquest_network(b3=b3)
    value, slope = ssr(network, DATA), gradient(network, DATA)["b3"]
    plot.update(b3, value, slope=slope)
    assert plot.here.get_xydata().tolist() == [[b3, value]]
    (x0, x1), (y0, y1) = plot.tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((b3, value))
    x, y = plot.curve.get_data()
    nearest = np.argsort(abs(x - b3))[:3]  # a parabola: next to the point it lies above its tangent, but hardly
    above = y[nearest] - (value + slope * (x[nearest] - b3))
    assert (above > -1e-9).all()
    assert (above < 0.03).all()


def test_the_tangent_looks_equally_long_however_steep_it_is():
    plot, figure = curve()
    lengths = []
    for slope in (0.0, -15.7, 300.0):
        plot.update(1.0, 10.0, slope=slope)
        start, end = figure.axes[0].transData.transform(plot.tangent.get_xydata())
        lengths.append(np.hypot(*(end - start)))
    assert lengths == pytest.approx([lengths[0]] * 3)


def test_the_step_runs_level_from_the_value_to_the_next_and_then_down_to_the_axis():
    plot, figure = curve()
    plot.update(0.0, 20.4, slope=-15.7, step_to=1.57)
    assert plot.step.get_xydata().tolist() == [[0.0, 20.4], [1.57, 20.4], [1.57, figure.axes[0].get_ylim()[0]]]
    plot.update(1.57, 3.27)
    assert len(plot.step.get_xdata()) == len(plot.tangent.get_xdata()) == 0


def test_the_points_tried_and_the_prediction_are_marked_where_they_are():
    plot, figure = curve()
    plot.show_tried([0.0, 1.0], [20.4, 7.8])
    assert plot.tried.get_xydata().tolist() == [[0.0, 20.4], [1.0, 7.8]]
    plot.show_prediction(2.5)
    low, high = figure.axes[0].get_ylim()
    assert plot.prediction.get_xydata().tolist() == [[2.5, low], [2.5, high]]
    assert plot.prediction_name.get_text() == "you predicted"
    at, height = plot.prediction_name.get_position()
    assert at == 2.5
    assert low < height < high
    plot.show_prediction(None)
    assert len(plot.prediction.get_xdata()) == 0
    assert plot.prediction_name.get_text() == ""


# the SSR over two parameters


CELL = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]  # a point and its neighbours, in cells of the map's grid


def line_points(line):
    points = line.get_xydata()
    return points[np.isfinite(points).all(axis=1)]


@networks
def test_the_lines_of_the_map_run_where_the_ssr_is_their_level(network):
    plot, _ = surface()
    plot.update(network)
    for level, line in zip(plot.levels, plot.contours, strict=True):
        for w3, b3 in line_points(line)[::3]:
            cell = [ssr(network.replace(w3=w3 + i / 15, b3=b3 + j / 12), DATA) for i, j in CELL]  # 60 cells a side
            assert min(cell) <= level <= max(cell)


@networks
def test_where_the_ssr_passes_a_level_within_the_map_there_is_a_line(network):
    plot, _ = surface()
    plot.update(network)
    w3, b3 = np.linspace(-3, 1, 25), np.linspace(-1, 4, 25)
    heights = np.array([ssr_along(network.replace(b3=b), DATA, "w3", w3) for b in b3])
    drawn = [bool(len(line_points(line))) for line in plot.contours]
    for level, is_drawn in zip(plot.levels, drawn, strict=True):
        assert is_drawn or not heights.min() < level < heights.max()


def test_the_lines_of_the_lesson_run_from_003_to_100():
    assert levels_for(DATA) == (0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


@pytest.mark.parametrize("scale", [1e-6, 0.7, 1, 2.5, 40, 1e6])
def test_on_any_scale_some_lines_lie_below_a_level_lines_ssr_and_most_above(scale):
    data = Dataset([0, 0.5, 1], [0, scale, 0])
    levels = levels_for(data)
    assert sum(level <= level_line_ssr(data) for level in levels) in (3, 4)
    ratios = np.divide(levels[1:], levels[:-1])
    assert ((ratios > 2.9) & (ratios < 3.4)).all()


def test_data_on_a_level_line_have_a_map_all_the_same():
    assert levels_for(Dataset([0, 1], [5, 5])) == (0.1, 0.3, 1, 3, 10, 30, 100, 300)


def test_the_lower_a_line_the_darker_it_is():
    plot, _ = surface()
    lightness = [sum(to_rgb(line.get_color())) for line in plot.contours]
    assert lightness == sorted(lightness)
    assert len(set(lightness)) == len(lightness)


@networks
def test_a_line_carries_its_level_well_within_the_map_or_where_there_is_no_room_none(network):
    plot, figure = surface()
    plot.update(network)
    (left, right), (low, high) = figure.axes[0].get_xlim(), figure.axes[0].get_ylim()
    for level, line, name in zip(plot.levels, plot.contours, plot.names, strict=True):
        assert name.get_text() in ("", f"{level:g}")
        if name.get_text():
            x, y = name.get_position()
            assert [x, y] in line_points(line).tolist()
            assert 0.049 < (x - left) / (right - left) < 0.951
            assert 0.049 < (y - low) / (high - low) < 0.951


def test_a_ring_too_small_for_its_number_has_none():
    plot, _ = surface()
    small = [len(line_points(line)) for line in plot.contours]
    assert small[0] > 0  # the line of 0.03 is there
    assert plot.names[0].get_text() == ""
    assert plot.names[4].get_text() == "3"


def test_the_point_the_path_and_the_step_stand_where_the_parameters_say():
    plot, _ = surface()
    plot.update(START, step_to=START.replace(w3=-1.0, b3=2.0))
    assert plot.here.get_xydata().tolist() == [[0.36, 0.0]]
    assert plot.step.get_xydata().tolist() == [[0.36, 0.0], [-1.0, 2.0]]
    plot.update(START)
    assert np.ptp(plot.step.get_xydata(), axis=0).tolist() == [0.0, 0.0]  # no step: it leads nowhere
    plot.show_path([0.36, -1.0], [0.0, 2.0])
    assert plot.path.get_xydata().tolist() == [[0.36, 0.0], [-1.0, 2.0]]


def test_another_frame_shows_other_parameters_between_other_limits():
    plot, figure = surface()
    (ax,) = figure.axes
    plot.frame("b1", "w2", (-4.0, 1.0), (-6.0, 0.5))
    plot.update(START)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("b1", "w2")
    assert (ax.get_xlim(), ax.get_ylim()) == ((-4.0, 1.0), (-6.0, 0.5))
    assert plot.here.get_xydata().tolist() == [[START.parameters["b1"], START.parameters["w2"]]]
    points = np.vstack([line_points(line) for line in plot.contours])
    assert len(points) > 100
    assert (points >= [-4.0, -6.0]).all()
    assert (points <= [1.0, 0.5]).all()


@pytest.mark.parametrize("size", [1e3, 1e100, 1e200, 1e308])
def test_parameters_too_large_for_their_ssr_to_be_a_number_leave_a_map_without_lines(size):
    plot, figure = surface()
    plot.update(statquest_network(w1=size, b2=size, w4=-size))
    assert sum(len(line_points(line)) for line in plot.contours) == 0
    assert [name.get_text() for name in plot.names] == [""] * len(plot.names)
    assert drawn(figure)


def test_where_the_ssr_is_infinite_but_on_one_line_the_map_keeps_to_that_line():
    plot, _ = surface()
    found = []
    for w1 in (1e100, 1e160):  # at w3 = 0 the SSR is small; beside it, huge, and with the second too large for a number
        plot.update(statquest_network(w1=w1))
        found.append(np.vstack([line_points(line) for line in plot.contours]))
    assert len(found[1]) > 100
    assert (abs(found[1][:, 0]) < 0.01).all()
    np.testing.assert_allclose(found[1], found[0], atol=0.01)


# the SSR against the updates


@pytest.mark.parametrize("step", [0, 1, 5, 299, 300, 9999])
def test_each_runs_ssr_is_drawn_up_to_the_step_or_to_its_own_end(step):
    plot, _ = trace()
    shown = np.array([0, 1, 2, 5, 10, 50, 100, 300])
    plot.update(RUNS, ["a", "b", "c"], shown, step)
    for run, line, here in zip(RUNS, plot.lines, plot.here, strict=True):
        last = min(step, len(run) - 1)
        x = [*shown[shown < last], last]
        assert line.get_xydata().tolist() == [[k, run.ssr[k]] for k in x]
        assert here.get_xydata().tolist() == [[last, run.ssr[last]]]


def test_the_runs_are_told_apart_by_their_dashes_and_their_names():
    plot, _ = trace()
    plot.update(RUNS, ["0.02", "0.1", "0.3"], np.arange(301), 300)
    assert len({line.get_linestyle() for line in plot.lines}) == 3
    assert [name.get_text() for name in plot.names] == ["0.02", "0.1", "0.3"]
    for name, here in zip(plot.names, plot.here, strict=True):
        (x, y), (at, height) = here.get_xydata()[0], name.get_position()
        assert height == y
        assert x < at < 1.2 * x + 1  # beside its point
    assert [name.get_verticalalignment() for name in plot.names] == ["top", "top", "bottom"]  # the highest one


def test_all_of_every_run_lies_within_the_axes():
    _, figure = trace()
    (left, right), (low, high) = figure.axes[0].get_xlim(), figure.axes[0].get_ylim()
    assert left < 0
    assert max(ENDS) < right
    assert low < min(run.ssr.min() for run in RUNS)
    assert max(run.ssr.max() for run in RUNS) < high


def test_the_axes_can_make_room_for_runs_yet_to_come():
    figure, (ax,) = new_figure("")
    plot = draw_ssr_trace(ax, RUNS[:1], longest=500, heights=(0.01, 50.0))
    assert ax.get_xlim()[1] > 500
    low, high = ax.get_ylim()
    assert low < 0.01
    assert high > 50
    later = descend(START, DATA, 1e150, ["b3"])
    plot.update([later], ["later"], np.arange(501), 500)
    assert plot.lines[0].get_ydata().max() > high
    assert plot.here[0].get_ydata() == [50]
    assert drawn(figure)


def test_what_no_picture_can_hold_is_drawn_at_its_edge():
    runs = [descend(START, DATA, rate, ["b3"], min_step=1e-12) for rate in (1 / 6, 1e150)]
    assert runs[0].ssr.min() > 1e-6
    perfect = descend(statquest_network(), DATA, 0.01, max_steps=5000, min_step=1e-9)
    assert perfect.ssr.min() < 1e-6
    figure, (ax,) = new_figure("")
    plot = draw_ssr_trace(ax, [*runs, perfect])
    plot.update([*runs, perfect], ["a", "b", "c"], np.arange(5001), 5000)
    assert plot.lines[2].get_ydata().min() == 1e-6
    heights = np.concatenate([here.get_ydata() for here in plot.here])
    assert (heights.min(), heights.max()) == (1e-6, 1e9)
    low, high = ax.get_ylim()
    assert low < 1e-6
    assert high > 1e9
    assert drawn(figure)


# every plot


every_plot = pytest.mark.parametrize("draw", [fit, nodes, curve, surface, trace])


@every_plot
@networks
def test_an_update_moves_what_is_there_and_neither_the_limits_nor_the_number_of_artists(draw, network):
    plot, figure = draw()
    limits = [(ax.get_xlim(), ax.get_ylim()) for ax in figure.axes]
    artists = [artist for ax in figure.axes for artist in ax.get_children()]
    change(plot, network)
    assert [(ax.get_xlim(), ax.get_ylim()) for ax in figure.axes] == limits
    assert [artist for ax in figure.axes for artist in ax.get_children()] == artists


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
    return svg.getvalue()


@every_plot
def test_all_that_an_update_moves_is_animated_and_the_rest_stands_still(draw):
    plot, figure = draw()
    before = drawn(figure, still=True)
    change(plot, NETWORKS["off the picture"])
    assert drawn(figure, still=True) == before


OWN_LOOKS = {
    "dark": "dark_background",
    "ggplot": "ggplot",
    "own": {"lines.linewidth": 9, "font.size": 30, "axes.grid": False, "lines.marker": "x", "text.color": "red"},
}


@every_plot
@pytest.mark.parametrize("look", OWN_LOOKS.values(), ids=OWN_LOOKS.keys())
def test_a_figure_looks_the_same_whatever_the_users_own_style(draw, look):
    expected = drawn(draw()[1])
    with matplotlib.rc_context():
        matplotlib.style.use(look)
        figure = draw()[1]
    assert drawn(figure) == expected


def test_the_colours_can_be_told_apart_by_hue_or_by_lightness():
    palette = [*style.NODES, style.SUM, style.RESIDUAL, style.SLOPE, style.OBSERVED, style.SSR, style.PREDICTION]
    assert len(set(palette)) == len(palette) == 8
    colours = np.array([to_rgb(colour) for colour in palette])
    apart = np.linalg.norm(colours[:, None] - colours[None], axis=2)[~np.eye(8, dtype=bool)]
    assert apart.min() > 0.2


def test_no_two_quantities_of_a_picture_share_a_colour():
    picture, _ = fit()
    other, _ = curve()
    assert picture.squiggle.get_color() == picture.predicted.get_color() == style.SUM
    assert picture.residuals.get_color() == picture.chosen.get_color() == style.RESIDUAL
    assert other.tangent.get_color() == other.step.get_color() == style.SLOPE
    assert other.curve.get_color() == other.tried.get_color() == style.SSR
    assert picture.prediction.get_color() == other.prediction.get_color() == style.PREDICTION
    level, descent = surface()[0], trace()[0]
    assert level.path.get_color() == level.step.get_color() == style.SLOPE
    assert level.prediction.get_color() == style.PREDICTION
    assert {line.get_color() for line in descent.lines} == {style.SSR}
    assert [line.get_color() for line in nodes()[0].scaled] == list(style.NODES)
