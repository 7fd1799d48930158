"""A chain of sources is kept, and statements can be counted at either of its ends."""

import pytest

from analysis.documents import Document
from analysis.pipeline import read_statements
from analysis.source_chains import counted_at, levels_compared, origin_of
from analysis.tables import statement_table


def table_of(text, parties, date="2031-05-04"):
    """Statements of a text that were said, without those that only cite."""
    document = Document.from_text(text, id="d", date=date, language_check=False)
    read = read_statements(document, parties)
    return statement_table([s for s in read if s.cue in {"said", "saying", "told"}])


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("Citing naval intelligence, Leonie Hask said two boats had left.", "Leonie Hask",
         ["naval intelligence"]),
        ("Mirel Okan, quoting the president, said the door was “shut”.", "Mirel Okan",
         ["the president"]),
        ("“It holds,” said Gideon Reed, citing officials in Lysk.", "Gideon Reed",
         ["officials in Lysk"]),
        ("Harbour Wire quoted Anton Velik as saying that the dam would hold.", "Anton Velik",
         ["Harbour Wire"]),
        ("Anton Velik, according to Harbour Wire, told deputies that the dam would hold.",
         "Anton Velik", ["Harbour Wire"]),
        ("Ibo Lanteri said that the Zorvian ministry had told him the dam would hold.",
         "Ibo Lanteri", ["the Zorvian ministry"]),
        ("Gideon Reed said the dam would hold.", "Gideon Reed", []),
        ("Gideon Reed closed the lock, citing security reasons, and said the dam would hold.",
         "Gideon Reed", []),
    ],
)  # fmt: skip
def test_further_sources_of_a_statement_are_kept(text, speaker, via, fictional):
    row = table_of(text, fictional).iloc[-1]
    assert row["speaker"] == speaker
    assert row["via"] == via


def test_counting_at_the_speaker_changes_nothing(fictional):
    table = table_of("Citing naval intelligence, Leonie Hask said two boats had left.", fictional)
    assert counted_at(table, "speaker", fictional).equals(table)


def test_counting_at_the_origin_names_who_stands_behind_the_words(fictional):
    text = (
        "Gideon Reed, citing Anton Velik, said the dam would hold.\n\n"
        "Harbour Wire quoted Judith Orme as saying that the dam was old.\n\n"
        "Tomas Hellgar, citing officials, said that the dam was dry."
    )
    table = table_of(text, fictional)
    origin = counted_at(table, "origin", fictional)
    assert list(table["speaker"]) == ["Gideon Reed", "Judith Orme", "Tomas Hellgar"]
    assert list(origin["speaker"]) == ["Anton Velik", "Judith Orme", "unresolved"]
    assert list(origin["party"]) == ["Zorvia", "Marland", "unresolved"]
    assert list(origin.columns) == list(table.columns)
    assert list(origin.dtypes.astype(str)) == list(table.dtypes.astype(str))
    assert list(origin["speaker_confidence"].isna()) == [True, False, True]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("its defence minister", ("Serhiy Taluk", "person", "Zorvia")),
        ("his father", ("unresolved", "unresolved", "unresolved")),
        ("a letter", ("Anton Velik", "person", "Zorvia")),
        ("a report by the Kestrian Treasury", ("Kestrian Treasury", "institution", "Kestria")),
        ("Meridian Television", ("Anton Velik", "person", "Zorvia")),
    ],
)
def test_a_link_of_the_chain_is_read_with_the_gazetteer(phrase, expected, fictional):
    found = origin_of([phrase], "Anton Velik", "person", "Zorvia", fictional, "2031-05-04")
    assert found == expected


def test_an_unknown_level_is_named(fictional):
    table = table_of("Gideon Reed said the dam would hold.", fictional)
    with pytest.raises(ValueError, match=r"no level 'outlet'.*speaker, origin"):
        counted_at(table, "outlet", fictional)


def test_counting_at_the_other_end_moves_statements_and_loses_none(corpus):
    changes = levels_compared(corpus.statements, corpus.parties)
    assert changes["speaker"].sum() == changes["origin"].sum() == len(corpus.statements)
    assert changes["difference"].sum() == 0
    moved = {name for ids in changes["statement_ids"] for name in ids.split("; ") if name}
    chained = corpus.statements.loc[corpus.statements["via"].map(len) > 0, "statement_id"]
    assert moved <= set(chained)
