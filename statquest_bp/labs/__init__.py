"""The labs, ipywidgets only: one state each, controls that change it, and a picture that follows while they move."""

from statquest_bp.labs.bend_lab import BendLab
from statquest_bp.labs.chain_picture import chain_picture
from statquest_bp.labs.chain_rule_lab import ChainRuleLab
from statquest_bp.labs.compare_lab import CompareLab
from statquest_bp.labs.descent_lab import DescentLab
from statquest_bp.labs.diagram_lab import DiagramLab
from statquest_bp.labs.forward_lab import ForwardLab
from statquest_bp.labs.landscape_lab import LandscapeLab
from statquest_bp.labs.live_figure import LiveFigure
from statquest_bp.labs.nudge_lab import NudgeLab
from statquest_bp.labs.playground_lab import PlaygroundLab
from statquest_bp.labs.squiggle_lab import SquiggleLab
from statquest_bp.labs.ssr_lab import SSRLab
from statquest_bp.labs.starts_lab import StartsLab
from statquest_bp.labs.surface_lab import SurfaceLab
from statquest_bp.labs.two_rates_lab import TwoRatesLab

__all__ = [
    "BendLab",
    "ChainRuleLab",
    "CompareLab",
    "DescentLab",
    "DiagramLab",
    "ForwardLab",
    "LandscapeLab",
    "LiveFigure",
    "NudgeLab",
    "PlaygroundLab",
    "SSRLab",
    "SquiggleLab",
    "StartsLab",
    "SurfaceLab",
    "TwoRatesLab",
    "chain_picture",
]
