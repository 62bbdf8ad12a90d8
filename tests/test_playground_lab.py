"""PlaygroundLab driven from Python: every control, every kind of data, and nothing that can be typed breaks it."""

import csv
import io
import re
from itertools import pairwise
from xml.etree import ElementTree

import ipywidgets
import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from statquest_bp import Dataset, Network, descend, dosage, ssr, training
from statquest_bp.activations import ACTIVATIONS
from statquest_bp.digits import exact
from statquest_bp.fit import level_line_ssr
from statquest_bp.labs import LiveFigure, PlaygroundLab, steps
from statquest_bp.labs.shipped import OWN, SHIPPED, csv_text, name_of
from tests.lab_views import act, assert_says, label, of_class, one_spaced, overlay, readout, views, widgets
from tests.train_views import DATA, LINE, MAP, WIDE, check, check_controls, press_play_and_tick, printed, tick

NAN = float("nan")
LARGE = Dataset(np.linspace(0, 1, 30), 650 + 250 * np.sin(5 * np.linspace(0, 1, 30)), ["Day"], ["Price"])
MAP_OF_PLANTS = SHIPPED["growth"]()


@pytest.fixture(autouse=True)
def backgrounds(monkeypatch):
    """What stands still is not drawn; a list of the pictures that would have been, each time."""
    drawn = []
    monkeypatch.setattr(LiveFigure, "draw_background", lambda picture: drawn.append(picture))
    return drawn


@pytest.fixture
def endless_time(monkeypatch):
    """A tick makes as many updates as its speed says, however slow the machine is."""
    monkeypatch.setattr(training, "perf_counter", lambda: 0.0)


def use(lab, text, outputs=1):
    """Choose your own data, type this, press the button."""
    act(lab, "data", OWN)
    act(lab, "text", text)
    act(lab, "outputs", outputs)
    act(lab, "use")


# what it is


def test_it_begins_with_the_lessons_data_and_every_view_right():
    lab = PlaygroundLab()
    assert lab.network == Network.random((1, 4, 1), "softplus", seed=1)
    assert repr(lab) == f"PlaygroundLab(dosage, a 1-4-1 softplus network, update 0, SSR = {lab.ssr:.4f})"
    assert "dosage: 3 points, Dosage → Efficacy" in readout(lab)
    assert "13 parameters" in readout(lab)
    check(lab)
    check_controls(lab)


def test_it_carries_the_classes_and_names_that_tests_and_teachers_look_for():
    lab = PlaygroundLab()
    assert lab.widget._dom_classes == ("sq-lab",)
    for name in ("sq-picture", "sq-readout", "sq-download"):
        of_class(lab, name)
    for name, control in lab.controls.items():
        assert of_class(lab, f"sq-control-{name}") is control
        assert control.description, name


def test_it_uses_stock_widgets_and_no_output():
    stock = "Box VBox HBox HTML IntSlider SelectionSlider Button Checkbox ToggleButton ToggleButtons Play Dropdown"
    allowed = {getattr(ipywidgets, name) for name in [*stock.split(), "Textarea", "BoundedIntText"]}
    assert {type(widget) for widget in widgets(PlaygroundLab().widget)} <= allowed


@pytest.mark.parametrize("data", DATA.values(), ids=DATA.keys())
@pytest.mark.parametrize("view", ["parameters", "network"])
@pytest.mark.parametrize("hidden", [(), (1,), (8, 8, 8)])
def test_any_data_any_shape_and_both_views_are_shown_right(data, view, hidden):
    lab = PlaygroundLab(data, hidden, "tanh", learning_rate=0.01)
    act(lab, "view", view)
    for updates in (1, 30):
        lab.train(updates)
        check(lab)
    check_controls(lab)
    assert lab.network == descend(lab.training.start, data, 0.01, max_steps=31, min_step=0).final
    assert lab.view.third.describe(lab.network) in label(lab)


def test_the_third_picture_follows_the_update_on_show():
    lab = PlaygroundLab(hidden=(2,))
    lab.train(60)
    for step in (60, 7, 0):
        act(lab, "scrub", step)
        for name, line in lab.view.third.lines.items():
            x, y = line.get_data()
            assert x[-1] == step
            np.testing.assert_array_equal(y, lab.training.parameters[name][x])
    act(lab, "view", "network")
    for step in (0, 60):
        act(lab, "scrub", step)
        for name, text in lab.view.third.numbers.items():
            assert text.get_text() == f"{name} {exact(lab.network.parameters[name], 2)}"


# training


def test_every_speed_makes_as_many_updates_a_tick_as_it_says(endless_time):
    lab = PlaygroundLab(learning_rate=0.01)
    done = 0
    for speed in (1, 10, 100, 1000):
        press_play_and_tick(lab, speed, 3)
        done += 3 * speed
        assert lab.state.step == done
        check(lab)
    assert lab.network == descend(lab.training.start, dosage(), 0.01, max_steps=done, min_step=0).final


def test_a_tick_trains_only_as_long_as_it_may_and_one_update_at_least(monkeypatch):
    lab, clock = PlaygroundLab(), iter(np.arange(10**6) * 0.02)
    monkeypatch.setattr(training, "perf_counter", lambda: next(clock))  # each slice takes 20 ms
    press_play_and_tick(lab, 1000, 3)
    assert lab.state.step == 3
    check(lab)


