"""What the tests of the training labs share: all that such a lab shows, and that all of it is right."""

import contextlib
import html
import io
import re

import numpy as np

from statquest_bp import Dataset, in_own_units, ssr
from statquest_bp.digits import exact
from statquest_bp.labs.train_parts import MOMENTS
from tests.lab_views import act, code_shown, label, overlay, readout

RNG = np.random.default_rng(7)
LINE = Dataset([0, 1, 2, 3], [1, 3, 5, 7], ["Day"], ["Height"])
MAP = Dataset(RNG.uniform(-1, 1, (40, 2)), RNG.uniform(-1, 1, 40), ["East", "North"], ["Rain"])
WIDE = Dataset(RNG.uniform(-1, 1, (9, 4)), RNG.uniform(-1, 1, (9, 3)))
DATA = {"line": LINE, "map": MAP, "wide": WIDE, "one point": Dataset([1.0], [2.0])}


def tick(lab, count=1):
    """What the browser's clock sends, so many times."""
    for _ in range(count):
        lab.steps.clock.value += 1


def printed(source):
    """What this Python prints in a fresh namespace."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(source, {})
    return out.getvalue()


def check(lab):
    """Every view of the lab against numbers computed from its networks."""
    step = lab.state.step
    measured = lab.seen.fit.data
    assert lab.ssr == ssr(units(lab.networks[0], lab), measured)
    assert lab.controls["scrub"].value == step
    assert lab.controls["scrub"].max == lab.state.last
    assert lab.controls["seed"].value == lab.state.seed
    assert code_shown(lab) == lab.code()
    assert f'aria-label="{html.escape(lab.label)}"' in overlay(lab)
    assert overlay(lab) == lab.picture.overlay()  # nothing moved without being shown
    assert not re.search("nan|inf", overlay(lab).partition(">")[2])
    assert f"Update {step:,} of at most 20,000" in readout(lab)
    shown = printed(lab.code())
    fits = getattr(lab.view, "fits", None) or [lab.view.fit]
    low, high = lab.view.trace._lowest, lab.view.trace._highest
    for training, shown_as, seen, fit, line, here in zip(
        lab.trainings, lab.networks, lab.seen.fits, fits, lab.view.trace.lines, lab.view.trace.here, strict=True
    ):
        done = min(step, len(training) - 1)
        assert shown_as == training.network(done)
        network = units(shown_as, lab)
        assert network == seen.network
        error = exact(ssr(network, measured))
        for view in (readout(lab), label(lab), repr(lab).replace("-", "−")):
            assert error in view
        assert f"SSR = {ssr(network, measured):.4f}" in shown
        assert fit.describe(network) in label(lab)
        x, y = line.get_data()
        assert x.tolist() == [*(moment for moment in MOMENTS if moment < done), done]
        told = [ssr(units(training.network(k), lab), measured) for k in x]
        np.testing.assert_allclose(y, np.clip(told, low, 1e300), rtol=1e-9)  # what explodes leaves the picture
        np.testing.assert_array_equal(here.get_xydata(), [[x[-1], y[-1].clip(low, high)]])
        check_fit(fit, network, measured)


def units(network, lab):
    """The network as it predicts what was observed, in its own units."""
    measured = lab.seen.fit.data
    return network if measured is lab.data else in_own_units(network, measured)


def check_fit(fit, network, data):
    """The picture's artists, by its kind."""
    if data.inputs.shape[1] == 1:
        for output, curve in enumerate(fit.fits):
            x, y = curve.squiggle.get_data()
            np.testing.assert_array_equal(y, network.predict(x)[:, output])
    elif data.inputs.shape[1] > 2:
        for output, points in enumerate(fit.points):
            np.testing.assert_array_equal(points.get_ydata(), network.predict(data.inputs)[:, output])


def check_controls(lab, side=0, prefix=""):
    """The controls of one network show what it is."""
    training = lab.trainings[side]
    hidden = training.start.sizes[1:-1]
    value = {name: lab.controls[prefix + name].value for name in ("layers", "activation", "learning_rate")}
    assert value["layers"] == len(hidden)
    assert value["activation"] == training.start.activation
    assert float(f"{value['learning_rate']:.2g}") == float(f"{training.learning_rate:.2g}")
    for i in range(3):
        slider = lab.controls[f"{prefix}nodes{i + 1}"]
        assert (slider.layout.display != "none") == (i < len(hidden))
        if i < len(hidden):
            assert slider.value == hidden[i]


def press_play_and_tick(lab, speed, count):
    """Play at this speed for so many ticks, and pause."""
    act(lab, "speed", speed)
    act(lab, "play")
    tick(lab, count)
    act(lab, "play")
