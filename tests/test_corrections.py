"""A person's corrections last: taken up whole, found again when the text moves, never lost."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from disputed import ARTICLE, DATE, PARAGRAPHS, load, save
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.corrections import (
    BY_HAND,
    CorrectionsError,
    apply_corrections,
    correct,
    read_corrections,
    write_sheet,
)
from analysis.corrections_sheet import correction_sheet
from analysis.documents import Document
from analysis.exports import csv_bytes
from analysis.pipeline import analyse
from analysis.reanchoring import Lost, Placed, find_passage, reanchor, surroundings


def document(text=ARTICLE, name="strait"):
    return Document.from_text(text, id=name, date=DATE, language_check=False)


@pytest.fixture(scope="module")
def dispute(fictional):
    return analyse([document()], fictional)


@pytest.fixture
def folder(dispute, tmp_path):
    write_sheet(tmp_path, dispute)
    return tmp_path


def edited(folder, edit):
    """The table of a folder after a person's edit of its rows."""
    rows = load(folder / "statements.csv")
    changed = edit(rows)
    return save(folder / "statements.csv", rows if changed is None else changed)


def row_of(rows, words):
    (found,) = [row for row in rows if words in row["content"]]
    return found


def statement_of(analysis, words):
    (found,) = [s for s in analysis.records if words in s.content]
    return found


def tables(analysis):
    return csv_bytes(analysis.statements), csv_bytes(analysis.stance)


def stances_of(analysis, statement):
    return {s.target: s.stance for s in analysis.stances if s.statement_id == statement}


class TestTheTable:
    def test_every_statement_has_one_row_and_its_words(self, folder, dispute):
        rows = load(folder / "statements.csv")
        assert [row["statement_id"] for row in rows] == [s.statement_id for s in dispute.records]
        assert [row["content"] for row in rows] == [s.content for s in dispute.records]

    def test_the_engine_s_own_table_lies_beside_it(self, folder):
        assert (folder / "statements.original.csv").read_bytes() == (
            folder / "statements.csv"
        ).read_bytes()

    def test_an_edited_table_is_kept_when_it_is_written_again(self, folder, dispute):
        path = edited(folder, lambda rows: rows[0].update(note="look again"))
        content = path.read_bytes()
        write_sheet(folder, dispute)
        assert (folder / "statements.kept-1.csv").read_bytes() == content
        write_sheet(folder, dispute)
        assert not (folder / "statements.kept-2.csv").exists()

    def test_no_correction_gives_the_same_table_byte_for_byte(self, folder, dispute):
        result = correct(dispute, folder / "statements.csv")
        assert tables(result.analysis) == tables(dispute)
        assert result.applied.empty
        assert result.conflicts.empty


