"""For whom a person speaks whom no gazetteer knows: by title, apposition, clause or participle."""

from __future__ import annotations

import re
from typing import Protocol

from analysis.descriptions import Attribution
from analysis.source_words import ROLE_NOUNS

UNRESOLVED = "unresolved"
# Who is described so speaks for nobody but himself, whatever adjective stands beside it.
_INDEPENDENT = re.compile(
    r"\b(?:dissidents?|exiles?|exiled|defectors?|deserters?|emigr[eé]s?|refugees?|opposition|rebels?"
    r"|separatists?|insurgents?|retired|former|ex-\w+|onetime|one-time|activists?|campaigners?"
    r"|commentators?|analysts?|historians?|scholars?|academics?|economists?|experts?|novelists?"
    r"|poets?|authors?|writers?|businessm[ae]n|businesswom[ae]n|traders?|farmers?"
    r"|fisherm[ae]n|skippers?|shopkeepers?|residents?|villagers?|pensioners?|protesters?"
    r"|demonstrators?|survivors?|witness(?:es)?|tourists?|musicians?|bloggers?|journalists?"
    r"|reporters?|correspondents?|columnists?|editors?|critics?|prisoners?|students?|doctors?"
    r"|nurses?|teachers?|guilds?|unions? leaders?)\b",
    re.I,
)
# "who speaks for X", "representing X": whom the verb governs is who is spoken for.
_SERVES = (
    r"(?:(?:currently|now|still|also)\s+)?"
    r"(?:head(?:s|ing|ed)|lead(?:s|ing)|led|run(?:s|ning)|ran|command(?:s|ing|ed)|chair(?:s|ing|ed)"
    r"|direct(?:s|ing|ed)|represent(?:s|ing|ed)|sp(?:eaks?|eaking|oke) (?:for|on behalf of)"
    r"|serv(?:es|ing|ed)(?: in| as| with)?|work(?:s|ing|ed) (?:for|at|in)|advis(?:es|ing|ed)"
    r"|oversee(?:s|ing)|oversaw|sits? (?:in|on)|(?:acts?|acting) for|answers? for)"
)
_CLAUSE = re.compile(rf"[,–—]?\s+who\s+{_SERVES}\s+(?P<body>[^,.;:“”\"\n]{{2,80}})")
_PARTICIPLE = re.compile(
    rf"(?:^|[.!?]\s+|\n\s*){_SERVES}\s+(?P<body>[^,.;:“”\"\n]{{2,80}}),\s+[^,.;:“”\"\n]{{0,40}}$",
    re.I,
)
_APPOSITION = re.compile(
    r"\s*[,–—(]\s*(?:\d{1,3},\s+)?"
    r"(?P<words>(?:an?|the|one of|now an?|[a-z-]+ (?:of|for|to|at))\s[^,.;:“”\"\n)]{3,90})"
)
# Where somebody comes from or lives tells nothing of whom he serves.
_ORIGIN = re.compile(r"[A-Z]\w+-(?:born|based|educated|trained|speaking)\s+")
_ONCE = re.compile(r"[,–—]?\s+who\s+(?:had\s+)?(?:once|formerly|previously)\b")
_KIN = re.compile(
    r"\b(?:friend|critic|opponent|rival|fan|wife|widow|husband|father|mother|brother|sister|son"
    r"|daughter|cousin|biographer)s? (?:of|to)\b|,?\s+(?:who(?! (?:is|was))|whose|whom)\b"
)
_TITLE_BEFORE = re.compile(
    r"(?P<words>\b(?:[Tt]he|[A-Z][\w-]+['’]s)\s+(?:[\w’'-]+\s+){0,4}?(?P<noun>[a-z-]+)),\s+$"
)
_AFTER = 160  # how many characters behind a name may describe it
_BEFORE = 140


class _Register(Protocol):
    def attribute_phrase(self, phrase: str, on: str = "") -> Attribution: ...


def affiliation(
    text: str, start: int, end: int, phrase: str, register: _Register, on: str = ""
) -> str:
    """Party of a person by what a text says beside the name.

    Parameters
    ----------
    text : str
    start, end : int
        Offsets of the mention in ``text``, title included.
    phrase : str
        The mention with what of its description belongs to it.
    register : Parties
        Anything that reads phrases as `analysis.parties.Parties` does.
    on : str
        ISO date of the document.

    Returns
    -------
    str
        A party; ``other`` where a country is named but not served (a dissident, a retired
        general); ``unresolved`` where nothing is said.
    """
    after = _ORIGIN.sub("", text[end : end + _AFTER])
    phrase = _ORIGIN.sub("", phrase)
    apposition = _APPOSITION.match(after)
    beside = apposition["words"] if apposition else ""
    party = register.attribute_phrase(_KIN.split(phrase)[0], on).party
    own = phrase + (f", {beside}" if beside and beside not in phrase else "")
    if party == UNRESOLVED and beside:
        party = register.attribute_phrase(_KIN.split(beside)[0], on).party
    if party == UNRESOLVED:
        title = _TITLE_BEFORE.search(text[max(0, start - _BEFORE) : start])
        if title and title["noun"] in ROLE_NOUNS:
            party = register.attribute_phrase(title["words"], on).party
    clause = _CLAUSE.match(after) or _CLAUSE.search(phrase)
    served = clause["body"] if clause else ""
    if not served:
        before = _PARTICIPLE.search(text[max(0, start - _BEFORE) : start])
        served = before["body"] if before else ""
    if _ONCE.match(after) or _ONCE.search(phrase):
        return "other"
    if served:
        found = register.attribute_phrase(served, on).party
        if found != UNRESOLVED:
            return found
    return "other" if party != UNRESOLVED and _INDEPENDENT.search(own) else party