def test_step_back_scrub_and_reset_go_through_every_update():
    lab = PlaygroundLab()
    lab.train(25)
    for name, value, expected in [
        ("back", None, 24), ("back", None, 23), ("step", None, 24), ("scrub", 3, 3), ("back", None, 2),
        ("scrub", 25, 25), ("step", None, 26), ("scrub", 0, 0), ("back", None, 0),
    ]:  # fmt: skip
        act(lab, name, value)
        assert lab.state.step == expected
        check(lab)
    assert len(lab.training) == 27
    act(lab, "reset")
    assert (lab.state.step, len(lab.training)) == (0, 1)
    check(lab)


def test_play_goes_through_what_is_recorded_and_then_on(endless_time):
    lab = PlaygroundLab()
    lab.train(25)
    recorded = lab.training.ssr.copy()
    act(lab, "scrub", 10)
    press_play_and_tick(lab, 10, 1)
    assert (lab.state.step, len(lab.training)) == (20, 26)
    press_play_and_tick(lab, 10, 1)
    assert (lab.state.step, len(lab.training)) == (30, 31)
    np.testing.assert_array_equal(lab.training.ssr[:26], recorded)


def test_a_tick_already_on_its_way_when_you_pause_moves_nothing():
    lab = PlaygroundLab()
    act(lab, "play")
    assert "Pause" in lab.controls["play"].description
    tick(lab, 2)
    act(lab, "play")
    assert "Play" in lab.controls["play"].description
    before = views(lab)
    tick(lab, 3)
    assert views(lab) == before


ANY_CONTROL = {
    "step": None, "back": None, "play": None, "reset": None, "new_start": None, "save_png": None,
    "scrub": 3, "learning_rate": 0.2, "layers": 2, "nodes1": 7, "activation": "tanh", "seed": 5,
    "data": OWN, "scaled": True, "scaled_observed": True, "view": "network",
}  # fmt: skip


@pytest.mark.parametrize("name", ANY_CONTROL)
def test_whatever_is_done_by_hand_ends_the_playing_and_every_view_is_right(name):
    lab = PlaygroundLab()
    act(lab, "play")
    tick(lab, 5)
    act(lab, name, ANY_CONTROL[name])
    assert not lab.steps.clock.playing
    check(lab)
    check_controls(lab)
    act(lab, "play")
    tick(lab)
    check(lab)


def test_the_speed_can_be_changed_while_it_plays(endless_time):
    lab = PlaygroundLab()
    act(lab, "play")
    tick(lab)
    act(lab, "speed", 100)
    assert lab.steps.clock.playing
    tick(lab)
    assert lab.state.step == 101


def test_playing_ends_with_the_run_and_play_shows_it_again(endless_time):
    lab = PlaygroundLab(LINE, hidden=(), learning_rate=0.05)
    act(lab, "speed", 1000)
    act(lab, "play")
    tick(lab, 5)
    assert lab.training.status == "converged"
    assert not lab.steps.clock.playing
    assert "gradient descent stops here" in readout(lab)
    assert "gradient descent stops here" in label(lab)
    check(lab)
    count = len(lab.training)
    act(lab, "step")
    assert lab.state.step == count - 1
    act(lab, "play")
    assert (lab.state.step, lab.steps.clock.playing) == (0, True)
    act(lab, "speed", 10)
    tick(lab)
    assert (lab.state.step, len(lab.training)) == (10, count)
    assert "gradient descent stops here" not in readout(lab)


def test_the_limit_is_told_where_it_is_reached():
    lab = PlaygroundLab(hidden=(1,), learning_rate=1e-4)
    lab.train(10**6)
    assert lab.state.step == 20_000
    assert "20,000 updates: as many as this lab makes" in readout(lab)
    check(lab)


def test_long_runs_show_their_progress():
    lab = PlaygroundLab()
    lab.train(1234)
    assert "Update 1,234 of at most 20,000" in readout(lab)
    assert "<progress max=20000 value=1234 " in of_class(lab, "sq-readout").value


