"""The labs driven from Python: whatever is changed, every view follows the one state, and nothing breaks a lab."""

import ast
import contextlib
import functools
import html
import io
import re
import sys
import threading
import tokenize

import ipywidgets
import numpy as np
import pytest

from statquest_bp import Network, descend, dosage, ssr, ssr_along, statquest_network
from statquest_bp.chain_rule import gradient
from statquest_bp.digits import as_in_the_video, exact
from statquest_bp.labs import (
    ChainRuleLab,
    DescentLab,
    DiagramLab,
    LandscapeLab,
    LiveFigure,
    SquiggleLab,
    SSRLab,
    SurfaceLab,
    TwoRatesLab,
    two_rates_lab,
)
from statquest_bp.labs.controls import Slider
from statquest_bp.labs.view import Digits
from statquest_bp.video import DETAILS_2, OPTIMAL
from tests.lab_views import (
    act,
    assert_says,
    check,
    clock,
    code_shown,
    drawn,
    fits,
    label,
    main_slider,
    moving,
    of_class,
    overlay,
    readout,
    slide,
    views,
    widgets,
)

NAN = float("nan")
LABS = (SquiggleLab, SSRLab, ChainRuleLab, DescentLab, SurfaceLab, TwoRatesLab)
every_lab = pytest.mark.parametrize("make", LABS)


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    """It takes most of a lab's making, and has its own tests in test_live_figure.py."""
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


@functools.cache
def descended(start, rate, max_steps, min_step):
    return descend(start, dosage(), rate, max_steps=max_steps, min_step=min_step)


@pytest.fixture(autouse=True)
def long_runs_are_made_once(monkeypatch):
    """They take the rest of it."""
    monkeypatch.setattr(two_rates_lab, "descend", lambda start, _, rate, **limits: descended(start, rate, **limits))


# what every lab has


@every_lab
def test_a_lab_carries_the_classes_that_tests_and_teachers_look_for(make):
    lab = make()
    assert [widget for widget in widgets(lab.widget) if "sq-lab" in widget._dom_classes] == [lab.widget]
    assert lab.widget._dom_classes == ("sq-lab",)
    of_class(lab, "sq-picture")
    of_class(lab, "sq-readout")
    for name, control in lab.controls.items():
        assert of_class(lab, f"sq-control-{name}") is control


@every_lab
def test_a_lab_uses_stock_widgets_and_no_output(make):
    stock = {ipywidgets.Box, ipywidgets.VBox, ipywidgets.HTML, ipywidgets.FloatSlider, ipywidgets.Button}
    stock |= {ipywidgets.Checkbox, ipywidgets.ToggleButton, ipywidgets.ToggleButtons, ipywidgets.Play}
    assert {type(widget) for widget in widgets(make().widget)} <= stock


@every_lab
def test_the_sliders_of_the_parameters_have_the_courses_ranges(make):
    lab = make()
    ranges = {"b": (-4, 4), "w": (-6, 6)}
    sliders = {name: lab.controls[name] for name in lab.network.parameters if name in lab.controls}
    own = {SquiggleLab: set(lab.network.parameters), SurfaceLab: {"w3", "w4", "b3"}, TwoRatesLab: set()}
    assert set(sliders) == own.get(make, {"b3"})
    for name, slider in sliders.items():
        assert type(slider) is ipywidgets.FloatSlider
        assert (slider.min, slider.max) == ((-1, 4) if name == "b3" else ranges[name[0]])
        assert slider.step == 0.01
        assert slider.continuous_update  # live: while it moves


@every_lab
def test_every_lab_can_be_reset_round_its_digits_and_show_its_code(make):
    assert {"reset", "digits", "code"} <= set(make().controls)


@every_lab
def test_every_button_says_what_it_does(make):
    for name, control in make().controls.items():
        assert control.description, name


@every_lab
def test_a_lab_begins_with_every_view_right(make):
    check(make())
    check(make(network=statquest_network(w1=2.74, b1=0.5, w3=0.36, b3=1.25)))


def test_the_labs_begin_where_the_lesson_does():
    assert SquiggleLab().network.parameters == statquest_network().parameters
    for make in (SSRLab, ChainRuleLab, DescentLab):
        assert make().network.parameters == statquest_network(b3=0).parameters


