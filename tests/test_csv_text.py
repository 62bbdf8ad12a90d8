"""A learner's own data: every dialect reads back as it was written, and every slip is named with its place."""

import csv
import io
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statquest_bp import Dataset, dosage
from statquest_bp.csv_text import LIMIT

LESSON = "Dosage,Efficacy\n0,0\n0.5,1\n1,0\n"


def same(data, other):
    return (
        np.array_equal(data.inputs, other.inputs)
        and np.array_equal(data.observed, other.observed)
        and (data.input_names, data.observed_names) == (other.input_names, other.observed_names)
    )


# what is read


@pytest.mark.parametrize(
    "text",
    [
        LESSON,
        LESSON.replace(",", ";"),
        LESSON.replace(",", "\t"),
        LESSON.replace(",", " , "),
        LESSON.replace(",", ";").replace(".", ","),
        LESSON.replace(",", "\t").replace("0.5", ",5"),
        LESSON.replace("\n", "\r\n"),
        LESSON.replace("\n", "\r"),
        LESSON.replace("\n", "\n\n , \n"),
        "\n\n" + LESSON.rstrip(),
        "\ufeff" + LESSON,
        '"Dosage","Efficacy"\n"0","0"\n"0.5", "1"\n1e0,+0.0\n',
        '"Dosage";"Efficacy"\n"0";"0"\n"0,5";"1"\n1;−0\n',
        '"Dos\x07age","\nEfficacy "\n0,0\n0.5,1\n1,0\n',
    ],
)
def test_the_lessons_data_are_read_from_every_dialect(text):
    assert same(Dataset.from_text(text), dosage())


def test_without_a_row_of_names_the_columns_have_the_usual_ones():
    assert same(Dataset.from_text("0,0\n0.5,1\n1,0"), Dataset([0, 0.5, 1], [0, 1, 0]))


def test_a_column_without_a_name_has_the_usual_one():
    data = Dataset.from_text("Age,, \n1,2,3\n4,5,6")
    assert (data.input_names, data.observed_names) == (("Age", "Input 2"), ("Observed",))


def test_a_mark_within_quotation_marks_separates_no_columns():
    assert Dataset.from_text('"a;b","c\td"\n1,2').input_names == ("a;b",)
    assert Dataset.from_text("Weight, kg;Height, m\n1;2").input_names == ("Weight, kg",)


def test_the_last_columns_are_observed():
    data = Dataset.from_text("a,b,c,d\n1,2,3,4", outputs=3)
    assert (data.input_names, data.observed_names) == (("a",), ("b", "c", "d"))
    assert (data.inputs.tolist(), data.observed.tolist()) == ([[1]], [[2, 3, 4]])


def test_a_minus_sign_copied_from_a_lab_is_read():
    assert Dataset.from_text("−1.5,2").inputs.tolist() == [[-1.5]]


def test_html_in_a_name_stays_text():
    assert Dataset.from_text("<b>Dose</b>,&amp\n1,2").input_names == ("<b>Dose</b>",)


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_a_file_is_read_as_its_text_is(tmp_path, kind):
    path = tmp_path / "größe.csv"
    path.write_bytes(("\ufeff" + LESSON.replace("Dosage", "Größe")).encode("utf-8"))
    assert same(Dataset.from_csv(kind(path)), Dataset([0, 0.5, 1], [0, 1, 0], ["Größe"], ["Efficacy"]))
    path.write_text("a,b,c\n1,2,3", "utf-8")
    assert Dataset.from_csv(path, outputs=2).observed.tolist() == [[2, 3]]