def test_a_lab_whose_page_was_closed_while_it_played_goes_on_with_one_click(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(steps, "monotonic", lambda: now[0])
    lab, changes = PlaygroundLab(), []
    act(lab, "play")
    tick(lab)
    lab.steps.clock.observe(lambda event: changes.append(event["new"]), "playing")
    now[0] = 60.0  # and no tick has come
    act(lab, "play")
    assert changes == [False, True]  # the browser's clock begins where this changes
    assert "Pause" in lab.controls["play"].description
    tick(lab)
    assert lab.state.step == 2
    act(lab, "play")
    assert changes == [False, True, False]
    assert "Play" in lab.controls["play"].description


def test_the_number_of_the_start_is_shown_beyond_9999():
    lab = PlaygroundLab(seed=9999)
    for expected in (10_000, 10_001):
        act(lab, "new_start")
        assert lab.state.seed == lab.controls["seed"].value == expected
    act(lab, "seed", 123_456)
    assert lab.state.seed == 123_456
    check(lab)
    lab = PlaygroundLab(seed=10**12)
    act(lab, "new_start")
    check(lab)


# what begins anew, and what goes on


def test_another_learning_rate_goes_on_from_the_update_on_show_and_drops_what_came_after():
    lab = PlaygroundLab()
    lab.train(40)
    act(lab, "scrub", 30)
    act(lab, "learning_rate", 0.2)
    assert (lab.state.step, len(lab.training)) == (30, 31)
    lab.train(20)
    first = descend(lab.training.start, dosage(), 0.05, max_steps=30, min_step=0)
    assert lab.network == descend(first.final, dosage(), 0.2, max_steps=20, min_step=0).final
    assert lab.code().count("descend(") == 2
    check(lab)
    act(lab, "scrub", 12)
    assert lab.code().count("descend(") == 1
    check(lab)
    act(lab, "scrub", 30)
    check(lab)


@pytest.mark.parametrize("rate", [0.003, 0.0123])
def test_a_rate_stays_what_it_is_to_the_last_digit_and_the_slider_has_round_ones(rate):
    lab = PlaygroundLab(learning_rate=rate)
    slider = lab.controls["learning_rate"]
    for option in (0.001, 0.003, 0.5, 10.0, rate):
        act(lab, "learning_rate", option)
        assert lab.training.learning_rate == option
    assert [value for _, value in slider.options] == sorted({value for _, value in slider.options})
    assert dict(slider.options)[f"{rate:g}"] == rate


@pytest.mark.parametrize(
    ("name", "value"),
    [("layers", 0), ("layers", 3), ("nodes1", 8), *[("activation", a) for a in ACTIVATIONS if a != "softplus"],
     ("seed", 77), ("new_start", None), ("scaled", True), ("scaled_observed", True)],
)  # fmt: skip
def test_another_shape_start_or_scale_begins_anew_and_keeps_the_rest(name, value):
    lab = PlaygroundLab(LINE, learning_rate=0.01)
    lab.train(20)
    act(lab, "view", "network")
    act(lab, name, value)
    assert (lab.state.step, len(lab.training)) == (0, 1)
    assert lab.training.learning_rate == 0.01
    assert lab.state.view == "network"
    sizes, activation = lab.network.sizes, lab.network.activation
    assert lab.network == Network.random(sizes, activation, seed=lab.state.seed)
    hidden = {"layers": (4,) * 3 if value else (), "nodes1": (8,)}.get(name, (4,))
    assert sizes == (1, *hidden, 1)
    assert activation == (value if name == "activation" else "softplus")
    assert lab.state.seed == {"seed": 77, "new_start": 2}.get(name, 1)
    check(lab)
    check_controls(lab)
    lab.train(3)
    check(lab)


def test_a_layer_taken_away_comes_back_as_it_was():
    lab = PlaygroundLab(hidden=(3, 5, 7))
    act(lab, "layers", 1)
    assert lab.network.sizes == (1, 3, 1)
    act(lab, "layers", 3)
    assert lab.network.sizes == (1, 3, 5, 7, 1)
    act(lab, "nodes2", 2)
    assert lab.network.sizes == (1, 3, 2, 7, 1)
    check_controls(lab)


def test_scaled_inputs_run_from_0_to_1_and_the_code_says_so():
    lab = PlaygroundLab(LINE)
    act(lab, "scaled", True)
    assert lab.data.inputs[:, 0].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert f"{lab.data.input_names[0]} → Height" in readout(lab)
    assert "data.scaled()" in lab.code()
    lab.train(10)
    check(lab)
    act(lab, "scaled", False)
    assert lab.data is LINE
    check(lab)


@pytest.mark.parametrize("data", [*DATA.values(), LARGE, Dataset([0, 1], [5, 5])], ids=[*DATA, "large", "level"])
@pytest.mark.parametrize("inputs", [False, True])
def test_what_was_observed_is_scaled_for_the_training_and_shown_in_its_own_units(data, inputs):
    lab = PlaygroundLab(data, hidden=(3,), learning_rate=0.01)
    act(lab, "scaled", inputs)
    act(lab, "scaled_observed", True)
    assert lab.data.observed.min(axis=0).tolist() == [0.0] * data.observed.shape[1]
    assert lab.data.observed.max() <= 1.0
    np.testing.assert_array_equal(lab.measured.observed, data.observed)
    assert (lab.measured.observed_names, lab.measured.inputs) == (data.observed_names, pytest.approx(lab.data.inputs))
    for updates in (1, 30):
        lab.train(updates)
        check(lab)
    assert f"SSR = {exact(lab.ssr)} in its own units" in one_spaced(readout(lab))
    assert f"as it is trained: {exact(lab.training.ssr[-1])}" in readout(lab)
    lab.controls["seed"].value = 4
    check(lab)
    act(lab, "scaled_observed", False)
    np.testing.assert_array_equal(lab.data.observed, data.observed)
    check(lab)


def test_prices_that_stay_on_a_level_line_are_fitted_once_the_lab_is_told_to_scale_them():
    lab = PlaygroundLab(LARGE, activation="tanh", learning_rate=0.003)
    lab.train(3000)
    assert lab.ssr > 0.95 * level_line_ssr(LARGE)
    assert "The observed values reach 900 in size. Tick “Scale what was observed to 0…1”." in readout(lab)
    assert "The observed values reach 900" in label(lab)
    act(lab, "scaled_observed", True)
    assert "observed values reach" not in readout(lab)
    lab.train(3000)
    assert lab.ssr < 0.05 * level_line_ssr(LARGE)
    assert lab.view.fit.fits[0].squiggle.axes.get_ylim()[1] > 900
    check(lab)


@pytest.mark.parametrize(
    ("settings", "updates", "words"),
    [
        ({"hidden": ()}, 300, "Give it a hidden layer with a bend"),
        ({"data": SHIPPED["spring"](), "learning_rate": 0.1}, 2, "Lower it, then Restart"),
        ({"data": SHIPPED["spring"](), "learning_rate": 5e-5}, 2, "let it go on"),
        (
            {"data": SHIPPED["spring"](), "hidden": (1,), "activation": "relu", "learning_rate": 0.0015},
            500,
            "New start",
        ),
        ({"hidden": (2,), "learning_rate": 0.005, "seed": 2}, 1000, "raise the learning rate"),
        ({"data": Dataset([0, 0.02], [0, 1])}, 100, "The inputs vary by 0.02 only. Tick “Scale the inputs to 0…1”."),
    ],
)
def test_a_run_that_a_level_line_is_as_good_as_is_told_what_to_change(settings, updates, words):
    lab = PlaygroundLab(**settings)
    assert words not in readout(lab)
    lab.train(updates)
    assert words in readout(lab)
    act(lab, "scrub", 0)
    assert words not in readout(lab)


def test_axes_change_only_with_what_they_depend_on(backgrounds):
    lab = PlaygroundLab(learning_rate=0.01)
    backgrounds.clear()
    lab.train(10)
    act(lab, "back")
    act(lab, "learning_rate", 0.02)
    act(lab, "seed", 1)
    assert backgrounds == []
    for name, value in (("layers", 2), ("data", OWN), ("view", "network"), ("activation", "relu")):
        act(lab, name, value)
    assert backgrounds == [lab.picture] * 3  # what is on show, to be changed, is still the same data


def test_the_ssrs_axis_makes_room_as_the_run_needs_it(backgrounds):
    lab = PlaygroundLab(learning_rate=0.1)
    assert lab.view.trace.ax.get_ylim()[0] > 1e-3
    backgrounds.clear()
    lab.train(5000)
    assert lab.view.trace.ax.get_ylim()[0] < 1e-5
    assert len(backgrounds) == 1
    check(lab)


@pytest.mark.parametrize("rate", [0.007, 0.01, 0.02, 0.2, 1.0])
@pytest.mark.parametrize("activation", ["softplus", "tanh", "relu"])
def test_axes_are_drawn_anew_a_few_times_at_most_while_a_map_diverges(rate, activation, backgrounds):
    lab = PlaygroundLab(MAP_OF_PLANTS, activation=activation, learning_rate=rate)
    backgrounds.clear()
    while lab.training.status == "going" and lab.state.step < 60:
        act(lab, "step")
        step = lab.state.step
        assert lab.controls["scrub"].value == step
        assert f"Update {step:,} of" in readout(lab)
        assert f"after {step:,}" in label(lab)
        assert lab.view.trace.here[0].get_xdata() == [step]
    assert len(backgrounds) <= 4


def test_while_axes_are_drawn_anew_slider_readout_and_picture_still_agree(monkeypatch):
    lab = PlaygroundLab(MAP_OF_PLANTS, activation="tanh", learning_rate=0.05)
    seen, before = [], views(lab)

    def look(picture):
        seen.append((lab.controls["scrub"].value, overlay(lab), of_class(lab, "sq-readout").value))

    old = (0, overlay(lab), of_class(lab, "sq-readout").value)
    monkeypatch.setattr(LiveFigure, "draw_background", look)
    press_play_and_tick(lab, 10, 1)
    assert seen
    assert set(seen) == {old}
    assert views(lab) != before
    check(lab)


# data


@pytest.mark.parametrize("name", SHIPPED)
def test_every_data_set_of_the_package_can_be_chosen_and_the_code_names_it(name):
    lab = PlaygroundLab(learning_rate=0.001)
    act(lab, "data", name)
    data = SHIPPED[name]()
    assert name_of(lab.data) == name
    np.testing.assert_array_equal(lab.data.inputs, data.inputs)
    lab.train(3)
    assert f"data = {name}()" in lab.code()
    check(lab)
    act(lab, "data", OWN)
    assert lab.controls["text"].value == csv_text(data)
    act(lab, "use")
    assert name_of(lab.data) == name
    check(lab)


def test_your_own_data_begin_as_a_copy_of_what_is_on_show_and_nothing_is_lost():
    lab = PlaygroundLab()
    lab.train(10)
    panel = lab._data.panel
    assert panel.layout.display == "none"
    act(lab, "data", OWN)
    assert panel.layout.display is None
    assert lab.controls["text"].value == "Dosage,Efficacy\n0.0,0.0\n0.5,1.0\n1.0,0.0\n"
    assert (lab.state.step, len(lab.training)) == (10, 11)
    check(lab)


def test_a_table_that_is_pasted_is_read_shown_and_inlined_in_the_code():
    lab = PlaygroundLab()
    use(lab, "Dose;Age;Effect;Pain\n1;2;3,5;4\n2;3;4;5\n3;3;1;0", outputs=2)
    assert 'role="alert"' not in of_class(lab, "sq-readout").value
    assert lab.data.observed.tolist() == [[3.5, 4], [4, 5], [1, 0]]
    assert lab.network.sizes == (2, 4, 2)
    assert "your own: 3 points, Dose, Age → Effect, Pain" in readout(lab)
    assert "3.5" in lab.code()
    act(lab, "learning_rate", 0.001)
    lab.train(20)
    check(lab)


BAD = [
    ("", "nothing to read"), ("Dosage,Efficacy", ""), ("1,2\n3,x", "line 2"), ("1,2\n3", ""), ("1\n2", "column"),
    ("1,nan", ""), ("0,0\n1,1e999", ""), ("<b>a</b>,b\n<i>,1", "&lt;i&gt;"), ("1,2,3,4,5,6,7,8", "columns"),
    ("9" * 1_000_001, "1,000,000"), ("{", ""), ("=1+1,2", ""), ("0,5,1,2", "can mean two things"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), BAD, ids=[text[:12] for text, _ in BAD])
def test_a_table_that_is_none_is_told_in_plain_words_and_the_text_and_the_last_good_data_stay(text, words):
    lab = PlaygroundLab()
    use(lab, csv_text(LINE))
    lab.train(5)
    before, table = views(lab), lab.state.table
    act(lab, "text", text)
    act(lab, "use")
    assert_says(lab, words)
    assert lab.controls["text"].value == text
    assert lab._data.panel.layout.display is None
    assert repr(lab.state._replace(table=table)) == before["state"]  # all else of it
    assert views(lab) | {"readout": "", "state": ""} == before | {"readout": "", "state": ""}


def moves(lab):
    """All that would make updates: they make none, and nothing plays."""
    for move in (lambda: act(lab, "step"), lambda: act(lab, "play"), lambda: lab.train(9)):
        before = repr(lab.state)
        move()
        tick(lab)
        assert (repr(lab.state), lab.steps.clock.playing) == (before, False)
        yield


def test_after_a_table_was_refused_nothing_trains_and_what_is_wrong_stays_in_sight():
    lab = PlaygroundLab()
    lab.train(5)
    use(lab, "Day,Height\n1,2\n3,x")
    for _ in moves(lab):
        assert_says(lab, "line 3")
        assert_says(lab, "nothing trains until the table is read")
    for name, value in (("back", None), ("view", "network"), ("scaled", True), ("text", "Day,Height\n1,2\n3,4")):
        act(lab, name, value)
        assert_says(lab, "line 3")
    act(lab, "use")
    assert 'role="alert"' not in of_class(lab, "sq-readout").value
    act(lab, "step")
    assert (lab.state.step, len(lab.data)) == (1, 2)
    check(lab)


def test_after_a_table_was_refused_other_data_can_be_chosen_and_trained_on():
    lab = PlaygroundLab(learning_rate=0.001)
    use(lab, "1,2\n3,x")
    act(lab, "data", "spring")
    assert 'role="alert"' not in of_class(lab, "sq-readout").value
    act(lab, "step")
    assert lab.state.step == 1
    check(lab)
    act(lab, "data", OWN)
    assert_says(lab, "line 2")
    for _ in moves(lab):
        pass


def test_a_table_that_was_typed_and_not_read_is_not_passed_over():
    lab = PlaygroundLab()
    act(lab, "data", OWN)
    lab.train(2)
    assert lab.state.step == 2  # as yet it is what is on show
    for name, value in (("text", "1,2\n3,4"), ("outputs", 2)):
        act(lab, name, value)
        for _ in moves(lab):
            assert_says(lab, "not read yet: press “Use these data”")
    act(lab, "scrub", 1)  # what is recorded can be looked at
    assert lab.state.step == 1
    act(lab, "outputs", 1)
    act(lab, "use")
    lab.train(3)
    check(lab)


def test_a_table_that_was_read_but_cannot_be_shown_is_not_passed_over(monkeypatch):
    lab = PlaygroundLab()
    monkeypatch.setattr(lab.view, "stand", broken)
    use(lab, "1,2\n3,4")
    assert_says(lab, "the chalk")
    monkeypatch.undo()
    for _ in moves(lab):
        assert_says(lab, "not read yet")
    act(lab, "use")
    lab.train(3)
    check(lab)


def test_typing_while_it_plays_does_not_end_the_playing():
    lab = PlaygroundLab()
    act(lab, "data", OWN)
    act(lab, "play")
    act(lab, "text", "1,")
    tick(lab, 3)
    assert (lab.state.step, lab.steps.clock.playing) == (3, True)


def test_your_own_data_that_the_lab_began_with_come_back():
    lab = PlaygroundLab(LINE)
    act(lab, "data", "spring")
    act(lab, "data", OWN)
    assert lab.data is LINE
    assert lab.controls["text"].value == csv_text(LINE)
    check(lab)


def test_what_was_typed_outlives_a_look_at_other_data():
    lab = PlaygroundLab()
    act(lab, "data", OWN)
    act(lab, "text", "1,2\n3,x")
    act(lab, "use")
    act(lab, "data", "dosage")
    act(lab, "data", OWN)
    assert lab.controls["text"].value == "1,2\n3,x"
    check(lab)


def test_names_with_html_dollars_and_quotes_are_shown_as_they_are():
    lab = PlaygroundLab()
    use(lab, '<script>alert(1)</script>,"$x_1$, ""y"""\n0,1\n1,2')
    assert "<script" not in of_class(lab, "sq-readout").value
    assert "&lt;script&gt;" in of_class(lab, "sq-readout").value
    assert '$x_1$, "y"' in readout(lab)
    check(lab)
    assert lab.export("png").startswith(b"\x89PNG")


def test_more_rows_than_a_few_lines_of_python_hold_are_read_from_a_file(tmp_path, monkeypatch):
    x = np.linspace(0, 1, 150)
    lab = PlaygroundLab(Dataset(x, x**2), learning_rate=1e-3)
    lab.train(5)
    assert 'Dataset.from_csv("my_data.csv", outputs=1)' in lab.code()
    (tmp_path / "my_data.csv").write_text(csv_text(lab.state.base))
    monkeypatch.chdir(tmp_path)
    check(lab)


# odd networks and odd data


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (Dataset([1e6, 2e6], [0, 1]), "The inputs reach 2,000,000 in size. Tick “Scale the inputs to 0…1”."),
        (
            Dataset([0, 1], [1e6, 2e6]),
            "The observed values reach 2,000,000 in size. Tick “Scale what was observed to 0…1”.",
        ),
        (Dataset([0, 1], [1e160, 0]), "The observed values reach"),
    ],
)
def test_data_too_large_to_train_on_diverge_and_the_lab_says_what_helps(data, advice):
    lab = PlaygroundLab(data, hidden=(8, 8), learning_rate=5.0)
    lab.train(200)
    assert lab.training.status == "diverged"
    assert "Diverged" in readout(lab)
    assert "Lower the learning rate, then Restart" in readout(lab)
    assert advice in readout(lab)
    assert advice in label(lab)
    check(lab)
    act(lab, "scaled", True)
    check(lab)
    act(lab, "scaled_observed", True)
    check(lab)


