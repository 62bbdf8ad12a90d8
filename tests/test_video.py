"""The ledger: what the code computes rounds to what the videos show."""

import ast
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import statquest_bp
from statquest_bp import descend, dosage, ssr, statquest_network
from statquest_bp.digits import as_in_the_video, exact, minus
from statquest_bp.video import (
    BLACK_BOX,
    DETAILS_1,
    DETAILS_2,
    LEARNING_RATE,
    LEDGER,
    MAIN_IDEAS,
    NO_TIME,
    OPTIMAL,
    VIDEOS,
    Video,
    ledger,
)

PACKAGE = Path(statquest_bp.__file__).parent
NAME = {video: name for name, video in VIDEOS.items()}
ROWS = [pytest.param(row, id=f"{NAME[row.video]}: {row.what}") for row in LEDGER]
BY_VIDEO = {name: [row for row in LEDGER if row.video == video] for name, video in VIDEOS.items()}
HEAD = ["video", "what", "shown", "computed"]


def decimals(row):
    return len(row.digits.partition(".")[2])


def seconds(time):
    """'6:52–8:03' → [412, 483]; no time → []."""
    clocks = [] if time == NO_TIME else [re.fullmatch(r"(\d+):([0-5]\d)", clock) for clock in time.split("–")]
    return [60 * int(clock[1]) + int(clock[2]) for clock in clocks]


@pytest.mark.parametrize("row", ROWS)
def test_the_number_computed_rounds_to_the_digits_shown(row):
    assert round(row.compute(), decimals(row)) == float(row.digits)


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0].given])
def test_a_given_number_is_used_exactly_as_shown(row):
    assert row.compute() == float(row.digits)


@pytest.mark.parametrize("row", ROWS)
def test_digits_rounds_as_the_video_does(row):
    shown = as_in_the_video(row.compute(), is_ssr=row.what.startswith("SSR"))
    assert float(shown.replace("−", "-")) == float(row.digits)
    assert "-" not in shown


def test_what_is_computed_is_not_just_restated():
    """A descent ends near the digits shown, never on them; dPredicted/db3 alone is 1 exactly."""
    restated = [row.what for row in LEDGER if not row.given and row.compute() == float(row.digits)]
    assert restated == ["dPredicted/db3"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Main Ideas", "0 0.5 1 0 1 0 3.34 -1.43 -3.53 0.57 -1.22 -2.30 0 -2.6 -1.61 -2.61 20.4 7.8 1.11 0.46 1"),
        ("Main Ideas", "-15.7 0.1 -1.57 1.57 -6.26 2.19 2.61 2.61"),
        ("Details Pt. 1", "0.36 0.63 0 0.1 -1.22 -2.30 2.61"),
        ("Details Pt. 2", "2.74 0 -1.13 0 0.36 0.63 0 3.34 -1.43 -3.53 0.57 -1.22 -2.30 2.61"),
        ("Inside the Black Box", "-34.4 2.14 -2.52 1.29 -1.30 2.28 -0.58"),
    ],
)
def test_the_ledger_shows_the_numbers_of_the_video_in_their_order(name, shown):
    assert f" {shown} " in f" {' '.join(row.digits for row in BY_VIDEO[name])} "


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        ("3:55", {"0", "0.5", "1", "3.34", "-1.43", "-3.53", "0.57", "-1.22", "-2.30"}),
        ("6:18", {"-2.6", "-1.61", "-2.61"}),
        ("6:52", {"20.4", "7.8", "1.11"}),
        ("8:03", {"0.46"}),
        ("8:38", {"1"}),
        ("14:13", {"-15.7", "-1.57", "0.1"}),
        ("15:00", {"1.57"}),
        ("15:09", {"-6.26"}),
        ("15:34", {"2.19"}),
        ("15:51", {"2.61"}),
    ],
)
def test_the_main_ideas_show_each_number_at_its_time(time, shown):
    assert {row.digits for row in MAIN_IDEAS if row.time.split("–")[0] == time} == shown


