"""How the running course is put together: only from files that are known, all named in its lock, with their terms."""

import hashlib
import json
import re
from pathlib import Path

import lite
import pytest
from lite import ROOT


def pins(file: Path) -> dict[str, str]:
    """The versions that stand in a list of requirements."""
    return dict(re.findall(r"^([\w-]+)==([\w.]+)", file.read_text("utf-8"), re.M))


@pytest.fixture
def pyodide(site):
    return site / "below" / "it" / "static" / "pyodide"


def test_the_widgets_have_the_same_version_in_the_browser_as_on_a_computer():
    there, here = pins(ROOT / "site" / "lite" / "wheels.txt"), pins(ROOT / "requirements.txt")
    assert {name: there[name] for name in ("anywidget", "ipywidgets")} == {
        name: here[name] for name in ("anywidget", "ipywidgets")
    }


def test_the_lock_names_every_wheel_there_is_by_its_hash_and_no_other(pyodide):
    packages = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))["packages"]
    for package in packages.values():
        assert hashlib.sha256((pyodide / package["file_name"]).read_bytes()).hexdigest() == package["sha256"]
        assert set(package["depends"]) <= set(packages)
    assert {package["file_name"] for package in packages.values()} == {file.name for file in pyodide.glob("*.whl")}


def test_pyodide_itself_is_what_its_makers_published(pyodide):
    for name, known in lite.PYODIDE["core"].items():
        assert hashlib.sha256((pyodide / name).read_bytes()).hexdigest() == known


def test_the_terms_of_everything_are_there(pyodide, site):
    terms = (pyodide / "LICENSES.txt").read_text("utf-8")
    for wheel in pyodide.glob("*.whl"):
        name, version = wheel.name.split("-")[:2]
        assert f"\n{name}-{version}.dist-info/" in terms
    assert (site / "below" / "it" / "build" / "third-party-licenses.json").is_file()


@pytest.mark.parametrize("source", ["from_cdn", "from_carrier"])
def test_a_file_that_is_not_the_one_named_ends_the_build(monkeypatch, tmp_path, source):
    monkeypatch.setattr(lite, "CACHE", tmp_path)
    monkeypatch.setattr(lite, "from_cdn", lambda names: iter(()))

    def wrong(names):
        yield names[0], b"something else"

    wrong.__name__ = source
    monkeypatch.setattr(lite, source, wrong)
    with pytest.raises(SystemExit, match=r"pyodide\.mjs, from \w+, is not the file that lite/pyodide\.toml names"):
        lite.runtime()


def test_a_file_that_is_nowhere_ends_the_build(monkeypatch, tmp_path):
    monkeypatch.setattr(lite, "CACHE", tmp_path)
    for source in ("from_cdn", "from_carrier"):
        monkeypatch.setattr(lite, source, lambda names: iter(()))
    with pytest.raises(SystemExit, match=r"Neither .* nor .* has pyodide\.mjs, "):
        lite.runtime()


def test_a_damaged_file_in_the_cache_is_fetched_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(lite, "CACHE", tmp_path)
    monkeypatch.setitem(lite.PYODIDE, "core", {"a": lite.sha256(b"right")})
    monkeypatch.setitem(lite.PYODIDE, "wheels", {})
    monkeypatch.setattr(lite, "from_cdn", lambda names: ((name, b"right") for name in names))
    lite.runtime().joinpath("a").write_bytes(b"damaged")
    assert (lite.runtime() / "a").read_bytes() == b"right"