@pytest.mark.parametrize("name", OPTIMAL)
def test_every_parameter_can_be_optimised_alone(name):
    lab = DescentLab(name, max_steps=200)
    assert lab.network.parameters == statquest_network(**{name: DETAILS_2[name]}).parameters
    check(lab)
    for k in (1, 3, len(lab.run) - 1):
        act(lab, "scrub", k)
        check(lab)
    assert lab.run.status == "converged"
    assert lab.network.parameters[name] == pytest.approx(OPTIMAL[name], abs=0.06)
    low, high = drawn(lab, "curve").ax.get_xlim()
    assert low < OPTIMAL[name] < high, "the valley is in the picture"
    act(lab, name, 0.5)
    assert lab.network.parameters == statquest_network(**{name: 0.5}).parameters
    check(lab)
    act(lab, "reset")
    check(lab)


@pytest.mark.parametrize("name", OPTIMAL)
def test_every_parameters_chain_is_worked_out_link_by_link(name):
    lab = ChainRuleLab(name)
    links = len(lab.chain.links)
    act(lab, "step")
    check(lab)
    assert lab.state.parts == 1
    act(lab, "all")
    check(lab)
    assert lab.state.parts == 3 * (links + 1) + 1
    assert f"dSSR/d{name} = {exact(gradient(lab.network, dosage())[name])}" in repr(lab).replace("-", "−")
    act(lab, name, 1.5)
    check(lab)
    act(lab, "reset")
    check(lab)


@pytest.mark.parametrize("make", [DescentLab, ChainRuleLab])
def test_an_unknown_parameter_is_refused_with_the_nearest_names(make):
    with pytest.raises(KeyError, match=r"b4.*nearest.*b3"):
        make("b4")
    with pytest.raises(KeyError, match="no parameter 3"):
        make(3)


@pytest.mark.parametrize("b3", [10.0, -7.25])
@pytest.mark.parametrize("make", LABS[:-1])  # the last has no slider for a parameter
def test_a_slider_reaches_the_value_where_its_lab_begins(make, b3):
    check(make(network=statquest_network(b3=b3)))


@pytest.mark.parametrize("rate", [0.001, 0.9])
def test_the_slider_of_the_learning_rate_reaches_the_rate_where_the_lab_begins(rate):
    assert DescentLab(learning_rate=rate).controls["learning_rate"].value == rate


OTHER = statquest_network(w1=3, b1=-1, w2=-3, b2=1, w3=-1, w4=-2, b3=2)
ALL = {"state", "picture", "label", "readout", "code", "repr"}
ACTIONS = [
    *[
        (SquiggleLab, [(name, value)], ALL)
        for name, value in statquest_network(b3=0.5).replace(w1=2).parameters.items()
    ],
    (SSRLab, [("b3", 1.0)], ALL),
    (SSRLab, [("curve", None)], {"state", "picture", "label"}),
    (ChainRuleLab, [("b3", 1.0)], ALL),
    (ChainRuleLab, [("step", None)], {"state", "picture", "label", "readout", "repr"}),
    (ChainRuleLab, [("all", None)], {"state", "picture", "label", "readout", "repr"}),
    (ChainRuleLab, [("all", None), ("back", None)], {"state", "picture", "label", "readout", "repr"}),
    (DescentLab, [("step", None)], ALL),
    (DescentLab, [("step", None), ("back", None)], ALL),
    (DescentLab, [("scrub", 3.0)], ALL),
    (DescentLab, [("b3", 1.0)], ALL),
    (DescentLab, [("step", None), ("learning_rate", 0.3)], ALL),
    *[(DescentLab, [("step", None), (f"rate_{name}", None)], ALL) for name in ("fifth", "three_tenths", "half")],
    (DescentLab, [("rate_three_tenths", None), ("step", None), ("rate_tenth", None)], ALL),
    (SurfaceLab, [("step", None)], ALL),
    (SurfaceLab, [("step", None), ("back", None)], ALL),
    (SurfaceLab, [("scrub", 20.0)], ALL),
    *[(SurfaceLab, [("step", None), (name, -0.5)], ALL) for name in ("w3", "w4", "b3")],
    (SurfaceLab, [("step", None), ("learning_rate", 0.05)], ALL),
    (SurfaceLab, [("scrub", 20.0), ("pair", "w4 and b3")], {"state", "picture", "label"}),
    (TwoRatesLab, [("step", None)], ALL),
    (TwoRatesLab, [("step", None), ("back", None)], ALL),
    (TwoRatesLab, [("scrub", 100.0)], ALL),
]


