"""What the tests of the labs share: how to drive a lab, all that it shows, and that all of it is right."""

import html
import re

import numpy as np
import pytest

from statquest_bp import dosage, residuals, ssr
from statquest_bp.chain_rule import gradient
from statquest_bp.digits import as_in_the_video, exact
from statquest_bp.labs import ChainRuleLab, DescentLab, SquiggleLab, SSRLab, SurfaceLab, TwoRatesLab


def widgets(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets(child)


def of_class(lab, name):
    """The one widget of the lab that carries this class."""
    (found,) = [widget for widget in widgets(lab.widget) if name in widget._dom_classes]
    return found


def readout(lab):
    return html.unescape(re.sub("<[^>]+>", " ", of_class(lab, "sq-readout").value))


def one_spaced(text):
    return re.sub(" +", " ", text)


def overlay(lab):
    return of_class(lab, "sq-picture").children[-1].value


def label(lab):
    return html.unescape(re.search('aria-label="([^"]*)"', overlay(lab))[1])


def code_shown(lab):
    """The code on show; where it is hidden, what a press of its button would show."""
    button = lab.controls["code"]
    was, button.value = button.value, True
    (shown,) = [widget.value for widget in widgets(lab.widget) if str(getattr(widget, "value", "")).startswith("<pre")]
    button.value = was
    return html.unescape(re.sub("<[^>]+>", "", shown))


def views(lab):
    """Everything that shows the state. The state itself by its text: that of a run holds arrays."""
    return {
        "state": repr(lab.state),
        "picture": re.sub('aria-label="[^"]*"', "", overlay(lab)),
        "label": label(lab),
        "readout": readout(lab),
        "code": code_shown(lab),
        "repr": repr(lab),
    }


def act(lab, name, value=None):
    """Push a button, or set a control."""
    if value is None:
        lab.controls[name].click()
    else:
        lab.controls[name].value = value


def main_slider(lab):
    """b3; in the lab that has none, the moments."""
    return lab.controls["b3" if "b3" in lab.controls else "scrub"]


def slide(lab, b3):
    """Move the lab's main slider to `b3`, moments by the tenth; returns where it is now, as the code writes it."""
    slider = main_slider(lab)
    slider.value = b3 if "b3" in lab.controls else round(10 * b3)
    return f"{slider.value:g}"


def networks(lab):
    """All that the lab shows, one or two."""
    return getattr(lab, "networks", (lab.network,))


def drawn(lab, name):
    """What the lab's view draws by this name; None where there is none."""
    return getattr(lab.view, name, None)


def fits(lab):
    """The picture of the squiggle of each of `networks`."""
    return drawn(lab, "fits") or [drawn(lab, "fit")]


def words(lab):
    """The label that its picture should have now."""
    return lab.label


def clock(lab):
    """What counts the steps while they are played."""
    return lab.steps.clock


def moving(lab):
    """The parameters that its run moves."""
    return getattr(lab, "optimize", None) or lab.state.plan.optimize


def check(lab):
    """Every view of the lab against numbers computed from its network."""
    assert lab.ssr == ssr(lab.network, dosage())
    for network, fit in zip(networks(lab), fits(lab), strict=True):
        error = ssr(network, dosage())
        assert f"SSR {exact(error)}" in label(lab)
        assert f"SSR = {exact(error)}" in repr(lab)
        x, y = fit.squiggle.get_data()
        np.testing.assert_allclose(y, network.predict(x)[:, 0])
    assert code_shown(lab) == lab.code()
    assert f'aria-label="{html.escape(words(lab))}"' in overlay(lab)
    assert overlay(lab) == lab.picture.overlay()  # nothing moved without being shown
    OWN_VIEWS[type(lab)](lab)


def check_squiggle_lab(lab):
    check_ssr_in_the_readout(lab)
    assert {name: lab.controls[name].value for name in lab.network.parameters} == pytest.approx(lab.network.parameters)
    for value in lab.network.predict(dosage().inputs)[:, 0]:
        assert lab.number(value) in readout(lab)


def check_slider_lab(lab):
    """SSRLab and ChainRuleLab."""
    name = getattr(lab, "parameter", "b3")
    check_fit_and_curve(lab, name)
    assert lab.controls[name].value == lab.network.parameters[name]
    assert f"{name} = {lab.number(lab.network.parameters[name])}" in readout(lab)


def check_descent_lab(lab):
    check_fit_and_curve(lab, lab.parameter)
    name, value = lab.parameter, lab.network.parameters[lab.parameter]
    check_position(lab)
    assert f"Step {lab.state.step}: {name} = {lab.number(value)}" in readout(lab)
    assert (drawn(lab, "curve").tried.get_xdata() == lab.run.parameters[name][: lab.state.step]).all()
    if lab.state.step < len(lab.run) - 1:
        assert drawn(lab, "curve").step.get_xdata()[1] == pytest.approx(lab.run.parameters[name][lab.state.step + 1])


def check_surface_lab(lab):
    check_ssr_in_the_readout(lab)
    check_residuals(lab)
    check_position(lab)
    step, here, surface = lab.state.step, lab.run[lab.state.step], lab.view.surface
    assert here.network == lab.network
    for name in lab.optimize:
        row = [lab.number(value[name]) for value in (here.network.parameters, here.gradient, here.step_size)]
        assert " ".join([name, *row]) in one_spaced(readout(lab))
    x, y = (lab.run.parameters[name] for name in (surface.x, surface.y))
    np.testing.assert_array_equal(surface.path.get_xydata(), np.column_stack([x, y])[: step + 1])
    np.testing.assert_array_equal(surface.here.get_xydata(), [[x[step], y[step]]])
    np.testing.assert_array_equal(
        surface.step.get_xydata(), np.column_stack([x, y])[[step, min(step + 1, lab.state.last)]]
    )
    assert f"{surface.x} = {exact(x[step])}, {surface.y} = {exact(y[step])}" in label(lab)
    check_map(surface, lab.network, every=9)


def check_two_rates_lab(lab):
    assert lab.controls["scrub"].value == lab.state.step
    for rate, run, network, line, here in zip(
        lab.rates, lab.runs, lab.networks, lab.view.trace.lines, lab.view.trace.here, strict=True
    ):
        done = min(lab.updates, len(run) - 1)
        assert network == run[done].network
        row = [f"{rate:g}", f"{done:,}", f"({run.status})" * (done == len(run) - 1), exact(run.ssr[done])]
        row += [lab.number(value) for value in network.parameters.values()]
        assert one_spaced(" ".join(row)) in one_spaced(readout(lab))
        x, y = line.get_data()
        assert x[-1] == done
        np.testing.assert_array_equal(y, run.ssr[x].clip(1e-6))
        np.testing.assert_array_equal(here.get_xydata(), [[x[-1], y[-1]]])


def check_ssr_in_the_readout(lab):
    assert f"SSR = {exact(lab.ssr)}" in readout(lab)


def check_residuals(lab):
    ends = drawn(lab, "fit").residuals.get_ydata().reshape(3, 3)
    np.testing.assert_allclose(ends[:, 0] - ends[:, 1], residuals(lab.network, dosage())[:, 0], atol=1e-12)


def check_fit_and_curve(lab, name):
    check_ssr_in_the_readout(lab)
    check_residuals(lab)
    assert drawn(lab, "curve").here.get_xydata()[0] == pytest.approx((lab.network.parameters[name], lab.ssr))
    slope = gradient(lab.network, dosage())[name]
    x, y = drawn(lab, "curve").tangent.get_data()
    if len(x):
        assert np.diff(y)[0] / np.diff(x)[0] == pytest.approx(slope, rel=1e-6, abs=1e-9)
        assert exact(slope) in readout(lab) or as_in_the_video(slope) in readout(lab)


def check_position(lab):
    """A run's: the step, and where it starts."""
    assert lab.controls["scrub"].value == lab.state.step
    assert lab.controls["scrub"].max == len(lab.run) - 1
    for name in moving(lab):
        assert lab.controls[name].value == lab.run.parameters[name][0]


def check_map(surface, network, every=1):
    """Within a cell of the map's grid, each line runs where the SSR is its level; returns how many points they have.

    Looked at: every so many of the points.
    """
    count, wide, high = 0, np.diff(surface.xs)[0], np.diff(surface.ys)[0]
    for level, line in zip(surface.levels, surface.contours, strict=True):
        points = line.get_xydata()
        assert line.get_visible() or not np.isfinite(points).any()
        points = points[np.isfinite(points).all(axis=1)]
        count += len(points)
        for x, y in points[::every]:
            around = [(x, y), (x - wide, y), (x + wide, y), (x, y - high), (x, y + high)]
            heights = [ssr(network.replace(**{surface.x: x, surface.y: y}), surface.data) for x, y in around]
            assert min(heights) <= level <= max(heights), (x, y)
    return count


OWN_VIEWS = {
    SquiggleLab: check_squiggle_lab,
    SSRLab: check_slider_lab,
    ChainRuleLab: check_slider_lab,
    DescentLab: check_descent_lab,
    SurfaceLab: check_surface_lab,
    TwoRatesLab: check_two_rates_lab,
}


def assert_says(lab, words):
    """The readout tells of a mistake in plain words, `words` among them."""
    shown = of_class(lab, "sq-readout").value
    assert 'role="alert"' in shown
    assert "That didn’t work" in shown
    assert words in shown
    assert not re.search("Traceback|Error|File ", shown)
