"""Ways out of a project's markup and stylesheets: nothing outside is read, and nobody is called.

A server listens on this machine while they are built. `@` stands for the path of a file with a
secret, `%` for the server's address.
"""

from __future__ import annotations

import base64
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from tests.templates.conftest import BUILT_IN, SECRET, Project, contents_of

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='9' height='9'>{}</svg>"


# What markup or a stylesheet may load, for which the built-in ones have no use.
MARKUP = [
    '<img src="{}" alt="x"/>',
    '<object data="{}">x</object>',
    '<embed src="{}"/>',
    '<link rel="stylesheet" href="{}"/>',
    '<link rel="attachment" href="{}"/>',
    '<a rel="attachment" href="{}">x</a>',
    '<style>@import "{}";</style>',
    "<style>h1 {{ background: url({}) }}</style>",
    "<style>h1 {{ border-image: url({}) 1 }}</style>",
    "<style>li {{ list-style-image: url({}) }}</style>",
    "<style>h1::before {{ content: url({}) }}</style>",
    "<style>@page {{ background: url({}) }}</style>",
    '<style>@font-face {{ font-family: "Own"; src: url({}) }} h1 {{ font-family: "Own" }}</style>',
    '<p style="background: url({})">x</p>',
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='{}'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><use href='{}#a'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><style>@import '{}';</style></svg>",
]
SHEETS = [
    '@import "{}";',
    "@import url({});",
    "h1 {{ background: url({}) }}",
    '@font-face {{ font-family: "Own"; src: url({}) }} h1 {{ font-family: "Own" }}',
    "@color-profile --own {{ src: url({}) }}",
]
AWAY = [
    "file://@",
    "file://localhost@",
    "file://127.0.0.1@",
    "@",
    "../../secret.txt",
    "../../../secret.txt",
    "briefing:../../../secret.txt",
    "briefing:@",
    "file:linked/secret.txt",
    "http://%/x",
    "http://user@%/x",
    "//%/x",
    "ftp://%/x",
    "file://%/x",
    "jar:http://%/x",
]


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A server that nobody is to call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


def filled(project: Project, text: str, server: socket.socket) -> str:
    host, port = server.getsockname()
    return text.replace("@", str(project.secret)).replace("%", f"{host}:{port}")


def assert_nothing_got_out(project: Project, output: str) -> None:
    assert SECRET not in output
    for path in project.published():
        assert not any(SECRET.encode() in data for data in contents_of(path)), path


# The ways to say where something is, tried with every way to load; all the others with one.
USUAL = ["file://@", "../../secret.txt", "http://%/x"]
TRIED = [
    *((way, address) for way in MARKUP for address in USUAL),
    *((MARKUP[0], address) for address in AWAY if address not in USUAL),
]
TRIED_IN_SHEETS = [
    *((way, address) for way in SHEETS for address in USUAL),
    *((SHEETS[2], address) for address in AWAY if address not in USUAL),
]


@pytest.mark.parametrize(("way", "address"), TRIED)
def test_markup_loads_nothing_from_elsewhere(
    project: Project, server: socket.socket, way: str, address: str
) -> None:
    project.add_to("cover.html.j2", filled(project, way.format(address), server))
    project.link("linked", project.folder.parent)
    if "<use" in way or "@import '" in way:
        # WeasyPrint leaves out what a drawing refers to elsewhere.
        assert_nothing_got_out(project, project.build("--format", "pdf").output)
    else:
        assert_refused(project)


@pytest.mark.parametrize(("way", "address"), TRIED_IN_SHEETS)
def test_a_stylesheet_loads_nothing_from_elsewhere(
    project: Project, server: socket.socket, way: str, address: str
) -> None:
    project.put("css/theme.css", filled(project, way.format(address), server))
    project.link("css/linked", project.folder.parent)
    assert_refused(project)


