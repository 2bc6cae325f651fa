"""What a language needs beside the words of a briefing: its labels, as `labels/<language>.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from pydantic import Field

from briefpress.content.read import read
from briefpress.content.shape import Shape, fit
from briefpress.content.texts import Text
from briefpress.dates import DateWords
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.look import Templates


class DateLabels(Shape):
    """What a language says around a date where CLDR has no words for it."""

    about: Text
    """Around a date that is about right (`1999-09~`): `about {date}`."""

    uncertain: Text
    """Around a date that is uncertain (`1999?`): `{date} (uncertain)`."""

    since: Text
    """Around a start without an end (`1991/..`): `since {date}`."""

    until: Text
    """Around an end without a start (`../1991`): `until {date}`."""

    start_unknown: Text
    """Around an end whose start isn't known (`/1991`): `until {date}, start not known`."""

    end_unknown: Text
    """Around a start whose end isn't known (`1991/`): `from {date}, end not known`."""

    decade: Text
    """Around a decade's first year (`199X`): `the {year}s`."""

    spring: Text
    """Around the year of a spring (`1999-21`): `spring {year}`."""

    summer: Text
    """Around the year of a summer (`1999-22`): `summer {year}`."""

    autumn: Text
    """Around the year of an autumn (`1999-23`): `autumn {year}`."""

    winter: Text
    """Around the year of a winter (`1999-24`): `winter {year}`."""


class Labels(Shape):
    """Every word that the templates set in a language, and what it says around a date."""

    locale: Text
    """The language and territory in CLDR, by which dates and numbers are written: `en-GB`."""

    direction: Literal["ltr", "rtl"] = "ltr"
    """How lines run; `ltr`, from left to right, if left out."""

    quotes: str = Field(min_length=4, max_length=4)
    """The four quotation marks: outer ones, then inner ones."""

    dates: DateLabels
    """What stands around a date, with a gap `{date}` or `{year}` where it goes."""

    words: dict[str, Text]
    """The words, by what they are for: those of the English labels, with the same gaps."""

    def date_words(self) -> DateWords:
        """The words around dates, as `dates.write` takes them."""
        d = self.dates
        return DateWords(
            about=d.about,
            uncertain=d.uncertain,
            since=d.since,
            until=d.until,
            start_unknown=d.start_unknown,
            end_unknown=d.end_unknown,
            decade=d.decade,
            seasons=(d.spring, d.summer, d.autumn, d.winter),
        )


@cache
def language_name(language: str) -> str:
    """What a language calls itself (CLDR), by its tag; the tag, where CLDR has no name for it."""
    try:
        name = Locale.parse(language, sep="-").display_name
    except (ValueError, LookupError):
        name = None
    return name[:1].upper() + name[1:] if name else language


def languages_in(templates: Templates) -> list[str]:
    """The languages that there are labels for."""
    return sorted({p.stem for folder in templates.folders for p in folder.glob("labels/*.yaml")})


@cache
def read_labels(templates: Templates, language: str) -> Labels:
    """Read the labels of a language. Raises `ContentError`, also where there are none."""
    path = templates.file(f"labels/{language}.yaml")
    name = templates.shown(path)
    if not path.is_file():
        listed = ", ".join(languages_in(templates))
        raise ContentError(
            [
                Diagnostic(
                    Code.MISSING_FILE,
                    Span(name),
                    f"there are no labels for the language {language!r}",
                    f"copy the labels of another language and translate them; there are: {listed}",
                )
            ]
        )
    labels = fit(read(path, name), Labels)
    # A project's own English is held against the built-in one too: labels are filled in by Python.
    english = templates.built_in.file("labels/en.yaml")
    if path != english:
        _check(labels, Span(name), fit(read(english, "en.yaml"), Labels))
    return labels


def _check(labels: Labels, span: Span, english: Labels) -> None:
    """Hold labels against the English ones: the same words, with the same gaps to fill."""
    faults = [
        Diagnostic(Code.MISSING_KEY, span, f"the word {word!r} is missing", f"add '{word}: …'")
        for word in english.words.keys() - labels.words.keys()
    ]
    patterns = labels.words | labels.dates.model_dump()
    for word, pattern in (english.words | english.dates.model_dump()).items():
        gaps = set(re.findall(r"\{.*?\}", pattern))
        if word in patterns and set(re.findall(r"\{.*?\}|[{}]", patterns[word])) != gaps:
            hint = f"write it with {', '.join(sorted(gaps)) or 'no braces'}"
            message = f"{patterns[word]!r} can't be filled in"
            faults.append(Diagnostic(Code.WRONG_VALUE, span, message, hint))
    try:
        Locale.parse(labels.locale, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        hint = "write a language and a territory that CLDR has, such as en-GB"
        faults.append(Diagnostic(Code.WRONG_VALUE, span, f"locale: {error}", hint))
    if faults:
        raise ContentError(faults)
