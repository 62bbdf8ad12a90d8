"""The glossary: its code runs, its colours are the course's, its links lead to the notebooks of the course."""

import re
from pathlib import Path

import pytest

import statquest_bp
from statquest_bp import descend, dosage, statquest_network
from statquest_bp.plots import style

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "GLOSSARY.md").read_text("utf-8")
TABLES = {
    part.partition("\n")[0]: [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| ")
    ][1:]
    for part in TEXT.split("\n## ")[1:]
}
CODE = sorted(
    {code for table in ("Symbols", "Words") for *_, cell in TABLES[table] for code in re.findall("`(.+)`", cell)}
)
LINKS = dict(re.findall(r"^\[(\d\d)\]: (\S+)$", TEXT, re.MULTILINE))


@pytest.mark.parametrize("code", CODE)
def test_the_code_in_the_glossary_runs(code):
    net, data = statquest_network(b3=0), dosage()
    run = descend(net, data, optimize=["b3"])
    assert eval(code, vars(statquest_bp) | {"net": net, "data": data, "run": run}) is not None


def test_every_row_has_as_many_cells_as_its_table_has_columns():
    columns = {"Symbols": 5, "Words": 4, "What other books say": 2, "Colours": 4}
    assert {table: {len(row) for row in rows} for table, rows in TABLES.items()} == {
        table: {count} for table, count in columns.items()
    }


def test_the_words_stand_in_the_order_of_the_alphabet_and_once_each():
    words = [row[0].casefold() for row in TABLES["Words"]]
    assert words == sorted(set(words))


def test_every_symbol_and_word_names_a_notebook_of_the_course():
    course = re.findall(r"(\d\d) ([A-Z][\w ]*\w)", (ROOT / "README.md").read_text("utf-8"))
    files = {number: f"notebooks/{number}_{title.lower().replace(' ', '_')}.ipynb" for number, title in course}
    first = {row[-2] for table in ("Symbols", "Words") for row in TABLES[table]}
    assert first == {f"[{number}]" for number in LINKS}
    assert {number: files[number] for number in LINKS} == LINKS


def test_the_colours_are_those_of_the_course():
    shown = {code.strip("`"): colour for _, _, colour, code in TABLES["Colours"]}
    nodes = {f"NODES[{i}]": colour for i, colour in enumerate(style.NODES)}
    others = {
        name: colour for name in style.__all__ if re.fullmatch("#[0-9A-F]{6}", str(colour := getattr(style, name)))
    }
    assert shown == nodes | others
