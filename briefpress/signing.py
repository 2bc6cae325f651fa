"""Signatures in PDFs: made with a key, and looked at (PAdES baseline B-B, ETSI EN 319 142-1).

A signature is an update behind the file, which stays as it was up to there: the widget that PDF
wants for it lies outside of the page, is to be printed and has a description, so that PDF/A and
PDF/UA hold for the signed file as well (ISO 14289-1, 7.18.1; ISO 14289-2, 8.10.2.3). Nothing is
asked of a network: who looks at a signature says which certificates are trusted.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError, UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from briefpress.signature import Signature

_FIELD = "Signature"
_DESCRIPTION = "Signature of the publisher"
_OUT_OF_SIGHT = fields.InvisSigSettings(
    set_hidden_flag=False, set_print_flag=True, box_out_of_bounds=True
)
# Others came into PDF later than the versions that PDF/A-3 and PDF/A-4 are of (ISO 32002).
_ALGORITHMS = {"rsa", "ec"}
# Either says that a key is for signatures (RFC 5280, 4.2.1.3).
_FOR_SIGNATURES = {"digital_signature", "non_repudiation"}

# They tell at length what is told here in a line.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class KeyFileError(Exception):
    """A key can't be used; the text says why."""


class NotSignableError(Exception):
    """A file can't be signed, or its signatures can't be read; the text says why."""


class Signer:
    """Signs with the key of a PKCS#12 file; `name` is whom its certificate names.

    Raises `KeyFileError` where the file isn't one, the passphrase is wrong, or the certificate is
    of another time or for something else.
    """

    def __init__(self, data: bytes, passphrase: bytes | None) -> None:
        try:
            self._signer = signers.SimpleSigner.load_pkcs12_data(data, [], passphrase)
        except (ValueError, AttributeError):
            message = (
                "it isn't a PKCS#12 file with a key and a certificate, or the passphrase is wrong"
            )
            raise KeyFileError(message) from None
        certificate = self._signer.signing_cert
        _check(certificate)
        self.name = name_of(certificate)

    def sign(self, data: bytes) -> bytes:
        """A PDF with a signature. Raises `NotSignableError`."""
        try:
            update = _Update(io.BytesIO(data))
            specification = fields.SigFieldSpec(
                _FIELD, readable_field_name=_DESCRIPTION, invis_sig_settings=_OUT_OF_SIGHT
            )
            fields.append_signature_field(update, specification)
            ((_, _, reference),) = fields.enumerate_sig_fields(update, filled_status=False)
            # What assistive technology says of a widget that isn't labelled.
            reference.get_object()["/Contents"] = TextStringObject(_DESCRIPTION)
            meta = signers.PdfSignatureMetadata(
                field_name=_FIELD,
                subfilter=fields.SigSeedSubFilter.PADES,
                name=self.name,
            )
            signed = signers.sign_pdf(update, meta, self._signer)
        except (PdfError, SigningError, UnacceptableSignerError, ValueError) as error:
            raise NotSignableError(f"it can't be signed: {error}") from None
        return bytes(signed.getbuffer())


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata as they are: a signature says nothing else of a file."""

    def _update_meta(self) -> None:
        pass


def _check(certificate: x509.Certificate) -> None:
    now = datetime.now(UTC)
    if now > certificate.not_valid_after:
        raise KeyFileError(f"its certificate expired on {certificate.not_valid_after:%Y-%m-%d}")
    if now < certificate.not_valid_before:
        day = f"{certificate.not_valid_before:%Y-%m-%d}"
        raise KeyFileError(f"its certificate isn't valid before {day}")
    if certificate.public_key.algorithm not in _ALGORITHMS:
        raise KeyFileError("its key is neither RSA nor of an elliptic curve")
    usage = certificate.key_usage_value
    if usage is not None and not _FOR_SIGNATURES & set(usage.native):
        raise KeyFileError("its certificate isn't for signatures")


def name_of(certificate: x509.Certificate) -> str:
    """Whom a certificate names: the common name, or all that it says."""
    common = certificate.subject.native.get("common_name")
    return common if isinstance(common, str) else certificate.subject.human_friendly


def certificates_in(data: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises `KeyFileError` where there are none."""
    try:
        found = [x509.Certificate.load(each) for _, _, each in pem.unarmor(data, multiple=True)]
        for each in found:
            name_of(each)
    except (ValueError, TypeError):
        found = []
    if not found:
        raise KeyFileError("it has no certificates in PEM")
    return found


def signatures_in(data: bytes, trusted: Iterable[x509.Certificate]) -> list[Signature]:
    """The signatures of a PDF, which may be a stranger's. Raises `NotSignableError`."""
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
        return [_looked_at(each, list(trusted)) for each in found]
    except MemoryError:
        raise
    except Exception as error:  # pyHanko raises whatever comes of a file that isn't well formed
        raise NotSignableError(f"its signature can't be read: {error}") from None


def _looked_at(signature: Any, trusted: list[x509.Certificate]) -> Signature:
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    usage = KeyUsageConstraints(key_usage=_FOR_SIGNATURES, match_all_key_usages=False)
    status = validate_pdf_signature(signature, context, key_usage_settings=usage)
    is_over_all = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    is_whole = status.intact and status.valid and is_over_all
    return Signature(name_of(status.signing_cert), is_whole, is_whole and status.trusted)
