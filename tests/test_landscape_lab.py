"""LandscapeLab driven from Python: any network's SSR along one parameter or over two, and the whole run across it."""

import contextlib
import io
import itertools
import re

import ipywidgets
import numpy as np
import pytest

from statquest_bp import Dataset, Network, descend, dosage, ssr, ssr_along, statquest_network
from statquest_bp.digits import exact
from statquest_bp.labs import LandscapeLab, LiveFigure
from statquest_bp.labs.landscape_choices import ALL, HERE, NO_Y, ONLY_SHOWN, START
from statquest_bp.plots.ssr_slice import APART, ROOM
from statquest_bp.video import DETAILS_1, OPTIMAL
from tests.lab_views import (
    act,
    assert_says,
    check_map,
    code_shown,
    label,
    of_class,
    overlay,
    readout,
    views,
    widgets,
)

WAVE = Dataset(np.linspace(0, 1, 12), np.sin(6 * np.linspace(0, 1, 12)), ["Time"], ["Height"])
WIDE = Network.random((1, 5, 1), "tanh", seed=3)  # 16 parameters
PLANE = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [[0, 1], [1, 1], [1, 0], [0, 0]])  # two inputs, two outputs
FLAT = Network.random((2, 1, 2), seed=4)


@pytest.fixture(autouse=True)
def backgrounds(monkeypatch):
    """What stands still is not drawn; a list of the pictures that would have been, each time."""
    drawn = []
    monkeypatch.setattr(LiveFigure, "draw_background", lambda picture: drawn.append(picture))
    return drawn


def made(**settings):
    return LandscapeLab(**({"updates": 30} | settings))


LABS = {
    "the lesson": made,
    "many parameters": lambda: made(network=WIDE, data=WAVE),
    "two inputs and outputs": lambda: made(network=FLAT, data=PLANE),
}
every_lab = pytest.mark.parametrize("make", LABS.values(), ids=LABS)


def shown(lab):
    frame = lab.state.view.frame
    return [name for name in (frame.x, frame.y) if name]


def check(lab):
    """Every view of the lab against numbers computed anew from where its run starts."""
    run, rate, step, picture = lab.run, lab.state.rate, lab.state.step, lab.view.slice
    (_, _, max_steps, min_step), (frame, moves, through, _) = lab.state.plan, lab.state.view
    names = list(run[0].network.parameters)
    optimize = names if moves == ALL else shown(lab)
    own = descend(run[0].network, lab.data, rate, optimize, max_steps=max_steps, min_step=min_step)
    np.testing.assert_array_equal(run.ssr, own.ssr)
    here, error = own[step].network, own.ssr[step]
    assert lab.network == here
    assert lab.ssr == pytest.approx(error)

    for name in shown(lab):
        start, value = (run[k].network.parameters[name] for k in (0, step))
        assert f"{name} from {lab.number(start)} to {lab.number(value)}" in readout(lab)
        assert f"{name} = {exact(value)}" in label(lab)
        assert f"{name} = {exact(value)}".replace("−", "-") in repr(lab)
    assert f"Step {step} of {len(own) - 1}: SSR = {exact(error)}" in re.sub(" +", " ", readout(lab))
    assert f"SSR {exact(error)}" in label(lab)
    assert f"SSR = {exact(error)}" in repr(lab)
    assert code_shown(lab) == lab.code()
    assert overlay(lab) == lab.picture.overlay()
    assert not re.search("nan|inf", overlay(lab).partition(">")[2])

    cut = own[0].network if through == START else here
    x, y = own.parameters[frame.x], own.ssr if frame.y is None else own.parameters[frame.y]
    np.testing.assert_array_equal(picture.start.get_xydata(), [[x[0], y[0]]])
    np.testing.assert_array_equal(picture.here.get_xydata(), [[x[step], y[step]]])
    drawn = picture.path.get_xydata()
    np.testing.assert_array_equal(drawn[[0, -1]], [[x[0], y[0]], [x[step], y[step]]])
    assert {*map(tuple, drawn.tolist())} <= {*zip(x[: step + 1].tolist(), y[: step + 1].tolist(), strict=True)}
    if frame.y is None:
        assert not any(artist.get_visible() for artist in (*picture.contours, *picture.names))
        grid, heights = picture.curve.get_data()
        np.testing.assert_array_equal(heights, ssr_along(cut, lab.data, frame.x, grid))
    else:
        assert not picture.curve.get_visible()
        assert check_map(picture, cut, every=9) > 0
    steps, heights = lab.view.trace.lines[0].get_data()
    assert steps[-1] == step
    low, high = picture.levels[0] / 10_000, 3 * picture.levels[-1]
    np.testing.assert_array_equal(heights, own.ssr[steps].clip(low, 1e300))  # what explodes leaves through the top
    assert lab.view.trace.here[0].get_ydata() == [own.ssr[step].clip(low, high)]

    starts = {name: lab.controls[name].value for name in names if name in lab.controls}
    assert starts == pytest.approx({name: own[0].network.parameters[name] for name in starts}, abs=0.01)
    settings = {"x": frame.x, "y": frame.y or NO_Y, "moves": moves, "through": through}
    assert {name: lab.controls[name].value for name in settings} == settings
    at = lab.controls["scrub"].value
    assert at == step or (at > step == lab.state.last)  # a longer run would go on to there
    assert lab.controls["learning_rate"].value == pytest.approx(rate, abs=0.01)


