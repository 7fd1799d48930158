"""Which format a file is in: by the end of its name, by its first bytes, and whether both agree."""

from __future__ import annotations

from pathlib import PurePath

from analysis.reading import DocumentError, empty

PLAIN, PAGE, WORD, PDF, ARCHIVE = "plain text", "a web page", "a Word file", "a PDF", "a zip file"
CSV, JSONL, PARQUET = "a CSV table", "a JSON Lines table", "a Parquet table"
TABLES = frozenset({CSV, JSONL, PARQUET})

BY_SUFFIX = {
    ".txt": PLAIN, ".md": PLAIN, ".html": PAGE, ".htm": PAGE, ".xhtml": PAGE, ".docx": WORD,
    ".pdf": PDF, ".csv": CSV, ".tsv": CSV, ".jsonl": JSONL, ".ndjson": JSONL,
    ".parquet": PARQUET, ".zip": ARCHIVE,
}  # fmt: skip
_SUFFIX = {form: suffix for suffix, form in reversed(BY_SUFFIX.items())}

_AS_WORD = "Open it in Word or LibreOffice and save it as .docx"
_AS_TABLE = "Save the sheet with the texts as .csv"
_AS_ZIP = "Unpack it, or pack the documents as .zip"
_AS_TEXT = "Save the article as plain text (.txt)"
# What somebody may take for a document: listed, not read.
_REMEDIES = {
    **dict.fromkeys([".doc", ".docm", ".dotx", ".odt", ".rtf", ".pages", ".wpd"], _AS_WORD),
    **dict.fromkeys([".xls", ".xlsx", ".xlsm", ".ods", ".numbers"], _AS_TABLE),
    **dict.fromkeys([".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".7z", ".rar"], _AS_ZIP),
    **dict.fromkeys([".epub", ".mobi", ".eml", ".msg", ".mht", ".mhtml", ".xml"], _AS_TEXT),
    ".json": "Save it as .jsonl, one object per line",
}
_MAGIC = (
    (b"%PDF", PDF),
    (b"PK\x03\x04", ARCHIVE),
    (b"PK\x05\x06", ARCHIVE),
    (b"PAR1", PARQUET),
    (b"\xd0\xcf\x11\xe0", "an old or protected Word or Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
)
_CONTENT_REMEDIES = {
    "an old or protected Word or Office file": "Open it in Word, remove its password if it has "
    "one, and save it as .docx, or save the sheet with the texts as .csv",
    "an RTF file": _AS_WORD,
    "a gzip file": _AS_ZIP,
    "a 7z archive": _AS_ZIP,
    "a RAR archive": _AS_ZIP,
}
_DAMAGED = "It is damaged or has the wrong ending; save or download it again"


def named_format(name: str) -> str | None:
    """The format that the end of a file's name states, or None."""
    return BY_SUFFIX.get(PurePath(name).suffix.lower())


def unread_format(name: str) -> DocumentError | None:
    """The error for a file of a kind that may hold text and is not read; None for others."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _REMEDIES:
        return None
    return DocumentError(name, f"is a {suffix} file, which is not read", _REMEDIES[suffix])


def content_format(data: bytes) -> str:
    """The format of a file without a known ending, from its content.

    Parameters
    ----------
    data : bytes
        The whole file, or its beginning.
    """
    found = _magic(data)
    if found == ARCHIVE and b"word/document.xml" in data:
        return WORD
    if found in _SUFFIX:
        return found
    return JSONL if _start(data).startswith((b'{"', b'{ "')) else PLAIN


def require_format(data: bytes, form: str, name: str) -> None:
    """Refuse a file whose content is evidently of another format than its name states.

    Parameters
    ----------
    data : bytes
        The file, or its beginning.
    form : str
        One of this room's formats.
    name : str
        What to call the file in a message.

    Raises
    ------
    DocumentError
        If it is empty, or naming both formats, and the remedy.
    """
    if not data.strip():
        raise empty(name)
    found = _magic(data)
    if form == PDF and not found and b"%PDF-" in data[:1024]:
        found = PDF  # some programs write a few bytes before it
    packed = ARCHIVE if form == WORD else form
    if found == packed or (not found and packed not in {PDF, ARCHIVE, PARQUET}):
        return
    if not found:
        raise DocumentError(name, f"is not {form}", _DAMAGED)
    if found == ARCHIVE:
        raise DocumentError(
            name,
            f"is a Word, OpenDocument or zip file, not {form}",
            "Let its name end with .docx or .zip",
        )
    suffix = _SUFFIX.get(found)
    remedy = f"Let its name end with {suffix}" if suffix else _CONTENT_REMEDIES.get(found, _AS_TEXT)
    raise DocumentError(name, f"is {found}, not {form}", remedy)


def _magic(data: bytes) -> str:
    """The format that the first bytes prove; empty if they prove none."""
    if _start(data).startswith((b"<!doctype html", b"<html")):
        return PAGE
    return next((form for mark, form in _MAGIC if data.startswith(mark)), "")


def _start(data: bytes) -> bytes:
    return data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
