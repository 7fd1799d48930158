"""PDF files with text, by pypdf: lines joined to paragraphs, page headers and numbers set apart.

The order of the text is that of the file, which in pages of several columns may not be the
reader's. A line that is clearly shorter than the column ends its paragraph; a word divided at
the end of a line is put together where the whole is an English word, else keeps its hyphen. Lines
that come back at the edge of most pages, and page numbers, are listed and not part of the text.
Scripts, forms and attachments in the file are never run or opened. The date a file states is
that of its making, often years after the article, and therefore no date of the document.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from typing import Any

from analysis import formats
from analysis.files import File, silenced
from analysis.limits import Limits
from analysis.reading import DocumentError, Extract, iso_date
from analysis.substitutions import common_words, is_listed

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
_SENTENCE_END = re.compile(r"[.!?:…][\"”’'»)\]]*$")
_LIST_ITEM = re.compile(r"[•▪‣◦–—*-]\s|\(?\d{1,2}[.)]\s")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_EDGE = 2  # lines at the top and at the bottom of a page that may be a header or footer
_SCAN = 20  # letters; fewer in the whole file are stamps on images of pages


def read_pdf(file: File, limits: Limits) -> Extract:
    """The text of a PDF.

    Parameters
    ----------
    file : File
    limits : Limits

    Returns
    -------
    Extract
        ``raw`` holds the paragraphs, blank lines between them; ``meta["page_furniture"]`` lists
        page headers, footers and numbers, ``meta["file_date"]`` when the file was made.

    Raises
    ------
    DocumentError
        If the file is empty, damaged, protected, too large or has no text.
    """
    data = file.read(limits.file_bytes)
    formats.require_format(data, formats.PDF, file.name)
    with silenced("pypdf"):
        pages, title, made = _pages(data, file.name, limits)
    story, furniture = _without_edges(pages)
    raw = "\n\n".join(_paragraphs(story)) + "\n"
    if sum(map(str.isalpha, raw)) < _SCAN:
        raise DocumentError(
            file.name,
            "is a PDF without text, such as a scan",
            "Run a text recognition (OCR) over it, or copy the text into a .txt file",
        )
    meta = {"page_furniture": tuple(furniture), "file_date": made}
    # The title of the properties is often that of another file; one that the text has is right.
    known = title and title.casefold() in " ".join(raw[:1000].split()).casefold()
    return Extract(raw, title=title if known else "", meta=meta)


def _pages(data: bytes, name: str, limits: Limits) -> tuple[list[list[str]], str, str]:
    """Lines of each page, the title and the date of the properties."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _protected(name)
        pages, count = [], 0
        for page in reader.pages:
            text = page.extract_text()
            count += len(text)
            if count > limits.characters:
                raise _unpacks(name)
            pages.append([" ".join(_modern(line).split()) for line in text.splitlines()])
        return pages, *_properties(reader.metadata, name)
    except DocumentError:
        raise
    except (DependencyError, FileNotDecryptedError):
        raise _protected(name) from None
    except LimitReachedError:
        raise _unpacks(name) from None
    except Exception:  # a damaged PDF can make pypdf fail in any way
        raise DocumentError(
            name, "is a damaged PDF", "Download it again, or print it to a new PDF"
        ) from None


def _properties(found: Any, name: str) -> tuple[str, str]:
    title = " ".join(str(found.title or "").split()) if found else ""
    try:
        return title, iso_date(found.creation_date, name) if found else ""
    except ValueError:
        return title, ""


def _modern(line: str) -> str:
    return _LIGATURES.sub(lambda m: unicodedata.normalize("NFKC", m.group()), line)


def _without_edges(pages: list[list[str]]) -> tuple[list[str], list[str]]:
    """All lines but headers, footers and page numbers; and these."""
    seen = Counter(key for page in pages for key in {_key(page[i]) for i in _edges(page)})
    often = max(3, len(pages) / 2)
    story: list[str] = []
    furniture: list[str] = []
    for page in pages:
        cut = {i for i in _edges(page) if seen[_key(page[i])] >= often}
        cut |= {i for i in _edges(page) if _PAGE_NUMBER.fullmatch(page[i])}
        furniture += [page[i] for i in sorted(cut)]
        story += [line for i, line in enumerate(page) if i not in cut]
    return story, furniture


def _edges(page: list[str]) -> list[int]:
    """Numbers of the lines at the top and bottom of a page."""
    filled = [i for i, line in enumerate(page) if line]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def _paragraphs(lines: list[str]) -> list[str]:
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if line:
            if before and not _ends(before, width) and not _LIST_ITEM.match(line):
                paragraphs[-1] = _joined(paragraphs[-1], line)
            else:
                paragraphs.append(line)
        before = line
    return paragraphs


def _ends(line: str, width: int) -> bool:
    """Whether a line is the last of its paragraph."""
    share = 0.9 if _SENTENCE_END.search(line) else 0.65
    return len(line) < share * width and not _DIVIDED.search(line)


def _joined(text: str, line: str) -> str:
    divided, tail = _DIVIDED.search(text), _FIRST_WORD.match(line)
    if not divided or not tail or not line[0].islower():
        return f"{text} {line}"
    parts = divided[1].lower(), tail.group()
    whole = "".join(parts) in common_words()
    # “wellknown” is in large lists, too; but there “well” and “known” are words as well.
    whole = whole or (is_listed("".join(parts)) and not all(p in common_words() for p in parts))
    return (text[:-1] if whole else text.removesuffix("\u00ad")) + line


def _protected(name: str) -> DocumentError:
    return DocumentError(
        name, "is protected with a password", "Save a copy without protection, or its text as .txt"
    )


def _unpacks(name: str) -> DocumentError:
    return DocumentError(
        name, "unpacks to more text than is read", "Split it, or save the article's text as .txt"
    )