def test_the_main_ideas_come_first_and_every_row_belongs_to_a_video_of_the_table():
    assert LEDGER[: len(MAIN_IDEAS)] == MAIN_IDEAS
    assert sum(map(len, BY_VIDEO.values())) == len(LEDGER)
    assert len(BY_VIDEO["Main Ideas"]) == len(MAIN_IDEAS)
    assert all(BY_VIDEO.values())


def test_no_two_rows_are_about_the_same_thing_in_the_same_video():
    assert len({(row.video, row.what) for row in LEDGER}) == len(LEDGER)


@pytest.mark.parametrize("name", VIDEOS)
def test_the_rows_follow_the_order_of_their_video(name):
    times = [seconds(row.time) for row in BY_VIDEO[name]]
    for time in times:
        assert time == sorted(set(time))
        assert len(time) <= 2
    assert all(before[:1] <= after[:1] for before, after in pairwise(times))


def test_the_times_of_the_main_ideas_lie_within_its_lesson():
    for row in MAIN_IDEAS:
        assert seconds(row.time)
        assert all(3 * 60 + 55 <= time <= 15 * 60 + 51 for time in seconds(row.time)), row.what


def test_a_time_that_we_do_not_know_is_not_guessed():
    without = {NAME[row.video] for row in LEDGER if row.time == NO_TIME}
    assert without == {"Details Pt. 2", "Inside the Black Box"}


def test_an_address_leads_to_the_second():
    at = {row.what: row.address for row in MAIN_IDEAS}
    assert at["dPredicted/db3"] == "https://www.youtube.com/watch?v=IN2XmBhILt4&t=518s"
    assert at["SSR at b3 = 1"] == "https://www.youtube.com/watch?v=IN2XmBhILt4&t=412s"
    assert VIDEOS["Details Pt. 1"].at("15:02") == "https://www.youtube.com/watch?v=iyn2zdALii8&t=902s"
    assert BY_VIDEO["Details Pt. 2"][0].address == "https://www.youtube.com/watch?v=GKZoOHXGcLo"
    assert len({video.address for video in VIDEOS.values()}) == len(VIDEOS)


@pytest.mark.parametrize("time", ["", "8", "8:5", "8:60", "8.38", "a:10", "-1:30", "8:380", "1:02:03", "–8:38"])
def test_a_time_that_is_none_is_refused_and_named(time):
    with pytest.raises(ValueError, match=re.escape(repr(time))):
        Video("A video", "https://example.org/watch?v=x").at(time)


def test_computing_on_from_the_digits_shown_gives_other_numbers():
    """Why the ledger computes in full: −2 × Σ of the shown residuals is −15.64, and the video shows −15.7."""
    shown = {row.what: float(row.digits) for row in MAIN_IDEAS}
    residuals = [y - shown[f"predicted at dosage {x}, b3 = 0"] for x, y in ((0, 0), (0.5, 1), (1, 0))]
    assert round(-2 * sum(residuals), 2) == -15.64
    assert shown["slope at b3 = 0"] == -15.7


def test_the_lesson_starts_from_the_optimum_and_its_learning_rate():
    assert dict(statquest_network().parameters) == OPTIMAL
    assert LEARNING_RATE == 0.1


@pytest.mark.parametrize(("start", "rate"), [(DETAILS_1, LEARNING_RATE), (DETAILS_2, 0.01)])
def test_the_details_end_at_the_optimum_only_with_a_small_min_step(start, rate):
    for min_step, reached in ((1e-3, False), (1e-6, True)):
        run = descend(statquest_network(**start), dosage(), rate, start, max_steps=10_000, min_step=min_step)
        assert run.status == "converged"
        assert ({name: round(run.final.parameters[name], 2) for name in OPTIMAL} == OPTIMAL) == reached


def test_inside_the_black_box_is_a_second_fit_to_the_same_data():
    assert ssr(statquest_network(**BLACK_BOX), dosage()) < 0.002
    assert BLACK_BOX["b1"] * OPTIMAL["b1"] < 0


