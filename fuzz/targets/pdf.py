"""Bytes as a PDF that somebody sent, to be proved."""

from __future__ import annotations

from briefpress.proof.readers import UnreadableError, read_pdf


def target(data: bytes) -> None:
    """It is read, or said to be unreadable."""
    try:
        read_pdf(data)
    except UnreadableError as error:
        assert str(error)
