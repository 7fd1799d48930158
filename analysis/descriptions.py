"""Who a source phrase names or describes: a person, an office holder, an institution, a country."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from analysis.gazetteer import Entity
from analysis.mentions import TITLES, Mention, blank
from analysis.posts import HOST_ROLES, Office, read_office

_CLAUSE = re.compile(r",?\s+(?:who|whose|whom|which|that)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_JOINT = re.compile(r"[\s,;&/]*(?:(?:and|the|both|as well as|plus)\b[\s,;&/]*)*")
_PRESS = re.compile(
    r"\b(?:media|press|newspapers?|dailies|daily|news|broadcasters?|television|journalists?|reporters?"
    r"|magazines?|editors?|editorial|correspondents?|columnists?|tabloids?|TV|radio|outlets?|websites?"
    r"|experts?|analysts?|academics?|historians?|researchers?|professors?|scholars?|think[- ]tanks?"
    r"|musicians?|activists?|bloggers?)\b"
)
_INDEFINITE = re.compile(
    r"\s*(?:an?|one|another|some|several|many|unnamed|anonymous|two|three|other)\b", re.I
)
_ARTICLES = frozenset({"the", "a", "an"})
_OF_THE_SPEAKER = frozenset({"of", "for", "from", "to", "at", "by", "within", "inside"})
_OTHER_PLACES = frozenset(
    "in on about against with near over during towards toward between after before on into".split()
)
_TOPIC_OR_HOST = frozenset({"to", "for", "at", "in", "on"})
_HOSTED = re.compile(r"\b(?:mission|delegation|embassy|consulate)\b", re.I)
# Words written with a capital in titles, which make no personal name.
_TITLE_WORDS = frozenset(
    "the a an of for to and at in on his her its mr mrs ms dr sir dame lord lady baroness prof "
    "minister ministry secretary ambassador permanent representative deputy first vice assistant "
    "under alternate principal special envoy president prime foreign defence defense state "
    "national security adviser advisor spokesman spokeswoman spokesperson press office officials "
    "official government army military navy air force forces general admiral colonel major captain "
    "chief chairman chair head leader director commander mission delegation embassy council "
    "department affairs political parliament lawmaker senator senators congressman diplomat "
    "diplomats intelligence agency service services committee commission high senior coordinator "
    "strategic communications treasury finance interior supreme ayatollah king queen chancellor "
    "mayor lieutenant brigadier former acting counsellor counselor policy minister-counsellor "
    "undersecretary secretary-general under-secretary-general counsel judge justice court bank "
    "central chargé charge d'affaires consul speaker member mp parliamentary administration "
    "executive top then ex pm fm monday tuesday wednesday thursday friday saturday sunday".split()
)


class Attribution(NamedTuple):
    """Who a phrase means (or None), the party it speaks for, and the rule that decided."""

    entity: Entity | None
    party: str
    rule: str


class _Register(Protocol):
    def find(self, text: str) -> list[Mention]: ...
    def lookup(self, name: str, on: str = "") -> Entity | None: ...
    def surname(self, name: str) -> tuple[Entity, ...]: ...
    def holders(self, post_words: str, party: str, on: str = "") -> tuple[Entity, ...]: ...
    def party_of(self, name: str, on: str = "") -> str: ...
    def speaker_of(self, party: str) -> Entity | None: ...
    def group_of(self, parties: frozenset[str]) -> str: ...
    def unit_of(self, entity: Entity) -> str: ...
    def is_organisation(self, party: str) -> bool: ...


class Describer:
    """Reads source phrases with the names and posts of a gazetteer.

    Parameters
    ----------
    register : Parties
        Anything that finds mentions and office holders as `analysis.parties.Parties` does.
    """

    def __init__(self, register: _Register) -> None:
        self._register = register

    def describe(self, phrase: str, on: str = "") -> Attribution:
        """Entity and party of a source phrase.

        Parameters
        ----------
        phrase : str
            The whole mention that speaks, with title and apposition.
        on : str
            ISO date or ``""``.

        Returns
        -------
        Attribution
        """
        phrase = _CLAUSE.split(phrase.strip(' \t\n,;:.“”"'), maxsplit=1)[0]
        known = self._register.lookup(phrase, on)
        if known is not None:
            return Attribution(known, known.party, "a name of the gazetteer")
        if bearers := self._register.surname(phrase):
            return self._bearers(bearers, phrase, on)
        mentions = self._register.find(phrase)
        heads = [m for m in mentions if _is_person(m) and not is_dependent(phrase, m, mentions)]
        if heads:
            return self._named(phrase, heads, on)
        return self._described(phrase, mentions, on)

    def _bearers(self, bearers: tuple[Entity, ...], phrase: str, on: str) -> Attribution:
        if len(bearers) == 1:
            person = self._register.lookup(bearers[0].name, on)
            return Attribution(person, person.party, "a surname only one person has")
        party = self._register.party_of(phrase, on)
        return Attribution(None, party, "a surname several persons have")

    def _named(self, phrase: str, heads: list[Mention], on: str) -> Attribution:
        names = dict.fromkeys(mention.entity.name for mention in heads if mention.entity)
        persons = [self._register.lookup(name, on) for name in names]
        if len(persons) == 1:
            person = persons[0]
            return Attribution(person, person.party, "the person named")
        if not persons:
            return Attribution(None, heads[0].party, "a surname several persons have")
        together = self._several([person.party for person in persons], "several persons named")
        return together._replace(entity=None)

    def _several(self, parties: list[str], rule: str) -> Attribution:
        distinct = list(dict.fromkeys(parties))
        group = self._register.group_of(frozenset(distinct))
        if group and len(distinct) > 1:
            return Attribution(self._register.speaker_of(group), group, f"{rule}, together a group")
        return Attribution(None, "; ".join(distinct), rule)

    def _described(self, phrase: str, mentions: list[Mention], on: str) -> Attribution:
        rest = blank(phrase, mentions)
        office = read_office(rest)
        if len(mentions) > 1 and (office is None or office.plural):
            if _are_listed(phrase, mentions, office):
                return self._several([m.party for m in mentions], "several parties named")
        if _PRESS.search(rest) and not (office and office.role == "spokesperson"):
            medium = [m.entity for m in mentions if m.party == "other" and m.entity]
            if not any(self._register.is_organisation(m.party) for m in mentions):
                named = next((e for e in medium if e.kind == "institution"), None)
                return Attribution(named, "other", "a news outlet or an expert speaks for itself")
        principal = self._principal(phrase, mentions, office)
        stranger = _has_stranger(rest)
        if principal is None:
            rule = "a name the gazetteer lacks" if stranger else "no name of the gazetteer"
            return Attribution(None, "unresolved", rule)
        entity = principal.entity
        if entity is None:
            return Attribution(None, principal.party, "a surname several persons have")
        if stranger:
            rule = "the description; its name is not in the gazetteer"
            return Attribution(None, entity.party, rule)
        if office and not office.plural and not _INDEFINITE.match(phrase):
            words = blank(phrase, [principal]) if entity.kind == "person" else phrase
            unit = self._register.unit_of(entity)
            holders = self._register.holders(words, unit, on)
            if not holders and entity.kind == "institution":
                holders = self._register.holders(self._by_common_name(phrase, principal), unit, on)
            if len(holders) == 1:
                holder = self._register.lookup(holders[0].name, on)
                return Attribution(holder, holder.party, "the holder of the post at that date")
        if entity.kind == "institution":
            return Attribution(entity, entity.party, "the institution named")
        if entity.kind == "person":
            country = self._register.speaker_of(entity.party)
            return Attribution(country, entity.party, "the party of the person spoken for")
        return Attribution(entity, entity.party, "the country or body named")

    def _by_common_name(self, phrase: str, institution: Mention) -> str:
        """A title with its ministry's country left out: "foreign ministry spokesman"."""
        name = phrase[institution.start : institution.end]
        places = self._register.find(name.split()[0])
        country = places[0].end if places and places[0].entity != institution.entity else 0
        common = re.sub(r"^['’]s\s+", "", name[country:]).strip()
        rest = phrase[: institution.start] + phrase[institution.end :].removeprefix("’s")
        return f"{common} {rest}" if country and common != name else ""

    def _principal(
        self, phrase: str, mentions: list[Mention], office: Office | None
    ) -> Mention | None:
        """The mention whose party the phrase speaks for: no host country, no topic, no place."""
        hosted = bool(office and office.role in HOST_ROLES) or bool(_HOSTED.search(phrase))
        ranked: list[tuple[int, int, Mention]] = []
        for number, mention in enumerate(mentions):
            preposition = _preposition(phrase, mention.start, mentions)
            if preposition in _OTHER_PLACES or (hosted and preposition in _TOPIC_OR_HOST):
                rank = 2
            elif hosted and self._register.is_organisation(mention.party) and preposition == "":
                rank = 1  # "Russia's UN ambassador": the country decides where there is one
            else:
                rank = 0
            ranked.append((rank, number, mention))
        if not ranked:
            return None
        rank, _, best = min(ranked, key=lambda entry: entry[:2])
        ranks = {rank for rank, _, _ in ranked}
        if office and office.role == "ambassador" and ranks in ({1}, {2}):
            return None  # "the UN ambassador": of which country, the phrase does not say
        if rank == 0 and best.entity and best.entity.kind == "country":
            for other_rank, _, mention in ranked:
                entity = mention.entity
                if other_rank == 0 and entity and entity.kind == "institution":
                    if entity.party == best.party:
                        return mention
        return best


