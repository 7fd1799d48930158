"""Find words that a synonym program damaged, and the word that stood there."""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from math import log10
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "data" / "substitutions.toml"

# How common a restored word must be, on the Zipf scale (log10 of occurrences per billion
# words; van Heuven et al. 2014): at 3.2 it is in any newspaper, at 4.7 in any conversation.
_COMMON = 3.2
_FAMILIAR = 3.8
_PREFIXED = 4.2
_EVERYDAY = 4.7
_PER_LETTER = 0.4

_ENDINGS = {"s", "es", "ed", "er", "ers", "ing", "ings", "ly"}
_ENDINGS_AFTER_E = {"d", "r", "rs", "s"}
_PREFIXES = tuple(
    "un re non over under out mis dis pre post anti co sub super inter multi mega ultra semi"
    " counter self".split()
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Gen|Sen|Gov|Rep|Lt|Col|Adm|Amb|St|Prof|Rev|Capt|Sgt|Maj|Pres|Hon|Fr"
    r"|[A-Z])\.\s*$"
)
# Frequent in a quotation in another language, hardly ever in English news.
_FOREIGN = frozenset(
    "der das und nicht mit ist les des une sont est pour dans aux avec qui que del las los por para"
    " una che della".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:\d{1,2}[^\W\d_]+)?")
_GAP = re.compile(r"[ \t\u00a0]|\r\n|\n|\r")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:][\"”’')\]]*\s|[\r\n])[\s\"“‘'(\[•–—-]*$")


def find_substitutions(text: str) -> list[tuple[int, int, str]]:
    """Damaged words of a text and the words to put back.

    A synonym program replaces strings, so a short word inside a longer one is replaced too.
    A token that is no English word, but holds a usual substitute of a common word, is taken
    for such damage if the common word put back gives an English word known to everybody.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (int, int, str)
        Offsets into ``text``, end exclusive, and the word that stood there; in order.
    """
    common = common_words()
    found: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        lower = word.lower()
        if lower in common or not 4 <= len(word) <= 40 or not word.isascii():
            continue
        if not _is_plain(text, match.start(), match.end(), word):
            continue
        best = _restore(text, match.start(), match.end(), lower)
        if best is None:
            continue
        start, end, restored = best
        if (found and start < found[-1][1]) or _in_foreign_words(text, start, end):
            continue
        if text[start].isupper():
            restored = restored.capitalize()
        found.append((start, end, restored))
    return found


def _is_plain(text: str, start: int, end: int, word: str) -> bool:
    """Whether a token may be damage: no name, acronym, number, compound or contraction."""
    if not (word.islower() or (word[0].isupper() and word[1:].islower())):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before in "-'’@#/\\.&_‑" or before.isdigit()):
        return False
    if after and (after in "-@/\\&_‑" or after.isdigit()):
        return False
    if after in {"'", "’"} and not re.match(r"s?\b", text[end + 1 : end + 3]):
        return False
    if after == "." and text[end + 1 : end + 2].isalnum():
        return False
    if word.islower():
        return True
    lead = text[max(0, start - 40) : start]
    return bool(_SENTENCE_START.search(lead)) and not _TITLE.search(lead)


def _in_foreign_words(text: str, start: int, end: int) -> bool:
    before = _WORD.findall(text[max(0, start - 25) : start])[-2:]
    after = _WORD.findall(text[end : end + 25])[:2]
    return any(word.lower() in _FOREIGN for word in before + after)


def _restore(text: str, start: int, end: int, token: str) -> tuple[int, int, str] | None:
    """The likeliest undamaged word for a token, with the span it takes in ``text``."""
    common = common_words()
    best: tuple[float, int, int, str] | None = None
    for left, right, candidate, substitute in _candidates(text, start, end, token):
        frequency = common.get(candidate, 0.0)
        if frequency < _needed(token, substitute, capital=text[start].isupper()):
            continue
        # A long substitute does not stand in a word by chance; a short one may.
        score = frequency + _PER_LETTER * len(substitute)
        if best is None or score > best[0]:
            best = (score, left, right, candidate)
    if best is None:
        return None
    # A rare word is no damage, unless the words beside it belong to the substitute too.
    beside = best[1] != start or best[2] != end
    return None if not beside and is_listed(token) else best[1:]


def _needed(token: str, substitute: str, *, capital: bool) -> float:
    """How common a restored word must be for a token to count as damage.

    The more the token looks like something else (a rare but regular form, a name at the
    start of a sentence), the commoner the word must be.
    """
    if capital and len(substitute) < 4:
        return 9.0
    if _is_inflected(token, substitute):
        return _EVERYDAY
    if _is_prefixed(token):
        return _PREFIXED
    if capital or len(substitute) < 4:
        return _FAMILIAR
    return _COMMON


def _is_inflected(token: str, substitute: str) -> bool:
    """Whether a token is an English form of the substitute ("usuals")."""
    ending = token.removeprefix(substitute)
    if ending == token:
        return False
    return ending in (_ENDINGS_AFTER_E if substitute.endswith("e") else _ENDINGS)


