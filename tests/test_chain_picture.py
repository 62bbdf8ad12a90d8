"""The network with one chain lit: the links in order, and none of their values."""

import html

import pytest

from statquest_bp import Network, chain, dosage, statquest_network
from statquest_bp.digits import exact
from statquest_bp.labs import LiveFigure, chain_picture
from statquest_bp.video import DETAILS_2


@pytest.fixture(autouse=True)
def what_stands_still_is_not_drawn(monkeypatch):
    monkeypatch.setattr(LiveFigure, "draw_background", lambda _: None)


@pytest.mark.parametrize("name", DETAILS_2)
def test_the_links_of_the_chain_are_named_in_their_order_and_no_value_is_told(name):
    picture, slope = chain_picture(name), chain(statquest_network(**{name: DETAILS_2[name]}), dosage(), name)
    names = [f"d{link.top}/d{link.bottom}" for link in slope.links]
    shown = [text.get_text() for text in picture.moving if hasattr(text, "get_text") and text.get_text()]
    assert {text for text in shown if "/" in text and "Σ" not in text} == set(names)
    assert f"dSSR/d{name} = Σ {' × '.join(names)}" in shown
    words = picture.describe()
    places = [words.index(f"over {link} to {end.bottom}") for link, end in zip(names, slope.links, strict=True)]
    assert places == sorted(places)
    told = html.unescape(picture.overlay())
    inside = {exact(parameter) for parameter in DETAILS_2.values()}
    for link in slope.links:
        for value in {exact(float(value)) for value in link.values} - inside - {"1.0000"}:
            assert f" = {value}" not in told or link.formula in DETAILS_2  # a weight stands on its line anyway


@pytest.mark.parametrize(("name", "way"), [("b3", set()), ("w4", {"w4"}), ("b2", {"w4"}), ("w1", {"w1", "w3"})])
def test_the_weights_off_the_way_fade(name, way):
    lines = [line for line in chain_picture(name).moving if getattr(line, "get_solid_capstyle", str)() == "butt"]
    clear = [line for line in lines if line.get_alpha() == 1]
    assert len(lines) == 4
    assert len(clear) == len(way)


def test_it_is_for_the_lessons_network_and_its_parameters():
    with pytest.raises(KeyError, match="w5"):
        chain_picture("w5")
    with pytest.raises(ValueError, match="1-2-1"):
        chain_picture("b3", Network.random((1, 3, 1), seed=0))
    assert "b3 = 3.00" in chain_picture("w4", statquest_network(b3=3)).describe()