@pytest.mark.parametrize(
    ("make", "steps", "changed"), ACTIONS, ids=[f"{m.__name__}-{'-'.join(n for n, _ in s)}" for m, s, _ in ACTIONS]
)
def test_a_control_moves_every_view_together_and_reset_brings_all_back(make, steps, changed):
    lab = SquiggleLab(network=OTHER) if make is SquiggleLab else make()
    start = views(lab)
    for name, value in steps[:-1]:
        act(lab, name, value)
    before = views(lab)
    act(lab, *steps[-1])
    after = views(lab)
    assert {name for name in ALL if after[name] != before[name]} == changed
    check(lab)
    act(lab, "reset")
    assert views(lab) == start
    check(lab)


@every_lab
def test_the_digits_switch_changes_what_is_shown_and_nothing_else(make):
    lab = make() if make is TwoRatesLab else make(network=statquest_network(b3=0))
    if make is ChainRuleLab:
        act(lab, "all")
    before = views(lab)
    act(lab, "digits", True)
    after = views(lab)
    for name in ("state", "picture", "code", "repr"):
        assert after[name] == before[name]
    if make is TwoRatesLab:
        assert exact(lab.ssr) in after["readout"]
        assert ("2.7400" in before["readout"], "2.7400" in after["readout"]) == (True, False)
    else:
        assert "20.4 in the video’s digits" in after["readout"]
    assert re.search("(2.61|15.7|2.74)(?![0-9])", after["readout"])
    check(lab)
    act(lab, "digits", False)
    assert views(lab) == before


@every_lab
def test_the_code_is_shown_on_request(make):
    lab = make()
    shown = lab.widget.children[-1]
    assert shown.layout.display == "none"
    act(lab, "code", True)
    assert shown.layout.display == "block"
    assert slide(lab, 1.5) in shown.value
    assert html.escape(lab.code()) in shown.value  # and it follows while it is shown
    act(lab, "code", False)
    assert shown.layout.display == "none"


def runs_on_python_3_11(source):
    """Whether no f-string holds its own kind of quote or a backslash, which Python reads only from 3.12 on."""
    ast.parse(source, feature_version=(3, 11))
    if sys.version_info < (3, 12):
        return True
    outer = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        name = tokenize.tok_name[token.type]
        if name == "STRING" and any(quote in token.string or "\\" in token.string for quote in outer):
            return False
        if name == "FSTRING_START":
            outer.append(token.string[-1])
        if name == "FSTRING_END":
            outer.pop()
    return True


def test_code_that_only_a_newer_python_can_read_is_seen():
    assert runs_on_python_3_11("""print(f"{a['b']}")""")
    if sys.version_info >= (3, 12):
        assert not runs_on_python_3_11("""print(f"{a["b"]}")""")


STATES = [
    (SquiggleLab, []),
    (SquiggleLab, [("w1", -6.0), ("b2", 3.99), ("w4", 0.07)]),
    (SSRLab, []),
    (SSRLab, [("b3", 2.61)]),
    (SSRLab, [("b3", -0.3), ("curve", None), ("digits", True)]),
    (ChainRuleLab, [("b3", 1.57)]),
    (ChainRuleLab, [("all", None)]),
    (DescentLab, []),
    (DescentLab, [("step", None), ("step", None)]),
    (DescentLab, [("rate_fifth", None), ("step", None)]),
    (DescentLab, [("rate_three_tenths", None), ("b3", -0.77), ("scrub", 7)]),
    (DescentLab, [("rate_half", None), ("scrub", 50)]),
    (DescentLab, [("learning_rate", 0.03), ("digits", True), ("scrub", 12)]),
    (SurfaceLab, []),
    (SurfaceLab, [("w4", -1.27), ("learning_rate", 0.05), ("pair", "w3 and b3"), ("digits", True), ("scrub", 33)]),
    (TwoRatesLab, [("scrub", 100)]),
]


