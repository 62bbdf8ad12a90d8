"""The pictures, matplotlib only: axes go in, artists come out, and `update` moves what is there."""

from statquest_bp.plots.fit import Fit, draw_fit
from statquest_bp.plots.nodes import Nodes, draw_nodes
from statquest_bp.plots.ssr_curve import SSRCurve, draw_ssr_curve
from statquest_bp.plots.style import new_figure

__all__ = ["Fit", "Nodes", "SSRCurve", "draw_fit", "draw_nodes", "draw_ssr_curve", "new_figure"]