class TestEdits:
    def test_speaker_and_party(self, folder, dispute):
        path = edited(
            folder,
            lambda rows: row_of(rows, "cup of tea").update(speaker="L. Harrow", party="Kestria"),
        )
        result = correct(dispute, path)
        found = statement_of(result.analysis, "cup of tea")
        assert (found.speaker, found.party, found.speaker_confidence) == ("L. Harrow", "Kestria", 1)
        assert found.rule.endswith(BY_HAND)
        assert {
            s.party for s in result.analysis.stances if s.statement_id == found.statement_id
        } == {"Kestria"}
        assert list(result.applied["changed"]) == [
            "speaker: Lena Harrow → L. Harrow; party: unresolved → Kestria"
        ]

    def test_a_speaker_of_the_gazetteer_brings_the_party_along(self, folder, dispute):
        path = edited(folder, lambda rows: row_of(rows, "cup of tea").update(speaker="gideon reed"))
        found = statement_of(correct(dispute, path).analysis, "cup of tea")
        assert (found.speaker, found.party) == ("Gideon Reed", "Marland")

    def test_act_and_targets(self, folder, dispute):
        path = edited(
            folder,
            lambda rows: row_of(rows, "harbour towns").update(
                act="comment", targets="Zorvia = favour; kestria=against"
            ),
        )
        result = correct(dispute, path)
        name = statement_of(dispute, "harbour towns").statement_id
        rows = [s for s in result.analysis.stances if s.statement_id == name]
        assert [(s.act, s.target, s.stance) for s in rows] == [
            ("COMMENT", "Zorvia", "favor"),
            ("COMMENT", "Kestria", "against"),
        ]
        assert {s.rule for s in rows} == {BY_HAND}
        joined = result.analysis.stance[result.analysis.stance["statement_id"] == name]
        assert list(joined["target"]) == ["Zorvia", "Kestria"]

    def test_an_emptied_target_cell_leaves_the_statement_without_target(self, folder, dispute):
        path = edited(folder, lambda rows: row_of(rows, "toll gate").update(targets=""))
        analysis = correct(dispute, path).analysis
        assert stances_of(analysis, statement_of(analysis, "toll gate").statement_id) == {
            "": "none"
        }

    @pytest.mark.parametrize("how", ["marked", "taken out"])
    def test_a_deleted_row(self, folder, dispute, how):
        def delete(rows):
            row = row_of(rows, "whom neither side")
            if how == "marked":
                row["mark"] = "Delete"
            else:
                rows.remove(row)

        result = correct(dispute, edited(folder, delete))
        assert len(result.analysis.records) == len(dispute.records) - 1
        assert len(result.analysis.statements) == len(dispute.records) - 1
        assert not any("whom neither side" in s.content for s in result.analysis.records)
        assert list(result.applied["action"]) == ["delete"]
        gone = result.deleted[0].statement_id
        assert gone not in set(result.analysis.stance["statement_id"])

    def test_all_rows_of_a_document_taken_out_is_asked_about(self, dispute, fictional, tmp_path):
        both = analyse(
            [document(), document("Kestria denied all.\n\n" + ARTICLE, "second")], fictional
        )
        write_sheet(tmp_path, both)
        path = edited(tmp_path, lambda rows: [r for r in rows if r["document_id"] == "strait"])
        result = correct(both, path)
        assert tables(result.analysis) == tables(both)
        assert "no row of this document is left" in result.conflicts["reason"].iloc[0]

    def test_an_added_row(self, folder, dispute):
        new = {
            "document_id": "strait",
            "mark": "add",
            "content": "a charge",
            "source": "Kesmouth",
            "speaker": "Kestria",
            "act": "REJECT",
            "targets": "Zorvia=against",
        }
        result = correct(dispute, edited(folder, lambda rows: rows.insert(2, new)))
        assert result.conflicts.empty
        (found,) = [s for s in result.analysis.records if s.content == new["content"]]
        assert ARTICLE[slice(*found.content_spans[0])] == new["content"]
        assert (found.speaker, found.party, found.rule) == ("Kestria", "Kestria", BY_HAND)
        assert stances_of(result.analysis, found.statement_id) == {"Zorvia": "against"}
        starts = [s.content_spans[0][0] for s in result.analysis.records]
        assert starts == sorted(starts)

    def test_what_an_added_row_leaves_empty_the_engine_fills_in(self, folder, dispute):
        new = {"content": "neither side had named before", "source": "Lena Harrow"}
        analysis = correct(dispute, edited(folder, lambda rows: rows.append(new))).analysis
        found = [s for s in analysis.records if s.rule == BY_HAND]
        assert [(s.speaker, s.source) for s in found] == [("Lena Harrow", "Lena Harrow")]

    @pytest.mark.parametrize(
        ("new", "reason"),
        [
            ({"content": "Kestria sank a ship"}, "not in the document"),
            ({"content": "the strait"}, "stand 2 times"),
            ({"content": "broke off in spring", "source": "the pope"}, "“the pope” is not in"),
            ({"content": "broke off in spring", "document_id": "other"}, "no document “other”"),
            ({"content": "", "speaker": "Kestria"}, "no content"),
        ],
    )
    def test_an_added_row_without_a_place_is_a_conflict(self, folder, dispute, new, reason):
        new = {"mark": "add", "document_id": "strait"} | new
        result = correct(dispute, edited(folder, lambda rows: rows.append(new)))
        assert tables(result.analysis) == tables(dispute)
        assert re.search(reason, result.conflicts["reason"].iloc[0])
        assert result.conflicts["remedy"].iloc[0]

    def test_words_that_stand_twice_are_told_apart_by_the_source_beside_them(self, folder, dispute):
        new = {"mark": "add", "content": "Kestria of closing the strait", "source": "charge"}
        result = correct(dispute, edited(folder, lambda rows: rows.append(new)))
        assert result.conflicts.empty
        (found,) = [s for s in result.analysis.records if s.rule == BY_HAND]
        assert found.paragraph == 2

    def test_two_rows_of_one_statement_that_differ_are_a_conflict(self, folder, dispute):
        def twice(rows):
            rows.append(row_of(rows, "cup of tea") | {"party": "Kestria"})

        result = correct(dispute, edited(folder, twice))
        assert tables(result.analysis) == tables(dispute)
        assert "lines 9, 14" in result.conflicts["reason"].iloc[0]

    def test_the_repetition_of_a_deleted_statement_points_nowhere(self, fictional, tmp_path):
        text = "“We will not pay for the strait,” Gideon Reed said.\n"
        both = analyse([document(text, "a"), document("It rained.\n\n" + text, "b")], fictional)
        assert [bool(s.repeats) for s in both.records] == [False, True]
        write_sheet(tmp_path, both)
        path = edited(tmp_path, lambda rows: rows[0].update(mark="delete"))
        assert [s.repeats for s in correct(both, path).analysis.records] == [""]