def test_the_ledger_prints_a_line_a_row_under_the_title_and_the_address_of_its_video():
    head, *blocks = ledger().split("\n\n")
    assert head.split() == HEAD
    assert len(blocks) == len(VIDEOS)
    for block, video in zip(blocks, VIDEOS.values(), strict=True):
        title, *lines = block.splitlines()
        assert title == f"{video.title}  {video.address}"
        for line, row in zip(lines, BY_VIDEO[NAME[video]], strict=True):
            assert line.split()[0] == row.time
            assert row.what in line
            shown, computed = (text.replace("−", "-") for text in line.split()[-2:])
            assert shown == row.digits
            assert computed == "given" if row.given else float(computed) == pytest.approx(row.compute(), abs=5.1e-7)


def test_the_ledger_is_a_table_that_fits_a_page():
    lines = ledger().splitlines()
    assert max(map(len, lines)) <= 100
    assert len({len(line) for line in lines if line and "https" not in line}) == 1
    assert "-" not in "".join(line for line in lines if "https" not in line)


@pytest.mark.parametrize("about", ["SSR", "ssr", "step", "slope", "predicted"])
def test_rows_of_the_main_ideas_alone_need_no_heading(about):
    head, *lines = ledger(about).splitlines()
    assert head.split() == HEAD
    rows = [row for row in MAIN_IDEAS if about.lower() in row.what.lower()]
    assert rows
    assert [line for line in ledger().splitlines() if line in lines] == lines
    assert len(lines) == len(rows)


def test_rows_of_several_videos_stand_under_theirs():
    lines = ledger("b3").splitlines()
    assert [line for line in lines if "https" in line] == [
        f"{video.title}  {video.address}" for video in VIDEOS.values()
    ]
    rows = [row for row in LEDGER if "b3" in row.what]
    assert len(lines) == 1 + 2 * len(VIDEOS) + len(rows)


def test_rows_of_one_other_video_say_which():
    assert VIDEOS["Details Pt. 2"].title in ledger("w1 at the start")


def test_the_ledger_about_nothing_it_knows_says_so():
    assert ledger("momentum") == "The videos show no number about “momentum”. Try “b3”, “SSR” or “slope”."
    assert all(ledger(about).splitlines()[0].split() == HEAD for about in ("b3", "SSR", "slope"))


@pytest.mark.parametrize("about", ["", "SSR", "learning rate"])
def test_running_the_package_prints_the_ledger(about):
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}  # a Windows pipe: it has no −
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "statquest_bp", *about.split()],
        cwd=PACKAGE.parent,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ledger(about) + "\n"


def numbers_typed(tree):
    """(line, number as text) of each decimal number in the code: literals, and in texts other than docstrings."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]  # a docstring is a text on its own
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in texts:
            kind = (str, float)
            for number in re.findall(r"\d+\.\d+", str(node.value)) if isinstance(node.value, kind) else ():
                yield node.lineno, number


@pytest.mark.parametrize("number", ["15.7", "20.4", "6.26", "34.4", "2.74", "1.13", "0.36", "0.63"])
def test_a_number_of_the_videos_is_typed_once_in_the_package_in_the_ledger(number):
    """Everything else computes it or imports it. (A length or a shade that happens to be the same: nudge it.)"""
    places = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, found in numbers_typed(ast.parse(path.read_text("utf-8")))
        if found == number
    ]
    assert [place.partition(":")[0] for place in places] == ["video.py"], places


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
    assert as_in_the_video(value) == text


def test_an_ssr_has_one_decimal_from_5_up():
    shown = [as_in_the_video(value, is_ssr=True) for value in (20.42, 7.81, 5.0, 4.99, 0.457)]
    assert shown == ["20.4", "7.8", "5", "4.99", "0.46"]


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


def test_minus_is_a_true_minus_sign():
    assert minus("-2.6 to -1") == "−2.6 to −1"
