"""Web pages saved to disk: main text, title and date by trafilatura; nothing is fetched or run."""

from __future__ import annotations

import re
from typing import Any

from analysis import formats
from analysis.files import File, silenced
from analysis.limits import Limits
from analysis.reading import DocumentError, Extract, decode

# The tree of a page takes some thirty times its size in memory.
PAGE_BYTES = 10 * 2**20
# Characters of a story beside which looking for each piece of the page would take long.
_BOOK = 300_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,40})""", re.I)
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object")
_WORDS = "//text()[not(ancestor::head)]"
# Only dates the page itself states: a guessed one would decide who held office.
_DATES = {"original_date": True, "extensive_search": False}


def read_page(file: File, limits: Limits) -> Extract:
    """The story of a web page.

    Parameters
    ----------
    file : File
    limits : Limits

    Returns
    -------
    Extract
        ``raw`` is the title and the main text, one paragraph each, blank lines between them;
        ``meta["page_furniture"]`` lists the other words of the page in their order (not for a
        page as long as a book).

    Raises
    ------
    DocumentError
        If the page is empty, damaged, too large or has no main text.
    """
    data = file.read(min(limits.file_bytes, PAGE_BYTES))
    formats.require_format(data, formats.PAGE, file.name)
    markup = _decoded(data, file.name)
    if "<" not in markup:
        raise DocumentError(
            file.name, "holds no HTML", "Let its name end with .txt if it is plain text"
        )
    try:
        found, about, words = _extracted(markup)
    except Exception:  # a damaged page can make the parser fail in any way
        raise DocumentError(
            file.name, "is a damaged web page", "Copy the article's text into a .txt file"
        ) from None
    story = [" ".join(line.split()) for line in (found.text or "").split("\n")] if found else []
    story = [_row(line) for line in story if line]
    if not story:
        raise DocumentError(
            file.name,
            "has no main text that can be told from the rest of the page",
            "Copy the article's text into a .txt file",
        )
    title = " ".join((about.title or "").split())
    if title and title not in story[:3]:
        story.insert(0, title)
    whole = " ".join(story)
    meta: dict[str, Any] = {}
    if len(whole) <= _BOOK:
        meta["page_furniture"] = tuple(w for w in dict.fromkeys(words) if w not in whole)
    for key, value in (("author", about.author), ("publisher", about.sitename)):
        if value:
            meta[key] = str(value)
    return Extract("\n\n".join(story) + "\n", title=title, date=about.date or "", meta=meta)


def _extracted(markup: str) -> tuple[Any, Any, list[str]]:
    """Story and metadata as trafilatura finds them, and all words that a reader sees."""
    from trafilatura import bare_extraction, extract_metadata
    from trafilatura.utils import load_html

    with silenced("trafilatura"):
        tree = load_html(markup)
        if tree is None:
            return None, None, []
        about = extract_metadata(tree, date_config=_DATES)
        # Only now: scripts may state title and date, but trafilatura would also take text, with
        # whatever code is in it, from the data that a script holds for search engines.
        for element in tree.xpath("|".join(f"//{name}" for name in _UNSEEN)):
            element.drop_tree()
        words = [w for piece in tree.xpath(_WORDS) if (w := " ".join(piece.split()))]
        return bare_extraction(tree, include_comments=False), about, words


def _row(line: str) -> str:
    """A row of a table without the marks that trafilatura draws around its cells."""
    if not line.startswith("| "):
        return line
    return "\t".join(cell.strip() for cell in line.strip("| ").split(" | "))


def _decoded(data: bytes, name: str) -> str:
    """The characters of a page: as it states, if that fits, else as its bytes suggest."""
    stated = _CHARSET.search(data[:4096])
    if stated and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = stated[1].decode("ascii").lower()
        # Browsers read Latin-1 as Windows-1252, and so do the writers of pages.
        encoding = "cp1252" if encoding in {"iso-8859-1", "latin-1", "ascii"} else encoding
        try:
            return decode(data, name, encoding)
        except DocumentError:
            pass
    return decode(data, name)
