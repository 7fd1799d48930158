"""Speakers the gazetteer does not know are listed with an entry that, pasted, makes them known."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from disputed import ARTICLE, DATE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.documents import Document
from analysis.parties import Parties
from analysis.pipeline import analyse
from analysis.suggestions import all_entries, suggested_entries

GAZETTEER = (Path(__file__).parent / "passages" / "parties.toml").read_text(encoding="utf-8")


def pasted(folder, entries):
    path = folder / "parties.toml"
    path.write_text(f"{GAZETTEER}\n{entries}", encoding="utf-8")
    return Parties.from_toml(path)


def table(*rows):
    """A statement table of (speaker, kind, party) rows."""
    return pd.DataFrame(
        [
            {
                "speaker": speaker, "speaker_kind": kind, "party": party, "source": speaker.upper(),
                "statement_id": f"d:s{number:03}",
            }
            for number, (speaker, kind, party) in enumerate(rows, 1)
        ]
    )  # fmt: skip


LETTERS = st.text("abAB é's’\"\\.-\x7f\n#[]=()“”the THE", min_size=1, max_size=12)
PARTIES = ["unresolved", "other", "Zorvia", "Ostany"]
ROWS = st.lists(
    st.tuples(
        LETTERS, st.sampled_from(["person", "institution", "country"]), st.sampled_from(PARTIES)
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_every_entry_parses_and_makes_its_speakers_known(tmp_path, fictional, rows):
    statements = table(*rows)
    found = suggested_entries(statements, fictional)
    for entry, party in zip(found["entry"], found["party"], strict=True):
        ((_, entities),) = tomllib.loads(entry).items()
        assert [value["party"] for value in entities.values()] == [party]
    known = pasted(tmp_path, all_entries(found))
    assert suggested_entries(statements, known).empty
    for speaker, party in zip(found["speaker"], found["party"], strict=True):
        assert known.lookup(speaker).party == party


def test_the_party_that_the_text_told_is_suggested(fictional):
    found = suggested_entries(
        table(("Mia Voss", "person", "Zorvia"), ("mia voss", "person", "unresolved")), fictional
    )
    assert list(found["entry"]) == ['[person."Mia Voss"]\nparty = "Zorvia"\n']
    assert list(found["statement_ids"]) == [["d:s001", "d:s002"]]


def test_where_nothing_told_the_party_the_entry_asks(fictional):
    (entry,) = suggested_entries(table(("Mia Voss", "person", "unresolved")), fictional)["entry"]
    assert "# whom does the speaker speak for?" in entry
    assert tomllib.loads(entry) == {"person": {"Mia Voss": {"party": "other"}}}


@pytest.mark.parametrize("speaker", ["Pavel Drost", "unresolved", "Kestria", "Antón Velik", ""])
def test_known_and_unresolved_speakers_are_not_listed(fictional, speaker):
    assert suggested_entries(table((speaker, "person", "Zorvia")), fictional).empty


def test_two_speakers_of_one_statement_are_listed_each(fictional):
    found = suggested_entries(table(("Mia Voss; Ulf Dane", "person", "Zorvia; Ostany")), fictional)
    assert found[["speaker", "party"]].to_numpy().tolist() == [
        ["Mia Voss", "Zorvia"],
        ["Ulf Dane", "Ostany"],
    ]


def test_a_pasted_entry_resolves_the_speaker_of_an_article(fictional, tmp_path):
    document = Document.from_text(ARTICLE, id="strait", date=DATE)
    before = analyse([document], fictional)
    entries = all_entries(suggested_entries(before.statements, fictional))
    known = pasted(tmp_path, entries.replace('"other"', '"Kestria"'))
    after = analyse([document], known)
    assert {s.party for s in before.records if s.speaker == "Lena Harrow"} == {"unresolved"}
    assert {s.party for s in after.records if s.speaker == "Lena Harrow"} == {"Kestria"}
    assert suggested_entries(after.statements, known).empty
