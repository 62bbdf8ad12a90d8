"""From key press to painted picture in a real browser: the labs beside a trivial Label, the floor, and `interact`.

`python -m benchmarks.live_picture`: one page, one kernel, taking turns, each timed in the page in the same way.
It needs the dev tools and a Chromium, as `make test` does.
"""

import os
import random
import tempfile
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from statistics import median, quantiles

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page, sync_playwright

from benchmarks.report import Row, main
from tools.browser import launch_chromium
from tools.lab_driver import cells, drag_slider, focus_slider, lab, lab_server, open_notebook, run_all

PRESSES, DRAGS, UPDATES = 80, 5, 2000
FLOOR, INTERACT, LABS = "Label (floor)", "interact + inline", ("SSRLab", "DescentLab", "SquiggleLab")
ORDER = (FLOOR, *LABS, INTERACT)

# The floor and `interact` carry the classes of a lab, so that one driver drives them all.
FLOOR_CELL = """
from ipywidgets import FloatSlider, Label, VBox, interactive
slider, label = FloatSlider(min=-1, max=4, step=0.01), Label("b3 = 0.00")
slider.observe(lambda event: setattr(label, "value", f"b3 = {event['new']:.2f}"), "value")
slider.add_class("sq-control-b3"), label.add_class("sq-picture")
VBox([slider, label]).add_class("sq-lab")
"""
LAB_CELL = "from statquest_bp.labs import {0}\n{0}_ = {0}()\n{0}_"
INTERACT_CELL = """
%matplotlib inline
import matplotlib.pyplot as plt, numpy as np
from statquest_bp import dosage, ssr, ssr_along, statquest_network
data, doses, values = dosage(), np.linspace(-0.04, 1.04, 201), np.linspace(-1, 4, 201)
def picture(b3):
    network = statquest_network(b3=b3)
    x, observed, predicted = data.inputs[:, 0], data.observed[:, 0], network.predict(data.inputs)[:, 0]
    figure, (left, right) = plt.subplots(1, 2, figsize=(12.5, 4.6))
    left.plot(doses, network.predict(doses)[:, 0])
    left.vlines(x, observed, predicted, linestyles="--"), left.plot(x, observed, "o", x, predicted, "o")
    left.set(xlim=(-0.04, 1.04), ylim=(-3, 3), xlabel="Dosage", ylabel="Efficacy")
    right.plot(values, ssr_along(network, data, "b3", values), "-", b3, ssr(network, data), "o")
    right.set(xlim=(-1, 4), ylim=(-2, 42), xlabel="b3", ylabel="SSR")
    plt.show()
drawn = interactive(picture, b3=FloatSlider(min=-1, max=4, step=0.01))
drawn.children[0].add_class("sq-control-b3"), drawn.out.add_class("sq-picture"), drawn.add_class("sq-lab")
drawn
"""
MEMORY_CELL = f"""
import gc, time, psutil
def update(lab, count):
    for k in range(count):
        lab.controls["b3"].value = k % 16 / 4  # round for the browser too, which answers to others with its own value
        time.sleep(0.002)  # let the browser follow, as a learner would
    lab.controls["reset"].click(), gc.collect(), time.sleep(1)
    return psutil.Process().memory_info().rss / 2**20
for lab in ({", ".join(f"{name}_" for name in LABS)}):
    print(f"{{-update(lab, 500) + update(lab, {UPDATES}):.2f}}")
"""

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
MEASURED = "Promise.race([measured, new Promise((_, fail) => setTimeout(() => fail('no new picture in 10 s'), 10000))])"
# From the key press to the first change of the result, its images decoded, and two frames more.
WATCH_PRESS = f"""picture => {{ window.measured = new Promise(done => {{
    let pressed;
    addEventListener("keydown", event => pressed = event.timeStamp, {{capture: true, once: true}});
    new MutationObserver(async (changes, observer) => {{
        observer.disconnect();
        const images = changes.flatMap(change => [...change.target.querySelectorAll?.("img") ?? []]);
        await Promise.all(images.map(image => image.decode().catch(() => null)));
        done(await {PAINTED} - pressed);
    }}).observe(picture, {{subtree: true, childList: true, characterData: true, attributes: true}});
}})}}"""
# From the release of the mouse until the result states the number that the slider shows, and two frames more.
WATCH_DRAG = f"""root => {{ window.measured = new Promise(done => addEventListener("pointerup", async event => {{
    window.isRight = () => {{
        const shown = root.querySelector(".sq-picture > :last-child svg[role=img]")?.ariaLabel ?? root.textContent;
        return shown.includes("b3 = " + root.querySelector(".sq-control-b3 .widget-readout").textContent);
    }};
    while (!isRight()) await new Promise(requestAnimationFrame);
    done(await {PAINTED} - event.timeStamp);
}}, {{capture: true, once: true}}))}}"""


