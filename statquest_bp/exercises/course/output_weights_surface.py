"""Notebook 05: w3, w4 and b3 at once, with SurfaceLab: what changes, what doesn't, and the slow valley."""

from __future__ import annotations

from statquest_bp.exercises.course.lesson import run_of
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.gradient_descent import Run
from statquest_bp.video import DETAILS_1, LEARNING_RATE, OPTIMAL, digits, exact

VALLEY = (50, 100)  # two steps on the long slide
MANY = 10  # steps of which three parameters make less than w3 alone makes of one


def three_at_once(min_step: float = 0.001) -> Run:
    """The descent of "Details Pt. 1": w3, w4 and b3 together."""
    return run_of(*DETAILS_1, min_step=min_step)


@kept
def same_derivatives() -> MultipleChoice:
    """Why the derivatives don't change when several parameters move."""
    right = "No: its links are worked out where all three stand now, whoever moves next."
    return MultipleChoice(
        "So far w3, w4 and b3 moved alone. Now all three move in each update. Does that change the formula for "
        "dSSR/dw3?",
        {
            "Yes: the derivatives of w4 and b3 have to be added to it.": "dSSR/dw3 asks what a nudge of w3 alone would "
            "do. What the others would do stands in their own derivatives.",
            "Yes: it has to be worked out after w4 and b3 have moved.": "All slopes are worked out at the same place, "
            "and only then do all three move. Moving in between would be another method.",
            "No: it has the same value as when w3 moved alone.": "The formula is the same, the value isn’t: Predicted "
            "is in the first link, and w4 and b3 change it.",
            right: "Yes: the same formula. Only the numbers that you put in are others.",
        },
        answer=right,
        hints=[
            "Write the chain of w3 down: −2 × (Observed − Predicted) × y1. Which symbols do w4 and b3 change?",
            "They change Predicted, and so the value. Do they change the formula?",
            "A derivative is about one nudge at one place. What happens after that is no part of it.",
        ],
        why="One forward pass gives Predicted, y1 and y2; from them come all three slopes; then all three parameters "
        "take their step at the same time.",
    )


@kept
def first_move_of_b3() -> Numeric:
    """The new b3 after the first update of all three."""
    run = three_at_once()
    start, slope, size = (part["b3"] for part in (run[0].network.parameters, run[0].gradient, run[0].step_size))
    slopes = {name: exact(run[0].gradient[name], 2) for name in DETAILS_1}
    values = ", ".join(f"{name} = {shown(value)}" for name, value in DETAILS_1.items())
    return Numeric(
        f"At {values} the slopes are {', '.join(f'{slopes[name]} for {name}' for name in slopes)}. The learning rate "
        f"is {shown(LEARNING_RATE)}. What is the new b3? Two decimals are enough.",
        answer=start - size,
        slips={
            "The size is right. The step is subtracted: where the slope is above 0, b3 goes down.": start + size,
            "You forgot the learning rate.": start - slope,
            "That is the slope of b3. From it comes the step, and from the step the new b3.": slope,
            "You took the slope of w3. Each parameter steps by its own slope.": start - run[0].step_size["w3"],
            "You took the slope of w4. Each parameter steps by its own slope.": start - run[0].step_size["w4"],
            "You added up the slopes. Each parameter steps by its own.": start - sum(run[0].step_size.values()),
        },
        hints=[
            "Two of the three slopes are of no use here.",
            f"Step size = {slopes['b3']} × {shown(LEARNING_RATE)}.",
            f"{shown(start)} − {exact(size)}",
        ],
        why=f"{shown(start)} − {exact(size)} = {exact(start - size)}: b3 goes down, though it has to end at about "
        f"{digits(OPTIMAL['b3'])}. A slope only knows what is downhill here, with the others where they are now.",
        tolerance=0.004,
        kind="Your turn",
    )


@kept
def predict_where_w3_goes() -> Prediction:
    """The headline prediction: w3 after some updates of all three. For SurfaceLab."""
    alone = run_of("w3")
    return Prediction(
        f"Alone, w3 went from {shown(DETAILS_1['w3'])} to {digits(alone.final.parameters['w3'])} in {len(alone) - 1} "
        f"updates. Now w3, w4 and b3 start away from their best, and move together, with the same learning rate. Where "
        f"is w3 after {MANY} updates?",
        truth=lambda: three_at_once()[MANY].network.parameters["w3"],
        low=-3,
        high=1,
        step=0.01,
        why="It swings at first, and then creeps. Once the three have found a compromise, the slopes are small, though "
        "it is a long way to the best fit.",
    )


