"""The diagram lab driven from Python: the sweep, one parameter’s chain, and every view in step with both."""

import contextlib
import html
import io
import re

import ipywidgets
import numpy as np
import pytest

from statquest_bp import Network, chain, dosage, gradient, ssr, statquest_network, walkthrough
from statquest_bp.digits import exact
from statquest_bp.flow import flow
from statquest_bp.labs import DiagramLab, LiveFigure
from statquest_bp.video import BLACK_BOX

LESSON = statquest_network(b3=0)
BACKWARD = ("b3", "w4", "w3", "b2", "w2", "b1", "w1")
NAN = float("nan")


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    """It takes most of a lab's making, and has its own tests in test_live_figure.py."""
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


def widgets(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets(child)


def readout(lab):
    return html.unescape(re.sub("<[^>]+>", " ", lab._readout.value))


def overlay(lab):
    return lab.picture._overlay.value


def label(lab):
    return html.unescape(re.search('aria-label="([^"]*)"', overlay(lab))[1])


def views(lab):
    picture = re.sub('aria-label="[^"]*"', "", overlay(lab))
    return {
        "state": repr(lab.state),
        "picture": picture,
        "label": label(lab),
        "readout": readout(lab),
        "code": lab.code(),
        "repr": repr(lab),
    }


def act(lab, name, value=None):
    """Push a button, or set a control."""
    if value is None:
        lab.controls[name].click()
    else:
        lab.controls[name].value = value


def written(lab):
    """The values that stand in the picture, by their names."""
    texts = {name: text.get_text() for name, text in lab.view.diagram.boxes.items() if text.get_text()}
    return texts | dict(text.get_text().split(" = ") for text in lab.view.diagram.slopes.values() if text.get_text())


def check(lab):
    """Every view of the lab against numbers computed from its network."""
    network, point, step, parameter = lab.state
    values = flow(network, dosage(), point)
    assert lab.network is network
    assert lab.ssr == ssr(network, dosage())
    assert f"SSR = {exact(lab.ssr)}" in readout(lab)
    assert f"SSR {exact(lab.ssr)}" in label(lab)
    assert f"SSR = {exact(lab.ssr)})" in repr(lab)
    assert overlay(lab) == lab.picture.overlay()  # nothing moved without being shown
    for name, value in network.parameters.items():
        assert lab.controls[name].value == pytest.approx(value)
        assert lab.controls[name].layout.display == (None if name == parameter else "none")
        assert lab.view.diagram.parameters[name].get_text().endswith(f"{name} = {lab.number(value)}")
        assert f"{name} = {lab.number(value)}" in label(lab)
    assert lab.controls["point"].value == point
    assert lab.controls["scrub"].value == step
    assert lab.controls["parameter"].value == (parameter or "none")
    shown = written(lab)
    assert set(shown) == set(lab.seen.shown) - {"SSR"}
    for name, text in shown.items():
        assert text == lab.number(values[name])
        assert f"{name} = {text}" in label(lab)
    assert f"dosage {dosage().inputs[point, 0]:g}" in lab.view.diagram.caption.get_text()
    if parameter is None:
        assert f"step {step} of {walkthrough.LAST}" in repr(lab)
    else:
        assert f"dSSR/d{parameter} = {exact(values[f'dSSR/d{parameter}'])} here".replace("−", "-") in repr(lab)
        assert f"{lab.number(gradient(network, dosage())[parameter])}" in readout(lab)


# what every lab has


def test_the_lab_carries_the_classes_that_tests_and_teachers_look_for():
    lab = DiagramLab()
    assert lab.widget._dom_classes == ("sq-lab",)
    for name, control in lab.controls.items():
        assert f"sq-control-{name}" in control._dom_classes
        assert control in set(widgets(lab.widget))
        assert control.description, name
    assert set(lab.controls) == {
        *("point", "parameter", "back", "step", "all", "scrub", "reset", "digits", "code"),
        *LESSON.parameters,
    }


def test_the_lab_uses_stock_widgets_and_no_output():
    stock = {ipywidgets.Box, ipywidgets.VBox, ipywidgets.HTML, ipywidgets.FloatSlider, ipywidgets.Button}
    stock |= {ipywidgets.Checkbox, ipywidgets.ToggleButton, ipywidgets.ToggleButtons}
    assert {type(widget) for widget in widgets(DiagramLab().widget)} <= stock


@pytest.mark.parametrize("parameter", [None, *BACKWARD])
def test_the_lab_begins_with_every_view_right(parameter):
    check(DiagramLab(parameter=parameter))
    check(DiagramLab(statquest_network(**BLACK_BOX), parameter, 0))
    check(DiagramLab(statquest_network(w1=2.74, b1=0.5, w3=0.36, b3=1.25), parameter, 2))
    assert DiagramLab().network == LESSON


ALL = {"state", "picture", "label", "readout", "code", "repr"}
SWEPT = ALL - {"code"}
ACTIONS = [
    ([("step", None)], SWEPT),
    ([("all", None)], SWEPT),
    ([("scrub", 9.0), ("back", None)], SWEPT),
    ([("scrub", 9.0)], SWEPT),
    ([("all", None), ("point", 2)], ALL),
    ([("all", None), ("parameter", "w3")], ALL),
    ([("parameter", "w3"), ("parameter", "w4")], ALL),
    ([("parameter", "w1"), ("point", 0)], ALL),
    ([("parameter", "w1"), ("w1", 1.5)], ALL),
    ([("parameter", "b3"), ("step", None)], ALL),
    ([("scrub", 9.0), ("parameter", "b3"), ("parameter", "none")], ALL),
]


@pytest.mark.parametrize(("steps", "changed"), ACTIONS, ids=["-".join(name for name, _ in s) for s, _ in ACTIONS])
def test_a_control_moves_every_view_together_and_reset_brings_all_back(steps, changed):
    lab = DiagramLab()
    start = views(lab)
    for step in steps[:-1]:
        act(lab, *step)
    before = views(lab)
    act(lab, *steps[-1])
    after = views(lab)
    assert {name for name in ALL if after[name] != before[name]} == changed
    check(lab)
    act(lab, "reset")
    assert views(lab) == start
    check(lab)


def test_the_digits_switch_changes_what_is_shown_and_never_the_state():
    lab = DiagramLab()
    act(lab, "all")
    before = views(lab)
    act(lab, "digits", True)
    after = views(lab)
    assert {name for name in ALL if after[name] == before[name]} == {"state", "code", "repr"}
    assert "20.4 in the video’s digits" in after["readout"]
    assert written(lab)["Predicted"] == "−1.61"
    check(lab)
    act(lab, "digits", False)
    assert views(lab) == before


@pytest.mark.parametrize("parameter", [None, "b3", "w1"])
@pytest.mark.parametrize("network", [LESSON, statquest_network(**BLACK_BOX)], ids=["lesson", "black box"])
def test_the_code_gives_the_numbers_that_the_lab_shows(network, parameter):
    lab = DiagramLab(network, parameter, 2)
    act(lab, "code", True)
    assert html.escape(lab.code()) in lab._code.value
    assert max(map(len, lab.code().splitlines())) <= 120
    assert len(lab.code().splitlines()) <= 10
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code(), names)
    assert names["network"].parameters == lab.network.parameters
    values = flow(lab.network, dosage(), 2)
    wanted = [f"d{link.top}/d{link.bottom}" for link in lab.chain.links] if parameter else []
    assert [f"{name} = {values[name]:.4f}" for name in wanted] == printed.getvalue().splitlines()[: len(wanted)]
    for name in [parameter] if parameter else lab.network.parameters:
        assert f"dSSR/d{name} at this point = {values[f'dSSR/d{name}']:.4f}" in printed.getvalue()


