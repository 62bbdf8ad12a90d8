// Paints what a lab shows at a position of a slider at once, from frames that its kernel has made ahead.
// It works nothing out: a frame is the text of each part of the lab, as the kernel would send it. What the hand does is
// sent to the kernel as always, and what the kernel says is shown, but for what comes late.

const CEILING = 10e6; // bytes of frames on a page; beyond, those of the slider used longest ago go
const SLICE = 20; // milliseconds of the kernel that an answer takes at most; in between, it listens to others
const LOST = 10_000; // milliseconds after which no answer is expected any more
const ENDED = ["restarting", "autorestarting", "dead", "terminated"]; // what is said of a kernel that has forgotten all
const BARRED = { click: "button, input", keydown: "input, select" }; // what nobody answers to
const page = (globalThis[Symbol.for("statquest_bp.frames")] ??= []); // every lab's frames, those used last at the end

const place = (value) => Math.round(value * 1e9) / 1e9;
const same = (a, b) => a === b || (typeof a === "number" && typeof b === "number" && place(a) === place(b));

export default {
  initialize({ model }) {
    const end = new AbortController();
    start(model, end.signal).catch((error) => end.signal.aborted || console.error(error));
    return () => end.abort();
  },
};

async function start(model, signal) {
  const find = (reference) => modelOf(model.widget_manager, reference, signal);
  const findAll = async (named) =>
    Object.fromEntries(await Promise.all(Object.entries(named).map(async ([name, it]) => [name, await find(it)])));
  const resolved = (others) => Promise.all(others.map(async ([other, ...shown]) => [await find(other), ...shown]));
  const texts = await Promise.all(model.get("texts").map(find));
  const anchor = await find(model.get("anchor"));
  const sliders = await findAll(model.get("sliders"));
  const playing = await findAll(model.get("play"));
  const client = Math.random().toString(36).slice(2); // another page may show the same lab
  const known = {}; // by slider: where it stands
  const sets = {}; // by slider: its frames, with all else that they depend on
  const flights = new Map(); // what was asked for, and isn't here yet
  let hand = null; // the slider that was moved last
  let about = null; // the slider that is about to be moved: the pointer is over it, or it has the focus
  let clicks = 0; // on buttons: what each does is the kernel's to say
  let asked = 0, inVain = 0, trip = 0, many = 8;
  let gone = false; // the kernel
  let ours = false; // what moves a control is this, and not the hand
  let timer = null, says = ""; // while it plays, and what its button says otherwise

  const listen = (to, event, heard) => {
    to.on(event, heard);
    signal.addEventListener("abort", () => to.off(event, heard));
  };
  const isLive = () => anchor.comm_live && !gone;
  const holds = (set) =>
    set !== undefined &&
    set.epoch === model.get("epoch") &&
    set.clicks === clicks &&
    (!isLive() || set.others.every(([other, field, value]) => same(other.get(field), value)));

  // Painting

  function paint() {
    const set = sets[hand];
    const frame = holds(set) ? set.frames.get(place(sliders[hand].get("value"))) : null;
    if (!frame) return false;
    use(set);
    unpacked(frame).forEach((text, i) => texts[i].set("value", text));
    return true;
  }

  function moved(name, options) {
    const before = known[name];
    known[name] = place(sliders[name].get("value"));
    if (ours || known[name] === before) return;
    // A slider that is told a value between its steps says so too: only what comes with an event is the hand.
    if (options.updated_view && window.event instanceof UIEvent) {
      hand = name;
      pause();
    }
    if (hand === name) follow(before);
  }

  function follow(before) {
    if (isLive()) {
      paint();
      if (about === hand) ask(hand);
    } else if (paint()) {
      // Nobody can say what the lab shows with this slider here and others elsewhere.
      for (const [other, field, value] of sets[hand].others) put(other, value, field);
    } else {
      pause();
      queueMicrotask(() => put(sliders[hand], before)); // not within the change: its view would not hear of it
    }
  }

  function put(widget, value, field = "value") {
    ours = true;
    widget.set(field, value);
    ours = false;
  }

  for (const [name, slider] of Object.entries(sliders)) {
    known[name] = place(slider.get("value"));
    listen(slider, "change:value", (_, __, options) => moved(name, options));
  }
  // What comes late from the kernel, for a position that the hand has left, is covered before anybody sees it.
  // (In a microtask: told within the change itself, the text's view would not hear of the second one.)
  for (const text of texts) listen(text, "change:value", () => queueMicrotask(() => hand && paint()));
  model.on("change:epoch", () => {
    hand = null;
    pause();
    if (about && inVain < 5) ask(about); // while a network is being trained, each answer is late
  });

  // Asking the kernel

  function ask(name) {
    for (const [id, { sent }] of flights) if (performance.now() - sent > LOST) flights.delete(id);
    // As many on their way as keep the kernel at work, and none that waits there for its turn.
    const most = Math.min(16, Math.max(2, Math.ceil(trip / SLICE)));
    while (isLive() && flights.size < most) {
      const values = missing(name);
      if (!values.length) return;
      flights.set(++asked, { name, values, sent: performance.now() });
      model.send({ name, values, clicks, client, id: asked });
    }
  }

  function missing(name) {
    const set = holds(sets[name]) ? sets[name] : { frames: new Map(), size: 0 };
    // What is asked for has room, ends and all: what has to go again would be asked for again, without end.
    const reach = set.size ? (0.9 * CEILING) / (set.size / set.frames.size) / 2 : Infinity;
    const known = new Set(set.frames.keys());
    for (const flight of flights.values()) if (flight.name === name) flight.values.forEach((value) => known.add(value));
    const values = [];
    for (const value of positions(sliders[name], reach)) {
      if (values.length === many) break;
      if (!known.has(value)) known.add(value), values.push(value);
    }
    return values;
  }

  async function arrived({ name, clicks: then, client: whose, id, epoch, others, took }, [bytes]) {
    if (whose !== client) return;
    const flight = flights.get(id);
    if (flight) trip = Math.min(trip || LOST, performance.now() - flight.sent - took);
    const frames = await inflated(bytes);
    const at = await resolved(others);
    flights.delete(id);
    many = Math.min(64, Math.max(1, Math.floor((frames.length * SLICE) / Math.max(took, 1))));
    const kept = keep(name, { epoch, clicks: then, others: at }, frames);
    inVain = kept ? 0 : inVain + 1;
    if (kept && hand === name) paint();
    if (about && inVain < 5) ask(about); // which may be another by now
  }

  function keep(name, known, frames) {
    const now = { ...known, slider: sliders[name], frames: new Map(), size: 0 };
    if (!holds(now)) return false;
    if (!holds(sets[name])) {
      forget(sets[name]);
      sets[name] = now;
    }
    use(sets[name]);
    for (const [value, made] of frames) {
      const frame = packed(made);
      sets[name].frames.set(place(value), frame);
      sets[name].size += size(frame);
    }
    drop();
    return true;
  }

  model.on("msg:custom", arrived);

  // The pointer, the focus, and the buttons

  const within = ({ target }) => target.closest?.(".sq-lab")?.querySelector(`:scope > .${model.get("root")}`);
  const named = ({ target }, names) => names.find((name) => target.closest(`.sq-control-${name}`));

  function near(event) {
    if (!within(event)) return;
    const button = sliders.scrub && named(event, ["back", "step", "play"]);
    const name = button ? "scrub" : named(event, Object.keys(sliders));
    if (!name) return;
    about = name;
    inVain = 0;
    ask(name);
  }

  function pressed(event) {
    if (!within(event) || !event.target.closest("button")) return;
    const name = named(event, ["back", "step", "play"]), ends = pause() && name === "play";
    if (ends || (name && steps(name))) stop(event);
    else if (isLive()) clicks += 1;
  }

  // Nobody would answer: the style keeps the pointer away, and this the keyboard.
  function barred(event) {
    if (!isLive() && event.key !== "Tab" && within(event) && event.target.closest(BARRED[event.type])) stop(event);
  }

  // Back, Step and Play are moves of the slider, so that everything follows one way; false where the kernel must know.
  function steps(name) {
    if (!holds(sets.scrub) || playing.clock?.get("playing")) return false;
    return name === "play" ? play() : go(step() + { back: -1, step: 1 }[name] * sliders.scrub.get("step"));
  }

  const last = () => Math.min(playing.clock?.get("max") ?? Infinity, sliders.scrub.get("max"));
  const step = () => Math.min(known.scrub, last()); // at the last, the slider may stand beyond it

  function go(to) {
    const { scrub } = sliders;
    if (to < scrub.get("min") || to > last()) return false;
    const before = known.scrub;
    put(scrub, to === last() ? scrub.get("max") : to);
    if (isLive()) scrub.save_changes();
    hand = "scrub";
    follow(before);
    return true;
  }

  function play() {
    if (!playing.clock) return false;
    const stride = Math.max(playing.clock.get("step"), sliders.scrub.get("step")), interval = playing.clock.get("interval");
    says = playing.button.get("description");
    playing.button.set("description", model.get("pause"));
    if (step() === last()) go(0);
    timer = setTimeout(function tick() {
      go(Math.min(step() + stride, last()));
      if (step() === last()) pause();
      else if (timer !== null) timer = setTimeout(tick, interval);
    }, interval);
    return true;
  }

  function pause() {
    if (timer === null) return false;
    clearTimeout(timer);
    timer = null;
    playing.button.set("description", says);
    return true;
  }

  signal.addEventListener("abort", () => (pause(), Object.values(sets).forEach(forget)));
  document.addEventListener("pointerover", near, { capture: true, signal });
  document.addEventListener("focusin", near, { capture: true, signal });
  document.addEventListener("click", pressed, { capture: true, signal });
  for (const type in BARRED) document.addEventListener(type, barred, { capture: true, signal });

  // Without a kernel, the sliders that have frames go on; the others can't be moved any more.

  function left(how = "sq-gone") {
    if (gone) return;
    gone = true;
    const mark = (widget, names) => widget.set("_dom_classes", [...widget.get("_dom_classes"), ...names.split(" ")]);
    mark(anchor, how);
    const kept = Object.keys(sets).filter((name) => holds(sets[name]) && sets[name].frames.size);
    if (kept.length) for (const widget of [anchor, ...kept.map((name) => sliders[name])]) mark(widget, "sq-kept");
  }

  const status = (_, now) => ENDED.includes(now) && left();
  const { kernel } = model.widget_manager; // not every page's manager has one
  for (const [event, heard] of [["statusChanged", status], ["disposed", () => left()]]) { // shut down, it says nothing more
    kernel?.[event]?.connect(heard);
    signal.addEventListener("abort", () => kernel?.[event]?.disconnect(heard));
  }
  listen(anchor, "comm_live_update", () => anchor.comm_live || left());

  // In a saved page there never was one: all frames have come with it, or lie beside it.
  const saved = model.get("saved");
  if (!saved) return;
  const { epoch, others, frames } = await inflated(typeof saved === "string" ? await beside(saved) : saved);
  const at = await resolved(others);
  for (const [name, all] of Object.entries(frames)) {
    const rest = at.filter(([other]) => other !== sliders[name]);
    const made = new Map(all.map(([value, frame]) => [place(value), packed(frame)]));
    sets[name] = { epoch, clicks, others: rest, slider: sliders[name], frames: made, size: 0 };
  }
  left(Object.values(sets).filter(({ frames }) => frames.size).length > 1 ? "sq-saved sq-many" : "sq-saved");
}

