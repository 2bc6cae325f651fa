"""Jinja2, kept so that a stranger's templates can do nothing but make text.

Jinja2's sandbox forbids what it knows to be dangerous. That isn't enough where templates are given
objects of our own: each node of the model has `parse_file` and `parse_raw` of pydantic, which read
files and unpickle. So here everything is forbidden that isn't named: attributes by the kind of the
object, filters and functions by their names. Nothing that is named pads to a width, counts to a
power or formats by a pattern; what is multiplied and what a template puts out have limits.

What `replace`, `join` and `~` can build, and how long it takes, is bounded only by the process that
a job runs in.
"""

from __future__ import annotations

import textwrap
import traceback
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, FileSystemBytecodeCache, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.runtime import BlockReference, Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace
from markupsafe import Markup
from pydantic import BaseModel

from briefpress import __version__
from briefpress.dates import Date, Point
from briefpress.diagnostics import ContentError
from briefpress.limits import TEMPLATE_OUTPUT, TEMPLATE_VALUE
from briefpress.look import Templates


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILTERS = _names(
    "abs capitalize count d default dictsort e escape first float forceescape groupby int items "
    "join last length list lower map max min reject rejectattr replace reverse round safe select "
    "selectattr sort string striptags sum title trim truncate unique upper urlencode wordcount "
    "xmlattr"
)
GLOBALS = _names("range dict cycler joiner namespace")

# What may be asked of an object of a kind. Of the model and of named tuples it is the fields, of
# modules and namespaces whatever the template itself put there.
ATTRIBUTES: dict[type, frozenset[str]] = {
    str: _names(
        "capitalize casefold count endswith find index isalnum isalpha isascii isdecimal isdigit "
        "islower isnumeric isspace istitle isupper join lower lstrip partition removeprefix "
        "removesuffix replace rfind rpartition rsplit rstrip split splitlines startswith strip "
        "swapcase title upper"
    ),
    dict: _names("get items keys values"),
    list: _names("count index"),
    tuple: _names("count index"),
    Date: _names("edtf end html points start"),
    Point: _names("approximate day decade month precision season uncertain year"),
    LoopContext: _names(
        "changed cycle depth depth0 first index index0 last length nextitem previtem revindex "
        "revindex0"
    ),
    Cycler: _names("current next reset"),
    BlockReference: _names("super"),
}


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates that may do what is named here, and no more."""

    # Constants are multiplied when a template is compiled, but for operators that are intercepted.
    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, templates: Templates) -> None:
        super().__init__(
            loader=_Loader(templates),
            undefined=StrictUndefined,
            # select_autoescape() knows .html, and would leave .html.j2 and .xhtml.j2 unescaped.
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=None if templates.project else _bytecode_cache(),
        )
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= {"css_string": css_string, "round": _rounded}
        self.globals = {name: self.globals[name] for name in GLOBALS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What an object has by a name, as a template gets it.

        What is allowed and can't be called is given at once: it is most of what is asked for.
        """
        kind: type = type(obj)
        if attribute in _allowed(kind):
            value = getattr(obj, attribute, _refused)
            if not callable(value):
                return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: object) -> bool:  # noqa: ARG002
        """Whether a template may ask an object for an attribute."""
        kind: type = type(obj)
        return attr in _allowed(kind) or (
            isinstance(obj, TemplateModule | Namespace) and not attr.startswith("_")
        )

    def wrap_str_format(self, value: object) -> Callable[..., str] | None:
        """`str.format` as a template gets it: not at all, since it pads to any width."""
        return _refused if super().wrap_str_format(value) else None

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of an operator that can make much out of little."""
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise SecurityError(f"the operator {operator} isn't allowed here")
        if operator == "*":
            _check_product(left, right)
        return super().call_binop(context, operator, left, right)


def _refused(*_: object, **__: object) -> str:
    raise SecurityError("format isn't allowed here; use replace, or ~")


def _check_product(left: object, right: object) -> None:
    for value, times in ((left, right), (right, left)):
        if isinstance(value, int) and isinstance(times, int):
            size = value.bit_length() + times.bit_length()
        elif isinstance(value, str | list | tuple) and isinstance(times, int):
            size = len(value) * times
        else:
            continue
        if size > TEMPLATE_VALUE.most:
            raise SecurityError(f"this makes {size:,} characters; the limit is {TEMPLATE_VALUE}")


def _rounded(value: float, digits: int = 0) -> float:
    """Jinja2's filter `round` computes powers of ten of any size."""
    return round(value, max(-15, min(digits, 15)))