def press(page: Page, nth: int) -> float:
    handle = focus_slider(page, "b3", nth)
    page.wait_for_timeout(100 + random.randrange(30))  # not in step with the frames
    lab(page, nth).locator(".sq-picture").evaluate(WATCH_PRESS)
    handle.press("ArrowRight")
    return float(page.evaluate(MEASURED))


def drag(page: Page, nth: int, to: float) -> float:
    lab(page, nth).evaluate(WATCH_DRAG)
    drag_slider(page, "b3", to, nth, moves=70, seconds=1.0)
    milliseconds = page.evaluate(MEASURED)
    page.wait_for_timeout(300)
    assert page.evaluate("isRight()"), f"{ORDER[nth]}: another picture came after the right one"
    return float(milliseconds)


def measure(page: Page) -> tuple[dict[str, list[float]], dict[str, list[float]], list[float]]:
    run_all(page, timeout=300_000)
    growth = [float(text) for text in "".join(cells(page)[-1]["outputs"][0]["text"]).split()]
    presses, drags = ({name: [] for name in names} for names in (ORDER, ORDER[:3]))
    for nth, name in chain.from_iterable(random.sample([*enumerate(ORDER)], len(ORDER)) for _ in range(PRESSES + 3)):
        presses[name].append(press(page, nth))
    for k, (nth, name) in product(range(DRAGS), enumerate(drags)):
        drags[name].append(drag(page, nth, (0.8, 0.3)[k % 2]))
    return {name: times[3:] for name, times in presses.items()}, drags, growth


def rows() -> Iterator[Row]:
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])  # the kernel is to find the package in this checkout
    sources = [FLOOR_CELL, *(LAB_CELL.format(name) for name in LABS), INTERACT_CELL, MEMORY_CELL]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        nbformat.write(notebook, Path(folder, "live.ipynb"))
        with lab_server(Path(folder)) as server, launch_chromium(playwright) as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            open_notebook(page, server, "live.ipynb")
            presses, drags, growth = measure(page)
    middle, after = ({name: median(each) for name, each in times.items()} for times in (presses, drags))
    yield from (Row(f"{name} / floor", middle[name] / middle[FLOOR], "×", at_most=1.20) for name in LABS)
    yield from (Row(f"interact / {name}", middle[INTERACT] / middle[name], "×", at_least=3.5) for name in LABS)
    yield from (Row(f"{name}, drag / floor", after[name] / after[FLOOR], "×", at_most=3) for name in LABS[:2])
    for name, megabytes in zip(LABS, growth, strict=True):
        yield Row(f"{name}, growth over {UPDATES:,} updates", megabytes, "MB", at_most=2)
    for what, times in (("press", presses), ("drag", drags)):
        for name, each in times.items():
            yield Row(f"{what}, {name}: median", median(each), "ms")
            yield Row(f"{what}, {name}: nine in ten within", quantiles(each, n=10, method="inclusive")[-1], "ms")


if __name__ == "__main__":
    main("From key press to painted picture", rows())
