"""The live picture: its own small SVG writer held to matplotlib's drawing of the same artists, and what carries it."""

import base64
import gc
import io
import re
import tracemalloc
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from statquest_bp import statquest_network
from statquest_bp.labs import LiveFigure, SSRLab
from statquest_bp.plots import new_figure
from statquest_bp.plots.style import moving_line, moving_text

NAN, INF = float("nan"), float("inf")
X, Y = [0.1, 0.3, 0.5, 0.9], [0.2, 0.8, 0.4, 0.6]
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
INITIAL = {"fill": "#000000", "stroke": "none", "stroke-width": "1", "stroke-linecap": "butt"}


def axes():
    figure = Figure(figsize=(9, 4))
    ax = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    return figure, ax


def live(figure):
    return LiveFigure(figure, lambda: "what is seen")


# what both writers say, in one form


def ours(figure):
    """The overlay's elements below the axes they are clipped to."""
    root = ElementTree.fromstring(live(figure).overlay())
    for group in root.iter(f"{SVG}g"):
        for element in group:
            element.attrib = group.attrib | element.attrib
    return [element for element in root.iter() if element.tag not in (f"{SVG}svg", f"{SVG}g")]


def matplotlibs(figure):
    """The root of matplotlib's own drawing, text as text and no point of a line left out."""
    svg = io.StringIO()
    with matplotlib.rc_context({"path.simplify": False, "svg.fonttype": "none"}):
        for line in figure.axes[0].lines:
            line.set_data(line.get_xdata(), line.get_ydata())  # a path is simplified or not from when it is made
        figure.savefig(svg, format="svg", dpi=72)
    return ElementTree.fromstring(svg.getvalue())


def style(element):
    return dict(re.findall(r"([\w-]+): ([^;]+)", element.get("style", "")))


def paint(values):
    """Colour, opacity, width, dashes and caps, whatever is left out filled in."""
    values = INITIAL | values
    seen = {}
    for what in ("fill", "stroke"):
        opacity = round(float(values.get(f"{what}-opacity", 1)), 4) if values[what] != "none" else 0
        seen[what] = (values[what], opacity) if opacity else None
    if seen["stroke"]:
        dashes = re.findall("[0-9.]+", values.get("stroke-dasharray", ""))
        seen["width, dashes"] = [round(float(length), 3) for length in (values["stroke-width"], *dashes)]
        seen["cap"] = values["stroke-linecap"]
    return seen


def joins(element, inherited):
    """How corners are joined, where a stroke has any."""
    return (style(element) or element.attrib).get("stroke-linejoin", inherited)


def pen(path):
    """The letters of a path, and its coordinates."""
    letters = re.findall("[A-Za-z]", path)
    return "".join(letters).upper(), np.array([float(number) for number in re.findall(r"-?[0-9.]+", path)])


def assert_same_path(mine, theirs):
    (my_letters, my_numbers), (their_letters, their_numbers) = pen(mine), pen(theirs)
    assert my_letters == their_letters
    np.testing.assert_allclose(my_numbers, their_numbers, rtol=0, atol=0.01)


# lines


LINES = {
    "solid": {},
    "thick": {"linewidth": 6, "color": "#CC79A7"},
    "dashed": {"linestyle": "--", "linewidth": 3},
    "dotted": {"linestyle": ":", "linewidth": 2.5},
    "dash-dotted": {"linestyle": "-."},
    "faint": {"alpha": 0.25, "color": "red"},
    "faint by its colour": {"color": "#0072B280"},
    "butt caps": {"solid_capstyle": "butt"},
    "round caps": {"solid_capstyle": "round"},
    "round dash caps": {"linestyle": "--", "dash_capstyle": "round"},
    "sharp corners": {"solid_joinstyle": "miter"},
}


@pytest.mark.parametrize("look", LINES.values(), ids=LINES.keys())
def test_a_line_is_drawn_as_matplotlib_draws_it(look):
    figure, ax = axes()
    ax.plot(X, Y, animated=True, gid="it", **look)
    (mine,) = ours(figure)
    (theirs,) = matplotlibs(figure).findall(f".//{SVG}g[@id='it']/{SVG}path")
    assert_same_path(mine.get("d"), theirs.get("d"))
    assert paint(mine.attrib) == paint(style(theirs))
    assert joins(mine, "miter") == joins(theirs, "round")