def test_two_labs_share_nothing():
    one, other = DiagramLab(), DiagramLab()
    assert not set(widgets(one.widget)) & set(widgets(other.widget))
    before = views(other)
    act(one, "parameter", "w2")
    act(one, "w2", 1.5)
    one.show_prediction(1.0)
    assert views(other) == before
    check(one)


@pytest.mark.parametrize(
    ("parameter", "words"), [("w1", "you predicted dSSR/dw1 = 1.20"), (None, "you predicted 1.2 multiplications")]
)
def test_what_the_learner_predicted_stays_in_the_picture_until_it_is_taken_away(parameter, words):
    lab = DiagramLab(parameter=parameter)
    before = views(lab)
    lab.show_prediction(1.2)
    assert words in overlay(lab)
    assert "#56b4e9" in overlay(lab)
    assert "The prediction 1.20 is marked." in label(lab)
    act(lab, "step")
    assert words in overlay(lab)
    act(lab, "reset")
    lab.show_prediction(None)
    assert views(lab) == before


def test_a_saved_notebook_shows_the_lab_the_picture_and_the_numbers():
    lab = DiagramLab(parameter="w3")
    data, _ = lab._repr_mimebundle_()
    assert data["text/plain"] == repr(lab)
    assert repr(lab) == "DiagramLab(dosage 0.5, dSSR/dw3 = -4.2805 here and -16.1088 over all points, SSR = 20.4236)"
    assert data["image/png"].startswith("iVBOR")


