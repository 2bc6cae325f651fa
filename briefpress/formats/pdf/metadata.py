"""What a PDF says of itself: its title and dates, and the standards that it follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import pydyf

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_UA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True, slots=True)
class Standards:
    """Parts of PDF/UA (ISO 14289) and PDF/A (ISO 19005) that one file follows together."""

    variant: str
    ua: int
    archive: int
    conformance: str

    @property
    def is_pdf_2(self) -> bool:
        """Whether they rest on PDF 2.0."""
        return self.ua >= 2


STANDARDS = {
    "ua-1": Standards("pdf/a-3a", ua=1, archive=3, conformance="A"),
    "ua-2": Standards("pdf/a-4f", ua=2, archive=4, conformance="F"),
}


def write_metadata(document: Any, pdf: pydyf.PDF, standards: Standards, identifier: str) -> None:
    """Replace the metadata that WeasyPrint wrote, so that they name both standards.

    `identifier` is what other files call the PDF. Nothing is compressed, so that programs which
    know no PDF find it (ISO 19005-3, 6.6.2.1).
    """
    for prefix, uri in (("pdfuaid", _UA), *_EXTENSION_PREFIXES.items()):
        ET.register_namespace(prefix, uri)
    rdf = ET.fromstring(
        document.metadata.generate_rdf_metadata("a", standards.archive, standards.conformance)
    )
    about = ET.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    ET.SubElement(about, f"{{{_UA}}}part").text = str(standards.ua)
    if standards.is_pdf_2:
        ET.SubElement(about, f"{{{_UA}}}rev").text = "2024"
    ET.SubElement(about, f"{{{_DC}}}identifier").text = identifier
    languages = ET.SubElement(ET.SubElement(about, f"{{{_DC}}}language"), f"{{{_RDF}}}Bag")
    ET.SubElement(languages, f"{{{_RDF}}}li").text = document.metadata.lang
    if not standards.is_pdf_2:
        rdf.append(ET.fromstring(_EXTENSION))
    reference = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[reference]
    stream.stream = [_PACKET % ET.tostring(rdf, encoding="utf-8")]
    stream.compress = False


_PACKET = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
%s
</x:xmpmeta>
<?xpacket end="r"?>"""

_EXTENSION_PREFIXES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

# PDF/A knows no property of PDF/UA unless it is described (ISO 19005-3, 6.6.2.3).
_EXTENSION = f"""
<rdf:Description rdf:about="" xmlns:rdf="{_RDF}"
    xmlns:pdfaExtension="{_EXTENSION_PREFIXES["pdfaExtension"]}"
    xmlns:pdfaSchema="{_EXTENSION_PREFIXES["pdfaSchema"]}"
    xmlns:pdfaProperty="{_EXTENSION_PREFIXES["pdfaProperty"]}">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
