"""The program of notebook 10 as it should be, written as a learner writes it: "Show me" prints it from here."""

# mypy: allow-untyped-defs

import numpy as np


def softplus(x):
    """The bend: log(1 + e^x)."""
    return np.log(1 + np.exp(x))


def forward(dosage, p):
    """From the dosages to the predictions, with everything in between."""
    x1 = dosage * p["w1"] + p["b1"]
    x2 = dosage * p["w2"] + p["b2"]
    y1, y2 = softplus(x1), softplus(x2)
    predicted = y1 * p["w3"] + y2 * p["w4"] + p["b3"]
    return x1, y1, x2, y2, predicted


def ssr(observed, predicted):
    """The sum of the squared residuals."""
    return ((observed - predicted) ** 2).sum()


def d_ssr_d_b3(dosage, observed, p):
    """Two links; the last one is 1."""
    *_, predicted = forward(dosage, p)
    return (-2 * (observed - predicted) * 1).sum()


def d_ssr_d_w4(dosage, observed, p):
    """Two links; w4 multiplies y2."""
    *_, y2, predicted = forward(dosage, p)
    return (-2 * (observed - predicted) * y2).sum()


def d_ssr_d_w3(dosage, observed, p):
    """Two links; w3 multiplies y1."""
    _, y1, *_, predicted = forward(dosage, p)
    return (-2 * (observed - predicted) * y1).sum()


def d_ssr_d_b2(dosage, observed, p):
    """Four links: through w4 and the bend of node 2."""
    _, _, x2, _, predicted = forward(dosage, p)
    bend = np.exp(x2) / (1 + np.exp(x2))
    return (-2 * (observed - predicted) * p["w4"] * bend * 1).sum()


def d_ssr_d_w2(dosage, observed, p):
    """The links of b2, and the dosage for the last one."""
    _, _, x2, _, predicted = forward(dosage, p)
    bend = np.exp(x2) / (1 + np.exp(x2))
    return (-2 * (observed - predicted) * p["w4"] * bend * dosage).sum()


def d_ssr_d_b1(dosage, observed, p):
    """Four links: through w3 and the bend of node 1."""
    x1, *_, predicted = forward(dosage, p)
    bend = np.exp(x1) / (1 + np.exp(x1))
    return (-2 * (observed - predicted) * p["w3"] * bend * 1).sum()


def d_ssr_d_w1(dosage, observed, p):
    """The links of b1, and the dosage for the last one."""
    x1, *_, predicted = forward(dosage, p)
    bend = np.exp(x1) / (1 + np.exp(x1))
    return (-2 * (observed - predicted) * p["w3"] * bend * dosage).sum()


def gradient(dosage, observed, p):
    """All seven derivatives by name."""
    here = (dosage, observed, p)
    slopes = {"b3": d_ssr_d_b3(*here), "w4": d_ssr_d_w4(*here), "w3": d_ssr_d_w3(*here)}
    slopes |= {"b2": d_ssr_d_b2(*here), "w2": d_ssr_d_w2(*here)}
    return slopes | {"b1": d_ssr_d_b1(*here), "w1": d_ssr_d_w1(*here)}


def step(p, slopes, rate):
    """New values for the parameters that have a slope; the others stay."""
    return {name: p[name] - rate * slopes.get(name, 0) for name in p}


def descend(dosage, observed, p, names, rate, min_step, max_steps):
    """Step after step, until all step sizes are close to 0 or the steps run out."""
    for _ in range(max_steps):
        all_slopes = gradient(dosage, observed, p)
        slopes = {name: all_slopes[name] for name in names}
        if all(abs(rate * slope) < min_step for slope in slopes.values()):
            break
        p = step(p, slopes, rate)
    return p
