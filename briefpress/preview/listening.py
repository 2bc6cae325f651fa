"""Listening on a port of this machine, until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
from types import FrameType

import uvicorn

from briefpress.preview.server import Preview

_HOST = "127.0.0.1"


def bound(port: int) -> socket.socket:
    """A socket that listens on a port of this machine alone; 0 takes one that is free.

    Raises `OSError` where the port is another's.
    """
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        why = os.strerror(error.errno or errno.EIO)
        if error.errno == errno.EADDRINUSE:
            why += "; --port 0 takes a port that is free"
        raise OSError(error.errno, why, f"{_HOST}:{port}") from None
    return listening


def address_of(listening: socket.socket) -> str:
    """The URL of what listens."""
    return f"http://{_HOST}:{port_of(listening)}/"


def port_of(listening: socket.socket) -> int:
    """The port that was taken."""
    return int(listening.getsockname()[1])


def serve(preview: Preview, listening: socket.socket) -> None:
    """Answer until SIGINT or SIGTERM, which is raised again in the end."""
    config = uvicorn.Config(
        preview.app(port_of(listening)),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=1,
    )
    _Server(config, preview).run([listening])


class _Server(uvicorn.Server):
    """A server that doesn't wait for those who wait for news."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._preview.shelf.end_news()
