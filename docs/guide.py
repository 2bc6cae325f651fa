"""Makes a briefing of the documentation: the guide as PDF, EPUB and web page, by Briefpress itself.

    python docs/guide.py FOLDER

The pages are put together as one Markdown document, which `briefpress import` makes a draft of. All
that is written here is what a person would do to such a draft: tables get a caption, words in
Japanese their language.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
BRIEFPRESS = str(Path(sys.executable).with_name("briefpress"))

# What is read from the beginning to the end; references are looked up where they can be searched.
PAGES = (
    "first-briefing",
    "content",
    "languages",
    "templates",
    "preview",
    "ci",
    "verifying",
    "cluster",
    "design",
    "extending",
)

_SERIES = "title: Documentation\n"
_FRONT = """\
---
title: The guide to Briefpress
subtitle: For those who write and publish briefings
lang: en-GB
---

"""
_HEADING = re.compile(r"#+ (.*)")
_LINK = re.compile(r"(?<!!)\[([^][]*)\]\((?!https?:|#)[\w./-]*?([\w-]+)\.md(?:#([\w-]+))?\)")
_JAPANESE = re.compile(
    r"\d*[\u3040-\u30ff\u4e00-\u9fff（\uff5e][\u3040-\u30ff\u4e00-\u9fff（）\uff5e\d]*"
)


def document() -> str:
    """The pages as one document, of which each is a chapter."""
    texts = {page: (HERE / f"{page}.md").read_text("utf-8") for page in PAGES}
    chapters = {page: _anchor(text.partition("\n")[0]) for page, text in texts.items()}
    what_it_is = (HERE / "index.md").read_text("utf-8").partition("\n## ")[0].partition("\n")[2]
    return _FRONT + "\n".join([what_it_is, *(_chapter(each, chapters) for each in texts.values())])


def _anchor(heading: str) -> str:
    """The id that Pandoc gives to a heading."""
    return re.sub(r"[^\w -]", "", heading.lstrip("# ").lower()).replace(" ", "-")


def _chapter(text: str, chapters: dict[str, str]) -> str:
    """A page whose links lead to chapters of the guide, or nowhere."""

    def followed(link: re.Match[str]) -> str:
        words, page, anchor = link.groups()
        return f"[{words}](#{anchor or chapters[page]})" if page in chapters else words

    return _LINK.sub(followed, "\n".join(_lines(text)) + "\n")


def _lines(text: str) -> Iterator[str]:
    """The lines of a page, with a caption below each table: the heading that it stands under.

    A drawing that holds words is shown as a bitmap, since words are looked for in the source.
    """
    heading, before, is_code = "", "", False
    for line in [*text.splitlines(), ""]:
        is_code ^= line.startswith("```")
        if not is_code and (found := _HEADING.match(line)):
            heading = found[1].replace("`", "")
        if before.startswith("|") and not line:
            yield from ("", f": {heading}")
        yield line if is_code else _marked(line).replace("flow.svg", "flow.png")
        before = "" if is_code else line


def _marked(line: str) -> str:
    """A line whose Japanese words are marked as such, but for those of code."""
    parts = line.split("`")
    parts[::2] = [_JAPANESE.sub(r"[\g<0>]{lang=ja}", part) for part in parts[::2]]
    return "`".join(parts)


def make(folder: Path) -> None:
    """Make a project of the guide in a folder, and build it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "series.yaml").write_text(_SERIES, "utf-8")
    (folder / "guide.md").write_text(document(), "utf-8")
    shutil.copytree(HERE / "pictures", folder / "pictures")
    for arguments in (["import", "guide.md"], ["build"]):
        subprocess.run([BRIEFPRESS, *arguments], cwd=folder, check=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