def css_string(text: str) -> Markup:
    """A text as a CSS string that can stand in a style element (CSS Syntax 3, 4.3.7 escapes)."""
    safe = (c if c.isalnum() or c in " .,:;·–-" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{"".join(safe)}"')


@cache
def _allowed(kind: type) -> frozenset[str]:
    """What may be asked of objects of a type."""
    if issubclass(kind, BaseModel):
        return frozenset(kind.model_fields)
    fields: tuple[str, ...] = getattr(kind, "_fields", ()) if issubclass(kind, tuple) else ()
    named = (names for known, names in ATTRIBUTES.items() if issubclass(kind, known))
    return frozenset(fields).union(*named)


class _Loader(BaseLoader):
    """Loads templates, each from the first folder that has it, and from nowhere else."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja2's signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, its file, and whether that is still as it was."""
        file = self._templates.file("/".join(split_template_path(template)))
        if not file.is_file():
            raise jinja2.TemplateNotFound(template)
        changed = file.stat().st_mtime_ns
        text = self._templates.read(file)
        return text, str(file), lambda: file.is_file() and file.stat().st_mtime_ns == changed

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """A template, compiled. What Python says of the code that it became is said of it."""
        try:
            return super().load(environment, name, globals)
        except (jinja2.TemplateError, ContentError):
            raise
        except Exception as error:
            message = f"it is nested too deep, or too long ({type(error).__name__})"
            file = str(self._templates.file(name))
            raise jinja2.TemplateSyntaxError(message, 1, name, file) from error


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Compiled templates, kept between runs. Compiling the built-in ones takes 60 ms.

    What is found there is run as it is, so the folder has to be the user's alone: Jinja2 makes it
    with mode 0700, and refuses one that is another's, a link or open to others. What a project's
    templates compile to is never put there. Where the machine has no such folder, 60 ms are all
    that is lost.
    """
    try:
        return FileSystemBytecodeCache(pattern=f"__briefpress_{__version__}_{_KEPT}_%s.cache")
    except (OSError, RuntimeError):
        return None


# Compiled templates depend on what is intercepted; another number leaves the old ones unread.
_KEPT = 2


@cache
def environment(templates: Templates) -> Sandbox:
    """The templates, each from the first folder that has it."""
    return Sandbox(templates)


def render(templates: Templates, name: str, context: Mapping[str, object]) -> str:
    """Render a template. Raises `ContentError` where a project's templates can't be rendered."""
    with _faults_placed(templates, name):
        made = environment(templates).get_template(name).generate(context)
        return "".join(_limited(made))


def _limited(made: Iterator[str]) -> Iterator[str]:
    """What a template makes. It is told, where it stands, if that is too much."""
    assert isinstance(made, Generator)
    size = 0
    for piece in made:
        size += len(piece)
        if size > TEMPLATE_OUTPUT.most:
            made.throw(SecurityError(f"the template makes more than {TEMPLATE_OUTPUT}"))
        yield piece


def macros(
    templates: Templates, name: str, names: Iterable[str], context: dict[str, object]
) -> dict[str, object]:
    """The macros of a template that is given a context. Raises `ContentError` likewise."""
    with _faults_placed(templates, name):
        module = environment(templates).get_template(name).make_module(context)
        if missing := [each for each in names if not hasattr(module, each)]:
            raise jinja2.UndefinedError(f"there is no macro {missing[0]!r}")
        return {each: getattr(module, each) for each in names}


def markup_of_project(templates: Templates) -> AbstractContextManager[None]:
    """Make a diagnostic of what fails because the markup of a project's templates is unsound.

    They can leave out or break whatever the formats look for in the markup.
    """
    return _blamed(templates, partial(_unsound, templates))


def _faults_placed(templates: Templates, name: str) -> AbstractContextManager[None]:
    """Make diagnostics of whatever a project's templates raise, each at the line it comes from.

    `name` is the template's that is rendered.
    """
    return _blamed(templates, partial(_fault, templates, name))


@contextmanager
def _blamed(templates: Templates, diagnosed: Callable[[Exception], ContentError]) -> Iterator[None]:
    """Make a diagnostic of any error, since a project's templates can raise anything.

    Without a project's templates it is our own fault, and goes on.
    """
    try:
        yield
    except ContentError:
        raise
    except Exception as error:
        if templates.project is None:
            raise
        raise diagnosed(error) from None


def _unsound(templates: Templates, error: Exception) -> ContentError:
    message = f"the markup can't be set ({type(error).__name__}: {_short(str(error))})"
    hint = "keep to the elements and ids of the built-in templates; let img show drawings"
    return templates.fault(templates.folders[0], message, hint)


def _fault(templates: Templates, name: str, error: Exception) -> ContentError:
    places = [place for place in _places(error) if place[0].suffix not in {".py", ""}]
    own = [place for place in places if templates.is_of_project(place[0])]
    candidates = own or places or [(templates.file(name), 1)]
    file, line = candidates[-1]
    if isinstance(error, RecursionError):
        ((file, line), _), *_ = Counter(candidates).most_common(1)
    message, hint = _said(error)
    return templates.fault(file, message, hint, line=line)


def fault_of(templates: Templates, error: Exception) -> ContentError | None:
    """An error as a fault of the template that it comes from, the built-in ones among them.

    None where it comes from none.
    """
    places = [file for file, _ in _places(error) if file.suffix == ".j2"]
    return _fault(templates, places[-1].name, error) if places else None


def _places(error: Exception) -> Iterator[tuple[Path, int]]:
    """The files and lines that an error went through, the innermost last."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        template: jinja2.Template | None = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename:
            yield Path(template.filename), template.get_corresponding_lineno(line)
        else:  # Jinja2 puts frames of the template's own file in the place of some
            yield Path(frame.f_code.co_filename), line
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        yield Path(error.filename), error.lineno


def _said(error: Exception) -> tuple[str, str]:
    """What is wrong, and the way out."""
    match error:
        case jinja2.TemplateSyntaxError():
            return _short(error.message or "it can't be read"), "mend what Jinja2 can't read here"
        case jinja2.TemplateNotFound():
            return f"there is no template {_short(str(error.name))!r}", _GIVEN
        case SecurityError() | jinja2.UndefinedError():
            return _short(error.message or "it isn't allowed"), _GIVEN
        case RecursionError():
            return "templates or macros call each other without end", "give them an end"
        case _:
            return f"{type(error).__name__}: {_short(str(error))}", _GIVEN


_GIVEN = "use what templates are given, as docs/templates.md lists it"


def _short(text: str) -> str:
    return textwrap.shorten(text, 200, placeholder="…")