GAPS = {
    "in y": ([0.1, 0.2, 0.3, 0.4, 0.5], [0.1, 0.2, NAN, 0.4, 0.5]),
    "in x": ([0.1, 0.2, NAN, 0.4, 0.5], [0.1, 0.2, 0.3, 0.4, 0.5]),
    "at both ends": ([0.1, 0.2, 0.3, 0.4], [NAN, 0.2, 0.3, NAN]),
    "infinite": ([0.1, 0.2, 0.3, 0.4, 0.5], [0.1, 0.2, INF, 0.4, 0.5]),
    "between segments": ([0.1, 0.1, 0.1, 0.5, 0.5, 0.5], [0.2, 0.8, NAN, 0.3, 0.9, NAN]),
}


@pytest.mark.parametrize("data", GAPS.values(), ids=GAPS.keys())
def test_a_gap_in_a_line_lifts_the_pen_as_in_matplotlib(data):
    figure, ax = axes()
    ax.plot(*data, animated=True, gid="it", scalex=False, scaley=False)
    (mine,) = ours(figure)
    (theirs,) = matplotlibs(figure).findall(f".//{SVG}g[@id='it']/{SVG}path")
    assert_same_path(mine.get("d"), theirs.get("d"))


def test_a_long_line_leaves_out_points_that_nobody_would_miss_and_no_others():
    figure, ax = axes()
    x = np.linspace(0, 1, 301)
    y = 0.5 + 0.4 * np.sin(7 * x)
    y[200] = NAN
    ax.plot(x, y, animated=True, scalex=False, scaley=False)
    (mine,) = ours(figure)
    letters, numbers = pen(mine.get("d"))
    corners = numbers.reshape(-1, 2)
    assert len(corners) < 100
    points = ax.transData.transform(np.column_stack([x, y])) * [1, -1] + [0, figure.bbox.height]
    begins = [*(at for at, letter in enumerate(letters) if letter == "M"), len(letters)]
    assert len(begins) == 3
    for first, last, piece in zip(begins[:-1], begins[1:], (points[:200], points[201:]), strict=True):
        drawn = corners[first:last]
        np.testing.assert_allclose(drawn[[0, -1]], piece[[0, -1]], rtol=0, atol=0.051)
        off = np.interp(piece[:, 0], *drawn.T) - piece[:, 1]  # upward; across the line it is less
        assert abs(off).max() < 0.5


@pytest.mark.parametrize("data", [([], []), ([NAN, NAN], [0.1, 0.2]), ([0.1], [NAN])])
def test_a_line_without_a_point_leaves_nothing(data):
    figure, ax = axes()
    ax.plot(*data, marker="o", animated=True, scalex=False, scaley=False)
    assert ours(figure) == []


@pytest.mark.parametrize("far", [3.0, 1e3, 1e6, 1e30, 1e307])
def test_a_line_that_leaves_the_picture_leaves_it_where_matplotlib_says(far):
    figure, ax = axes()
    ax.plot([0.2, 0.4, 0.4, 0.8], [0.5, far, -far, -far], animated=True, scalex=False, scaley=False)
    (mine,) = ours(figure)
    letters, numbers = pen(mine.get("d"))
    assert letters == "MLLL"
    assert (abs(numbers) <= 1e5).all()  # browsers draw with 32-bit numbers
    start, end = numbers[:2], numbers[2:4]
    at_top = start[0] + (end[0] - start[0]) * start[1] / (start[1] - end[1])
    (left, bottom), (right, top) = ax.transData.transform([[0.2, 0.5], [0.4, far]])
    assert at_top == pytest.approx(left + (right - left) * (288 - bottom) / (top - bottom), abs=0.5)


# markers


MARKERS = {
    "circle": {"marker": "o", "markersize": 8},
    "circle with an edge": {"marker": "o", "markersize": 11, "markeredgecolor": "white", "markeredgewidth": 2},
    "square": {"marker": "s", "markersize": 7},
    "diamond": {"marker": "D", "markersize": 11, "color": "#56B4E9"},
    "triangle": {"marker": "^", "markersize": 9, "markerfacecolor": "yellow"},
    "cross": {"marker": "x", "markersize": 10, "markeredgewidth": 3},
    "hollow": {"marker": "o", "markerfacecolor": "none"},
    "without an edge": {"marker": "s", "markeredgecolor": "none"},
    "faint": {"marker": "D", "alpha": 0.5, "markeredgecolor": "black"},
}


