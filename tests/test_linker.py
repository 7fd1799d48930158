"""The linker reads cues it was never told of, keeps every span, and stays within its paragraph."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.documents import Document
from analysis.statements import find_drafts
from analysis.tokens import sentences
from analysis.units import units

PARAGRAPHS = (
    "“The dam will hold,” Leonie Hask said on Monday. “It has held before.”",
    "The harbour master told reporters that nobody had been hurt, adding that the tug was safe.",
    "According to Tomas Hellgar, the ferries would sail “by the end of the week”.",
)
MARKS = "“”\"'‘’«»„"


def whole(text):
    return [(0, len(text), 1, "body")]


def read(text):
    """Statements as (content, source), in words."""
    return [
        (" … ".join(text[a:b] for a, b in d.content), text[slice(*d.source)] if d.source else "")
        for d in find_drafts(text, whole(text))
    ]


def by_paragraph(document):
    drafts = find_drafts(
        document.text, [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
    )
    found = {}
    for draft in drafts:
        words = tuple(document.text[a:b] for a, b in draft.content)
        found.setdefault(draft.paragraph, []).append(words)
    return found


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The warden hinted that the gate was open.", "the gate was open", "The warden"),
        ("“We are ready,” chirped Leonie Hask.", "“We are ready,”", "Leonie Hask"),
        (
            "“The dam will hold,” she said. “It has held before.”",
            "“The dam will hold,” … “It has held before.”",
            "she",
        ),
    ],
)
def test_content_and_source_are_weighed_together(text, content, source):
    assert read(text) == [(content, source)]


def test_every_token_stands_in_exactly_one_unit():
    for text in PARAGRAPHS:
        cut = sentences(text, 0, len(text), 1, "body")
        assert [t for unit in units(cut) for t in unit.tokens] == [t for s in cut for t in s.tokens]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_mark_changes_no_other_paragraph_and_inverts_none(data):
    number = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    damaged = list(PARAGRAPHS[number])
    places = [i for i, c in enumerate(damaged) if c in MARKS]
    if places and data.draw(st.booleans()):
        damaged[data.draw(st.sampled_from(places))] = data.draw(st.sampled_from(["", *MARKS]))
    else:
        damaged.insert(data.draw(st.integers(0, len(damaged))), data.draw(st.sampled_from(MARKS)))
    changed = list(PARAGRAPHS)
    changed[number] = "".join(damaged)
    good, bad = (
        Document.from_text("\n\n".join(p), id="d", language_check=False)
        for p in (PARAGRAPHS, changed)
    )
    before, after = by_paragraph(good), by_paragraph(bad)
    for other in range(1, len(PARAGRAPHS) + 1):
        if other != number + 1:
            assert before.get(other) == after.get(other)
    for words in after.get(number + 1, []):
        assert not any(w.strip("“”\"'‘’«»„,. ").endswith("said on Monday") for w in words)