def test_a_lower_rate_and_reset_mend_a_run_that_diverged():
    lab = PlaygroundLab(MAP, hidden=(6, 4), activation="tanh", learning_rate=1.0)
    lab.train(500)
    assert "Diverged" in readout(lab)
    act(lab, "learning_rate", 0.001)
    act(lab, "reset")
    lab.train(500)
    assert "Diverged" not in readout(lab)
    assert lab.ssr < lab.training.ssr[0]
    check(lab)


def test_dead_nodes_are_counted():
    lab = PlaygroundLab(hidden=(8,), activation="relu", seed=3)
    dead = sum((lab.network.forward(dosage().inputs).outputs[0] == 0).all(axis=0))
    assert dead > 1
    assert f"{dead} nodes are dead" in readout(lab)
    assert f"{dead} nodes are dead" in label(lab)
    act(lab, "activation", "tanh")
    assert "dead" not in readout(lab)


@pytest.mark.parametrize("data", [Dataset([1.0], [2.0]), Dataset([1, 1, 1], [5, 5, 5]), Dataset([0, 1], [0, 0])])
def test_one_point_and_constant_data_are_trained_like_any_other(data):
    lab = PlaygroundLab(data)
    for name, value in (("scaled", True), ("view", "network"), ("layers", 0), ("scaled", False)):
        lab.train(50)
        act(lab, name, value)
        check(lab)
    lab.train(20_000)
    assert lab.training.status == "converged"
    check(lab)


