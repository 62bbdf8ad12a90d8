"""Notebook 02: residuals, the SSR, and the b3 that makes it smallest."""

from __future__ import annotations

from statquest_bp.course.lesson import lowest_b3, ssr_at
from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.fit import residuals
from statquest_bp.video import digits, exact, statquest_network


@kept
def how_b3_moves_the_predictions() -> MultipleChoice:
    """Retrieval from 01: b3 moves every prediction by the same."""
    rise = 0.5
    right = f"Each of them rises by {shown(rise)}."
    return MultipleChoice(
        f"b3 goes up by {shown(rise)}. What do the network’s predictions at dosages 0, 0.5 and 1 do?",
        {
            f"Only the one at dosage 0.5 rises, by {shown(rise)}.": "b3 doesn’t know the dosage. It is added to "
            "whatever the two nodes give.",
            right: "Yes: b3 is added at the very end, to every prediction alike.",
            "They rise by different amounts.": "That is what a weight does, because each dosage gives another y. What "
            "is b3 multiplied by?",
            f"Each of them falls by {shown(rise)}.": "The size is right. But is b3 added or subtracted?",
        },
        answer=right,
        hints=[
            "Think of the squiggle while you slid b3.",
            "predicted = y1 × w3 + y2 × w4 + b3. Which part of it has the dosage in it?",
            "y1 and y2 stay as they are. Only b3 changes, and it is added, at every dosage.",
        ],
        why="So sliding b3 lifts or lowers the squiggle as a whole, and every miss (how far the curve misses a dot) "
        "changes by that same amount.",
        kind="From before",
    )


@kept
def squiggle_at_another_b3() -> Numeric:
    """Retrieval from 01: a prediction at another b3, without a network."""
    b3, at = 2.0, 0.5
    before = statquest_network(b3=0).predict([at])[0, 0]
    return Numeric(
        f"With b3 = 0 the network predicts {exact(before, 2)} at dosage {shown(at)}. What does it predict there with "
        f"b3 = {shown(b3)}?",
        answer=lambda: statquest_network(b3=b3).predict([at])[0, 0],
        slips={
            "You subtracted b3. It is added.": lambda: before - b3,
            "That is b3 alone. What the two nodes give is still there, below it.": lambda: b3,
            "You multiplied. b3 is a bias: it is added.": lambda: before * b3,
            "You lost the minus sign of the first prediction.": lambda: -before + b3,
        },
        hints=[
            "Only b3 changes. What happens to b3 in the sum?",
            f"b3 went up by {shown(b3)}, so the prediction goes up by {shown(b3)}.",
            f"{exact(before, 2)} + {shown(b3)}",
        ],
        why=f"{exact(before, 2)} + {shown(b3)} = {exact(before + b3, 2)}. The dot there is at 1, so the curve now "
        f"misses it by {exact(1 - before - b3, 2)}.",
        tolerance=0.01,
        kind="From before",
    )


@kept
def predict_the_best_b3() -> Prediction:
    """The headline prediction: which b3 has the smallest SSR. For SSRLab."""
    tried = ", ".join(f"{digits(ssr_at(b3), True)} at b3 = {b3}" for b3 in (0, 1, 2, 3))
    return Prediction(
        f"The smaller the SSR, the better the fit. It is {tried}. Which b3 do you think gives the smallest SSR of all?",
        truth=lowest_b3,
        low=-1,
        high=4,
        step=0.01,
        why="The SSR falls a lot from b3 = 1 to 2, and hardly from 2 to 3: on the way to 3 it has turned and climbs "
        "again. So the lowest point lies between 2 and 3, a little nearer to 3, where the SSR is smaller.",
    )


@kept
def ssr_by_hand() -> Numeric:
    """The SSR at b3 = 2 from the three residuals."""
    b3 = 2.0
    three = residuals(statquest_network(b3=b3), dosage())[:, 0]
    total = float(three.sum())
    listed = " and ".join(exact(value) for value in three).replace(" and ", ", ", 1)
    return Numeric(
        f"With b3 = {shown(b3)} the residuals (observed − predicted) are {listed}. Work out the SSR. Two decimals are "
        "enough.",
        answer=lambda: ssr_at(b3),
        slips={
            "You added the residuals and left out the squares. Square each one first.": lambda: total,
            "You took predicted − observed, which is fine, but left out the squares. Square each one first.": lambda: (
                -total
            ),
            "You added first and squared the sum. Square each residual first, then add.": lambda: total**2,
            "You doubled the residuals. A square is the number times itself.": lambda: 2 * total,
            "That is one square, or the average of the three. The SSR is their plain sum: nothing is "
            "divided.": lambda: ssr_at(b3) / len(three),
        },
        hints=[
            "SSR stands for the sum of the squared residuals. Read it backward: residuals, squared, summed.",
            f"Begin with {exact(three[0])} × {exact(three[0])} = {exact(three[0] ** 2)}.",
            f"Add the three squares: {' + '.join(exact(value**2) for value in three)}",
        ],
        why=f"{' + '.join(exact(value**2) for value in three)} = {exact(ssr_at(b3))}. Predicted − observed would give "
        "the same: a square forgets the sign.",
        tolerance=0.015,
    )