def assert_refused(project: Project) -> None:
    said = project.build("--format", "pdf")
    assert said.exit_code == 1, said.output
    assert "error[layout]" in said.stderr or "error[template]" in said.stderr
    assert_nothing_got_out(project, said.output)
    assert project.published() == []


@pytest.mark.parametrize("scheme", ["file://", "file://localhost", "briefing:"])
@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("outside.svg", '<img src="{}" alt="x"/>'),
        ("outside.svg", "<style>h1 {{ background: url({}) }}</style>"),
        ("outside.css", '<link rel="stylesheet" href="{}"/>'),
        ("outside.css", '<style>@import "{}";</style>'),
    ],
)
def test_what_could_be_shown_from_outside_isnt(
    project: Project, name: str, way: str, scheme: str
) -> None:
    """These are sound; nothing but where they are is against them."""
    outside = project.folder.parent / name
    outside.write_text(
        SVG.format("<circle r='4'/>") if name.endswith("svg") else "h1 { margin: 0 }"
    )
    project.add_to("cover.html.j2", way.format(f"{scheme}{outside}"))
    assert "error[layout]: may not load" in project.build("--format", "pdf").stderr
    media_type = "image/svg+xml" if name.endswith("svg") else "text/css"
    within = f"data:{media_type},{quote(outside.read_text())}"
    project.add_to("cover.html.j2", way.format(within))
    assert "may not load" not in project.build("--format", "pdf").stderr


def test_an_address_of_this_machine_is_not_one_of_the_templates(project: Project) -> None:
    """They are read where they were sent to."""
    project.put("inside.svg", SVG.format("<circle r='4'/>"))
    inside = project.folder / "templates" / "inside.svg"
    project.add_to("cover.html.j2", f'<img src="file://{inside}" alt="x"/>')
    assert "error[layout]: may not load" in project.build("--format", "pdf").stderr


@pytest.mark.parametrize(
    "way",
    [
        '<base href="http://%/"/>',
        '<meta http-equiv="refresh" content="0; url=http://%/"/>',
        '<link rel="icon" href="http://%/x"/>',
        '<link rel="preload" href="http://%/x" as="style"/>',
        '<iframe src="http://%/x"></iframe>',
        '<video src="http://%/x"></video>',
        '<form action="http://%/x"></form>',
    ],
)
def test_what_a_browser_would_load_isnt_loaded_here(
    project: Project, server: socket.socket, way: str
) -> None:
    """Whether it may be published is for the proof to say."""
    project.add_to("summary.html.j2", filled(project, way, server))
    assert_nothing_got_out(project, project.build().output)


@pytest.mark.parametrize("name", ["web/document.html.j2", "epub/chapter.xhtml.j2"])
def test_screens_call_nobody_while_they_are_made(
    project: Project, server: socket.socket, name: str
) -> None:
    loads = "".join(way.format("http://%/x") for way in MARKUP)
    text = (BUILT_IN / name).read_text("utf-8").replace("</head>", f"{loads}</head>")
    project.put(name, filled(project, text, server))
    assert_nothing_got_out(project, project.build().output)


def test_the_catalogue_calls_nobody(project: Project, server: socket.socket) -> None:
    name = "catalogue/index.html.j2"
    loads = "".join(way.format("http://%/x") for way in MARKUP)
    project.put(name, filled(project, loads, server) + (BUILT_IN / name).read_text("utf-8"))
    assert_nothing_got_out(project, project.build("--format", "html").output)


# Files that lead out of the folder


@pytest.mark.parametrize(
    "name", ["cover.html.j2", "css/theme.css", "css/tokens.css", "css/fonts.css", "labels/en.yaml"]
)
def test_a_link_out_of_the_templates_is_refused(project: Project, name: str) -> None:
    project.link(name, project.secret)
    said = project.build()
    assert said.exit_code == 1
    place = f"templates/{name}:1:1: error[template]: it leads out of the folder of templates"
    assert place in said.stderr
    assert SECRET not in said.output


