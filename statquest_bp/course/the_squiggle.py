"""Notebook 01: how the network makes its squiggle."""

from __future__ import annotations

from statquest_bp.activations import activation_named
from statquest_bp.data import dosage
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import LAB_TASK, Numeric, shown
from statquest_bp.exercises.prediction import Prediction
from statquest_bp.exercises.progress import kept
from statquest_bp.video import digits, statquest_network


@kept
def height_a_little_farther() -> Numeric:
    """Retrieval from 00: from a height and a slope to the height next door."""
    height, slope, move = 5.0, -2.0, 0.1
    return Numeric(
        f"A curve is at height {shown(height)} and has the slope {shown(slope)} there. About how high is it "
        f"{shown(move)} farther to the right?",
        answer=lambda: height + slope * move,
        slips={
            "You went uphill. A negative slope leads down to the right.": lambda: height - slope * move,
            f"You went a whole 1 to the right. It was only {shown(move)}.": lambda: height + slope,
            f"That is the change in height. Add it to the height {shown(height)}.": lambda: slope * move,
        },
        hints=[
            "The slope tells you how much the height changes for each 1 to the right.",
            f"The change is slope × move = {shown(slope)} × {shown(move)}.",
            f"New height = {shown(height)} + ({shown(slope * move)}).",
        ],
        why=f"{shown(height)} + ({shown(slope)}) × {shown(move)} = {shown(height + slope * move)}. It is “about”, "
        "because the curve may bend on the way.",
        kind="From before",
    )


@kept
def softplus_of_a_large_sum() -> MultipleChoice:
    """What softplus does to sums far from 0: almost nothing to large ones, and very negative ones become almost 0."""
    softplus = activation_named("softplus").curve
    far = 10.0
    high, low = (f"{float(softplus(x)):.5f}" for x in (far, -far))
    right = f"{shown(far)} stays almost what it is, −{shown(far)} becomes almost 0."
    return MultipleChoice(
        f"Each hidden node bends its sum x with softplus(x) = log(1 + e^x). What comes out for x = {shown(far)} and "
        f"for x = −{shown(far)}? (log is the natural logarithm, the one to base e.)",
        {
            f"{shown(far)} becomes almost 1, −{shown(far)} becomes almost 0.": "That is the sigmoid, an S between 0 "
            "and 1. Softplus has no ceiling: it goes on rising.",
            f"{shown(far)} and −{shown(far)} both stay almost what they are.": "Then nothing would be bent. For a sum "
            f"of −{shown(far)}, e^x is almost 0. What is log(1 + almost 0)?",
            right: f"Yes: out come {high} and {low}.",
            "Both become huge, because e^x grows so fast.": "e^x does grow fast, but the log around it undoes that. "
            "And for a negative x, e^x is small.",
        },
        answer=right,
        hints=[
            "Take the two cases one at a time: is e^x huge there, or almost 0?",
            "Where e^x is huge, the 1 beside it hardly matters: log(e^x) = x. Where it is almost 0, look at log(1).",
            "log(1) = 0. So one side is flat and almost 0, the other side is almost the line y = x.",
        ],
        why="So softplus is flat on one side and a straight ramp on the other, with a soft bend between. The bends are "
        "what the network builds its squiggle from.",
    )


@kept
def predict_the_height() -> Prediction:
    """The headline prediction: how high the squiggle is at dosage 0.5 once b3 is 0. For SquiggleLab."""
    b3 = statquest_network().parameters["b3"]
    fitted = digits(statquest_network().predict([0.5])[0, 0])
    return Prediction(
        f"With b3 = {digits(b3)} the squiggle is at height {fitted} at dosage 0.5, just where the data are. Now b3 "
        "goes down to 0, and nothing else changes. How high is the squiggle at dosage 0.5 then?",
        truth=lambda: statquest_network(b3=0).predict([0.5])[0, 0],
        low=-3,
        high=3,
        step=0.01,
        why=f"b3 is added at the very end, so the whole squiggle goes down by what b3 loses: {digits(b3)}. The green "
        f"dot at dosage 0.5 goes with it: {fitted} − {digits(b3)}.",
    )


@kept
def add_up_a_prediction() -> Numeric:
    """y1·w3 + y2·w4 + b3 at dosage 0, with b3 = 1."""
    net = statquest_network(b3=1)
    y1, y2 = net.forward([0]).outputs[0][0]
    w3, w4, b3 = (net.parameters[name] for name in ("w3", "w4", "b3"))
    blue, orange = y1 * w3, y2 * w4
    return Numeric(
        f"At dosage 0 the two nodes put out y1 = {shown(y1)} and y2 = {shown(y2)}. The weights are w3 = {shown(w3)} "
        f"and w4 = {shown(w4)}, and b3 is now {shown(b3)}.\nWhat does the network predict? Two decimals are enough. "
        "(In the lab you can check it: the squiggle at dosage 0.)",
        answer=lambda: net.predict([0])[0, 0],
        slips={
            "You left out b3. It is added at the end.": lambda: blue + orange,
            "You lost the minus signs of w3 and w4.": lambda: -blue - orange + b3,
            "You swapped the weights: w3 belongs to y1, w4 to y2.": lambda: y1 * w4 + y2 * w3 + b3,
            "You added the y’s and the w’s before multiplying. Scale each y by its own weight first.": lambda: (
                (y1 + y2) * (w3 + w4) + b3
            ),
        },
        hints=[
            "Each node’s output is scaled by its own weight; the results are added, and b3 on top.",
            "predicted = y1 × w3 + y2 × w4 + b3. Both weights are negative.",
            f"{shown(blue)} + ({shown(orange)}) + {shown(b3)}",
        ],
        why=f"{shown(blue)} + ({shown(orange)}) + {shown(b3)} = {shown(blue + orange + b3)}: scale, add up, shift. "
        "That is all the output node does.",
    )


