"""A nudge that travels: what it moves, held against the forward pass, the SSR and the chain rule."""

import numpy as np
import pytest

from statquest_bp import chain, dosage, residuals, ssr, statquest_network
from statquest_bp.ripple import ripple
from statquest_bp.video import DETAILS_2, OPTIMAL

DATA = dosage()
points = pytest.mark.parametrize("point", range(3))
every_parameter = pytest.mark.parametrize("name", OPTIMAL)
FAR = statquest_network(**DETAILS_2)


@points
@every_parameter
def test_what_moves_is_what_lies_between_the_parameter_and_the_ssr(name, point):
    moves = ripple(FAR, DATA, point, name, 0.01)
    inside = {"b3": (), "w3": (), "w4": (), "b1": ("x1", "y1"), "w1": ("x1", "y1")}.get(name, ("x2", "y2"))
    assert moves.path == (name, *inside, "Predicted", "Residual", "Residual²")
    stays = set(moves.before) - {*moves.path, "SSR"}
    assert [value for value in stays if "/" not in value and moves.change(value)] == []
    nudged = FAR.replace(**{name: FAR.parameters[name] + 0.01})
    assert moves.change(name) == pytest.approx(0.01)
    assert moves.change("Predicted") == nudged.predict(DATA.inputs)[point, 0] - FAR.predict(DATA.inputs)[point, 0]
    assert moves.change("SSR") == ssr(nudged, DATA) - ssr(FAR, DATA)


@points
@every_parameter
def test_the_smaller_the_nudge_the_nearer_a_measured_rate_comes_to_its_derivative(name, point):
    apart = []
    for nudge in (0.1, 0.001):
        rates = ripple(FAR, DATA, point, name, nudge).rates
        apart.append([abs(rate.measured - rate.derivative) for rate in rates if np.isfinite(rate.measured)])
    for far, near in zip(*apart, strict=True):
        assert near < max(far / 20, 1e-9)


@points
@every_parameter
def test_the_first_link_of_the_chain_is_the_first_two_rates_and_the_others_are_its_links(name, point):
    rates, slope = ripple(FAR, DATA, point, name, 0.01).rates, chain(FAR, DATA, name)
    square, minus, *others = rates
    assert (square.name, square.derivative) == ("dResidual²/dResidual", 2 * residuals(FAR, DATA)[point, 0])
    assert (minus.name, minus.derivative) == ("dResidual/dPredicted", -1)
    assert square.derivative * minus.derivative == pytest.approx(slope.links[0].values[point])
    assert [(rate.name, rate.derivative) for rate in others] == [
        (f"d{link.top}/d{link.bottom}", link.values[point]) for link in slope.links[1:]
    ]
    assert np.prod([rate.derivative for rate in rates]) == pytest.approx(slope.terms[point])


@points
@every_parameter
def test_measured_rates_in_a_row_multiply_to_what_the_square_moves_for_each_1(name, point):
    moves = ripple(FAR, DATA, point, name, 0.01)
    if moves.change("Predicted"):
        product = np.prod([rate.measured for rate in moves.rates])
        assert product == pytest.approx(moves.change("Residual²") / 0.01)


def test_what_does_not_move_gives_nothing_to_measure():
    moves = ripple(FAR, DATA, 0, "w1", 0.01)  # at dosage 0
    measured = {rate.bottom: rate.measured for rate in moves.rates}
    assert measured["w1"] == 0
    assert all(np.isnan(measured[name]) for name in ("x1", "y1", "Predicted", "Residual"))


def test_a_parameter_or_a_point_that_is_not_there_is_refused():
    with pytest.raises(KeyError, match="w5"):
        ripple(FAR, DATA, 0, "w5", 0.01)
    with pytest.raises(ValueError, match="from 0 to 2"):
        ripple(FAR, DATA, 3, "b3", 0.01)
