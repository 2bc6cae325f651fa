"""Who is answered, and what a browser may do with the answers.

The server listens on this machine alone. That doesn't keep out a page of another site that the
same browser shows: by DNS rebinding its host can be this machine, so the Host header is held
against the names that this server has (RFC 9110, 7.2). Whatever is answered may be used by pages
of this server alone, and none of what is published may run a script.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NONE = "default-src 'none'; base-uri 'none'; form-action 'none'"
_FRAMED = f"{_NONE}; frame-ancestors 'self'"

# Content Security Policy Level 3, by what is answered.
SHELL = (
    f"{_NONE}; frame-ancestors 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; frame-src 'self'"
)
PUBLISHED = f"{_FRAMED}; style-src 'unsafe-inline'; img-src data:; font-src data:"
CHAPTER = f"{_FRAMED}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
PAGES = f"{_FRAMED}; style-src 'self'; img-src 'self'; font-src 'self'"
FILE = f"{_FRAMED}; style-src 'unsafe-inline'; object-src 'self'"

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Answers only what asks for this server, and only to show it."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        hosts = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{host}:{port}" for host in hosts} | (set(hosts) if port == 80 else set())
        self._address = f"http://127.0.0.1:{port}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {"Content-Security-Policy": _FRAMED, **_HEADERS}.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._refusal(scope) or self._app
        await app(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse(
                f"This is a preview of Briefpress, and answers only to {self._address}\n", 421
            )
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("Nothing can be changed here.\n", 405, {"Allow": "GET, HEAD"})
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site in {"cross-site", "same-site"} and mode != "navigate":
            return PlainTextResponse("Pages of other sites aren't answered.\n", 403)
        return None
