"""The board written into a folder, and the board of the real service."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from urllib.request import urlopen

from monitor.web.guard import ALWAYS
from tests.cli.terminal import Terminal

PATIENCE = 60.0


def test_the_board_is_written_and_what_to_do_with_it_is_said(terminal: Terminal) -> None:
    done = terminal.run("export", "board")
    assert (done.code, done.err) == (0, "")
    assert " written, 0 unchanged; 0 removed." in done.out
    home = terminal.folder / "board/index.html"
    assert home.as_uri() in done.out
    assert "python -m http.server --directory board" in done.out
    assert "Mexico" in (terminal.folder / "board/en/countries/MEX.html").read_text("utf-8")


def test_a_second_time_nothing_is_written(terminal: Terminal) -> None:
    terminal.run("export", "board")
    assert ": 0 written, " in terminal.run("export", "board").out


def test_a_folder_of_somebody_else_is_refused(terminal: Terminal) -> None:
    done = terminal.run("export", ".")
    assert done.code == 1
    assert "holds files that are not the board's" in done.err
    assert "Traceback" not in done.everything


def test_a_file_is_no_folder(terminal: Terminal) -> None:
    (terminal.folder / "file").touch()
    assert terminal.run("export", "file").code == 2


def test_before_the_first_sweep_there_is_nothing_to_show(empty: Terminal) -> None:
    done = empty.run("export", "board")
    assert done.code == 1
    assert "run uncac-monitor sweep" in done.err
    assert not (empty.folder / "board").exists()


@contextmanager
def running(terminal: Terminal) -> Iterator[str]:
    """Run the service; gives the board's address, and ends the service by SIGTERM."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    terminal.set(WEB__LISTEN=place)
    service = terminal.starts("run")
    try:
        until_answered(f"http://{place}/robots.txt")
        yield f"http://{place}/"
        # Two seconds on a quiet machine; this one may be busy. A reader who stays would be waited for without end.
        service.send_signal(signal.SIGTERM)
        out, err = service.communicate(timeout=PATIENCE)
        assert service.returncode == 0
        assert "Traceback" not in out + err
        assert f"http://{place}/" in err
    finally:
        service.kill()
        service.communicate()


def until_answered(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url, timeout=PATIENCE):
                return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_the_service_shows_the_same_board_and_stops_with_readers_connected(terminal: Terminal) -> None:
    # Who has asked half of a question stays until the service has ended.
    with ExitStack() as readers, running(terminal) as address:
        idle = readers.enter_context(socket.create_connection(("127.0.0.1", port_of(address))))
        idle.sendall(b"GET /en/ HT")
        style = read(f"{address}static/board.css")
        assert b"Mexico" in read(f"{address}en/countries/MEX.html")
        # Beside the running service, which holds the store.
        assert terminal.run("export", "board").code == 0
    assert (terminal.folder / "board/static/board.css").read_bytes() == style


def read(url: str) -> bytes:
    with urlopen(url, timeout=PATIENCE) as answer:
        assert {name: answer.headers[name] for name, _ in ALWAYS} == dict(ALWAYS)
        return bytes(answer.read())


def port_of(address: str) -> int:
    return int(address.rstrip("/").rpartition(":")[2])