# files


def test_the_picture_is_handed_out_as_png_and_as_svg():
    lab = PlaygroundLab()
    lab.train(5)
    assert Image.open(io.BytesIO(lab.export("png"))).size == (1800, 600)
    assert ElementTree.fromstring(lab.export("svg")).tag.endswith("svg")


def test_the_run_is_handed_out_number_for_number():
    lab = PlaygroundLab(WIDE, hidden=(2,), learning_rate=0.01)
    lab.train(30)
    act(lab, "scrub", 3)
    head, *rows = csv.reader(io.StringIO(lab.export("csv").decode()))
    assert head == ["step", "SSR", *lab.network.parameters]
    table = np.array(rows, dtype=float)
    np.testing.assert_array_equal(table[:, 0], np.arange(31))
    np.testing.assert_array_equal(table[:, 1], lab.training.ssr)
    np.testing.assert_array_equal(table[:, 2:], lab.training.vectors)


def test_the_run_is_handed_out_in_both_units_where_what_was_observed_is_scaled():
    lab = PlaygroundLab(WIDE, hidden=(2,), learning_rate=0.01)
    act(lab, "scaled_observed", True)
    lab.train(30)
    head, *rows = csv.reader(io.StringIO(lab.export("csv").decode()))
    assert head == ["step", "SSR", "SSR (observed 0 to 1)", *lab.network.parameters]
    table = np.array(rows, dtype=float)
    np.testing.assert_array_equal(table[:, 2], lab.training.ssr)
    np.testing.assert_array_equal(table[:, 3:], lab.training.vectors)
    assert table[-1, 1] == pytest.approx(lab.ssr)
    for kind in ("png", "svg", "gif"):
        assert lab.export(kind)
    check(lab)