class TestAgainAndAgain:
    def corrections(self, folder):
        def edit(rows):
            row_of(rows, "cup of tea").update(speaker="Gideon Reed", targets="Kestria=against")
            row_of(rows, "toll gate").update(act="SUPPORT")
            row_of(rows, "whom neither side").update(mark="delete")
            rows.append({"mark": "add", "content": "rejected within hours", "source": "Kesmouth"})
            rows.append({"mark": "add", "content": "no such words"})

        return edited(folder, edit)

    def test_applying_twice_equals_once(self, folder, dispute):
        corrections = read_corrections(self.corrections(folder), parties=dispute.parties)
        once = apply_corrections(dispute, corrections)
        twice = apply_corrections(once.analysis, corrections)
        assert tables(twice.analysis) == tables(once.analysis)
        assert list(twice.conflicts["line"]) == list(once.conflicts["line"])
        assert len(once.applied) + len(once.conflicts) == len(corrections.items) == 5

    def test_the_corrected_table_holds_the_corrections(self, folder, dispute):
        once = correct(dispute, self.corrections(folder))
        write_sheet(folder, dispute, once.analysis, once.deleted)
        again = correct(dispute, folder / "statements.csv")
        assert tables(again.analysis) == tables(once.analysis)
        assert again.conflicts.empty
        kept = correct(
            dispute, folder / "statements.kept-1.csv", folder / "statements.original.csv"
        )
        assert len(kept.conflicts) == 1

    def test_without_the_engine_s_own_table_the_analysis_stands_in(self, folder, dispute):
        path = self.corrections(folder)
        beside = correct(dispute, path)
        (folder / "statements.original.csv").unlink()
        assert tables(correct(dispute, path).analysis) == tables(beside.analysis)
        with pytest.raises(CorrectionsError, match=r"statements\.original\.csv is not beside it"):
            read_corrections(path, parties=dispute.parties)


# The article changes -----------------------------------------------------------------------------

SENTENCES = re.compile(r"(?<=[.”]) (?=[A-Z“])")
PARAGRAPH = "The ferries of the bay were late again, and gulls sat on the empty pier."


@st.composite
def changed_article(draw):
    """The article with paragraphs put in, words changed and sentences taken out.

    Returns the text and the paragraphs of old that still stand in it as they were.
    """
    paragraphs, whole = [], []
    for text in PARAGRAPHS:
        what = draw(st.sampled_from(["keep", "keep", "keep", "before", "word", "sentence"]))
        if what == "before":
            paragraphs.append(PARAGRAPH)
        if what == "word":
            words = text.split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(["grey", "Tuesday"]))
            text = " ".join(words)
        elif what == "sentence":
            sentences = SENTENCES.split(text)
            sentences.pop(draw(st.integers(0, len(sentences) - 1)))
            text = " ".join(sentences)
        else:
            whole.append(text)
        paragraphs.append(text)
    return "\n\n".join(text for text in paragraphs if text) + "\n", whole


