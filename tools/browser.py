"""Find a Chromium for the browser tests; run as a script, install one if there is none, and print its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
FLAGS = (
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # root needs it, most containers too; the only pages opened are our own, on 127.0.0.1
)
NONE_FOUND = "No Chromium here. Install Chromium or Chrome, or name one: CHROMIUM=/path/to/chromium make test"


def find_chromium(playwright: Playwright) -> str | None:
    """The path of the Chromium named by $CHROMIUM, else of one on the PATH, else of Playwright's own, else None."""
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        sys.exit(f"CHROMIUM is {named!r}, and there is no program of that name.")
    candidates = [shutil.which(name) for name in (named, *NAMES) if name]
    own = playwright.chromium.executable_path
    return next((path for path in candidates if path), own if Path(own).exists() else None)


def launch_chromium(playwright: Playwright) -> Browser:
    """Start a headless Chromium. Raises FileNotFoundError if there is none."""
    path = find_chromium(playwright)
    if path is None:
        raise FileNotFoundError(NONE_FOUND)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def ways_to_install() -> list[list[str]]:
    """The commands that may bring a Chromium to this machine, best first."""
    apt = bool(shutil.which("apt-get")) and os.geteuid() == 0
    ways = [[sys.executable, "-m", "playwright", "install", *(["--with-deps"] if apt else []), "chromium"]]
    if apt:
        packages = "apt-get -qq install --yes --no-install-recommends chromium fonts-liberation"
        ways.append(["sh", "-c", f"apt-get -qq update && {packages}"])
    return ways


def main() -> None:
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        for command in ways_to_install() if path is None else []:
            print("No Chromium yet, trying:", *command, file=sys.stderr, flush=True)
            subprocess.run(command, stdout=sys.stderr)
            if path := find_chromium(playwright):
                break
        sys.exit(NONE_FOUND) if path is None else print(path)


if __name__ == "__main__":
    main()