def test_the_film_shows_the_run_up_to_the_update_on_show_and_leaves_the_picture_as_it_was():
    lab = PlaygroundLab()
    lab.train(100)
    act(lab, "scrub", 60)
    before = views(lab)
    film = Image.open(io.BytesIO(lab.export("gif")))
    assert views(lab) == before
    assert 20 <= film.n_frames <= 40
    assert film.size == (900, 300)
    frames = []
    for k in range(film.n_frames):
        film.seek(k)
        frames.append(np.asarray(film.convert("RGB"), dtype=int))
    assert all((one != other).any() for one, other in pairwise(frames))
    still = Image.open(io.BytesIO(lab.export("png"))).convert("RGB").resize((900, 300))
    gap = [np.abs(frame - np.asarray(still, dtype=int)).mean() for frame in frames]
    assert min(gap) == gap[-1] < 6
    act(lab, "reset")
    assert Image.open(io.BytesIO(lab.export("gif"))).n_frames == 1


@pytest.mark.parametrize("kind", ["png", "svg", "csv", "gif"])
def test_a_button_offers_each_file_as_a_link_that_says_its_name_and_size(kind):
    lab = PlaygroundLab()
    lab.train(12)
    assert lab._save.panel.layout.display == "none"
    act(lab, "save", True)
    assert lab._save.panel.layout.display == "flex"
    before = views(lab)
    act(lab, f"save_{kind}")
    assert views(lab) == before
    link = of_class(lab, "sq-download").value
    assert f'download="playground-12.{kind}"' in link
    assert re.search(rf">Download playground-12\.{kind} \([\d,]+ kB\)</a>", link)
    assert 'href="data:' in link
    act(lab, "save", False)
    assert lab._save.panel.layout.display == "none"


