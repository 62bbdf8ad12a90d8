"""The quiz, on notebooks 00 and 01: what a slope says, and the forward pass."""

from __future__ import annotations

from statquest_bp.course.final_quiz_draws import Rng, choice, either, fresh, in_brackets, number, size
from statquest_bp.digits import short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric
from statquest_bp.exercises.quiz import Question

EFFECTS = {
    "b3": "It lifts or lowers the whole squiggle and keeps its shape.",
    "w3": "It stretches what comes out of node 1, or turns it over.",
    "b1": "It pushes the bend of node 1 to the left or to the right.",
    "w2": "It makes the bend of node 2 tighter or wider, or lets it face the other way.",
}


@fresh
def height_after_a_move(rng: Rng) -> Numeric:
    """A slope times a small move is the change in height."""
    height, slope, move = number(rng, 1, 6), size(rng, 0.5, 4), number(rng, 0.05, 0.2, 2)
    change = slope * move
    return Numeric(
        f"A curve is at height {short(height)} and has the slope {short(slope)} there. About how high is it "
        f"{short(move)} farther to the right?",
        answer=height + change,
        slips={
            "You went the wrong way up or down: look at the sign of the slope.": height - change,
            "That would be the height a whole 1 farther on. You go only a part of it.": height + slope,
            "That is the change alone. Add it to the height where you began.": change,
        },
        hints=[
            "The slope says how much the height changes for each 1 to the right.",
            f"You go only {short(move)}: the change is slope × move.",
            f"{short(height)} + {in_brackets(slope)} × {short(move)}",
        ],
        why="Slope × move is the change in height, as long as the move is small. The whole course rests on it.",
        tolerance=0.006,
    )


@fresh
def sum_of_a_node(rng: Rng) -> Numeric:
    """A hidden node's sum: dose × weight + bias."""
    i = int(rng.integers(1, 3))
    dose, weight, bias = number(rng, 0.2, 0.9), size(rng, 0.5, 4), size(rng, 0.3, 2)
    return Numeric(
        f"w{i} = {short(weight)} and b{i} = {short(bias)}. How large is node {i}’s sum x{i} for the dose "
        f"{short(dose)}?",
        answer=dose * weight + bias,
        slips={
            "The bias is missing.": dose * weight,
            "You subtracted the bias. It is added, with its sign.": dose * weight - bias,
            "You added the bias first. The weight multiplies only the dose.": (dose + bias) * weight,
            "You added all three. A weight multiplies.": dose + weight + bias,
        },
        hints=[
            "Weights multiply, biases add.",
            f"x{i} = dose × w{i} + b{i}",
            f"{short(dose)} × {in_brackets(weight)} + {in_brackets(bias)}",
        ],
        why="A straight line in the dose. The bend comes after it.",
        tolerance=0.006,
    )


@fresh
def prediction_from_the_nodes(rng: Rng) -> Numeric:
    """The output: both nodes scaled, added up, and shifted."""
    y1, y2 = number(rng, 0.2, 2.5), number(rng, 0.2, 2.5)
    w3, w4, b3 = size(rng, 0.4, 3), size(rng, 0.4, 3), size(rng, 0.3, 3)
    both = y1 * w3 + y2 * w4
    return Numeric(
        f"The two nodes put out y1 = {short(y1)} and y2 = {short(y2)}. w3 = {short(w3)}, w4 = {short(w4)}, "
        f"b3 = {short(b3)}. What does the network predict?",
        answer=both + b3,
        slips={
            "b3 is missing.": both,
            "You subtracted b3. It is added, with its sign.": both - b3,
            "The weights have changed places: w3 belongs to y1, w4 to y2.": y1 * w4 + y2 * w3 + b3,
            "You added the outputs without their weights.": y1 + y2 + b3,
        },
        hints=[
            "Each output is scaled by its weight. Then all is added up.",
            "predicted = y1 × w3 + y2 × w4 + b3",
            f"{short(y1)} × {in_brackets(w3)} + {short(y2)} × {in_brackets(w4)} + {in_brackets(b3)}",
        ],
        why="A sum, so each of the three parts has its own say. That makes the way back so simple.",
        tolerance=0.006,
    )


def softplus_far_out(rng: Rng) -> MultipleChoice:
    """Softplus of a large number, on either side."""
    x = int(rng.integers(15, 40)) * (1 if rng.random() < 0.5 else -1)
    end, far = ("1 + e^x is nearly e^x", short(x)) if x > 0 else ("e^x is nearly 0", "almost 0")
    options = {
        f"almost {short(abs(x))}": "Is e^x huge here or next to nothing?",
        "almost 0": "Is e^x huge here or next to nothing?",
        "almost 1": "That is where the slope of softplus ends, far to the right. Softplus itself goes on growing.",
        f"almost {short(-abs(x))}": "The logarithm of something above 1 is never negative.",
    }
    right = f"almost {short(x)}" if x > 0 else far
    return choice(
        rng,
        f"softplus(x) = log(1 + e^x). How much is softplus({short(x)})?",
        options | {right: f"Yes: {end}."},
        answer=right,
        hints=[
            "Begin inside: how large is e^x, very roughly?",
            f"For x = {short(x)}, {end}.",
            f"So it is about log({'e^x' if x > 0 else '1'}).",
        ],
        why="Far to the left softplus is flat at almost 0, far to the right it is almost x. In between lies the bend.",
    )


def what_one_parameter_does(rng: Rng) -> MultipleChoice:
    """What one of four parameters does to the squiggle."""
    name = either(rng, *EFFECTS)
    options = {effect: f"That is what {other} does." for other, effect in EFFECTS.items()}
    place = {
        "b3": "It comes in at the very end, after the nodes.",
        "w3": "It comes in after the bend of node 1.",
        "b1": "It is added before the bend of node 1.",
        "w2": "It multiplies the dose, before the bend of node 2.",
    }[name]
    return choice(
        rng,
        f"You slide {name}, and nothing else. What does it do to the squiggle?",
        options | {EFFECTS[name]: f"Yes. {place}"},
        answer=EFFECTS[name],
        hints=[
            f"Where does {name} come in: before the bend, after it, or at the very end?",
            place,
            f"And as a {'bias it shifts' if name[0] == 'b' else 'weight it stretches, or flips over below 0'}.",
        ],
        why="Weights stretch and flip, biases shift; what comes before the bend works to the left and right, what "
        "comes after it up and down.",
    )


QUESTIONS = (
    Question(height_after_a_move, "00 Start here"),
    *(
        Question(make, "01 The squiggle")
        for make in (sum_of_a_node, prediction_from_the_nodes, softplus_far_out, what_one_parameter_does)
    ),
)