def test_a_link_within_the_templates_is_followed(project: Project) -> None:
    project.put("parts/own.html.j2", (BUILT_IN / "cover.html.j2").read_text("utf-8"))
    project.link("cover.html.j2", Path("parts/own.html.j2"))
    assert project.build("--format", "html").exit_code == 0


def test_a_font_out_of_the_templates_is_refused(project: Project) -> None:
    font = BUILT_IN / "fonts" / "BriefpressSans-Regular.ttf"
    fonts = (BUILT_IN / "css" / "fonts.css").read_text("utf-8")
    outside = project.folder.parent / "outside.ttf"
    outside.write_bytes(font.read_bytes())
    project.put(
        "css/fonts.css", fonts.replace("../fonts/BriefpressSans-R", "../../../outside.ttf?")
    )
    assert "error[template]: there is no font" in project.build().stderr
    project.put(
        "css/fonts.css", fonts.replace("../fonts/BriefpressSans-Regular", "../../../outside")
    )
    assert "error[template]" in project.build().stderr
    project.put("css/fonts.css", fonts.replace("BriefpressSans-Regular", "linked"))
    project.link("fonts/linked.ttf", outside)
    assert "it leads out of the folder of templates" in project.build().stderr


@pytest.mark.parametrize("given", [(), ("--templates", "templates")])
def test_a_folder_of_templates_that_is_a_link_is_refused(
    project: Project, given: tuple[str, ...]
) -> None:
    Path("templates").symlink_to("/etc")
    said = project.build(*given)
    assert said.exit_code == 1
    assert "templates:1:1: error[template]: the folder of templates is a link" in said.stderr
    assert project.build("--no-project-templates", "--format", "html").exit_code == 0


# What is inside, and still not shown


def test_nothing_is_attached(project: Project) -> None:
    project.put("css/own.css", "h1 { color: red }")
    project.add_to("cover.html.j2", '<a rel="attachment" href="file://#">x</a>')
    cover = project.folder / "templates" / "cover.html.j2"
    inside = (project.folder / "templates" / "css" / "own.css").as_posix()
    cover.write_text(cover.read_text("utf-8").replace("#", inside), "utf-8")
    said = project.build()
    assert "error[layout]: a link with rel=attachment would put a file into the PDF" in said.stderr


def test_postscript_is_not_run(project: Project) -> None:
    """Pillow starts Ghostscript for it."""
    project.put("own.svg", "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n")
    project.put("css/theme.css", "h1 { background: url(../own.svg) }")
    said = project.build()
    assert "error[layout]: may not load" in said.stderr
    assert "which is no PNG, JPEG, SVG, CSS or font" in said.stderr


def test_a_picture_of_templates_has_the_limits_of_others(project: Project) -> None:
    bomb = io.BytesIO()
    Image.new("1", (6000, 5000)).save(bomb, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(bomb.getvalue()).decode()}"
    project.put("css/theme.css", f"h1 {{ background: url({address}) }}")
    said = project.build()
    assert "error[layout]: Failed to load image" in said.stderr


def test_entities_of_a_drawing_are_not_expanded(project: Project) -> None:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    drawing = f"<!DOCTYPE svg [<!ENTITY e0 'aaaaaaaaaa'>{entities}]>{SVG.format('&e11;')}"
    project.put("own.svg", drawing)
    project.put("css/theme.css", "h1 { background: url(../own.svg) }")
    assert "error[layout]: Failed to load image" in project.build().stderr


def test_a_large_file_of_templates_is_refused(project: Project) -> None:
    project.put("css/theme.css", "/*" + " " * 1024 * 1024 + "*/")
    said = json.loads(project.build("--format-errors", "json").stdout)
    assert {(fault["code"], fault["file"]) for fault in said} == {
        ("too-large", "templates/css/theme.css")
    }
