"""How labs follow the hand when the kernel is far away: the labs, beside the client's floor and `interact`.

`python -m benchmarks.far_kernel`: one page, one kernel, round trips of 0, 100 and 300 ms, taking turns. The floor is a
slider linked to a number box in the browser, without the kernel. For each, at each distance:

- press: from the key press to the painted picture that states the slider's new value.
- pictures: how many other values the picture states in a one-second drag, as painted, a second.
- apart: the share of painted states in which what the lab states isn't what its slider shows, from the moment the
  slider moves to the release. In the first drag of a new lab, from the first touch on, and in those that follow.

It needs the dev tools and a Chromium, as `make test` does.
"""

import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page, sync_playwright

from benchmarks.live_picture import INTERACT_CELL
from benchmarks.report import Row, main
from statquest_bp import statquest_network
from tools.browser import launch_chromium
from tools.far_away import FarAway, far_away
from tools.lab_driver import drag_slider, focus_slider, lab, lab_server, open_notebook, run_all, wait_until_idle

PRESSES, NEW_LABS, LATER_DRAGS = 15, 2, 2  # at each distance; the drags are those of each new lab, after the first
ROUND_TRIPS = (0, 100, 300)  # ms
LABS = ("SquiggleLab", "SSRLab", "ChainRuleLab", "DescentLab")
FLOOR, INTERACT = "jslink (floor)", "interact + inline"

FLOOR_CELL = """
from ipywidgets import FloatSlider, FloatText, VBox, interactive, jslink
slider, box = FloatSlider(min=-1, max=4, step=0.01), FloatText()
jslink((slider, "value"), (box, "value"))
slider.add_class("sq-control-b3"), box.add_class("sq-picture")
VBox([slider, box]).add_class("sq-lab")
"""
# A PNG can't state its value: printed after it, the number is there once the picture is.
INTERACT_CELL = INTERACT_CELL.replace("plt.show()", 'plt.show(), print(f"b3 = {b3:.2f}")')


def lab_cell(name: str, frames: bool) -> str:
    """The code of a cell that shows this lab with frames ahead or, as where the extension isn't there, without."""
    off = "" if frames else "; lab.ahead.close()"
    return f"from statquest_bp import labs\nlab = labs.{name}(){off}\nlab"


def today(name: str) -> str:
    return f"{name} without frames"


CELLS = {
    FLOOR: FLOOR_CELL,
    **{name: lab_cell(name, True) for name in LABS},
    **{today(name): lab_cell(name, False) for name in LABS},
    INTERACT: INTERACT_CELL,
}
ORDER = tuple(CELLS)

# What slider, picture and readout say b3 is. SquiggleLab names the prediction at dosage 0 instead, b3 and a constant.
READ = f"""
window.round = number => Math.round(number * 100) / 100;
window.told = text => {{
    const [, word, number] = text.match(/(b3 =|through|squiggle at [^:]+:) ([−-]?\\d+(?:\\.\\d+)?)/) ?? [];
    const constant = word === "b3 =" ? 0 : {statquest_network(b3=0).predict([0])[0, 0]};
    return number === undefined ? null : round(Number(number.replace("−", "-")) - constant);
}};
window.state = root => {{
    const box = root.querySelector(".sq-picture input");
    const svg = root.querySelector(".sq-picture > :last-child svg[role=img]");
    const texts = [svg?.ariaLabel ?? root.querySelector(".sq-picture").textContent];
    if (svg) texts.push(root.querySelector(".sq-readout").textContent);
    return [round(Number(root.querySelector(".sq-control-b3 .widget-readout").textContent.replace("−", "-"))),
            ...(box ? [round(Number(box.value))] : texts.map(told))];
}};
window.together = root => state(root).every((value, _, [slider]) => value === slider);
window.frame = () => new Promise(requestAnimationFrame);
// When the frame that is about to be painted has been: what is posted now is handled after it.
window.painted = () => new Promise(done => {{
    const {{port1, port2}} = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
}});
// A new image is there once it is decoded; a lab's own stands still.
window.pictureOf = async root => {{
    while (!together(root)) await frame();
    const images = [...root.querySelectorAll(".sq-picture img:not([aria-hidden])")];
    if (images.length) {{ await Promise.all(images.map(image => image.decode().catch(() => null))); await frame(); }}
    return painted();
}};
window.inTime = (root, promise) => Promise.race([promise, new Promise((_, fail) =>
    setTimeout(() => fail(`no right picture in 10 s: ${{state(root)}} in ${{root.textContent}}`), 10000))]);
window.watchPress = root => {{ window.measured = inTime(root, new Promise(done =>
    addEventListener("keydown", async event => {{
        const [before] = state(root);
        while (state(root)[0] === before) await frame();
        done(await pictureOf(root) - event.timeStamp);
    }}, {{capture: true, once: true}}))); }};
window.watchDrag = root => {{ window.measured = inTime(root, new Promise(done => {{
    const states = [];
    let began, ended;
    addEventListener("pointerdown", async event => {{
        began = event.timeStamp;
        while (ended === undefined) {{ states.push(state(root)); await frame(); }}
        await pictureOf(root);
        done([states, (ended - began) / 1000]);
    }}, {{capture: true, once: true}});
    addEventListener("pointerup", event => ended = event.timeStamp, {{capture: true, once: true}});
}})); }};
"""