# the sweep


def test_the_sweep_goes_forward_then_back_in_the_lessons_order():
    assert walkthrough.known(5) == (
        *("Input", "x1", "x2", "y1", "y2", "Predicted"),
        *("Observed", "Residual", "Residual²", "SSR"),
    )
    back = [name.removeprefix("dSSR/d") for step in range(6, walkthrough.LAST + 1) for name in walkthrough.newest(step)]
    assert back == ["Predicted", "b3", "w4", "w3", "y2", "y1", "x2", "x1", "b2", "w2", "b1", "w1"]
    assert tuple(name for name in back if name in LESSON.parameters) == LESSON.backward_order == BACKWARD
    slopes = [chain(LESSON, dosage(), name) for name in BACKWARD]
    for slope in slopes:
        for one, next_one in zip(slope.links, slope.links[1:], strict=False):
            assert back.index(one.bottom) < back.index(next_one.bottom)  # nothing is needed before it is known
    assert {link.bottom for slope in slopes for link in slope.links} == set(back)


@pytest.mark.parametrize("point", range(3))
def test_step_by_step_each_value_appears_when_it_becomes_known_and_the_newest_is_stressed(point):
    lab = DiagramLab(point=point)
    for step in range(walkthrough.LAST + 1):
        assert lab.state.step == step
        check(lab)
        assert set(written(lab)) == set(walkthrough.known(step)) - {"SSR"}
        bold = re.findall('font-weight="bold"[^>]*>([^<]*)<', overlay(lab))
        assert len(bold) == len(walkthrough.newest(step))
        assert all(
            any(name in words or words[0] in "−0123456789" for name in walkthrough.newest(step)) for words in bold
        )
        assert all(f"{name} = " in readout(lab) for name in walkthrough.newest(step) if name not in ("Observed", "SSR"))
        act(lab, "step")
    assert lab.state.step == walkthrough.LAST  # one step more leads nowhere
    for _ in range(walkthrough.LAST + 2):
        act(lab, "back")
    assert lab.state.step == 0
    check(lab)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (0, "only the parameters are known"),
        (1, "Input = 0.5000."),
        (2, "x1 = Input × w1 + b1 = 0.5000 × 3.3400 + (−1.4300) = 0.2400; x2 ="),
        (3, "y2 = softplus(x2) = softplus(−1.1950) = 0.2644."),
        (4, "= y1 × w3 + y2 × w4 + b3 = 0.8203 × (−1.2200) + 0.2644 × (−2.3000) + 0.0000 = −1.6090."),
        (5, "Residual = Observed − Predicted = 1.0000 − (−1.6090) = 2.6090; Residual² = 2.6090² = 6.8070."),
        (6, "dSSR/dPredicted = −2 × (Observed − Predicted) = −2 × (1.0000 − (−1.6090)) = −5.2180."),
        (7, "Back to b3: dSSR/db3 = dSSR/dPredicted × 1 = (−5.2180) × 1 = −5.2180. Reused: dSSR/dPredicted."),
        (9, "Back to w3: dSSR/dw3 = dSSR/dPredicted × y1 = (−5.2180) × 0.8203 = −4.2805. Reused: dSSR/dPredicted."),
        (11, "Back through w3: dSSR/dy1 = dSSR/dPredicted × w3 = (−5.2180) × (−1.2200) = 6.3660. Reused: dSSR/dP"),
        (12, "dSSR/dx2 = dSSR/dy2 × e^x2 / (1 + e^x2) = 12.0015 × e^(−1.1950) / (1 + e^(−1.1950)) = 2.7887. Reused"),
        (17, "Back to w1: dSSR/dw1 = dSSR/dx1 × Input = 3.5631 × 0.5000 = 1.7816. Reused: dSSR/dx1. One point is"),
    ],
)
def test_the_readout_says_what_a_step_did_with_its_numbers_and_what_it_reused(step, words):
    lab = DiagramLab()
    act(lab, "scrub", step)
    assert words in readout(lab)
    assert ("Reused" in readout(lab)) == (step > 6)


