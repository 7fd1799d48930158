"""Read the characters of a file: its encoding, its front matter, and whether it is English."""

from __future__ import annotations

import codecs
import datetime
import re
import tomllib
from dataclasses import dataclass, field

import yaml

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Marks and letters of English news that are not ASCII, against what a wrong table gives.
_LIKELY = frozenset("‘’“”–—…•·«»£€©®°½éèêëàâáãåäçñíïóôöøúüßŽžšćčłışğ\u00a0")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_FRONT_OPEN = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_FRONT_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_KEY_LINE = re.compile(r"\s*[A-Za-z_][\w -]*:(?:\s|$)")

# Frequent in English and in no neighbour language ("in", "on", "was", "is" are left out).
_ENGLISH = frozenset(
    "the of and to that for with as by at from his her he she it its be has have had are were been"
    " not this which who will would said they their but or an after about than more new other when"
    " what we you i our your can could there out up if into no all".split()
)
_WORDS = re.compile(r"[^\W\d_]+")
_DATE_FORMS = (
    *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y"),
    *("%Y/%m/%d", "%Y-%m-%d %H:%M:%S %Z"),
)
_LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "ku": "Kurdish", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def _one_line(name: str) -> str:
    """A name in which nothing can break the line of a message."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


class DocumentError(ValueError):
    """A document that cannot be read: one message naming the file and the remedy.

    Parameters
    ----------
    file : str or Path
        What cannot be read; the whole message if nothing else is given.
    reason : str
        What is wrong with it: goes on after the name, has no full stop.
    remedy : str
        What the reader can do, as a sentence without its full stop.
    """

    def __init__(self, file: object, reason: str = "", remedy: str = "") -> None:
        self.file, self.reason, self.remedy = _one_line(str(file)), reason, remedy
        super().__init__(self.file, reason, remedy)

    def __str__(self) -> str:
        if not self.reason:
            return self.file
        gap = "" if self.reason.startswith(":") else " "
        return f"{self.file}{gap}{self.reason}. " + (f"{self.remedy}." if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, an entry of an archive or a row of a table that was not read.

    Attributes
    ----------
    file : str
        Path, with ``archive.zip/entry`` and ``table.csv, line 3`` for what lies within.
    reason, remedy : str
        What is wrong with it, and what can be done.
    """

    file: str
    reason: str
    remedy: str = ""

    @classmethod
    def of(cls, error: DocumentError) -> Unreadable:
        """What an error says."""
        return cls(error.file, error.reason, error.remedy)

    def __str__(self) -> str:
        return str(DocumentError(self.file, self.reason, self.remedy)).rstrip()


@dataclass(frozen=True, slots=True)
class Extract:
    """The text taken out of a file, and what the file says about it.

    Attributes
    ----------
    raw : str
        What offsets count in.
    id, title, language : str
        ``""`` where the file does not say.
    date : object
        Text, date or None; ``iso_date`` reads it.
    meta : dict
        What else the file says.
    """

    raw: str
    id: str = ""
    title: str = ""
    date: object = ""
    language: str = ""
    meta: dict = field(default_factory=dict)


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """The characters of a text file, line ends as they are.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        What to call it in a message.
    encoding : str, optional
        Name of the encoding; found from the bytes if not given.

    Returns
    -------
    str
        Without a byte order mark.

    Raises
    ------
    DocumentError
        If the file is empty, not text, or its encoding is unknown.
    """
    if not data.strip():
        raise empty(name)
    if encoding:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            raise DocumentError(
                name, f"is not {encoding} text", "Leave the encoding out, or save it as UTF-8"
            ) from None
    else:
        text = _decoded(data)
        controls = 0 if text is None else len(_CONTROLS.findall(text[:100_000]))
        if (text is None and b"\x00" in data) or controls > 0.01 * len((text or "")[:100_000]):
            raise DocumentError(
                name, "is a binary file, not text", "Save the article as plain text (.txt)"
            )
        if text is None:
            raise unknown_encoding(name)
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise empty(name)
    return text


def empty(name: str) -> DocumentError:
    """The error for a file without text."""
    return DocumentError(name, "is empty", "Save the article's text in it")


def unknown_encoding(name: str) -> DocumentError:
    """The error for bytes that no encoding fits."""
    return DocumentError(name, ": its encoding is not recognised", "Save it as UTF-8")