def test_a_run_too_large_for_a_link_is_thinned_and_the_link_says_so(monkeypatch):
    monkeypatch.setattr("statquest_bp.labs.save_controls.LARGEST", 2000)
    lab = PlaygroundLab()
    lab.train(100)
    act(lab, "save_csv")
    assert "th update" in of_class(lab, "sq-download").value
    assert len(of_class(lab, "sq-download").value) < 4000
    assert len(lab.export("csv").splitlines()) == 102


def test_a_page_is_written_beside_the_notebook_and_said_to_be_there(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    lab = PlaygroundLab()
    lab.train(20)
    act(lab, "save_html")
    assert (tmp_path / "playground-20.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "playground-20.html (4 MB) now stands beside this notebook." in of_class(lab, "sq-download").value


def test_other_kinds_of_file_are_refused():
    with pytest.raises(ValueError, match=r"no export 'jpg'; choose one of png, svg, csv, gif, html"):
        PlaygroundLab().export("jpg")


# mistakes


def broken(*_, **__):
    raise RuntimeError("<b>the chalk</b> is broken")


@pytest.mark.parametrize("where", ["seen", "draw", "stand", "label", "readout", "follow", "code"])
def test_an_error_anywhere_is_told_and_undone_and_the_next_change_works(where, monkeypatch):
    lab = PlaygroundLab()
    act(lab, "code", True)
    lab.train(5)
    before = views(lab)
    monkeypatch.setattr(lab.steps if where == "follow" else lab.view, where, broken)
    act(lab, "layers", 2)
    assert_says(lab, "&lt;b&gt;the chalk&lt;/b&gt; is broken")
    monkeypatch.undo()
    act(lab, "digits", True)
    act(lab, "digits", False)
    assert views(lab) == before
    act(lab, "layers", 2)
    lab.train(5)
    check(lab)


def test_axes_that_could_not_be_drawn_leave_the_last_ones(monkeypatch):
    lab = PlaygroundLab()
    lab.train(5)
    before = views(lab)

    def fails(picture):
        if any(text.get_text() == "The network" for text in picture.figure.findobj(Text)):
            raise RuntimeError("out of paper")

    monkeypatch.setattr(LiveFigure, "draw_background", fails)
    act(lab, "view", "network")
    assert_says(lab, "out of paper")
    assert views(lab) | {"readout": ""} == before | {"readout": ""}
    lab.train(5)
    check(lab)


def test_a_film_that_could_not_be_made_leaves_the_picture_as_it_was(monkeypatch):
    lab = PlaygroundLab()
    lab.train(9)

    def fails(picture, show, moments):
        show(2)
        raise RuntimeError("out of film")

    monkeypatch.setattr("statquest_bp.labs.playground_lab.film", fails)
    with pytest.raises(RuntimeError):
        lab.export("gif")
    check(lab)
    act(lab, "save_gif")
    assert_says(lab, "out of film")
    assert lab.state.step == 9


def test_an_error_while_it_plays_ends_the_playing(monkeypatch):
    lab = PlaygroundLab()
    act(lab, "play")
    tick(lab)
    monkeypatch.setattr(lab.view, "draw", broken)
    tick(lab)
    assert not lab.steps.clock.playing
    assert_says(lab, "the chalk")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"hidden": (9,)}, r"each 1 to 8.*\(9,\)"), ({"hidden": (1, 1, 1, 1)}, "0 to 3 layers"),
        ({"hidden": 4}, "got 4"), ({"hidden": (2.5,)}, "2.5"), ({"hidden": (True,)}, "True"),
        ({"hidden": (0,)}, r"\(0,\)"), ({"activation": "swish"}, "swish"), ({"learning_rate": 0}, "learning_rate"),
        ({"learning_rate": NAN}, "learning_rate"), ({"seed": -1}, "seed"), ({"seed": 1.5}, "seed"),
    ],
)  # fmt: skip
def test_settings_that_make_no_network_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        PlaygroundLab(**settings)


