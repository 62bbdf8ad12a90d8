"""Notebook 00: three questions on what the course assumes. You can learn all of it on the way."""

from __future__ import annotations

from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric, shown
from statquest_bp.exercises.progress import kept


@kept
def read_a_height() -> Numeric:
    """A point on a graph: which of its two numbers is the height."""
    data = dosage()
    points = list(zip(data.inputs[:, 0], data.observed[:, 0], strict=True))
    middle, height = points[1]
    listed = ", ".join(f"({shown(x)}, {shown(y)})" for x, y in points)
    return Numeric(
        "A graph shows the efficacy of a drug (upward) against its dosage (to the right). A smooth curve goes through "
        f"the points {listed}. How high is the curve at dosage {shown(middle)}?",
        answer=lambda: height,
        slips={
            "That is the dosage, the distance to the right. You are asked how far up the curve is there.": lambda: (
                middle
            ),
            "That is the height at the two ends. Look at the point in the middle.": lambda: points[0][1],
        },
        hints=[
            "A point (a, b) lies a to the right and b up.",
            f"Find the point whose first number is {shown(middle)}.",
            f"That point is ({shown(middle)}, {shown(height)}). Its second number is the height.",
        ],
        why="The first number of a point says how far right, the second how far up. In this course the first is always "
        "what goes in, and the second what comes out.",
    )


@kept
def squares_and_sums() -> Numeric:
    """A sum of squares, with a negative number and one below 1."""
    numbers = (2.0, -3.0, 0.5)
    first, second, third = numbers
    squares = [number**2 for number in numbers]
    return Numeric(
        f"How much is {shown(first)}² + ({shown(second)})² + {shown(third)}², the sum of three squares?",
        answer=lambda: sum(squares),
        slips={
            "You kept the minus sign of the middle number. A number times itself is never negative.": lambda: (
                squares[0] - squares[1] + squares[2]
            ),
            "You added first and squared the sum. Square each number first, then add.": lambda: sum(numbers) ** 2,
            "You doubled each number. A square is the number times itself.": lambda: sum(2 * n for n in numbers),
            "You added the numbers without squaring them.": lambda: sum(numbers),
            f"The square of {shown(third)} is smaller than {shown(third)} itself: half of a half.": lambda: (
                squares[0] + squares[1] + third
            ),
        },
        hints=[
            "A square is a number times itself. Do the three squares first, then add.",
            f"({shown(second)})² = ({shown(second)}) × ({shown(second)}), and minus times minus is plus.",
            f"Add {' + '.join(shown(square) for square in squares)}.",
        ],
        why=f"{' + '.join(shown(square) for square in squares)} = {shown(sum(squares))}. This course adds up squares "
        "to measure how badly a curve fits, and it works because no square is ever negative.",
    )


@kept
def what_a_slope_says() -> MultipleChoice:
    """What a slope tells about a small move to the right."""
    slope, move = -3.0, 0.01
    change = shown(abs(slope * move))
    right = f"It falls by about {change}."
    return MultipleChoice(
        f"At some point a curve has the slope {shown(slope)}. You go a tiny way to the right, {shown(move)}. What does "
        "the curve do?",
        {
            f"It rises by about {change}.": "The size is right. But look at the sign: with a negative slope, going "
            "right means going down.",
            f"It falls by about {shown(abs(slope))}.": "That is what it would fall over a whole 1 to the right. You "
            f"went only {shown(move)}.",
            right: "Yes: slope × move is the change in height.",
            f"It is at height {shown(slope)} there.": "The slope says how steep the curve is, not how high. A steep "
            "road may be anywhere above the sea.",
        },
        answer=right,
        hints=[
            "The slope says how much the height changes for each 1 that you go to the right.",
            "A negative slope means downhill to the right. And you go less than 1.",
            f"The change in height is about slope × move = {shown(slope)} × {shown(move)}.",
        ],
        why=f"{shown(slope)} × {shown(move)} = {shown(slope * move)}. Everything to come rests on this: the slope "
        "tells you which way is down, and how fast.",
    )


EXERCISES = (read_a_height, squares_and_sums, what_a_slope_says)
