"""Say whom a pronoun means: he, she, they, it."""

from __future__ import annotations

from dataclasses import replace

from analysis.memory import OFFICE, UNRESOLVED, Memory, Remembered, Resolution, nobody
from analysis.names import gender_of
from analysis.parties import Entity, Parties
from analysis.records import Statement

SINGULAR = {"he": "m", "she": "f", "his": "m", "her": "f"}
OTHERS = frozenset("they we it its their i who which you both each".split())
_PERSON_NOUNS = frozenset(
    """spokesman spokeswoman spokesperson official diplomat aide adviser advisor officer minister
    ambassador envoy lawmaker source lawyer analyst expert resident witness deputy""".split()
)
_TWO = frozenset("they their both each".split())


def answer_of(known: Remembered, rule: str) -> Resolution:
    """Resolve to somebody remembered."""
    return Resolution(known.name, known.kind, known.party, rule)


def joint(people: list[Remembered] | list[Entity], rule: str, parties: Parties) -> Resolution:
    """Resolve to several who speak together; members of one group speak for the group."""
    units = dict.fromkeys(p.party for p in people)
    party = parties.group_of(frozenset(units)) or "; ".join(units)
    return Resolution("; ".join(p.name for p in people), people[0].kind, party, rule)


def singular_pronoun(
    word: str,
    at: int,
    statement: Statement,
    memory: Memory,
    history: list[tuple[Statement, Resolution]],
) -> Resolution:
    """Resolve "he" or "she" at an offset of the text.

    The speaker before is preferred, unless somebody of the right gender has become the subject
    since; a name that follows is taken only where no name came before.
    """
    gender = SINGULAR[word]
    again = _unnamed_before(gender, at, statement, memory, history)
    if again is not None:
        return replace(again, rule=f"“{word}” is the unnamed person who spoke before")
    fits = [p for p in memory.persons() if p.gender in {gender, ""} and p.last < at]
    if history:
        before, answer = history[-1]
        together = [p for p in fits if p.name in answer.name.split("; ")]
        if len(together) > 1 and _subject_since(together[0], fits, at) is None:
            return nobody(f"“{word}” could be {together[0].name} or {together[1].name}")
        if statement.paragraph - before.paragraph <= 2:
            for person in fits:
                if person.name == answer.name:
                    rival = _subject_since(person, fits, at)
                    if rival is None:
                        return answer_of(person, f"“{word}” is the speaker before")
                    return answer_of(rival, f"“{word}” is the person named since, as subject")
    if not fits:
        return _named_after(word, gender, at, memory)
    subject = memory.subject_before(at, "person")
    recent = sorted(fits, key=lambda p: -p.last)
    near = [p for p in recent if recent[0].last - p.last < 200 and p.spoke < 0]
    if len(near) > 1 and recent[0].spoke < 0:
        same = [p for p in near if p.gender == gender]
        if len(same) == 1:
            return answer_of(same[0], f"“{word}” is the only one of that gender named near")
        both = " or ".join(p.name for p in near[:2])
        return nobody(f"“{word}” could be {both}")
    spoke = [p for p in recent if p.spoke >= 0]
    if (
        spoke
        and spoke[0].spoke > recent[0].last - 1200
        and (subject is None or subject not in fits or subject.subject < spoke[0].spoke)
    ):
        return answer_of(spoke[0], f"“{word}” is the person who spoke last")
    return answer_of(
        subject if subject in fits else recent[0], f"“{word}” is the person named last"
    )


def _unnamed_before(
    gender: str, at: int, statement: Statement, memory: Memory, history: list
) -> Resolution | None:
    """The official or spokesman without a name who spoke just before, if nobody came between."""
    if not history or statement.paragraph - history[-1][0].paragraph > 1:
        return None
    before, answer = history[-1]
    if answer.kind == "person" or before.source_span is None or not _is_one_person(before.source):
        return None
    told = gender_of(before.source)
    since = memory.document.text_span(*before.source_span)[0]
    between = [p for p in memory.latest("person") if since < p.last < at]
    named = [p for p in between if p.gender in {gender, ""} and p.subject > since]
    return None if named or (told and told != gender) else answer


def _is_one_person(source: str) -> bool:
    """Whether a mention describes one person without a name: "a Zorvian official"."""
    words = source.lower().split()
    one = words[:1] and words[0] in {"a", "an", "the", "one", "another"}
    return bool(one) and any(word.strip(",.") in _PERSON_NOUNS for word in words)


