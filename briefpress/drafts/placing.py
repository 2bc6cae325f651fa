"""A draft as a folder of the content, whole or not at all, and where its remarks are in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from briefpress.atomic import put_in_place
from briefpress.content.cursor import Cursor
from briefpress.content.read import Mapping, Node, Scalar, at, read
from briefpress.diagnostics import Span
from briefpress.drafts.drafting import Remark
from briefpress.drafts.make import Draft

_MOST_WORDS = 6


def put_down(draft: Draft, folder: Path) -> list[tuple[Span, str]]:
    """Make the folder of a briefing that isn't there yet; return the remarks in order of place.

    Raises `OSError`, and `ContentError` where a draft is beyond what can be read; it leaves nothing
    then.
    """
    # A folder of its own, in which no briefing is seen, should what writes it be killed.
    part = folder.parent / f".{folder.name}.part"
    part.mkdir(parents=True)
    try:
        put_in_place({part / folder.name / name: data for name, data in draft.files.items()})
        remarks = sorted(_placed(draft, part / folder.name, folder))
        # Refused where there is something by that name, unless it is an empty folder.
        (part / folder.name).rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return remarks


def _placed(draft: Draft, here: Path, folder: Path) -> Iterator[tuple[Span, str]]:
    """The remarks on a draft, each with its place in the words' file, as it will be in `folder`."""
    name = f"{draft.language}.yaml"
    root = read(here / name, f"{folder}/{name}")
    sections = dict(_sections(at(root, ["sections"])))
    for remark in draft.remarks:
        node = sections.get(remark.section or "", root)
        yield _place(remark, node), remark.message


def _sections(node: Node) -> Iterator[tuple[str, Node]]:
    for section in node.children():
        if isinstance(section, Mapping):
            id_ = section.values.get("id")
            if isinstance(id_, Scalar):
                yield id_.text, section
            yield from _sections(
                section.values.get("sections", Scalar(node.source, 0, 0, "", False))
            )


def _place(remark: Remark, node: Node) -> Span:
    """Where the first words of a remark stand below a node, or where that begins."""
    words = " ".join(remark.words.split()[:_MOST_WORDS])
    whole = Scalar(node.source, node.start, node.end, "", quoted=False)
    return Cursor(whole).find(words) if words else node.source.span(node.start)