def paragraph_at(offset):
    return ARTICLE[ARTICLE.rfind("\n", 0, offset) + 1 : ARTICLE.index("\n", offset)]


class TestWhenTheArticleChanges:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(changed_article())
    def test_untouched_corrections_reapply_and_none_is_lost(self, folder, fictional, changed):
        text, whole = changed
        new = analyse([document(text)], fictional)

        def edit(rows):
            for number, row in enumerate(rows):
                row.update(speaker=f"Speaker {number}", party="Ostany", act="COERCE")

        path = folder / "edited.csv"
        rows = load(folder / "statements.original.csv")
        edit(rows)
        save(path, rows)
        corrections = read_corrections(path, folder / "statements.original.csv", fictional)
        result = apply_corrections(new, corrections)

        assert len(corrections.items) == len(rows)
        assert sorted([*result.applied["line"], *result.conflicts["line"]]) == [
            correction.line for correction in corrections.items
        ]
        lines = dict(zip(result.applied["line"], result.applied["statement_id"], strict=True))
        for correction in corrections.items:
            if paragraph_at(correction.anchor.content_spans[0][0]) in whole:
                assert correction.line in lines, (correction.anchor.content, result.conflicts)
        records = {s.statement_id: s for s in result.analysis.records}
        by_line = {c.line: c for c in corrections.items}
        for line, name in lines.items():
            assert records[name].speaker == by_line[line].new["speaker"]
        assert len(set(lines.values())) == len(lines)
        assert tables(apply_corrections(result.analysis, corrections).analysis) == tables(
            result.analysis
        )

    def after(self, folder, fictional, text, edit):
        return correct(analyse([document(text)], fictional), edited(folder, edit))

    def test_a_changed_word_inside_the_statement(self, folder, fictional):
        result = self.after(
            folder,
            fictional,
            ARTICLE.replace("a sea lane", "an old sea road"),
            lambda rows: row_of(rows, "toll gate").update(speaker="Pavel Drost"),
        )
        assert statement_of(result.analysis, "toll gate").speaker == "Pavel Drost"
        assert result.applied["found"].iloc[0].startswith("closest match (0.")

    def test_a_sentence_that_is_gone_is_a_conflict_with_a_remedy(self, folder, fictional):
        text = ARTICLE.replace(
            "“We support the harbour towns of Zorvia,” the Marlandic prime minister said.", ""
        )
        result = self.after(
            folder,
            fictional,
            text,
            lambda rows: row_of(rows, "harbour towns").update(act="COMMENT"),
        )
        assert result.applied.empty
        (row,) = result.conflicts.to_dict("records")
        assert "no longer in the text" in row["reason"]
        assert row["statement_id"] == "strait:s010"
        assert "add the statement anew" in row["remedy"]

    def test_a_quotation_now_printed_twice_keeps_its_place_by_its_surroundings(
        self, folder, fictional
    ):
        line = (
            "Later a poster in the harbour read: “Kestria has turned a sea lane into a toll gate.”"
        )
        result = self.after(
            folder,
            fictional,
            f"{line}\n\n{ARTICLE}",
            lambda rows: row_of(rows, "toll gate").update(speaker="Pavel Drost"),
        )
        found = [s for s in result.analysis.records if s.speaker == "Pavel Drost"]
        assert ["foreign minister" in s.source for s in found] == [True]

    def test_two_places_that_fit_equally_well_are_no_place(self, folder, fictional):
        result = self.after(
            folder,
            fictional,
            ARTICLE + "\n" + "\n\n".join(PARAGRAPHS[1:4]) + "\n",
            lambda rows: row_of(rows, "toll gate").update(speaker="Pavel Drost"),
        )
        assert result.applied.empty
        assert "2 places" in result.conflicts["reason"].iloc[0]

    def test_another_file_name_makes_no_difference(self, folder, fictional):
        renamed = analyse([document(name="copy")], fictional)
        path = edited(folder, lambda rows: row_of(rows, "toll gate").update(speaker="Pavel Drost"))
        assert statement_of(correct(renamed, path).analysis, "toll gate").speaker == "Pavel Drost"


