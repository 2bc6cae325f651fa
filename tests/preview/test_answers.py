"""Who is answered, with what, and with which headers."""

from __future__ import annotations

import http.client
import socket

import pytest

from tests.serving import Served

PATHS = ["/", "/codes", "/view/note/en/page", "/parts/preview.css", "/nowhere"]


@pytest.mark.parametrize("host", ["evil.example:{}", "127.0.0.1.evil.example:{}", "127.0.0.1:1"])
def test_another_host_is_refused(served: Served, host: str) -> None:
    answer, body = served.ask("/", headers={"Host": host.format(served.port)})
    assert answer.status == 421
    assert f"answers only to {served.url}" in body.decode()


@pytest.mark.parametrize("host", ["localhost:{}", "127.0.0.1:{}", "[::1]:{}", "LOCALHOST:{}"])
def test_its_own_hosts_are_answered(served: Served, host: str) -> None:
    assert served.ask("/", headers={"Host": host.format(served.port)})[0].status == 200


def test_a_request_without_a_host_is_refused(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 421")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_get_and_head_is_answered(served: Served, method: str) -> None:
    answer, _ = served.ask("/", method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_head_is_get_without_a_body(served: Served) -> None:
    head, body = served.ask("/", "HEAD")
    assert (head.status, body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(served.get("/")))


def test_pages_of_other_sites_cant_ask(served: Served) -> None:
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert served.ask("/news", headers=embedded)[0].status == 403
    assert served.ask("/", headers=followed)[0].status == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_for_this_server_alone(served: Served, path: str) -> None:
    headers = served.ask(path, headers={"Origin": "http://evil.example"})[0].headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert not [name for name in headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("ending", ["html", "pdf", "epub", "proof.html"])
def test_what_is_published_may_run_nothing(served: Served, ending: str) -> None:
    policy = served.ask(f"/made/note/note.en.{ending}")[0].headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/made/../series.yaml",
        "/made/note/en.yaml",
        "/made/note/..%2f..%2fseries.yaml",
        "/made/note/note.en.yaml",
        "/parts/../../pyproject.toml",
        "/parts/%2e%2e%2fpyproject.toml",
        "/parts/OFL-NotoJP.txt",
        "/book/note/en/../../../../etc/passwd",
        "/book/note/en/EPUB/%2e%2e/%2e%2e/etc/passwd",
        "/book/note/en//etc/passwd",
        "/pages/note/en/0.png",
        "/pages/note/en/99.png",
        "/view/note/en/source",
        "/view/note/ja/page",
        "/faults/other/en",
        "/series.yaml",
    ],
)
def test_nothing_is_there_but_what_was_made(served: Served, path: str) -> None:
    served.get("/made/note/note.en.pdf")
    answer, body = served.ask(path)
    assert answer.status == 404
    assert b"root:" not in body
    assert b"There is nothing at this address" in body


def test_only_this_machine_is_listened_to(served: Served) -> None:
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect(("127.0.0.2", served.port))
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
