"""TEACHING.md covers the course and cites it rightly, links lead somewhere, and the command prints every answer."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from statquest_bp import dosage, gradient, statquest_network
from statquest_bp.course import all_exercises
from statquest_bp.course.__main__ import WIDTH, answer_of, answers, notebook_named
from statquest_bp.digits import exact
from statquest_bp.exercises import Exercise

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "TEACHING.md").read_text("utf-8")
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
ROWS = re.findall(r"^\| \[(.+?)\]\(notebooks/(\S+?)\) \| (\d+) \| \S", TEXT, re.MULTILINE)
SECTIONS = dict(part.split("\n", 1) for part in TEXT.replace("\n## ", "\n### ").split("\n### ")[1:])
PARTS = ["Aim", "Misconceptions", "Stop and discuss", "Homework"]
QUOTE = re.compile("“(.+?)”", re.DOTALL)
PAIRS = "two/second three/third four/fourth five/fifth six/sixth seven/seventh eight/eighth nine/ninth ten/tenth"
COUNTS = {word: str(number) for number, pair in enumerate(PAIRS.split(), 2) for word in pair.split("/")}
NUMBER = re.compile(r"(?<![\w.])−?\d+(?:,\d{3})*(?:\.\d+)?|\b(?:" + "|".join(COUNTS) + r")\b(?! decimals)")
LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)", re.MULTILINE)


def ask(*arguments, cwd):
    """What the command does in the folder `cwd`, where a pipe has no − and a warning is an error."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "cp1252",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLCONFIGDIR": str(cwd.parent),
    }
    command = [sys.executable, "-W", "error", "-m", "statquest_bp.course", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The lines that the command prints for the whole course, by notebook; and the folder where it ran."""
    folder = tmp_path_factory.mktemp("teacher") / "here"
    folder.mkdir()
    done = ask(cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    blocks = re.split(r"^(\S+)\n=+\n", done.stdout, flags=re.MULTILINE)[1:]
    return dict(zip(blocks[::2], (block.rstrip().splitlines() for block in blocks[1::2]), strict=True)), folder


def test_the_table_has_a_row_for_every_notebook_of_the_course():
    assert [file for _, file, _ in ROWS] == NOTEBOOKS


@pytest.mark.parametrize("file", NOTEBOOKS)
def test_every_notebook_has_its_section_with_all_four_parts(file):
    (title,) = (title for title, row, _ in ROWS if row == file)
    assert title[:2] == file[:2]
    assert re.findall(r"^\*\*([\w ]+)\.\*\* *", SECTIONS[title], re.MULTILINE) == PARTS
    assert 2 <= len(re.findall(r"^- ", SECTIONS[title], re.MULTILINE)) <= 4


def plain(text):
    """The text on one line, in small letters, with the apostrophe of a keyboard."""
    return " ".join(text.replace("’", "'").lower().split())


def pieces_of(file):
    """What can be cited of a notebook: each of its exercises, with hints and answer, and each cell of text."""
    made = [make() for make in all_exercises()[file.removesuffix(".ipynb")]]
    texts = ["\n".join([repr(one), *getattr(one, "hints", ()), answer_of(one)]) for one in made]
    cells = json.loads((ROOT / "notebooks" / file).read_text("utf-8"))["cells"]
    texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return [plain(text) for text in texts]


def numbers(text):
    """'The third of 5 nodes' → {'3', '5'}; a digit in a name, w1, is no number."""
    return {COUNTS.get(found, found) for found in NUMBER.findall(plain(text))}


def wrong_citations(section, pieces):
    """Quotes that stand in none of the pieces, and numbers beside a quote that stand in no piece with that quote."""
    wrong = set()
    whole = QUOTE.sub(lambda quote: quote[0].replace(" ", "\xa0").replace("\n", "\xa0"), section)
    for part in re.split(r"(?<=[.:;?!])[ \n]", whole):  # never inside a quote: there is no such space
        quotes = {plain(quote) for quote in QUOTE.findall(part)}
        cited = [piece for piece in pieces if any(quote in piece for quote in quotes)]
        wrong |= {quote for quote in quotes if not any(quote in piece for piece in cited)}
        wrong |= numbers(part) - numbers(" ".join(cited)) if cited else set()
    return wrong


@pytest.mark.parametrize("file", NOTEBOOKS)
def test_what_is_cited_of_a_notebook_stands_in_it_with_the_same_numbers(file):
    (section,) = (SECTIONS[title] for title, row, _ in ROWS if row == file)
    assert QUOTE.search(section)
    assert wrong_citations(section, pieces_of(file)) == set()


@pytest.mark.parametrize(
    ("cited", "wrong"),
    [
        ("What “5 hidden nodes” need. The third bug.", set()),
        ("What “five hidden\nnodes” need.", {"five hidden nodes"}),
        ("The third of “5 hidden nodes”; all four.", {"3"}),
        ("“It's −2.5. How?” with −2.5; “It's −2.5. How?” with b3 = 2.5.", {"2.5"}),
    ],
)
def test_a_citation_that_is_not_so_is_found(cited, wrong):
    assert wrong_citations(cited, ["for 5 hidden nodes and two", "it's −2.5. how?"]) == wrong


@pytest.mark.parametrize("file", ["TEACHING.md", "README.md", "GLOSSARY.md", "CONTRIBUTING.md"])
def test_every_link_to_a_file_leads_to_one(file):
    targets = {one or other for one, other in LINK.findall((ROOT / file).read_text("utf-8"))}
    files = {target.partition("#")[0] for target in targets if not re.match(r"https?:|mailto:|#", target)}
    assert {target for target in files if not (ROOT / target).exists()} == set()


def test_the_links_of_the_pages_are_found():
    found = {one or other for one, other in LINK.findall(TEXT + (ROOT / "GLOSSARY.md").read_text("utf-8"))}
    assert {"README.md", "GLOSSARY.md", "notebooks/00_start_here.ipynb", "notebooks/08_bug_clinic.ipynb"} <= found


@pytest.mark.parametrize("notebook", all_exercises())
def test_the_command_prints_every_exercise_with_an_answer(printed, notebook):
    lines = printed[0][notebook]
    heads = [i for i, line in enumerate(lines) if not line.startswith(" ")]
    made = [make() for make in all_exercises()[notebook]]
    starts = [f"{number}. {exercise.kind}: {exercise.question[:20]}" for number, exercise in enumerate(made, 1)]
    assert [lines[i][: len(start)] for i, start in zip(heads, starts, strict=True)] == starts
    said = [" ".join(lines[i + 1 : j]) for i, j in zip(heads, [*heads[1:], len(lines)], strict=True)]
    assert all(answer.strip(" →") for answer in said)
    assert [answer.replace("→", "").split() for answer in said] == [answer_of(each).split() for each in made]


def test_the_command_prints_the_notebooks_of_the_course_in_their_order(printed):
    assert list(printed[0]) == list(all_exercises())


def test_two_answers_are_what_the_lesson_says(printed):
    slope = exact(gradient(statquest_network(b3=0), dosage())["b3"])
    for notebook, question, answer in (
        ("00_start_here", "the sum of three squares?", "13.25"),
        ("03_the_chain_rule", "Predict, then see", slope),
    ):
        lines = printed[0][notebook]
        (at,) = (i for i, line in enumerate(lines) if question in line)
        assert lines[at + 1].split() == ["→", answer]


def test_no_line_is_longer_than_a_terminal_is_wide(printed):
    assert WIDTH == 100
    assert max(len(line) for lines in printed[0].values() for line in lines) <= WIDTH


def test_the_command_leaves_no_file_behind(printed):
    assert list(printed[1].iterdir()) == []


def test_asking_for_answers_solves_nothing(progress):
    assert "13.25" in answers(["00_start_here"])
    assert progress.solved() == frozenset()
    assert not progress.path.exists()


def test_one_notebook_can_be_asked_for(tmp_path):
    done = ask("notebooks/00_start_here.ipynb", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip() == answers(["00_start_here"])


@pytest.mark.parametrize(
    "asked", ["05_the_output_weights", "05", "05_the_output_weights.ipynb", "notebooks/05_the_output_weights.ipynb"]
)
def test_a_notebook_is_known_by_its_name_its_number_and_its_path(asked):
    assert notebook_named(asked) == "05_the_output_weights"


def test_an_unknown_notebook_is_answered_with_the_nearest(tmp_path):
    done = ask("5_the_outputs", cwd=tmp_path)
    told = "There is no notebook “5_the_outputs” with exercises. Did you mean 05_the_output_weights?"
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", told)


def test_what_has_no_answer_is_refused():
    with pytest.raises(TypeError, match="an answer comes from a prediction or an exercise that is checked"):
        answer_of(Exercise("Why?", None))