def _named_after(word: str, gender: str, at: int, memory: Memory) -> Resolution:
    """Resolve a pronoun that stands before its name."""
    coming = [p for p in memory.after(at) if p.gender in {gender, ""}]
    same = [p for p in coming if p.gender == gender] or coming
    if len(same) == 1:
        return answer_of(same[0], f"“{word}” is the person named right after")
    if len(same) > 1:
        return nobody(f"“{word}” could be {same[0].name} or {same[1].name}")
    for holder in memory.latest(OFFICE)[:1]:  # no name is known: the country speaks
        country = memory.parties.lookup(holder.name, memory.date)
        if country is not None:
            rule = f"“{word}” holds an office whose holder is not known: the country speaks"
            return Resolution(country.name, country.kind, country.party, rule)
    return nobody(f"“{word}”: nobody it could be")


def _subject_since(person: Remembered, fits: list[Remembered], at: int) -> Remembered | None:
    """A person of the right gender who became the subject after the last speaker spoke."""
    since = max(person.spoke, person.subject)
    later = [
        p for p in fits if p.name != person.name and p.subject > since and at - p.subject < 600
    ]
    return max(later, key=lambda p: p.subject) if later else None


def other_pronoun(
    word: str,
    at: int,
    statement: Statement,
    memory: Memory,
    history: list[tuple[Statement, Resolution]],
) -> Resolution:
    """Resolve "they", "it", "we", "who" at an offset of the text."""
    body = memory.subject_before(at, "institution", "country")
    pair = memory.together(at, ("person",)) if word in _TWO else []
    if word in {"both", "each"} and not pair:
        pair = _last_two(statement, memory, history) or memory.together(at, ("country",))
    for before, answer in reversed(history[-6:]):
        if statement.paragraph - before.paragraph > 2:
            break
        if answer.name == UNRESOLVED:
            continue
        known = memory.people.get(answer.name)
        since = known.spoke if known else -1
        if word in {"it", "its"} and body is not None and body.subject > since:
            return answer_of(body, f"“{word}” is the body named since, as subject")
        if _agrees(word, answer, known):
            return replace(answer, rule=f"“{word}” is the speaker before")
    if pair:
        return joint(pair, f"“{word}” are the two named together", memory.parties)
    if word in {"it", "its"} and memory.together(at, ("institution", "country")):
        return nobody(f"“{word}” could be either of two bodies")
    if word in {"it", "its", "they"} and body is not None:
        return answer_of(body, f"“{word}” is the body named before")
    if word == "they":
        single = memory.subject_before(at, "person")
        if single is not None and not single.gender:
            return answer_of(single, "“they” is the person named before, whose gender is not known")
    return _body_after(word, at, memory) or nobody(f"“{word}”: nobody it could be")


def _last_two(statement: Statement, memory: Memory, history: list) -> list[Remembered]:
    """The two persons who spoke last, where they spoke one after the other."""
    if len(history) < 2 or statement.paragraph - history[-2][0].paragraph > 1:
        return []
    known = [memory.people.get(answer.name) for _, answer in history[-2:]]
    if any(k is None or k.kind != "person" for k in known) or known[0] is known[1]:
        return []
    return known


def _body_after(word: str, at: int, memory: Memory) -> Resolution | None:
    """Resolve "it" or "they" that stands before the name of the only one it can be."""
    kinds = {
        "it": ("institution", "country"), "its": ("institution", "country"),
        "they": ("person", "institution"), "their": ("person", "institution"),
    }.get(word)  # fmt: skip
    coming = memory.after(at, kinds=kinds) if kinds else []
    coming = [p for p in coming if p.kind != "person" or not p.gender]
    if len(coming) == 1:
        return answer_of(coming[0], f"“{word}” is named right after")
    return None


def _agrees(word: str, answer: Resolution, known: Remembered | None) -> bool:
    """Whether a pronoun agrees in number with a speaker."""
    plural = "; " in answer.name
    if word in _TWO:
        unknown = known is not None and known.kind == "person" and not known.gender
        return plural or (word in {"they", "their"} and (answer.kind != "person" or unknown))
    if word in {"it", "its"}:
        return answer.kind in {"institution", "country"}
    return True
