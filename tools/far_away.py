"""A kernel that is far away, on this machine: all that goes to and from a port is on its way for half a round trip.

In code `with far_away(8888) as proxy: proxy.round_trip = 0.3`; by hand, for a JupyterLab that runs on port 8888,
`python -m tools.far_away 8888 --round-trip 300`, and then its address with the port that this prints.
"""

import argparse
import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
Way = asyncio.Queue[tuple[float, bytes]]  # pieces, each with the moment when it is due; an empty one is the end
HERE = "127.0.0.1"  # nothing is reachable from elsewhere, and Jupyter's own checks of host and origin hold as they are


class FarAway:
    """Hands on what reaches its own `port` to `to_port`, and back: in order, as much at once as there is, but late.

    `round_trip`, in seconds, may be set at any time; it holds for what arrives from then on.
    """

    def __init__(self, to_port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.round_trip = 0.0
        self._to_port, self._loop = to_port, loop
        self._connections: set[asyncio.Task[None]] = set()
        self._is_cut = False

    @property
    def port(self) -> int:
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}/"

    def cut(self) -> None:
        """Lose every connection, with all that is on its way, and let none come about until `mend`."""
        self._is_cut = True
        self._do(self._lose_all())

    def mend(self) -> None:
        """Let connections come about again; those that were lost stay lost."""
        self._is_cut = False

    def _do(self, work: Coroutine[object, object, T]) -> T:
        """Have it done in the proxy's own thread, and wait until it is."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._take, HERE, 0)

    async def _close(self) -> None:
        self._server.close()
        await self._lose_all()

    async def _lose_all(self) -> None:
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await asyncio.sleep(0)  # the turn in which the sockets are let go

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.create_task(self._connect(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            if not self._is_cut:
                far_reader, far_writer = await asyncio.open_connection(HERE, self._to_port)
                ends.append(far_writer)
                async with asyncio.TaskGroup() as both_ways:
                    for start, end in ((reader, far_writer), (far_reader, writer)):
                        on_its_way: Way = asyncio.Queue()
                        both_ways.create_task(self._depart(start, on_its_way))
                        both_ways.create_task(self._arrive(on_its_way, end))
                for end in ends:
                    end.close()
                    await end.wait_closed()  # what it still holds is sent first
        except* OSError:
            pass  # one end has gone, so the other goes as well
        finally:
            for end in ends:
                end.transport.abort()

    async def _depart(self, start: asyncio.StreamReader, on_its_way: Way) -> None:
        piece = b"not yet"
        while piece:
            piece = await start.read(2**16)
            on_its_way.put_nowait((self._loop.time() + self.round_trip / 2, piece))

    async def _arrive(self, on_its_way: Way, end: asyncio.StreamWriter) -> None:
        while True:
            due, piece = await on_its_way.get()
            await asyncio.sleep(due - self._loop.time())
            if not piece:
                break
            end.write(piece)
            await end.drain()
        end.write_eof()


@contextmanager
def far_away(to_port: int, round_trip: float = 0.0) -> Iterator[FarAway]:
    """A way to `to_port` of this machine that takes `round_trip` seconds there and back."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="far away", daemon=True)
    thread.start()
    proxy = FarAway(to_port, loop)
    proxy.round_trip = round_trip
    try:
        proxy._do(proxy._open())
        try:
            yield proxy
        finally:
            proxy._do(proxy._close())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tools.far_away", description=__doc__)
    parser.add_argument("port", type=int, help="where the server is, on this machine")
    parser.add_argument("--round-trip", type=float, default=300, help="in milliseconds; 300 unless you say otherwise")
    asked = parser.parse_args()
    with far_away(asked.port, asked.round_trip / 1000) as opened:
        print(f"{opened.url} is port {asked.port}, {asked.round_trip:g} ms away. Enter ends it.", flush=True)
        input()
