"""The commands `python -m …`: asked wrongly, asked for help, and read by somebody who leaves early."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = ["statquest_bp", "statquest_bp.course", "benchmarks"]


def run(command: str, *words: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", command, *words]
    return subprocess.run(line, cwd=ROOT, capture_output=True, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_a_command_says_how_it_is_used(command: str, option: str) -> None:
    done = run(command, option)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: python -m {command} [-h]")
    assert "without" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_that_there_is_not_is_refused_by_name(command: str) -> None:
    done = run(command, "--verbose")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unrecognized arguments: --verbose" in done.stderr


def test_the_command_of_before_leads_to_the_one_for_answers() -> None:
    assert run("statquest_bp.exercises", "00").stdout == run("statquest_bp.course", "00").stdout != ""


@pytest.mark.parametrize("words", [["statquest_bp"], ["statquest_bp", "b3"], ["statquest_bp.course", "00"]])
def test_a_reader_who_leaves_early_ends_it_quietly(words: Sequence[str]) -> None:
    line = [sys.executable, "-m", *words]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before the first line is written
        assert process.stderr.read() == ""
    assert process.returncode == 0
