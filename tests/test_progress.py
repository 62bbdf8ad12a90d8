"""Progress: what is solved is kept in one small file, whatever is wrong with it; and the cards that show it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from statquest_bp.exercises import Exercise, Numeric, ProgressCard, all_exercises
from statquest_bp.exercises.course.gradient_descent import the_new_b3, two_links, when_it_stops
from statquest_bp.exercises.progress import BEFORE, PROGRESS, Progress, kept, key_of

MAKERS = [maker for makers in all_exercises().values() for maker in makers]
NOTEBOOK = "04_gradient_descent"


def stored(progress: Progress) -> list[str]:
    return json.loads(progress.path.read_text("utf-8"))["solved"]


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
    exercise.controls["answer"].value = "77"
    for name in ("check", "hint", "hint", "hint", "show"):
        exercise.controls[name].click()
    assert not progress.path.exists()


def test_a_committed_prediction_is_progress_and_a_skipped_one_is_not(progress: Progress) -> None:
    (make,) = (maker for maker in MAKERS if maker.__name__ == "predict_the_second_step")
    exercise = make()
    exercise.controls["skip"].click()
    assert progress.solved() == frozenset()
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
    Progress(file).add("a.one")
    Progress(file).add("a.two")
    assert Progress(file).solved() == {"a.one", "a.two"}


def test_two_kernels_dont_lose_each_others_progress(tmp_path: Path) -> None:
    one, other = (Progress(tmp_path / "file.json") for _ in range(2))
    one.add("a.one")
    other.add("a.two")
    one.add("a.three")
    assert one.solved() == other.solved() == {"a.one", "a.two", "a.three"}
    assert os.listdir(tmp_path) == ["file.json"]


def test_the_file_lies_in_the_working_directory_and_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Progress("my_progress.json").add("a.one")
    text = (tmp_path / "my_progress.json").read_text("utf-8")
    assert "delete this file" in text
    assert json.loads(text)["solved"] == ["a.one"]


def test_names_that_this_version_does_not_know_are_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_text('{"solved": ["later.exercise", 3, null]}')
    Progress(file).add("a.one")
    assert stored(Progress(file)) == ["a.one", "later.exercise"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"3", b"[]", b'"solved"', b'{"solved": 3}', b'{"solved": "abc"}', b'{"solved": {"a": 1}}',
        b'{"solved": [[], {}]}', b"\xff\xfe\x00", b"[" * 100_000, b"1" * 10_000,
        b'{"solved": ["' + b"a" * 2_000_000 + b'"]}',
    ],
    ids=lambda content: repr(content[:20]),
)  # fmt: skip
def test_a_broken_file_costs_only_progress(content: bytes, progress: Progress) -> None:
    progress.path.write_bytes(content)
    assert progress.solved() == frozenset()
    exercise = solve(the_new_b3())
    assert exercise.feedback.startswith("That’s right.")
    assert progress.solved() == {key_of(the_new_b3)}


def test_a_file_saved_with_a_byte_order_mark_is_read(progress: Progress) -> None:
    progress.path.write_text('{"solved": ["a.one"]}', encoding="utf-8-sig")
    assert progress.solved() == {"a.one"}


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


@pytest.mark.parametrize("failing", ["open", "is_file", "write_text", "unlink"])
def test_a_file_that_the_system_refuses_costs_only_progress(
    failing: str, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    progress.add("a.one")
    with monkeypatch.context() as patch:
        patch.setattr(Path, failing, refuse)
        patch.setattr(os, "replace", refuse)
        solve(the_new_b3())
        assert key_of(the_new_b3) in progress.solved()
        progress.delete()
    progress.solved()


def test_what_could_not_be_written_is_written_with_the_next(tmp_path: Path) -> None:
    progress = Progress(tmp_path / "folder" / "file.json")
    progress.add("a.one")
    progress.path.parent.mkdir()
    progress.add("a.two")
    assert stored(progress) == ["a.one", "a.two"]


def test_a_file_deleted_by_hand_is_forgotten_at_once(tmp_path: Path) -> None:
    progress = Progress(tmp_path / "file.json")
    progress.add("a.one")
    progress.path.unlink()
    assert progress.solved() == frozenset()
    progress.add("a.two")
    assert stored(progress) == ["a.two"]


# The cards.


def course(done: int) -> str:
    return f"Whole course: {done} of {len(MAKERS)} solved."


def test_the_card_counts_and_follows_as_exercises_are_solved() -> None:
    card = ProgressCard(NOTEBOOK)
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
    card = ProgressCard(NOTEBOOK)
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
    card = ProgressCard(NOTEBOOK)
    for maker in all_exercises()[NOTEBOOK]:
        progress.add(key_of(maker))
    assert card.open == []
    assert "Everything here is solved." in card.widget.children[1].value


def test_the_course_card_has_a_row_for_each_notebook() -> None:
    card = ProgressCard()
    solve(the_new_b3())
    page = card.widget.children[1].value
    assert card.text == course(1)
    assert page.count("<tr>") == len(all_exercises()) + 1
    done = f"1 of {len(all_exercises()[NOTEBOOK])}"
    assert '<th scope=row>04 Gradient descent</th><td><progress value="1"' in page
    assert f"</progress>{done}</td>" in page


def test_progress_is_deleted_only_when_asked_twice(progress: Progress) -> None:
    solve(the_new_b3())
    card, beside = ProgressCard(), ProgressCard(NOTEBOOK)
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
    card = ProgressCard()
    card.controls["really"].click()
    assert card.feedback.startswith("That didn’t work: my_progress.json can’t be deleted")


def test_a_notebooks_card_deletes_nothing() -> None:
    assert ProgressCard(NOTEBOOK).controls == {}


@pytest.mark.parametrize(("notebook", "of"), [(None, "the course"), (NOTEBOOK, "this notebook")])
def test_what_is_stored_of_a_card_never_depends_on_progress(notebook: str | None, of: str) -> None:
    card = ProgressCard(notebook)
    text = f"Progress: how many exercises of {of} you have solved (run the cell to see)"
    assert repr(card) == text
    solve(the_new_b3())
    bundle = card._repr_mimebundle_()
    assert bundle["text/plain"] == text == repr(ProgressCard(notebook))
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


def test_counting_makes_no_exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an exercise was made")

    monkeypatch.setattr(Exercise, "__init__", refuse)
    everything = sum(len(makers) for makers in all_exercises().values())
    assert ProgressCard().text == f"Whole course: 0 of {everything} solved."
    assert f"0 of {len(all_exercises()[NOTEBOOK])} solved" in ProgressCard(NOTEBOOK).text


def test_an_unknown_notebook_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(ValueError, match=r"'04_gradient' .* 04_gradient_descent"):
        ProgressCard("04_gradient")


def test_the_tests_themselves_write_to_a_folder_of_their_own(tmp_path: Path) -> None:
    assert PROGRESS.path.parent == tmp_path
