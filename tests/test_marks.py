"""Quotation marks are paired however they are damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.marks import quotations

MARKS = "“”\"'‘’«»„"


def inner(text):
    return [text[q.inner_start : q.inner_end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He called it “a bill” and “a debt”.", ["a bill", "a debt"]),
        ('He called it "a bill" and "a debt".', ["a bill", "a debt"]),
        ("He called it «a bill» on Monday.", ["a bill"]),
        ("He called it ''a bill'' on Monday.", ["a bill"]),
        ("He called it ‘a bill’, she didn’t.", ["a bill"]),
        ("The envoys’ cars and the minister’s boat left.", []),
        ("“They won’t pay,” she said.", ["They won’t pay,"]),
        ("A bill of 5' 6\" is long.", []),
    ],
)
def test_marks_of_every_kind_are_paired_and_apostrophes_are_left_alone(text, expected):
    assert inner(text) == expected


def test_an_unclosed_quotation_ends_where_its_cue_takes_over():
    text = "“We paid in March, the minister said. Later he spoke of “old debts” again."
    assert inner(text) == ["We paid in March,", "old debts"]


def test_a_missing_closing_mark_does_not_invert_what_follows():
    text = "He spoke of “a debt. Then of “a loan” and of “a gift”."
    assert inner(text)[-2:] == ["a loan", "a gift"]


def test_a_turned_opening_mark_still_opens():
    assert inner("He spoke of ”a debt” twice.") == ["a debt"]


def test_ten_thousand_unclosed_marks_are_read_without_harm():
    text = "“word " * 10_000
    found = quotations(text)
    assert all(q.end <= len(text) for q in found)


@given(st.text(alphabet=MARKS + "ab ,.", max_size=200))
def test_quotations_lie_in_order_inside_the_text(text):
    at = 0
    for q in quotations(text):
        assert at <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
        at = q.end


@given(st.text(alphabet="ab ,.", min_size=1, max_size=40), st.sampled_from(MARKS))
def test_a_damaged_paragraph_does_not_change_the_next(words, mark):
    good = "The minister called it “a bill”."
    damaged = f"{mark}{words}"
    text = f"{damaged}\n\n{good}"
    start = text.index("The minister called")
    assert [text[q.inner_start : q.inner_end] for q in quotations(text, start, len(text))] == [
        "a bill"
    ]