function stop(event) {
  event.stopImmediatePropagation();
  event.preventDefault();
}

async function modelOf(manager, reference, signal) {
  for (let tries = 0; ; tries++) {
    try {
      return await manager.get_model(reference.replace("IPY_MODEL_", ""));
    } catch (error) {
      if (tries > 100 || signal.aborted) throw error; // after a reload, the others may come later than this one
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

// The frames that lie in a script of their own beside the page: from a disk, a page can read nothing else.
async function beside(address) {
  const script = Object.assign(document.createElement("script"), { src: address });
  await new Promise((onload, onerror) => document.head.append(Object.assign(script, { onload, onerror })));
  return Uint8Array.from(atob(globalThis.statquest_bp_frames[address]), (letter) => letter.charCodeAt(0));
}

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// A frame is kept as UTF-8: as text, one sign beyond Latin-1 in it, such as −, doubles all of it.
const packed = (frame) => frame && frame.map((text) => new TextEncoder().encode(text));
const unpacked = (frame) => frame.map((text) => new TextDecoder().decode(text));
const size = (frame) => (frame ?? []).reduce((sum, text) => sum + text.length, 0);

function forget(set) {
  if (page.includes(set)) page.splice(page.indexOf(set), 1);
}

function use(set) {
  forget(set);
  page.push(set);
}

// Keeps the page below the ceiling: what was used longest ago goes, and of that what is far from where its slider stands.
function drop() {
  let above = page.reduce((sum, set) => sum + set.size, 0) - CEILING;
  for (const set of above > 0 ? [...page] : []) {
    const here = set.slider.get("value");
    const far = [...set.frames.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    for (const value of far) {
      if (above <= 0) return;
      const freed = size(set.frames.get(value));
      set.frames.delete(value);
      set.size -= freed;
      above -= freed;
    }
  }
}

// Where the slider can go: first what is near, and the ends; then all, ever finer, `reach` positions away at most.
function* positions(slider, reach) {
  const [min, max, step, value] = ["min", "max", "step", "value"].map((field) => slider.get(field));
  const last = Math.round((max - min) / step), here = Math.round((value - min) / step);
  const around = function* (stride, end) {
    for (let away = 0; away <= Math.min(end, last); away += stride) yield* [here - away, here + away];
  };
  for (const some of [around(1, 12), [0, last], around(20, reach), around(5, reach), around(1, reach)]) {
    for (const at of some) if (at >= 0 && at <= last) yield place(min + at * step);
  }
}