def test_a_file_of_one_megabyte_is_read(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("1.0,2.0\n" * (LIMIT // 8), "utf-8")
    assert len(Dataset.from_csv(path)) == LIMIT // 8


# what people have, and what becomes of it


def read(*rows, names=None):
    """The data set of these rows, the last column observed."""
    table = np.array(rows, dtype=float)
    n = table.shape[1] - 1
    return Dataset(table[:, :n], table[:, n:], names and names[:n], names and names[n:])


TWO, THREE = [(1, 2), (3, 4)], [(1, 2, 3), (4, 5, 6)]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        # what separates: what gives most lines the same number of cells
        ("sep=;\na;b\n1,5;2", read((1.5, 2), names=["a", "b"])),
        ("SEP=,\r\n1.5,2", read((1.5, 2))),
        ('\n"sep=\t"\n1,5\t2', read((1.5, 2))),
        ('Diameter (");Length (")\n1;2\n3;4', read(*TWO, names=['Diameter (")', 'Length (")'])),
        ("x (a; b; c),y\n1,2\n3,4", read(*TWO, names=["x (a; b; c)", "y"])),
        ("Weight, kg;Height, m\n1;2\n3;4", read(*TWO, names=["Weight, kg", "Height, m"])),
        ("Weight, kg\tHeight; m\n1\t2\n3\t4", read(*TWO, names=["Weight, kg", "Height; m"])),
        ("0,5;1,5\n1,5;2,5", read((0.5, 1.5), (1.5, 2.5))),
        # what holds nothing
        ("1;2;\n3;4;\n", read(*TWO)),
        ("a,b\n1,2,\n3,4,\n", read(*TWO, names=["a", "b"])),
        ("a;b;\n1;2\n3;4\n", read(*TWO, names=["a", "b"])),
        (";;;\n;a;b;\n;1;2;\n;;;\n;3;4;\n;;;", read(*TWO, names=["a", "b"])),
        ("a,,b\n1,,2\n3,,4", read(*TWO, names=["a", "b"])),
        # minus signs, and what is copied along unseen
        ("–1.5,−2\n—3,－4", read((-1.5, -2), (-3, -4))),
        ("\u200e1,\u202d2\u202c\n3\u00a0,4\ufeff", read(*TWO)),
        # points and commas that can mean one thing only
        ("1,1.250\n2,1.001", read((1, 1.25), (2, 1.001))),
        ("1;1.001\n2;1.5", read((1, 1.001), (2, 1.5))),
        ("1;1,001\n2;0,125", read((1, 1.001), (2, 0.125))),
        ("1\t1.001\n2\t1234.567", read((1, 1.001), (2, 1234.567))),
        ("1;1.001\n2;1.250e0", read((1, 1.001), (2, 1.25))),
        # whole numbers between commas
        ("1,2,3\n4,5,6", read(*THREE)),
        ("0,0\n5,10\n10,5", read((0, 0), (5, 10), (10, 5))),
        ("a,b,c,d\n0,5,1,2", read((0, 5, 1, 2), names=["a", "b", "c", "d"])),
        ("0, 5, 1, 2", read((0, 5, 1, 2))),
        ("1,-2,3,4", read((1, -2, 3, 4))),
        ("0,5,1,2.5", read((0, 5, 1, 2.5))),
        ("month,x\n01,5\n02,6", read((1, 5), (2, 6), names=["month", "x"])),
        # a column that counts, but is named, and one without a name that doesn't count
        ("No.,x,y\n1,2,3\n2,5,6", read((1, 2, 3), (2, 5, 6), names=["No.", "x", "y"])),
        (",x,y\n0.5,2,3\n1.5,5,6", read((0.5, 2, 3), (1.5, 5, 6), names=["Input 1", "x", "y"])),
        ("Month;Jan 20;5 %\n1;2;3", read((1, 2, 3), names=["Month", "Jan 20", "5 %"])),
        ("温度,成長\n1,2\n3,4", read(*TWO, names=["温度", "成長"])),
    ],
)  # fmt: skip
def test_a_table_that_can_mean_one_thing_only_is_read(text, data):
    assert same(Dataset.from_text(text), data)


MISSING = "a value is missing here: fill it in, or leave the whole row out"
THOUSANDS = "write one number, without marks for thousands"
UNIT = "write the number alone; a unit can stand in the column's name"
NO_NUMBER = "a date, a time, a range or a fraction is no plain number: write one in its place"
COMMA = "between commas, write decimals with a point, as in 1.5, and no marks for thousands"
WORD = "write one in its place, such as −1.5 or 0.25, or leave the whole row out"
SPLIT = (
    "If they are whole numbers, write a name for each column above them; if not, put semicolons between the columns, "
    "as in 0,5;1,2"
)
SEMICOLONS = "; if commas mark decimals, as in 1,5, put semicolons between the columns"
LEAVE_OUT = "leave that column out, or write numbers in their place"
ONE_COLUMN = (
    "has one column only: at least two are needed, an input and an observed value, with commas, semicolons or tabs "
    "between them"
)
ONE_ROW = "above the numbers one row of names may stand, and nothing else, so take the others out"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # the shape
        ("", "there is nothing to read: write a row for each point, such as 0.5, 1"),
        ("\ufeff\n \n,,\n", "there is nothing to read: write a row for each point, such as 0.5, 1"),
        ("a,b\n", "there are names of columns but no row of numbers below them"),
        ("1\n2\n", f"line 1 {ONE_COLUMN}"),
        ("\n1 2\n3 4", f"line 2 {ONE_COLUMN}"),
        ('"x,y"\n"1,2"', f"line 1 {ONE_COLUMN}, and no quotation marks around a whole line"),
        ("sep=;\na,b\n1,2", f"line 2 {ONE_COLUMN}; the line sep=; says which, so change it or take it out"),
        (
            "sep=|\na|b\n1|2",
            'line 1 says that "|" stands between the columns, which can\'t be read: save the table with commas, '
            "semicolons or tabs between them",
        ),
        (
            "sep=\n1,2",
            'line 1 says that "" stands between the columns, which can\'t be read: save the table with commas, '
            "semicolons or tabs between them",
        ),
        (
            "# by me\nx,y\n1,2\n3,4",
            'line 1 ("# by me") is no row of the table, whose rows have 2 cells: take out what stands above the table',
        ),
        ("# by me, in June\nx,y\n1,2\n3,4", f'line 2 holds no numbers, but words such as "x": {ONE_ROW}'),
        ("Results;;\n;;\nx;y;z\n1;2;3", f'line 3 holds no numbers, but words such as "x": {ONE_ROW}'),
        ("Time,Height\ns,cm\n0,1\n1,2", f'line 2 holds no numbers, but words such as "s": {ONE_ROW}'),
        (
            "a,b\n1,2\n1,2,3",
            "line 3 has 3 cells, but line 1 has 2: every row needs as many; take the line out if it is no row of "
            f"the table{SEMICOLONS}",
        ),
        (
            "a;b\n1;2\n1",
            "line 3 has 1 cell, but line 1 has 2: every row needs as many; take the line out if it is no row of "
            "the table",
        ),
        (
            "a,b\n1,2\n\n3,4\nSource: me",
            "line 5 has 1 cell, but line 1 has 2: every row needs as many; take the line out if it is no row of "
            "the table",
        ),
        (
            "x,y\n0,5,1,5\n1,5,2,5",
            "line 1 has 2 cells, but line 2 has 4: every column needs a name of its own, and nothing may stand "
            f"above the names{SEMICOLONS}",
        ),
        (
            "1,2,3,4,5,6",
            "with 1 observed column there must be 2 to 5 columns, the first 1 to 4 of them inputs; got 6; if "
            "commas mark decimals, put semicolons between the columns",
        ),
        (
            "kind;a;b;c;d;e\nA;1 x;2;3;4;5\nB;2;3;4;5;6",
            "with 1 observed column there must be 2 to 5 columns, the first 1 to 4 of them inputs; got 6. Also: "
            f'column 1 ("kind") holds words or dates, such as "A" in line 2: {LEAVE_OUT}',
        ),
        ("1,2\n" * (LIMIT // 4) + "1,2", "the text has 1,000,003 characters; it may have 1,000,000 at most"),
        ("a,b\n1,2\0", "line 2 holds a NUL byte, so this is no plain text: save a spreadsheet as CSV UTF-8 first"),
        # the names
        ("a,b,a\n1,2,3", '2 columns are called "a": give each a name of its own'),
        (
            "1,two\n3,4",
            'line 1 holds numbers, such as "1", but "two" is none: the first row must be all names or all '
            'numbers; if "1" is a name, put a letter in front',
        ),
        (
            "1 250;2 300\n950;800",
            'line 1 can mean two things: "1 250" may be a name or a number. For names, write plain words; '
            f"for numbers, {THOUSANDS}",
        ),
        (
            "NA,-\n950,800",
            'line 1 can mean two things: "NA" may be a name or a number. For names, write plain words; '
            f"for numbers, {MISSING}",
        ),
        (
            ",x,y\n0,5,6\n1,7,8",
            "the first column has no name and just counts the rows: delete it, or give it a name if it is an input",
        ),
        (
            '"","x","y"\n"1",5,6\n"2",7,8',
            "the first column has no name and just counts the rows: delete it, or give it a name if it is an input",
        ),
        (
            "Unnamed: 0,x,y\n0,5,6\n1,7,8",
            "the first column has no name and just counts the rows: delete it, or give it a name if it is an input",
        ),
        (
            ",x,y\n7,5,6\n3,7,8",
            "the first column has no name and may just number the rows: delete it, or give it a name if it is an input",
        ),
        # columns of something else
        (
            "city,temp,y\nBonn,5,1\nKöln,6,2",
            f'column 1 ("city") holds words or dates, such as "Bonn" in line 2: {LEAVE_OUT}',
        ),
        (
            "x,y\n1,2020-01-05\n2,2020-01-06",
            f'column 2 ("y") holds words or dates, such as "2020-01-05" in line 2: {LEAVE_OUT}',
        ),
        (
            "x;y\n5.1.2020;1\n6.1.2020;2",
            f'column 1 ("x") holds words or dates, such as "5.1.2020" in line 2: {LEAVE_OUT}',
        ),
        ("setosa,5.1,3.5\nsetosa,4.9,3", f'column 1 holds words or dates, such as "setosa" in line 1: {LEAVE_OUT}'),
        ("x,ok\n1,TRUE\n2,FALSE", f'column 2 ("ok") holds words or dates, such as "TRUE" in line 2: {LEAVE_OUT}'),
        (
            "a,b,x\nm,u,1\nn,v,2",
            f'column 1 ("a") holds words or dates, such as "m" in line 2: {LEAVE_OUT}. Also: column 2 ("b") holds '
            f'words or dates, such as "u" in line 2: {LEAVE_OUT}',
        ),
        ("x,y,z\n1,2,\n3,4,NA", 'column 3 ("z") is empty: fill it in, or leave that column out'),
        # cells
        ("x,y\n1,2\n1,", 'line 3, column 2 ("y") is empty: fill it in, or leave the whole row out'),
        ("a,\n1,2\n1,x", f'line 3, column 2 must be a number; got "x": {WORD}'),
        (";x;;y\n;1;;2\n;1;;x", f'line 3, column 4 ("y") must be a number; got "x": {WORD}'),
        ("sep=;\nx;y\n1;2\n1;x", f'line 4, column 2 ("y") must be a number; got "x": {WORD}'),
        (
            "x,y\nNA,1\nn/a,2\n3,3\n-,4\n?,5",
            f'line 2, column 1 ("x") must be a number; got "NA" (the first of 4 such cells): {MISSING}',
        ),
        ("x,y\n1,nan\n2,3", f'line 2, column 2 ("y") must be a number; got "nan": {MISSING}'),
        ("x,y\n1,#DIV/0!\n2,3", f'line 2, column 2 ("y") must be a number; got "#DIV/0!": {MISSING}'),
        ("1,-inf", 'line 1, column 2 must be a number; got "-inf": no value may be infinite'),
        ("1,Infinity\n2,3", 'line 1, column 2 must be a number; got "Infinity": no value may be infinite'),
        ("1,1e999", 'line 1, column 2 must be finite; got "1e999"'),
        ("x,y\n1,2\n2020_01,3", f'line 3, column 1 ("x") must be a number; got "2020_01": {NO_NUMBER}'),
        ("1,1/2\n2,3", f'line 1, column 2 must be a number; got "1/2": {NO_NUMBER}'),
        ("1,01. Mai\n2,3", f'line 1, column 2 must be a number; got "01. Mai": {NO_NUMBER}'),
        ("1,٢\n2,3", 'line 1, column 2 must be a number; got "٢": write it in the digits 0 to 9'),
        ("1,２\n2,3", 'line 1, column 2 must be a number; got "２": write it in the digits 0 to 9'),
        ("1,0x1F\n2,3", 'line 1, column 2 must be a number; got "0x1F": write it in the digits 0 to 9'),
        (
            "x,y\n1,47%\n2,48 %",
            'line 2, column 2 ("y") must be a number; got "47%" (the first of 2 such cells): take the sign out '
            "of the whole column; it can stand in the column's name",
        ),
        (
            "x,y\n1,12 kg\n2,13 kg",
            f'line 2, column 2 ("y") must be a number; got "12 kg" (the first of 2 such cells): {UNIT}',
        ),
        ("1,$5\n2,3", f'line 1, column 2 must be a number; got "$5": {UNIT}'),
        ("1,40 430\n2,3", f'line 1, column 2 must be a number; got "40 430": {THOUSANDS}'),
        ("1;40\u202f430,5\n2;3", f'line 1, column 2 must be a number; got "40 430,5": {THOUSANDS}'),
        ("1,1'234\n2,3", f'line 1, column 2 must be a number; got "1\'234": {THOUSANDS}'),
        ("1;82.440.309\n2;3", f'line 1, column 2 must be a number; got "82.440.309": {THOUSANDS}'),
        ("1;1,234,567\n2;3", f'line 1, column 2 must be a number; got "1,234,567": {THOUSANDS}'),
        ("1;1.234,5\n2;3", f'line 1, column 2 must be a number; got "1.234,5": {THOUSANDS}'),
        ("1;1.001\n2;82.440.309", f'line 2, column 2 must be a number; got "82.440.309": {THOUSANDS}'),
        ('1,"1,250"\n2,3', f'line 1, column 2 must be a number; got "1,250": {COMMA}'),
        (
            'x,y\n1,"0,5"\n2,"1,5"',
            f'line 2, column 2 ("y") must be a number; got "0,5" (the first of 2 such cells): {COMMA}',
        ),
        # what can mean two things
        (
            "1;999\n2;1.001\n3;1.250",
            '"1.001" in line 2 can mean 1001 or 1.001: for 1001 take out all marks for thousands, for 1.001 '
            "write one more digit, as in 1.0010",
        ),
        (
            "x\ty\n1\t-1,001",
            '"-1,001" in line 2 can mean -1001 or -1.001: for -1001 take out all marks for thousands, for -1.001 '
            "write one more digit, as in -1,0010",
        ),
        (
            "x;y\n1,234;1\n1;2.5",
            'some numbers have a comma ("1,234" in line 2) and some a point ("2.5" in line 3): use one of them '
            "for decimals, and no marks for thousands",
        ),
        ("0,5,1,2", f"line 1 can mean two things: 4 whole numbers, or fewer with decimal commas, such as 0,5. {SPLIT}"),
        (
            "x,y,,\n0,5,1,2\n1,5,2,0",
            f"line 2 can mean two things: 4 whole numbers, or fewer with decimal commas, such as 0,5. {SPLIT}",
        ),
        (
            "1,05,2\n3,10,4",
            f"line 1 can mean two things: 3 whole numbers, or fewer with decimal commas, such as 1,05. {SPLIT}",
        ),
        (
            "0,5,1\n0,7,2",
            f"line 1 can mean two things: 3 whole numbers, or fewer with decimal commas, such as 0,5. {SPLIT}",
        ),
        (
            "1,0,1\n1,5,2",
            f"line 1 can mean two things: 3 whole numbers, or fewer with decimal commas, such as 1,0. {SPLIT}",
        ),
    ],
)
def test_any_other_table_is_refused_with_the_line_and_what_to_do(text, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        Dataset.from_text(text)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,<script>", 'such as "<script>" in line 2'),
        ("a,b\n1,2\n3," + "x" * 100, 'got "' + "x" * 40 + '…": write one'),
        ('a,b\n1,2\n"3,4\n5,6', "line 3 can't be split into cells … look for a quotation mark"),
        ('a,b\n"x"y,2', "line 2 can't be split into cells"),
        ("a,b\n1," + "9" * 200_000, "line 2 can't be split into cells"),
    ],
)
def test_a_bad_text_is_quoted_and_cut_off(text, message):
    with pytest.raises(ValueError, match=".*".join(map(re.escape, message.split(" … ")))):
        Dataset.from_text(text)


