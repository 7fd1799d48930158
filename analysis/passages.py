"""The content of a statement read for stance: words, cues, clauses, and the part each party plays.

There is no parser: a party's part is read from the word before it (by, of, against, to, …), from
the noun it owns, and from whether it stands before or after the word that decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from analysis.lexicon import Hit, Lexicon, Word, words_of
from analysis.parties import Parties

PREPOSITIONS = frozenset(
    """by between of from to for against on upon in at into inside near with toward towards over
    about across through via within under around than among behind beyond onto off along without
    like outside regarding concerning""".split()
)
_PREMODIFIERS = frozenset(
    """the a an this that these those its their his her our my your all both some any several many
    more two three four five six seven ten dozens new former senior deputy acting entire whole
    president prime minister foreign defence defense ambassador secretary mr mrs ms general chief
    neighbouring neighboring wider broader
    collective combined rest so-called own current top of-the different certain various""".split()
)
_PLACE_HEADS = frozenset(
    """war conflict crisis border issue file question deal talks nuclear negotiations front
    agreement peace sanctions side's resolution resolutions charter register""".split()
)
_WIDE = frozenset("wider broader collective combined whole entire".split())
_SENTENCE_ENDS = frozenset(".!?;:")
_CLAUSE_WORDS = frozenset(
    """but while whereas although though because since if unless so which who that when where
    and whether yet until before after as""".split()
)
_OPENERS = frozenset("we i they it he she this that these those there you our its their".split())
FIRST_PERSON = frozenset("we i our us my ours ourselves me we're we've we'll i'm i've".split())
THIRD_PERSON = frozenset("it they he she its their his her them itself themselves him".split())
SUBJECT_PRONOUNS = frozenset("we i they it he she we're we've we'll i'm i've they're".split())
NEGATIONS = frozenset(
    """not no never n't without nobody none nor neither cannot hardly don't doesn't didn't isn't
    aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't""".split()
)
_BEFORE_NOUNS = frozenset(
    "the a an its their his her our my 's this these those no any some of for in on by from with "
    "at under new further more military full strong".split()
)
BE = frozenset("is are was were be been being gets got get 's".split())


@dataclass(slots=True)
class Who:
    """A party in a passage: the words that name it and the part it plays.

    ``part`` is the preposition before the phrase, ``bare`` if there is none, or ``origin`` where
    the word only tells where a thing is from. ``owns`` tells of a possessive or an adjective
    before a noun of conduct; ``together`` is the number of the coordination it belongs to.
    """

    party: str
    first: int
    last: int
    part: str
    owns: bool = False
    together: int = 0
    left: int = 0