# what every lab has


@every_lab
def test_it_carries_the_classes_of_a_lab_and_stock_widgets_with_words_on_them(make):
    lab = make()
    assert [widget for widget in widgets(lab.widget) if "sq-lab" in widget._dom_classes] == [lab.widget]
    of_class(lab, "sq-picture")
    for name, control in lab.controls.items():
        assert of_class(lab, f"sq-control-{name}") is control
        assert control.description
    assert {type(widget).__module__.split(".")[0] for widget in widgets(lab.widget)} == {"ipywidgets"}
    assert not any(isinstance(widget, ipywidgets.Output) for widget in widgets(lab.widget))


@every_lab
def test_it_begins_with_the_end_of_a_whole_run_and_every_view_right(make):
    lab = make()
    assert lab.state.step == len(lab.run) - 1 == 30
    check(lab)


def test_in_the_lesson_it_begins_where_details_part_1_does_but_all_seven_move():
    lab = LandscapeLab()
    assert lab.run[0].network == statquest_network(**DETAILS_1)
    assert lab.optimize == tuple(OPTIMAL)
    assert lab.state.rate == 0.1
    assert shown(lab) == ["w3", "w4"]
    assert lab.ssr < 0.01 < ssr(lab.run[0].network, dosage())
    assert repr(lab) == "LandscapeLab(step 150 of 150, w3 = -0.9869, w4 = -1.5550, SSR = 0.0061)"


def test_other_data_get_a_network_and_a_learning_rate_that_suit_them():
    lab = made(data=PLANE)
    assert lab.run[0].network.sizes == (2, 2, 2)
    assert lab.state.rate == 0.3 / 4
    check(lab)


EVERY = {"state", "picture", "label", "readout", "code", "repr"}
ACTIONS = [
    ("the lesson", [("w3", 0.5)], EVERY),
    ("the lesson", [("b1", -1.0)], EVERY),
    ("the lesson", [("learning_rate", 0.05)], EVERY),
    ("the lesson", [("x", "b2")], {"state", "picture", "label", "readout", "repr"}),
    ("the lesson", [("y", NO_Y)], {"state", "picture", "label", "readout", "repr"}),
    ("the lesson", [("moves", ONLY_SHOWN)], EVERY),
    ("the lesson", [("through", HERE)], {"state", "picture", "readout"}),
    ("the lesson", [("scrub", 4)], EVERY),
    ("the lesson", [("back", None)], EVERY),
    ("the lesson", [("w3", 2.0), ("frame", None)], EVERY),
    ("the lesson", [("digits", True)], {"readout"}),
    ("the lesson", [("others", True)], set()),
    ("many parameters", [("start", 1.5)], EVERY),
    ("many parameters", [("parameter", "b2")], {"state"}),
    ("many parameters", [("parameter", "b2"), ("start", -1.25)], EVERY),
    ("many parameters", [("learning_rate", 0.01)], EVERY),
    ("two inputs and outputs", [("w1", 0.5)], EVERY),
]


