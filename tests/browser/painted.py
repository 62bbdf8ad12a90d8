"""What a lab on the page shows at each moment, what its kernel says of it, and what it must be by the mathematics."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page

from statquest_bp.labs.steps import PAUSE
from tools.lab_driver import Server, control, focus_slider, lab

# Lets the kernel of `labs` say what each of them shows, and be silent for as long as there is a file named "hold".
TELLS = """
import html, json, threading, time
from pathlib import Path
import ipywidgets
from statquest_bp.labs.controls import HANDLING

def what_is_shown(lab):
    sliders = {name: it for name, it in lab.controls.items() if hasattr(it, "readout_format") and it.max > it.min}
    memory, picture = lab.picture.widget.children[1:-1], lab.picture.overlay()
    return {
        "texts": [*(layer.value for layer in memory), picture, lab._readout.value],
        "sliders": {name: round((it.value - it.min) / it.step) for name, it in sliders.items()},
        "steps": {name: round((it.max - it.min) / it.step) for name, it in sliders.items()},
        "down": [name for name in ("digits", "code") if lab.controls[name].value],
        "play": getattr(lab.controls.get("play"), "description", None),
    }

def tell(_):
    with HANDLING:
        ask.tooltip = str(int(ask.tooltip) + 1)
        said.value = html.escape(json.dumps([int(ask.tooltip), *map(what_is_shown, labs)]))

def be_silent():
    while True:
        if Path("hold").exists():
            with HANDLING:
                Path("held").touch()
                while Path("hold").exists():
                    time.sleep(0.01)
                Path("held").unlink()
        time.sleep(0.01)

ask, said = ipywidgets.Button(tooltip="0"), ipywidgets.HTML("[0]", layout={"display": "none"})
ask.add_class("sq-ask"), said.add_class("sq-said")
ask.on_click(tell)
threading.Thread(target=be_silent, daemon=True).start()
display(ask, said)
"""
SAID = "JSON.parse(document.querySelector('.sq-said .widget-html-content').textContent)"
ASK = f"() => {{ const [count] = {SAID}; document.querySelector('.sq-ask').click(); return count; }}"
ANSWERED = f"count => {SAID}[0] > count && {SAID}.slice(1)"
# How far along its track a slider's handle is painted, from 0 to 1.
PLACE = "(control => 1 + parseFloat(control.querySelector('.noUi-origin').style.transform.slice(10)) / 1000)"
SHOWN = f"""([lab, steps]) => {{
    const inner = selector =>
        [...lab.querySelectorAll(`${{selector}} .widget-html-content`)].map(text => text.innerHTML);
    const find = name => lab.querySelector(`.sq-control-${{name}}`);
    const at = ([name, last]) => [name, Math.round({PLACE}(find(name)) * last)];
    const isDown = {{digits: find('digits').querySelector('input').checked,
                    code: find('code').classList.contains('mod-active')}};
    return {{
        texts: [...inner('.sq-picture > :not(:first-child)'), ...inner('.sq-readout')],
        sliders: Object.fromEntries(Object.entries(steps).map(at)),
        steps,
        down: Object.keys(isDown).filter(name => isDown[name]),
        play: find('play')?.textContent ?? null,
    }};
}}"""
# HTML as the browser writes it.
READ = """texts => texts.map(text => {
    const box = document.createElement('div');
    box.innerHTML = text;
    return box.innerHTML;
})"""
RECORD = f"""([lab, control]) => {{
    const [picture, readout] = ['.sq-picture > :last-child', '.sq-readout'].map(
        selector => lab.querySelector(`${{selector}} .widget-html-content`));
    const box = control.querySelector('.widget-readout'), painted = globalThis.painted = [];
    const look = () => {{
        if (globalThis.painted !== painted) return;
        const now = [{PLACE}(control), box.textContent, picture.innerHTML, readout.innerHTML];
        if (painted.at(-1)?.join() !== now.join()) painted.push(now);
        requestAnimationFrame(look);
    }};
    look();
}}"""
RECORDED = "() => { const painted = globalThis.painted; globalThis.painted = null; return painted; }"
# Whether the page holds a frame at all of these values: each with what the readout says there.
HELD = """there => globalThis[Symbol.for('statquest_bp.frames')]?.some(
    set => set.slider.comm_live && there.every(([value, readout]) => {
        const text = set.frames.get(value)?.[1];
        return text && new TextDecoder().decode(text) === readout;
    }))"""
RUN = """async code => {
    const {kernel} = jupyterapp.shell.currentWidget.sessionContext.session;
    const run = kernel.requestExecute({code, store_history: false}), printed = [];
    run.onIOPub = message => printed.push(message.content.text ?? '');
    await run.done;
    return printed.join('');
}"""
PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Painted(NamedTuple):
    """What was seen at once: where the slider's handle was, the number beside it, the picture, and the readout."""

    place: float
    number: str
    picture: str
    readout: str


class There(NamedTuple):
    """What a lab shows with a slider at this value."""

    value: float
    picture: str
    readout: str