def _is_prefixed(token: str) -> bool:
    """Whether a token is a known word with a prefix that English puts anywhere ("relook")."""
    return any(token.startswith(p) and token[len(p) :] in common_words() for p in _PREFIXES)


def _candidates(text: str, start: int, end: int, token: str) -> Iterator[tuple[int, int, str, str]]:
    _, by_last, by_first = _table()
    for candidate, substitute in _candidates_within(token):
        yield start, end, candidate, substitute
    # A substitute of several words: its last word begins the token …
    for j in range(1, len(token) + 1):
        for words, original in by_last.get(token[:j], ()):
            begin, prefix = _words_before(text, start, words[:-1])
            if begin is not None and (prefix or j < len(token)):
                yield begin, end, prefix + original + token[j:], " ".join(words)
    # … or its first word ends it ("smany times").
    for i in range(1, len(token)):
        for words, original in by_first.get(token[i:], ()):
            finish, suffix = _words_after(text, end, words[1:])
            if finish is not None:
                yield start, finish, token[:i] + original + suffix, " ".join(words)


@lru_cache(maxsize=20_000)
def _candidates_within(token: str) -> tuple[tuple[str, str], ...]:
    """Common words that a token gives with one substitute in it put back."""
    single = _table()[0]
    common = common_words()
    found = []
    for i in range(len(token)):
        for j in range(i + 2, len(token) + 1):
            piece = token[i:j]
            for original in single.get(piece, ()):
                found.append((token[:i] + original + token[j:], piece))
                found.append((token.replace(piece, original), piece))
    return tuple(dict.fromkeys(pair for pair in found if pair[0] in common))


def _words_before(text: str, at: int, words: tuple[str, ...]) -> tuple[int | None, str]:
    """Where ``words`` stand directly before ``at``, and letters stuck to the first of them."""
    for word in reversed(words[1:]):
        gap = _gap_before(text, at)
        if gap is None or text[gap - len(word) : gap].lower() != word:
            return None, ""
        at = gap - len(word)
    gap = _gap_before(text, at)
    first = words[0]
    if gap is None or text[max(0, gap - len(first)) : gap].lower() != first:
        return None, ""
    begin = gap - len(first)
    stuck = begin
    while stuck > 0 and text[stuck - 1].isalpha() and begin - stuck < 30:
        stuck -= 1
    return stuck, text[stuck:begin].lower()


def _gap_before(text: str, at: int) -> int | None:
    if at >= 2 and text[at - 2 : at] == "\r\n":
        return at - 2
    return at - 1 if at >= 1 and _GAP.fullmatch(text, at - 1, at) else None


def _words_after(text: str, at: int, words: tuple[str, ...]) -> tuple[int | None, str]:
    """Where ``words`` directly after ``at`` end, and letters stuck to the last of them."""
    for word in words:
        gap = _GAP.match(text, at)
        if not gap or text[gap.end() : gap.end() + len(word)].lower() != word:
            return None, ""
        at = gap.end() + len(word)
        if word is not words[-1] and text[at : at + 1].isalpha():
            return None, ""
    stuck = at
    while stuck < len(text) and text[stuck].isalpha() and stuck - at < 30:
        stuck += 1
    return stuck, text[at:stuck].lower()


@cache
def _table() -> tuple[dict, dict, dict]:
    """Substitutes of one word, and those of several by their last and by their first word."""
    single: dict[str, list[str]] = {}
    by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    with TABLE.open("rb") as file:
        entries = tomllib.load(file)["substitutes"]
    for original, listed in entries.items():
        for substitute in dict.fromkeys(s.strip().lower() for s in listed.split(",")):
            words = tuple(substitute.split())
            if len(words) == 1:
                single.setdefault(substitute, []).append(original)
            elif words:
                by_last.setdefault(words[-1], []).append((words, original))
                by_first.setdefault(words[0], []).append((words, original))
    return single, by_last, by_first


@cache
def common_words() -> dict[str, float]:
    """Zipf frequency of every word of the smaller list of wordfreq (about 29 000 words)."""
    from wordfreq import get_frequency_dict, get_frequency_list

    found = {word: log10(f) + 9 for word, f in get_frequency_dict("en", "small").items()}
    for kept in (get_frequency_dict, get_frequency_list):
        kept.cache_clear()  # of no more use, and larger than what was made of them
    return found


@cache
def _packed_words() -> bytes:
    """The larger list of wordfreq (320 000 words), unzipped but not unpacked: 3 MB, not 35."""
    from wordfreq import available_languages

    return gzip.decompress(Path(available_languages("large")["en"]).read_bytes())


@cache
def is_listed(word: str) -> bool:
    """Whether even the larger list has a word; asked only of the few likely damaged ones."""
    letters = word.encode()
    # MessagePack writes a string of under 32 bytes as its length and its bytes.
    mark = bytes([0xA0 | len(letters)]) if len(letters) < 32 else bytes([0xD9, len(letters)])
    return mark + letters in _packed_words()