class TestReanchoring:
    @settings(max_examples=100, deadline=None)
    @given(st.text("ab “”'’\n…-—", max_size=60), st.data())
    def test_a_passage_is_found_at_offsets_that_slice_back(self, text, data):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        for spans in find_passage(text, text[start:end]):
            for a, b in spans:
                assert 0 <= a < b <= len(text)
                assert text[a:b].strip()

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(PARAGRAPHS), st.data())
    def test_unchanged_words_are_found_where_they_went(self, paragraph, data):
        words = paragraph.split(" ")
        first = data.draw(st.integers(0, len(words) - 5))
        content = " ".join(words[first : first + 5])
        start = ARTICLE.index(paragraph) + len(" ".join(words[:first])) + (first > 0)
        before, after = surroundings(ARTICLE, [(start, start + len(content))])
        moved = reanchor(f"{PARAGRAPH}\n\n{ARTICLE}", content, 1, before, after)
        assert isinstance(moved, Placed)
        shift = len(PARAGRAPH) + 2
        assert moved.spans == ((start + shift, start + shift + len(content)),)

    def test_the_same_words_elsewhere_are_not_taken_for_those_removed(self):
        text = "A boy said “we will never pay for it” to a cat.\n\nThe weather was fine all week."
        assert isinstance(
            reanchor(
                text,
                "“we will never pay for it”",
                1,
                "the envoy of Ostany warned that",
                "in a letter to all.",
            ),
            Lost,
        )


# What spreadsheets do ----------------------------------------------------------------------------


def shuffled(rows):
    columns = list(rows[0])[::-1]
    return [{c: row[c] for c in columns} for row in reversed(rows)]


def with_columns(rows):
    return [{"": "", "my colour": "red"} | row | {"Checked by": "me", " ": ""} for row in rows]


def guarded(rows):
    return [
        {k: "'" + v if k in {"speaker", "party", "targets"} else v for k, v in row.items()}
        for row in rows
    ]


def straightened(rows):
    table = str.maketrans("“”‘’–", "\"\"''-")
    return [{k: v.translate(table) for k, v in row.items()} for row in rows]


def curled(rows):
    return [{k: v.replace("'", "’").replace("...", "…") for k, v in row.items()} for row in rows]


def spaced(rows):
    return [{k: f" {v.replace(' ', chr(160), 1)}" for k, v in row.items()} for row in rows]


def broken_lines(rows):
    return [
        row | {"content": row["content"].replace(" ", "\n", 1), "note": "see\n“above”"}
        for row in rows
    ]


def mangled_dates(rows):
    return [
        row | {"date": value} for row, value in zip(rows, ["03/06/2031", "48002"] * 6, strict=True)
    ]


def emptied_keys(rows):
    return [row | {"content_spans": "", "source_span": "", "document_hash": ""} for row in rows]


def keys_without_ids(rows):
    return [row | {"content_spans": "#", "statement_id": ""} for row in rows]


def with_numbers(rows):
    return [row | {"source_confidence": "0,994"} for row in rows]


