"""What the exercises of notebook 09 say, held against the labs that they send the learner to."""

import inspect

import numpy as np
import pytest

from statquest_bp import descend, dosage, growth, spring, stable_learning_rate, statquest_network
from statquest_bp.course import playground as ask
from statquest_bp.course.playground import values
from statquest_bp.labs import LandscapeLab, PlaygroundLab, StartsLab
from statquest_bp.labs.landscape_choices import sliced_through
from statquest_bp.video import LEARNING_RATE


@pytest.fixture
def lab():
    """The notebook's first playground."""
    return PlaygroundLab(
        spring(),
        hidden=(values.HIDDEN,),
        activation=values.ACTIVATION,
        learning_rate=values.RATE,
        seed=values.SEED,
    )


def test_the_prediction_is_of_what_the_lab_comes_to(lab):
    lab.train(values.UPDATES)
    assert lab.ssr == pytest.approx(ask.predict_the_fit().truth)
    assert lab.ssr < 0.1 * values.line_ssr()
    assert (np.diff(lab.training.ssr) < 0).all()  # no update raises it


def test_without_a_hidden_layer_the_lab_ends_at_the_best_straight_line(lab):
    lab.controls["layers"].value = 0
    lab.train(2000)
    assert lab.ssr == pytest.approx(ask.without_a_bend().answer, abs=1e-6)


def test_many_nodes_that_hand_on_their_sums_end_there_too(lab):
    lab.controls["activation"].value = "identity"
    lab.controls["learning_rate"].value = values.IDENTITY_RATE
    lab.controls["layers"].value = 3
    for layer in (1, 2, 3):
        lab.controls[f"nodes{layer}"].value = values.IDENTITY_NODES
    assert len(lab.network.parameters) > values.MANY_PARAMETERS
    lab.train(5000)
    assert lab.ssr == pytest.approx(values.line_ssr(), abs=1e-6)


def test_the_relu_node_dies_in_the_lab_as_told(lab):
    lab.controls["activation"].value = "relu"
    lab.controls["nodes1"].value = 1
    lab.train(1000)
    assert "1 node is dead" in lab._readout.value
    assert lab.ssr == pytest.approx(values.trained("relu", 1).ssr[-1])


def test_the_limit_of_the_last_bias_is_smaller_the_more_points_there_are():
    net, data = values.network(), spring()
    answer, last = ask.more_points_a_smaller_rate().answer, net.backward_order[0]
    for rate, status in ((0.9 * answer, "converged"), (1.1 * answer, "diverged")):
        assert descend(net, data, rate, [last], max_steps=10_000).status == status


def test_scaling_the_plants_gives_the_better_fit_and_room_for_the_learning_rate():
    net = values.network(2)
    rate, updates = values.PLANTS_RATE, values.UPDATES
    raw, scaled = (descend(net, data, rate, max_steps=updates, min_step=0.0) for data in (growth(), growth().scaled()))
    assert scaled.ssr[-1] < 0.1 * raw.ssr[-1]
    assert values.level_share(growth()) > 0.9
    assert values.level_share(growth().scaled()) == 0
    assert stable_learning_rate(net, growth().scaled()) > 2 * stable_learning_rate(net, growth())


@pytest.fixture(scope="module")
def landscape():
    """The notebook's LandscapeLab."""
    return LandscapeLab(updates=values.PATH)


def test_the_run_of_the_landscape_diverges_from_the_rate_that_is_asked_for(landscape):
    slider = landscape.controls["learning_rate"]
    answer = ask.a_rate_too_large_anywhere().answer
    for rate, status in ((answer - 0.005, "max steps"), (answer + 0.005, "diverged")):
        slider.value = rate
        assert landscape.run.status == status
    landscape.controls["reset"].click()


def test_the_map_says_more_than_10_where_the_path_ends_and_less_than_1_with_the_others_moved_on(landscape):
    def height_at_the_end():
        frame, end = landscape.state.view.frame, landscape.network.parameters
        return sliced_through(landscape.state).replace(**{name: end[name] for name in (frame.x, frame.y)})

    assert landscape.ssr < 0.01
    ssr_there = [values.path(LEARNING_RATE).ssr[-1]]
    landscape.controls["through"].value = "where it stands"
    assert height_at_the_end() == landscape.network
    landscape.controls["through"].value = "where the path starts"
    slice_ssr = ((dosage().observed - height_at_the_end().predict(dosage().inputs)) ** 2).sum()
    assert slice_ssr > 10
    assert landscape.ssr == pytest.approx(ssr_there[0])


def test_the_thousand_starts_are_those_of_the_lab():
    defaults = inspect.signature(StartsLab).parameters
    assert [defaults[name].default for name in ("starts", "max_steps", "min_step", "seed")] == [
        values.STARTS,
        values.MAX_STEPS,
        values.MIN_STEP,
        values.SEED,
    ]
    few = StartsLab(starts=30)
    assert few.state.trained.rate == values.STARTS_RATE
    np.testing.assert_array_equal(few.state.trained.groups, values.groups(values.STARTS_RATE)[:30])


def test_at_the_lessons_rate_there_are_fewer_fits_and_far_more_swing():
    assert ask.predict_how_many_fit().truth == values.count("fit", LEARNING_RATE)
    assert values.count("fit", LEARNING_RATE) < values.count("fit")
    assert values.count("swinging", LEARNING_RATE) > 2 * values.count("swinging")
    assert stable_learning_rate(statquest_network(), dosage()) < LEARNING_RATE