def find_encoding(data: bytes) -> str | None:
    """Name of the encoding of some bytes, or None if none fits.

    A byte order mark decides, then UTF-8; for the rest the table under which the other
    characters make sense is taken, or the guess of charset-normalizer.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name if _fits(data, name) else None
    if b"\x00" in data:
        return _wide_encoding(data)
    if _fits(data, "utf-8"):
        return "utf-8"
    candidates = [name for name in ("cp1252", "mac_roman") if _fits(data, name)]
    foreign = sum(byte > 127 for byte in data[:100_000]) / max(1, min(len(data), 100_000))
    if candidates and foreign < 0.08:
        # A mostly ASCII text: the table under which the other characters make sense.
        return max(candidates, key=lambda name: _sense(data.decode(name)))
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    return best.encoding if best is not None and _fits(data, best.encoding) else None


def _decoded(data: bytes) -> str | None:
    if b"\x00" not in data:
        try:
            return data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass
    encoding = find_encoding(data)
    return None if encoding is None else data.decode(encoding).removeprefix("\ufeff")


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of English is zero."""
    sample = data[:10_000]
    for name, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if sample[zeros::2].count(0) > 0.7 * len(sample[zeros::2]) and not sample[letters::2].count(
            0
        ):
            return name if _fits(data, name) else None
    return None


def _sense(text: str) -> float:
    found = [c for c in text[:100_000] if c > "\x7f"]
    return sum(c in _LIKELY for c in found) / max(1, len(found))


def front_matter_end(raw: str) -> int:
    """Where the front matter of a file ends (after its closing line); 0 if there is none."""
    opening = _FRONT_OPEN.match(raw)
    if not opening or not _KEY_LINE.match(raw, opening.end()):
        return 0
    closing = _FRONT_CLOSE.search(raw.replace("\r\n", " \n").replace("\r", "\n"), opening.end())
    return closing.end() if closing else 0


def read_front_matter(raw: str, name: str) -> tuple[int, dict]:
    """The metadata between the ``---`` lines a file begins with.

    Parameters
    ----------
    raw : str
        The whole file.
    name : str
        What to call the file in a message.

    Returns
    -------
    (int, dict)
        Where the front matter ends in ``raw``, and its keys (lower case) with values as
        text or lists of text; ``(0, {})`` without front matter.

    Raises
    ------
    DocumentError
        If the front matter has no closing line or is not valid YAML.
    """
    opening = _FRONT_OPEN.match(raw)
    if not opening or not _KEY_LINE.match(raw, opening.end()):
        return 0, {}
    end = front_matter_end(raw)
    if not end:
        raise DocumentError(
            name, ": the front matter has no end", "Close it with a line of three hyphens (---)"
        )
    block = raw[opening.end() : end].rstrip().removesuffix("---").removesuffix("...")
    try:
        # Everything stays text: an id of 007 or a date is not to become a number.
        data = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 2}" if mark else ""
        raise DocumentError(
            name,
            f": the front matter is not valid YAML{where}",
            "Put values that hold a colon or quotation marks in quotes",
        ) from None
    except RecursionError:
        raise DocumentError(
            name, ": the front matter is nested too deeply", "Write 'key: value' lines"
        ) from None
    if not isinstance(data, dict):
        raise DocumentError(
            name, ": the front matter is no list of 'key: value' lines", "Write it as such a list"
        )
    return end, {str(key).strip().lower(): value for key, value in data.items()}


def read_sidecar(data: bytes, name: str) -> dict:
    """The metadata in the ``.toml`` file beside an article.

    Raises
    ------
    DocumentError
        If it is not valid TOML.
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentError(name, f"is not valid TOML ({error})", "Correct or remove it") from None


def iso_date(value: object, name: str) -> str:
    """A date as ISO text (``YYYY-MM-DD``); ``""`` for none.

    Read are dates and times, ISO text, a day with the month in words (``9 December 2022``,
    ``Dec 9, 2022``) and the dates of mail and feeds. ``09/12/2022`` has two readings and is
    refused.

    Raises
    ------
    DocumentError
        If the date is not understood.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = " ".join(str(value).split())
    try:
        return datetime.datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    for form in _DATE_FORMS:
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        raise DocumentError(
            name, f": the date {text[:40]!r} is not understood", "Write it as 2022-12-09"
        ) from None


def require_english(text: str, name: str) -> None:
    """Raise if a text is clearly in another language than English.

    Short texts, lists of names and English with much foreign matter pass: only where
    English function words are all but absent is the language model of py3langid asked.

    Raises
    ------
    DocumentError
        Naming the language found.
    """
    words = [w.casefold() for w in _WORDS.findall(text[:20_000])]
    letters = sum(map(len, words))
    if len(words) < 25 and not (letters > 100 and not text[:20_000].isascii()):
        return
    if sum(w in _ENGLISH for w in words) >= 0.12 * len(words):
        return
    import py3langid

    found, _ = py3langid.classify(text[:20_000])
    if found != "en":
        language = _LANGUAGES.get(found, f"language code {found!r}")
        raise DocumentError(
            name,
            f"is not English (found: {language})",
            "Only English texts can be analysed; translate it first, or leave it out",
        )