def test_four_whole_numbers_with_two_observed_can_only_be_four():
    data = Dataset.from_text("0,5,1,2", outputs=2)
    assert (data.inputs.tolist(), data.observed.tolist()) == ([[0, 5]], [[1, 2]])


@pytest.mark.parametrize(
    ("outputs", "error", "message"),
    [
        (0, ValueError, "outputs must be 1 to 3 columns, the last ones; got 0"),
        (4, ValueError, "got 4"),
        (1.0, TypeError, "outputs must be a whole number of columns; got 1.0"),
        (True, TypeError, "got True"),
        (2, ValueError, "with 2 observed columns there must be 3 to 6 columns, .* got 2"),
    ],
)
def test_a_bad_number_of_outputs_is_refused(outputs, error, message):
    with pytest.raises(error, match=message):
        Dataset.from_text(LESSON, outputs)


@pytest.mark.parametrize("text", [None, 5, b"1,2", ["1,2"]])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(TypeError, match="the data must be text"):
        Dataset.from_text(text)


def test_a_missing_file_a_folder_and_what_is_no_path_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r'there is no file ".*nowhere.csv": a path begins'):
        Dataset.from_csv("nowhere.csv")
    with pytest.raises(ValueError, match=r'" is a folder: give the path of a file in it'):
        Dataset.from_csv(tmp_path)
    with pytest.raises(TypeError, match=r"the path of a file must be text.*got 5"):
        Dataset.from_csv(5)
    with pytest.raises(FileNotFoundError, match="there is no file"):  # the text itself in place of a path
        Dataset.from_csv(LESSON * 1000)


