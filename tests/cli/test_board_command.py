"""`board` follows job boards and says what each came to."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from command_line import run_command

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Tick &amp; Tock</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><guid>{title}</guid><link>{base}/{title}</link>
<description>At Tick &amp; Tock you mend the clock of the tower and oil its wheels each night. We pay $40,000.</description></item>"""


@pytest.fixture
def feed(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A feed on loopback with two postings."""
    del empty_folder  # what the commands leave there
    monkeypatch.setenv("ALLOW_PRIVATE_URLS", "1")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{server.server_port}"
            body = FEED.format(items="".join(ITEM.format(title=title, base=base) for title in ("Clockmaker", "Winder"))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/jobs.xml"
    server.shutdown()
    server.server_close()


def test_a_board_is_added_listed_checked_paused_and_removed(feed: str) -> None:
    ran = run_command("board", "add", feed, "--role", "clockmaker", "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert "1 posting; with “clockmaker” in the title." in ran.out
    assert "followed as board 1: 2 postings listed, 1 added, 0 updated, 1 not wanted" in ran.out
    assert f"1 Feed {feed} · role: clockmaker · next " in run_command("board", "list").out
    assert run_command("board", "check", "1").out == "as at the last look\n"
    assert run_command("board", "pause", "1").out == "board 1 is paused\n"
    assert run_command("board", "check", "1").out == "it is paused\n"
    assert "paused" in run_command("board", "list").out
    assert run_command("board", "remove", "1").out == "board 1 is followed no more; its postings stay\n"
    assert run_command("board", "list").out == "no board is followed\n"
    answer = json.loads(run_command("ask", "--json", "what does the clockmaker job pay?").out)
    assert "$40,000" in answer["text"]
    assert answer["openness"] == ["open"]


def test_what_is_wrong_is_told_in_one_line(feed: str) -> None:
    assert "name the board: python -m bot board check NUMBER" in run_command("board", "check").err
    assert "add --yes" in run_command("board", "add", feed).err
    run_command("board", "add", feed, "--yes")
    assert "is followed already, as number 1" in run_command("board", "add", feed, "--yes").err
    assert "no board 7 is followed" in run_command("board", "remove", "7").err
    assert "is no number of a board" in run_command("board", "remove", "seven").err
    assert "no http or https address" in run_command("board", "add", "ftp://jobs.example", "--yes").err
