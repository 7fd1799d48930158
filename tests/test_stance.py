"""Speech act and stance, by phenomenon, on sentences about countries that do not exist."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.actors import answer_record, classify_act
from analysis.documents import Document, load_article
from analysis.lexicon import Lexicon, words_of
from analysis.parties import Parties
from analysis.records import Stance, Statement
from analysis.stance import classify_stance, stance_rows

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
GAZETTEER = """
[party."Norland"]
seats = ["Nordhaven"]
adjectives = ["Norlandic"]
people = ["Norlanders"]
[party."Sudria"]
seats = ["Port Sud"]
adjectives = ["Sudrian"]
people = ["Sudrians"]
[party."Averia"]
seats = ["Avel"]
adjectives = ["Averian"]
people = ["Averians"]
[party."Tessaland"]
seats = ["Tesska"]
adjectives = ["Tessalandic"]
people = ["Tessalanders"]
"""
ACTS = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COMMENT",
}  # fmt: skip
MODES = {
    "ACCUSE": {"allege", "disapprove"},
    "REJECT": {"deny", "refuse"},
    "REQUEST": {"change", "assist", "meet"},
    "COMMENT": {"report", "self", "decline"},
}


def sentences():
    with (HERE / "stance_sentences.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            marks = []
            if row["known_gap"]:
                marks = [pytest.mark.xfail(reason=row["known_gap"], strict=True)]
            yield pytest.param(row, id=f"{row['phenomenon']}, line {number}", marks=marks)


@pytest.fixture(scope="module")
def parties(tmp_path_factory):
    path = tmp_path_factory.mktemp("gazetteer") / "parties.toml"
    path.write_text(GAZETTEER, encoding="utf-8")
    return Parties.from_toml(path)


def passage(*parts):
    """A document of sentences ``(party, cue, content[, rest])``, and its statements."""
    text, places = "", []
    for party, cue, content, *rest in parts:
        start = len(text) + len("The minister ") + len(cue) + 1
        places.append((party, cue, content, start))
        text += f"The minister {cue} {content}{''.join(rest)}. "
    document = Document.from_text(text, language_check=False)
    found = []
    for number, (party, cue, content, start) in enumerate(places, 1):
        quoted = "“" in content
        direct = content.startswith("“") and content.endswith("”")
        found.append(
            Statement(
                document_id="document",
                statement_id=f"document:s{number:03}",
                date="",
                paragraph=1,
                section="body",
                kind="direct" if direct else "mixed" if quoted else "indirect",
                content_spans=((start, start + len(content)),),
                content=content,
                content_repaired=content,
                cue_span=(start - len(cue) - 1, start - 1),
                cue=cue,
                speaker="the minister",
                party=party,
            )
        )
    return document, found


def sides(rows):
    return {row.target: row.stance for row in rows if row.stance in {"against", "favor"}}


@pytest.fixture
def rules_alone(monkeypatch):
    """Read without the learned models, which weigh what the rules tell."""
    monkeypatch.setattr("analysis.stance.stored_models", dict)


def read(parties, *parts):
    """Rows of each statement of a passage, as lists."""
    document, statements = passage(*parts)
    rows = stance_rows(statements, document, parties)
    return [[row for row in rows if row.statement_id == one.statement_id] for one in statements]


# One sentence each, by phenomenon.


@pytest.mark.parametrize("row", list(sentences()))
def test_act_and_sides_of_a_sentence(row, parties, rules_alone):
    document, (statement,) = passage((row["party"], row["cue"], row["content"]))
    rows = classify_stance(statement, document, parties)
    wanted = dict(pair.rsplit(" ", 1) for pair in row["targets"].split("; ") if pair)
    assert (rows[0].act, rows[0].mode or "") == (row["act"], row["mode"])
    assert sides(rows) == {name: side for name, side in wanted.items() if side != "none"}


def test_the_models_leave_nearly_all_that_the_rules_tell(parties):
    kept = []
    for (row,) in (one.values for one in sentences()):
        document, (statement,) = passage((row["party"], row["cue"], row["content"]))
        wanted = dict(pair.rsplit(" ", 1) for pair in row["targets"].split("; ") if pair)
        told = {name: side for name, side in wanted.items() if side != "none"}
        kept.append(sides(classify_stance(statement, document, parties)) == told)
    assert sum(kept) / len(kept) >= 0.9


# What other statements of the document tell: the sides it has shown, and whom words point to.


def passages():
    with (HERE / "stance_passages.csv").open(encoding="utf-8", newline="") as file:
        grouped: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in csv.DictReader(file):
            grouped.setdefault((row["set"], row["passage"]), []).append(row)
    for (number, passage_), rows in grouped.items():
        gap = next((row["known_gap"] for row in rows if row["known_gap"]), "")
        marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
        name = f"{rows[0]['phenomenon']}, set {number} passage {passage_}"
        yield pytest.param(rows, id=name, marks=marks)


@pytest.mark.parametrize("rows", list(passages()))
def test_act_and_sides_of_a_statement_among_others(rows, parties, rules_alone):
    for row, found in zip(
        rows, read(parties, *((r["party"], r["cue"], r["content"]) for r in rows)), strict=True
    ):
        if not row["act"]:
            continue
        wanted = dict(pair.rsplit(" ", 1) for pair in row["targets"].split("; ") if pair)
        assert (found[0].act, found[0].mode or "") == (row["act"], row["mode"])
        assert sides(found) == {name: side for name, side in wanted.items() if side != "none"}


def test_a_denial_answers_the_last_accuser_and_spares_the_alleged_partner(parties):
    *_, denial = read(
        parties,
        ("Tessaland", "accused", "Sudria of piracy"),
        ("Norland", "accused", "Sudria of arming Averia"),
        ("Sudria", "denied", "sending weapons to Averia"),
    )
    assert denial[0].act == "REJECT"
    assert {row.target: row.stance for row in denial} == {"Norland": "against", "Averia": "none"}


def test_an_accuser_named_in_the_sentence_goes_before_the_last_one(parties):
    *_, denial = read(
        parties,
        ("Norland", "accused", "Sudria of arming Averia"),
        ("Sudria", "denied", "sending weapons to Averia", ", days after Tessaland’s accusations"),
    )
    assert sides(denial) == {"Tessaland": "against"}


def test_these_accusations_are_those_answered_before(parties):
    *_, second = read(
        parties,
        ("Norland", "accused", "Sudria of arming Averia"),
        ("Sudria", "denied", "sending weapons to Averia"),
        ("Tessaland", "condemned", "Sudria"),
        ("Sudria", "said", "it had refuted these accusations many times"),
    )
    assert (second[0].act, second[0].mode) == ("REJECT", "deny")
    assert sides(second) == {"Norland": "against"}


def test_a_headline_denial_gets_its_accuser_from_the_text_below(parties):
    headline, _ = read(
        parties,
        ("Sudria", "denied", "sending weapons to Averia"),
        ("Norland", "accused", "Sudria of arming Averia"),
    )
    assert sides(headline) == {"Norland": "against"}


def test_a_denial_without_any_accuser_is_against_nobody(parties):
    (rows,) = read(parties, ("Sudria", "denied", "sending weapons to Averia"))
    assert rows[0].act == "REJECT"
    assert not sides(rows)


@pytest.mark.parametrize(
    "content",
    [
        "“This partnership is harmful to the whole region.”",
        "this development was “deeply troubling”",
        "“They are playing with fire.”",
    ],
)
def test_a_pointing_phrase_means_those_blamed_before(content, parties):
    *_, rows = read(
        parties,
        ("Norland", "condemned", "the military partnership between Sudria and Averia"),
        ("Norland", "added", content),
    )
    assert sides(rows) == {"Sudria": "against", "Averia": "against"}
    assert rows[0].act == "ACCUSE"


def test_these_activities_are_all_that_the_speakers_side_has_blamed(parties):
    *_, rows = read(
        parties,
        ("Norland", "condemned", "Sudria"),
        ("Norland", "accused", "Averia of smuggling"),
        ("Norland", "said", "“We will use all means to disrupt these activities.”"),
    )
    assert rows[0].act == "THREATEN"
    assert sides(rows) == {"Sudria": "against", "Averia": "against"}


def test_details_of_sanctions_go_on_being_sanctions(parties):
    *_, rows = read(
        parties,
        ("Norland", "announced", "sanctions against three Sudrian companies"),
        ("Norland", "said", "these are two shipyards and a bank"),
    )
    assert rows[0].act == "SANCTION"
    assert sides(rows) == {"Sudria": "against"}


def test_without_earlier_statements_a_pointing_phrase_means_nobody(parties):
    (rows,) = read(parties, ("Norland", "added", "“This partnership is harmful.”"))
    assert not sides(rows)


def test_an_addressee_between_cue_and_content_is_the_target(parties):
    document, (statement,) = passage(("Norland", "urged", "Sudria “to stop the raids”"))
    start = document.raw.index("“")
    end = statement.content_spans[0][1]
    shorter = replace(statement, content_spans=((start, end),), content=document.raw[start:end])
    rows = classify_stance(shorter, document, parties)
    assert rows[0].act == "REQUEST"
    assert sides(rows) == {"Sudria": "against"}


# What holds of every row.


def test_the_engine_abstains_where_one_party_is_praised_and_blamed(parties):
    content = "“Averia is a reliable partner, but what it did was illegal.”"
    (rows,) = read(parties, ("Norland", "said", content))
    assert {row.target: row.stance for row in rows} == {"Averia": None}


def test_the_rule_names_the_deciding_words_and_the_evidence_shows_them(parties):
    document, (statement,) = passage(
        ("Norland", "said", "the conduct of Sudria was “reckless and illegal”")
    )
    (row,) = classify_stance(statement, document, parties)
    assert document.raw[slice(*row.evidence_span)] == "reckless"
    assert "reckless" in row.rule


def test_evidence_counts_raw_characters_also_behind_damaged_words(parties):
    content = "the attack once morest Averia by Sudria was “illegal”"
    document, (statement,) = passage(("Norland", "said", content))
    rows = classify_stance(statement, document, parties)
    assert document.raw != document.text
    assert document.raw[slice(*rows[0].evidence_span)] == "illegal"
    assert sides(rows) == {"Sudria": "against"}


WORDS = st.sampled_from(
    """Norland Sudria Averia Tessaland Sudrian we they it its denied accused condemned not never
    will must attack weapons sold to against by of and between the partnership harmful sanctions
    considering help “ ” , . that which if""".split()
)


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(WORDS, min_size=1, max_size=30),
    cue=st.sampled_from(["said", "denied", "warned", "called for", "did not condemn", "vowed"]),
    party=st.sampled_from(["Norland", "Sudria", "Norland; Averia", "other", "unresolved"]),
)
def test_any_words_give_rows_that_keep_the_contract(words, cue, party, parties):
    document, statements = passage((party, cue, " ".join(words)))
    rows = stance_rows(statements, document, parties)
    assert rows
    assert len({row.target for row in rows}) == len(rows)
    for row in rows:
        assert isinstance(row, Stance)
        assert row.act in ACTS
        assert row.mode in MODES.get(row.act, {None})
        assert row.stance in {"against", "none", "favor", None}
        assert row.rule
        if row.target in party.split("; "):
            assert (row.mode, row.stance) == ("self", "favor")
        if row.evidence_span:
            start, end = row.evidence_span
            assert 0 <= start < end <= len(document.raw)


# The seed article: floors, so that a change that costs agreement is seen.


def test_seed_article_agreement_does_not_fall():
    gold = json.loads((DATA / "gold" / "article.json").read_text(encoding="utf-8"))["statements"]
    document = load_article(DATA / "article.txt")
    names = set(Statement.__dataclass_fields__)
    statements = []
    for record in sorted(gold, key=lambda one: one["content_spans"][0]):
        fields = {key: value for key, value in record.items() if key in names}
        for key in ("content_spans", "fragment_spans"):
            fields[key] = tuple(map(tuple, fields[key]))
        for key in ("source_span", "cue_span"):
            fields[key] = tuple(fields[key]) if fields[key] else None
        missing = {"document_id": "article", "date": document.date, "paragraph": 1}
        statements.append(
            Statement(**missing, **fields, content_repaired=record["content"])
        )  # fmt: skip
    rows: dict[str, list[Stance]] = {}
    for row in stance_rows(statements, document, Parties.from_toml()):
        rows.setdefault(row.statement_id, []).append(row)
    acts = both = answered = wanted = spared = 0
    required = [record for record in gold if not record["optional"]]
    for record in required:
        found = rows[record["statement_id"]]
        acts += found[0].act in {record["act"], *record["act_also"]}
        told = {name: side for name, side in record["targets"].items() if side != "none"}
        got = sides(found)
        both += sum(got.get(name) == side for name, side in told.items())
        answered, wanted = answered + len(got), wanted + len(told)
        spared += sum(
            side == "none" and name not in got for name, side in record["targets"].items()
        )
    assert acts / len(required) >= 0.88
    assert 2 * both / (answered + wanted) >= 0.85
    assert spared >= 6


# Acts between two marked actors.


def between(text, source, target):
    marks = [
        {"text": one, "start": text.index(one), "end": text.index(one) + len(one)}
        for one in (source, target)
    ]
    return classify_act(text, *marks)


@pytest.mark.parametrize(
    ("text", "source", "target", "act"),
    [
        (
            "Norland sent medical supplies to Averia.",
            "Norland",
            "Averia",
            "AID",
        ),
        pytest.param(
            "Averia was shelled by Sudria overnight.",
            "Sudria",
            "Averia",
            "ASSAULT",
            marks=pytest.mark.xfail(reason="own sentences report shelling as news", strict=True),
        ),
        ("Norland refused to release aid for Averia.", "Norland", "Averia", "REJECT"),
        ("Norland will not lift the blockade of Averia.", "Norland", "Averia", "REJECT"),
        ("Sudria threatened to shell Averia.", "Sudria", "Averia", "THREATEN"),
        ("Sudria agreed to withdraw from Averia.", "Sudria", "Averia", "AGREE"),
        ("Sudria withdrew its troops from Averia.", "Sudria", "Averia", "RETREAT"),
        (
            "Sudrian police arrested two reporters from Averia.",
            "Sudrian police",
            "Averia",
            "COERCE",
        ),
        ("Students staged a sit-in against Sudria.", "Students", "Sudria", "PROTEST"),
        ("Sudria mobilised the army against Averia.", "Sudria", "Averia", "MOBILIZE"),
        ("Norland expelled a diplomat of Sudria.", "Norland", "Sudria", "SANCTION"),
        ("Norland and Averia held joint exercises.", "Norland", "Averia", "COOPERATE"),
        ("The envoy of Norland met the king of Averia.", "Norland", "Averia", "CONSULT"),
        ("Norland urged Sudria to stop.", "Norland", "Sudria", "REQUEST"),
        ("Norland said Sudria must disarm.", "Norland", "Sudria", "REQUEST"),
    ],
)
def test_act_between_two_actors(text, source, target, act):
    assert between(text, source, target).act == act


def test_no_words_of_an_act_no_side():
    answer = answer_record(
        {
            "id": "a",
            "text": "Norland and Averia are islands.",
            "source": {"text": "Norland", "start": 0, "end": 7},
            "target": {"text": "Averia", "start": 12, "end": 18},
        }
    )
    assert answer["id"] == "a"
    assert answer["label"] in {None, "COMMENT"}
    assert answer["stance"] in {None, "none"}


@given(text=st.lists(WORDS, max_size=20).map(" ".join), start=st.integers(0, 30))
def test_any_marked_sentence_is_answered(text, start):
    mark = {"text": text[start : start + 3], "start": start, "end": start + 3}
    for source, target in ((mark, None), (None, mark), (None, None)):
        answer = answer_record({"id": 1, "text": text, "source": source, "target": target})
        assert answer["label"] is None or answer["label"] in ACTS
        assert answer["label"] is None or 0 < answer["p"][answer["label"]] <= 1


# The cue words.


def test_the_longest_cue_of_a_family_holds():
    words = words_of("the oil embargo")
    found = [hit for hit in Lexicon.from_toml().hits(words) if hit.family == "sanction"]
    assert [(hit.first, hit.last) for hit in found] == [(1, 3)]


def test_a_cue_in_two_parts_does_not_reach_over_a_full_stop():
    lexicon = Lexicon.from_toml()
    whole = lexicon.hits(words_of("they hold the junta accountable"))
    apart = lexicon.hits(words_of("they hold the fort. The junta is accountable"))
    assert any(hit.family == "hostile" and hit.last - hit.first == 4 for hit in whole)
    assert not any(hit.family == "hostile" for hit in apart)
