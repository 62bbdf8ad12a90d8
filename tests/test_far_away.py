"""The way to a kernel that is far away: late, and otherwise as if it weren't there."""

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools.far_away import FarAway, far_away


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(20)
        yield listening


@pytest.fixture
def proxy(server: socket.socket) -> Iterator[FarAway]:
    with far_away(server.getsockname()[1]) as opened:
        yield opened


def call(proxy: FarAway) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=20)


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other end says that this is all."""
    return b"".join(iter(lambda: connection.recv(2**16), b""))


@pytest.mark.parametrize("there", [True, False], ids=["there", "back"])
def test_nothing_arrives_before_half_a_round_trip_either_way(proxy, server, there):
    proxy.round_trip = 0.5
    with call(proxy) as near, server.accept()[0] as far:
        start, end = (near, far) if there else (far, near)
        sent = time.monotonic()
        start.sendall(b"b3")
        assert end.recv(2) == b"b3"
        assert time.monotonic() - sent > 0.2  # well below half: a clock may be coarse


def test_all_arrives_whole_and_in_order_both_ways_though_the_way_becomes_shorter(proxy, server):
    content = bytes(range(256)) * 2**12  # 1 MB, many pieces
    proxy.round_trip = 0.2
    with call(proxy) as near, server.accept()[0] as far:
        near.sendall(b"first, ")
        time.sleep(0.05)  # it has set out
        proxy.round_trip = 0  # what is sent now is due sooner, and must wait
        near.sendall(b"second"), near.shutdown(socket.SHUT_WR)
        assert all_of(far) == b"first, second"
        far.sendall(content), far.shutdown(socket.SHUT_WR)
        assert all_of(near) == content


def test_many_pieces_are_on_their_way_at_once(proxy, server):
    proxy.round_trip = 1e6
    with call(proxy) as near, server.accept()[0] as far:
        near.sendall(bytes(2**25))  # far more than sockets hold by themselves: it would stand still
        far.setblocking(False)
        with pytest.raises(BlockingIOError):
            far.recv(1)


def test_a_cut_loses_what_is_on_its_way_and_lets_nothing_through_until_it_is_mended(proxy, server):
    proxy.round_trip = 1e6
    with call(proxy) as near, server.accept()[0] as far:
        near.sendall(b"lost")
        proxy.cut()
        for end in (near, far):
            assert gone(end)
    with call(proxy) as near:
        assert gone(near)
    proxy.mend()
    proxy.round_trip = 0
    with call(proxy) as near, server.accept()[0] as far:
        near.sendall(b"anew")
        assert far.recv(4) == b"anew"


def gone(end: socket.socket) -> bool:
    """Whether the connection has ended, and nothing came before that. How it ends is the system's to say."""
    try:
        return end.recv(1) == b""
    except ConnectionError:
        return True


def test_where_no_server_is_the_connection_ends(proxy, server):
    server.close()
    with call(proxy) as near:
        assert gone(near)


def test_it_listens_on_this_machine_alone_and_no_longer_than_it_is_asked_to(server):
    with far_away(server.getsockname()[1], round_trip=0.3) as proxy:
        assert (proxy.round_trip, proxy.url) == (0.3, f"http://127.0.0.1:{proxy.port}/")
        port, address = proxy.port, proxy._server.sockets[0].getsockname()[0]
    assert address == "127.0.0.1"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=20)


def test_it_works_from_within_a_running_loop(server):
    """As in Playwright's: the thread that asks may have a loop of its own.

    Here that is a thread of the test's: in pytest's own, Playwright's loop may be running.
    """

    async def ask() -> bytes:
        with far_away(server.getsockname()[1]) as proxy, call(proxy) as near, server.accept()[0] as far:
            near.sendall(b"b3")
            return far.recv(2)

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, ask()).result() == b"b3"
