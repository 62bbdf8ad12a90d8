"""The pictures, matplotlib only: axes go in, artists come out, and `update` moves what is there."""

from statquest_bp.plots.diagram import Diagram, draw_diagram
from statquest_bp.plots.fit import Fit, draw_fit
from statquest_bp.plots.nodes import Nodes, draw_nodes
from statquest_bp.plots.parameter_traces import ParameterTraces, draw_parameter_traces
from statquest_bp.plots.predictions import Predictions, draw_predictions
from statquest_bp.plots.ssr_curve import SSRCurve, draw_ssr_curve
from statquest_bp.plots.ssr_slice import Frame, SSRSlice, draw_ssr_slice
from statquest_bp.plots.ssr_surface import SSRSurface, draw_ssr_surface
from statquest_bp.plots.ssr_trace import SSRTrace, draw_ssr_trace, ssr_limits
from statquest_bp.plots.starts import Starts, draw_starts
from statquest_bp.plots.style import new_figure
from statquest_bp.plots.weights import Weights, draw_weights

__all__ = [
    "Diagram",
    "Fit",
    "Frame",
    "Nodes",
    "ParameterTraces",
    "Predictions",
    "SSRCurve",
    "SSRSlice",
    "SSRSurface",
    "SSRTrace",
    "Starts",
    "Weights",
    "draw_diagram",
    "draw_fit",
    "draw_nodes",
    "draw_parameter_traces",
    "draw_predictions",
    "draw_ssr_curve",
    "draw_ssr_slice",
    "draw_ssr_surface",
    "draw_ssr_trace",
    "draw_starts",
    "draw_weights",
    "new_figure",
    "ssr_limits",
]