@pytest.mark.parametrize("look", MARKERS.values(), ids=MARKERS.keys())
def test_a_marker_is_drawn_as_matplotlib_draws_it_and_only_where_there_is_a_point(look):
    figure, ax = axes()
    ax.plot([*X, NAN, 0.5], [*Y, 0.5, INF], linestyle="None", animated=True, gid="it", **look)
    mine, drawing = ours(figure), matplotlibs(figure)
    theirs = drawing.findall(f".//{SVG}g[@id='it']//{SVG}use")
    assert len(mine) == len(theirs) == len(X)
    for shape, use in zip(mine, theirs, strict=True):
        (marker,) = drawing.findall(f".//*[@id='{use.get(LINK)[1:]}']")
        at = np.array([float(use.get("x")), float(use.get("y"))])
        letters, numbers = pen(marker.get("d"))
        if shape.tag == f"{SVG}circle":
            assert [float(shape.get("cx")), float(shape.get("cy"))] == pytest.approx(at, abs=0.01)
            assert letters == "MCCCCCCCCZ"
            assert float(shape.get("r")) == pytest.approx(numbers.max(), abs=0.01)
        else:
            my_letters, my_numbers = pen(shape.get("d"))
            assert my_letters == letters
            np.testing.assert_allclose(my_numbers.reshape(-1, 2) - at, numbers.reshape(-1, 2), rtol=0, atol=0.01)
            assert "Z" not in letters or joins(shape, "miter") == joins(use, "round")
        if look["marker"] == "x":  # a cross has no inside
            use.set("style", use.get("style") + "; fill: none")
        assert paint(shape.attrib) == paint(style(use))


def test_a_line_with_markers_is_drawn_below_them():
    figure, ax = axes()
    ax.plot(X, Y, marker="o", animated=True)
    assert [element.tag for element in ours(figure)] == [f"{SVG}path"] + [f"{SVG}circle"] * 4


def test_artists_are_stacked_by_their_zorder():
    figure, ax = axes()
    for zorder, colour in ((5, "#000005"), (3, "#000003"), (4, "#000004")):
        ax.plot(X, Y, color=colour, zorder=zorder, animated=True)
    assert [path.get("stroke") for path in ours(figure)] == ["#000003", "#000004", "#000005"]


# texts


@pytest.mark.parametrize("words", ["−2.61", "y1 × w3", "you predicted"])
@pytest.mark.parametrize("va", ["baseline", "bottom", "center", "center_baseline", "top"])
@pytest.mark.parametrize("ha", ["left", "center", "right"])
def test_a_text_stands_where_matplotlib_puts_it(words, ha, va):
    figure, ax = axes()
    look = {"fontsize": 13, "color": "#D55E00", "family": "DejaVu Sans"}
    ax.text(0.4, 0.6, words, ha=ha, va=va, animated=True, gid="it", **look)
    (mine,) = ours(figure)
    (theirs,) = matplotlibs(figure).findall(f".//{SVG}g[@id='it']/{SVG}text")
    said = style(theirs)
    where = f"{theirs.get('x')} {theirs.get('y')}" if theirs.get("x") else theirs.get("transform")  # turned by 0
    x, y = [float(number) for number in re.findall(r"-?[0-9.]+", where)][:2]
    assert mine.text == theirs.text == words
    assert float(mine.get("x")) == pytest.approx(x, abs=0.01)
    assert float(mine.get("y")) == pytest.approx(y, abs=1.0)  # matplotlib measures the very letters, we the font
    assert mine.get("text-anchor") == said.get("text-anchor", "start")
    assert "13px" in theirs.get("style")
    assert mine.get("font-size") == "13"
    assert mine.get("fill") == said["fill"] == to_hex(look["color"])


