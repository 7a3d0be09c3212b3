"""`import` reads addresses too, beside files and in the order given, into everyone's or a server's postings."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from builders_terminal import COOK
from command_line import run_command

_PAGE = """<html><head><title>Waiter</title></head><body><main><h1>Waiter</h1><p>Copper Pan is looking for a waiter who carries eight
plates at once and never drops one.</p><h2>Requirements</h2><ul><li>Two years in a busy restaurant</li></ul></main></body></html>"""


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/waiter" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(_PAGE.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_address_is_imported_beside_a_file_into_a_server(site: str, empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOW_PRIVATE_URLS", "true")
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    ran = run_command("import", f"{site}/waiter", "cook.md", f"{site}/gone", "--server", "7")
    assert ran.status == 1
    assert ran.out.splitlines()[0] == "2 added, 0 updated, 0 unchanged, 1 refused"
    assert f"{site}/gone" in ran.out.splitlines()[1]
    assert run_command("export").out == ""
    waiter, cook = run_command("export", "--server", "7").out.splitlines()
    assert "Waiter" in waiter
    assert "Cook" in cook


def test_an_address_that_is_not_public_is_refused(site: str) -> None:
    ran = run_command("import", f"{site}/waiter")
    assert ran.status == 1
    assert "loopback" in ran.out
    assert run_command("export").out == ""


@pytest.mark.parametrize("address", ["ftp://jobs.example/waiter", "file:///etc/hostname"])
def test_an_address_of_another_kind_is_refused_as_one(address: str) -> None:
    assert f"{address} is no http or https address" in run_command("import", address).out
