"""Pandoc's inlines as a briefing's text: emphasis, links, languages, notes, and dates as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from briefpress.content.markup import REFERENCE
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.content.text_checks import why_misleading
from briefpress.drafts.drafting import Drafting, Element
from briefpress.drafts.markup import Chunk, Prose, code, emphasised, escaped
from briefpress.drafts.pictures import NoPictureError
from briefpress.limits import LINE_CHARACTERS

# Marks that a briefing doesn't have; the words in them are kept.
_UNMARKED = {
    "SmallCaps": "small capitals",
    "Strikeout": "words that were struck out",
    "Subscript": "words below the line",
    "Superscript": "words above the line",
    "Underline": "underlined words",
}
_RAISED = {
    "Superscript": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    "Subscript": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}
_NUMBER = re.compile(r"[+-]?\d+")
_ORDINAL = re.compile(r"st|nd|rd|th|[a-zºª]")
_QUOTES = {"SingleQuote": "'", "DoubleQuote": '"'}
_WIDE_FOLD = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MOST_QUOTED = 60
_BEGINNINGS = {"Code": "`", "Emph": "*", "LineBreak": "\\", "Math": "`", "Span": "[", "Strong": "*"}


def text_of(inlines: Iterable[Element]) -> str:
    """The words of inlines, and nothing else of them."""
    return " ".join("".join(_words(inlines)).split())


def _words(inlines: Iterable[Element]) -> Iterator[str]:
    for inline in inlines:
        match inline["t"]:
            case "Str":
                yield inline["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                yield " "
            case "Code" | "Math":
                yield inline["c"][1]
            case "RawInline" | "Note":
                pass
            case _:
                yield from _words(_inside(inline))


def _inside(inline: Element) -> list[Element]:
    """What a mark, a link or the like holds: in all of them the only list of inlines."""
    contents = inline.get("c", [])
    if contents and all(isinstance(each, dict) and "t" in each for each in contents):
        return list(contents)
    lists = (each for each in contents if isinstance(each, list) and each)
    return next((each for each in lists if all(isinstance(i, dict) and "t" in i for i in each)), [])


def markup(inlines: Iterable[Element], drafting: Drafting, *, notes: bool = True) -> str:
    """Inlines as text of a briefing. Where no footnote can stand, it is put in parentheses."""
    return _Reader(drafting, notes=notes).read(inlines)


def line(inlines: Iterable[Element], drafting: Drafting, *, notes: bool = True) -> str:
    """The same as one line, in which no line breaks."""
    return " ".join(markup(inlines, drafting, notes=notes).replace("\\\n", " ").split())


class _Reader:
    """Reads inlines, with words that stand side by side as one, so that dates are found in them."""

    def __init__(self, drafting: Drafting, *, notes: bool) -> None:
        self.drafting = drafting
        self.notes = notes

    def read(self, inlines: Iterable[Element]) -> str:
        pieces: list[str | Element] = [""]
        for simple in self._simple(inlines):
            if isinstance(simple, str) and isinstance(pieces[-1], str):
                pieces[-1] += simple
            else:
                pieces.append(simple)
        written = [self._dated(each) if isinstance(each, str) else each for each in pieces]
        done = ""
        for index, piece in enumerate(written):
            after = _beginning_of(written[index + 1]) if index + 1 < len(written) else ""
            part = piece if isinstance(piece, str) else self._element(piece, done, after)
            if done.endswith("!") and part.startswith("["):  # together they would be a picture
                done = f"{done[:-1]}\\!"
            done += part
        return done

    def _simple(self, inlines: Iterable[Element]) -> Iterator[str | Element]:
        """Words, and elements that stay; marks that a briefing doesn't have are taken off."""
        for inline in inlines:
            match inline["t"]:
                case "Str":
                    yield inline["c"]
                case "Space":
                    yield " "
                case "SoftBreak":
                    yield "\n"
                case "Quoted":
                    quote = _QUOTES[inline["c"][0]["t"]]
                    yield from (quote, *self._simple(inline["c"][1]), quote)
                case "Cite":
                    yield from self._simple(inline["c"][1])
                case "Span" if not self._language_of(inline):
                    yield from self._simple(inline["c"][1])
                case kind if kind in _UNMARKED:
                    yield from self._without_mark(kind, inline["c"])
                case _:
                    yield inline

    def _without_mark(self, kind: str, inner: list[Element]) -> Iterator[str | Element]:
        words = text_of(inner)
        if kind in _RAISED and _NUMBER.fullmatch(words):
            yield words.translate(_RAISED[kind])
            return
        if not (kind == "Superscript" and _ORDINAL.fullmatch(words)):
            self.drafting.remark(words, f"{_UNMARKED[kind]} are set as others are")
        yield from self._simple(inner)

    def _language_of(self, span: Element) -> str:
        language = dict(span["c"][0][2]).get("lang", "")
        is_other = language.partition("-")[0] != self.drafting.language.partition("-")[0]
        return language if is_other and LANGUAGE_TAG.fullmatch(language) else ""

    def _dated(self, words: str) -> str:
        """Words with their dates marked up as data, and all else escaped."""
        words = _WIDE_FOLD.sub("", words).replace("\n", " ")
        done, here = "", 0
        for found in self.drafting.finder.find(words):
            typed = words[found.start : found.end]
            done += escaped(words[here : found.start])
            here = found.end
            if found.edtf is None:
                done += escaped(typed)
                self.drafting.remark(typed, "it can't be told which date this is")
                continue
            if found.is_a_bare_year:
                self.drafting.years.append(typed)
            said = "" if found.is_as_written else f"|{escaped(typed)}"
            reference = f"{{{found.edtf}{said}}}"
            done += reference if REFERENCE.fullmatch(reference) else escaped(typed)
        return done + escaped(words[here:])

    def _element(self, inline: Element, before: str, after: str) -> str:
        kind, contents = inline["t"], inline.get("c", "")
        if kind in {"Emph", "Strong"}:
            return self._emphasis(contents, "*" if kind == "Emph" else "**", before, after)
        readers: dict[str, Callable[[], str]] = {
            "LineBreak": lambda: "\\\n",
            "Code": lambda: self._code(contents[1]),
            "Math": lambda: self._formula(contents[1]),
            "Link": lambda: self._link(contents[1], contents[2][0]),
            "Image": lambda: self._image(inline),
            "Note": lambda: self._note(contents),
            "Span": lambda: f"[{self.read(contents[1])}]{{lang={self._language_of(inline)}}}",
            "RawInline": lambda: self._raw(contents[1]),
        }
        if kind in readers:
            return readers[kind]()
        self.drafting.remark("", f"{kind} isn't known, and is left out")
        return ""

    def _emphasis(self, inner: list[Element], mark: str, before: str, after: str) -> str:
        words = self.read(inner)
        if (marked := emphasised(words, mark, before, after)) is not None:
            return marked
        self.drafting.remark(text_of(inner), "emphasis can't begin or end here, and is left out")
        return words

    def _code(self, words: str) -> str:
        """A code span. It is shown as it is, so a date in it is a literal."""
        found = self.drafting.finder.find(words)
        self.drafting.literal += [words[each.start : each.end] for each in found]
        return code(words)

    def _formula(self, source: str) -> str:
        self.drafting.remark(source, "a formula is set as its source is written")
        return self._code(source)

    def _link(self, inner: list[Element], href: str) -> str:
        words = _Reader(self.drafting, notes=False).read(inner).replace("\\\n", " ")
        words = words if words.strip() else escaped(href)
        if href.startswith("#"):
            if target := self.drafting.anchors.get(href[1:]):
                return f"[{words}](#{target})"
            reason = "it leads to no section"
        else:
            reason = why_misleading(href) or ""
        if not reason:
            return f"[{words}](<{href}>)" if re.search("[()<>]", href) else f"[{words}]({href})"
        message = f"the link to {_quoted(href)} is left out, and its words stay: {reason}"
        self.drafting.remark(text_of(inner), message)
        return words

    def _image(self, image: Element) -> str:
        """A picture comes behind what it stood in; if it can't be had, its words stay in it."""
        entry = figure(image, [], self.drafting)
        if "figure" not in entry:
            return escaped(text_of(image["c"][1]))
        self.drafting.waiting.append(entry)
        return ""

    def _raw(self, text: str) -> str:
        if _BREAK_TAG.fullmatch(text):
            return "\\\n"
        self.drafting.remark("", f"{_quoted(text)} isn't text, and is left out")
        return ""

    def _note(self, blocks: list[Element]) -> str:
        """A footnote: as the citation of a source, or in parentheses where none can stand."""
        paragraphs = [b["c"] for b in blocks if b["t"] in {"Para", "Plain"}]
        if len(paragraphs) < len(blocks):
            message = "a footnote held more than paragraphs; the rest is left out"
            self.drafting.remark("", message)
        drafting = self.drafting
        title = " ".join(line(each, drafting, notes=False) for each in paragraphs)
        if not title:
            return ""
        if not self.notes or len(title) > LINE_CHARACTERS.most:
            drafting.remark(text_of(paragraphs[0])[:_MOST_QUOTED], "a footnote is in parentheses")
            return f" ({title})"
        # The full stop behind a source is printed without being written.
        id_ = drafting.cite({"title": title.removesuffix(".")})
        drafting.remark(f"[^{id_}]", "a footnote is a source; is it one?")
        return f"[^{id_}]"


def _beginning_of(piece: str | Element) -> str:
    """What a piece begins with, as far as it matters to emphasis before it; perhaps a letter."""
    return piece if isinstance(piece, str) else _BEGINNINGS.get(piece["t"], "x")


def figure(image: Element, caption: list[Element], drafting: Drafting) -> Element:
    """A picture as a block; where it can't be had, its words as prose."""
    _, alternative, (address, title) = image["c"]
    alt, said = text_of(alternative), line(caption, drafting) or _dated_line(title, drafting)
    try:
        file = drafting.pictures.take(address, f"figure-{len(drafting.pictures.files) + 1}")
    except NoPictureError as error:
        words = said or escaped(alt)
        message = f"the picture {_quoted(address)} is left out, and its words stay: {error}"
        drafting.remark(said or alt, message)
        return {"prose": Prose((Chunk(words),))} if words else {}
    if not alt:
        drafting.remark(file, "a person has to write what this picture shows (alt)")
    if not said:
        drafting.remark(file, "a person has to write this picture's caption")
    return {"figure": {"file": file, "alt": alt, "caption": said}}


def _dated_line(text: str, drafting: Drafting) -> str:
    return line([{"t": "Str", "c": text}], drafting) if text else ""


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…")