def test_a_text_is_turned_and_bold_where_it_says_so():
    figure, ax = axes()
    ax.text(0.5, 0.5, "up", rotation=30, weight="bold", animated=True)
    (mine,) = ours(figure)
    assert mine.get("transform").startswith("rotate(-30 ")
    assert mine.get("font-weight") == "bold"


def test_words_are_shown_as_they_are_and_never_read_as_markup():
    figure, ax = axes()
    words = "<b>\"Q\" & 'A'</b> <script>alert(1)</script>"
    ax.text(0.5, 0.5, words, animated=True)
    picture = LiveFigure(figure, lambda: words)
    root = ElementTree.fromstring(picture.overlay())
    assert [element.text for element in root.iter(f"{SVG}text")] == [words]
    assert root.get("aria-label") == words
    assert "<script" not in picture.overlay()


@pytest.mark.parametrize("place", [(NAN, 0.5), (0.5, INF), (0.5, -INF)])
def test_a_text_placed_nowhere_is_left_out(place):
    figure, ax = axes()
    ax.text(*place, "nowhere", animated=True, clip_on=False)
    assert ours(figure) == []


def test_a_text_placed_far_away_stays_within_what_browsers_can_compute():
    figure, ax = axes()
    ax.text(1e12, -1e12, "far", animated=True, clip_on=False)
    (mine,) = ours(figure)
    assert (float(mine.get("x")), float(mine.get("y"))) == pytest.approx((1e5, 1e5), rel=0.01)


# clipping and hiding


def test_what_leaves_its_axes_is_cut_off_there_and_a_text_is_not():
    figure, ax = axes()
    ax.plot(X, Y, animated=True)
    ax.text(0.5, 0.5, "free", animated=True, clip_on=False)
    drawing = matplotlibs(figure)
    (rectangle,) = drawing.findall(f".//{SVG}clipPath/{SVG}rect")
    (line, text) = ElementTree.fromstring(live(figure).overlay())
    assert line.tag == f"{SVG}svg"
    assert text.tag == f"{SVG}text"
    box = [float(line.get(side)) for side in ("x", "y", "width", "height")]
    assert box == pytest.approx([float(rectangle.get(side)) for side in ("x", "y", "width", "height")], abs=0.01)
    assert [float(number) for number in line.get("viewBox").split()] == box  # clipped, but neither moved nor scaled


def test_a_line_that_may_leave_its_axes_is_not_cut_off():
    figure, ax = axes()
    ax.plot(X, Y, animated=True, clip_on=False)
    (line,) = ElementTree.fromstring(live(figure).overlay())
    assert line.tag == f"{SVG}path"


def test_hidden_artists_are_left_out_until_they_are_shown():
    figure, ax = axes()
    (line,) = ax.plot(X, Y, marker="o", animated=True, visible=False)
    text = ax.text(0.5, 0.5, "here", animated=True, visible=False)
    picture = live(figure)
    assert list(ElementTree.fromstring(picture.overlay())) == []
    line.set_visible(True)
    text.set_visible(True)
    assert len(list(ElementTree.fromstring(picture.overlay()))) == 2


@pytest.mark.parametrize("pixels", [72, 100, 200])
def test_the_overlay_fits_the_background_whatever_the_figures_resolution(pixels):
    figure, ax = axes()
    figure.set_dpi(pixels)
    ax.plot([0, 1], [0, 1], animated=True)
    picture = live(figure)
    root, still = ElementTree.fromstring(picture.overlay()), ElementTree.fromstring(background(picture))
    assert root.get("viewBox") == still.get("viewBox") == "0 0 648 288"
    (path,) = root.iter(f"{SVG}path")
    assert pen(path.get("d"))[1] == pytest.approx([64.8, 259.2, 583.2, 28.8])


# the two layers


def layers(picture):
    return picture.widget.children


def background(picture):
    return unquote(re.search(r'src="data:image/svg\+xml,([^"#&\n]+)"', layers(picture)[0].value)[1]).replace("'", '"')


def test_the_overlay_is_one_labelled_image_and_its_label_follows():
    figure, _ = axes()
    seen = ["first"]
    picture = LiveFigure(figure, lambda: seen[0])
    root = ElementTree.fromstring(layers(picture)[1].value)
    assert (root.get("role"), root.get("aria-label")) == ("img", "first")
    seen[0] = "second"
    picture.update()
    assert ElementTree.fromstring(layers(picture)[1].value).get("aria-label") == "second"
    assert repr(picture) == "LiveFigure(second)"


