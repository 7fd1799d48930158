"""Read a post from its words: role, rank and field, so that two titles of one office agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# The same office under its several titles; the first that fits decides, so longer ones stand first.
_ROLES = (
    ("spokesperson", r"spokes(?:man|woman|person|people|men|women)|press secretar(?:y|ies)"),
    ("special envoy", r"special (?:envoy|representative)s?"),
    ("charge d'affaires", r"charg[eé] d['’]affaires"),
    ("national security adviser", r"national security advis[eo]rs?"),
    ("minister of state", r"ministers? of state"),
    (
        "defence minister",
        r"defen[cs]e (?:minister|secretar|chief)(?:s|y|ies)?"
        r"|(?:minister|secretary of state|secretary) (?:of|for) (?:national )?defen[cs]e",
    ),
    (
        "finance minister",
        r"(?:finance|treasury) (?:minister|secretar|chief)(?:s|y|ies)?"
        r"|(?:minister|secretary) (?:of|for) (?:the )?(?:finance|treasury)"
        r"|chancellor of the exchequer",
    ),
    (
        "interior minister",
        r"(?:interior|home) (?:minister|secretar)(?:s|y|ies)?"
        r"|minister (?:of|for) (?:the )?interior",
    ),
    (
        "foreign minister",
        r"foreign (?:minister|secretar|policy chief)(?:s|y|ies)?"
        r"|foreign affairs minister|minister (?:of|for) foreign affairs"
        r"|secretary of state for foreign(?: and commonwealth)? affairs"
        r"|high representative for foreign affairs(?: and security policy)?"
        r"|secretar(?:y|ies) of state|(?:top|chief) diplomat|(?-i:FM)"
        r"|head of (?:its |the )?diplomacy",
    ),
    ("high representative", r"high representatives?"),
    ("commissioner", r"(?:high )?commissioners?"),
    (
        "ambassador",
        r"(?:permanent )?representatives?|ambassadors?|envoys?"
        r"|head of (?:the )?\s*(?:delegation|mission)",
    ),
    ("prime minister", r"prime ministers?|premiers?|heads? of government|(?-i:PM)"),
    ("president", r"presidents?|heads? of state"),
    ("secretary-general", r"secretar(?:y|ies)[- ]generals?"),
    ("chief of staff", r"chiefs? of staff"),
    ("attorney general", r"attorneys?[- ]general"),
    ("crown prince", r"crown prince"),
    ("chancellor", r"chancellors?"),
    ("supreme leader", r"supreme leader"),
    ("mayor", r"mayors?"),
    ("adviser", r"advis[eo]rs?|aides?"),
    ("minister", r"ministers?"),
    ("secretary", r"secretar(?:y|ies)"),
    ("director", r"directors?(?:[- ]general)?"),
    ("commander", r"commanders?"),
    ("coordinator", r"coordinators?"),
    ("chair", r"chair(?:s|man|woman|person|men)?"),
    ("chief", r"chiefs?|heads?|leaders?"),
    ("official", r"officials?|diplomats?|negotiators?|delegates?"),
)
_ROLE = re.compile(
    r"\b(?:" + "|".join(f"(?P<r{n}>{words})" for n, (_, words) in enumerate(_ROLES)) + r")\b", re.I
)
_RANKS = {
    "deputy": "deputy",
    "vice": "deputy",
    "assistant": "assistant",
    "under": "under",
    "undersecretary": "under",
    "alternate": "alternate",
    "junior": "deputy",
    "former": "former",
    "ex": "former",
    "late": "former",
    "incoming": "former",
}
_IDLE = frozenset(
    "the a an of for to and at in on its his her their s his new current then top senior first "
    "principal permanent acting own long-time longtime chief veteran".split()
)
_OFFICES = {
    "foreign ministry": ("Foreign Ministry", "Ministry of Foreign Affairs",
                         "Foreign Affairs Ministry", "Ministry for Foreign Affairs",
                         "Foreign Office", "MFA"),
    "defence ministry": ("Defence Ministry", "Defense Ministry", "Ministry of Defence",
                         "Ministry of Defense", "Defence Department", "Defense Department",
                         "Department of Defense", "MoD", "MOD"),
    "presidency": ("Presidency", "Presidential Office", "Presidential Administration",
                   "President's Office", "Office of the President"),
    "parliament": ("Parliament", "Lower House of Parliament"),
    "mission": ("Mission", "Permanent Mission"),
}  # fmt: skip
# Posts a state has once: the institution they are named with says nothing more.
STATE_ROLES = frozenset(
    "ambassador|adviser|national security adviser|foreign minister|defence minister"
    "|finance minister|interior minister|prime minister".split("|")
)
HOST_ROLES = frozenset({"ambassador", "special envoy", "charge d'affaires"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Office(NamedTuple):
    """A post without the names in it: role, rank, further words, and where the role stands."""

    role: str
    rank: str
    field: frozenset[str]
    start: int
    end: int
    plural: bool


def read_office(words: str) -> Office | None:
    """Role, rank and field of a title whose party names have been blanked out.

    Parameters
    ----------
    words : str
        A title such as ``"deputy foreign minister"``.

    Returns
    -------
    Office or None
        None if no word of it is a post.
    """
    found = _ROLE.search(words)
    if found is None:
        return None
    role = _ROLES[int(found.lastgroup[1:])][0]
    rest = words[: found.start()] + " " + words[found.end() :]
    rank, further = "", set()
    for match in _WORD.finditer(rest.lower()):
        for word in match.group().split("-"):
            if word in _RANKS:
                rank = rank if rank == "former" else _RANKS[word]
            elif word not in _IDLE and len(word) > 1:
                further.add(word)
    plural = _is_plural(found.group())
    return Office(role, rank, frozenset(further), found.start(), found.end(), plural)


def same_office(asked: Office, held: Office) -> bool:
    """Whether a post asked for can be the post held: same role, same rank, no stranger field."""
    if (asked.role, asked.rank) != (held.role, held.rank) or asked.rank == "former":
        return False
    return asked.field <= held.field and bool(asked.field) == bool(held.field)


def office_names(
    office: str, names: Iterable[str], seats: Iterable[str], adjectives: Iterable[str]
) -> list[str]:
    """Ways of writing an institution that every country has (its foreign ministry, its army).

    Parameters
    ----------
    office : str
        ``"foreign ministry"`` or any other common name; the known ones have synonyms.
    names, seats, adjectives : iterable of str
        Of the country.
    """
    written: list[str] = []
    for title in _OFFICES.get(office, (office,)):
        forms = dict.fromkeys([title, title.lower() if title.upper() != title else title])
        for form in [*forms, title[0].upper() + title[1:]]:
            written += [f"{adjective} {form}" for adjective in adjectives]
            written += [f"{place}'s {form}" for place in (*names, *seats)]
            for name in names:
                written += [f"{name} {form}", f"{form} of {name}", f"{form} of the {name}"]
    return list(dict.fromkeys(written))


def _is_plural(role: str) -> bool:
    noun = re.split(r"\s+(?:of|for)\s+|\s+d['’]", role.lower())[0]
    return noun.endswith("s") or noun.endswith(("spokesmen", "spokeswomen", "people", "chairmen"))
