"""The structure tree as objects of the PDF (ISO 32000-1, 14.7; for PDF/UA-2, ISO 32000-2, 14.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

import pydyf

from briefpress.formats.pdf.structure import LinkArea, Mark, Tag

# Types that PDF 1.7 doesn't have, with the one that stands for each.
_ROLES = {"Aside": "Sect", "Em": "Span", "Strong": "Span"}

_NAMESPACES = {"1.7": "http://iso.org/pdf/ssn", "2.0": "http://iso.org/pdf2/ssn"}
# Types of the first namespace that the second no longer has (ISO 32000-2, annex L).
_ONLY_IN_1_7 = {"BlockQuote", "Code", "Reference", "TOC", "TOCI"}


class StructureTree:
    """Writes a tree of tags into a PDF.

    `describe` gives the words that a link is announced with, from its tag and its annotation. With
    `namespaces`, types are those of PDF 2.0.
    """

    def __init__(
        self,
        pdf: pydyf.PDF,
        heights: list[float],
        describe: Callable[[Tag, pydyf.Dictionary], str],
        namespaces: bool,
    ) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references  # which pydyf puts together each time it's asked
        self._heights = heights
        self._describe = describe
        self._namespaces = self._written_namespaces() if namespaces else {}
        self._marked: list[dict[int, bytes]] = [{} for _ in heights]
        self._links: list[bytes] = []
        self._ids: dict[str, bytes] = {}
        self._anchors: dict[str, bytes] = {}
        self._referring: list[tuple[pydyf.Dictionary, str]] = []
        self._calls: dict[Element, pydyf.Dictionary] = {}

    def write(self, root: Tag) -> dict[str, bytes]:
        """Write the tree, and say in the catalogue that there is one.

        Returns the reference of the element for each anchor of the HTML.
        """
        tree = self._added({"Type": "/StructTreeRoot"})
        tree["K"] = pydyf.Array([self._element(root, tree)])
        tree["ParentTree"] = self._parent_tree().reference
        tree["ParentTreeNextKey"] = len(self._marked) + len(self._links)
        if self._ids:
            names = [
                part for id_ in sorted(self._ids) for part in (pydyf.String(id_), self._ids[id_])
            ]
            tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        if self._namespaces:
            tree["Namespaces"] = pydyf.Array(self._namespaces.values())
            for element, anchor in self._referring:
                element["Ref"] = pydyf.Array([self._anchors[anchor]])
        else:
            tree["RoleMap"] = pydyf.Dictionary({ours: f"/{_ROLES[ours]}" for ours in _ROLES})
        catalog = self._pdf.catalog
        catalog["StructTreeRoot"] = tree.reference
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        return self._anchors

    def _added(self, values: dict[str, object]) -> pydyf.Dictionary:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        return added

    def _element(self, tag: Tag, parent: pydyf.Dictionary) -> bytes:
        """Write a tag and all below it; return the reference of its element."""
        element = self._added({"Type": "/StructElem", "S": f"/{tag.type}", "P": parent.reference})
        page = tag.page
        if page is not None:
            element["Pg"] = self._pages[page]
        if tag.language:
            element["Lang"] = pydyf.String(tag.language)
        if self._namespaces:
            self._name_in_2_0(element, tag)
        self._describe_element(element, tag)
        if tag.type == "Reference" and tag.element.get("role") == "doc-footnote":
            self._calls[tag.element] = element
        if id_ := tag.element.get("id"):
            self._anchors.setdefault(id_, element.reference)
        element["K"] = pydyf.Array(self._kids(tag, element, page))
        reference: bytes = element.reference
        return reference

    def _kids(self, tag: Tag, element: pydyf.Dictionary, page: int | None) -> Iterable[object]:
        for kid in tag.kids:
            if isinstance(kid, Tag):
                yield self._element(kid, element)
            elif isinstance(kid, LinkArea):
                yield self._link_area(kid, tag, element)
            else:
                yield self._content(kid, element, page)

    def _content(self, mark: Mark, element: pydyf.Dictionary, page: int | None) -> object:
        self._marked[mark.page][mark.id] = element.reference
        if mark.page == page:
            return mark.id
        reference = self._pages[mark.page]
        return pydyf.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": mark.id})

    def _link_area(self, area: LinkArea, tag: Tag, element: pydyf.Dictionary) -> pydyf.Dictionary:
        annotation = area.annotation
        if "Dest" in annotation:
            self._referring.append((element, annotation["Dest"].string))
        annotation["Contents"] = pydyf.String(self._describe(tag, annotation))
        annotation["StructParent"] = len(self._marked) + len(self._links)
        self._links.append(element.reference)
        page = self._pages[area.page]
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})

    def _describe_element(self, element: pydyf.Dictionary, tag: Tag) -> None:
        """Add what the type of an element asks for."""
        attributes: dict[str, object] = {}
        if tag.type == "TH":
            scope = "Row" if tag.element.get("scope") == "row" else "Column"
            attributes = {"O": "/Table", "Scope": f"/{scope}"}
        elif tag.type == "L" and (numbering := self._numbering(tag)):
            attributes = {"O": "/List", "ListNumbering": f"/{numbering}"}
        elif tag.type == "Figure" and tag.picture:
            element["Alt"] = pydyf.String(tag.picture.element.get("alt", ""))
            attributes = {"O": "/Layout", "BBox": pydyf.Array(self._bounds(tag))}
        elif tag.type == "Note":
            id_ = f"note-{len(self._ids) + 1:04}"
            self._ids[id_] = element.reference
            element["ID"] = pydyf.String(id_)
        if attributes:
            element["A"] = pydyf.Dictionary(attributes)

    def _numbering(self, tag: Tag) -> str | None:
        """How the items of a list are marked. Lists of descriptions are known to PDF 2.0 alone."""
        if tag.element.tag == "dl":
            return "Description" if self._namespaces else None
        return tag.numbering

    def _bounds(self, tag: Tag) -> tuple[float, float, float, float]:
        """Where a picture is, in the PDF's coordinates, which begin at the lower left corner."""
        assert tag.picture
        left, top, right, bottom = tag.picture.bounds
        height = self._heights[tag.picture.page]
        return left, height - bottom, right, height - top

    def _parent_tree(self) -> pydyf.Dictionary:
        """From marked content and annotations back to their elements (ISO 32000-1, 14.7.4.4)."""
        numbers: list[object] = []
        for page, marked in enumerate(self._marked):
            elements = [marked.get(id_, b"null") for id_ in range(max(marked, default=-1) + 1)]
            numbers += [page, pydyf.Array(elements)]
        for key, element in enumerate(self._links, start=len(self._marked)):
            numbers += [key, element]
        return self._added({"Nums": pydyf.Array(numbers)})

    def _written_namespaces(self) -> dict[str, bytes]:
        return {
            version: self._added({"Type": "/Namespace", "NS": pydyf.String(name)}).reference
            for version, name in _NAMESPACES.items()
        }

    def _name_in_2_0(self, element: pydyf.Dictionary, tag: Tag) -> None:
        """Give an element the type that it has in PDF 2.0, and the namespace of that."""
        if tag.type == "Note":
            element["S"] = "/FENote"
            element["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Footnote"})
            call = self._calls[tag.element]
            call["Ref"] = pydyf.Array([element.reference])
            element["Ref"] = pydyf.Array([call.reference])
        element["NS"] = self._namespaces["1.7" if tag.type in _ONLY_IN_1_7 else "2.0"]