def test_the_equations_hold_on_any_network():
    rng = np.random.default_rng(0)
    for _ in range(20):
        network = LESSON.replace(**{name: rng.normal() for name in LESSON.parameters})
        values = flow(network, dosage(), 1)
        known = {"softplus": lambda x: np.log1p(np.exp(x)), "e": np.e} | {
            name.replace("/", "_over_"): value for name, value in values.items() if name != "Residual²"
        }
        for name, formula in walkthrough.formulas([chain(network, dosage(), name) for name in BACKWARD]).items():
            python = formula.replace("²", "**2").replace("^", "**").replace("×", "*").replace("−", "-")
            python = re.sub(r"dSSR/d(\w+)", r"dSSR_over_d\1", python)
            assert eval(python, known) == pytest.approx(values[name]), name


def test_reuse_saves_a_third_of_the_multiplications():
    lab, told = DiagramLab(), {}
    for step in range(walkthrough.LAST + 1):
        act(lab, "scrub", step)
        found = re.search(r"done so far: (\d+); without reuse it would be (\d+)\.", readout(lab))
        told[step] = tuple(map(int, found.groups())) if found else None
    assert [told[step] for step in range(7)] == [None] * 7
    assert [told[step] for step in (7, 8, 9, 14, 15, 16, 17)] == [
        (0, 0),
        (1, 1),
        (2, 2),
        (4, 4),
        (5, 7),
        (7, 9),
        (8, 12),
    ]
    assert "for the 7 parameters done so far: 8; without reuse it would be 12." in readout(lab)


def test_a_factor_that_is_always_1_is_no_multiplication():
    slopes = {name: chain(LESSON, dosage(), name) for name in BACKWARD}
    assert {name: walkthrough.multiplications([slope])[1] for name, slope in slopes.items()} == dict(
        b3=0, w4=1, w3=1, b2=2, w2=3, b1=2, w1=3
    )
    assert walkthrough.multiplications(list(slopes.values())) == (8, 12)
    assert walkthrough.multiplications([]) == (0, 0)


# one parameter's chain


@pytest.mark.parametrize("parameter", BACKWARD)
def test_the_chain_of_the_chosen_parameter_lights_up_with_the_value_of_every_link(parameter):
    lab = DiagramLab()
    act(lab, "parameter", parameter)
    check(lab)
    slope, at = chain(LESSON, dosage(), parameter), lab.state.point
    lit = {link.bottom: f"d{link.top}/d{link.bottom} = {exact(link.values[at])}" for link in slope.links}
    assert {name: text.get_text() for name, text in lab.view.diagram.slopes.items() if text.get_text()} == lit
    assert {name for name, arrow in lab.view.diagram.arrows.items() if arrow.get_visible()} == set(lit)
    path = {parameter, *(link.formula for link in slope.links)} & set(lab.view.diagram.weights)
    assert {name for name, line in lab.view.diagram.weights.items() if line.get_alpha() == 1} == path
    names = " × ".join(text.split(" = ")[0] for text in lit.values())
    assert f"At dosage 0.5: dSSR/d{parameter} = {names} = (−5.2180) × " in readout(lab)
    assert f"= {exact(slope.terms[at])} Over all points:" in re.sub(r"\s+", " ", readout(lab))
    assert re.sub(r"\s+", " ", readout(lab)).count(f"= {exact(slope.total)} ") == 1