def _is_person(mention: Mention) -> bool:
    return mention.entity is None or mention.entity.kind == "person"


def is_dependent(phrase: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a person only qualifies the head: an aide to X, X's office, the X government."""
    after = phrase[mention.end :]
    if re.match(r"['’]s?\s+\w", after):
        return True
    if _preposition(phrase, mention.start, mentions) in _OF_THE_SPEAKER | _OTHER_PLACES:
        return True
    follower = re.match(r"\s+([a-z][a-z-]+)", after)
    return bool(follower) and follower[1] in _GOVERNMENT_WORDS


_GOVERNMENT_WORDS = frozenset(
    "administration government regime cabinet team campaign office ally allies aide aides "
    "spokesman spokeswoman spokesperson adviser advisers advisor advisors officials".split()
)


def _preposition(phrase: str, start: int, mentions: list[Mention]) -> str:
    """The preposition a mention depends on, across an article and a personal title; else ``""``.

    "A spokesman for Foreign Minister X" speaks for X; "the Minister for Trade X" is X, because
    "Trade" is no title that X could bear.
    """
    before = blank(phrase, [m for m in mentions if m.start < start])[:start]
    before = re.split(r"[,;:()–—]", before)[-1].lower()
    if not before[-2:].strip():
        return ""  # nothing, or another name, stands directly before
    titled = False
    for word in reversed(_WORD.findall(before)):
        if word in _OF_THE_SPEAKER or word in _OTHER_PLACES:
            return word
        if word not in _ARTICLES and word not in TITLES and not titled:
            return ""
        if word not in _ARTICLES and word not in _TITLE_WORDS:
            return ""
        titled = titled or word in TITLES
    return ""


def _are_listed(phrase: str, mentions: list[Mention], office: Office | None) -> bool:
    """Whether the mentions are joined by commas and "and", before a plural title or after it."""
    at = office.end if office and mentions[0].start > office.end else 0
    end = office.start if office and not at else len(phrase)
    if any(mention.start > end for mention in mentions):
        return False
    gaps = []
    for mention in mentions:
        gaps.append(phrase[at : mention.start])
        at = mention.end
    gaps[0] = re.sub(r"^\s*(?:of|from)\b", "", gaps[0])
    last = re.sub(r"^['’]s?\b", "", phrase[at:end])
    return not last.strip() and all(_JOINT.fullmatch(gap) for gap in gaps)


def _has_stranger(rest: str) -> bool:
    """Whether capitalised words remain that are no part of a title: a name nobody knows.

    One or two capitalised words directly after "for", "of", "in" or "and" tell the field of
    a post (Minister for Fisheries) or a place, and name nobody.
    """
    run, before = 0, ""
    matches = list(_WORD.finditer(rest))
    for number, match in enumerate(matches):
        word = match.group()
        follower = rest[match.end() :].lstrip()[:1]
        opens = number == 0 and follower.islower()
        parts = word.lower().replace("’", "'").split("-")
        if opens or not word[0].isupper() or len(word) < 2 or _are_title_words(parts):
            run, before = 0, word.lower()
            continue
        joined = number > 0 and match.start() - matches[number - 1].end() == 1
        if not run and not (joined and before in {"for", "of", "and", "on", "in", "at"}):
            return True
        run += 1
        if run > 2 or not joined:
            return True
    return False


def _are_title_words(parts: list[str]) -> bool:
    return all(part in _TITLE_WORDS for part in parts)
