"""Pictures that the press draws itself, as SVG: what they are of comes from the briefing alone.

In: blocks of the model, and a style: the theme's colours and faces, a language, a size. Out: the
files, which every format shows like any other picture.
"""

from __future__ import annotations

from briefpress import model
from briefpress.content.labels import Labels
from briefpress.look import Templates


def drawings_of(
    briefing: model.Briefing, templates: Templates, labels: Labels, **measures: float
) -> dict[str, bytes]:
    """The pictures that a briefing asks for, by their names; `measures` as `style_of` takes them.

    Raises `ContentError` where the fonts don't have a character, the atlas not a country, or words
    leave no room.
    """
    blocks = list(briefing.drawn())
    if not blocks:
        return {}
    # What draws takes 20 ms to import, and most briefings have nothing to draw.
    from briefpress.drawing.pictures import drawn  # noqa: PLC0415
    from briefpress.drawing.style import style_of  # noqa: PLC0415

    style = style_of(templates, labels, **measures)
    return {block.name: drawn(block, briefing, style) for block in blocks}
