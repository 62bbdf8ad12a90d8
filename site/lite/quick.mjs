// Makes all wheels in a folder quick (quick.py), by Pyodide: node quick.mjs <Pyodide's folder> <folder> <with text>…
// They are in <folder>/quick then; those named keep their modules' text beside the bytecode.
import { mkdir, readdir, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [runtime, folder, ...withText] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`));
const lock = await readFile(`${folder}/pyodide-lock.json`, "utf8"); // of no packages
const python = await loadPyodide({ indexURL: runtime, lockFileContents: lock });
const wheels = (await readdir(folder)).filter((name) => name.endsWith(".whl"));
await mkdir(`${folder}/quick`);
python.mountNodeFS("/wheels", folder);
python.runPython(await readFile(new URL("quick.py", import.meta.url), "utf8"));
for (const name of wheels) {
  python.globals.get("quick")(`/wheels/${name}`, `/wheels/quick/${name}`, withText.includes(name));
}
