"""StartsLab driven from Python: many starts trained at once, one of them chosen, and its path."""

import contextlib
import io
import re
from collections import Counter

import ipywidgets
import numpy as np
import pytest
from matplotlib.colors import to_hex

from statquest_bp import Dataset, Network, descend, descend_many, dosage, ssr
from statquest_bp.digits import exact
from statquest_bp.endings import ENDINGS, endings
from statquest_bp.fit import level_line_ssr
from statquest_bp.labs import LandscapeLab, LiveFigure, StartsLab
from statquest_bp.labs.starts_choices import BUTTONS, button_for
from statquest_bp.plots.starts import COLORS
from tests.lab_views import act, assert_says, code_shown, label, of_class, one_spaced, overlay, readout, views, widgets

WAVE = Dataset(np.linspace(0, 1, 8), np.sin(6 * np.linspace(0, 1, 8)))
PLANE = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])


@pytest.fixture(autouse=True)
def backgrounds(monkeypatch):
    """What stands still is not drawn; a list of the pictures that would have been, each time."""
    drawn = []
    monkeypatch.setattr(LiveFigure, "draw_background", lambda picture: drawn.append(picture))
    return drawn


def made(**settings):
    return StartsLab(**({"starts": 40, "max_steps": 1500} | settings))


LABS = {
    "the lesson": made,
    "a wave": lambda: made(data=WAVE, sizes=(1, 5, 1), max_steps=200),
    "two inputs": lambda: made(data=PLANE, sizes=(2, 2, 1), max_steps=300),
    "one hidden node": lambda: made(sizes=(1, 1, 1), max_steps=300),
}
every_lab = pytest.mark.parametrize("make", LABS.values(), ids=LABS)


def check(lab):
    """Every view of the lab against runs made anew from the seeds that it names."""
    trained, place = lab.state
    starts = [Network.random(lab.sizes, seed=trained.seed + k) for k in range(lab.starts)]
    own = descend_many(starts, lab.data, trained.rate, max_steps=lab.max_steps, min_step=lab.min_step)
    groups = endings(own, lab.data, trained.rate)
    np.testing.assert_array_equal(trained.runs.ssr, own.ssr)

    counts = Counter(groups.tolist())
    assert sum(counts.values()) == lab.starts
    told = ", ".join(f"{group} {counts[group]:,}" for group in ENDINGS)
    for view in (readout(lab), label(lab)):
        assert f"{lab.starts:,} starts at learning rate {trained.rate:.4g}: {told}." in view
        assert f"The best level line has SSR {exact(level_line_ssr(lab.data))}." in view
    for group in ENDINGS:
        assert f"{group} {counts[group]}" in repr(lab)
        assert lab.controls[button_for(group)].disabled == (not counts[group])

    k = lab.chosen
    assert sorted(own.ssr)[place] == own.ssr[k]
    assert lab.seed == trained.seed + k
    assert lab.start == starts[k]
    assert lab.network == own.network(k)
    assert lab.ssr == pytest.approx(own.ssr[k], abs=1e-12)
    assert lab.group == groups[k]
    words = f"from SSR {exact(ssr(starts[k], lab.data))} to SSR = {exact(lab.ssr)}"
    assert f"The start of seed {lab.seed}, in place {place + 1}: {words}" in one_spaced(readout(lab))
    assert f" in {own.steps[k]:,} updates ({own.status[k]})." in readout(lab)
    assert f"“{groups[k]}”: {ENDINGS[groups[k]]}" in readout(lab)
    assert f"“{groups[k]}”, at {exact(lab.ssr)}" in label(lab)
    assert f"place {place + 1}, {groups[k]}, SSR = {exact(lab.ssr)}" in repr(lab)
    for when, network in (("start", starts[k]), ("end", lab.network)):
        row = [when, *map(lab.number, network.parameters.values())]
        assert (" ".join(row) in one_spaced(readout(lab))) == (len(row) <= 13)
    assert code_shown(lab) == lab.code()
    assert overlay(lab) == lab.picture.overlay()
    assert not re.search("nan|inf", overlay(lab).partition(">")[2])

    picture = lab.view.starts
    ends = [[network.parameters[name] for name in (picture.x, picture.y)] for network in (starts[k], lab.network)]
    np.testing.assert_array_equal(picture.way.get_xydata(), ends)
    np.testing.assert_array_equal(picture.place.get_xydata(), ends[1:])
    heights = picture.height.get_xdata()
    assert heights[0] == heights[1]
    low, high = picture._range
    if 2 * low < lab.ssr < high / 2:
        assert heights[0] == pytest.approx(lab.ssr)
    assert lab.controls["start"].value == place + 1
    assert lab.controls["learning_rate"].value == pytest.approx(trained.rate, abs=0.01)


