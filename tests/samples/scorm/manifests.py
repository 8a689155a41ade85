"""Building imsmanifest.xml of both standards."""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

NAMESPACES_12 = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
)
NAMESPACES_2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'
    ' xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"'
    ' xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
    ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
SCHEMA_VERSIONS = {
    "1.2": "1.2",
    "2004.2": "CAM 1.3",
    "2004.3": "2004 3rd Edition",
    "2004.4": "2004 4th Edition",
}


@dataclass(frozen=True)
class Line:
    """An item: ``resource`` is what it refers to, ``inside`` the XML between its tags."""

    identifier: str
    title: str
    resource: str = ""
    attributes: str = ""
    inside: str = ""
    children: tuple["Line", ...] = ()

    def xml(self) -> str:
        refers = f" identifierref={quoteattr(self.resource)}" if self.resource else ""
        inner = "".join(child.xml() for child in self.children)
        return (
            f"<item identifier={quoteattr(self.identifier)}{refers} {self.attributes}>"
            f"<title>{escape(self.title)}</title>{self.inside}{inner}</item>"
        )


@dataclass(frozen=True)
class Thing:
    """A resource; ``files`` are listed beside its ``href``."""

    identifier: str
    href: str
    kind: str = "sco"
    attributes: str = ""
    files: tuple[str, ...] = ()

    def xml(self, version: str) -> str:
        name = "adlcp:scormtype" if version == "1.2" else "adlcp:scormType"
        said = f' {name}="{self.kind}"' if self.kind else ""
        listed = "".join(f"<file href={quoteattr(file)}/>" for file in self.files)
        return (
            f'<resource identifier={quoteattr(self.identifier)} type="webcontent"'
            f" href={quoteattr(self.href)}{said} {self.attributes}>{listed}</resource>"
        )


@dataclass(frozen=True)
class Plan:
    """A manifest to be. ``default`` is the attribute of ``organizations``, left out when None."""

    version: str
    title: str
    lines: tuple[Line, ...]
    things: tuple[Thing, ...]
    organization: str = "ORG"
    default: str | None = "ORG"
    inside: str = ""
    more: str = ""
    attributes: str = ""
    resources: str = ""
    namespaces: str | None = None
    schema: str | None = None

    def xml(self) -> str:
        namespaces = NAMESPACES_12 if self.version == "1.2" else NAMESPACES_2004
        default = "" if self.default is None else f" default={quoteattr(self.default)}"
        schema = SCHEMA_VERSIONS[self.version] if self.schema is None else self.schema
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<manifest identifier="M" version="1" {self.namespaces or namespaces}'
            f" {self.attributes}>"
            f"<metadata><schema>ADL SCORM</schema><schemaversion>{schema}</schemaversion>"
            "</metadata>"
            f"<organizations{default}><organization identifier={quoteattr(self.organization)}>"
            f"<title>{escape(self.title)}</title>"
            f"{''.join(line.xml() for line in self.lines)}{self.inside}"
            "</organization></organizations>"
            f"<resources {self.resources}>"
            f"{''.join(thing.xml(self.version) for thing in self.things)}</resources>"
            f"{self.more}</manifest>"
        )
