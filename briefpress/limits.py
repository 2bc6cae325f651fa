"""Every limit that content is held to, so that a stranger's content can't take a machine down.

All of them stand here and nowhere else; `docs/limits.md` lists them. Each is far above what a
briefing for readers needs, and far below what hurts: 100,000 brackets overflow the stack of a YAML
parser, and a picture of 144 megapixels takes 3.5 GB to decode.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limit:
    """How much there may be of something: `most` of a unit, `of` what."""

    most: int
    unit: str
    of: str

    def __str__(self) -> str:
        return f"{self.most:,} {self.unit}"


YAML_BYTES = Limit(MIB, "bytes", "a YAML file")
YAML_DEPTH = Limit(40, "levels", "values nested in a YAML file")
YAML_VALUES = Limit(50_000, "values", "keys, texts, lists and mappings in a YAML file")
KEY_CHARACTERS = Limit(100, "characters", "a key or an id")
TEXT_CHARACTERS = Limit(100_000, "characters", "a text")
COMBINING_MARKS = Limit(8, "marks", "marks on one letter")
SECTION_LEVELS = Limit(5, "levels", "sections nested in sections")  # HTML has h2 to h6
LIST_LEVELS = Limit(8, "levels", "lists and quotations nested in a text")
PARAGRAPH_CHARACTERS = Limit(10_000, "characters", "a paragraph")
TEXT_PARTS = Limit(100_000, "parts", "links, dates, cells and the like in a briefing's texts")
OPEN_BRACKETS = Limit(5, "brackets", "brackets open at once in a paragraph")
LINE_CHARACTERS = Limit(
    500, "characters", "a title, a name and the like, which are shown repeatedly"
)
LINK_CHARACTERS = Limit(2_000, "characters", "a link's address")
LITERALS = Limit(200, "entries", "`literal` of a file or a section")
LISTED = Limit(400_000, "characters", "what chronologies, visits, people and sources list")
INDEXES = Limit(10, "indexes", "a briefing")
TABLE_ROWS = Limit(5_000, "rows", "a table")
TABLE_COLUMNS = Limit(40, "columns", "a table")
TIMELINE_EVENTS = Limit(40, "events", "a timeline")
DATA_BYTES = Limit(MIB // 8, "bytes", "a file of data (CSV)")
CHARTS = Limit(40, "charts", "a briefing")
CHART_ROWS = Limit(400, "rows", "the data of a chart")
CHART_CATEGORIES = Limit(30, "categories", "a chart")
CHART_BARS = Limit(60, "bars", "a chart over categories")
CHART_DIGITS = Limit(9, "digits", "a number of a chart")
CHART_SERIES = Limit(4, "series", "a chart")
MAP_NAMES = Limit(40, "names", "countries and places of a map")
DRAWING_BYTES = Limit(2 * MIB, "bytes", "a drawing's file (SVG)")
DRAWING_ELEMENTS = Limit(50_000, "elements", "a drawing, with parts as often as they are drawn")
DRAWING_REFERENCES = Limit(20, "references", "parts of a drawing that refer to each other")
DRAWING_LEVELS = Limit(50, "levels", "groups nested in a drawing")
DRAWING_SELECTORS = Limit(400, "selectors", "the style of a drawing")
DRAWING_DESCENDANTS = Limit(50, "selectors", "those of elements in others, in a drawing")
DRAWING_TEXT = Limit(20_000, "characters", "the texts of a drawing")
DRAWING_RUN = Limit(100_000, "characters", "numbers behind one letter of a path")
DRAWING_NUMBER = Limit(10_000_000, "units", "a number in a drawing")
JPEG_SCANS = Limit(100, "scans", "a progressive JPEG")
PICTURE_BYTES = Limit(8 * MIB, "bytes", "a picture's file")
PICTURE_PIXELS = Limit(24_000_000, "pixels", "a picture")
PICTURES_BYTES = Limit(64 * MIB, "bytes", "all pictures that a briefing shows")
PICTURES_PIXELS = Limit(240_000_000, "pixels", "all pictures that a briefing shows")
FOLDER_BYTES = Limit(256 * MIB, "bytes", "the pictures in a briefing's folder, shown or not")
FOLDER_FILES = Limit(2_000, "files", "a briefing's folder")
FAULTS_FOUND = Limit(1_000, "faults", "what is looked for in an edition")
FAULTS_SHOWN = Limit(100, "faults", "what one run shows")
CHAPTER_BYTES = Limit(64 * MIB, "bytes", "a file unpacked from an EPUB that is proved")
DOCUMENT_BYTES = Limit(32 * MIB, "bytes", "a document that is imported")
DOCUMENT_SECONDS = Limit(60, "seconds", "the time that a document takes to import")
DOCUMENT_MEMORY = Limit(1024 * MIB, "bytes", "the memory (address space) of that import")
LIST_BYTES = Limit(16 * MIB, "bytes", "SHA256SUMS or manifest.json of a download")
DOWNLOAD_BYTES = Limit(512 * MIB, "bytes", "a PDF of which the source is looked at")
UNLISTED = Limit(10_000, "files", "what is looked at in a download that no list has")
TEMPLATE_BYTES = Limit(MIB, "bytes", "a template, or a stylesheet")
PROJECT_BYTES = Limit(64 * MIB, "bytes", "a project's folder of templates")
PROJECT_FILES = Limit(1_000, "files", "a project's folder of templates")
TEMPLATE_OUTPUT = Limit(64 * 1024 * 1024, "characters", "what a template makes")
TEMPLATE_VALUE = Limit(1_000_000, "characters", "what a template makes by `*`")
JOB_SECONDS = Limit(600, "seconds", "the time that one edition takes to build")
JOB_MEMORY = Limit(4096 * MIB, "bytes", "the memory (address space) of that build")
