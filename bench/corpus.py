"""Briefings of states that don't exist, to measure with: the same words each time.

S has 2 pages of text and lies in content/; M has about 19 pages with every kind of block, L about
190 with a table of 2,000 rows. Any number of small ones can be had that are like S and differ. All
are in English.

    python bench/corpus.py M FOLDER
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

SMALL = Path(__file__).resolve().parent / "content"

Block = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much of everything a briefing has."""

    topics: int
    events: int
    people: int
    sources: int
    rows: int


SIZES = {
    "M": Size(topics=6, events=30, people=9, sources=6, rows=24),
    "L": Size(topics=56, events=240, people=40, sources=30, rows=2000),
}

PLACES = {"ostrava-bay": "Ostrel Bay", "velm": "Velm", "ardan": "Ardan", "korsa": "Korsa"}
FAMILIES = ["Halvard", "Merrin", "Tosk", "Ilvane", "Brandel", "Corvey", "Selmark", "Dorn", "Vessel"]
GIVEN = ["Anna", "Piet", "Mara", "Jonas", "Edda", "Karel", "Ruth", "Tomas", "Ilse"]
OFFICES = ["Prime Minister", "Foreign Minister", "Minister of Trade", "Speaker", "Envoy"]
TOPICS = [
    "Trade", "Energy", "Transport", "Water", "Education", "Health", "Culture", "Science",
    "Customs", "Fisheries", "Agriculture", "Environment", "Tourism", "Justice", "Finance", "Post",
]  # fmt: skip
THINGS = [
    "a treaty on transit", "a joint commission", "a loan for the northern line", "mutual visits",
    "a school of languages", "the recognition of diplomas", "a common standard for grain",
    "an exchange of archives", "the survey of the river", "a fund for small firms",
]  # fmt: skip
SENTENCES = [
    "On {date} the two governments agreed on {thing}, and {person} called it a beginning.",
    "What had been promised on {date} was slow to come, for want of money rather than of will.",
    "Officials in {place} say that {thing} has done more for *{topic}* than any declaration.",
    "Since then **{thing}** has been reviewed each year, most lately by {person} in {place}.",
    "Neither side has published figures, but the ports of {place} count more ships than before.",
    "{person} raised the matter again, and was told that {thing} would have to wait.",
    "The agreement of {date} names {topic} among the fields in which both mean to work together.",
    "It is in {topic} that the difference in size between the two is felt least.",
    "A second round of talks in {place} led to {thing}, though not to the one that was hoped for.",
    "Observers think the arrangement sound; those who have to live by it find it slow.",
]


