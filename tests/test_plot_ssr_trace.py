"""The SSR against the updates, where runs still grow: room for what is to come, and marks for what was predicted."""

import numpy as np
import pytest

from statquest_bp import Dataset, Network, dosage
from statquest_bp.plots import draw_ssr_trace, new_figure, ssr_limits
from statquest_bp.training import Training


class Recorded(list):
    """Stands for a run with these SSRs."""

    @property
    def ssr(self):
        return np.array(self, dtype=float)


@pytest.mark.parametrize(
    ("runs", "limits"),
    [
        ([[3.0, 0.2]], (1e-2, 1e2)),
        ([[3.0, 0.002]], (1e-4, 1e2)),
        ([[3.0], [2e-3]], (1e-4, 1e2)),
        ([[1.0]], (1.0, 1e2)),  # an even power of ten itself
        ([[3.0, 1e-20]], (1e-6, 1e2)),  # so near 0, every fit looks perfect
        ([[30.0, 200.0]], (1.0, 1e4)),  # a rise less than tenfold has just the room that it needs
        ([[30.0, 400.0]], (1.0, 1e6)),  # a higher one all at once, for it may go on
        ([[3.0, 1e30]], (1.0, 1e6)),  # what explodes leaves the picture
        ([[5e12, 2e12]], (1e12, 1e14)),
        ([[0.0]], (1e-12, 1e-10)),
        ([[np.inf]], (1e300, 1e302)),
    ],
)
def test_the_axis_has_even_powers_of_ten_around_every_ssr_so_far(runs, limits):
    assert ssr_limits([Recorded(run) for run in runs]) == pytest.approx(limits)


def test_a_run_that_grows_is_drawn_up_to_a_step_on_axes_that_have_room_for_the_rest():
    training = Training(Network.random((1, 2, 1), seed=0), dosage(), 0.1)
    training.advance(50)
    _, (ax,) = new_figure("")
    trace = draw_ssr_trace(ax, [training], 20_000, (1e-4, 1e2))
    assert ax.get_xlim()[1] > 20_000
    low, high = ax.get_ylim()
    assert (low < 1e-4, high > 1e2) == (True, True)
    trace.update([training], [""], np.arange(0, 60, 7), 30)
    x, y = trace.lines[0].get_data()
    assert x.tolist() == [0, 7, 14, 21, 28, 30]
    np.testing.assert_array_equal(y, training.ssr[x])


def test_what_leaves_the_axis_is_drawn_at_its_edge():
    training = Training(Network.random((1, 1), seed=0), Dataset([1.0], [1e6]), 0.1)
    _, (ax,) = new_figure("")
    trace = draw_ssr_trace(ax, [training], 100, (1.0, 1e2))
    trace.update([training], [""], np.arange(1), 0)
    assert trace.here[0].get_ydata() == [1e2]


def test_a_predicted_ssr_is_a_line_across_the_picture():
    _, (ax,) = new_figure("")
    trace = draw_ssr_trace(ax, [Recorded([1.0, 0.5])])
    trace.show_prediction(0.2)
    assert list(trace.prediction.get_xdata()) == list(ax.get_xlim())
    assert list(trace.prediction.get_ydata()) == [0.2, 0.2]
    trace.show_prediction(None)
    assert len(trace.prediction.get_xdata()) == 0


def test_thousands_of_updates_are_written_short():
    _, (ax,) = new_figure("")
    draw_ssr_trace(ax, [Recorded([1.0, 0.5])], 20_000)
    assert [ax.xaxis.get_major_formatter()(updates) for updates in (0, 1, 100, 1000, 10_000)] == [
        "0", "1", "100", "1k", "10k",
    ]  # fmt: skip
