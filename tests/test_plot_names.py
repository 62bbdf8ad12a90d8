"""A learner's own names in every picture: cut off, never a formula, in whatever fonts are installed."""

import io
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

from statquest_bp import Dataset, Network, statquest_network
from statquest_bp.plots import draw_diagram, draw_fit, draw_nodes, draw_predictions, draw_weights, names, new_figure
from statquest_bp.plots.names import cut, fonts_for, readable

SERIF = "⤀"  # not in DejaVu Sans, but in DejaVu Serif, which comes with matplotlib as well
NOWHERE = "\U000e0000"  # no letter at all
SPECIAL = f"in {SERIF} $x$ \\$^ {NOWHERE}"


@pytest.fixture
def only(monkeypatch):
    """Pretend that nothing was looked up, and that these fonts are installed beside the course's own."""

    def install(*fonts):
        entries = [SimpleNamespace(name=name, fname=file, weight=400) for name, file in fonts]
        monkeypatch.setattr(names, "_families", {})
        monkeypatch.setattr(names, "fontManager", SimpleNamespace(ttflist=entries))
        known = {"DejaVu Sans": findfont("DejaVu Sans")} | {
            name: file for name, file in fonts if name != "Unknown-Font"
        }

        def find(properties, **_):
            (family,) = properties.get_family()
            if family not in known:
                raise ValueError("no such family")
            return known[family]

        monkeypatch.setattr(names, "findfont", find)

    return install


SERIF_FILE = ("DejaVu Serif", findfont("DejaVu Serif"))


def test_a_letter_that_the_font_of_the_course_lacks_is_drawn_with_another_that_is_installed(only):
    only(SERIF_FILE)
    assert fonts_for(f"Dose {SERIF}") == ["DejaVu Sans", "DejaVu Serif"]
    assert readable(f"Dose {SERIF}") == f"Dose {SERIF}"
    only(("Serif-JP", SERIF_FILE[1]))
    assert fonts_for(SERIF) == ["DejaVu Sans", "Serif-JP"]
    assert FT2Font(findfont("DejaVu Serif")).get_char_index(ord(SERIF))
    assert not FT2Font(findfont("DejaVu Sans")).get_char_index(ord(SERIF))


@pytest.mark.parametrize(
    "fonts",
    [
        [],
        [("Gone", "nowhere.ttf")],
        [("Last Resort High-Efficiency", SERIF_FILE[1])],
        [("Unknown-Font", SERIF_FILE[1])],
    ],
)
def test_what_no_font_has_is_a_box_and_a_font_that_is_gone_or_only_has_boxes_is_none(only, fonts):
    only(*fonts)
    assert readable(f"温度 {SERIF}") == "□□ □"
    assert fonts_for(f"温度 {SERIF}") == ["DejaVu Sans"]


def test_the_installed_fonts_are_looked_through_only_for_a_letter_that_needs_it_and_once(only, monkeypatch):
    only()
    monkeypatch.setattr(names, "fontManager", None)
    assert readable("Größe (µm), Δt ≤ 3 ½ Σ жук") == "Größe (µm), Δt ≤ 3 ½ Σ жук"
    only(SERIF_FILE)
    fonts_for(SERIF)
    monkeypatch.setattr(names, "fontManager", None)
    assert fonts_for(SERIF) == ["DejaVu Sans", "DejaVu Serif"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", ""), ("x" * 28, "x" * 28), ("x" * 29, "x" * 27 + "…"),
        ("温" * 14, "温" * 14), ("温" * 15, "温" * 13 + "…"),
        ("a" + "温" * 14, "a" + "温" * 13 + "…"), ("a" * 26 + " bcd", "a" * 26 + "…"),
    ],
)  # fmt: skip
def test_a_name_is_cut_off_after_28_letters_of_which_a_wide_one_counts_as_two(name, shown):
    assert cut(name) == shown


def data_of(n_in, n_out):
    rows = np.arange(3.0 * (n_in + n_out)).reshape(3, -1)
    return Dataset(rows[:, :n_in], rows[:, n_in:], [SPECIAL] * n_in, [SPECIAL] * n_out)


def pictures():
    for n_in, n_out in ((1, 1), (1, 2), (2, 1), (3, 1), (4, 3)):
        network, data = Network.random((n_in, 2, n_out), "tanh", seed=1), data_of(n_in, n_out)
        yield "predictions", lambda left, _, network=network, data=data: draw_predictions(left, network, data)
        yield "weights", lambda left, _, network=network, data=data: draw_weights(left, network, data)
    network, data = statquest_network(), data_of(1, 1)
    yield "fit", lambda left, _: draw_fit(left, network, data)
    yield "nodes", lambda left, right: draw_nodes(left, right, network, data)
    yield "diagram", lambda left, _: draw_diagram(left, network, data)


@pytest.mark.parametrize("draw", [pytest.param(draw, id=what) for what, draw in pictures()])
def test_every_picture_draws_any_name_without_a_formula_a_missing_letter_or_a_word_of_complaint(draw, only, caplog):
    only(SERIF_FILE)
    figure, axes = new_figure("", "")
    draw(*axes)
    for kind in ("png", "svg"):  # a letter that the fonts lack would be a warning, which is an error here
        figure.savefig(io.BytesIO(), format=kind)
    shown = [text for text in figure.findobj(matplotlib.text.Text) if SERIF in text.get_text()]
    assert shown
    for text in shown:
        assert text.get_fontfamily() == ["DejaVu Sans", "DejaVu Serif"]
        assert text.get_size() <= 13
    assert not caplog.records