@pytest.mark.parametrize(("make", "steps"), STATES)
def test_the_code_gives_the_numbers_that_the_lab_shows(make, steps):
    lab = make()
    for step in steps:
        act(lab, *step)
    check(lab)
    source, names, printed = code_shown(lab), {}, io.StringIO()
    assert runs_on_python_3_11(source)
    assert len(source.splitlines()) <= 10
    with contextlib.redirect_stdout(printed):
        exec(source, names)
    shown = printed.getvalue()
    if make is TwoRatesLab:
        assert names["here"].network == lab.networks[1]
        for rate, network in zip(lab.rates, lab.networks, strict=True):
            values = ", ".join(f"{name} = {value:.4f}" for name, value in network.parameters.items())
            assert f"learning rate {rate}: SSR = {ssr(network, dosage()):.4f}, {values}" in shown
    elif make in (DescentLab, SurfaceLab):
        assert names["here"].network == lab.network
        assert f"step {lab.state.step}: SSR = {lab.ssr:.4f}" in shown
        slopes = gradient(lab.network, dosage())
        for name in moving(lab):
            assert f"{name} = {lab.network.parameters[name]:.4f}, slope = {slopes[name]:.4f}" in shown
    else:
        assert names["network"].parameters == lab.network.parameters
        expected = f"dSSR/db3 = {lab.chain.total:.4f}" if make is ChainRuleLab else f"SSR = {lab.ssr:.4f}"
        assert expected in shown


@every_lab
def test_two_labs_share_nothing(make):
    one, other = make(), make()
    assert not {id(widget) for widget in widgets(one.widget)} & {id(widget) for widget in widgets(other.widget)}
    before = views(other)
    slide(one, 1.5)
    act(one, "digits", True)
    one.show_prediction(1.0)
    assert views(other) == before
    before = views(one)
    slide(other, 0.5)
    assert views(one) == before
    check(one)
    check(other)


@every_lab
def test_what_the_learner_predicted_stays_in_the_picture_until_it_is_taken_away(make):
    lab = make()
    slide(lab, 1.5)
    before = views(lab)
    lab.show_prediction(1.2)
    shown = overlay(lab)
    assert {name for name, value in views(lab).items() if value != before[name]} - {"label"} == {"picture"}
    assert "#56b4e9" in shown
    assert "The prediction 1.20 is marked." in label(lab)
    assert ("you predicted" in shown) == (make in (SSRLab, ChainRuleLab, DescentLab))
    slide(lab, 1.6)
    start_of_a_run = make in (DescentLab, SurfaceLab)  # it was predicted for another one
    assert ("#56b4e9" in overlay(lab)) == ("is marked" in label(lab)) == (not start_of_a_run)
    slide(lab, 1.5)
    assert "#56b4e9" in overlay(lab)
    lab.show_prediction(None)
    assert views(lab)["picture"] == before["picture"] or make is SSRLab  # which also remembers that 1.6 was tried
    assert "#56b4e9" not in overlay(lab)
    check(lab)


@every_lab
def test_a_saved_notebook_shows_the_lab_the_picture_and_the_numbers(make):
    lab = make()
    data, _ = lab._repr_mimebundle_()
    assert data["text/plain"] == repr(lab)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == lab.widget.model_id
    assert data["image/png"].startswith("iVBOR")


# mistakes


@every_lab
def test_a_number_that_is_none_is_refused_in_plain_words_and_the_last_good_state_stays(make):
    lab = make()
    slide(lab, 1.5)
    before = views(lab)
    good = main_slider(lab).value
    main_slider(lab).value = NAN
    assert_says(lab, f"{main_slider(lab).description} must be a number; got nan")
    assert main_slider(lab).value == good
    assert views(lab) | {"readout": ""} == before | {"readout": ""}
    slide(lab, 0.5)
    assert 'role="alert"' not in of_class(lab, "sq-readout").value
    check(lab)


def broken(*_, **__):
    raise RuntimeError("<b>the chalk</b> is broken")


PLACES = {"_draw": "draw", "_describe": "label", "_numbers": "readout", "_summary": "summary", "code": "code"}


def place_of(lab, where):
    """The object and the name of what a lab does here."""
    return (lab.parts[0], "follow") if where == "_settings" else (lab.view, PLACES[where])


