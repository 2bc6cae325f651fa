"""Dates in Russian and Kazakh, pinned by hand, with plain spaces for those that keep together."""

# ruff: noqa: RUF001 - Cyrillic is meant

from __future__ import annotations

import re

import pytest

from briefpress.content.labels import read_labels
from briefpress.dates import bare_date_pattern, parse, write
from briefpress.look import BUILT_IN, find_templates

# EDTF, Russian, Kazakh. With a day, CLDR has Russian months in the genitive; between two dates of
# different precision it has a plain hyphen in Kazakh.
WRITTEN = [
    ("1991-12-28", "28 декабря 1991 г.", "1991 ж. 28 желтоқсан"),
    ("1992-02-01", "1 февраля 1992 г.", "1992 ж. 1 ақпан"),
    ("1992-05", "май 1992 г.", "1992 ж. мамыр"),
    ("1999", "1999", "1999"),
    ("1999-21", "весна 1999 г.", "1999 ж. көктем"),
    ("1999-22", "лето 1999 г.", "1999 ж. жаз"),
    ("1999-23", "осень 1999 г.", "1999 ж. күз"),
    ("1999-24", "зима 1999 г.", "1999 ж. қыс"),
    ("199X", "1990-е гг.", "1990-жылдар"),
    ("1999-05-XX", "май 1999 г.", "1999 ж. мамыр"),
    ("1994-04-28/1994-04-30", "28–30 апреля 1994 г.", "1994 ж. 28–30 сәуір"),
    ("1994-04-28/1994-05-03", "28 апреля – 3 мая 1994 г.", "1994 ж. 28 сәуір – 3 мамыр"),
    (
        "1994-12-28/1995-01-03",
        "28 декабря 1994 г. – 3 января 1995 г.",
        "1994 ж. 28 желтоқсан – 1995 ж. 3 қаңтар",
    ),
    ("1997-07/1997-08", "июль – август 1997 г.", "1997 ж. шілде – тамыз"),
    ("1997-12/1998-01", "декабрь 1997 г. – январь 1998 г.", "1997 ж. желтоқсан – 1998 ж. қаңтар"),
    ("1997/1998", "1997–1998", "1997–1998"),
    ("199X/200X", "1990-е гг. – 2000-е гг.", "1990-жылдар - 2000-жылдар"),
    ("1999-24/2000-21", "зима 1999 г. – весна 2000 г.", "1999 ж. қыс - 2000 ж. көктем"),
    ("1997/1998-05", "1997 – май 1998 г.", "1997 - 1998 ж. мамыр"),
    ("1997-05-03/1998-06", "3 мая 1997 г. – июнь 1998 г.", "1997 ж. 3 мамыр - 1998 ж. маусым"),
    ("1999-09~", "примерно сентябрь 1999 г.", "шамамен 1999 ж. қыркүйек"),
    ("199X~", "примерно 1990-е гг.", "шамамен 1990-жылдар"),
    ("1991-12-28?", "28 декабря 1991 г. (предположительно)", "1991 ж. 28 желтоқсан (болжамды)"),
    (
        "1999-09%",
        "примерно сентябрь 1999 г. (предположительно)",
        "шамамен 1999 ж. қыркүйек (болжамды)",
    ),
    ("1992-05/..", "май 1992 г. и позднее", "1992 ж. мамыр және одан кейін"),
    ("1991/..", "1991 и позднее", "1991 және одан кейін"),
    ("../1991-12-28", "28 декабря 1991 г. и ранее", "1991 ж. 28 желтоқсан және одан бұрын"),
    ("../1991", "1991 и ранее", "1991 және одан бұрын"),
    (
        "1992-05/",
        "май 1992 г. и позднее, окончание неизвестно",
        "1992 ж. мамыр және одан кейін, аяқталуы белгісіз",
    ),
    ("/1991", "1991 и ранее, начало неизвестно", "1991 және одан бұрын, басталуы белгісіз"),
]


def written(edtf: str, language: str) -> str:
    labels = read_labels(find_templates(BUILT_IN), language)
    return write(parse(edtf), labels.locale, labels.date_words())


def plain(text: str) -> str:
    return re.sub("[\u00a0\u2009\u202f]", " ", text)


@pytest.mark.parametrize(("edtf", "russian"), [(edtf, ru) for edtf, ru, _ in WRITTEN])
def test_russian(edtf: str, russian: str) -> None:
    assert plain(written(edtf, "ru")) == russian


@pytest.mark.parametrize(("edtf", "kazakh"), [(edtf, kk) for edtf, _, kk in WRITTEN])
def test_kazakh(edtf: str, kazakh: str) -> None:
    assert plain(written(edtf, "kk")) == kazakh


MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}


@pytest.mark.parametrize("language", MONTHS)
def test_the_months_of_days(language: str) -> None:
    days = [written(f"1992-{month:02}-05", language) for month in range(1, 13)]
    assert re.findall(r"[^\W\d_]{3,}", " ".join(days)) == MONTHS[language].split()


@pytest.mark.parametrize("language", MONTHS)
def test_a_year_keeps_to_its_abbreviation(language: str) -> None:
    for edtf in ("1991-12-28", "1992-05", "1999-22"):
        assert re.search(r"\d{4}\u202f[гж]\.", written(edtf, language))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("ru-RU", "примерно 28 декабря, затем 5 мая"),
        ("kk-KZ", "шамамен 28 желтоқсан, кейін 5 мамыр"),
    ],
)
def test_days_that_are_typed_are_found(locale: str, text: str) -> None:
    assert len(bare_date_pattern(locale).findall(text)) == 2