@kept
def along_the_valley() -> Numeric:
    """A task in SurfaceLab: in the long slide, how b3 moves against w4."""
    run, (first, last) = three_at_once(), VALLEY
    change = {name: float(run.parameters[name][last] - run.parameters[name][first]) for name in DETAILS_1}
    return Numeric(
        f"Choose the map of w4 and b3. Note w4 and b3 at step {first} and at step {last} (the slider named “step” goes "
        "there). From the one to the other, by how much does b3 rise for each 1 that w4 falls?",
        answer=lambda: change["b3"] / -change["w4"],
        slips={
            "That is by how much b3 rises. Divide it by how much w4 falls.": change["b3"],
            "That is for each 1 that w3 falls. Look at w4.": lambda: change["b3"] / -change["w3"],
            "The size is right. w4 falls and b3 rises, so for each 1 down b3 goes up.": lambda: (
                change["b3"] / change["w4"]
            ),
            "That is how much w3 falls for each 1 that w4 falls.": lambda: change["w3"] / change["w4"],
        },
        hints=[
            "Two values of each: how much does each change?",
            f"b3 goes from {exact(run.parameters['b3'][first])} to {exact(run.parameters['b3'][last])}.",
            f"w4 goes from {exact(run.parameters['w4'][first])} to {exact(run.parameters['w4'][last])}. Divide the one "
            "change by the other.",
        ],
        why="That is the direction of the valley. b3 lifts all predictions; w4 and w3 pull them down again, w4 at the "
        "low dosage, w3 at the high one. Together they almost cancel, so the SSR hardly changes: a valley floor, "
        "nearly level, and slow to walk on.",
        tolerance=0.02,
        kind=LAB_TASK,
    )


@kept
def why_the_map_moves() -> MultipleChoice:
    """Why the map of two parameters changes while the third one moves."""
    right = "The map holds for one b3, and b3 is moving too."
    return MultipleChoice(
        "On the map of w3 and w4 the lines themselves move while you step. Why?",
        {
            right: "Yes: the SSR depends on all three. With another b3, other values of w3 and w4 are best.",
            "The picture zooms, to keep the point in view.": "Look at the numbers on the axes: they stay.",
            "The data change from step to step.": "The three points stay where they are; what changes is the network.",
            "Each step makes the SSR smaller everywhere on the map.": "Only where the network stands does it get "
            "smaller. Far from there it may even grow, as when the low rings move away from a place.",
        },
        answer=right,
        hints=[
            "How many parameters move, and how many of them are on the map?",
            "The map shows the SSR over two parameters. What about the third one?",
            "Choose the map of w4 and b3. Do its lines move? Which parameter is missing there?",
        ],
        why="The point and the rings around it travel together. A map of two parameters is a slice through a landscape "
        "of three, and each step cuts it at another place.",
    )


@kept
def close_is_a_choice() -> MultipleChoice:
    """Why the descent stops short of the video's digits with the default min_step."""
    loose, tight = three_at_once(), three_at_once(min_step=0.0001)
    right = "On the level floor of the valley the steps are short long before the bottom is reached."
    return MultipleChoice(
        f"With the limit 0.001 the descent stops with b3 = {exact(loose.final.parameters['b3'], 2)}, with 0.0001 only "
        f"at {exact(tight.final.parameters['b3'], 2)}. Why does it stop early with 0.001?",
        {
            "It gave up, because it had made too many updates.": f"It made {len(loose) - 1}, fewer than it may; its "
            "status is “converged”. It does think that it is there.",
            "It has found another minimum.": "There is only one: with the limit 0.0001 it goes on from there, the same "
            "way, and the SSR keeps falling.",
            "The learning rate is too large to come closer.": f"With the same learning rate and the other limit it "
            f"does come closer, in {len(tight) - len(loose)} more updates.",
            right: "Yes: step size = slope × learning rate, and where it is nearly level the slope is small.",
        },
        answer=right,
        hints=[
            "The limit is on the step size. What makes a step short?",
            "A short step means a small slope. Does a small slope mean that the bottom is near?",
            "Compare a bowl with a long trough that hardly slopes.",
        ],
        why="“Close to 0” is a choice. b3 alone sat in a bowl, where a short step means that the bottom is near. In a "
        "trough it may still be far.",
    )


EXERCISES = (
    same_derivatives,
    first_move_of_b3,
    predict_where_w3_goes,
    along_the_valley,
    why_the_map_moves,
    close_is_a_choice,
)
