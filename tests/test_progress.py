"""Progress: what is solved is kept in one small file, whatever is wrong with it; and the cards that show it."""

import datetime
import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from statquest_bp.course import all_exercises, progress_card
from statquest_bp.course.bug_clinic import an_ssr_below_zero, mended
from statquest_bp.course.gradient_descent import (
    predict_the_second_step,
    the_new_b3,
    two_links,
    when_it_stops,
)
from statquest_bp.exercises import Exercise, Numeric, progress_file
from statquest_bp.exercises.exercise import HOW
from statquest_bp.exercises.progress import BEFORE, PROGRESS, Progress, kept, key_of

NAMES_OF_BEFORE = Path(__file__).with_name("names_of_before.txt").read_text().split()  # in the files of version 1
MAKERS = [maker for makers in all_exercises().values() for maker in makers]
NOTEBOOK = "04_gradient_descent"
ROOT = Path(__file__).parents[1]
DAY = "2026-11-25"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is DAY."""

    class Calendar(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return cls.fromisoformat(DAY)

    monkeypatch.setattr(datetime, "date", Calendar)


def fields(progress: Progress) -> dict[str, Any]:
    return json.loads(progress.path.read_text("utf-8"))


def stored(progress: Progress) -> list[str]:
    return list(fields(progress)["solved"])


def add(progress: Progress, *names: str) -> None:
    for name in names:
        progress.add(name, "first try")


def press(exercise: Exercise, *names: str) -> None:
    for name in names:
        exercise.controls[name].click()


def answer(exercise: Exercise, text: str) -> None:
    exercise.controls["answer"].value = text
    press(exercise, "check")


def solve(exercise: Exercise) -> Exercise:
    answer = getattr(exercise, "answer", None)
    exercise.controls["answer"].value = str(answer) if isinstance(exercise, Numeric) else answer
    exercise.controls["check"].click()
    assert exercise.solved
    return exercise


def said_before(exercise: Exercise) -> bool:
    return BEFORE in exercise.widget.children[1].value


# Exercises.


def test_every_exercise_of_the_course_has_a_name_of_its_own() -> None:
    names = list(map(key_of, MAKERS))
    assert len(set(names)) == len(names)
    assert "gradient_descent.the_new_b3" in names


@pytest.mark.parametrize("name_of_before", NAMES_OF_BEFORE)
def test_what_was_solved_under_a_name_of_before_still_counts(name_of_before: str, progress: Progress) -> None:
    (make,) = (maker for maker in MAKERS if maker.__name__ == name_of_before.partition(".")[2])
    progress.path.write_text(json.dumps({"version": 2, "solved": {name_of_before: {}}}))
    assert progress.solved() == {key_of(make)}
    assert said_before(make())


@pytest.mark.parametrize("make", MAKERS, ids=lambda maker: maker.__name__)
def test_every_exercise_is_kept_once_solved_and_says_so_next_time(
    make: Callable[[], Exercise], progress: Progress
) -> None:
    exercise = make()
    assert not said_before(exercise)
    assert not progress.path.exists()
    exercise.solved = True
    assert stored(progress) == [key_of(make)]
    again = make()
    assert said_before(again)
    assert not again.solved, "it can be solved again"
    assert repr(again) == repr(exercise)
    assert BEFORE not in again._repr_mimebundle_()["text/plain"]


def test_a_wrong_answer_a_hint_and_show_me_are_no_progress(progress: Progress) -> None:
    exercise = the_new_b3()
    answer(exercise, "77")
    press(exercise, "hint", "hint", "hint", "show")
    assert not progress.path.exists()


def test_a_committed_prediction_is_progress_and_a_skipped_one_is_not(progress: Progress) -> None:
    (make,) = (maker for maker in MAKERS if maker.__name__ == "predict_the_second_step")
    exercise = make()
    exercise.controls["skip"].click()
    assert progress.solved() == frozenset()
    exercise.controls["answer"].value = 3.0
    exercise.controls["check"].click()
    assert progress.solved() == {key_of(make)}


def test_an_exercise_without_a_name_keeps_no_progress(progress: Progress) -> None:
    solve(Numeric("3 × 2?", 6.0, {}, ["a", "b", "c"], ""))
    assert not progress.path.exists()


def test_an_exercise_that_is_solved_as_soon_as_it_is_made_is_kept(progress: Progress) -> None:
    @kept
    def right_already() -> Exercise:
        exercise = Numeric("3 × 2?", 6.0, {}, ["a", "b", "c"], "")
        return solve(exercise)

    assert right_already().solved
    assert progress.solved() == {key_of(right_already)}


# The file.


def test_progress_is_kept_from_one_session_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    add(Progress(file), "a.one")
    add(Progress(file), "a.two")
    assert Progress(file).solved() == {"a.one", "a.two"}


def test_two_kernels_dont_lose_each_others_progress(tmp_path: Path) -> None:
    one, other = (Progress(tmp_path / "file.json") for _ in range(2))
    add(one, "a.one")
    add(other, "a.two")
    add(one, "a.three")
    assert one.solved() == other.solved() == {"a.one", "a.two", "a.three"}
    assert [name for name in os.listdir(tmp_path) if not name.startswith(".")] == ["file.json"]


def test_the_file_lies_in_the_working_directory_and_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    add(Progress("my_progress.json"), "a.one")
    text = (tmp_path / "my_progress.json").read_text("utf-8")
    assert "delete this file" in text
    assert list(json.loads(text)["solved"]) == ["a.one"]


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"null", b"3", b"[]", b"{}", b'"solved"', b'{"solved": 3}', b'{"solved": "abc"}', b'{"solved": [[], {}]}',
        b'{"solved": ["a.one", 3]}', b'{"solved": ["a.one",]}', b"\xff\xfe\x00", b"[" * 100_000, b"1" * 10_000,
        b'{"solved": ["' + b"a" * 2_000_000 + b'"]}',
    ],
    ids=lambda content: repr(content[:20]),
)  # fmt: skip
def test_what_cannot_be_read_as_progress_is_kept_beside_and_said_once(content: bytes, progress: Progress) -> None:
    progress.path.write_bytes(content)
    card = progress_card(NOTEBOOK)
    assert progress.solved() == frozenset()
    assert "can’t be read as progress" in card.widget.children[1].value
    assert progress.path.read_bytes() == content, "nothing is touched before something is solved"
    exercise = solve(the_new_b3())
    assert exercise.feedback.startswith("That’s right.")
    assert progress.solved() == {key_of(the_new_b3)}
    assert progress.path.with_name("my_progress.unreadable-1.json").read_bytes() == content
    words = "It is kept beside, as my_progress.unreadable-1.json, and a new file begun."
    assert words in exercise.widget.children[1].value
    assert words in card.widget.children[1].value
    assert words not in solve(two_links()).widget.children[1].value


def test_no_unreadable_file_takes_the_place_of_another(progress: Progress) -> None:
    (progress.path.parent / "my_progress.unreadable-2.json").write_text("not ours")
    for i, name in enumerate(("a.one", "a.two", "a.three")):
        progress.path.write_text(f"{i},")
        add(progress, name)
    texts = {path.name: path.read_text() for path in progress.path.parent.glob("*unreadable*")}
    assert texts == {
        f"my_progress.unreadable-{n}.json": text for n, text in enumerate(("0,", "not ours", "1,", "2,"), 1)
    }


@pytest.mark.parametrize("content", ["", " \n"])
def test_a_file_with_nothing_in_it_is_simply_written(content: str, progress: Progress) -> None:
    progress.path.write_text(content)
    add(progress, "a.one")
    assert (stored(progress), progress.notice) == (["a.one"], "")
    assert not list(progress.path.parent.glob("*unreadable*"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_that_an_editor_saved_in_another_unicode_is_read(encoding: str, progress: Progress) -> None:
    progress.path.write_text('{"solved": ["a.one"], "name": "Zoë"}', encoding=encoding)
    assert progress.solved() == {"a.one"}
    add(progress, "a.two")
    assert stored(progress) == ["a.one", "a.two"]
    assert fields(progress)["name"] == "Zoë"


def test_a_list_of_names_as_the_first_version_kept_it_is_read_and_becomes_version_2(progress: Progress) -> None:
    progress.path.write_text('{"about": "Mine.", "solved": ["a.one", "later.exercise"]}')
    assert progress.solved() == {"a.one", "later.exercise"}
    progress.add("a.two", "later")
    assert fields(progress) == {
        "about": "Mine.",
        "version": 2,
        "solved": {"a.one": {}, "later.exercise": {}, "a.two": {"how": "later", "day": DAY}},
    }


def test_what_a_later_version_knows_is_left_as_it_is_on_every_level(progress: Progress) -> None:
    later = {"version": 3, "learner": {"name": "A"}, "solved": {"a.one": {"how": "by heart", "minutes": 3}, "a.two": 7}}
    progress.path.write_text(json.dumps(later))
    add(progress, "a.one", "a.two", "a.three")
    kept_as_it_is = fields(progress)
    assert kept_as_it_is["solved"].pop("a.three") == {"how": "first try", "day": DAY}
    assert kept_as_it_is.pop("about")
    assert kept_as_it_is == later


def test_the_file_can_be_read_by_eye_a_line_each_exercise(progress: Progress) -> None:
    add(progress, "a.one", "a.two")
    assert progress.path.read_text("utf-8").splitlines()[2:] == [
        ' "version": 2,',
        ' "solved": {',
        f'  "a.one": {{"how": "first try", "day": "{DAY}"}},',
        f'  "a.two": {{"how": "first try", "day": "{DAY}"}}',
        " }",
        "}",
    ]


# How it was solved.


def how(progress: Progress) -> str:
    (record,) = fields(progress)["solved"].values()
    assert record["day"] == DAY
    return record["how"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["right"], "first try"),
        (["abc", "right"], "first try"),
        (["77", "right"], "later"),
        (["hint", "right"], "with hints"),
        (["77", "hint", "right"], "with hints"),
        (["hint", "hint", "hint", "show", "right"], "shown"),
        (["right", "hint", "hint", "hint", "show", "77", "right"], "first try"),
        (["77", "afresh", "right"], "later"),
        (["hint", "hint", "hint", "show", "afresh", "right"], "shown"),
        (["right", "afresh", "77", "right"], "first try"),
    ],
)
def test_how_an_exercise_was_solved_is_kept_and_the_first_time_counts(
    steps: list[str], expected: str, progress: Progress
) -> None:
    exercise = the_new_b3()
    for step in steps:
        if step == "afresh":  # its cell runs again
            exercise = the_new_b3()
        elif step in exercise.controls:
            press(exercise, step)
        else:
            answer(exercise, str(exercise.answer) if step == "right" else step)
    assert how(progress) == expected


def test_what_another_kernel_wrote_meanwhile_stays(progress: Progress) -> None:
    add(progress, "a.one")
    progress_file.add(progress.path, {"a.one": {"how": "shown", "day": DAY}})
    assert how(progress) == "first try"


def test_a_prediction_is_kept_as_committed(progress: Progress) -> None:
    prediction = predict_the_second_step()
    prediction.controls["answer"].value = 3.0
    press(prediction, "check")
    assert how(progress) == "committed"


def test_a_bug_as_it_was_handed_out_is_no_try_of_the_learners(progress: Progress) -> None:
    an_ssr_below_zero(lambda observed, predicted: ((observed - predicted) * 2).sum())
    assert an_ssr_below_zero(mended.ssr_of).solved
    assert how(progress) == "first try"


def test_a_function_that_was_wrong_before_counts_as_solved_later(progress: Progress) -> None:
    an_ssr_below_zero(lambda observed, predicted: 7.0)
    assert an_ssr_below_zero(mended.ssr_of).solved
    assert how(progress) == "later"


def test_teachers_are_told_all_that_is_kept_and_the_file_has_no_more(progress: Progress) -> None:
    (told,) = re.findall(r"^- \*\*Progress\*\*.*?(?=^- )", (ROOT / "TEACHING.md").read_text("utf-8"), re.M | re.S)
    for word in HOW:
        assert f"“{word}”" in told
    assert "on which day" in told
    add(progress, "a.one")
    assert fields(progress).keys() == {"about", "version", "solved"}
    assert fields(progress)["solved"]["a.one"].keys() == {"how", "day"}


# Several kernels, and a file that can't be had just now.

KERNEL = """
import sys
from statquest_bp.exercises.progress import Progress
progress = Progress(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for i in range(60):
    progress.add(f"{sys.argv[2]}.{i}", "first try")
while progress.notice:
    progress.write()
"""


def kernel(*arguments: str | Path) -> subprocess.Popen[str]:
    """Another Python with this code, which has said that it is ready."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", *map(str, arguments)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_three_kernels_that_write_at_once_keep_all_that_each_of_them_adds(progress: Progress) -> None:
    kernels = [kernel(KERNEL, progress.path, name) for name in "abc"]
    for each in kernels:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in kernels:
        each.communicate()
    assert progress.solved() == {f"{name}.{i}" for name in "abc" for i in range(60)}


def test_what_a_killed_kernel_leaves_behind_blocks_nobody(progress: Progress) -> None:
    lock = progress.path.with_name(".my_progress.json.lock")
    code = (
        "import sys, pathlib\nfrom statquest_bp.exercises.progress_file import _locked\n"
        "with _locked(pathlib.Path(sys.argv[1])):\n    print('ready', flush=True)\n    sys.stdin.readline()"
    )
    holder = kernel(code, lock)
    add(progress, "a.one")
    assert not progress.path.exists()
    assert progress.solved() == {"a.one"}
    holder.kill()
    holder.communicate()
    assert lock.exists()
    progress.path.with_name(f".my_progress.json.{os.getpid()}").write_text("half a dra")
    add(progress, "a.two")
    assert stored(progress) == ["a.one", "a.two"]


def test_while_another_kernel_writes_it_is_remembered_and_written_at_the_next_occasion(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_file, "PAUSE", 0)
    card = progress_card(NOTEBOOK)
    with progress_file._locked(progress.path.with_name(".my_progress.json.lock")):
        exercise = solve(the_new_b3())
        assert "remembered while this notebook runs" in exercise.widget.children[1].value
        assert "remembered while this notebook runs" in card.widget.children[1].value
        assert progress.solved() == {key_of(the_new_b3)}
        assert not progress.path.exists()
    two_links()
    assert stored(progress) == [key_of(the_new_b3)]
    assert "remembered" not in card.widget.children[1].value


@pytest.mark.parametrize("failing", ["os.open", "msvcrt.locking" if sys.platform == "win32" else "fcntl.flock"])
def test_where_there_are_no_locks_it_is_written_without(
    failing: str, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(failing, refuse)
    add(progress, "a.one")
    assert stored(progress) == ["a.one"]


def test_a_file_that_cannot_be_read_now_is_left_alone_and_what_was_read_before_still_counts(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(progress, "a.one")
    before = progress.path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(progress_file, "PAUSE", 0)
        patch.setattr(Path, "read_bytes", refuse)
        add(progress, "a.two")
        assert progress.solved() == {"a.one", "a.two"}
        assert "can’t be opened or written just now" in progress.notice
    assert progress.path.read_bytes() == before
    add(progress, "a.three")
    assert stored(progress) == ["a.one", "a.two", "a.three"]
    assert progress.notice == ""


def test_a_link_goes_on_leading_to_the_file_that_is_kept_elsewhere(progress: Progress) -> None:
    elsewhere = progress.path.with_name("elsewhere.json")
    try:
        progress.path.symlink_to(elsewhere)
    except OSError:  # Windows lets only some users make links
        pytest.skip("no links here")
    add(progress, "a.one")
    assert progress.path.is_symlink()
    assert Progress(elsewhere).solved() == {"a.one"}


def folder_of_that_name(path: Path) -> Path:
    path.mkdir()
    (path / "full").touch()
    return path


def no_such_folder(path: Path) -> Path:
    return path.parent / "gone" / path.name


def file_for_a_folder(path: Path) -> Path:
    path.touch()
    return path / "file.json"


@pytest.mark.parametrize("make_path", [folder_of_that_name, no_such_folder, file_for_a_folder])
def test_where_nothing_can_be_written_progress_lasts_for_the_session(
    make_path: Callable[[Path], Path], progress: Progress
) -> None:
    progress.path = make_path(progress.path)
    assert progress.solved() == frozenset()
    exercise = solve(the_new_b3())
    assert exercise.feedback.startswith("That’s right.")
    assert progress.solved() == {key_of(the_new_b3)}
    assert said_before(the_new_b3())
    assert Progress(progress.path).solved() == frozenset()


@pytest.mark.parametrize("failing", ["open", "read_bytes", "unlink"])
def test_a_file_that_the_system_refuses_costs_only_progress(
    failing: str, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    add(progress, "a.one")
    with monkeypatch.context() as patch:
        patch.setattr(progress_file, "PAUSE", 0)
        patch.setattr(Path, failing, refuse)
        patch.setattr(os, "replace", refuse)
        solve(the_new_b3())
        assert key_of(the_new_b3) in progress.solved()
        progress.delete()
    progress.solved()


def test_what_could_not_be_written_is_written_with_the_next(tmp_path: Path) -> None:
    progress = Progress(tmp_path / "folder" / "file.json")
    add(progress, "a.one")
    progress.path.parent.mkdir()
    add(progress, "a.two")
    assert stored(progress) == ["a.one", "a.two"]


def test_a_file_deleted_by_hand_is_forgotten_at_once(tmp_path: Path) -> None:
    progress = Progress(tmp_path / "file.json")
    add(progress, "a.one")
    progress.path.unlink()
    assert progress.solved() == frozenset()
    add(progress, "a.two")
    assert stored(progress) == ["a.two"]


# The cards.


def course(done: int) -> str:
    return f"Whole course: {done} of {len(MAKERS)} solved."


def test_the_card_counts_and_follows_as_exercises_are_solved() -> None:
    card = progress_card(NOTEBOOK)
    here = len(all_exercises()[NOTEBOOK])
    assert card.text == f"In this notebook: 0 of {here} solved. {course(0)}"
    solve(the_new_b3())
    solve(two_links())
    assert card.text == f"In this notebook: 2 of {here} solved. {course(2)}"
    (maker, *_) = all_exercises()["00_start_here"]
    solve(maker())
    assert card.text == f"In this notebook: 2 of {here} solved. {course(3)}"
    page = card.widget.children[1].value
    assert card.text in page
    assert f'<progress value="2" max="{here}" aria-label="Solved in this notebook">2 of {here}</progress>' in page


def test_the_card_lists_what_is_open_by_its_first_words_once_it_is_made() -> None:
    card = progress_card(NOTEBOOK)
    assert "When it stops" in card.open
    exercise = when_it_stops()
    assert "When it stops" not in card.open
    assert "Choose one: When does gradient descent stop?" in card.open
    assert "<li>Choose one: When does gradient descent stop?</li>" in card.widget.children[1].value
    assert max(map(len, card.open)) <= 80
    solve(exercise)
    assert "Choose one: When does gradient descent stop?" not in card.open
    assert len(card.open) == len(all_exercises()[NOTEBOOK]) - 1


def test_the_card_says_when_all_is_solved(progress: Progress) -> None:
    card = progress_card(NOTEBOOK)
    for maker in all_exercises()[NOTEBOOK]:
        add(progress, key_of(maker))
    assert card.open == []
    assert "Everything here is solved." in card.widget.children[1].value


def test_the_course_card_has_a_row_for_each_notebook() -> None:
    card = progress_card()
    solve(the_new_b3())
    page = card.widget.children[1].value
    assert card.text == course(1)
    assert page.count("<tr>") == len(all_exercises()) + 1
    done = f"1 of {len(all_exercises()[NOTEBOOK])}"
    assert '<th scope=row>04 Gradient descent</th><td><progress value="1"' in page
    assert f"</progress>{done}</td>" in page


def test_progress_is_deleted_only_when_asked_twice(progress: Progress) -> None:
    solve(the_new_b3())
    card, beside = progress_card(), progress_card(NOTEBOOK)
    sure = [card.controls[name] for name in ("really", "keep")]
    assert [button.layout.display for button in sure] == ["none", "none"]
    card.controls["delete"].click()
    assert [button.layout.display for button in sure] == [None, None]
    assert "Really?" in card.feedback
    card.controls["keep"].click()
    assert [button.layout.display for button in sure] == ["none", "none"]
    assert stored(progress) == [key_of(the_new_b3)]
    card.controls["delete"].click()
    card.controls["really"].click()
    assert [button.layout.display for button in sure] == ["none", "none"]
    assert not progress.path.exists()
    assert card.feedback == "Deleted. You start afresh."
    assert card.text == course(0)
    assert f"0 of {len(all_exercises()[NOTEBOOK])}" in beside.widget.children[1].value


def test_an_exercise_solved_again_after_deleting_counts_again_and_a_hint_does_not(progress: Progress) -> None:
    exercise = solve(the_new_b3())
    assert progress.delete()
    exercise.controls["hint"].click()
    assert progress.solved() == frozenset()
    exercise.controls["check"].click()
    assert progress.solved() == {key_of(the_new_b3)}


def test_what_cannot_be_deleted_is_said(progress: Progress) -> None:
    progress.path = folder_of_that_name(progress.path)
    card = progress_card()
    card.controls["really"].click()
    assert card.feedback.startswith("That didn’t work: my_progress.json can’t be deleted")


def test_a_notebooks_card_deletes_nothing() -> None:
    assert progress_card(NOTEBOOK).controls == {}


@pytest.mark.parametrize(("notebook", "of"), [(None, "the course"), (NOTEBOOK, "this notebook")])
def test_what_is_stored_of_a_card_never_depends_on_progress(notebook: str | None, of: str) -> None:
    card = progress_card(notebook)
    text = f"Progress: how many exercises of {of} you have solved (run the cell to see)"
    assert repr(card) == text
    solve(the_new_b3())
    bundle = card._repr_mimebundle_()
    assert bundle["text/plain"] == text == repr(progress_card(notebook))
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


def test_counting_makes_no_exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an exercise was made")

    monkeypatch.setattr(Exercise, "__init__", refuse)
    everything = sum(len(makers) for makers in all_exercises().values())
    assert progress_card().text == f"Whole course: 0 of {everything} solved."
    assert f"0 of {len(all_exercises()[NOTEBOOK])} solved" in progress_card(NOTEBOOK).text


def test_an_unknown_notebook_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(ValueError, match=r"'04_gradient' .* 04_gradient_descent"):
        progress_card("04_gradient")


def test_the_tests_themselves_write_to_a_folder_of_their_own(tmp_path: Path) -> None:
    assert PROGRESS.path.parent == tmp_path