# what every lab has


@every_lab
def test_it_carries_the_classes_of_a_lab_and_stock_widgets_with_words_on_them(make):
    lab = make()
    assert [widget for widget in widgets(lab.widget) if "sq-lab" in widget._dom_classes] == [lab.widget]
    of_class(lab, "sq-picture")
    for name, control in lab.controls.items():
        assert of_class(lab, f"sq-control-{name}") is control
        assert control.description
        assert re.fullmatch("[a-z0-9_]+", name)  # else a browser takes no class of it
    assert {type(widget).__module__.split(".")[0] for widget in widgets(lab.widget)} == {"ipywidgets"}
    assert not any(isinstance(widget, ipywidgets.Output) for widget in widgets(lab.widget))


@every_lab
def test_it_begins_with_the_best_start_and_every_view_right(make):
    lab = make()
    assert lab.state.place == 0
    assert lab.ssr == pytest.approx(lab.state.trained.runs.ssr.min())
    check(lab)


EVERY = {"state", "picture", "label", "readout", "code", "repr"}


@pytest.mark.parametrize(
    ("steps", "changed"),
    [
        ([("start", 7)], EVERY),
        ([("start", 40)], EVERY),
        ([("level_line", None)], EVERY),
        ([("learning_rate", 0.1)], EVERY),
        ([("seed", None)], EVERY),
        ([("digits", True)], {"readout"}),
    ],
)
def test_every_control_changes_what_it_should_and_every_view_follows(steps, changed):
    lab = made()
    before = views(lab)
    for name, value in steps:
        act(lab, name, value)
        check(lab)
    after = views(lab)
    assert {name for name in after if after[name] != before[name]} == changed
    act(lab, "reset")
    act(lab, "digits", False)
    assert views(lab) == before


def test_two_labs_share_nothing():
    one, other = made(), made()
    before = views(other)
    for name, value in [("start", 9), ("learning_rate", 0.2), ("seed", None), ("follow", None)]:
        act(one, name, value)
    assert views(other) == before


# where they end


def test_the_chosen_start_really_ends_there_when_it_descends_alone():
    lab = made(learning_rate=0.02, max_steps=3000)  # where runs swing, the last digit decides
    for group in ("fit", "level line", "in between"):
        act(lab, button_for(group))
        assert lab.group == group
        alone = descend(lab.start, dosage(), lab.state.trained.rate, max_steps=3000, min_step=lab.min_step)
        assert alone.ssr[-1] == pytest.approx(lab.ssr, rel=1e-6)
        assert len(alone) - 1 == lab.state.trained.runs.steps[lab.chosen]
        for name, value in alone.final.parameters.items():
            assert lab.network.parameters[name] == pytest.approx(value, rel=1e-6)


def test_the_slider_goes_through_the_starts_from_the_best_to_the_worst():
    lab = made()
    seen = []
    for place in range(1, 41):
        act(lab, "start", place)
        seen.append((lab.chosen, lab.ssr))
    assert sorted(k for k, _ in seen) == list(range(40))
    assert [error for _, error in seen] == sorted(error for _, error in seen)


def test_a_groups_button_goes_round_through_all_of_its_starts():
    lab = made()
    for group in ENDINGS:
        count = int((lab.state.trained.groups == group).sum())
        if not count:
            continue
        seen = []
        for _ in range(count + 1):
            act(lab, button_for(group))
            assert lab.group == group
            seen.append(lab.chosen)
        assert len(set(seen)) == count
        assert seen[0] == seen[-1]


def test_there_is_a_button_and_a_colour_for_every_way_to_end():
    assert set(BUTTONS) == set(COLORS) == set(ENDINGS)
    assert len(set(COLORS.values())) == len(ENDINGS)


def test_with_another_rate_all_are_trained_again_from_the_same_starts_and_the_place_stays():
    lab = made()
    act(lab, "start", 12)
    before = lab.state.trained
    act(lab, "learning_rate", 0.6)
    assert lab.state.trained.starts == before.starts
    assert lab.state.place == 11
    assert set(lab.state.trained.groups) == {"diverged"}
    check(lab)
    assert lab.picture.png()
    assert not lab.controls["learning_rate"].continuous_update  # it takes too long for every pixel of a drag


def test_while_it_trains_the_readout_says_so(monkeypatch):
    lab, seen = made(), []
    monkeypatch.setattr(
        "statquest_bp.labs.starts_choices.descend_many",
        lambda *a, **k: seen.append(readout(lab)) or descend_many(*a, **k),
    )
    act(lab, "learning_rate", 0.2)
    assert seen == [" Training 40 starts … "]
    check(lab)


