"""Word files (.docx): paragraphs and tables in order, title and date from the file's properties.

Text that was inserted under tracked changes counts, deleted text does not. Headers, footers,
footnotes, comments and text boxes are not read; macros and embedded objects are never opened.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from analysis import formats
from analysis.archives import open_archive, open_entry
from analysis.files import File
from analysis.limits import Budget
from analysis.reading import DocumentError, Extract

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
# What a paragraph says; not what was deleted, stands in a text box, or is there twice.
_PIECES = " | ".join(
    f".//w:{name}[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent"
    " or ancestor::*[local-name()='Fallback'])]"
    for name in ("t", "tab", "br", "cr", "noBreakHyphen")
)
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


def read_word_file(file: File, budget: Budget) -> Extract:
    """The text of a Word file.

    Parameters
    ----------
    file : File
    budget : Budget

    Returns
    -------
    Extract
        ``raw`` holds a paragraph per line, blank lines between them; a row of a table is one
        paragraph with tabs between its cells, unless a cell has several paragraphs. Title and
        date (of creation) are those of the file's properties.

    Raises
    ------
    DocumentError
        If the file is empty, damaged, protected, harmful or without text.
    """
    data = file.read(budget.limits.file_bytes)
    _check_package(data, file.name, budget)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        raw = "\n\n".join(_blocks(document.element.body))
        properties = document.core_properties
        title, date = " ".join(properties.title.split()), properties.created
    except Exception:  # a damaged package can make python-docx fail in any way
        raise _damaged(file.name) from None
    if not raw.strip():
        raise DocumentError(
            file.name, "has no text in its paragraphs and tables", "Save the article's text in it"
        )
    return Extract(raw + "\n", title=title, date=date)


def _blocks(parent: Any) -> Iterator[str]:
    """The paragraphs under an element, in order, each as its text."""
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            text = _words(child)
            if text:
                yield text
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is child:
                    yield from _row(row)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _row(row: Any) -> list[str]:
    cells = [list(_blocks(cell)) for cell in row.iterchildren(f"{_W}tc")]
    if all(len(cell) < 2 for cell in cells):
        joined = "\t".join(cell[0] for cell in cells if cell)
        return [joined] if joined else []
    return [paragraph for cell in cells for paragraph in cell]


def _words(paragraph: Any) -> str:
    pieces = (_MARKS.get(e.tag) or e.text or "" for e in paragraph.xpath(_PIECES))
    return "".join(pieces).strip()


def _check_package(data: bytes, name: str, budget: Budget) -> None:
    """Refuse a package that unpacks to too much, or whose XML defines entities.

    The Office formats have no use for a document type, and entities that name one another can
    grow to any size.
    """
    formats.require_format(data, formats.WORD, name)
    limits = budget.limits
    own = Budget(limits, name, len(data), budget)
    with open_archive(io.BytesIO(data), name, len(data), limits) as package:
        names = {entry.filename for entry in package.infolist()}
        if "word/document.xml" not in names:
            raise DocumentError(
                name,
                "is a zip file without a Word text in it",
                "Let its name end with .zip, or save it as .docx in Word",
            )
        for entry in package.infolist():
            with open_entry(package, entry, name, limits.file_bytes, own) as part:
                if entry.filename.endswith((".xml", ".rels")):
                    _require_no_document_type(part.read(), name)
                else:
                    while part.read(2**16):
                        pass


class _Seen(Exception):
    """The root of an XML file is reached: no document type can follow."""


def _require_no_document_type(xml: bytes, name: str) -> None:
    def document_type(*_: Any) -> None:
        raise DocumentError(
            name, "defines its own XML entities, as only a harmful file does", "Do not use it"
        )

    def root(*_: Any) -> None:
        raise _Seen

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = document_type
    parser.StartElementHandler = root
    try:
        parser.Parse(xml, True)
    except _Seen:
        pass
    except expat.ExpatError:
        raise _damaged(name) from None


def _damaged(name: str) -> DocumentError:
    return DocumentError(
        name, "is a damaged Word file", "Open it in Word or LibreOffice and save it anew as .docx"
    )