class Writer:
    """Writes a briefing of a size. What is chosen by chance is chosen the same each time."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._chance = random.Random("two states")
        self._events = [f"event-{n}" for n in range(1, size.events + 1)]
        self._people = [f"person-{n}" for n in range(1, size.people + 1)]
        self._sources = [f"source-{n}" for n in range(1, size.sources + 1)]

    def facts(self) -> dict[str, Any]:
        """What `facts.yaml` holds."""
        people = {
            id_: {"family": FAMILIES[n % 9] + "son" * (n // 9 % 3), "given": GIVEN[n * 2 % 9]}
            for n, id_ in enumerate(self._people)
        }
        sources = {
            id_: {"title": f"Report {n} of the Joint Commission", "publisher": "The Commission"}
            for n, id_ in enumerate(self._sources, 1)
        }
        return {
            "number": "B 1",
            "issued": "2026-01-15",
            "events": {id_: self._event(n) for n, id_ in enumerate(self._events)},
            "people": people,
            "sources": sources,
        }

    def _event(self, number: int) -> dict[str, Any]:
        year = 1950 + number % 75
        month, day = self._chance.randint(1, 12), self._chance.randint(1, 28)
        date = (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}")[number % 3]
        kind = "visit" if number % 3 == 0 else "milestone"
        event: dict[str, Any] = {
            "date": date,
            "kind": kind,
            "source": self._sources[number % len(self._sources)],
        }
        if kind == "visit":
            event |= {"people": [self._any(self._people)], "to": self._any([*PLACES])}
        return event

    def words(self) -> dict[str, Any]:
        """What `en.yaml` holds."""
        return {
            "title": "Relations of Ardania and Velmark",
            "subtitle": "What two neighbours have made of half a century",
            "author": "The desk for the north",
            "handling": "Public",
            "summary": f"{self._paragraph()}\n\n{self._paragraph(2)}",
            "events": {id_: self._wording(n) for n, id_ in enumerate(self._events)},
            "people": {id_: self._any(OFFICES) for id_ in self._people},
            "places": PLACES,
            "sources": dict.fromkeys(self._sources, "Read as a whole."),
            "sections": [*self._topics(), *self._lists()],
        }

    def _wording(self, number: int) -> Any:  # as the content has it: a text, or keys
        if number % 3 == 0:
            return {"says": "A visit of state", "office": self._any(OFFICES), "outcome": "Talks"}
        return f"The two states agree on {self._any(THINGS)}"

    def _topics(self) -> Iterator[Block]:
        """A section a topic: text, one or two blocks of other kinds, and a section below it."""
        kinds = self._kinds()
        for number in range(self._size.topics):
            topic = TOPICS[number % len(TOPICS)]
            title = topic if number < len(TOPICS) else f"{topic} since the review"
            blocks = [self._prose(2), *islice(kinds, 2), self._prose(1)]
            below: Block = {"id": f"open-{number}", "title": f"What is open in {topic.lower()}"}
            below["blocks"] = [self._prose(2)]
            yield {"id": f"topic-{number}", "title": title, "blocks": blocks, "sections": [below]}

    def _kinds(self) -> Iterator[Block]:
        """A block of each kind that can stand anywhere, again and again."""
        while True:
            yield from self._each_kind()

    def _each_kind(self) -> list[Block]:
        facts: Any = [
            {"label": f"Talks in {n}", "value": f"{{{self._any(self._events)}}}"}
            for n in PLACES.values()
        ]
        listed = "\n".join(f"{n}. {self._sentence()}" for n in range(1, 4))
        return [
            {"margin-facts": {"title": "In short", "facts": facts}},
            {"key-points": [self._sentence() for _ in range(3)]},
            {"box": {"title": "A word on figures", "text": self._paragraph()}},
            {"quote": {"text": self._paragraph(2), "by": f"{{@{self._people[0]}}}"}},
            {"figure": {"file": "trade.svg", "alt": "Bars that grow", "caption": "Trade by year"}},
            self._table("What was traded", 8),
            {"documents": [self._document(n) for n in range(4)]},
            {"prose": f"{listed}\n\n> {self._sentence()}\n\n- One\n- Two\n\n***\n\n    a = b + c"},
        ]

    def _document(self, number: int) -> Block:
        event = self._events[number]
        return {"title": f"Protocol {number + 1}", "event": event, "says": self._sentence()}

    def _table(self, caption: str, rows: int) -> Block:
        return {
            "table": {
                "caption": caption,
                "head": ["Lot", "From", "Ships", "Tonnes"],
                "row-headers": True,
                "numeric": ["Ships", "Tonnes"],
                "rows": [
                    [f"Lot G{n}", f"{{#{self._any([*PLACES])}}}", *self._figures()]
                    for n in range(1, rows + 1)
                ],
                "note": "As counted by the ports.",
            }
        }

    def _figures(self) -> tuple[str, str]:
        return f"{self._chance.randint(2, 99)}", f"{self._chance.randint(1000, 99999):,}"

    def _lists(self) -> Iterator[Block]:
        """The annexes."""
        annexes: list[tuple[str, str, list[Block]]] = [
            ("lots", "Lots", [self._table("All lots that were counted", self._size.rows)]),
            ("visits", "Visits", [{"visits": {"caption": "Visits"}}]),
            ("chronology", "Chronology", [{"chronology": {}}]),
            ("people", "People", [{"people": {}}]),
            ("sources", "Index and sources", [{"index": {}}, {"sources": {}}]),
        ]
        for id_, title, blocks in annexes:
            yield {"id": id_, "title": title, "annex": True, "blocks": blocks}

    def _prose(self, paragraphs: int) -> Block:
        return {"prose": "\n\n".join(self._paragraph() for _ in range(paragraphs))}

    def _paragraph(self, sentences: int = 5) -> str:
        """Sentences, the last with a footnote."""
        text = " ".join(self._sentence() for _ in range(sentences))
        return f"{text}[^{self._any(self._sources)}]"

    def _sentence(self) -> str:
        return self._any(SENTENCES).format(
            date=f"{{{self._any(self._events)}}}",
            person=f"{{@{self._any(self._people)}}}",
            place=f"{{#{self._any([*PLACES])}}}",
            thing=self._any(THINGS),
            topic=self._any(TOPICS).lower(),
        )

    def _any(self, among: list[str]) -> str:
        return self._chance.choice(among)


STATES = [
    "Ardania", "Velmark", "Ostrelia", "Korsavia", "Tirenne", "Halvar", "Merrowe", "Sundria",
    "Calderra", "Brennia", "Isvaldy", "Norrend", "Pelagia", "Quillon", "Rosmark", "Zembria",
]  # fmt: skip
MEETINGS = ["A minister visits", "An envoy is received", "A joint commission meets"]
ACTS = ["a joint statement", "a treaty of friendship", "a plan for ten years"]
FIELDS = [
    "Economic cooperation has grown steadily.",
    "Cultural exchange has followed it.",
    "Medical help goes to those who need it most.",
    "Students of either are at home in both.",
    "Trains cross the border without a stop.",
    "The fisheries are shared, and the fish counted.",
]
VERDICTS = [
    "Observers think the arrangement sound; those who have to live by it find it slow.",
    "Visits at the highest level give it a rhythm, and a policy gives it a frame.",
    "What has been built since is more than either side had thought it would be.",
    "Neither has much to fear of the other, and both have something to gain.",
]


class SmallWriter:
    """Writes a briefing like S, by its number: as many sections, events, paragraphs and words."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._chance = random.Random(f"small {number}")

    def facts(self) -> dict[str, Any]:
        """What `facts.yaml` holds."""
        year = self._chance.randint(1950, 1995)
        month, day = self._chance.randint(1, 12), self._chance.randint(1, 28)
        dates = (
            f"{year}-{month:02}-{day:02}", f"{year + 1}-{month:02}-{29 - day:02}",
            f"{year + 2}-{month:02}", f"{year + self._chance.randint(4, 25)}-{13 - month:02}",
        )  # fmt: skip
        names = ("recognition", "relations", "first-visit", "statement")
        return {
            "number": f"S {self._number}",
            "issued": "2026-01-15",
            "events": {
                name: {"date": date, "source": "page"}
                for name, date in zip(names, dates, strict=True)
            },
            "sources": {"page": {"title": f"An overview page, number {self._number}"}},
        }

    def words(self) -> dict[str, Any]:
        """What `en.yaml` holds."""
        one, other = self._chance.sample(STATES, 2)
        act = self._chance.choice(ACTS)
        fields = "\n".join(f"- {field}" for field in self._chance.sample(FIELDS, 3))
        thing = self._chance.choice(THINGS)
        prose = (
            f"{one} and {other} are on good terms in almost every field in which they meet.[^page] "
            "Recognition came on {recognition}, and relations were established on {relations}. "
            "After the meeting of {first-visit} there was talk of "
            f"{thing}, and in {{statement}} the leaders of both put into words what had grown.\n\n"
            f"{self._chance.choice(VERDICTS)}\n\n{fields}"
        )
        sections: list[tuple[str, str, Block]] = [
            ("overview", "Overview", {"prose": prose}),
            *((id_, id_.title(), {id_: {}}) for id_ in ("chronology", "sources")),
        ]
        return {
            "title": f"{one} and {other}",
            "summary": f"{one} and {other} recognised each other on {{recognition}} and have had "
            f"relations since {{relations}}. {self._chance.choice(VERDICTS)}",
            "events": {
                "recognition": f"{one} recognises {other}",
                "relations": "The two establish diplomatic relations",
                "first-visit": self._chance.choice(MEETINGS),
                "statement": f"Their leaders agree on {act}",
            },
            "sections": [
                {"id": id_, "title": title, "blocks": [block]} for id_, title, block in sections
            ],
        }


TRADE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 90" width="240" height="90">
  <path d="M10 80V60h30v20zM60 80V50h30v30zM110 80V42h30v38zM160 80V24h30v56z" fill="#456"/>
</svg>
"""


def write(size: str, folder: Path) -> Path:
    """Put a briefing of a size into a folder; return the folder of the content."""
    if size == "S":
        return SMALL
    writer = Writer(SIZES[size])
    briefing = _put(folder / size.lower(), writer.facts(), writer.words())
    (briefing / "trade.svg").write_text(TRADE, "utf-8")
    return folder


def write_many(number: int, folder: Path) -> Path:
    """Put so many small briefings into a folder; return it. Fewer are the first of more."""
    for each in range(1, number + 1):
        writer = SmallWriter(each)
        _put(folder / f"small-{each:03}", writer.facts(), writer.words())
    return folder


def _put(briefing: Path, facts: dict[str, Any], words: dict[str, Any]) -> Path:
    briefing.mkdir(parents=True, exist_ok=True)
    for file, data in (("facts.yaml", facts), ("en.yaml", words)):
        (briefing / file).write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return briefing


if __name__ == "__main__":
    print(write(sys.argv[1], Path(sys.argv[2])))