@pytest.mark.parametrize(("make", "steps", "changed"), ACTIONS)
def test_every_control_changes_what_it_should_and_every_view_follows(make, steps, changed):
    lab = LABS[make]()
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
    for name, value in [("w3", 1.0), ("learning_rate", 0.2), ("y", "b3"), ("through", HERE)]:
        act(one, name, value)
    assert views(other) == before


# what is shown


PAIRS = [*itertools.combinations(OPTIMAL, 2)][::4]


@pytest.mark.parametrize(("x", "y"), [*PAIRS, *((y, x) for x, y in PAIRS[::2])])
def test_any_two_parameters_can_be_put_on_the_map(x, y, backgrounds):
    lab = made()
    backgrounds.clear()
    act(lab, "x", x)
    act(lab, "y", y)
    assert shown(lab) == [x, y]
    assert backgrounds
    assert set(backgrounds) == {lab.picture}
    assert (lab.view.slice.ax.get_xlabel(), lab.view.slice.ax.get_ylabel()) == (x, y)
    check(lab)


@pytest.mark.parametrize("x", OPTIMAL)
def test_the_ssr_runs_along_any_one_parameter(x):
    lab = made()
    act(lab, "y", NO_Y)
    act(lab, "x", x)
    assert (lab.view.slice.ax.get_xlabel(), lab.view.slice.ax.get_ylabel()) == (x, "SSR")
    check(lab)
    act(lab, "through", HERE)
    check(lab)


def test_one_parameter_is_never_shown_twice():
    lab = made()
    act(lab, "x", "w4")
    assert shown(lab) == ["w4", "w3"]
    act(lab, "y", "w4")
    assert shown(lab) == ["w3", "w4"]
    act(lab, "y", NO_Y)
    act(lab, "y", "w3")
    assert shown(lab) == ["w1", "w3"]
    check(lab)


def test_a_move_draws_nothing_still_again(backgrounds):
    lab = made()
    backgrounds.clear()
    for name, value in [("w3", 1.0), ("b2", 0.5), ("learning_rate", 0.2), ("scrub", 2), ("through", HERE)]:
        act(lab, name, value)
    assert backgrounds == []


def test_the_map_follows_the_starts_of_the_parameters_that_it_does_not_show():
    lab = made()
    seen = []
    for value in (-3.0, -1.0, 1.0):
        act(lab, "b1", value)
        check(lab)
        seen.append(views(lab)["picture"])
    assert len(set(seen)) == 3


def test_the_picture_is_fitted_to_a_path_that_left_it():
    lab = made()
    act(lab, "w3", -5.0)
    act(lab, "w4", 5.0)
    assert "(off the picture)" in readout(lab)
    act(lab, "frame")
    (left, right), (low, high) = lab.state.view.frame[2:]
    path = lab.view.slice.path.get_xydata()
    assert left < path[:, 0].min() < path[:, 0].max() < right
    assert low < path[:, 1].min() < path[:, 1].max() < high
    assert "(off the picture)" not in readout(lab)
    check(lab)


def test_a_stretch_can_be_given():
    lab = made(shown={"w3": (-7.0, 7.0), "b1": (-3.0, 3.0)})
    assert lab.view.slice.ax.get_xlim() == (-7.0, 7.0)
    act(lab, "y", "b1")
    assert lab.view.slice.ax.get_ylim() == (-3.0, 3.0)
    act(lab, "frame")
    assert lab.state.view.frame[2:] == ((-7.0, 7.0), (-3.0, 3.0))
    check(lab)


