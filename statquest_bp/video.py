"""The ledger: every number that the videos show, its digits, when it appears, and the code that computes it.

Sources: four videos by StatQuest with Josh Starmer, listed in `VIDEOS`. They compute with full precision and round what
they show; computing on from the shown digits gives slightly different numbers. Some numbers can't be computed: the
videos choose them (the data, where a descent starts, the learning rate). They are marked as given.

`python -m statquest_bp` prints the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby
from typing import NamedTuple

from statquest_bp.chain_rule import chain, gradient
from statquest_bp.data import dosage
from statquest_bp.digits import exact, minus
from statquest_bp.fit import ssr
from statquest_bp.gradient_descent import Run, descend
from statquest_bp.network import Network

__all__ = [
    "BLACK_BOX",
    "DETAILS_1",
    "DETAILS_2",
    "LEARNING_RATE",
    "LEDGER",
    "MAIN_IDEAS",
    "NO_TIME",
    "OPTIMAL",
    "VIDEOS",
    "Shown",
    "Video",
    "ledger",
    "statquest_network",
]

OPTIMAL = {"w1": 3.34, "b1": -1.43, "w2": -3.53, "b2": 0.57, "w3": -1.22, "w4": -2.30, "b3": 2.61}
LEARNING_RATE = 0.1
DETAILS_1 = {"w3": 0.36, "w4": 0.63, "b3": 0.0}  # where "Details Pt. 1" starts; the other four are at their optimum
DETAILS_2 = {"w1": 2.74, "b1": 0.0, "w2": -1.13, "b2": 0.0, **DETAILS_1}  # where "Details Pt. 2" starts
BLACK_BOX = {"w1": -34.4, "b1": 2.14, "w2": -2.52, "b2": 1.29, "w3": -1.30, "w4": 2.28, "b3": -0.58}  # another fit

NO_TIME = "—"  # where we don't know when the video shows a number


def statquest_network(**parameters: float) -> Network:
    """The lesson's 1-2-1 softplus network at its optimal parameters, to the two decimals that the video shows.

    Keywords override: `statquest_network(b3=0)` is where the lesson starts. KeyError for an unknown parameter,
    ValueError for a value that isn't finite.
    """
    return Network.from_parameters((1, 2, 1), OPTIMAL).replace(**parameters)


class Video(NamedTuple):
    """One of the videos: its title and its address."""

    title: str
    address: str

    def at(self, time: str) -> str:
        """The address at a `time` such as "8:38", or at the start of one such as "6:52–8:03".

        `NO_TIME` gives the whole video. ValueError for anything else.
        """
        if time == NO_TIME:
            return self.address
        minutes, _, seconds = time.partition("–")[0].partition(":")
        if not (minutes.isdecimal() and seconds.isdecimal() and len(seconds) == 2 and int(seconds) < 60):
            raise ValueError(f'time must be minutes and seconds, such as "8:38"; got {time!r}')
        return f"{self.address}&t={60 * int(minutes) + int(seconds)}s"


VIDEOS = {
    name: Video(title, f"https://www.youtube.com/watch?v={key}")
    for name, title, key in (
        ("Main Ideas", "Neural Networks Pt. 2: Backpropagation Main Ideas", "IN2XmBhILt4"),
        ("Details Pt. 1", "Backpropagation Details Pt. 1", "iyn2zdALii8"),
        ("Details Pt. 2", "Backpropagation Details Pt. 2", "GKZoOHXGcLo"),
        ("Inside the Black Box", "Neural Networks Pt. 1: Inside the Black Box", "CqOfi41LfDw"),
    )
}
_MAIN, _PT_1, _PT_2, _BOX = VIDEOS.values()


class Shown(NamedTuple):
    """One number of a video: when it appears, what it is, the digits shown, and how to `compute` it in full.

    What is `given` is chosen by the video: then `compute` returns the value that the package uses for it.
    """

    time: str
    what: str
    digits: str
    compute: Callable[[], float]
    given: bool = False
    video: Video = _MAIN

    @property
    def address(self) -> str:
        """Where to watch it: the video's address, at the time if that is known."""
        return self.video.at(self.time)


def _at(b3: float) -> Network:
    return statquest_network(b3=b3)


@cache
def _lesson() -> Run:
    return descend(_at(0), dosage(), LEARNING_RATE, ["b3"])


# The next two reach the digits shown only with a small min_step. With the default one the first ends at w3 −1.17,
# w4 −2.21, b3 2.52, and the second after 15 updates, where the valley is almost flat and the fit still poor.
@cache
def _output_weights() -> Run:
    return descend(statquest_network(**DETAILS_1), dosage(), LEARNING_RATE, DETAILS_1, min_step=1e-6)


@cache
def _all_seven() -> Run:
    """With the lesson's learning rate this ends in another fit; 0.01 leads to the video's, in about 8,000 updates."""
    return descend(statquest_network(**DETAILS_2), dosage(), 0.01, max_steps=10_000, min_step=1e-6)


def _parameters(
    video: Video, time: str, what: str, values: Mapping[str, float], network: Callable[[], Network], given: bool = False
) -> tuple[Shown, ...]:
    """A row for each of the parameters in `values`, computed as what it is in the `network`; {} stands for its name."""

    def row(name: str, value: float) -> Shown:
        shown = f"{value:g}" if value == 0 or abs(value) >= 10 else f"{value:.2f}"
        return Shown(time, what.format(name), shown, lambda: network().parameters[name], given, video)

    return tuple(row(name, value) for name, value in values.items())


