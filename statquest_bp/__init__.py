"""The main ideas of backpropagation, computed exactly and shown step by step.

An unofficial companion to the StatQuest video "Neural Networks Pt. 2: Backpropagation Main Ideas". The maths is here;
the interactive labs are in `statquest_bp.labs`, the pictures in `statquest_bp.plots`.
"""

from statquest_bp.chain_rule import Chain, Link, chain, gradient
from statquest_bp.data import Dataset, dosage, growth, spring
from statquest_bp.fit import in_own_units, residuals, ssr
from statquest_bp.gradient_descent import Run, Step, descend
from statquest_bp.landscape import ssr_along, ssr_surface, stable_learning_rate
from statquest_bp.layers import ForwardPass
from statquest_bp.many_starts import ManyRuns, descend_many
from statquest_bp.network import Network
from statquest_bp.video import statquest_network

__version__ = "0.1.0"

__all__ = [
    "Chain",
    "Dataset",
    "ForwardPass",
    "Link",
    "ManyRuns",
    "Network",
    "Run",
    "Step",
    "chain",
    "descend",
    "descend_many",
    "dosage",
    "gradient",
    "growth",
    "in_own_units",
    "residuals",
    "spring",
    "ssr",
    "ssr_along",
    "ssr_surface",
    "stable_learning_rate",
    "statquest_network",
]