def test_the_fit_at_the_start_is_dotted():
    lab = made()
    act(lab, "w3", 1.0)
    x, y = lab.view.first_fit.get_data()
    np.testing.assert_allclose(y[:-1], statquest_network(**DETAILS_1).replace(w3=1.0).predict(x[:-1])[:, 0])
    assert "Dotted: at the start" in label(lab)
    assert "Dotted" not in label(LABS["two inputs and outputs"]())


def test_the_numbers_on_the_map_do_not_cover_each_other():
    lab = LandscapeLab()
    for through in (START, HERE):
        act(lab, "through", through)
        kept = [name for name in lab.view.slice.names if name.get_text()]
        assert len(kept) > 3
        places = [lab.view.slice.ax.transData.transform(name.get_position()) for name in kept]
        for one, other in itertools.combinations(places, 2):
            assert (np.abs(one - other) > ROOM).any()


def test_a_path_that_crawls_is_drawn_with_few_dots_and_one_that_leaps_with_all():
    lab = LandscapeLab(statquest_network(**DETAILS_1), learning_rate=0.002, updates=400)
    drawn = lab.view.slice.path.get_xydata()
    frame = lab.state.view.frame
    far = np.hypot(*(np.diff(drawn, axis=0) / [np.ptp(frame.xlim), np.ptp(frame.ylim)]).T).sum()
    assert len(drawn) <= far / APART + 2 < 70
    act(lab, "learning_rate", 0.5)
    assert len(lab.view.slice.path.get_xdata()) == len(lab.run)


# what moves


def test_a_move_computes_the_whole_run_anew_and_shows_its_end():
    lab = made()
    for name, value in [("w1", 2.0), ("b3", -0.5), ("learning_rate", 0.03)]:
        act(lab, name, value)
        assert lab.state.step == 30
        check(lab)


def test_at_the_end_of_a_short_run_a_longer_one_is_shown_to_its_end_too():
    lab = made(learning_rate=0.5)
    assert lab.state.step == lab.state.last < 30
    act(lab, "learning_rate", 0.1)
    assert lab.state.step == 30
    check(lab)


def test_who_walks_to_the_end_of_a_short_run_sees_that_of_a_longer_one():
    lab = made(learning_rate=0.5)
    short = lab.state.last
    act(lab, "scrub", 3)
    for _ in range(short - 3):
        act(lab, "step")
    act(lab, "learning_rate", 0.1)
    assert lab.state.step == 30 > short
    check(lab)


def test_an_earlier_step_comes_back_after_a_run_that_was_too_short_for_it():
    lab = made()
    act(lab, "scrub", 25)
    act(lab, "learning_rate", 0.5)
    assert lab.state.step == lab.state.last < 25
    check(lab)
    act(lab, "learning_rate", 0.1)
    assert lab.state.step == 25
    check(lab)


def test_another_run_ends_the_playing():
    lab = made()
    act(lab, "play")
    lab.begin_anew(statquest_network(w3=0.5), 0.05)
    assert not lab.steps.clock.playing
    assert lab.state.step == 30
    check(lab)


def test_an_earlier_step_stays_on_show_while_a_slider_moves():
    lab = made()
    act(lab, "scrub", 5)
    act(lab, "w3", 0.6)
    assert lab.state.step == 5
    check(lab)
    act(lab, "learning_rate", 0.6)  # diverges, but in more than 5 updates
    assert lab.state.step == 5
    check(lab)


def test_only_the_parameters_shown_move_where_that_is_chosen():
    lab = made()
    act(lab, "moves", ONLY_SHOWN)
    start, end = lab.run[0].network.parameters, lab.run.final.parameters
    assert {name for name in start if start[name] != end[name]} == {"w3", "w4"}
    assert "the path lies in it" in readout(lab)
    check(lab)
    act(lab, "y", NO_Y)
    assert lab.optimize == ("w3",)
    check(lab)
    act(lab, "x", "b2")
    assert lab.optimize == ("b2",)
    check(lab)
    act(lab, "w1", 3.0)
    check(lab)


