"""CompareLab driven from Python: two networks go at one pace, each with its own layers, activation and rate."""

import pytest

from statquest_bp import Dataset, Network, descend, dosage, training
from statquest_bp.digits import exact
from statquest_bp.labs import CompareLab, LiveFigure
from tests.lab_views import act, label, of_class, one_spaced, readout, views, widgets
from tests.train_views import DATA, LINE, check, check_controls, press_play_and_tick, tick

UNLIKE = {"left": {"hidden": (2,)}, "right": {"hidden": (8, 3), "activation": "tanh", "learning_rate": 0.02}}


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    """It takes most of a lab's making, and has its own tests in test_live_figure.py."""
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


@pytest.fixture
def endless_time(monkeypatch):
    """A tick makes as many updates as its speed says, however slow the machine is."""
    monkeypatch.setattr(training, "perf_counter", lambda: 0.0)


def check_both(lab):
    check(lab)
    for side, name in enumerate(("left", "right")):
        check_controls(lab, side, f"{name}_")
        run, network = lab.trainings[side], lab.networks[side]
        done = min(lab.state.step, len(run) - 1)
        hidden = ", ".join(map(str, network.sizes[1:-1])) or "none"
        row = [name, hidden, network.activation, len(network.vector), f"{run.learning_rate:g}", f"{done:,}"]
        assert one_spaced(" ".join(map(str, row))) in one_spaced(readout(lab))
        assert exact(run.ssr[done]) in readout(lab)


def test_both_begin_on_the_same_data_from_the_same_seed():
    lab = CompareLab(**UNLIKE, seed=4)
    assert lab.networks == (Network.random((1, 2, 1), seed=4), Network.random((1, 8, 3, 1), "tanh", seed=4))
    assert [run.learning_rate for run in lab.trainings] == [0.05, 0.02]
    check_both(lab)


def test_without_settings_it_compares_two_activations():
    assert [network.activation for network in CompareLab().networks] == ["softplus", "relu"]
    assert CompareLab(left={}, right={}).networks[0] == CompareLab(left={}, right={}).networks[1]


@pytest.mark.parametrize("data", DATA.values(), ids=DATA.keys())
def test_any_data_are_shown_right_and_both_runs_are_descends(data):
    lab = CompareLab(data, left={"learning_rate": 0.01}, right={"hidden": (), "learning_rate": 0.02})
    lab.train(30)
    check_both(lab)
    for run, network, rate in zip(lab.trainings, lab.networks, (0.01, 0.02), strict=True):
        assert network == descend(run.start, data, rate, max_steps=30, min_step=1e-7).final


def test_one_set_of_moves_drives_both(endless_time):
    lab = CompareLab(**UNLIKE)
    press_play_and_tick(lab, 10, 3)
    assert [len(run) for run in lab.trainings] == [31, 31]
    for name, value, expected in (("back", None, 29), ("scrub", 5, 5), ("step", None, 6), ("reset", None, 0)):
        act(lab, name, value)
        assert lab.state.step == expected
        check_both(lab)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("name", "value"), [("layers", 0), ("nodes1", 5), ("activation", "sigmoid")])
def test_a_side_that_changes_begins_anew_and_the_other_waits_for_it(side, name, value):
    lab = CompareLab(**UNLIKE)
    lab.train(20)
    other = lab.trainings[side == "left"]
    act(lab, f"{side}_{name}", value)
    assert lab.state.step == 0
    assert lab.trainings[side == "left"] is other
    assert len(lab.trainings[side == "right"]) == 1
    check_both(lab)
    lab.train(3)
    assert (lab.state.step, len(other)) == (3, 21)
    check_both(lab)


def test_another_rate_goes_on_from_the_update_on_show(endless_time):
    lab = CompareLab(**UNLIKE)
    lab.train(20)
    act(lab, "scrub", 10)
    act(lab, "right_learning_rate", 0.1)
    assert (lab.state.step, [len(run) for run in lab.trainings]) == (10, [21, 11])
    assert lab.controls["scrub"].max == 10  # what both have made
    press_play_and_tick(lab, 10, 2)
    assert [len(run) for run in lab.trainings] == [31, 31]
    check_both(lab)