@every_lab
@pytest.mark.parametrize("where", ["_draw", "_describe", "_numbers", "_settings", "code", "a handler"])
def test_an_error_anywhere_is_told_in_the_readout_and_undone_and_the_next_change_works(make, where, monkeypatch):
    lab = make()
    act(lab, "code", True)
    slide(lab, 1.5)
    before = views(lab)
    if where == "a handler":
        monkeypatch.setattr(*((type(lab.state), "at") if make is TwoRatesLab else (Network, "replace")), broken)
    else:
        monkeypatch.setattr(*place_of(lab, where), broken)
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        slide(lab, 0.5)
    assert out.getvalue() == ""
    assert_says(lab, "&lt;b&gt;the chalk&lt;/b&gt; is broken")
    monkeypatch.undo()
    assert repr(lab.state) == before["state"]
    assert views(lab)["picture"] == before["picture"]
    assert views(lab)["label"] == before["label"]
    there = slide(lab, 0.8)
    check(lab)
    assert there in code_shown(lab)


@pytest.mark.parametrize("make", [SquiggleLab, DescentLab])
def test_two_controls_that_move_at_once_in_two_threads_wait_their_turn_and_neither_is_lost(make, monkeypatch):
    lab, busy, go_on = make(), threading.Event(), threading.Event()
    place, other = place_of(lab, "_settings"), ("w1", 2.5) if make is SquiggleLab else ("learning_rate", 0.2)
    settings = getattr(*place)

    def slowly(*state):
        if lab._silent and not busy.is_set():  # while the first one is being shown
            busy.set()
            go_on.wait(5)
        return settings(*state)

    monkeypatch.setattr(*place, slowly)
    threads = [threading.Thread(target=act, args=(lab, *what)) for what in (("b3", 1.5), other)]
    threads[0].start()
    assert busy.wait(5)
    threads[1].start()
    threads[1].join(0.1)  # long enough to get lost
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert [lab.controls[name].value for name in ("b3", other[0])] == [1.5, other[1]]
    check(lab)


@every_lab
def test_other_networks_and_other_things_are_refused(make):
    with pytest.raises(ValueError, match="1-2-1"):
        make(network=Network.random((1, 3, 1), seed=0))
    with pytest.raises(ValueError, match="softplus"):
        make(network=Network.random((1, 2, 1), activation="relu", seed=0))
    for wrong in ("the lesson", 3, [1, 2, 1], 0):
        with pytest.raises(TypeError, match="takes a Network"):
            make(network=wrong)


def test_unknown_names_and_impossible_rates_are_refused():
    with pytest.raises(KeyError, match="b4"):
        SquiggleLab(first=["b4"])
    for rate in (0, -0.1, NAN, float("inf")):
        with pytest.raises(ValueError, match="learning_rate"):
            DescentLab(learning_rate=rate)
    with pytest.raises(TypeError, match="learning_rate"):
        DescentLab(learning_rate="fast")


def stay_at(lab, where):
    """Let a text of the lab never change again."""
    place, name = place_of(lab, where)
    seen = (lab.seen, lab.number)[: 1 if name == "summary" else 2]
    old = getattr(place, name)(*seen)
    setattr(place, name, lambda *_: old)


FREEZE = {
    "readout": lambda lab: stay_at(lab, "_numbers"),
    "description": lambda lab: stay_at(lab, "_describe"),
    "picture": lambda lab: setattr(lab.picture, "update", lambda: None),
    "squiggle": lambda lab: setattr(fits(lab)[-1], "update", lambda *_, **__: None),
    "repr": lambda lab: stay_at(lab, "_summary"),
}


@every_lab
@pytest.mark.parametrize("view", FREEZE)
def test_a_view_that_lags_behind_is_caught(make, view):
    lab = make()
    FREEZE[view](lab)
    slide(lab, 1.5)
    with pytest.raises(AssertionError):
        check(lab)


# the squiggle


def test_the_sliders_named_are_shown_at_once_and_the_rest_behind_a_button():
    lab = SquiggleLab(first=["w3", "w4"])
    (row,) = [widget for widget in widgets(lab.widget) if lab.controls["b1"] in getattr(widget, "children", ())]
    assert row.layout.display == "none"
    assert lab.controls["w3"] not in row.children
    assert len(row.children) == 5
    act(lab, "more", True)
    assert row.layout.display == "flex"
    act(lab, "more", False)
    assert row.layout.display == "none"