def _optimal(*names: str) -> dict[str, float]:
    return {name: OPTIMAL[name] for name in names}


MAIN_IDEAS = (
    Shown("3:55", "low dosage", "0", lambda: dosage().inputs[0, 0], given=True),
    Shown("3:55", "medium dosage", "0.5", lambda: dosage().inputs[1, 0], given=True),
    Shown("3:55", "high dosage", "1", lambda: dosage().inputs[2, 0], given=True),
    Shown("3:55", "efficacy at the low dosage", "0", lambda: dosage().observed[0, 0], given=True),
    Shown("3:55", "efficacy at the medium dosage", "1", lambda: dosage().observed[1, 0], given=True),
    Shown("3:55", "efficacy at the high dosage", "0", lambda: dosage().observed[2, 0], given=True),
    *_parameters(_MAIN, "3:55", "optimal {}", _optimal("w1", "b1", "w2", "b2", "w3", "w4"), lambda: _all_seven().final),
    Shown("3:55", "b3 at the start", "0", lambda: _lesson()[0].network.parameters["b3"], given=True),
    Shown("6:18", "predicted at dosage 0, b3 = 0", "-2.6", lambda: _at(0).predict([0])[0, 0]),
    Shown("6:18", "predicted at dosage 0.5, b3 = 0", "-1.61", lambda: _at(0).predict([0.5])[0, 0]),
    Shown("6:18", "predicted at dosage 1, b3 = 0", "-2.61", lambda: _at(0).predict([1])[0, 0]),
    Shown("6:52", "SSR at b3 = 0", "20.4", lambda: ssr(_at(0), dosage())),
    Shown("6:52–8:03", "SSR at b3 = 1", "7.8", lambda: ssr(_at(1), dosage())),
    Shown("6:52–8:03", "SSR at b3 = 2", "1.11", lambda: ssr(_at(2), dosage())),
    Shown("8:03", "SSR at b3 = 3", "0.46", lambda: ssr(_at(3), dosage())),
    Shown("8:38", "dPredicted/db3", "1", lambda: chain(_at(0), dosage(), "b3").links[-1].values[0]),
    Shown("14:13", "slope at b3 = 0", "-15.7", lambda: gradient(_at(0), dosage())["b3"]),
    Shown("14:13–15:00", "learning rate", "0.1", lambda: LEARNING_RATE, given=True),
    Shown("14:13–15:00", "step size at b3 = 0", "-1.57", lambda: _lesson()[0].step_size["b3"]),
    Shown("15:00", "b3 after one step", "1.57", lambda: _lesson().parameters["b3"][1]),
    Shown("15:09", "slope after one step", "-6.26", lambda: _lesson()[1].gradient["b3"]),
    Shown("15:34", "b3 after two steps", "2.19", lambda: _lesson().parameters["b3"][2]),
    Shown("15:51", "b3 where the steps end", "2.61", lambda: _lesson().final.parameters["b3"]),
    *_parameters(_MAIN, "15:51", "optimal {}", _optimal("b3"), lambda: _all_seven().final),
)

LEDGER = (
    *MAIN_IDEAS,
    # 15:02 starts the chapter on gradient descent with three parameters. Both Details end where the Main Ideas do.
    *_parameters(_PT_1, "15:02", "{} at the start", DETAILS_1, lambda: _output_weights()[0].network, given=True),
    Shown("15:02", "learning rate", "0.1", lambda: LEARNING_RATE, given=True, video=_PT_1),
    *_parameters(_PT_1, "15:02", "{} at the end", _optimal(*DETAILS_1), lambda: _output_weights().final),
    *_parameters(_PT_2, NO_TIME, "{} at the start", DETAILS_2, lambda: _all_seven()[0].network, given=True),
    *_parameters(_PT_2, NO_TIME, "{} at the end", OPTIMAL, lambda: _all_seven().final),
    # Another fit to the same three points, and as good: its SSR is close to 0 as well.
    *_parameters(_BOX, NO_TIME, "{}", BLACK_BOX, lambda: statquest_network(**BLACK_BOX), given=True),
)


def ledger(about: str = "") -> str:
    """The rows whose `what` or video's title holds `about` (empty: all): time, what, digits shown, computed.

    Where not all of them are from the Main Ideas, a line with the video's title and address stands above its rows.
    """
    rows = [row for row in LEDGER if about.casefold() in f"{row.what}\n{row.video.title}".casefold()]
    if not rows:
        return f"The videos show no number about “{about}”. Try “b3”, “SSR” or “slope”."
    lines = [f"{'video':>11}  {'what':<34}{'shown':>7}{'computed':>12}"]
    for video, own in groupby(rows, key=lambda row: row.video):
        if any(row.video != _MAIN for row in rows):
            lines += ["", f"{video.title}  {video.address}"]
        lines += [_line(row) for row in own]
    return "\n".join(lines)


def _line(row: Shown) -> str:
    computed = "given" if row.given else exact(row.compute(), 6)
    return f"{row.time:>11}  {row.what:<34}{minus(row.digits):>7}{computed:>12}"