@kept
def why_squares() -> MultipleChoice:
    """Why the residuals are squared before they are added."""
    right = "So that residuals above and below can’t cancel, and big misses weigh more than small ones."
    return MultipleChoice(
        "Why do we square the residuals before we add them?",
        {
            "To make the numbers smaller.": "Only those below 1 get smaller: 0.5² = 0.25, but 3² = 9. The reason lies "
            "in the signs.",
            "Because residuals are always positive, and so are squares.": "A residual is negative wherever the network "
            "predicts too much. What would happen to it in a plain sum?",
            right: "Yes: a plain sum of +2 and −2 is 0, and would call that a perfect fit.",
            "So that every residual counts the same.": "It is the other way round: squared, a residual of 2 counts "
            "four times as much as a residual of 1.",
        },
        answer=right,
        hints=[
            "Think of a squiggle that is 2 too high at one point and 2 too low at another.",
            "Add +2 and −2. Does that number say how bad the fit is?",
            "A square can’t be negative, and it grows faster than the miss itself.",
        ],
        why="Squares have one more advantage, which you’ll soon meet: the SSR becomes a smooth curve with a slope "
        "everywhere.",
    )


@kept
def best_b3() -> Numeric:
    """A task in SSRLab: the b3 with the smallest SSR."""
    return Numeric(
        "Slide b3 until the SSR is as small as you can make it. Which b3 is it? (Two decimals, as on the slider.)",
        answer=lowest_b3,
        slips={
            "That is the best of the whole numbers. Between them is a better one: use the arrow keys for small "
            "moves.": lambda: min((0, 1, 2, 3, 4), key=ssr_at),
            "That is the SSR down there. The question is at which b3 you found it.": lambda: ssr_at(lowest_b3()),
        },
        hints=[
            "The readout has the SSR to four decimals. Click on b3’s slider, then use the arrow keys.",
            "When the SSR begins to rise again, you have gone past it. Turn round.",
            f"It lies between {exact(lowest_b3() - 0.06, 2)} and {exact(lowest_b3() + 0.04, 2)}.",
        ],
        why=f"The lowest point is at b3 = {exact(lowest_b3())}. You found it by trying. Next comes a way to get there "
        "without trying: the slope tells you where to go.",
        tolerance=0.006,  # as fine as the slider: one notch beside the lowest point isn't the lowest point
        kind=LAB_TASK,
    )


@kept
def is_it_zero() -> MultipleChoice:
    """Whether the smallest SSR is exactly 0, and why not."""
    right = "No: b3 moves all three predictions together, so it can’t mend all three residuals at once."
    return MultipleChoice(
        "Is the SSR at the best b3 exactly 0?",
        {
            "Yes, the squiggle goes through all three points.": "It looks like that. Read the SSR in the lab: "
            f"{exact(ssr_at(lowest_b3()))}, not 0.",
            "Yes, it must be: the lowest SSR is always 0.": "0 is the lowest that an SSR could be, but a parameter "
            "need not be able to bring it there.",
            "No: a finer slider would bring it down to 0.": "A finer slider gets closer to the bottom of the curve. "
            "But the bottom itself is a little above 0.",
            right: "Yes: what is left are the differences between the three residuals.",
        },
        answer=right,
        hints=[
            "Look at the three residuals there. Are they all 0?",
            "If you lift the squiggle to shrink one residual, what happens to the other two?",
            "One slider moves all three predictions by the same amount. Three residuals that differ can’t all become "
            "0.",
        ],
        why=f"At the best b3 the SSR is {exact(ssr_at(lowest_b3()), 6)}: tiny, and not 0, because the other six "
        "parameters are rounded to two decimals.",
    )


EXERCISES = (
    how_b3_moves_the_predictions,
    squiggle_at_another_b3,
    predict_the_best_b3,
    ssr_by_hand,
    why_squares,
    best_b3,
    is_it_zero,
)
