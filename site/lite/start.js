// Beside JupyterLite: it says what is loading and what to do if that doesn't come, imports what a notebook will import
// while its reader still reads, and says where a copy in this browser hides a newer notebook of the course.

const { megabytes, published } = await (await fetch(new URL("start.json", import.meta.url))).json();
const PATIENCE = 120_000; // milliseconds
const IMPORTS = // and this isn't a cell that counts
  "import statquest_bp.exercises, statquest_bp.labs, statquest_bp.plots; del statquest_bp; " +
  "get_ipython().execution_count -= 1";
const LOADING =
  `Python is loading into this tab: ${megabytes} MB the first time, some 20 seconds. Read on meanwhile: ` +
  "what you run waits for it.";
const LATE =
  "Python hasn't started yet. On a slow line, leave this tab open; else load the page again. It needs a browser of the " +
  "last two years.";
const FORGETS =
  "At this address your progress and the files that you make are lost when the tab is closed. To be kept, they need " +
  "https, and not a private window.";
const NEWER = "This is your copy of this notebook. A newer one has been published since.";

const bar = Object.assign(document.createElement("div"), { id: "sq-start", hidden: true });
const words = Object.assign(document.createElement("p"), { role: "status" });
const buttons = document.createElement("p");
bar.append(words, buttons);
document.body.append(bar);

function say(text, ...choices) {
  if (words.textContent === text) return;
  words.textContent = text;
  bar.hidden = !text;
  buttons.replaceChildren(
    ...choices.map(([label, chosen]) => {
      const button = Object.assign(document.createElement("button"), { textContent: label });
      button.addEventListener("click", chosen);
      return button;
    }),
  );
}

// A kernel is there once it has answered.

const kernels = new WeakMap();

function known(kernel) {
  if (!kernels.has(kernel)) {
    const state = { since: performance.now(), ready: false };
    kernels.set(kernel, state);
    // JupyterLite doesn't answer to this, and stored labs and cards would wait for it; in a new kernel there are none.
    kernel.requestCommInfo = async () => ({ content: { status: "ok", comms: {} } });
    const imported = kernel.requestExecute({ code: IMPORTS, silent: true, store_history: false });
    imported.done.then(() => (state.ready = true), () => kernels.delete(kernel));
    kernel.statusChanged.connect((_, status) => status.endsWith("restarting") && kernels.delete(kernel));
  }
  return kernels.get(kernel);
}

// What a learner saves stays in the browser, and is opened instead of the notebook that the site has.

let told = Boolean(navigator.serviceWorker); // by it, files get from Python into the browser's store
const copies = new Map(); // by path: whether what is open is a copy of a notebook that the site has no longer

const seen = (path) => `statquest_bp ${new URL("..", import.meta.url).pathname}${path}`;

async function compare(path) {
  copies.set(path, false);
  if (!(path in published)) return;
  const before = localStorage.getItem(seen(path));
  if (before !== published[path] && (await isCopy(path)) && before) copies.set(path, true);
  else localStorage.setItem(seen(path), published[path]);
}

async function isCopy(path) {
  const { last_modified: here } = await jupyterapp.serviceManager.contents.get(path, { content: false });
  const all = await (await fetch(new URL(`../api/contents/${path.replace(/[^/]+$/, "all.json")}`, import.meta.url))).json();
  return all.content.every((file) => file.path !== path || file.last_modified !== here);
}

function keep(path) {
  localStorage.setItem(seen(path), published[path]);
  copies.set(path, false);
}

async function open(path) {
  const { contents } = jupyterapp.serviceManager;
  for (let nth = 1; ; nth++) {
    const aside = path.replace(".ipynb", nth > 1 ? ` (my copy ${nth}).ipynb` : " (my copy).ipynb");
    if (await contents.get(aside, { content: false }).then(() => true, () => false)) continue;
    await jupyterapp.shell.currentWidget.context.save();
    await contents.rename(path, aside); // what is open now goes on under its new name
    break;
  }
  keep(path);
  await jupyterapp.commands.execute("docmanager:open", { path });
}

function look() {
  const context = globalThis.jupyterapp?.shell.currentWidget?.sessionContext;
  if (!context) return say("");
  const { path, session } = context;
  if (!copies.has(path)) compare(path);
  const { since, ready } = session?.kernel ? known(session.kernel) : { since: performance.now(), ready: false };
  if (!ready) say(performance.now() - since > PATIENCE ? LATE : LOADING);
  else if (!told) say(FORGETS, ["Understood", () => (told = true)]);
  else if (copies.get(path)) say(NEWER, ["Keep mine", () => keep(path)], ["Open the new one, and keep mine beside it", () => open(path)]);
  else say("");
}

setInterval(look, 300);
