"""How soon a page of the site can be used, beside the least that Jupyter's html-manager shows: one slider and a box.

`python -m benchmarks.site`: from navigation to the first moved picture, in fresh contexts of one browser, so that
nothing is cached, taking turns. As soon as the first slider is live, a key is pressed on it, by the page itself: no
hand could be there earlier. The clock stops when what follows from it has been painted.
It needs the dev tools and a Chromium, as `make test` does.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from ipywidgets import FloatSlider, FloatText, VBox, jslink
from ipywidgets.embed import dependency_state
from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import Row, main, times_as_long
from tools.browser import launch_chromium
from tools.static_server import served

VISITS = 15
FLOOR, PAGES = "bare", ("index", "04_gradient_descent")
BUILD = Path(__file__).parents[1] / "site" / "build.py"
BARE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8"><title>One slider</title>
<script type="application/vnd.jupyter.widget-view+json">{view}</script>
<script type="application/vnd.jupyter.widget-state+json">{state}</script>
<script src="static/require.js" defer></script>
<script src="static/embed-amd.js" defer></script>
</html>
"""

# The bare slider is live once it is there; a lab's, once its frames are.
VISIT = """
window.frame = () => new Promise(requestAnimationFrame);
window.until = async found => { for (;;) { const it = found(); if (it) return it; await frame(); } };
// When the frame that is about to be painted has been: what is posted now is handled after it.
window.painted = () => new Promise(done => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
});
window.measured = (async () => {
    const root = await until(() => document.querySelector("figure.lab:has(script), .bare"));
    const live = ".sq-kept:is(.widget-slider) .noUi-target:not([disabled]) .noUi-handle, .bare .noUi-handle";
    const handle = await until(() => root.querySelector(live));
    const shown = () =>
        root.querySelector(".sq-picture > :last-child svg[role=img]")?.ariaLabel ?? root.querySelector("input")?.value;
    const before = await until(shown);
    handle.focus();
    handle.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true, cancelable: true}));
    await until(() => shown() !== before);
    return painted();
})();
"""


def bare_page() -> str:
    """The page of a slider that moves a number box, without anything of ours."""
    slider, box = FloatSlider(min=-1, max=4, step=0.01), FloatText()
    jslink((slider, "value"), (box, "value"))
    both = VBox([slider, box]).add_class("bare")
    version = {"version_major": 2, "version_minor": 0}
    view = json.dumps({**version, "model_id": both.model_id})
    return BARE.format(view=view, state=json.dumps({**version, "state": dependency_state([both], drop_defaults=False)}))


def visit(browser: Browser, address: str) -> float:
    """The milliseconds from navigation to the first moved picture, for somebody who comes here for the first time."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script(VISIT)
        page = context.new_page()
        page.goto(address)
        return float(page.evaluate("measured"))


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([sys.executable, BUILD, folder], check=True, capture_output=True)
        Path(folder, f"{FLOOR}.html").write_text(bare_page(), encoding="utf-8")
        times: dict[str, list[float]] = {name: [] for name in (FLOOR, *PAGES)}
        with served(Path(folder)) as address, launch_chromium(playwright) as browser:
            for _ in range(VISITS + 1):
                for name in random.sample([*times], len(times)):
                    times[name].append(visit(browser, f"{address}{name}.html"))
    counted = {name: each[1:] for name, each in times.items()}  # in the first round, the browser itself gets ready
    for name in PAGES:
        yield Row(f"{name} / bare slider", times_as_long(counted[name], counted[FLOOR]), "×", at_most=2)
    for name, each in counted.items():
        yield Row(f"{name}: median", median(each), "ms")
        yield Row(f"{name}: nine in ten within", quantiles(each, n=10, method="inclusive")[-1], "ms")


if __name__ == "__main__":
    main("From navigation to the first moved picture", rows())
