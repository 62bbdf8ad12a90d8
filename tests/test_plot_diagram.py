"""The network as a diagram: what its artists hold, against the forward pass and the chains they stand for."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb

from statquest_bp import Dataset, Network, chain, dosage, gradient, residuals, ssr, statquest_network
from statquest_bp.digits import exact
from statquest_bp.flow import flow
from statquest_bp.labs.live_figure import LiveFigure
from statquest_bp.plots import draw_diagram, new_figure
from statquest_bp.plots.diagram import DIAGRAM_SIZE, FORWARD_SIZE, NEGATIVE, POSITIVE, line_width
from statquest_bp.plots.diagram_layout import FORWARD as UP_TO_THE_PREDICTION
from statquest_bp.plots.diagram_layout import frame
from statquest_bp.plots.style import SLOPE_TEXT
from statquest_bp.video import BLACK_BOX

DATA = dosage()
NETWORKS = [statquest_network(b3=0), statquest_network(), statquest_network(**BLACK_BOX)]
WIDEST = statquest_network(**dict.fromkeys(BLACK_BOX, -34.4))
networks = pytest.mark.parametrize("network", NETWORKS, ids=["b3 at 0", "the optimum", "the black box"])
points = pytest.mark.parametrize("point", range(3))


def diagram(network=NETWORKS[0], data=DATA, back=True):
    figure, (ax,) = new_figure("", height=(DIAGRAM_SIZE if back else FORWARD_SIZE)[1])
    ax.set_position((0, 0, 1, 1))
    return draw_diagram(ax, network, data, back), figure


# the numbers that flow


@points
@networks
def test_what_flows_forward_is_the_forward_pass(network, point):
    values, forward = flow(network, DATA, point), network.forward(DATA.inputs)
    assert [values["x1"], values["x2"]] == forward.sums[0][point].tolist()
    assert [values["y1"], values["y2"]] == forward.outputs[0][point].tolist()
    assert values["Predicted"] == forward.predicted[point, 0]
    assert (values["Input"], values["Observed"]) == (DATA.inputs[point, 0], DATA.observed[point, 0])
    assert values["Residual"] == residuals(network, DATA)[point, 0]
    assert values["Residual²"] == pytest.approx(values["Residual"] ** 2)
    assert values["SSR"] == ssr(network, DATA)


@networks
def test_what_flows_back_is_each_points_share_of_the_gradient(network):
    flows = [flow(network, DATA, point) for point in range(3)]
    for name, slope in gradient(network, DATA).items():
        assert [values[f"dSSR/d{name}"] for values in flows] == pytest.approx(chain(network, DATA, name).terms)
        assert sum(values[f"dSSR/d{name}"] for values in flows) == pytest.approx(slope, abs=1e-12)


@points
def test_every_link_leads_from_one_product_to_the_next(point):
    values = flow(NETWORKS[0], DATA, point)
    links = [name for name in values if "/" in name and not name.startswith("dSSR/")]
    assert len(links) == 11
    for name in links:
        top, bottom = name[1:].split("/d")
        assert values[f"dSSR/d{bottom}"] == pytest.approx(values[f"dSSR/d{top}"] * values[name])


@pytest.mark.parametrize("point", [-1, 3, 0.0, True, "0", None])
def test_a_point_that_is_not_there_is_refused(point):
    with pytest.raises(ValueError, match="from 0 to 2; got"):
        flow(NETWORKS[0], DATA, point)
    with pytest.raises(ValueError, match="from 0 to 2; got"):
        diagram()[0].update(NETWORKS[0], point)


# the picture


def test_a_line_is_the_wider_the_farther_its_weight_is_from_0_and_never_too_wide():
    widths = [line_width(weight) for weight in (0, 0.01, 1, 2.3, 6, 34.4, 1e3, 1e300)]
    assert widths == sorted(widths)
    assert len(set(widths[:-1])) == len(widths) - 1
    assert widths[0] >= 1
    assert widths[-1] <= 9
    assert [line_width(-weight) for weight in (1, 6)] == [line_width(weight) for weight in (1, 6)]
    plot, _ = diagram()
    for weight in (-6, 0.5, 34.4):
        plot.update(NETWORKS[0].replace(w3=weight))
        assert plot.weights["w3"].get_linewidth() == line_width(weight)
        assert plot.weights["w1"].get_linewidth() == line_width(3.34)


@networks
def test_colour_and_dashes_tell_the_sign_of_each_weight(network):
    plot, _ = diagram()
    plot.update(network)
    for name, line in plot.weights.items():
        below = network.parameters[name] < 0
        assert line.get_color() == (NEGATIVE if below else POSITIVE)
        assert line.get_linestyle() == ("--" if below else "-")
    for name, text in plot.parameters.items():
        assert text.get_color() == (NEGATIVE if network.parameters[name] < 0 else POSITIVE)
        sign = "×" if name.startswith("w") else "+"
        assert text.get_text() == f"{sign} {name} = {exact(network.parameters[name])}"


def luminance(color):
    return np.dot(
        [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)], [0.2126, 0.7152, 0.0722]
    )


@pytest.mark.parametrize("color", [POSITIVE, NEGATIVE, SLOPE_TEXT])
def test_letters_stand_out_from_the_paper(color):
    assert 1.05 / (luminance(color) + 0.05) > 4.5


@points
@networks
def test_every_value_stands_in_its_box_and_at_its_edge(network, point):
    plot, _ = diagram()
    plot.update(network, point)
    values = flow(network, DATA, point)
    for name, text in plot.boxes.items():
        assert text.get_text() == exact(values[name])
    for name, text in plot.slopes.items():
        assert text.get_text() == f"dSSR/d{name} = {exact(values[f'dSSR/d{name}'])}"
    assert plot.ssr.get_text() == f"SSR = {exact(ssr(network, DATA))}"


def test_what_is_not_shown_leaves_no_trace_and_what_is_new_is_stressed():
    plot, _ = diagram()
    plot.update(NETWORKS[0], 1, shown=["x1", "y1", "dSSR/dPredicted", "dPredicted/dy1"], new=["y1", "dPredicted/dy1"])
    assert {name for name, text in plot.boxes.items() if text.get_text()} == {"x1", "y1"}
    assert {name for name, text in plot.slopes.items() if text.get_text()} == {"Predicted", "y1"}
    assert {name for name, arrow in plot.arrows.items() if arrow.get_visible()} == {"Predicted", "y1"}
    assert plot.slopes["y1"].get_text() == "dPredicted/dy1 = −1.2200"
    assert plot.arrows["y1"].get_linewidth() > plot.arrows["Predicted"].get_linewidth()
    weights = {text.get_text(): text.get_fontweight() for text in (*plot.boxes.values(), *plot.slopes.values())}
    assert (weights["0.8203"], weights["0.2400"]) == ("bold", "normal")
    left, right = np.nanmin(plot.outline.get_xdata()), np.nanmax(plot.outline.get_xdata())
    assert left < plot.boxes["y1"].get_position()[0] < right
    plot.update(NETWORKS[0], 1, shown=[])
    assert not any(text.get_text() for text in (*plot.boxes.values(), *plot.slopes.values(), plot.ssr))
    assert not any(arrow.get_visible() for arrow in plot.arrows.values())
    assert len(plot.outline.get_xdata()) == 0


def test_beside_a_path_the_other_weights_fade():
    plot, _ = diagram()
    plot.update(NETWORKS[0], along=["w1", "w3"])
    assert {name for name, line in plot.weights.items() if line.get_alpha() == 1} == {"w1", "w3"}
    plot.update(NETWORKS[0])
    assert all(line.get_alpha() == 1 for line in plot.weights.values())


@pytest.mark.parametrize(
    ("w1", "shown"), [(1234.5, "1234.5000"), (-1234.56781, "−1234.57"), (2e5, "200000"), (-1e30, "−1.00e+30")]
)
def test_a_number_too_long_for_a_node_is_cut_to_fit(w1, shown):
    plot, _ = diagram()
    plot.update(NETWORKS[0].replace(w1=w1))
    assert plot.parameters["w1"].get_text() == f"× w1 = {shown}"


LINKS = {name: [f"d{link.top}/d{link.bottom}" for link in chain(WIDEST, DATA, name).links] for name in BLACK_BOX}
FORWARD = ["Input", "x1", "x2", "y1", "y2", "Predicted", "Observed", "Residual", "Residual²", "SSR"]
VIEWS = {"all that flows back": None} | {f"the chain of {name}": [*FORWARD, *links] for name, links in LINKS.items()}


@pytest.mark.parametrize("shown", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("network", [NETWORKS[0], WIDEST], ids=["b3 at 0", "all at −34.4"])
def test_no_text_runs_into_another_or_off_the_picture(network, shown):
    plot, figure = diagram()
    stressed = LINKS["w1"] if shown is None else shown
    plot.update(network, 1, shown, new=stressed)
    plot.say("At dosage 0.5: dSSR/dw1 = " + " × ".join(["(−34.4000)"] * 4) + " = −34.4000")
    plot.predict("you predicted dSSR/dw1 = −34.40")
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = [text.get_window_extent(renderer) for text in figure.axes[0].texts if text.get_text()]
    assert len(found) > 30
    for box in found:
        assert box.x0 >= 0
        assert box.x1 <= DIAGRAM_SIZE[0]
    for one, other in itertools.combinations(found, 2):
        apart = one.x1 <= other.x0 or other.x1 <= one.x0 or one.y1 <= other.y0 + 3 or other.y1 <= one.y0 + 3
        assert apart, (one, other)  # letters fill their box but for some 3 points
    arrows = [arrow for arrow in plot.arrows.values() if arrow.get_visible()]
    for line in (*plot.weights.values(), *arrows):
        reach = line.get_linewidth() / 2
        for (x0, y0), (x1, y1) in itertools.pairwise(line.get_xydata()):
            for x, y in zip(np.linspace(x0, x1, 99), np.linspace(y0, y1, 99), strict=True):
                assert not any(
                    b.x0 - reach < x < b.x1 + reach and b.y0 + 2 - reach < y < b.y1 - 2 + reach for b in found
                )


def test_everything_that_moves_can_be_written_as_svg():
    plot, figure = diagram()
    picture = LiveFigure(figure, lambda: "the network")
    plot.update(WIDEST, 2, new=["dSSR/dw3"])
    plot.say("Back")
    plot.predict("you predicted 1.20")
    picture.update()
    for words in ("× w1 = −34.4000", "dSSR/dw3 = ", "Back", "you predicted 1.20"):
        assert words in picture._overlay.value
    assert "#56b4e9" in picture._overlay.value
    plot.predict("")
    assert "#56b4e9" not in picture.overlay()


def test_a_diagram_is_for_the_lessons_shape_and_any_bend():
    for other in (
        Network.random((1, 3, 1), seed=0),
        Network.random((1, 2, 2, 1), seed=0),
        Network.random((1, 2, 1), output_activation="sigmoid", seed=0),
    ):
        with pytest.raises(ValueError, match="1-2-1 network"):
            diagram(other)
    for bend in ("relu", "tanh", "sigmoid", "identity"):
        plot, figure = diagram(Network.random((1, 2, 1), bend, seed=0))
        assert bend in [text.get_text() for text in figure.axes[0].texts]
        with pytest.raises(ValueError, match="another kind of network"):
            plot.update(NETWORKS[0])
    with pytest.raises(ValueError, match="1 input"):
        draw_diagram(figure.axes[0], NETWORKS[0], Dataset([[0, 1]], [0]))


def test_with_names_alone_no_number_is_told_but_those_of_the_parameters():
    plot, _ = diagram()
    plot.update(NETWORKS[0], 1, ["dSSR/dPredicted", "dPredicted/db3", "SSR"], named=True)
    assert {text.get_text() for text in plot.slopes.values()} == {"", "dSSR/dPredicted", "dPredicted/db3"}
    assert plot.ssr.get_text() == "SSR"
    assert not any(text.get_text() for text in plot.boxes.values())
    assert plot.parameters["w1"].get_text() == "× w1 = 3.3400"


# forward only


@networks
def test_a_diagram_without_the_way_back_ends_at_the_prediction(network):
    plot, figure = diagram(network, back=False)
    assert {name: text.get_text() for name, text in plot.boxes.items()} == {
        name: exact(flow(network, DATA, 0)[name]) for name in UP_TO_THE_PREDICTION
    }
    words = " ".join(text.get_text() for text in figure.axes[0].texts)
    for later in ("Residual", "Observed", "SSR", "derivative", "dPredicted"):
        assert later not in words
    assert not any(arrow.get_visible() for arrow in plot.arrows.values())
    renderer = FigureCanvasAgg(figure).get_renderer()
    for text in figure.axes[0].texts:
        if text.get_text():
            box = text.get_window_extent(renderer)
            assert 0 <= box.x0 <= box.x1 <= FORWARD_SIZE[0]
            assert 0 <= box.y0 <= box.y1 <= FORWARD_SIZE[1]


# the small curves in the nodes


@networks
def test_a_small_curve_is_what_comes_out_of_its_node(network):
    plot, _ = diagram()
    plot.update(network)
    passed = network.forward(np.linspace(0, 1, 41))
    heights = {"y1": passed.outputs[0][:, 0], "y2": passed.outputs[0][:, 1], "Predicted": passed.predicted[:, 0]}
    for name, curve in plot.pictures.curves.items():
        x, y = curve.get_xdata(), curve.get_ydata()
        assert np.diff(x) == pytest.approx(np.full(40, (x[-1] - x[0]) / 40))
        scale = np.ptp(y) / np.ptp(heights[name])
        assert y - y[0] == pytest.approx(scale * (heights[name] - heights[name][0]), abs=1e-9)


@points
@networks
def test_the_dot_lies_on_the_curve_where_the_input_is(network, point):
    plot, _ = diagram()
    plot.update(network, point)
    for name, dot in plot.pictures.dots.items():
        ((x, y),) = dot.get_xydata()
        curve = plot.pictures.curves[name].get_xydata()
        assert (x, y) == pytest.approx(tuple(curve[[0, 20, 40][point]]))
    plot.update(network, point, shown=["Input", "y1"])
    assert [len(dot.get_xdata()) for dot in plot.pictures.dots.values()] == [1, 0, 0]
    plot.update(network, point, shown=["y1"])
    assert [len(dot.get_xdata()) for dot in plot.pictures.dots.values()] == [0, 0, 0]


def test_what_was_observed_lies_as_far_from_the_curve_as_the_residual_is_large():
    plot, _ = diagram()
    plot.update(NETWORKS[0])
    observed, curve = plot.pictures.observed.get_xydata(), plot.pictures.curves["Predicted"].get_xydata()[[0, 20, 40]]
    assert observed[:, 0] == pytest.approx(curve[:, 0])
    gaps = residuals(NETWORKS[0], DATA)[:, 0]
    assert (observed - curve)[:, 1] / gaps == pytest.approx(np.full(3, (observed - curve)[0, 1] / gaps[0]))


FLAT = statquest_network(**dict.fromkeys(BLACK_BOX, 0.0))


@pytest.mark.parametrize("data", [DATA, Dataset([0.5], [1.0]), Dataset([-1e3, 1e3], [-1e150, 1e150])])
@pytest.mark.parametrize("network", [*NETWORKS, WIDEST, FLAT, statquest_network(w1=1e300, w3=-1e300)])
def test_a_small_picture_stays_in_its_box_above_or_below_the_number(network, data):
    plot, _ = diagram(network, data)
    plot.update(network, len(data) - 1)
    pictures = plot.pictures
    for name, curve in pictures.curves.items():
        left, right, low, high = frame(name)
        lines = [curve, pictures.dots[name], *([pictures.observed] if name == "Predicted" else [])]
        for x, y in np.vstack([line.get_xydata() for line in lines]):
            assert left + 4 < x < right - 4
            assert low + 4 < y < high - 4
            assert abs(y - plot.boxes[name].get_position()[1]) > 10


def test_the_small_curves_are_told_in_words():
    plot, _ = diagram()
    assert plot.pictures.describe(NETWORKS[0]).endswith("y1 rises, y2 falls, Predicted rises, then falls.")
    assert plot.pictures.describe(FLAT).endswith("y1 is level, y2 is level, Predicted is level.")
