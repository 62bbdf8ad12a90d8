"""The ledger: what the code computes rounds to what the video shows."""

import pytest

from statquest_bp import statquest_network
from statquest_bp.video import LEARNING_RATE, MAIN_IDEAS, OPTIMAL, digits, exact, ledger

ROWS = [pytest.param(row, id=row.what) for row in MAIN_IDEAS]


@pytest.mark.parametrize("row", ROWS)
def test_the_number_computed_rounds_to_the_digits_shown(row):
    decimals = len(row.digits.partition(".")[2])
    assert round(row.compute(), decimals) == float(row.digits)


@pytest.mark.parametrize("row", ROWS)
def test_digits_rounds_as_the_video_does(row):
    shown = digits(row.compute(), is_ssr=row.what.startswith("SSR"))
    assert float(shown.replace("−", "-")) == float(row.digits)
    assert "-" not in shown


@pytest.mark.parametrize("row", ROWS)
def test_every_row_has_the_time_it_appears(row):
    for time in row.time.split("–"):
        minutes, seconds = map(int, time.split(":"))
        assert 3 * 60 + 55 <= 60 * minutes + seconds <= 17 * 60
        assert seconds < 60


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        ("6:18", {"-2.6", "-1.61", "-2.61"}),
        ("6:52", {"20.4", "7.8", "1.11", "0.46"}),
        ("14:13", {"-15.7", "-1.57", "1.57"}),
        ("15:09", {"-6.26", "2.19"}),
        ("15:51", {"2.61"}),
    ],
)
def test_the_ledger_has_every_number_of_the_main_ideas(time, shown):
    assert shown <= {row.digits for row in MAIN_IDEAS}, time


def test_computing_on_from_the_digits_shown_gives_other_numbers():
    """Why the ledger computes in full: −2 × Σ of the shown residuals is −15.64, and the video shows −15.7."""
    shown = {row.what: float(row.digits) for row in MAIN_IDEAS}
    residuals = [y - shown[f"predicted at dosage {x}, b3 = 0"] for x, y in ((0, 0), (0.5, 1), (1, 0))]
    assert round(-2 * sum(residuals), 2) == -15.64
    assert shown["slope at b3 = 0"] == -15.7


def test_the_optimum_and_the_learning_rate_are_those_of_the_lesson():
    assert dict(statquest_network().parameters) == OPTIMAL
    assert LEARNING_RATE == 0.1


def test_the_ledger_prints_a_line_a_row():
    lines = ledger().splitlines()
    assert len(lines) == len(MAIN_IDEAS) + 1
    assert lines[0].split() == ["video", "what", "shown", "computed"]
    for line, row in zip(lines[1:], MAIN_IDEAS, strict=True):
        assert line.strip().startswith(row.time)
        assert row.what in line
        shown, computed = (float(text.replace("−", "-")) for text in line.split()[-2:])
        assert shown == float(row.digits)
        assert computed == pytest.approx(row.compute(), abs=5.1e-7)
    assert len({len(line) for line in lines}) == 1


def test_the_ledger_about_something_has_its_rows_only():
    lines = ledger("SSR").splitlines()
    assert len(lines) == 5
    assert lines == [line for k, line in enumerate(ledger().splitlines()) if k == 0 or "SSR" in line]
    assert len(ledger("no such thing").splitlines()) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20.4236, "20.4"),
        (2.0, "2"),
        (2.5, "2.5"),
        (100.0, "100"),
        (-15.66, "−15.7"),
        (-1.566, "−1.57"),
        (0.001, "0"),
        (-0.001, "0"),
        (0.0, "0"),
        (7.81, "7.81"),
        (float("inf"), "inf"),
    ],
)
def test_digits_drops_zeros_behind_and_writes_a_true_minus_sign(value, text):
    assert digits(value) == text


def test_an_ssr_has_one_decimal_from_5_up():
    assert [digits(value, is_ssr=True) for value in (20.42, 7.81, 5.0, 4.99, 0.457)] == [
        "20.4",
        "7.8",
        "5",
        "4.99",
        "0.46",
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.61, 4, "2.6100"),
        (-15.655, 2, "−15.65"),
        (-0.00001, 4, "0.0000"),
        (0.0, 0, "0"),
        (123456.0, 1, "123456.0"),
        (1e300, 4, "1.000e+300"),
        (-2.5e12, 4, "−2.500e+12"),
        (1e-9, 4, "0.0000"),
        (100.0, 2, "100.00"),
        (float("inf"), 4, "inf"),
    ],
)
def test_exact_keeps_a_fixed_number_of_decimals(value, decimals, text):
    assert exact(value, decimals) == text
