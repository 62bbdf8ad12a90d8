"""The functions of notebook 08 as they should be, written as a learner writes them: "Show me" prints them from here."""

# mypy: allow-untyped-defs

import numpy as np

from statquest_bp.gradient_descent import descend


def ssr_of(observed, predicted):
    """The SSR: each residual squared, then added up."""
    residuals = observed - predicted
    return (residuals**2).sum()


def ssr_point_by_point(observed, predicted):
    """The same SSR, one point after the other."""
    total = 0
    for o, p in zip(observed, predicted, strict=True):
        total = total + (o - p) ** 2
    return total


def slope_of_b3(observed, predicted):
    """dSSR/db3: two links for each point, multiplied, then added up."""
    return (-2 * (observed - predicted) * 1).sum()


def first_link(observed, predicted):
    """dSSR/dPredicted, a number for each point."""
    return -2 * (observed - predicted)


def next_b3(b3, slope, learning_rate):
    """b3 after one step, against the slope."""
    step_size = slope * learning_rate
    return b3 - step_size


def slope_of_w3(residuals, x1, y1):
    """dSSR/dw3: w3 multiplies y1, what comes out of the first node."""
    return (-2 * residuals * y1).sum()


def slope_of_w1(residuals, w3, x1, inputs):
    """dSSR/dw1: the first link, w3, the bend's slope and the input, for each point."""
    return (-2 * residuals * w3 * np.exp(x1) / (1 + np.exp(x1)) * inputs).sum()


def step_w3_and_b1(w3, b1, residuals, y1, d_y1_d_x1, learning_rate):
    """Both slopes from the old values first; only then the step."""
    slope_w3 = (-2 * residuals * y1).sum()
    slope_b1 = (-2 * residuals * w3 * d_y1_d_x1 * 1).sum()
    return w3 - learning_rate * slope_w3, b1 - learning_rate * slope_b1


def walk_b3(b3, without_b3, observed, learning_rate, steps):
    """Several steps; in each the slope begins with 0 and collects all points."""
    for _ in range(steps):
        slope = 0
        for o, rest in zip(observed, without_b3, strict=True):
            slope = slope - 2 * (o - (rest + b3))
        b3 = b3 - learning_rate * slope
    return b3


def slope_of_w4(residuals, y2):
    """dSSR/dw4: the terms of all points, added up."""
    slope = 0
    for residual, y in zip(residuals, y2, strict=True):
        slope = slope - 2 * residual * y
    return slope


def train(network, data):
    """Gradient descent on the output's parameters, with a rate below their limit."""
    return descend(network, data, learning_rate=0.1, optimize=["w3", "w4", "b3"], max_steps=2000)