def test_the_background_is_an_image_that_screen_readers_pass_over():
    picture = live(axes()[0])
    image = ElementTree.fromstring(re.sub("(?<!/)>$", "/>", layers(picture)[0].value))
    assert (image.tag, image.get("alt"), image.get("aria-hidden")) == ("img", "", "true")
    assert "background:white" in image.get("style")


def test_the_background_holds_what_stands_still_and_nothing_that_moves():
    figure, ax = axes()
    ax.plot(X, Y, gid="still")
    (line,) = ax.plot(X, Y, animated=True, gid="moves")
    ax.text(0.5, 0.5, "here", animated=True, gid="moves")
    drawing = background(live(figure))
    assert 'id="still"' in drawing
    assert "moves" not in drawing
    assert line.get_visible()


def test_an_update_sends_the_overlay_and_leaves_the_background_alone():
    figure, ax = axes()
    (line,) = ax.plot(X, Y, animated=True)
    picture = live(figure)
    sent = []
    for layer in layers(picture):
        layer.observe(lambda change: sent.append(change["owner"]), "value")
    line.set_ydata(X)
    picture.update()
    assert sent == [layers(picture)[1]]


def test_the_two_layers_lie_in_the_same_cell():
    picture = live(axes()[0])
    assert picture.widget.layout.display == "grid"
    assert [layer.layout.grid_area for layer in layers(picture)] == ["1 / 1", "1 / 1"]
    assert "sq-picture" in picture.widget._dom_classes


def test_what_stands_still_is_drawn_anew_on_request():
    figure, ax = axes()
    picture = live(figure)
    ax.set_title("a new title")
    before = layers(picture)[0].value
    picture.draw_background()
    assert layers(picture)[0].value != before