def test_a_slider_widens_for_a_lessons_value_beyond_its_range():
    lab = SquiggleLab(network=statquest_network(w1=-34.4, b1=2.14, b3=-5.8))
    assert lab.controls["w1"].min <= -34.4
    assert lab.controls["b3"].min <= -5.8
    check(lab)


def test_the_noise_of_a_sliders_arithmetic_is_not_taken_for_digits():
    lab = SquiggleLab()
    act(lab, "b1", -1.5)
    act(lab, "b1", -1.4300000000000002)
    assert lab.network.parameters == statquest_network().parameters
    assert code_shown(lab) == SquiggleLab().code()


# the fit


def test_each_value_tried_leaves_its_point_on_the_curve_once():
    lab = SSRLab()
    for b3 in (1.0, 2.0, 2.01, 1.0, 3.0):
        act(lab, "b3", b3)
    x, y = drawn(lab, "curve").tried.get_data()
    assert list(x) == [0.0, 1.0, 2.0, 3.0]
    np.testing.assert_allclose(y, ssr_along(statquest_network(), dosage(), "b3", [0, 1, 2, 3]))
    assert np.isnan(drawn(lab, "curve").curve.get_ydata()).all()
    assert "each of 4 tried values" in of_class(lab, "sq-picture").children[1].value
    act(lab, "curve")
    assert np.isfinite(drawn(lab, "curve").curve.get_ydata()).all()
    assert "the whole curve" in label(lab)
    act(lab, "curve")
    assert np.isnan(drawn(lab, "curve").curve.get_ydata()).all()


@pytest.mark.parametrize(("b3", "shown"), [(0.0, "20.4"), (1.0, "7.8"), (2.0, "1.11"), (3.0, "0.46")])
def test_the_videos_ssr_is_in_the_readout(b3, shown):
    lab = SSRLab()
    act(lab, "digits", True)
    act(lab, "b3", 4.0)
    act(lab, "b3", b3)
    assert f"SSR = {ssr(statquest_network(b3=b3), dosage()):.4f} " in readout(lab)
    assert f"({shown} in the video’s digits)" in readout(lab)


# the chain rule


def test_the_derivative_is_worked_out_link_by_link_point_by_point_and_then_summed():
    lab = ChainRuleLab()
    table = next(widget for widget in widgets(lab.widget) if "<table" in str(getattr(widget, "value", "")))
    links = len(lab.chain.links)
    last = 3 * (links + 1) + 1
    for part in range(last + 1):
        assert lab.state.parts == part
        assert table.value.count("…") == max(3 * (links + 1) - part, 0)
        assert table.value.count("sq-now") == (0 < part < last)
        assert len(drawn(lab, "fit").chosen.get_xdata()) == 2 * (0 < part < last)
        assert (len(drawn(lab, "curve").tangent.get_xdata()) == 2) == (part == last)
        check(lab)
        act(lab, "step")
    assert lab.state.parts == last
    terms = lab.chain.terms
    assert f"= {' + '.join(f'({exact(term)})' for term in terms)} =  {exact(lab.chain.total)}" in readout(lab)
    assert repr(lab) == f"ChainRuleLab(b3 = 0.00, part {last} of {last}, dSSR/db3 = -15.6551, SSR = 20.4236)"
    for _ in range(last + 2):
        act(lab, "back")
    assert lab.state.parts == 0


def test_the_numbers_plugged_in_are_those_of_the_point():
    lab = ChainRuleLab()
    act(lab, "all")
    table = next(widget.value for widget in widgets(lab.widget) if "<table" in str(getattr(widget, "value", "")))
    for o, p, term in zip((0, 1, 0), lab.network.predict([0, 0.5, 1])[:, 0], lab.chain.terms, strict=True):
        assert f"({exact(p)})" in table
        assert exact(-2 * (o - p)) in table
        assert exact(term) in table


# gradient descent


def test_one_step_is_the_lessons():
    lab = DescentLab()
    act(lab, "step")
    assert repr(lab) == "DescentLab(step 1, b3 = 1.5655, SSR = 3.2678)"


