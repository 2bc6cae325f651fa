"""The kinds of text that a key can take, each still as the writer typed it.

What looks like an id, a date or the like is checked later, where more is known (`ids.py`,
`dates.py`, `text_checks.py`); JSON Schema is told what it is here, for editors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, StringConstraints

from briefpress.limits import LINE_CHARACTERS, LITERALS


@dataclass(frozen=True, slots=True)
class Format:
    """What a text is, as the `format` of JSON Schema; pydantic makes nothing of it."""

    name: str

    def __get_pydantic_json_schema__(
        self,
        schema: Any,  # pydantic's own, which differ from kind to kind
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        return {**handler(schema), "format": self.name}


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# What is shown wherever it is mentioned is short, so that mentions can't make much of little.
Line = Annotated[Text, StringConstraints(max_length=LINE_CHARACTERS.most)]
Literals = Annotated[list[Line], Field(max_length=LITERALS.most)]

Id = Annotated[Text, Format("id")]
Edtf = Annotated[Text, Format("edtf")]
Url = Annotated[Text, Format("url")]
PictureFile = Annotated[Text, Format("picture")]
DataFile = Annotated[Text, Format("data")]
Language = Annotated[Text, Format("language")]
# As a key; or as an id that has to be well formed to the letter.
IdKey = Annotated[str, Format("id-key")]
LanguageKey = Annotated[str, Format("language-key")]
SectionId = Annotated[Text, Format("section-id")]