def test_artists_are_as_visible_as_before_even_when_saving_fails(monkeypatch):
    figure, ax = axes()
    (shown,) = ax.plot(X, Y, animated=True)
    (hidden,) = ax.plot(X, Y, animated=True, visible=False)
    picture = live(figure)

    def fail(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(figure, "savefig", fail)
    with pytest.raises(OSError, match="no room"):
        picture.draw_background()
    assert (shown.get_visible(), hidden.get_visible()) == (True, False)


@pytest.mark.parametrize("add", [lambda ax: ax.add_patch(Circle((0, 0), animated=True)), lambda ax: ax.set_animated(1)])
def test_only_lines_and_texts_can_move(add):
    figure, ax = axes()
    add(ax)
    with pytest.raises(TypeError, match="only lines and texts can move"):
        live(figure)


def test_two_pictures_share_nothing():
    one, other = (live(axes_with_everything()) for _ in range(2))
    assert not re.search(r"\s(id|class)=|url\(|href", one.overlay())
    assert not {id(widget) for widget in (one.widget, *layers(one))} & {id(widget) for widget in layers(other)}
    assert one.widget.layout is not other.widget.layout
    before = other.overlay()
    one.figure.axes[0].lines[0].set_ydata([0, 0, 0, 0])
    one.update()
    assert other.overlay() == before


def axes_with_everything():
    figure, ax = axes()
    ax.plot(X, Y, "--", marker="D", animated=True, color="#009E73")
    ax.text(0.5, 0.5, "here", animated=True)
    return figure


@pytest.mark.parametrize("look", ["dark_background", "ggplot", {"savefig.bbox": "tight", "savefig.dpi": 31}])
def test_a_picture_is_the_same_whatever_the_users_own_style(look):
    def drawing():
        picture = SSRLab(statquest_network(b3=0)).picture
        still = re.sub("[mp][0-9a-f]{10}", "", background(picture))  # ids that matplotlib makes up anew each time
        return still, picture.overlay(), picture.png()

    expected = drawing()
    with matplotlib.rc_context():
        matplotlib.style.use(look)
        found = drawing()
    for (mine, theirs), name in zip(zip(found, expected, strict=True), ("background", "overlay", "png"), strict=True):
        assert mine == theirs, f"the {name} differs"


# the saved notebook


def test_a_saved_notebook_has_the_widget_a_picture_and_the_numbers():
    picture = LiveFigure(axes_with_everything(), lambda: "SSR 20.4236")
    data, metadata = picture._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == picture.widget.model_id
    assert data["text/plain"] == "LiveFigure(SSR 20.4236)"
    pixels = matplotlib.image.imread(io.BytesIO(base64.b64decode(data["image/png"])))
    assert pixels.shape[:2] == (576, 1296)  # sharp on a screen with two dots to the pixel
    assert metadata["image/png"] == {"width": 648, "alt": "SSR 20.4236"}
    green = abs(pixels[..., :3] - np.array([0x00, 0x9E, 0x73]) / 255).max(axis=2) < 0.02
    assert green.sum() > 1000  # what moves is in it
    assert (pixels[0, 0, :3] == 1).all()


def test_the_still_picture_has_few_colours_and_looks_as_with_all_of_them():
    picture = SSRLab(statquest_network(b3=0)).picture
    small, all_colours = picture.png(), picture._saved("png", dpi=144)
    assert len(small) < len(all_colours) / 2
    one, other = (matplotlib.image.imread(io.BytesIO(png))[..., :3] for png in (small, all_colours))
    apart = abs(one - other).max(axis=2)
    assert apart.mean() < 0.001
    assert (apart > 0.1).mean() < 0.001


def test_the_still_picture_shows_what_moved():
    figure = axes_with_everything()
    picture = live(figure)
    before = picture.png()
    figure.axes[0].lines[0].set_ydata([0.1, 0.1, 0.1, 0.1])
    assert picture.png() != before


# a long lesson


def test_two_thousand_updates_leave_nothing_behind():
    figure, (ax,) = new_figure("")
    line, text = moving_line(ax, marker="o"), moving_text(ax)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    picture = live(figure)

    def updates(count):
        for k in range(count):
            line.set_data(X, np.roll(Y, k))
            text.set_text(str(k % 10))
            picture.update()
        gc.collect()

    def grown():
        """By how many bytes and objects this process grows."""
        before, objects = tracemalloc.get_traced_memory()[0], len(gc.get_objects())
        updates(2000)
        return tracemalloc.get_traced_memory()[0] - before, len(gc.get_objects()) - objects

    tracemalloc.start()
    try:
        updates(200)
        rounds = [grown() for _ in range(3)]  # what is left behind is left each time; another thread leaves it once
    finally:
        tracemalloc.stop()
    assert min(size for size, _ in rounds) < 50_000
    assert min(objects for _, objects in rounds) < 100
    assert len(picture.widget.children) == 2


def test_another_figure_can_be_shown_with_what_stands_still_and_what_moves_on_it():
    (first, ax), (second, other) = axes(), axes()
    ax.plot(X, Y, animated=True, color="#112233")
    other.plot(X, Y, animated=True, color="#445566")
    other.set_title("another")
    picture = live(first)
    background = picture.widget.children[0].value
    picture.show(second)
    picture.update()
    assert picture.figure is second
    assert picture.widget.children[0].value != background
    assert "#445566" in picture.widget.children[1].value
    assert "#112233" not in picture.widget.children[1].value


def test_a_figure_that_can_not_be_shown_leaves_the_last_one():
    (first, ax), (second, other) = axes(), axes()
    ax.plot(X, Y, animated=True, color="#112233")
    other.add_patch(Circle((0.5, 0.5), 0.1, animated=True))
    picture = live(first)
    before = picture.overlay()
    with pytest.raises(TypeError, match="only lines and texts"):
        picture.show(second)
    assert picture.figure is first
    assert picture.overlay() == before


def test_the_whole_picture_as_svg_holds_what_moves_and_what_stands_still():
    figure, ax = axes()
    ax.plot(X, Y, animated=True, gid="it")
    root = ElementTree.fromstring(live(figure).svg())
    assert root.findall(f".//{SVG}g[@id='it']/{SVG}path")


def test_a_picture_that_is_saved_keeps_no_canvas():
    picture = live(new_figure("Text in a figure")[0])
    gc.collect()
    before = sum(issubclass(type(thing), RendererAgg) for thing in gc.get_objects())
    picture.png()
    assert sum(issubclass(type(thing), RendererAgg) for thing in gc.get_objects()) == before