def test_the_side_that_ends_first_waits_there_and_says_why():
    lab = CompareLab(left={"learning_rate": 9.0}, right={"learning_rate": 0.01})
    lab.train(300)
    left, right = lab.trainings
    assert (left.status, right.status) == ("diverged", "going")
    assert (lab.state.step, len(left) < 300, len(right)) == (300, True, 301)
    assert "left: Diverged" in readout(lab)
    assert "right: Diverged" not in readout(lab)
    check_both(lab)
    act(lab, "left_learning_rate", 0.01)
    assert lab.state.step == len(left) - 1
    check_both(lab)
    act(lab, "reset")
    lab.train(50)
    assert "Diverged" not in readout(lab)
    check_both(lab)


def test_playing_ends_where_both_have_ended(endless_time):
    lab = CompareLab(LINE, left={"hidden": ()}, right={"learning_rate": 9.0})
    act(lab, "speed", 1000)
    act(lab, "play")
    tick(lab, 6)
    assert [run.status for run in lab.trainings] == ["converged", "diverged"]
    assert not lab.steps.clock.playing
    check_both(lab)


def test_another_seed_is_for_both():
    lab = CompareLab(**UNLIKE)
    lab.train(5)
    act(lab, "new_start")
    assert lab.state.seed == 2
    assert lab.networks == (Network.random((1, 2, 1), seed=2), Network.random((1, 8, 3, 1), "tanh", seed=2))
    check_both(lab)


def test_two_labs_share_nothing():
    one, other = CompareLab(), CompareLab()
    assert not {id(widget) for widget in widgets(one.widget)} & {id(widget) for widget in widgets(other.widget)}
    before = views(other)
    act(one, "left_layers", 3)
    one.train(20)
    assert views(other) == before


def test_it_carries_the_classes_that_tests_and_teachers_look_for():
    lab = CompareLab()
    assert lab.widget._dom_classes == ("sq-lab",)
    for name, control in lab.controls.items():
        assert of_class(lab, f"sq-control-{name}") is control
        assert control.description, name
    assert label(lab).startswith("Left: ")
    assert lab.data.inputs.tolist() == dosage().inputs.tolist()


def test_settings_that_make_no_network_are_refused():
    with pytest.raises(KeyError, match=r"no setting 'nodes'; there are hidden, activation, learning_rate"):
        CompareLab(left={"nodes": 3})
    with pytest.raises(ValueError, match="each 1 to 8"):
        CompareLab(right={"hidden": (9,)})
    with pytest.raises(TypeError, match="left"):
        CompareLab(left=(4,))
    with pytest.raises(ValueError, match="learning_rate"):
        CompareLab(left={"learning_rate": -1})


PRICES = Dataset([0, 0.5, 1], [400, 900, 400])


def test_a_side_that_a_level_line_is_as_good_as_is_told_how_to_begin():
    lab = CompareLab(PRICES, left={"learning_rate": 0.01}, right={"learning_rate": 1e-6})
    lab.train(500)
    assert "left: " in readout(lab)
    assert readout(lab).count("The observed values reach 900 in size. Begin with data.scaled(observed=True).") == 2
    scaled = CompareLab(PRICES.scaled(observed=True), left={"activation": "tanh"}, right={"hidden": ()})
    scaled.train(3000)
    assert "left: No better" not in readout(scaled)
    assert "right: Every step size" in readout(scaled)
    assert "Give it a hidden layer with a bend" in readout(scaled)
    check_both(scaled)


def test_a_mark_goes_while_one_side_is_another_run():
    lab = CompareLab(**UNLIKE)
    lab.show_prediction(0.2)
    lab.train(5)
    assert "is marked" in label(lab)
    act(lab, "right_layers", 1)
    assert "is marked" not in label(lab)
    assert len(lab.view.trace.prediction.get_xdata()) == 0
    act(lab, "right_layers", 2)
    assert "is marked" in label(lab)