def test_data_that_are_none_are_refused():
    with pytest.raises(TypeError, match="Dataset"):
        PlaygroundLab([[0, 1]])


@pytest.mark.parametrize("rate", [1e-7, 50.0])
def test_the_slider_of_the_learning_rate_reaches_the_rate_where_the_lab_begins(rate):
    lab = PlaygroundLab(learning_rate=rate)
    assert lab.controls["learning_rate"].value == pytest.approx(rate)
    check(lab)


# two labs, predictions, notebooks


def test_two_labs_share_nothing():
    one, other = PlaygroundLab(), PlaygroundLab()
    assert not {id(widget) for widget in widgets(one.widget)} & {id(widget) for widget in widgets(other.widget)}
    before = views(other)
    for name, value in ANY_CONTROL.items():
        act(one, name, value)
    one.train(20)
    assert views(other) == before
    check(other)


def test_a_predicted_ssr_is_marked_across_the_picture_until_it_is_taken_away():
    lab = PlaygroundLab()
    before = views(lab)
    lab.show_prediction(0.2)
    assert list(lab.view.trace.prediction.get_ydata()) == [0.2, 0.2]
    assert "The prediction 0.20 is marked." in label(lab)
    act(lab, "view", "network")
    assert list(lab.view.trace.prediction.get_ydata()) == [0.2, 0.2]
    lab.show_prediction(None)
    act(lab, "view", "parameters")
    assert views(lab) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("layers", 2), ("nodes1", 3), ("activation", "tanh"), ("seed", 5), ("new_start", None), ("learning_rate", 0.2),
     ("data", "spring"), ("scaled_observed", True)],
)  # fmt: skip
def test_a_mark_goes_when_what_was_predicted_is_another_run_and_comes_back_with_it(name, value):
    lab = PlaygroundLab(LINE, learning_rate=0.02)
    lab.train(20)
    lab.show_prediction(0.2)

    def marked():
        shown = len(lab.view.trace.prediction.get_xdata()) > 0
        assert shown == ("#56b4e9" in overlay(lab)) == ("is marked" in label(lab))
        return shown

    control = lab.controls[name if value is not None else "seed"]
    was = control.value
    act(lab, name, value)
    lab.train(3)
    assert not marked()
    control.value = was
    if name == "data":
        act(lab, "data", OWN)
    act(lab, "reset")
    lab.train(2)
    assert marked() or name == "scaled_observed"


def test_stepping_playing_looking_and_a_restart_keep_the_mark():
    lab = PlaygroundLab()
    lab.show_prediction(0.2)
    for name, value in (("step", None), ("view", "network"), ("digits", True), ("reset", None), ("back", None)):
        act(lab, name, value)
        assert "#56b4e9" in overlay(lab)
    press_play_and_tick(lab, 10, 2)
    assert "is marked" in label(lab)


def test_the_digits_switch_changes_what_is_shown_and_nothing_else():
    lab = PlaygroundLab()
    before = views(lab)
    act(lab, "digits", True)
    assert "in the video’s digits" in readout(lab)
    after = views(lab)
    assert {name for name in before if before[name] != after[name]} == {"readout"}
    act(lab, "digits", False)
    assert views(lab) == before


def test_a_saved_notebook_shows_the_lab_the_picture_and_the_numbers():
    lab = PlaygroundLab()
    data, _ = lab._repr_mimebundle_()
    assert data["text/plain"] == repr(lab)
    assert data["image/png"].startswith("iVBOR")


def test_the_code_runs_by_itself_and_says_the_ssr_on_show():
    lab = PlaygroundLab(LINE, hidden=(3, 2), activation="sigmoid", learning_rate=0.3, seed=9)
    lab.train(17)
    assert printed(lab.code()) == f"SSR = {ssr(lab.network, LINE):.4f}\n"
    assert overlay(lab)


def test_the_clock_that_plays_starts_knowing_how_far_it_goes(monkeypatch):
    lab, sent = PlaygroundLab(), []
    monkeypatch.setattr(type(lab.steps.clock), "send_state", lambda play, keys: sent.append(set(keys)))
    lab.controls["play"].click()
    assert [keys for keys in sent if "playing" in keys] == [{"max", "playing"}]
