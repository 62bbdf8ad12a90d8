"""Make the virtual environment .venv. Debian keeps Python's venv in a package of its own: as root, fetch it."""

import os
import shutil
import subprocess
import sys


def make_venv():
    """Try to make .venv; returns the finished process."""
    command = [sys.executable, "-m", "venv", "--clear", ".venv"]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


version = "{}.{}".format(*sys.version_info)
if sys.version_info < (3, 11):  # noqa: UP036, whatever python3 is there runs this file
    sys.exit(f"Python 3.11 or newer is needed; this is {version}. If you have one, name it: make lab PYTHON=python3.13")

package = f"python{version}-venv"
attempt = make_venv()
if attempt.returncode and shutil.which("apt-get") and os.geteuid() == 0:
    print(f"Python's venv is missing here: installing {package}.", flush=True)
    for step in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-qq", *step], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    attempt = make_venv()
if attempt.returncode:
    sys.exit(
        f"{attempt.stdout}\nPython could not make the virtual environment .venv. On Debian and Ubuntu this helps:\n"
        f"    sudo apt-get install {package}\nthen run the same command again."
    )