def test_the_readout_of_w3_is_the_lessons_product():
    lab = DiagramLab(parameter="w3")
    assert (
        "dSSR/dw3 = dSSR/dPredicted × dPredicted/dw3 = (−5.2180) × 0.8203 = −4.2805 "
        "Over all points: dSSR/dw3 = (−1.1173) + (−4.2805) + (−10.7110) = −16.1088"
    ) in re.sub(r"\s+", " ", readout(lab))


def test_the_sweep_waits_where_it_was_while_a_chain_is_lit():
    lab = DiagramLab()
    act(lab, "scrub", 9)
    before = views(lab)
    act(lab, "parameter", "b1")
    assert lab.chain.parameter == "b1"
    act(lab, "parameter", "none")
    assert lab.chain is None
    assert views(lab) == before
    act(lab, "parameter", "b1")
    act(lab, "step")
    assert (lab.state.step, lab.state.parameter) == (10, None)
    check(lab)


def test_the_chosen_parameter_moves_and_the_flow_follows_live():
    lab = DiagramLab(parameter="w3")
    widths = []
    for value in (0.5, -2.0, 5.5):
        act(lab, "w3", value)
        check(lab)
        widths.append(lab.view.diagram.weights["w3"].get_linewidth())
        assert lab.view.diagram.weights["w3"].get_linestyle() == ("--" if value < 0 else "-")
    assert widths == sorted(widths)
    assert lab.controls["w3"].continuous_update


# mistakes


def assert_says(lab, words):
    assert 'role="alert"' in lab._readout.value
    assert "That didn’t work" in lab._readout.value
    assert words in lab._readout.value
    assert not re.search("Traceback|Error|File ", lab._readout.value)


def test_a_number_that_is_none_is_refused_in_plain_words_and_the_last_good_state_stays():
    lab = DiagramLab(parameter="w3")
    before = views(lab)
    act(lab, "w3", NAN)
    assert_says(lab, "w3 must be a number; got nan")
    assert views(lab) | {"readout": ""} == before | {"readout": ""}
    act(lab, "w3", 0.5)
    check(lab)


def broken(*_, **__):
    raise RuntimeError("<b>the chalk</b> is broken")


@pytest.mark.parametrize("where", ["seen", "draw", "mark", "label", "readout", "code", "a control", "a handler"])
@pytest.mark.parametrize("action", [("point", 2), ("parameter", "w2"), ("step", None), ("w1", 1.5)])
def test_an_error_anywhere_is_told_in_the_readout_and_undone_and_the_next_change_works(action, where, monkeypatch):
    lab = DiagramLab(parameter="w1")
    act(lab, "code", True)
    before = views(lab)
    breaks = {"a control": (lab.parts[-1], "follow"), "a handler": (type(lab.state), "_replace")}
    monkeypatch.setattr(*breaks.get(where, (lab.view, where)), broken)
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        act(lab, *action)
    assert out.getvalue() == ""
    assert_says(lab, "&lt;b&gt;the chalk&lt;/b&gt; is broken")
    monkeypatch.undo()
    assert repr(lab.state) == before["state"]
    assert views(lab) == before | {"readout": readout(lab)}
    act(lab, "point", 0)
    check(lab)


def test_other_networks_parameters_and_points_are_refused():
    with pytest.raises(ValueError, match="1-2-1"):
        DiagramLab(Network.random((1, 3, 1), seed=0))
    with pytest.raises(ValueError, match="softplus"):
        DiagramLab(Network.random((1, 2, 1), activation="relu", seed=0))
    with pytest.raises(TypeError, match="takes a Network"):
        DiagramLab("the lesson")
    with pytest.raises(KeyError, match="w5"):
        DiagramLab(parameter="w5")
    for wrong in (3, -1, 0.5, True, "1"):
        with pytest.raises(ValueError, match="point must be a whole number from 0 to 2"):
            DiagramLab(point=wrong)


@pytest.mark.parametrize("view", ["readout", "label", "caption", "summary"])
def test_a_view_that_lags_behind_is_caught(view, monkeypatch):
    lab = DiagramLab()
    old = getattr(lab.view, view)(lab.seen, *([] if view == "summary" else [lab.number]))
    monkeypatch.setattr(lab.view, view, lambda *_: old)
    act(lab, "parameter", "w1")
    act(lab, "point", 2)
    act(lab, "w1", 1.5)
    with pytest.raises(AssertionError):
        check(lab)
