"""Makes wheels quick to load in a browser. Pyodide runs it, so that the bytecode is of the Python that will read it."""

import py_compile
import re
import zipfile
from pathlib import Path

# What the course neither imports nor opens, by its path in a wheel.
UNUSED = re.compile(
    r"""
    (.*/)?tests?/ | .*\.data/ | .*/RECORD$ | (?!jedi/).*\.pyi$ | .*\.(pxd|pyx|h|hpp|a|c|cpp)$
    | numpy/(f2py|_pyinstaller)/ | matplotlib/mpl-data/(sample_data|fonts/afm|fonts/pdfcorefonts)/
    | matplotlib/mpl-data/fonts/ttf/DejaVu(Serif|SansMono-).*
    | jedi/third_party/(django-stubs|typeshed/third_party)/
    | pygments/lexers/(?!_mapping|__init__|_\w*builtins|python|bash|shell|c_cpp|javascript|html|css|data|markup|diff)
    """,
    re.VERBOSE,
)
SITE = "/lib/python3.14/site-packages"  # where Pyodide puts them: what a traceback names
TEXT, CODE = Path("/tmp/module.py"), Path("/tmp/module.pyc")


def quick(before: str, after: str, source: bool) -> None:
    """Write the wheel `after`: that of `before` with its modules compiled, their text beside them if `source`."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("/") or UNUSED.match(name):
                continue
            content = old.read(name)
            if name.endswith(".py"):
                folder, _, module = name.removesuffix(".py").rpartition("/")
                put(
                    new,
                    f"{folder}/__pycache__/{module}.cpython-314.pyc" if source else f"{name}c",
                    compiled(name, content),
                )
            if source or not name.endswith(".py"):
                put(new, name, content)


def compiled(name: str, content: bytes) -> bytes:
    """The bytecode of a module. What it was made from isn't looked at again when it is read."""
    TEXT.write_bytes(content)
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(TEXT), str(CODE), f"{SITE}/{name}", doraise=True, invalidation_mode=unchecked)
    return CODE.read_bytes()


def put(wheel: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file, always with the same date: the same wheel comes of the same files."""
    wheel.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
