"""The labs, ipywidgets only: one state each, controls that change it, and a picture that follows while they move."""

from statquest_bp.labs.chain_rule_lab import ChainRuleLab
from statquest_bp.labs.descent_lab import DescentLab
from statquest_bp.labs.live_figure import LiveFigure
from statquest_bp.labs.squiggle_lab import SquiggleLab
from statquest_bp.labs.ssr_lab import SSRLab

__all__ = ["ChainRuleLab", "DescentLab", "LiveFigure", "SSRLab", "SquiggleLab"]