def test_where_the_others_move_too_it_says_that_the_path_leaves_the_slice_and_how_high_that_is():
    lab = made()
    there = ssr(lab.run[0].network.replace(w3=lab.network.parameters["w3"], w4=lab.network.parameters["w4"]), dosage())
    assert f"the slice has SSR {exact(there)} here" in readout(lab)
    assert "the other 5 parameters" in readout(lab)
    act(lab, "through", HERE)
    assert "the path came through other slices" in readout(lab)


def test_a_network_of_two_parameters_has_its_whole_landscape_on_the_map():
    line = Network.from_parameters((1, 1), {"w1": 0.5, "b1": 0.0})
    lab = made(network=line, data=dosage())
    assert shown(lab) == ["w1", "b1"]
    assert "the whole landscape" in readout(lab)
    check(lab)
    act(lab, "y", NO_Y)
    assert "the other parameter" in readout(lab)
    check(lab)


@pytest.mark.parametrize("rate", [0.4, 0.6, 1e150])
def test_a_run_that_diverges_is_clipped_and_told(rate):
    lab = made(learning_rate=rate)
    assert lab.run.status == "diverged"
    for step in range(len(lab.run)):
        act(lab, "scrub", float(step))
        check(lab)
    assert "Diverged" in readout(lab)
    assert "Diverged" in label(lab)
    act(lab, "y", NO_Y)
    check(lab)
    assert lab.picture.png()


def test_a_run_that_settles_before_says_so():
    lab = made(updates=400, min_step=0.01)
    assert lab.run.status == "converged"
    assert len(lab.run) < 400
    assert "closer to 0 than 0.01" in readout(lab)
    check(lab)


def test_it_plays_through_the_run_in_a_hundred_moves_or_so():
    lab = made(updates=500, min_step=0.0)
    act(lab, "play")
    assert lab.state.step == 0
    assert lab.steps.clock.step == 5
    lab.steps.clock.value = 5
    assert lab.state.step == 5
    check(lab)
    act(lab, "w3", 0.5)
    assert not lab.steps.clock.playing


def test_the_slider_of_the_steps_has_room_for_all_updates_however_few_a_run_makes():
    lab = made()
    act(lab, "learning_rate", 0.5)
    assert lab.state.last < 30
    assert lab.controls["scrub"].max == 30
    act(lab, "scrub", 25)
    assert lab.state.step == lab.state.last
    assert lab.controls["scrub"].value == 30  # at its end, as the path
    check(lab)
    act(lab, "reset")
    assert lab.state.step == 30
    check(lab)


# its sliders


def test_the_other_parameters_unfold():
    lab = made()

    def on_show():
        return [name for name in OPTIMAL if lab.controls[name].layout.display != "none"]

    assert on_show() == ["w3", "w4"]
    act(lab, "x", "b1")
    act(lab, "y", NO_Y)
    assert on_show() == ["b1"]
    act(lab, "others", True)
    assert on_show() == list(OPTIMAL)
    act(lab, "others", False)
    assert on_show() == ["b1"]


def test_of_many_parameters_one_is_chosen_for_the_slider():
    lab = LABS["many parameters"]()
    assert not set(WIDE.parameters) & set(lab.controls)
    assert lab.controls["start"].value == pytest.approx(WIDE.parameters[lab.controls["parameter"].value], abs=0.01)
    act(lab, "parameter", "w2")
    assert lab.run[0].network == WIDE
    assert lab.controls["start"].value == pytest.approx(WIDE.parameters["w2"], abs=0.01)
    act(lab, "start", -3.5)
    assert lab.run[0].network == WIDE.replace(w2=-3.5)
    check(lab)


def test_a_slider_reaches_a_start_that_is_far_out():
    assert made(network=statquest_network(w1=-34.4)).controls["w1"].min == -34.4
    far = made(network=WIDE.replace(w1=-34.4), data=WAVE)
    act(far, "parameter", "w1")
    assert far.controls["start"].value == -34.4


