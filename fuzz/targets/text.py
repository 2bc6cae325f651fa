"""A text as a title, a paragraph and a cell, in a file that is well-formed."""

from __future__ import annotations

import json

from briefpress import model
from fuzz.briefing import WORDS, read_with

# What stands for the text, and is replaced whole.
_GAP = '"@"'
_WORDS = WORDS.replace("A Title", _GAP).replace("It began in {start}, in {#kyoto}.", "It went.")
_MORE = """\
      - prose: "@"
      - table: {caption: "@", head: ["@", Other], rows: [["@", Value]]}
      - prose: It began in {start}, in {#kyoto}.
"""


def target(data: bytes) -> None:
    """Faults, or inlines that hold all the letters of the text that Markdown doesn't use up."""
    text = json.dumps(data.decode("utf-8", "replace"), ensure_ascii=False)
    words = (_WORDS + _MORE).replace(_GAP, text)
    briefing = read_with(words=words.encode("utf-8", "surrogatepass"))
    if briefing is not None:
        assert all(isinstance(node, model.Node) for node in model.walk(briefing))
        assert model.text_of(briefing.title, lambda date: date.edtf).strip()