@dataclass(slots=True)
class Passage:
    """A text with its words, cue hits by family, clause numbers and parties."""

    text: str
    words: list[Word]
    hits: dict[str, list[Hit]]
    clause: list[int]
    who: list[Who] = field(default_factory=list)

    def find(self, *families: str) -> list[Hit]:
        """Hits of some families, by place."""
        hits = self.hits
        if len(families) == 1:
            return list(hits.get(families[0], ()))
        return sorted(hit for family in families if family in hits for hit in hits[family])

    def phrase(self, first: int, last: int) -> str:
        """The words as they stand in the text."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def is_negated(self, hit: Hit) -> bool:
        """Whether a negation stands before the hit in its clause, or governs it (no sign that)."""
        clause, reach = self.clause[hit.first], 5
        at = hit.first - 1
        while at >= 0 and reach:
            if self.clause[at] != clause:
                if self.words[at + 1].lower != "that":
                    return False
                clause, reach = self.clause[at], 4
            if self.words[at].lower in NEGATIONS:
                return True
            at, reach = at - 1, reach - 1
            if self.words[at + 1].lower == "that" and not reach:
                reach = 4
        return False

    def is_negated_at(self, at: int) -> bool:
        """Whether a negation stands within three words from a place."""
        return self.has(NEGATIONS, at, at + 3)

    def is_passive(self, hit: Hit) -> bool:
        """Whether a verb is a participle after a form of *be*."""
        if hit.kind != "verb" or not self.words[hit.first].lower.endswith(
            ("ed", "en", "wn", "ld", "nt", "t", "uck")
        ):
            return False
        before = range(max(0, hit.first - 3), hit.first)
        return any(
            self.words[at].lower in BE and self.clause[at] == self.clause[hit.first]
            for at in before
        )

    def has(self, words: Iterable[str], first: int = 0, last: int | None = None) -> bool:
        """Whether one of some words stands between two word numbers."""
        wanted = words if isinstance(words, frozenset) else frozenset(words)
        return any(word.lower in wanted for word in self.words[first:last])


def read_passage(text: str, parties: Parties | None, lexicon: Lexicon) -> Passage:
    """Read a text for stance.

    Parameters
    ----------
    text : str
    parties : Parties or None
        None where only the words matter (a cue).
    lexicon : Lexicon

    Returns
    -------
    Passage
    """
    words = words_of(text)
    hits: dict[str, list[Hit]] = {}
    for hit in lexicon.hits(words):
        if hit.kind == "verb" and _is_nominal(words, hit):
            hit = hit._replace(kind="noun")
        hits.setdefault(hit.family, []).append(hit)
    passage = Passage(text, words, hits, [])
    if parties is not None:
        passage.who = _parties(passage, parties, lexicon)
    passage.clause = _clauses(words, passage.who)
    return passage


def _is_nominal(words: Sequence[Word], hit: Hit) -> bool:
    """Whether a form that could be a verb is a noun: after an article, possessive or preposition.

    Examples: *the visit*, *X's attack*, *in support of*.
    """
    if hit.first == 0 or words[hit.first].lower.endswith(("ing", "ed")):
        return False
    return words[hit.first - 1].lower in _BEFORE_NOUNS


def _clauses(words: Sequence[Word], who: Sequence[Who]) -> list[int]:
    """Number of the clause each word belongs to."""
    subjects = {one.left for one in who} | {one.first for one in who}
    number, numbers = 0, []
    for at, word in enumerate(words):
        lower = word.lower
        before = words[at - 1].lower if at else ""
        if before in _SENTENCE_ENDS:
            number += 1
        elif lower in _CLAUSE_WORDS and at:
            following = words[at + 1].lower if at + 1 < len(words) else ""
            opens = following in _OPENERS or (at + 1 in subjects and before == ",")
            if lower in {"and", "as", "so", "before", "after", "since"}:
                number += opens
            else:
                number += 1
        elif before == "," and (lower in SUBJECT_PRONOUNS or at in subjects):
            # ", they respond": a comma before a subject; a list of parties is no new clause.
            number += lower in SUBJECT_PRONOUNS
        numbers.append(number)
    return numbers


def _parties(passage: Passage, parties: Parties, lexicon: Lexicon) -> list[Who]:
    words = passage.words
    by_start = {word.start: at for at, word in enumerate(words)}
    found: list[Who] = []
    begins = {
        family: {hit.first: hit.last for hit in passage.hits.get(family, ())}
        for family in ("entity_noun", "aggression_noun", "arms")
    }
    for mention in parties.find(passage.text):
        first = by_start.get(mention.start)
        if first is None and found and words[found[-1].last - 1].end >= mention.end:
            # “the X-Y alliance”: two names in one word.
            found[-1].part = "between"
            twin = found[-1]
            found.append(replace(twin, party=mention.party))
            continue
        if first is None or mention.party in {"unresolved"}:
            continue
        last = first
        while last < len(words) and words[last].start < mention.end:
            last += 1
        found.append(_who(words, mention.party, mention.form, first, last, found, begins))
    found.extend(_allies(passage, found, lexicon))
    found.extend(_blocs(passage, found, parties))
    found.sort(key=lambda one: one.first)
    return found


def _who(
    words: Sequence[Word],
    party: str,
    form: str,
    first: int,
    last: int,
    before: Sequence[Who],
    begins: dict[str, dict[int, int]],
) -> Who:
    part, owns, end = "", False, last
    following = words[last].lower if last < len(words) else ""
    noun = next((at for at in (last, last + 1) if at in begins["entity_noun"]), None)
    conduct = next((at for at in (last, last + 1) if at in begins["aggression_noun"]), None)
    thing = last in begins["arms"] and last not in begins["aggression_noun"]
    if following in {"'s", "'"}:
        owns = True
    elif noun is not None and (form == "adjective" or noun == last):
        end = begins["entity_noun"][noun]
        owns = end < len(words) and words[end].lower in {"'s", "'"}
    elif form == "adjective":
        by = first > 0 and words[first - 1].lower == "by"
        if (conduct is None and (thing or not by)) or (thing and conduct != last):
            part = "origin"
        owns = conduct is not None
    elif form in {"name", "seat"} and (thing or following in _PLACE_HEADS):
        part = "origin" if not conduct else part
        owns = conduct is not None
    left = first
    while left and words[left - 1].lower in _PREMODIFIERS:
        left -= 1
    previous = words[left - 1].lower if left else ""
    together = len(before) + 1
    if before and part != "origin" and previous in {"and", "or", ",", "nor", "&", "as"}:
        partner = before[-1]
        joint = {words[at].lower for at in range(partner.last, left)}
        # A comma alone joins only within a list: "X, Y and Z".
        listed = joint != {","} or following in {",", "and", "or"}
        if listed and joint <= {"and", "or", ",", "nor", "&", "as", "well", "'s", "both"}:
            return Who(party, first, end, partner.part, owns, partner.together, partner.left)
    if not part:
        part = previous if previous in PREPOSITIONS else "bare"
    return Who(party, first, end, part, owns, together, left)


def _blocs(passage: Passage, found: Sequence[Who], parties: Parties) -> list[Who]:
    """“The wider West”: a party known with its article, where an adjective stands between."""
    extra = []
    taken = {one.first for one in found}
    for at in range(1, len(passage.words)):
        if at in taken or passage.words[at - 1].lower not in _WIDE:
            continue
        entity = parties.lookup(f"the {passage.phrase(at, at + 1)}")
        if entity is None or entity.party == "unresolved":
            continue
        before = [
            one for one in found if one.last == at - 3 and passage.words[at - 3].lower == "and"
        ]
        near = before[0] if before else None
        left = at - 2 if passage.words[at - 2].lower == "the" else at - 1
        part = passage.words[left - 1].lower if left else ""
        part = near.part if near else part if part in PREPOSITIONS else "bare"
        number = near.together if near else len(found) + len(extra) + 1
        extra.append(Who(entity.party, at, at + 1, part, False, number, left))
    return extra


def _allies(passage: Passage, found: Sequence[Who], lexicon: Lexicon) -> list[Who]:
    """“X and its allies”: the alliance that X belongs to."""
    extra = []
    for at, word in enumerate(passage.words):
        if word.lower not in {"allies", "partners"} or at == 0:
            continue
        if passage.words[at - 1].lower not in lexicon.allied:
            continue
        before = [one for one in found if one.first < at]
        for alliance, members in lexicon.alliances.items():
            if before and before[-1].party in members and before[-1].party != alliance:
                near = before[-1]
                extra.append(
                    Who(alliance, at - 1, at + 1, near.part, near.owns, near.together, near.left)
                )
    return extra