class Drag(NamedTuple):
    """A drag as painted, frame by frame: what the slider shows, what the picture states and, in a lab, the readout."""

    states: list[list[float | None]]
    seconds: float

    @property
    def pictures(self) -> float:
        """How often the picture stated another value, a second."""
        stated = [picture for _, picture, *_ in self.states if picture is not None]  # None: nothing, for the moment
        return sum(before != after for before, after in pairwise(stated)) / self.seconds

    @property
    def apart(self) -> float:
        """Of the states since the slider moved, the share in which not all say the same."""
        moving = [state for state in self.states if state[0] != self.states[0][0]]
        return mean(len(set(state)) > 1 for state in moving)


class Watched:
    """The page and the way to its kernel."""

    def __init__(self, page: Page, proxy: FarAway) -> None:
        self.page, self.proxy = page, proxy
        self.presses: dict[tuple[int, str], list[float]] = defaultdict(list)
        self.drags: dict[tuple[int, str, str], list[Drag]] = defaultdict(list)

    def settle(self) -> None:
        """Wait until nothing is under way any more, at a moment not in step with the frames."""
        self.page.wait_for_timeout(100 + random.randrange(30) + 1000 * self.proxy.round_trip)
        wait_until_idle(self.page)

    def press(self, nth: int) -> float:
        handle = focus_slider(self.page, "b3", nth)
        self.settle()
        lab(self.page, nth).evaluate("root => watchPress(root)")
        handle.press("ArrowRight")
        return float(self.page.evaluate("measured"))

    def drag(self, nth: int, to: float) -> Drag:
        self.settle()
        lab(self.page, nth).evaluate("root => watchDrag(root)")
        drag_slider(self.page, "b3", to, nth, moves=60, seconds=1.0)
        drag = Drag(*self.page.evaluate("measured"))
        self.settle()
        assert lab(self.page, nth).evaluate("together"), f"{ORDER[nth]}: another picture came after the right one"
        return drag

    def drag_all(self) -> None:
        """New labs at each distance, and in them the first touch and what follows."""
        for round_trip in random.sample(ROUND_TRIPS, len(ROUND_TRIPS)):
            self.proxy.round_trip = 0
            run_all(self.page, timeout=300_000)
            self.page.evaluate(READ)
            self.proxy.round_trip = round_trip / 1000
            for drag in range(1 + LATER_DRAGS):
                for nth, name in random.sample([*enumerate(ORDER)], len(ORDER)):
                    which = "later" if drag else "first"
                    self.drags[round_trip, name, which].append(self.drag(nth, (0.8, 0.3)[drag % 2]))

    def press_all(self) -> None:
        for round_trip in random.sample(ROUND_TRIPS, len(ROUND_TRIPS)):
            self.proxy.round_trip = round_trip / 1000
            for nth, name in random.sample([*enumerate(ORDER)], len(ORDER)):
                self.presses[round_trip, name].append(self.press(nth))


def measure() -> Watched:
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])  # the kernel is to find the package in this checkout
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS.values()])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        nbformat.write(notebook, Path(folder, "far.ipynb"))
        with (
            lab_server(Path(folder)) as server,
            far_away(server.port) as proxy,
            launch_chromium(playwright) as browser,
        ):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            open_notebook(page, server._replace(url=proxy.url), "far.ipynb")
            watched = Watched(page, proxy)
            for _ in range(NEW_LABS):
                watched.drag_all()
            for _ in range(PRESSES):
                watched.press_all()
    return watched


def rows() -> Iterator[Row]:
    watched = measure()
    for round_trip in ROUND_TRIPS:
        press = {name: median(watched.presses[round_trip, name]) for name in ORDER}
        first, later = (
            {name: watched.drags[round_trip, name, which] for name in ORDER} for which in ("first", "later")
        )
        pictures = {name: median(drag.pictures for drag in later[name]) for name in ORDER}
        slowest, fewest = max(2 * press[FLOOR], 20), 0.8 * pictures[FLOOR]
        for name in ORDER:
            held, here = name in LABS, f"{round_trip} ms, {name}:"
            yield Row(f"{here} press", press[name], "ms", at_most=slowest if held else None)
            yield Row(f"{here} pictures", pictures[name], "a second", at_least=fewest if held else None)
            for which, drags in (("first drag", first), ("later drags", later)):
                yield Row(f"{here} apart, {which}", 100 * mean(drag.apart for drag in drags[name]), "%")


if __name__ == "__main__":
    main("A kernel that is far away", rows())