def test_a_file_too_large_or_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"1,2\n" * (LIMIT // 2))
    with pytest.raises(ValueError, match=r'data.csv" has 2,000,000 bytes; a file may have 1,000,000 \(1 MB\) at most'):
        Dataset.from_csv(path)
    path.write_bytes("a,größe\n1,2".encode("latin-1"))
    with pytest.raises(ValueError, match=r'not in UTF-8 \(line 1 is the first that isn\'t\): .* choosing "CSV UTF-8"'):
        Dataset.from_csv(path)
    for encoding in ("utf-16", "utf-16-le"):
        path.write_bytes(LESSON.encode(encoding))
        with pytest.raises(ValueError, match=r"UTF-8"):
            Dataset.from_csv(path)


# properties

words = st.text("aé<&',;\t\"/−0", max_size=6)
finite = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([1.125, -250.001, 1e16])


@given(
    data=st.data(), n_in=st.integers(1, 4), n_out=st.integers(1, 3), dialect=st.sampled_from([",.", ";.", ";,", "\t,"])
)
@settings(max_examples=300, deadline=None)
def test_a_dataset_written_in_any_dialect_is_read_back_number_for_number_or_asked_about(data, n_in, n_out, dialect):
    width = n_in + n_out
    rows = data.draw(st.lists(st.lists(finite, min_size=width, max_size=width), min_size=1, max_size=5))
    cells = [[repr(value).replace(".", dialect[1]) for value in row] for row in rows]
    names = [f"x{i}{word}" for i, word in enumerate(data.draw(st.lists(words, min_size=width, max_size=width)))]
    named = data.draw(st.booleans())
    out = io.StringIO(newline="")
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    csv.writer(out, delimiter=dialect[0], quoting=quoting, lineterminator=end).writerows([names] * named + cells)
    marked = [cell for row in cells for cell in row if dialect[1] in cell]
    if dialect[0] != "," and marked and all(re.fullmatch(r"-?[1-9]\d?\d?[.,]\d{3}", cell) for cell in marked):
        with pytest.raises(ValueError, match="take out all marks for thousands"):
            Dataset.from_text(out.getvalue(), n_out)
        return
    table = np.array(rows)
    names = [" ".join(name.split()) for name in names]
    columns = (names[:n_in], names[n_in:]) if named else ()
    assert same(Dataset.from_text(out.getvalue(), n_out), Dataset(table[:, :n_in], table[:, n_in:], *columns))


some_cell = st.sampled_from(
    [
        *"01257x-?%#",
        "05",
        "0,5",
        "1.5",
        "1.250",
        "1,001",
        "12 kg",
        "40 430",
        "NA",
        "nan",
        "2020-01",
        "",
        '"',
        " ",
        "t e",
        "−3",
    ]
)
a_table = st.tuples(st.sampled_from(["", "sep=;\n", "# by me\n"]), st.sampled_from(",;\t"), st.integers(1, 6)).flatmap(
    lambda drawn: st.lists(st.lists(some_cell, min_size=drawn[2], max_size=drawn[2]), max_size=5).map(
        lambda rows: drawn[0] + "\n".join(drawn[1].join(row) for row in rows)
    )
)


@given(st.one_of(a_table, st.text(), st.text(st.sampled_from('01.,;\t\r\n" -eaé\0\ufeff=%'))), st.integers(1, 3))
@settings(max_examples=1000, deadline=None)
def test_any_text_makes_a_dataset_or_an_error_that_names_a_place_or_says_what_to_do(text, outputs):
    try:
        data = Dataset.from_text(text, outputs)
    except ValueError as error:
        message = str(error)
        assert "\n" not in message
        assert re.search(r"\bline \d|\bcolumn|: (write|give)", message), message
        return
    assert data.observed.shape == (len(data), outputs)
