"""The package as a whole: what it imports, which way, and what it says about itself."""

import ast
import graphlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import statquest_bp

PACKAGE = Path(statquest_bp.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}
HEIGHT = {  # imports go down, never up, and never in a circle
    **dict.fromkeys(["activations", "command", "data", "digits", "number_text", "parameters"], 0),
    **dict.fromkeys(["csv_cells", "csv_columns", "csv_marks", "csv_text"], 0),
    **dict(layers=1, network=2, fit=3, fast_pass=3, many_networks=3, chain_rule=4, gradient_descent=4),
    **dict(flow=5, landscape=5, links=5, many_starts=5, training=5, walkthrough=5, endings=6, ripple=6, video=6),
    **dict(holds=7, __init__=8, __main__=8, plots=9, labs=10, exercises=11, course=12),
}


MATHS = sorted(unit for unit in HEIGHT if HEIGHT[unit] < HEIGHT["__init__"])


def owner(file):
    """The unit that a file belongs to: 'plots/fit.py' → 'plots'."""
    return file.split("/")[0].removesuffix(".py")


def imports(tree):
    """The full name of everything that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def units_imported(file):
    """'statquest_bp.plots.fit.Fit' → 'plots'; what the package itself hands out, and itself → '__init__'."""
    parts = [name.split(".") for name in imports(TREES[file]) if name.split(".")[0] == "statquest_bp"]
    units = {part[1] if len(part) > 1 and part[1] in HEIGHT else "__init__" for part in parts}
    return units - {owner(file)}


def files_imported(file):
    """'statquest_bp.plots.fit.Fit' → 'plots/fit.py'."""
    found = set()
    for package, *parts in (name.split(".") for name in imports(TREES[file])):
        if package == "statquest_bp":
            paths = ("/".join(parts[:k]) for k in range(len(parts), 0, -1))
            ends = (path + end for path in paths for end in (".py", "/__init__.py"))
            found.add(next((end for end in ends if end in TREES), "__init__.py"))
    return found - {file}


def run_python(code, cwd):
    """Run `code` in a fresh Python in which a warning is an error; what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(cwd), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("file", TREES)
def test_imports_run_one_way(file):
    for imported in units_imported(file):
        assert HEIGHT[imported] <= HEIGHT[owner(file)], f"{file} imports {imported}"


def test_no_modules_import_each_other_in_a_circle():
    """Not in one folder either, nor inside a function."""
    order = list(graphlib.TopologicalSorter({file: files_imported(file) for file in TREES}).static_order())
    assert order.index("gradient_descent.py") < order.index("video.py") < order.index("__init__.py")


@pytest.mark.parametrize("file", TREES)
def test_nothing_imports_pyplot_or_looks_up_installed_metadata(file):
    banned = r"matplotlib\.(pyplot|pylab)|pylab|importlib\.metadata|pkg_resources"
    assert not [name for name in imports(TREES[file]) if re.match(banned, name)]


@pytest.mark.parametrize("file", [file for file in TREES if owner(file) == "plots"])
def test_plots_import_no_widgets(file):
    assert not {name.split(".")[0] for name in imports(TREES[file])} & {"ipywidgets", "IPython", "traitlets"}


def test_the_maths_loads_numpy_and_the_standard_library_and_nothing_else():
    modules = ", ".join(f"statquest_bp.{name}" for name in MATHS)
    tops = "{name.partition('.')[0] for name in sys.modules}"
    loaded = run_python(
        f"import sys, numpy; before = {tops}; import {modules}; print(*{tops} - before)", PACKAGE.parent
    )
    assert {name for name in loaded if name not in sys.stdlib_module_names} == {"statquest_bp"}


def test_the_package_imports_from_a_plain_checkout(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "statquest_bp", ignore=shutil.ignore_patterns("__pycache__"))
    code = "import sys; sys.modules['importlib.metadata'] = None; import statquest_bp; print(statquest_bp.__file__)"
    (file,) = run_python(code, tmp_path)
    assert Path(file).resolve() == (tmp_path / "statquest_bp" / "__init__.py").resolve()


def test_the_public_names_are_those_of_the_design():
    names = "Dataset dosage Network statquest_network ssr residuals gradient chain descend ssr_along ssr_surface"
    names += " descend_many stable_learning_rate"
    assert set(names.split()) <= set(statquest_bp.__all__)
    assert statquest_bp.__all__ == sorted(set(statquest_bp.__all__))
    assert all(hasattr(statquest_bp, name) for name in statquest_bp.__all__)


@pytest.mark.parametrize("file", TREES)
def test_every_module_and_every_public_name_has_a_docstring(file):
    assert ast.get_docstring(TREES[file]), file
    if file.startswith("course/") and file.endswith(("/values.py", "/draws.py")):
        return  # what a question's numbers are for stands in its words
    kinds = (ast.FunctionDef, ast.ClassDef)
    for node in TREES[file].body:
        for part in [node, *(node.body if isinstance(node, ast.ClassDef) else [])]:
            if isinstance(part, kinds) and not part.name.startswith("_") and not node.name.startswith("_"):
                assert ast.get_docstring(part), f"{file}: {node.name} {part.name}"


def test_the_words_of_the_course_and_what_paints_frames_are_in_an_installed_wheel(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(PACKAGE, source / "statquest_bp", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PACKAGE.parent / name, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*pip, tmp_path, source], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    words = {str(file.relative_to(PACKAGE.parent)) for file in PACKAGE.glob("course/*/*.md")}
    assert words
    assert words | {"statquest_bp/labs/frames.js"} <= set(zipfile.ZipFile(wheel).namelist())


def test_nothing_is_used_that_a_browser_tab_does_not_have():
    """Threads and other processes; in the notebooks, shell lines and magics too."""
    used = {name.split(".")[0] for tree in TREES.values() for name in imports(tree)}
    assert used.isdisjoint({"subprocess", "multiprocessing", "concurrent", "socket", "signal"})
    names = {node.attr for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert names.isdisjoint({"Thread", "Timer", "Popen", "system", "fork"})
    for path in sorted((PACKAGE.parent / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        lines = [line for cell in cells if cell["cell_type"] == "code" for line in cell["source"]]
        assert [line for line in lines if line.lstrip().startswith(("!", "%"))] == []
