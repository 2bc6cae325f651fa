"""Files that travel inside the PDF: its source, for whoever has the PDF to have the data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pydyf

from briefpress.content.grid import is_data
from briefpress.formats import Edition
from briefpress.model.data import data_of


@dataclass(frozen=True, slots=True)
class Attachment:
    """An associated file (ISO 32000-2, 14.13). `relationship` is Source, Data or the like."""

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: str


def source_of(edition: Edition) -> Iterator[Attachment]:
    """The files that an edition is made from, named as in the content folder, and the model.

    Written into a folder again, they build the same edition.
    """
    briefing = edition.briefing
    types = {figure.file: figure.media_type for figure in briefing.figures()}
    types |= dict.fromkeys((file for file in briefing.files if is_data(file)), "text/csv")
    content = edition.folder.parent
    files = ["series.yaml", *(f"{briefing.id}/{file}" for file in briefing.files)]
    for name in files:
        if (content / name).is_file():
            media_type = types.get(name.partition("/")[2], "application/yaml")
            data = (content / name).read_bytes()
            yield Attachment(name, data, media_type, f"Source: {name}", "Source")
    model = json.dumps(data_of(briefing), ensure_ascii=False, indent=2) + "\n"
    name = f"{briefing.id}.{briefing.language}.json"
    yield Attachment(name, model.encode(), "application/json", "What the document says", "Data")


def attach(pdf: pydyf.PDF, attachments: Iterable[Attachment], time: str) -> None:
    """Embed files, each listed once. `time` is a PDF date (ISO 32000-1, 7.9.4)."""
    names: list[object] = []
    associated: list[object] = []
    for attachment in sorted(attachments, key=lambda each: _stored(each.name)):
        specification = _file_specification(pdf, attachment, time)
        names += [pydyf.String(attachment.name), specification.reference]
        associated.append(specification.reference)
    tree = pydyf.Dictionary({"Names": pydyf.Array(names)})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array(associated)


def _file_specification(pdf: pydyf.PDF, attachment: Attachment, time: str) -> pydyf.Dictionary:
    digest = hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()  # as PDF wants it
    parameters = {
        "Size": len(attachment.data),
        "CheckSum": f"<{digest}>",
        "CreationDate": pydyf.String(time),
        "ModDate": pydyf.String(time),
    }
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": f"/{_name(attachment.media_type)}",
        "Params": pydyf.Dictionary(parameters),
    }
    file = pydyf.Stream([attachment.data], extra, compress=True)
    pdf.add_object(file)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "EF": pydyf.Dictionary({"F": file.reference, "UF": file.reference}),
            "Desc": pydyf.String(attachment.description),
            "AFRelationship": f"/{attachment.relationship}",
        }
    )
    pdf.add_object(specification)
    return specification


def _stored(text: str) -> bytes:
    """A text as pydyf stores it, by which name trees are in order (ISO 32000-1, 7.9.6)."""
    return text.encode() if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")


def _name(text: str) -> str:
    """A text as a PDF name (ISO 32000-1, 7.3.5)."""
    return "".join(c if c.isalnum() or c in "-." else f"#{ord(c):02x}" for c in text)
