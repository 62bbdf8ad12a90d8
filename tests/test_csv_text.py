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


# what is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing to read"),
        ("\ufeff\n \n,,\n", "nothing to read"),
        ("a,b\n", "names of columns but no row of numbers"),
        ("1\n2\n", "line 1 has one column only: at least two … commas, semicolons or tabs"),
        ("\n1 2\n3 4", "line 2 has one column only"),
        ("Results of June\na,b\n1,2", "line 1 has one column only"),
        ("a,b\n1,2\n\n1,x", 'line 4, column 2 ("b") must be a number; got "x"'),
        ("1,2\n1,x", 'line 2, column 2 must be a number; got "x"'),
        ("a,\n1,x", 'line 2, column 2 must be a number; got "x"'),
        ("a,b\n1,", 'line 2, column 2 ("b") is empty: fill it in'),
        ("a,b\n1,nan", 'line 2, column 2 ("b") must be finite; got "nan"'),
        ("1,-inf", 'line 1, column 2 must be finite; got "-inf"'),
        ("1,1e999", 'must be finite; got "1e999"'),
        ("a,b\n1,<script>", 'got "<script>"'),
        ("a,b\n1," + "x" * 100, 'got "' + "x" * 40 + '…"'),
        ("a,b\n1,2\n1,2,3", "line 3 has 3 cell(s), but line 1 has 2: all rows … if commas mark decimals"),
        ("a;b\n1;2\n1", "line 3 has 1 cell(s), but line 1 has 2: all rows must have as many"),
        ("x,y\n0,5,1,5", "if commas mark decimals, as in 1,5, put semicolons between the columns"),
        ('x,y\n"0,5","1,5"', 'got "0,5": write decimals with a point, as in 1.5, and no marks for thousands'),
        ("x;y\n1.234,5;1", 'have a comma ("1.234,5" in line 2) and some a point ("1.234,5" in line 2): use one of'),
        ("x;y\n1;1,234,567", 'got "1,234,567": write decimals with a point'),
        ("x;y\n1,234;1\n1;2.5", 'have a comma ("1,234" in line 2) and some a point ("2.5" in line 3)'),
        ("1,two\n3,4", 'line 1 holds numbers, such as "1", but "two" is none'),
        ("a,b,a\n1,2,3", 'two columns are called "a"'),
        ('a,b\n1,2\n"3,4\n5,6', "line 3 can't be split into cells … look for a quotation mark"),
        ('a,b\n"x"y,2', "line 2 can't be split into cells"),
        ("a,b\n1," + "9" * 200_000, "line 2 can't be split into cells"),
        ("a,b\n1,2\0", "line 2 holds a NUL byte, so this is no plain text: save a spreadsheet as CSV"),
        ("1,2,3,4,5,6", "with 1 observed … must be 2 to 5 columns, the first 1 to 4 of them inputs; got 6"),
        ("1,2\n" * (LIMIT // 4) + "1,2", "the text has 1,000,003 characters; it may have 1,000,000 at most"),
    ],
)
def test_a_bad_text_is_refused_in_plain_words(text, message):
    with pytest.raises(ValueError, match=".*".join(map(re.escape, message.split(" … ")))):
        Dataset.from_text(text)


@pytest.mark.parametrize(
    ("outputs", "error", "message"),
    [
        (0, ValueError, "outputs must be 1 to 3 columns, the last ones; got 0"),
        (4, ValueError, "got 4"),
        (1.0, TypeError, "outputs must be a whole number of columns; got 1.0"),
        (True, TypeError, "got True"),
        (2, ValueError, r"with 2 observed column\(s\) there must be 3 to 6 columns, .* got 2"),
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

words = st.text("aé<&',;\"/−0", max_size=6)
finite = st.floats(allow_nan=False, allow_infinity=False)


@given(
    data=st.data(), n_in=st.integers(1, 4), n_out=st.integers(1, 3), dialect=st.sampled_from([",.", ";.", ";,", "\t,"])
)
@settings(max_examples=200, deadline=None)
def test_a_dataset_written_in_any_dialect_is_read_back_equal(data, n_in, n_out, dialect):
    width = n_in + n_out
    rows = data.draw(st.lists(st.lists(finite, min_size=width, max_size=width), min_size=1, max_size=5))
    names = [f"x{i}{word}" for i, word in enumerate(data.draw(st.lists(words, min_size=width, max_size=width)))]
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=dialect[0], quoting=quoting, lineterminator=end)
    if dialect[0] == ",":  # the first line decides, outside quotation marks, and a semicolon comes before a comma
        names = [name.replace(";", ":") for name in names]
    writer.writerow(names)
    writer.writerows([[repr(value).replace(".", dialect[1]) for value in row] for row in rows])
    table = np.array(rows)
    expected = Dataset(table[:, :n_in], table[:, n_in:], names[:n_in], names[n_in:])
    assert same(Dataset.from_text(out.getvalue(), n_out), expected)


@given(st.one_of(st.text(), st.text(st.sampled_from('01.,;\t\r\n" -eaé\0\ufeff'))), st.integers(1, 3))
@settings(max_examples=500, deadline=None)
def test_any_text_makes_a_dataset_or_a_value_error(text, outputs):
    try:
        data = Dataset.from_text(text, outputs)
    except ValueError:
        return
    assert data.observed.shape == (len(data), outputs)