def test_other_starts_have_the_next_seeds():
    lab = made(seed=5)
    act(lab, "seed")
    assert lab.state.trained.seed == 45
    assert lab.state.trained.starts[3] == Network.random((1, 2, 1), seed=48)
    check(lab)


# the picture


def still(lab, kind):
    return [artist for artist in lab.view.starts.still if type(artist).__name__ == kind]


def test_the_curves_are_those_of_the_ends_in_the_colour_of_their_group():
    lab = made()
    (curves,) = still(lab, "LineCollection")
    assert len(curves.get_segments()) == 40
    for k, curve in enumerate(curves.get_segments()):
        x, y = curve.T
        np.testing.assert_allclose(y, lab.state.trained.runs.network(k).predict(x)[:, 0])
        assert to_hex(curves.get_colors()[k]).upper() == COLORS[lab.state.trained.groups[k]].upper()


def test_of_many_curves_only_some_are_drawn_and_of_two_inputs_none():
    (curves,) = still(made(starts=250, max_steps=5), "LineCollection")
    assert len(curves.get_segments()) == 100
    assert still(LABS["two inputs"](), "LineCollection") == []


@every_lab
def test_the_bars_add_up_to_all_starts_group_by_group(make):
    lab = make()
    heights = {color.upper(): 0.0 for color in COLORS.values()}
    for bar in still(lab, "Rectangle"):
        heights[to_hex(bar.get_facecolor()).upper()] += bar.get_height()
    groups = Counter(lab.state.trained.groups.tolist())
    assert heights == {color.upper(): groups[group] for group, color in COLORS.items()}


def test_the_dots_are_two_of_the_weights_and_the_dotted_line_is_their_mirror():
    lab = made()
    dots = np.vstack([line.get_xydata() for line in still(lab, "Line2D") if line.get_marker() == "o"])
    ends = lab.state.trained.runs.parameters
    np.testing.assert_array_equal(np.unique(dots, axis=0), np.unique(np.column_stack([ends["w1"], ends["w2"]]), axis=0))
    (mirror,) = [line for line in still(lab, "Line2D") if line.get_marker() != "o"]
    assert (mirror.get_xdata() == mirror.get_ydata()).all()
    assert all(line.get_marker() == "o" for line in still(LABS["one hidden node"](), "Line2D"))


def test_the_legend_names_the_groups_that_there_are_with_their_counts():
    lab = made()
    (legend,) = still(lab, "Legend")
    groups = Counter(lab.state.trained.groups.tolist())
    expected = [f"{group}: {groups[group]}" for group in ENDINGS if groups[group]]
    assert [text.get_text() for text in legend.get_texts()] == expected


def test_only_a_training_draws_anew_what_stands_still(backgrounds):
    lab = made()
    backgrounds.clear()
    for name, value in [("start", 5), ("fit", None), ("level_line", None), ("start", 30)]:
        act(lab, name, value)
    assert backgrounds == []
    there = len(lab.picture.figure.findobj())
    for name, value in [("learning_rate", 0.1), ("learning_rate", 0.03), ("seed", None)]:
        act(lab, name, value)
        assert backgrounds.pop() is lab.picture
        assert not backgrounds
        legend = 10 * len(ENDINGS)  # at most so many artists more, where there are more groups
        assert abs(len(lab.picture.figure.findobj()) - there) <= legend  # those before are gone
        check(lab)


# the path of one


def test_the_path_of_the_chosen_start_is_shown_below_the_lab():
    lab = made()
    act(lab, "start", 20)
    act(lab, "follow")
    assert isinstance(lab.path, LandscapeLab)
    assert lab.path.run[0].network == lab.start
    assert lab.path.state.rate == lab.state.trained.rate
    assert lab.path.ssr == pytest.approx(lab.ssr, rel=1e-6)
    assert f"The path of the start of seed {lab.seed}" in lab._followed.children[0].value
    assert lab._followed.children[1] is lab.path.widget
    check(lab)


def test_another_path_takes_its_place_in_the_lab_that_is_there():
    lab = made()
    act(lab, "follow")
    path, before = lab.path, lab.path.run[0].network
    path.controls["y"].value = path.controls["y"].options[0]
    act(lab, "start", 40)
    assert path.run[0].network == before  # until it is asked for
    act(lab, "learning_rate", 0.05)
    act(lab, "follow")
    assert lab.path is path
    assert lab._followed.children[1] is path.widget
    afresh = LandscapeLab(lab.start, lab.data, lab.state.trained.rate, lab.max_steps, min_step=lab.min_step)
    for name in (
        "state",
        "label",
        "readout",
        "code",
        "repr",
    ):  # not the picture, whose limits are those of its first fit
        assert views(path)[name] == views(afresh)[name]
    act(path, "x", "b3")
    act(path, "w1", 0.5)
    act(path, "reset")
    assert views(path)["readout"] == views(afresh)["readout"]


