"""The words a term is made of: what counts as a word, as a phrase, and where it occurs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

# scikit-learn's list takes these for function words; here they carry content ("open fire", "air
# defence system", "UN"). On that list: Nothman, Qin and Yurchak (2018), "Stop word lists in free
# open-source software packages".
_CONTENT_WORDS = frozenset(
    "amount bill bottom call cry describe detail empty fill fire front full interest mill move "
    "serious side sincere system thick thin top un".split()
)
_NEGATED = (
    "ain aren can couldn didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn "
    "weren won wouldn"
)
_PRONOUNS = "i you he she it we they that there who what"
_FUNCTION_WORDS = frozenset(
    ["did", "does", "doing", "having", "theirs"]  # missing from scikit-learn's list
    + [f"{word}'t" for word in _NEGATED.split()]
    + [f"{word}'{end}" for word in _PRONOUNS.split() for end in ("ll", "re", "ve", "d", "m")]
)
STOP_WORDS = (ENGLISH_STOP_WORDS - _CONTENT_WORDS) | _FUNCTION_WORDS

# An acronym with full stops, a word (hyphens and apostrophes inside belong to it), or a mark that
# ends a phrase. Quotation marks end nothing: “killer” drones is a phrase.
_WORD_OR_END = r"\w+(?:[-']\w+)*|[^\w\s'\"“”„«»‹›‘]"
_TOKEN = re.compile(rf"[^\W\d]\.(?:[^\W\d]\.)+|{_WORD_OR_END}")
_TOKEN_WITHOUT_STOPS = re.compile(_WORD_OR_END)  # the same, faster, for text without a full stop
_PRONOUN_OR_COUNTRY = "US"  # lower-cased it would be the pronoun, and a stop word


def _plain(text: str) -> str:
    """Curly apostrophes, typographic hyphens, underscores made plain; every offset stays."""
    if "_" in text:
        text = text.replace("_", " ")
    if text.isascii():
        return text
    return text.replace("’", "'").replace("ʼ", "'").replace("‐", "-").replace("‑", "-")


def _tokens(text: str) -> list[str]:
    text = _plain(text)
    return (_TOKEN if "." in text else _TOKEN_WITHOUT_STOPS).findall(text)


def _form(token: str) -> str:
    """Return the form a token is counted under: lower case, possessive 's cut."""
    if token[-2:] in ("'s", "'S"):
        token = token[:-2]
    if len(token) > 1 and token[1] == "." and token[-1] == ".":
        token = token.replace(".", "")
        return "u.s." if token.upper() == _PRONOUN_OR_COUNTRY else token.lower()
    return "u.s." if token == _PRONOUN_OR_COUNTRY else token.lower()


def _is_word(form: str) -> bool:
    return len(form) > 1 and any(map(str.isalpha, form))


def occurrences(text: str, term: str) -> list[tuple[int, int]]:
    """Find a term in a text by the same rules that count it.

    Parameters
    ----------
    text : str
    term : str
        A word or a phrase, in any case; words of a phrase are separated by white space.

    Returns
    -------
    list of (int, int)
        Offsets into ``text``, end exclusive, left to right; a possessive ’s is left out.
        White space and quotation marks may stand between the words of a phrase.
    """
    wanted = [_form(token) for token in _tokens(term)]
    if not wanted:
        return []
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(_plain(text))]
    forms = [_form(token) for _, token in tokens]
    found = []
    for i in range(len(forms) - len(wanted) + 1):
        if forms[i] == wanted[0] and forms[i : i + len(wanted)] == wanted:
            start, last = tokens[i + len(wanted) - 1]
            end = start + len(last) - (2 if last[-2:] in ("'s", "'S") else 0)
            found.append((tokens[i][0], end))
    return found


def word_count(text: str) -> int:
    """Return the number of words of a text, function words and numbers included."""
    return sum(token[0].isalnum() for token in _tokens(text))


