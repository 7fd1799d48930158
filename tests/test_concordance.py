"""Keyword in context, traced to characters of the file."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.concordance import COLUMNS, concordance
from analysis.documents import Document
from analysis.terms import term_counts_by_party

RAW = (
    "Minister Ada Vance of Arland said that “Corvia’s large-scale drone\n programme” must end: "
    "“Drones, drones” — no drone is a toy, and scale matters. “Killer” drones over Corvia, "
    "she added."
)


def statement(*spans, document="a", number=1, text=None):
    return {
        "document_id": document,
        "statement_id": f"{document}:s{number:03d}",
        "party": "Arland",
        "speaker": "Ada Vance",
        "content_spans": [list(span) for span in spans],
        "content_repaired": text,
        "repeats": "",
    }


def all_of(raw):
    return pd.DataFrame([statement((0, len(raw)), text=raw)])


def keywords(term, raw=RAW):
    return concordance(all_of(raw), {"a": raw}, term)["keyword"].tolist()


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("drones", ["Drones", "drones", "drones"]),
        ("DRONE", ["drone", "drone"]),
        ("corvia", ["Corvia", "Corvia"]),  # the possessive is left out
        ("scale", ["scale"]),  # not inside large-scale
        ("large-scale", ["large-scale"]),
        ("drone programme", ["drone\n programme"]),  # over a line break
        ("killer drones", ["Killer” drones"]),  # over a quotation mark
        ("drones drones", []),  # not over a comma
        ("dron", []),
        ("", []),
        (".*", []),
    ],
)
def test_whole_words_and_phrases_in_any_case(term, found):
    assert keywords(term) == found


def test_rows_name_speaker_context_and_raw_offsets():
    rows = concordance(all_of(RAW), {"a": RAW}, "drone programme", window=12)
    row = rows.iloc[0]
    assert list(rows) == COLUMNS
    assert (row["party"], row["speaker"], row["statement_id"]) == ("Arland", "Ada Vance", "a:s001")
    assert RAW[row["start"] : row["end"]] == row["keyword"]
    assert row["left"] == "large-scale "
    assert row["right"] == "” must end: "


def test_only_the_content_of_statements_is_searched_and_the_context_goes_beyond():
    start = RAW.index("Drones")
    rows = concordance(
        pd.DataFrame([statement((start, start + 14))]), {"a": RAW}, "drones", window=5
    )
    assert rows["start"].tolist() == [start, start + 8]
    assert rows["right"].iloc[1] == RAW[start + 14 : start + 19]


def test_spans_that_overlap_give_each_place_once():
    rows = concordance(pd.DataFrame([statement((0, len(RAW)), (0, len(RAW)))]), {"a": RAW}, "scale")
    assert len(rows) == 1


def test_damaged_words_are_found_repaired_and_shown_as_they_stand():
    raw = "Arland warned once morest drones. It said it stands “once morest drones”."
    document = Document.from_text(raw, id="a", language_check=False)
    rows = concordance(all_of(raw), [document], "against drones")
    assert rows["keyword"].tolist() == ["once morest drones"] * 2
    assert all(raw[r.start : r.end] == r.keyword for r in rows.itertuples())


def test_the_context_stops_at_page_furniture():
    raw = "---\ntitle: Drones\n---\n\nArland sent drones, its minister said.\n"
    document = Document.from_text(raw, id="a", language_check=False)
    start = raw.index("Arland")
    rows = concordance(pd.DataFrame([statement((start, start + 18))]), [document], "drones")
    assert rows["left"].tolist()[0].strip() == "Arland sent"


def test_nothing_found_is_an_empty_table_of_the_same_columns():
    rows = concordance(all_of(RAW), {"a": RAW}, "submarine")
    assert rows.empty
    assert list(rows) == COLUMNS
    assert list(concordance(all_of(RAW).iloc[:0], {}, "drones")) == COLUMNS


def test_a_missing_document_is_named():
    with pytest.raises(KeyError, match="a:s001"):
        concordance(all_of(RAW), {}, "drones")
    with pytest.raises(ValueError, match="window"):
        concordance(all_of(RAW), {"a": RAW}, "drones", window=-1)


@settings(deadline=None)
@given(st.text(alphabet="ab B-’'.“”,5_\n", min_size=1, max_size=80))
def test_each_counted_use_has_its_row(raw):
    statements = all_of(raw)
    for row in term_counts_by_party(statements, stop_words=None).itertuples():
        places = concordance(statements, {"a": raw}, row.term)
        assert len(places) == row.count
        assert all(raw[p.start : p.end] == p.keyword for p in places.itertuples())
        assert np.all(np.diff(places["start"]) > 0)