def test_the_lessons_story_step_by_step():
    lab = DescentLab()
    act(lab, "digits", True)
    shown = []
    for step in range(len(lab.run)):
        assert lab.state.step == step
        shown.append(as_in_the_video(lab.network.parameters["b3"]))
        check(lab)
        act(lab, "step")
    assert shown[:3] == ["0", "1.57", "2.19"]
    assert shown[-1] == "2.61"
    assert lab.state.step == len(lab.run) - 1  # one step more leads nowhere
    assert "gradient descent stops here" in readout(lab)
    assert "gradient descent stops here" in label(lab)
    assert len(drawn(lab, "curve").step.get_xdata()) == 0


def test_step_back_and_scrub_stop_at_both_ends():
    lab = DescentLab()
    last = len(lab.run) - 1
    act(lab, "back")
    assert lab.state.step == 0
    act(lab, "scrub", float(last))
    act(lab, "step")
    assert lab.state.step == last
    act(lab, "scrub", 1e9)
    assert lab.state.step == last
    act(lab, "scrub", -3.0)
    assert lab.state.step == 0
    check(lab)


def test_a_sixth_lands_in_one_step():
    lab = DescentLab()
    act(lab, "learning_rate", 1 / 6)
    act(lab, "step")
    assert lab.state.rate == pytest.approx(1 / 6)
    assert (len(lab.run), lab.run.status) == (2, "converged")
    assert "0.1667" in readout(lab)
    assert "stops here" in readout(lab)
    assert as_in_the_video(lab.network.parameters["b3"]) == "2.61"


def test_a_third_goes_to_and_fro():
    lab = DescentLab()
    act(lab, "learning_rate", 1 / 3)
    values = []
    for _ in range(6):
        values.append(lab.network.parameters["b3"])
        act(lab, "step")
    assert values == pytest.approx([0, values[1]] * 3, abs=1e-6)
    act(lab, "scrub", 50.0)
    assert "50 steps, and it still hasn’t settled" in readout(lab)


def test_a_half_diverges_and_the_lab_says_so():
    lab = DescentLab()
    act(lab, "rate_half")
    act(lab, "scrub", lab.controls["scrub"].max)
    assert "Diverged" in readout(lab)
    assert "Diverged" in label(lab)
    assert "(off the picture)" in readout(lab)
    check(lab)


@pytest.mark.parametrize(("rate", "status"), [(0.33, "max steps"), (0.34, "diverged"), (0.2, "converged")])
def test_the_lab_says_that_a_rate_is_too_large_and_not_from_which_on(rate, status):
    lab = DescentLab()
    assert "settle here" not in readout(lab)
    run = descend(statquest_network(b3=0), dosage(), rate, ["b3"], max_steps=5000)
    act(lab, "learning_rate", rate)
    assert lab.state.rate == rate
    assert lab.run.status == status or run.status == status
    assert ("At this learning rate it can’t settle here" in readout(lab)) == (status == "diverged")
    act(lab, "scrub", 1)
    assert "0.3333" not in readout(lab)  # it is there to be found out


def test_the_browsers_rounded_echo_of_a_rate_is_not_a_change_by_hand():
    lab = DescentLab()
    act(lab, "rate_three_tenths")
    act(lab, "learning_rate", 0.30000000000000004)  # what the slider, counting its steps, sends back for 0.3
    assert lab.state.rate == 0.3
    act(lab, "step")
    assert lab.state.rate == 0.3
    act(lab, "learning_rate", 0.17)
    assert lab.state.rate == 0.17


def test_play_steps_with_every_tick_and_starts_again_at_the_end():
    lab = DescentLab()
    act(lab, "play")
    assert clock(lab).playing
    assert "Pause" in lab.controls["play"].description
    for tick in range(1, len(lab.run)):
        clock(lab).value = tick
        assert lab.state.step == tick
        check(lab)
    clock(lab).playing = False  # as the browser does at the end
    assert "Play" in lab.controls["play"].description
    act(lab, "play")
    assert lab.state.step == 0
    assert (clock(lab).playing, clock(lab).value, clock(lab).max) == (True, 0, len(lab.run) - 1)


def test_a_last_tick_that_comes_with_the_end_of_the_playing_counts():
    lab = DescentLab()
    act(lab, "play")
    with clock(lab).hold_trait_notifications():  # as one message of the browser sets both
        clock(lab).value, clock(lab).playing = lab.state.last, False
    assert lab.state.ended
    check(lab)