class TestSpreadsheets:
    @pytest.fixture
    def expected(self, folder, dispute):
        return tables(correct(dispute, edited(folder, self.edit)).analysis)

    def edit(self, rows):
        row_of(rows, "toll gate").update(
            speaker="Pavel Drost", targets="Kestria=none; Marland=favor"
        )
        row_of(rows, "whom neither side").update(mark="delete")
        row_of(rows, "cup of tea").update(speaker="Zoë Brandt")

    @pytest.mark.parametrize(
        "damage",
        [shuffled, with_columns, guarded, straightened, curled, spaced, broken_lines,
         mangled_dates, with_numbers, emptied_keys, keys_without_ids],
    )  # fmt: skip
    def test_damage_to_cells_makes_no_difference(self, folder, dispute, expected, damage):
        path = save(folder / "statements.csv", damage(load(folder / "statements.csv")))
        result = correct(dispute, path)
        assert result.conflicts.empty
        assert tables(result.analysis) == expected

    @pytest.mark.parametrize(
        "saving",
        [
            {"encoding": "utf-8-sig"},
            {"encoding": "utf-16", "separator": "\t"},
            {"encoding": "utf-16-le", "separator": ";"},
            {"encoding": "cp1252", "separator": ";", "newline": "\r\n"},
            {"newline": "\r"},
            {"separator": "|"},
        ],
        ids=str,
    )
    def test_the_way_it_was_saved_makes_no_difference(self, folder, dispute, expected, saving):
        path = folder / "statements.csv"
        save(path, load(path), **saving)
        result = correct(dispute, path)
        assert result.conflicts.empty
        assert tables(result.analysis) == expected

    def test_opened_in_the_wrong_encoding_and_saved(self, folder, dispute, expected):
        path = folder / "statements.csv"
        path.write_bytes(path.read_bytes().decode("sloppy-windows-1252").encode())
        assert "â€" in path.read_text(encoding="utf-8")
        result = correct(dispute, path)
        assert tables(result.analysis) == expected

    def test_separator_line_and_empty_rows(self, folder, dispute, expected):
        path = folder / "statements.csv"
        save(path, load(path), separator=";")
        path.write_text(
            "sep=;\n" + path.read_text(encoding="utf-8") + ";;;;\n;;;;;;;\n\n", encoding="utf-8"
        )
        assert tables(correct(dispute, path).analysis) == expected

    def test_a_date_that_is_the_name_of_a_document(self, fictional, tmp_path):
        one = analyse(
            [document(name="2031-06-03"), document("Kestria said no.\n", "2031-06-04")], fictional
        )
        write_sheet(tmp_path, one)
        for written in ("03/06/2031", "6/3/2031", "03.06.31", "48002", "48002,0"):
            new = {"mark": "add", "document_id": written, "content": "rejected within hours"}
            path = edited(tmp_path, lambda rows, new=new: [*rows[:13], new])
            result = correct(one, path, tmp_path / "statements.original.csv")
            assert result.conflicts.empty, (written, result.conflicts.to_dict("records"))
            assert list(result.applied["document_id"]) == ["2031-06-03"]

    @pytest.mark.parametrize(
        ("columns", "lines"), [(["content_spans"], []), (["content_spans", "content"], [4, 5])]
    )
    def test_keys_written_over_delete_nothing(self, folder, dispute, columns, lines):
        def swap(rows):
            for name in columns:
                rows[2][name], rows[3][name] = rows[3][name], rows[2][name]

        result = correct(dispute, edited(folder, swap))
        assert tables(result.analysis) == tables(dispute)
        assert list(result.conflicts["line"]) == lines

    @pytest.mark.parametrize("before", ["", "It rained on the day of the talks.\n\n"])
    def test_one_column_sorted_alone_is_named(self, folder, dispute, fictional, before):
        def sort_contents(rows):
            contents = sorted(row["content"] for row in rows)
            for row, content in zip(rows, contents, strict=True):
                row.update(content=content, party="Ostany")

        now = analyse([document(before + ARTICLE)], fictional)
        result = correct(now, edited(folder, sort_contents))
        assert len(result.conflicts) + len(result.applied) == len(dispute.records)
        assert len(result.conflicts) > len(result.applied)
        assert result.conflicts["remedy"].str.contains("sort").all()
        contents = {s.statement_id: s.content for s in dispute.records}
        for row in result.applied.itertuples():
            assert contents[row.statement_id] == row.content

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"party": "Zorvai"}, r"line 4: no party “Zorvai” in party. Did you mean Zorvia\?"),
            ({"party": "Atlantis"}, r"line 4: no party “Atlantis” in party. Use a party of these"),
            ({"act": "ACUSE"}, r"line 4: no speech act “ACUSE”. Did you mean ACCUSE\?"),
            ({"targets": "Kestria=contra"}, r"line 4: no stance “contra”. Use a stance of these"),
            ({"targets": "Kestria"}, r"line 4: targets “Kestria” has no stance"),
            ({"targets": "Kestria=none; Kestria=against"}, "line 4: targets names Kestria twice"),
            ({"mark": "maybe"}, r"line 4: mark “maybe” is not known. Write delete or add"),
            ({"speaker": "#NAME?"}, r"line 4: speaker holds “#NAME\?”"),
        ],
    )
    def test_a_value_that_does_not_exist_is_named(self, folder, dispute, change, message):
        path = edited(folder, lambda rows: row_of(rows, "toll gate").update(change))
        with pytest.raises(CorrectionsError, match=message) as caught:
            correct(dispute, path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("key", ["document_id", "document_hash", "content", "content_spans"])
    def test_a_missing_key_column_is_named(self, folder, dispute, key):
        rows = load(folder / "statements.csv")
        path = save(folder / "statements.csv", rows, columns=[c for c in rows[0] if c != key])
        with pytest.raises(CorrectionsError, match=rf"line 1: no column {key}\."):
            correct(dispute, path)

    @pytest.mark.parametrize("column", ["speaker", "targets", "before", "note", "statement_id"])
    def test_another_column_may_be_missing(self, folder, dispute, column):
        rows = load(folder / "statements.csv")
        path = save(folder / "statements.csv", rows, columns=[c for c in rows[0] if c != column])
        assert tables(correct(dispute, path).analysis) == tables(dispute)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "is empty"),
            (b"PK\x03\x04rest", "is a workbook"),
            (b"hello\n", "no column"),
            (b"\x00\x01\x02\x03" * 50, "binary"),
        ],
    )
    def test_a_file_that_is_no_table(self, folder, dispute, content, message):
        path = folder / "broken.csv"
        path.write_bytes(content)
        with pytest.raises(CorrectionsError, match=message) as caught:
            correct(dispute, path)
        assert "broken.csv" in str(caught.value)

    def test_a_missing_file(self, dispute, tmp_path):
        with pytest.raises(CorrectionsError, match=r"absent\.csv: no such file"):
            correct(dispute, tmp_path / "absent.csv")

    def test_a_row_with_too_many_cells(self, folder, dispute):
        path = folder / "statements.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[3] += ",more,and more"
        path.write_text("\n".join(lines), encoding="utf-8")
        with pytest.raises(CorrectionsError, match="line 4: more cells than columns"):
            correct(dispute, path)

    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.binary(max_size=60), st.floats(0, 1))
    def test_any_bytes_in_the_file_give_a_table_or_one_error(self, folder, dispute, noise, where):
        whole = (folder / "statements.original.csv").read_bytes()
        at = int(where * len(whole))
        path = folder / "noise.csv"
        path.write_bytes(whole[:at] + noise + whole[at:])
        message = ""
        try:
            result = correct(dispute, path, folder / "statements.original.csv")
        except CorrectionsError as error:
            message = str(error)
        assert "noise.csv" in message or isinstance(result.conflicts, pd.DataFrame)