def with_labs(*made: str) -> str:
    """A cell that shows these labs, whose kernel can say what it knows of them."""
    return f"from statquest_bp.labs import *\nlabs = [{', '.join(made)}]\ndisplay(*labs)\n{TELLS}"


def steps_of(twin, name: str) -> int:
    """How many steps a slider has from its one end to the other."""
    slider = twin.controls[name]
    return round((slider.max - slider.min) / slider.step)


def by_the_maths(twin, name: str, low: int = 0, high: int | None = None) -> dict[int, There]:
    """What the lab shows with a slider at each position from `low` to `high`, worked out in this process."""
    slider, there = twin.controls[name], {}
    before = slider.value
    for position in range(low, (steps_of(twin, name) if high is None else high) + 1):
        slider.value = round(slider.min + position * slider.step, 9)
        there[position] = There(slider.value, twin.picture.overlay(), twin._readout.value)
    slider.value = before
    return there


def as_read(page: Page, there: dict[int, There]) -> dict[int, tuple[str, str]]:
    """The pictures and readouts as the browser writes them."""
    texts = iter(page.evaluate(READ, [text for _, *both in there.values() for text in both]))
    return {position: (next(texts), next(texts)) for position in there}


def bring_frames(page: Page, name: str, there: dict[int, There], nth: int = 0) -> None:
    """Put the pointer on a slider, and wait until its frames at all of these positions have come."""
    control(page, name, nth).hover()
    page.wait_for_function(HELD, arg=[[value, readout] for value, _, readout in there.values()])


@contextmanager
def recorded(page: Page, name: str, nth: int = 0) -> Iterator[list[Painted]]:
    """All that is painted of a lab meanwhile, and of one of its sliders; it is in the list at the end."""
    painted: list[Painted] = []
    page.evaluate(RECORD, [lab(page, nth).element_handle(), control(page, name, nth).element_handle()])
    yield painted
    page.evaluate(PAINT)
    painted += [Painted(*seen) for seen in page.evaluate(RECORDED)]


def positions_painted(page: Page, twin, name: str, there: dict[int, There], painted: list[Painted]) -> list[int]:
    """Where the slider was; each time its handle, its number, the picture and the readout were all those of there."""
    read, last, positions = as_read(page, there), steps_of(twin, name), []
    for seen in painted:
        position = round(seen.place * last)
        assert seen.place * last == pytest.approx(position, abs=0.01)
        if twin.controls[name].readout:
            assert float(seen.number.replace("−", "-")) == pytest.approx(there[position].value, abs=0.0051)
        assert (seen.picture, seen.readout) == read[position], f"{twin!r}: {name} at {there[position].value}"
        positions.append(position)
    return positions


def press(page: Page, nth: int, name: str, *keys: str) -> None:
    """Press these keys on a slider, and let each be seen."""
    for key in keys:
        focus_slider(page, name, nth).press(key)
        page.evaluate(PAINT)


@contextmanager
def silent(server: Server, page: Page) -> Iterator[None]:
    """The kernel listens to nothing meanwhile, and is heard again afterwards."""
    hold, held = server.root / "hold", server.root / "held"
    hold.touch()
    wait_for(page, held, True)
    yield
    hold.unlink()
    wait_for(page, held, False)


def wait_for(page: Page, file: Path, there: bool) -> None:
    for _ in range(2000):
        if file.exists() == there:
            return
        page.wait_for_timeout(10)
    raise AssertionError(f"{file.name} is {'not ' * there}there")


def settled(page: Page, views: Mapping[int, int] | None = None) -> None:
    """End what plays, and wait until each lab on the page shows what its kernel says.

    `views` says which of `labs` the labs on the page show (None: the first shows the first). The kernel is asked on the
    way by which all else goes, so whatever was sent before is done when it answers.
    """
    for _ in range(400):
        said, shown = compared(page, views or {0: 0})
        playing = [nth for nth, one in shown.items() if one["play"] == PAUSE]
        if said == shown and not playing:
            break
        for nth in playing[:1]:  # not two at once: they may be views of the same lab
            control(page, "play", nth).click()
        page.wait_for_timeout(50)
    assert shown == said
    said, shown = compared(page, views or {0: 0})
    assert shown == said  # and it stays so


def compared(page: Page, views: Mapping[int, int]) -> tuple[dict[int, Any], dict[int, Any]]:
    """What the kernel says of each of these labs, and what the page shows of it then."""
    labs = page.wait_for_function(ANSWERED, arg=page.evaluate(ASK)).json_value()
    said = {nth: labs[which] | {"texts": page.evaluate(READ, labs[which]["texts"])} for nth, which in views.items()}
    handles = {nth: lab(page, nth).element_handle() for nth in views}
    return said, {nth: page.evaluate(SHOWN, [handles[nth], one["steps"]]) for nth, one in said.items()}


def in_kernel(page: Page, code: str) -> str:
    """What these lines print in the notebook's kernel."""
    return str(page.evaluate(RUN, code))