def test_play_goes_on_from_where_you_are():
    lab = DescentLab()
    act(lab, "scrub", 4.0)
    act(lab, "play")
    assert (lab.state.step, clock(lab).value) == (4, 4)


BY_HAND = ["play", "step", "back", "reset", "rate_half", ("scrub", 5.0), ("learning_rate", 0.2), ("b3", 1.0)]


@pytest.mark.parametrize("what", BY_HAND)
def test_whatever_you_do_by_hand_ends_the_playing(what):
    lab = DescentLab()
    act(lab, "play")
    clock(lab).value = 1
    clock(lab).value = 2
    act(lab, *([what] if isinstance(what, str) else what))
    assert not clock(lab).playing
    assert "Play" in lab.controls["play"].description
    check(lab)


def test_a_tick_already_on_its_way_when_you_reset_moves_nothing():
    lab = DescentLab()
    act(lab, "play")
    clock(lab).value = 1
    act(lab, "reset")
    clock(lab).value = 2  # sent by the browser before it heard of the reset
    assert lab.state.step == 0
    check(lab)


def test_a_new_start_or_rate_begins_a_new_run():
    lab = DescentLab()
    act(lab, "scrub", 3.0)
    act(lab, "b3", 4.0)
    assert lab.state.step == 0
    assert lab.run[0].network.parameters["b3"] == 4.0
    act(lab, "scrub", 3.0)
    act(lab, "learning_rate", 1 / 6)
    assert lab.state.step == 1  # the new run ends there
    assert lab.run[0].network.parameters["b3"] == 4.0
    check(lab)


def test_a_start_at_the_bottom_has_nowhere_to_step():
    lab = DescentLab()
    act(lab, "b3", 2.61)
    assert (len(lab.run), lab.run.status) == (1, "converged")
    act(lab, "step")
    act(lab, "back")
    act(lab, "play")
    assert lab.state.step == 0
    assert "stops here" in readout(lab)
    check(lab)


def test_a_notch_of_b3_makes_two_passes_forward_for_the_points_and_for_the_squiggle(monkeypatch):
    lab, passes, forward = SSRLab(), [], Network.forward
    monkeypatch.setattr(Network, "forward", lambda network, inputs: passes.append(0) or forward(network, inputs))
    act(lab, "b3", 1.0)
    assert len(passes) == 2


@every_lab
def test_a_lab_stands_on_one_base_only(make):
    assert [base.__name__ for base in make.__mro__] == [make.__name__, "Lab", "Generic", "object"]


@every_lab
def test_any_state_can_be_shown_without_the_lab_and_looks_as_it_does_there(make):
    lab, other = make(), make()
    slide(lab, 1.0)
    seen, number = other.view.seen(lab.state), Digits()
    other.view.draw(seen, number)
    assert other.picture.overlay().partition(">")[2] == overlay(lab).partition(">")[2]
    assert other.view.label(seen, number) == label(lab)
    assert other.view.readout(seen, number) in of_class(lab, "sq-readout").value
    assert other.view.code(seen) == lab.code()
    assert other.view.summary(seen) in repr(lab).replace("-", "−")


def sliders(lab):
    parts = [inner for part in lab.parts for inner in [part, *getattr(part, "parts", [])]]
    return [part for part in parts if isinstance(part, Slider) and part.ahead]


@pytest.mark.parametrize("make", [*LABS, DiagramLab, LandscapeLab])
def test_what_a_slider_shows_ahead_depends_on_where_it_goes_and_not_on_where_it_was(make):
    lab = make()
    assert sliders(lab)
    if "scrub" in lab.controls:
        act(lab, "scrub", 5.0)  # a step that shorter runs don't have
    for slider in sliders(lab):
        low, high = slider.widget.min, slider.widget.max
        here, there = (round(low + part * (high - low), 2) for part in (0.25, 0.6))
        shown = []
        for state in (lab.state, slider.moved(lab.state, here)):
            seen = lab.view.seen(slider.moved(state, there))
            lab.view.draw(seen, lab.number)
            shown.append((lab.picture.overlay().partition(">")[2], lab.view.readout(seen, lab.number)))
        assert shown[0] == shown[1], slider.name
