"""Bytes as a web page that somebody sent, to be proved."""

from __future__ import annotations

from briefpress.proof.readers import UnreadableError, read_html


def target(data: bytes) -> None:
    """It is read, or said to be unreadable."""
    try:
        read_html(data)
    except UnreadableError as error:
        assert str(error)