@pytest.mark.parametrize("make", [LABS["a wave"], LABS["two inputs"]])
def test_on_other_data_too_a_path_can_be_followed(make):
    lab = make()
    act(lab, "follow")
    assert lab.path.data is lab.data
    assert lab.path.ssr == pytest.approx(lab.ssr, rel=1e-4)


def test_where_a_run_ends_elsewhere_alone_it_says_why(monkeypatch):
    ends_alike, lab = made(), made()
    act(ends_alike, "follow")
    assert "alone" not in ends_alike._followed.children[0].value
    elsewhere = LandscapeLab(Network.random((1, 2, 1), seed=99), updates=5)
    monkeypatch.setattr("statquest_bp.labs.starts_lab.LandscapeLab", lambda *_, **__: elsewhere)
    act(lab, "follow")
    assert f"SSR {exact(lab.ssr)}, alone with {exact(elsewhere.ssr)}" in lab._followed.children[0].value
    assert "swings" in lab._followed.children[0].value


def test_what_a_notebook_shows_is_the_lab_with_the_path_below():
    lab = made()
    data, _ = lab._repr_mimebundle_()
    assert data["text/plain"] == repr(lab)
    assert data["image/png"]
    assert lab._followed not in widgets(lab.widget)  # a lab in a lab would be none of either


# the rest


@every_lab
def test_the_code_finds_the_same_end(make):
    lab = make()
    act(lab, "start", 3)
    scope, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code(), scope)
    np.testing.assert_array_equal(scope["runs"].ssr, lab.state.trained.runs.ssr)
    assert f"{lab.state.trained.runs.steps[lab.chosen]} updates, SSR = {lab.ssr:.4f}" in printed.getvalue()


def test_a_predicted_number_of_fits_is_written_into_the_picture():
    lab = made()
    lab.show_prediction(25)
    assert "you predicted 25 fits" in overlay(lab)
    lab.show_prediction(None)
    assert "you predicted" not in overlay(lab)


def test_the_mark_goes_with_the_starts_that_it_is_about_and_stays_at_another_rate():
    lab = made()
    lab.show_prediction(25)
    act(lab, "learning_rate", 0.1)
    act(lab, "start", 3)
    assert "you predicted 25 fits" in overlay(lab)
    act(lab, "seed")
    assert "you predicted" not in overlay(lab)
    assert "is marked" not in label(lab)


def test_where_most_starts_come_to_nothing_on_large_values_the_lab_says_to_scale_them():
    prices = Dataset([0, 0.5, 1], [400, 900, 400])
    advice = "The observed values reach 900 in size. Begin with data.scaled(observed=True)."
    assert advice in readout(StartsLab(prices, starts=20))
    scaled = StartsLab(prices.scaled(observed=True), starts=20)
    assert "Begin with" not in readout(scaled)
    assert scaled.state.trained.how_many("fit") > 10
    assert "Begin with" not in readout(made())


def test_what_goes_wrong_is_told_in_plain_words_and_the_last_good_training_stays(monkeypatch):
    lab = made()
    before = views(lab)

    def fails(*_, **__):
        raise RuntimeError("too hot")

    with monkeypatch.context() as broken:
        broken.setattr("statquest_bp.labs.starts_choices.descend_many", fails)
        act(lab, "learning_rate", 0.2)
        assert_says(lab, "too hot")
        broken.setattr("statquest_bp.labs.starts_lab.LandscapeLab", fails)
        act(lab, "follow")
        assert_says(lab, "too hot")
    act(lab, "reset")
    assert views(lab) == before


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"starts": 0}, ValueError, "starts must be a whole number from 1 up; got 0"),
        ({"starts": 2.5}, ValueError, "2.5"),
        ({"starts": True}, ValueError, "True"),
        ({"sizes": (2, 2, 1)}, ValueError, "input"),
        ({"sizes": (1,)}, ValueError, "sizes"),
        ({"seed": -1}, ValueError, "seed"),
        ({"learning_rate": 0}, ValueError, "learning_rate"),
        ({"max_steps": -1}, ValueError, "max_steps"),
        ({"data": "dosage"}, TypeError, "takes a Dataset"),
    ],
)
def test_what_makes_no_sense_is_refused(settings, error, words):
    with pytest.raises(error, match=words):
        made(**settings)


def test_one_start_is_enough():
    check(made(starts=1))


def test_the_videos_digits_round_what_is_shown():
    lab = made()
    act(lab, "digits", True)
    check(lab)