def test_charts_run_on_the_corrected_analysis(folder, dispute):
    from analysis.tables import overview, stance_counts

    path = edited(folder, lambda rows: row_of(rows, "cup of tea").update(party="Kestria"))
    analysis = correct(dispute, path).analysis
    assert list(analysis.statements.dtypes) == list(dispute.statements.dtypes)
    assert list(analysis.stance.columns) == list(dispute.stance.columns)
    assert int(overview(analysis.statements).set_index("party")["statements"]["Kestria"]) == 3
    assert len(stance_counts(analysis.stance))


def test_tables_without_rows_are_shown(folder, dispute):
    from analysis.display import shown

    result = correct(dispute, folder / "statements.csv")
    for table in (result.applied, result.conflicts):
        assert "<table" in shown(table).data


def test_a_record_of_another_engine_is_left_as_it_is(dispute, folder, fictional):
    """The engine has since become better: what was never corrected stays as it is now."""
    records = [
        replace(s, speaker="Leonie Hask") if "cup of tea" in s.content else s
        for s in dispute.records
    ]
    better = replace(dispute, records=tuple(records))
    path = edited(folder, lambda rows: row_of(rows, "toll gate").update(speaker="Pavel Drost"))
    analysis = correct(better, path).analysis
    assert statement_of(analysis, "cup of tea").speaker == "Leonie Hask"
    assert statement_of(analysis, "toll gate").speaker == "Pavel Drost"
    assert csv_bytes(correction_sheet(dispute)) == (folder / "statements.original.csv").read_bytes()
