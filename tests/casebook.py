"""Cases of content: folders that hold what differs from the small, complete briefing in `_base/`.

A case's files are laid over it, and the lines in its `<file>.diff`s are put in the place of others.
What can't lie in a repository, since it is large, a link or a pipe, or has a name that isn't text,
is said in `recipe.yaml`: a list of steps, of which each is one of

    - {link: NAME, to: TARGET}                   a symbolic link
    - {pipe: NAME}                               a named pipe, which nobody writes to
    - {folder: NAME}                             an empty folder
    - {file: NAME, holds: PARTS}                 a file
    - {file: NAME, instead: TEXT, holds: PARTS}  a file in which the parts replace a text
    - {file: NAME, picture: KIND}                a picture of `hostile_pictures.py`

PARTS are texts, and `{again: TEXT, times: NUMBER}` among them; in `again`, # is a number that
counts up. Bytes that aren't UTF-8 are written as in URLs: %FF.
"""

from __future__ import annotations

import os
import shutil
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias, TypedDict
from urllib.parse import unquote_to_bytes

import yaml
from click.testing import CliRunner, Result

from briefpress.cli import main
from tests.hostile_pictures import PICTURES

BASE = Path(__file__).parent / "cases" / "_base"
EXPECTED = "expected.txt"
RECIPE = "recipe.yaml"


class Repeated(TypedDict):
    again: str
    times: int


Part: TypeAlias = "str | Repeated"


class Step(TypedDict, total=False):
    link: str
    to: str
    pipe: str
    folder: str
    file: str
    instead: str
    holds: list[Part]
    picture: str


def check_content(*arguments: str) -> Result:
    """Run `briefpress check` on the content in the working folder."""
    return CliRunner().invoke(main, ["check", "--content", "content", *arguments])


def lay_over_base(case: Path, content: Path) -> None:
    """Make the content of a case."""
    shutil.copytree(BASE, content)
    for file in (path for path in case.rglob("*") if path.is_file()):
        target = content / file.relative_to(case)
        if file.name in {EXPECTED, RECIPE}:
            continue
        if file.suffix == ".diff":
            target = target.with_suffix("")
            target.write_text(changed(target.read_text("utf-8"), file.read_text("utf-8")), "utf-8")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    if (case / RECIPE).is_file():
        for step in yaml.safe_load((case / RECIPE).read_text("utf-8")):
            follow(step, content)


def changed(text: str, diff: str) -> str:
    """Put the lines of each hunk that begin with + in the place of those that begin with -."""
    for hunk in diff.rstrip("\n").split("\n\n"):
        lines = [line for line in hunk.split("\n") if not line.startswith("#")]
        old = list(takewhile(lambda line: line.startswith("-"), lines))
        new = lines[len(old) :]
        assert old, f"this hunk takes no line away:\n{hunk}"
        assert all(line.startswith("+") for line in new), f"this line is neither + nor -:\n{hunk}"
        before, after = ("".join(f"{line[1:]}\n" for line in each) for each in (old, new))
        assert f"\n{text}".count(f"\n{before}") == 1, f"these lines aren't there once:\n{before}"
        text = f"\n{text}".replace(f"\n{before}", f"\n{after}", 1)[1:]
    return text


def follow(step: Step, content: Path) -> None:
    """Do one step of a recipe."""
    if "link" in step:
        place(content, step["link"]).symlink_to(step["to"])
    elif "pipe" in step:
        os.mkfifo(place(content, step["pipe"]))
    elif "folder" in step:
        place(content, step["folder"]).mkdir()
    elif "picture" in step:
        place(content, step["file"]).write_bytes(PICTURES[step["picture"]]())
    else:
        data = b"".join(map(parts_of, step["holds"]))
        if "instead" in step:
            before = (content / step["file"]).read_bytes()
            assert before.count(step["instead"].encode()) == 1, step["instead"]
            data = before.replace(step["instead"].encode(), data)
        place(content, step["file"]).write_bytes(data)


def parts_of(part: Part) -> bytes:
    if isinstance(part, str):
        return unquote_to_bytes(part)
    again, times = part["again"], part["times"]
    if "#" not in again:
        return again.encode() * times
    return "".join(again.replace("#", str(number)) for number in range(times)).encode()


def place(content: Path, name: str) -> Path:
    """Room for something by a name, in the place of what the base has there."""
    path = content / os.fsdecode(unquote_to_bytes(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    return path