@kept
def flip_the_sign_of_w3() -> MultipleChoice:
    """What the sign of w3 does to the blue curve and to the squiggle."""
    net = statquest_network()
    w3 = net.parameters["w3"]
    at_one, flipped = (n.predict([1])[0, 0] for n in (net, net.replace(w3=-w3)))
    right = "It turns over, top to bottom, and lifts the squiggle most at its right end."
    return MultipleChoice(
        f"w3 is {shown(w3)}. You slide it to {shown(-w3)}. What happens to the scaled blue curve?",
        {
            f"It moves up by {shown(-2 * w3)} everywhere.": "A weight multiplies, it doesn’t add: where y1 is almost "
            "0, hardly anything moves.",
            "It turns over, left to right.": "Left and right belong to the dosage, and w3 doesn’t touch that. It "
            "changes heights only.",
            "It stays, because only the size of a weight matters.": "The sign matters: a negative weight subtracts the "
            "bend, a positive one adds it.",
            right: f"Yes: at dosage 1 the squiggle goes from {digits(at_one)} to {digits(flipped)}.",
        },
        answer=right,
        hints=[
            "Try it in the lab: slide w3 and watch the picture in the middle.",
            "Every height on the blue curve is y1 × w3. What does a new sign do to every height?",
            "Each height becomes its mirror image below or above 0. The largest heights, at the right, move the most.",
        ],
        why="A weight behind a node scales its bend; a negative weight turns it over. That is how two similar bends "
        "can make a hump.",
    )


@kept
def lift_one_end() -> Numeric:
    """A task in SquiggleLab: the w4 that puts the squiggle at height 1 at dosage 0."""
    net, target = statquest_network(), 1.0
    start = net.predict([0])[0, 0]
    y2, w4 = net.forward([0]).outputs[0][0, 1], net.parameters["w4"]
    return Numeric(
        f"Press Reset. Then move only w4, until the squiggle is at height {shown(target)} at dosage "
        f"{shown(dosage().inputs[0, 0])}. At which w4 is that? (Two decimals, as on the slider.)",
        answer=lambda: w4 + (target - start) / y2,
        slips={
            "That is how far w4 has to move. The question is where it ends.": lambda: (target - start) / y2,
            "That sends the squiggle down by as much as it should go up. Move w4 the other way.": lambda: (
                w4 - (target - start) / y2
            ),
            "That is where w4 begins: there the squiggle is at height 1 at dosage 0.5. Look at dosage 0, the left "
            "end.": lambda: w4,
        },
        hints=[
            "The readout below the pictures has the squiggle’s height at dosage 0: the first of the three numbers.",
            "The height there has to go up. w4 is negative and pulls the squiggle down, so let it pull less.",
            f"Each 0.1 on w4 moves that height by about {shown(round(0.1 * y2, 2))}. From {shown(w4)} you need about "
            f"{round((target - start) / y2 / 0.1)} such moves up.",
        ],
        why=f"At dosage 0, w4 is multiplied by y2 = {shown(y2)}, so w4 has to rise by {shown(target - start)} / "
        f"{shown(y2)}. The right end hardly moved: there y2 is almost 0. A weight acts only where its node is awake.",
        tolerance=0.02,
        kind=LAB_TASK,
    )


@kept
def what_moves_all_of_it() -> MultipleChoice:
    """Which parameter shifts the squiggle and keeps its shape."""
    return MultipleChoice(
        "Which parameter moves the whole squiggle up or down and keeps its shape?",
        {
            "w3": "w3 stretches the blue curve or turns it over. Where the blue curve is almost 0, nothing moves, so "
            "the shape changes.",
            "b1": "b1 is added before the bend. It slides the blue bend to the side, and the squiggle changes its "
            "shape.",
            "b3": "Yes: b3 is added to every prediction alike.",
            "w1": "w1 decides how fast the first node’s sum changes with the dosage: how tight the blue bend is.",
        },
        answer="b3",
        hints=[
            "Try them in the lab: slide one, look at the green curve, put it back.",
            "What happens before a node’s bend, or scales it, changes the shape. What is added after everything?",
            "predicted = y1 × w3 + y2 × w4 + …, and the last one has no y beside it.",
        ],
        why="That makes b3 the easiest parameter to understand, and the one with which the next notebooks begin.",
    )


EXERCISES = (
    height_a_little_farther,
    softplus_of_a_large_sum,
    predict_the_height,
    add_up_a_prediction,
    flip_the_sign_of_w3,
    lift_one_end,
    what_moves_all_of_it,
)
