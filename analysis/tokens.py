"""Cut a paragraph into tokens and sentences, a quotation counting as one token."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.cues import SAYING
from analysis.marks import Quotation, quotations

_WORD = re.compile(
    r"(?:[A-Z]-)?(?:[A-Za-z]\.){2,}"  # U.S., p.m., D-R.I.
    r"|\d+(?:[.,:]\d+)*(?:%|\w*)"
    r"|[^\W\d_]\w*(?:[-’'&][^\W_]\w*)*[’']?s?\b"
    r"|\w+|\.{3}|[^\w\s]"
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col maj capt sgt adm cmdr st jr sr hon rev amb sec "
    "jan feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd no vs etc al fig dept "
    "mt ft ave blvd approx est dist".split()
)
LONGEST = 200  # tokens of a sentence: a list or a table beyond it is read piece by piece


_OPENERS = frozenset(
    """He She They It The In But And A This That These We I On At His Her Their If When While As
    Asked Meanwhile However After Before Both There No""".split()
)


_CUE_TAIL = frozenset(
    "in on at during after before when as to of from with about reporters".split()
)


@dataclass(slots=True)
class Token:
    """A word, a sign or a whole quotation, with its offsets in the text."""

    text: str
    start: int
    end: int
    quotation: Quotation | None = None
    lower: str = field(default="")

    @property
    def is_quotation(self) -> bool:
        """Whether the token is a quotation."""
        return self.quotation is not None

    @property
    def is_word(self) -> bool:
        """Whether the token is a word or number."""
        return self.quotation is None and self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether the token is a word that begins with a capital."""
        return self.quotation is None and self.text[0].isupper()


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence, and the number of its paragraph."""

    tokens: list[Token]
    paragraph: int
    section: str

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.tokens[-1].end


def paragraph_tokens(text: str, start: int, end: int) -> list[Token]:
    """Tokens of one paragraph; each quotation is one token.

    Parameters
    ----------
    text : str
        The text of the document.
    start, end : int
        Offsets of the paragraph.
    """
    tokens: list[Token] = []
    at = start
    for quotation in quotations(text, start, end):
        _words(text, at, quotation.start, tokens)
        slice_ = text[quotation.start : quotation.end]
        tokens.append(Token(slice_, quotation.start, quotation.end, quotation, "“”"))
        at = quotation.end
    _words(text, at, end, tokens)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        tokens.append(Token(word, match.start(), match.end(), None, word.lower().replace("’", "'")))


def sentences(text: str, start: int, end: int, number: int, section: str) -> list[Sentence]:
    """Sentences of one paragraph.

    A full stop inside a quotation ends the sentence only where the quotation does and a
    capital follows; an abbreviation's full stop or an initial's ends none. A sentence of more
    than ``LONGEST`` tokens is cut there, so that reading stays linear on any text.
    """
    tokens = paragraph_tokens(text, start, end)
    found: list[Sentence] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        ends = _ends_sentence(token, tokens[index - 1] if index else None, following, text)
        if (ends and not _cue_follows(tokens, index)) or len(current) == LONGEST:
            found.append(Sentence(current, number, section))
            current = []
    if current:
        found.append(Sentence(current, number, section))
    return found


def _cue_follows(tokens: list[Token], index: int) -> bool:
    """Whether "“Why now?” the minister asked." goes on behind a quotation."""
    if not tokens[index].is_quotation:
        return False
    for step in range(index + 1, min(index + 7, len(tokens))):
        token = tokens[step]
        if not token.is_word:
            return False
        if token.lower in SAYING:
            behind = tokens[step + 1] if step + 1 < len(tokens) else None
            full = tokens[index].text.rstrip("”\"'’»").endswith(".")
            closing = behind is None or behind.text in {".", ",", ";"}
            return closing or (not full and behind.lower in _CUE_TAIL)
    return False


def _ends_sentence(token: Token, before: Token | None, following: Token | None, text: str) -> bool:
    if following is None or token.text.isalpha():
        return False
    opens = following.is_quotation or not following.text[0].islower()
    if token.is_quotation:
        inner = text[token.quotation.inner_start : token.quotation.inner_end].rstrip()
        return inner.endswith((".", "!", "?", "…")) and opens and following.text not in ",;:.)—–-"
    if token.text in {"!", "?", "..."}:
        return opens and following.text not in ",;:.)"
    if token.text != ".":
        # "U.S." or "p.m." ends a sentence only where a common opener follows.
        return token.text.count(".") > 1 and following.text in _OPENERS
    if before is not None and before.end == token.start and before.is_word:
        word = before.lower
        if word in _ABBREVIATIONS or (len(word) == 1 and before.text.isupper()):
            return False
    return opens and following.text not in ",;:.)"