class _Words(dict):
    """Token to counted form, "" for what is not counted; each token is looked at once."""

    def __init__(self, dropped: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.dropped = dropped

    def __missing__(self, token: str) -> str:
        form = _form(token)
        form = form if _is_word(form) and form not in self.dropped else ""
        self[token] = form
        return form


@lru_cache(maxsize=16)
def _words_without(dropped: frozenset[str]) -> _Words:
    return _Words(dropped)


class TermAnalyzer:
    """Text to terms; the ``analyzer`` of a scikit-learn ``CountVectorizer``.

    Words are lower-cased, curly apostrophes read as straight ones, a possessive ’s is cut,
    hyphenated words stay whole (large-scale, su-35s), bare numbers and single letters are left
    out. “US” and “U.S.” in capitals are the term ``u.s.``, apart from the pronoun. A phrase is a
    run of counted words that are neighbours in the text: it never crosses a function word, a
    number or a punctuation mark other than quotation marks, so each phrase counted can be found.

    Parameters
    ----------
    ngram_range : (int, int)
        Shortest and longest phrase in words.
    stop_words : "english", None or iterable of str
        ``"english"`` is scikit-learn's list with common contractions, without words that carry
        content in political news (fire, system, side, …).
    exclude : iterable of str, or object with ``find(text)``
        Words and phrases never counted, such as the names of the parties. An object such as
        ``analysis.parties.Parties``, whose ``find`` returns mentions with ``start`` and ``end``,
        leaves out every mention it finds: parties, seats, demonyms, institutions and persons.
    """

    def __init__(
        self,
        ngram_range: tuple[int, int] = (1, 2),
        stop_words: str | Iterable[str] | None = "english",
        exclude: Iterable[str] | Any = (),
    ) -> None:
        self.shortest, self.longest = ngram_range
        if not 1 <= self.shortest <= self.longest:
            raise ValueError(f"ngram_range must be 1 <= shortest <= longest, not {ngram_range}")
        if stop_words == "english":
            stops = STOP_WORDS
        elif isinstance(stop_words, str):
            raise ValueError(f'stop_words is "english", None or a list, not {stop_words!r}')
        else:
            stops = frozenset(map(_form, stop_words or ()))
        self._find: Callable | None = getattr(exclude, "find", None)
        if isinstance(exclude, str):
            raise ValueError(f"exclude is a list of words or phrases, not {exclude!r}")
        phrases = set()
        if self._find is None:
            phrases = {tuple(map(_form, _tokens(e))) for e in exclude} - {()}
        single = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
            if len(phrase) > 1:
                self._phrases.setdefault(phrase[0], []).append(phrase)
        self._counted = _words_without(stops | single).__getitem__

    def words(self, text: str) -> list[str]:
        """Return the words of a text in order, ``""`` where something is not counted."""
        if self._find is not None:
            text = _blank(text, self._find(text))
        tokens = _tokens(text)
        if self._phrases:
            tokens = self._without_phrases(tokens)
        return list(map(self._counted, tokens))

    def _without_phrases(self, tokens: list[str]) -> list[str]:
        forms = [_form(token) for token in tokens]
        for i, form in enumerate(forms):
            for phrase in self._phrases.get(form, ()):
                if tuple(forms[i : i + len(phrase)]) == phrase:
                    tokens[i : i + len(phrase)] = ["."] * len(phrase)
                    break
        return tokens

    def __call__(self, text: str) -> list[str]:
        """Return the terms of a text, each as often as it occurs."""
        words = self.words(text)
        terms = list(filter(None, words)) if self.shortest == 1 else []
        for n in range(max(2, self.shortest), self.longest + 1):
            if n == 2:
                terms += [a + " " + b for a, b in pairwise(words) if a and b]
            else:
                runs = zip(*(words[i:] for i in range(n)), strict=False)
                terms += [" ".join(run) for run in runs if all(run)]
        return terms


def _blank(text: str, mentions: Iterable[Any]) -> str:
    """Put a full stop in place of each mention, so that no phrase forms across it."""
    parts, at = [], 0
    for mention in mentions:
        parts += [text[at : mention.start], " . "]
        at = mention.end
    return "".join([*parts, text[at:]])
