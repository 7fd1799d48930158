"""Read the characters of a file: its encoding, its front matter, and whether it is English."""

from __future__ import annotations

import codecs
import datetime
import re
import tomllib
from pathlib import Path

import yaml

SIZE_LIMIT = 50 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3", "a database"),
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


class DocumentError(ValueError):
    """A document that cannot be read: one message naming the file and the remedy."""


def read_text(path: Path, encoding: str | None = None) -> str:
    """The characters of a file, line ends as they are.

    Parameters
    ----------
    path : Path
    encoding : str, optional
        Name of the encoding; found from the bytes if not given.

    Returns
    -------
    str
        The whole file decoded, without a byte order mark.

    Raises
    ------
    DocumentError
        If the file is missing, empty, too large, not text, or its encoding is unknown.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DocumentError(f"{path} is a folder. Name a text file, or read it as a corpus.")
        if size > SIZE_LIMIT:
            raise DocumentError(
                f"{path} has {size / 2**20:.0f} MB; the limit is {SIZE_LIMIT // 2**20} MB. "
                "Split it into one file per article."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file. Check the name and the folder.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(f"{path} cannot be opened ({reason}). Check its permissions.") from None
    if not data.strip():
        raise DocumentError(f"{path} is empty. Save the article's text in it.")
    text = _decode(path, data, encoding)
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise DocumentError(f"{path} is empty. Save the article's text in it.")
    return text


def _decode(path: Path, data: bytes, encoding: str | None) -> str:
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            raise DocumentError(
                f"{path} is not {encoding} text. Leave the encoding out, or save it as UTF-8."
            ) from None
    kind = next((name for magic, name in _FORMATS if data.startswith(magic)), "")
    if kind:
        raise DocumentError(f"{path} is {kind}, not text. Save the article as plain text (.txt).")
    text = _decoded(data)
    if text is None or len(_CONTROLS.findall(text[:100_000])) > 0.01 * min(len(text), 100_000):
        if b"\x00" in data or text is not None:
            raise DocumentError(
                f"{path} is a binary file, not text. Save the article as plain text (.txt)."
            )
        raise DocumentError(f"{path}: its encoding is not recognised. Save it as UTF-8.")
    return text


def _decoded(data: bytes) -> str | None:
    """The text of some bytes, or None if no encoding fits."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name).removeprefix("\ufeff")
            except UnicodeError:
                return None
    if b"\x00" in data:
        return _decoded_wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    candidates = []
    for name in ("cp1252", "mac_roman"):
        try:
            candidates.append(data.decode(name))
        except UnicodeDecodeError:
            continue
    foreign = sum(byte > 127 for byte in data[:100_000]) / min(len(data), 100_000)
    if candidates and foreign < 0.08:
        # A mostly ASCII text: the table under which the other characters make sense.
        return max(candidates, key=_sense)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except UnicodeError:
            pass
    return None


def _decoded_wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of English is zero."""
    sample = data[:10_000]
    for name, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if sample[zeros::2].count(0) > 0.7 * len(sample[zeros::2]) and not sample[letters::2].count(
            0
        ):
            try:
                return data.decode(name)
            except UnicodeError:
                return None
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
            f"{name}: the front matter has no end. Close it with a line of three hyphens (---)."
        )
    block = raw[opening.end() : end].rstrip().removesuffix("---").removesuffix("...")
    try:
        # Everything stays text: an id of 007 or a date is not to become a number.
        data = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 2}" if mark else ""
        raise DocumentError(
            f"{name}: the front matter is not valid YAML{where}. "
            "Put values that hold a colon or quotation marks in quotes."
        ) from None
    except RecursionError:
        raise DocumentError(f"{name}: the front matter is nested too deeply.") from None
    if not isinstance(data, dict):
        raise DocumentError(f"{name}: the front matter is no list of 'key: value' lines.")
    return end, {str(key).strip().lower(): value for key, value in data.items()}


def read_sidecar(path: Path) -> dict:
    """The metadata in the ``.toml`` file beside an article; empty if there is none."""
    beside = path.with_suffix(".toml")
    try:
        return tomllib.loads(beside.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(
            f"{beside} is not valid TOML ({error}). Correct or remove it."
        ) from None
    except OSError as error:
        raise DocumentError(f"{beside} cannot be opened ({error.strerror}).") from None


def iso_date(value: object, name: str) -> str:
    """A date as ISO text (``YYYY-MM-DD``); ``""`` for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    try:
        return datetime.datetime.fromisoformat(str(value).strip()).date().isoformat()
    except ValueError:
        raise DocumentError(
            f"{name}: the date {str(value)[:40]!r} is not understood. Write it as 2022-12-09."
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
            f"{name} is not English (found: {language}). Only English texts can be analysed; "
            "translate it first, or remove it from the folder."
        )