# the rest


def run_code(lab):
    """What the lab's code prints, and the variables it leaves."""
    scope, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code(), scope)
    return printed.getvalue(), scope


@every_lab
def test_the_code_makes_the_same_run(make):
    lab = make()
    for name, value in (("learning_rate", 0.05), ("scrub", 7), ("moves", ONLY_SHOWN)):
        act(lab, name, value)
        printed, scope = run_code(lab)
        np.testing.assert_array_equal(scope["run"].ssr, lab.run.ssr)
        assert scope["here"].network == lab.network
        assert f"step {lab.state.step}: SSR = {lab.ssr:.4f}" in printed
    assert max(map(len, lab.code().splitlines())) < 1000


def test_a_prediction_of_the_ssr_is_marked():
    lab = made()
    lab.show_prediction(0.25)
    assert set(lab.view.trace.prediction.get_ydata()) == {0.25}
    assert "The prediction 0.25 is marked" in label(lab)
    lab.show_prediction(None)
    assert len(lab.view.trace.prediction.get_xdata()) == 0


def test_the_mark_goes_while_the_run_is_another_one():
    lab = made()
    lab.show_prediction(0.25)
    start, rate = lab.controls["w3"].value, lab.controls["learning_rate"].value
    for name, value, was in (("w3", 1.0, start), ("learning_rate", 0.05, rate), ("moves", ONLY_SHOWN, ALL)):
        act(lab, name, value)
        assert len(lab.view.trace.prediction.get_xdata()) == 0
        assert "is marked" not in label(lab)
        act(lab, name, was)
        assert set(lab.view.trace.prediction.get_ydata()) == {0.25}
    act(lab, "back")
    act(lab, "x", "b1")
    assert "is marked" in label(lab)


def test_a_run_on_large_values_that_comes_to_nothing_is_told_to_scale_them():
    prices = Dataset([0, 0.5, 1], [400, 900, 400])
    lab = LandscapeLab(data=prices, updates=50)
    assert "The observed values reach 900 in size. Begin with data.scaled(observed=True)." in readout(lab)
    act(lab, "scrub", 0)
    assert "Begin with" not in readout(lab)
    assert "Begin with" not in readout(LandscapeLab(data=prices.scaled(observed=True), updates=50))


def test_what_goes_wrong_is_told_in_plain_words_and_the_last_picture_stays(monkeypatch, backgrounds):
    lab = made()
    before = views(lab)
    act(lab, "w3", float("nan"))
    assert_says(lab, "must be a number; got nan")
    act(lab, "reset")
    assert views(lab) == before

    def fails(picture):
        backgrounds.append(picture)
        if lab.view.slice.shown.x == "b1":
            raise RuntimeError("out of paper")

    monkeypatch.setattr(LiveFigure, "draw_background", fails)
    act(lab, "x", "b1")
    assert_says(lab, "out of paper")
    act(lab, "back")
    act(lab, "step")
    assert views(lab) == before


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"network": WIDE, "data": PLANE}, ValueError, "input"),
        ({"network": "1-2-1"}, TypeError, "expected a Network"),
        ({"data": [1, 2]}, TypeError, "takes a Dataset"),
        ({"learning_rate": 0}, ValueError, "learning_rate"),
        ({"updates": -1}, ValueError, "max_steps"),
        ({"shown": {"w9": (0, 1)}}, KeyError, "w9"),
    ],
)
def test_what_makes_no_sense_is_refused(settings, error, words):
    with pytest.raises(error, match=words):
        made(**settings)


def test_even_no_update_at_all_is_shown():
    lab = made(updates=0)
    assert len(lab.run) == 1
    check(lab)


def test_it_has_a_still_picture_and_its_numbers_as_text():
    data, _ = made()._repr_mimebundle_()
    assert data["text/plain"].startswith("LandscapeLab(step 30 of 30, w3 = ")
    assert data["image/png"]
