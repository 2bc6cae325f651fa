"""A signature in a PDF, as it was found; apart from what finds it, which takes long to import."""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """A signature that was looked at.

    `is_whole`: it is over all of the file as it is, and by the key of the certificate that names
    the `signer`. `is_trusted`: that leads to a certificate that is trusted, and all hold today.
    """

    signer: str
    is_whole: bool
    is_trusted: bool
