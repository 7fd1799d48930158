"""Every format gives the same story, and every kind of damage its message."""

import io
import os
import re
import socket
import subprocess
import sys
import threading
import zipfile
from html import unescape
from pathlib import Path

import made_files as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.display import shown
from analysis.documents import DocumentError, load_article, load_corpus
from analysis.intake import Limits, file_name, read_sources, write_texts
from analysis.markup import marked_document
from analysis.pipeline import read_statements
from analysis.statements import extract_statements
from analysis.tables import statement_table

EVERY = {**made.ARTICLES, **made.TABLES}
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def the_problem(path, **options):
    """The one thing that could not be read, where nothing else was there."""
    intake = read_sources([path], **options)
    assert intake.documents == []
    (problem,) = intake.unreadable
    assert Path(path).name in problem.file
    assert problem.reason
    assert problem.remedy
    assert "\n" not in str(problem)
    return said(problem)


def said(problem):
    """A message without the folders in it, whose names hold the words of the test's name."""
    return str(problem).replace(problem.file, problem.file.rpartition("/")[2])


def the_document(path, **options):
    intake = read_sources([path], **options)
    assert intake.unreadable == []
    (document,) = intake.documents
    return document


def words(text):
    return " ".join(text.split())


class TestRoundTrip:
    @pytest.mark.parametrize("name", EVERY)
    def test_the_story_its_title_and_its_date_come_back(self, put, name):
        intake = read_sources([put(name, EVERY[name]())])
        assert intake.unreadable == []
        document = intake.documents[0]
        assert words(made.STORY) in words(document.raw)
        assert document.title == made.TITLE
        assert document.date == ("" if name.endswith(".pdf") else made.DATE)
        assert document.paragraphs[0].section == "headline"
        assert len(document.paragraphs) == 1 + len(made.PARAGRAPHS)

    @pytest.mark.parametrize("name", EVERY)
    def test_statements_slice_back_out_of_the_text_that_is_kept(self, put, tmp_path, name):
        document = read_sources([put(name, EVERY[name]())]).documents[0]
        kept = write_texts([document], tmp_path / "texts")
        raw = kept[document.id].read_bytes().decode() if kept else (tmp_path / name).read_text()
        assert bool(kept) == (not name.endswith((".txt", ".md")))
        (statement,) = [s for s in extract_statements(document) if s.kind == "direct"]
        assert [raw[a:b] for a, b in statement.content_spans] == ["“The talks have failed.”"]
        assert raw[slice(*statement.source_span)] == "Anna Roe"

    @pytest.mark.parametrize("name", made.ARTICLES)
    def test_an_article_is_read_from_any_format(self, put, name):
        path = put(name, made.ARTICLES[name]())
        assert load_article(path).raw == read_sources([path]).documents[0].raw

    @pytest.mark.parametrize("name", made.ARTICLES)
    def test_metadata_beside_the_file_go_before_its_own(self, put, name):
        path = put(name, made.ARTICLES[name]())
        put("story.toml", 'id = "mine"\ndate = 2020-01-02\norigin = "a desk"\n')
        document = load_article(path)
        assert (document.id, document.date) == ("mine", "2020-01-02")
        assert document.meta["origin"] == "a desk"

    @pytest.mark.parametrize("name", EVERY)
    def test_standard_input_is_read_by_its_content(self, monkeypatch, name):
        class Stdin:
            buffer = io.BytesIO(EVERY[name]())

        if name.endswith((".csv", ".tsv")):
            pytest.skip("a table of text without a name is a text")
        monkeypatch.setattr(sys, "stdin", Stdin)
        intake = read_sources(["-"])
        assert intake.unreadable == []
        assert words(made.STORY) in words(intake.documents[0].raw)

    @pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
    def test_a_pipe_is_read_once(self, tmp_path):
        path = tmp_path / "pipe"
        os.mkfifo(path)
        writer = threading.Thread(target=path.write_bytes, args=(made.plain(),))
        writer.start()
        document = the_document(path)
        writer.join()
        assert document.title == made.TITLE

    def test_a_folder_with_its_subfolders(self, put, tmp_path):
        for year in ("2021", "2022"):
            for name in ("story.txt", "story.html", "rows.csv"):
                content = EVERY[name]().replace(b"\na1,", b"\n,").replace(b"\na2,", b"\n,")
                put(f"corpus/{year}/{name}", content)
        put("corpus/picture.png", b"\x89PNG")
        put("corpus/.hidden.txt", "x")
        put("corpus/README.md", "About this folder.")
        intake = read_sources([tmp_path / "corpus"])
        assert intake.unreadable == []
        expected = {f"{y}/{n}" for y in ("2021", "2022") for n in
                    ("story", "story.txt", "rows.csv#1", "rows.csv#2")}  # fmt: skip
        assert {d.id for d in intake.documents} == expected
        assert {d.id for d in load_corpus(tmp_path / "corpus")} == expected

    def test_nothing_is_lost_when_a_file_cannot_be_read(self, put, tmp_path):
        for name in EVERY:
            put(f"good/{name}", EVERY[name]().replace(b'"a', b'"' + name.encode()))
        good = read_sources([tmp_path / "good"])
        put("good/aa.pdf", "no PDF")
        put("good/zz.docx", b"")
        both = read_sources([tmp_path / "good"])
        assert {d.id for d in both.documents} == {d.id for d in good.documents}
        assert len(both.unreadable) == len(good.unreadable) + 2


class TestIds:
    def test_the_same_sources_give_the_same_ids(self, put, tmp_path):
        for name in made.ARTICLES:
            put(f"a/{name}", made.ARTICLES[name]())
            put(f"b/{name}", made.ARTICLES[name]())
        sources = [tmp_path / "a", tmp_path / "b"]
        first, second = ([d.id for d in read_sources(sources).documents] for _ in range(2))
        assert first == second
        assert len(set(first)) == 2 * len(made.ARTICLES)

    def test_files_of_one_name_are_told_apart(self, put):
        paths = [put(f"{folder}/talks.txt", made.plain()) for folder in ("x", "y")]
        paths.append(put("x/talks.html", made.page()))
        assert {d.id for d in read_sources(paths).documents} == {"talks", "y/talks", "talks.html"}

    def test_a_file_named_twice_is_read_once(self, put, tmp_path):
        path = put("talks.txt", made.plain())
        intake = read_sources([tmp_path, path])
        assert len(intake.documents) == 1
        assert "named twice" in said(intake.unreadable[0])

    def test_an_id_that_two_rows_state_is_named_with_both_places(self, put):
        path = put("rows.csv", made.table([made.ROWS[0], made.ROWS[0]]))
        intake = read_sources([path])
        assert [d.id for d in intake.documents] == ["a1"]
        assert re.search(r"line 10 has the same id \(a1\) as .*line 2", said(intake.unreadable[0]))

    @given(st.lists(st.text(max_size=30), unique=True, max_size=6))
    def test_any_ids_give_plain_and_different_file_names(self, ids):
        names = [file_name(id) for id in ids]
        assert len({name.lower() for name in names}) == len(ids)
        for name in names:
            assert re.fullmatch(r"[A-Za-z0-9_-]+(\.[0-9a-f]{10})?\.txt", name)

    @pytest.mark.parametrize("id", ["../../out", "/out", "C:\\out", "con", "a/b", "..", "a\x00b"])
    def test_an_id_that_is_a_path_writes_nothing_outside_the_folder(self, put, tmp_path, id):
        path = put("rows.jsonl", made.json_lines([made.ROWS[0] | {"id": id}]))
        document = the_document(path)
        assert document.id == id
        before = set(tmp_path.rglob("*"))
        kept = write_texts([document], tmp_path / "deep" / "texts")
        assert kept[id].parent == tmp_path / "deep" / "texts"
        assert set(tmp_path.rglob("*")) - before == {
            tmp_path / "deep", tmp_path / "deep" / "texts", kept[id]
        }  # fmt: skip
        assert kept[id].stem.lower() not in {"con", ""}


class TestWebPages:
    def test_furniture_is_set_apart_and_listed(self, put):
        comments = '<div class="comments" id="comments"><p>I never liked this mill.</p></div>'
        document = the_document(put("a.html", made.page(extra=comments)))
        assert "Sport news" not in document.raw
        assert "never liked" not in document.raw
        assert "Sport news" in document.meta["page_furniture"]
        assert "I never liked this mill." in document.meta["page_furniture"]

    def test_script_and_style_are_never_text(self, put):
        head = "<script>var head_code = 1</script><style>.rule {color: red}</style>"
        hidden = (
            "<p onclick='click_code()'>One more paragraph stands here for the reader."
            "<script>inner_code()</script></p><noscript>no_code</noscript>"
            "<template><p>template_code</p></template>"
        )
        paragraphs = [*made.PARAGRAPHS, hidden]
        document = the_document(put("a.html", made.page(paragraphs=paragraphs, head=head)))
        assert "One more paragraph" in document.raw
        everything = document.raw + repr(document.meta)
        for code in ("head_code", "rule", "click_code", "inner_code", "no_code", "template_code"):
            assert code not in everything

    def test_code_in_the_data_for_search_engines_is_never_text(self, put):
        body = "<p>" + " ".join(made.PARAGRAPHS) + "<script>body_code()<\\/script></p>"
        data = f'{{"@type": "NewsArticle", "headline": "In data", "articleBody": "{body}"}}'
        head = f'<script type="application/ld+json">{data}</script>'
        for paragraphs in (made.PARAGRAPHS, ["Loading."]):
            intake = read_sources([put("a.html", made.page(paragraphs=paragraphs, head=head))])
            for document in intake.documents:
                assert "body_code" not in document.raw + repr(document.meta)

    def test_script_that_the_story_quotes_is_text_and_inert_in_our_own_pages(self, put, fictional):
        quoted = "Anna Roe said: “&lt;script&gt;alert(1)&lt;/script&gt; is what I typed in.”"
        document = the_document(put("a.html", made.page(paragraphs=[*made.PARAGRAPHS, quoted])))
        assert "<script>alert(1)</script>" in document.raw
        statements = read_statements(document, fictional)
        outputs = [
            marked_document(document, statements),
            shown(statement_table(statements)).data,
        ]
        for output in outputs:
            assert "<script" not in output
            assert "<script>alert(1)</script>" in unescape(output)

    @pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
    def test_the_stated_encoding_is_believed(self, put, charset):
        content = made.page(charset="windows-1252" if charset != "utf-8" else "utf-8")
        content = content.replace(b"windows-1252", charset.encode())
        assert "“The talks have failed.”" in the_document(put("a.html", content)).raw

    def test_a_false_encoding_is_not(self, put):
        content = made.page().replace(b'charset="utf-8"', b'charset="ascii"')
        assert "“The talks have failed.”" in the_document(put("a.html", content)).raw

    def test_a_date_that_the_page_does_not_state_is_not_guessed(self, put):
        content = made.page(extra="<p>Posted by a reader on 3 May 2019.</p>")
        content = re.sub(rb'<meta property="article.*?>', b"", content)
        assert the_document(put("a.html", content)).date == ""

    def test_a_page_without_a_story(self, put):
        page = "<html><head><title>Shop</title></head><body></body></html>"
        assert "no main text" in the_problem(put("a.html", page))

    def test_text_that_is_no_page(self, put):
        assert "holds no HTML" in the_problem(put("a.html", made.STORY))

    def test_elements_nested_too_deeply_to_be_a_page(self, put):
        deep = "<div>" * 100_000 + "text" + "</div>" * 100_000
        intake = read_sources([put("a.html", f"<html><body>{deep}</body></html>")])
        assert len(intake.documents) + len(intake.unreadable) == 1

    def test_a_packed_page_is_not_unpacked(self, put):
        import gzip

        assert "gzip" in the_problem(put("a.html", gzip.compress(made.page())))


class TestWordFiles:
    def test_paragraphs_and_tables_stand_in_their_order(self, put):
        def change(document):
            cells = document.add_table(2, 2).rows
            cells[0].cells[0].text, cells[0].cells[1].text = "Boats", "seven"
            cells[1].cells[0].text = "Mr Hale"
            cells[1].cells[1].text = "We waited.\nFor long."
            cells[1].cells[1].add_paragraph("Then we left.")
            document.add_paragraph("The end of the story.")

        raw = the_document(put("a.docx", made.word(change=change))).raw
        tail = raw[raw.index("Boats") :]
        assert tail == (
            "Boats\tseven\n\nMr Hale\n\nWe waited.\nFor long.\n\nThen we left.\n\n"
            "The end of the story.\n"
        )

    def test_inserted_text_counts_and_deleted_text_does_not(self, put):
        def change(document):
            from docx.oxml import parse_xml
            from docx.oxml.ns import nsdecls

            document.element.body.insert(1, parse_xml(
                f"<w:p {nsdecls('w')}><w:r><w:t>The gate was </w:t></w:r>"
                "<w:del w:id='1' w:author='x'><w:r><w:delText>green</w:delText></w:r></w:del>"
                "<w:ins w:id='2' w:author='x'><w:r><w:t>open all day.</w:t></w:r></w:ins></w:p>"
            ))  # fmt: skip
            document.element.body.insert(2, parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a form field.</w:t></w:r>"
                "</w:p></w:sdtContent></w:sdt>"
            ))  # fmt: skip

        raw = the_document(put("a.docx", made.word(change=change))).raw
        assert "The gate was open all day.\n\nIn a form field." in raw
        assert "green" not in raw

    def test_macros_are_neither_run_nor_read(self, put):
        content = made.repacked(made.word(), {"word/vbaProject.bin": b"Sub AutoOpen()"})
        document = the_document(put("a.docx", content))
        assert "AutoOpen" not in document.raw + repr(document.meta)
        assert "save it as .docx" in the_problem(put("a.docm", content))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_that_grow_are_refused(self, put, encoding):
        levels = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha ">'
            for n in range(10)
        )
        xml = (
            f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [{levels}]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
        ).encode(encoding)
        content = made.repacked(made.word(), {"word/document.xml": xml})
        assert "XML entities" in the_problem(put("a.docx", content))

    def test_an_entity_cannot_bring_in_another_file(self, put, tmp_path):
        secret = put("secret.txt", "the secret of the mill")
        xml = (
            f'<!DOCTYPE d [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body><w:p><w:r><w:t>&s; {made.PARAGRAPHS[0]}</w:t></w:r></w:p></w:body>"
            "</w:document>"
        ).encode()
        content = made.repacked(made.word(), {"word/document.xml": xml})
        assert "XML entities" in the_problem(put("a.docx", content))

    def test_a_part_that_unpacks_to_too_much(self, put):
        content = made.repacked(made.word(), {"word/media/image.bin": b"a" * 3_000_000})
        path = put("a.docx", content)
        assert path.stat().st_size < 100_000
        assert "unpacks to more than 200 times" in the_problem(path)

    def test_damage(self, put):
        whole = made.word()
        assert "damaged" in the_problem(put("a.docx", whole[: len(whole) // 2]))
        broken = made.repacked(whole, {"word/document.xml": b"<w:document"})
        assert "damaged Word file" in the_problem(put("b.docx", broken))
        assert "empty" in the_problem(put("c.docx", b""))
        assert "no text" in the_problem(put("d.docx", made.word("", paragraphs=[])))

    def test_other_files_under_its_name(self, put):
        assert "not a Word file" in the_problem(put("a.docx", made.STORY))
        assert "a PDF" in the_problem(put("b.docx", made.pdf()))
        assert "without a Word text" in the_problem(put("c.docx", made.archive({"a.txt": b"a"})))
        protected = the_problem(put("d.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100))
        assert "password" in protected
        assert "old or protected" in the_problem(put("e.docx", b"\xd0\xcf\x11\xe0" + b"x" * 99))


class TestPdfs:
    def test_divided_words_are_put_together_and_hyphens_kept(self, put):
        lines = [
            "The ministers of both states said after the talks that the negotia-",
            "tions on the mill would go on, and that the owner is a well-",
            "known man who waits for the flood with all the others in town.",
        ]
        raw = the_document(put("a.pdf", made.pdf([lines]))).raw
        assert "the negotiations on" in raw
        assert "a well-known man" in raw
        assert raw.count("\n") == 1

    def test_page_headers_and_numbers_are_set_apart_and_listed(self, put):
        story = [made.pdf_lines(p) for p in made.PARAGRAPHS]
        pages = [[f"The Valley Herald, page {n}", *s, str(n)] for n, s in enumerate(story, 1)]
        document = the_document(put("a.pdf", made.pdf(pages)))
        assert document.raw == "\n\n".join(made.PARAGRAPHS) + "\n"
        assert document.meta["page_furniture"][:2] == ("The Valley Herald, page 1", "1")

    def test_a_paragraph_runs_on_over_the_page(self, put):
        lines = made.pdf_lines(made.PARAGRAPHS[0] + " " + made.PARAGRAPHS[2])
        raw = the_document(put("a.pdf", made.pdf([lines[:2], lines[2:]]))).raw
        assert raw == " ".join(lines) + "\n"

    def test_a_scan_is_named_with_the_remedy(self, put):
        assert "text recognition" in the_problem(put("a.pdf", made.pdf([[]])))

    def test_a_password(self, put):
        from pypdf import PdfReader, PdfWriter

        def protected(user):
            writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf())))
            writer.encrypt(user, "owner", algorithm="RC4-128")
            out = io.BytesIO()
            writer.write(out)
            return out.getvalue()

        assert "password" in the_problem(put("a.pdf", protected("user")))
        # Printing alone may be forbidden: such a file opens without a password.
        assert "talks have failed" in the_document(put("b.pdf", protected(""))).raw

    def test_what_a_pdf_would_run_is_neither_run_nor_read(self, put):
        action = "/OpenAction << /S /JavaScript /JS (app.alert\\('code'\\)) >>"
        document = the_document(put("a.pdf", made.pdf(extra=action)))
        assert "app.alert" not in document.raw + repr(document.meta)

    def test_a_page_that_unpacks_to_too_much(self, put):
        path = put("a.pdf", made.pdf([[]], content=b" " * 80_000_000))
        assert path.stat().st_size < 200_000
        assert "unpacks" in the_problem(path)

    def test_more_text_than_the_limit(self, put):
        assert "unpacks" in the_problem(put("a.pdf", made.pdf()), limits=Limits(characters=100))

    def test_damage(self, put):
        whole = made.pdf()
        for name, content in {
            "cut.pdf": whole[: len(whole) // 3],
            "text.pdf": made.STORY.encode(),
            "none.pdf": b"",
            "head.pdf": b"%PDF-1.4\n",
        }.items():
            problem = the_problem(put(name, content))
            assert re.search(r"damaged|not a PDF|empty|without text", problem)


class TestTables:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_separator_and_encoding_are_found(self, put, separator, encoding):
        path = put("rows.csv", made.table(separator=separator, encoding=encoding))
        assert [d.raw for d in read_sources([path]).documents] == [r["text"] for r in made.ROWS]

    @pytest.mark.parametrize("name", ["text", "Body", "content", "Full Text", "ARTICLE"])
    def test_a_well_known_name_is_the_text_column(self, put, name):
        rows = [{"note": made.STORY * 3, name: r["text"]} for r in made.ROWS]
        documents = read_sources([put("rows.csv", made.table(rows))]).documents
        assert [d.raw for d in documents] == [r["text"] for r in made.ROWS]
        assert [d.id for d in documents] == ["rows.csv#1", "rows.csv#2"]

    def test_the_longest_texts_are_the_text_column(self, put):
        rows = [{"a": "short", "b": r["text"], "c": made.TITLE} for r in made.ROWS]
        documents = read_sources([put("rows.csv", made.table(rows))]).documents
        assert [d.raw for d in documents] == [r["text"] for r in made.ROWS]
        assert documents[0].meta["c"] == made.TITLE

    def test_columns_that_may_both_be_meant_are_listed(self, put):
        rows = [{"one": r["text"], "two": r["text"], "n": "1"} for r in made.ROWS]
        path = put("rows.csv", made.table(rows))
        problem = the_problem(path)
        assert "(one, two)" in problem
        assert "one, two, n" in problem
        assert len(read_sources([path], text_column="two").documents) == 2
        assert len(read_sources([path], text_column="TWO").documents) == 2

    @pytest.mark.parametrize("name", made.TABLES)
    def test_a_column_that_is_not_there(self, put, name):
        problem = the_problem(put(name, made.TABLES[name]()), text_column="words")
        assert "no column 'words'" in problem
        assert "id, date, title, text" in problem

    def test_no_column_of_texts(self, put):
        rows = [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]
        assert "a, b" in the_problem(put("rows.csv", made.table(rows)))

    def test_broken_quoting_is_named_by_its_line_and_what_stands_before_is_read(self, put):
        content = made.table() + b'a3,2022-12-11,"Snow" today,"text"\n'
        intake = read_sources([put("rows.csv", content)])
        assert [d.id for d in intake.documents] == ["a1", "a2"]
        assert re.search(
            r"rows.csv, from line 18 on has broken quoting", said(intake.unreadable[0])
        )

    def test_a_quotation_mark_that_never_closes(self, put):
        content = made.table() + b'a3,2022-12-11,Snow,"The text of the third\n'
        intake = read_sources([put("rows.csv", content)])
        assert [d.id for d in intake.documents] == ["a1", "a2"]
        assert "line 18" in said(intake.unreadable[0])

    def test_rows_of_another_length_are_named_and_the_rest_is_read(self, put):
        lines = made.table().replace(b"\na2,", b"\nx,y\na2,")
        intake = read_sources([put("rows.csv", lines)])
        assert [d.id for d in intake.documents] == ["a1", "a2"]
        assert "line 10 has 2 cells where the first line has 4" in said(intake.unreadable[0])

    def test_a_text_of_any_length_within_the_limit(self, put):
        rows = [made.ROWS[0] | {"text": made.STORY * 1000}]
        path = put("rows.csv", made.table(rows))
        assert the_document(path).raw == made.STORY * 1000
        problem = the_problem(path, limits=Limits(characters=10_000))
        assert re.search("field larger|characters", problem)

    def test_one_line_without_end_is_not_taken_into_memory(self, put):
        path = put("rows.jsonl", b'{"text": "' + b"a" * 1_000_000)
        problem = the_problem(path, limits=Limits(characters=10_000))
        assert "a line of more than" in problem

    def test_bytes_that_fit_no_encoding_later_in_the_table(self, put):
        filler = [made.ROWS[0] | {"id": f"f{n}"} for n in range(3000)]
        content = made.table(filler) + b"z,2022-12-11,Bad,\xff\xfe\xff\n"
        intake = read_sources([put("rows.csv", content)])
        assert "is not utf-8 text" in said(intake.unreadable[0])
        assert len(intake.documents) > 2000

    def test_a_table_without_names(self, put):
        content = made.table().split(b"\r\n", 1)[1]
        assert "no line of column names" in the_problem(put("rows.csv", content))

    def test_a_name_that_comes_twice(self, put):
        content = made.table().replace(b"id,date,title,text", b"id,date,text,text")
        assert "two columns named 'text'" in the_problem(put("rows.csv", content))

    @pytest.mark.parametrize("name", made.TABLES)
    def test_no_rows_and_no_content(self, put, name):
        assert "empty" in the_problem(put(name, b""))

    def test_a_head_alone(self, put):
        assert "no rows" in the_problem(put("rows.csv", "id,date,title,text\n"))

    def test_a_row_without_text_is_named(self, put):
        rows = [made.ROWS[0], made.ROWS[1] | {"text": " "}]
        for name, make in (("r.csv", made.table), ("r.jsonl", made.json_lines)):
            intake = read_sources([put(name, make(rows))])
            assert len(intake.documents) == 1
            assert "no text in the column 'text'" in said(intake.unreadable[0])

    def test_a_bad_json_line_is_named_by_its_number(self, put):
        good = made.json_lines()
        content = b'{"text": "cut\n' + good + b"[1]\n\xff\n" + b'{"text": NaN}\n'
        intake = read_sources([put("rows.jsonl", content)])
        assert [d.id for d in intake.documents] == ["a1", "a2"]
        lines = [re.search(r"line (\d+)", p.file)[1] for p in intake.unreadable]
        assert lines == ["1", "4", "5", "6"]
        assert "not JSON" in intake.unreadable[0].reason

    def test_a_damaged_parquet_table(self, put):
        whole = made.parquet()
        assert "damaged" in the_problem(put("a.parquet", whole[: len(whole) // 2]))
        assert "not a Parquet" in the_problem(put("b.parquet", made.STORY))
        middle = len(whole) // 3
        broken = whole[:middle] + bytes(40) + whole[middle + 40 :]
        intake = read_sources([put("c.parquet", broken)])
        assert len(intake.documents) + len(intake.unreadable) >= 1

    def test_a_parquet_table_that_unpacks_to_too_much(self, put):
        rows = [made.ROWS[0] | {"text": "a " * 3_000_000}]
        path = put("a.parquet", made.parquet(rows))
        assert path.stat().st_size < 1_000_000
        assert "unpacks" in the_problem(path, limits=Limits(expansion=2))

    def test_one_text_repeated_in_a_parquet_table_counts_each_time(self, put):
        rows = [made.ROWS[0] | {"id": str(n), "text": made.STORY * 100} for n in range(200)]
        path = put("a.parquet", made.parquet(rows))
        intake = read_sources([path], limits=Limits(total_bytes=1_000_000))
        assert 1 < len(intake.documents) < 30
        assert "limit of 1000000 bytes" in said(intake.unreadable[-1])

    def test_a_column_that_holds_no_text(self, put):
        rows = [{"id": "a", "text": 3, "words": made.STORY}]
        path = put("a.parquet", made.parquet(rows))
        assert the_document(path).raw == made.STORY
        assert "no text in the column 'text'" in the_problem(path, text_column="text")

    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("2022-12-09T10:00:00Z", "2022-12-09"),
            ("9 December 2022", "2022-12-09"),
            ("Dec 9, 2022", "2022-12-09"),
            ("Fri, 09 Dec 2022 14:05:00 GMT", "2022-12-09"),
            ("2022/12/09", "2022-12-09"),
        ],
    )
    def test_dates_that_have_one_reading(self, put, written, date):
        path = put("rows.csv", made.table([made.ROWS[0] | {"date": written}]))
        assert the_document(path).date == date

    @pytest.mark.parametrize("written", ["09/12/2022", "yesterday", "44904"])
    def test_dates_that_have_none_or_two(self, put, written):
        path = put("rows.csv", made.table([made.ROWS[0] | {"date": written}]))
        assert "2022-12-09" in the_problem(path)

    def test_a_table_of_another_kind_under_its_name(self, put):
        assert "zip file" in the_problem(put("a.csv", made.archive({"a": b"a"})))
        assert "a Parquet table" in the_problem(put("b.csv", made.parquet()))
        assert ".csv" in the_problem(put("c.xlsx", made.archive({"a": b"a"})))


class TestDamageOfAnyFile:
    @pytest.mark.parametrize("name", [*EVERY, "a.zip"])
    def test_empty(self, put, name):
        assert "empty" in the_problem(put(name, b""))

    @pytest.mark.parametrize("name", EVERY)
    def test_missing(self, tmp_path, name):
        assert "no such file" in the_problem(tmp_path / name)

    @pytest.mark.parametrize("name", EVERY)
    def test_too_large(self, put, name):
        limits = Limits(file_bytes=100, table_bytes=100)
        problem = the_problem(put(name, EVERY[name]()), limits=limits)
        assert "more than 100 bytes" in problem

    def test_too_many_characters(self, put):
        problem = the_problem(put("a.txt", made.plain()), limits=Limits(characters=50))
        assert "characters; the limit is 50" in problem

    @pytest.mark.parametrize(
        "name", ["story.txt", "story.html", "story.docx", "story.pdf", "rows.csv", "rows.parquet"]
    )
    def test_another_language_is_named(self, put, name):
        german = (
            "Der Minister sagte am Freitag, die Verhandlungen seien gescheitert und man werde nun "
            "mit den Nachbarn über einen neuen Vertrag sprechen, weil der alte nicht mehr gilt."
        )
        if name.startswith("rows"):
            content = made.TABLES[name].__call__
            make = made.parquet if "parquet" in name else made.table
            content = make([made.ROWS[0] | {"text": german}])
        elif name.endswith(".pdf"):
            content = made.pdf([made.pdf_lines(german)])
        else:
            content = made.ARTICLES[name](paragraphs=[german] * 3)
        assert "German" in the_problem(put(name, content))

    def test_a_language_that_the_row_states(self, put):
        path = put("rows.csv", made.table([{**made.ROWS[0], "language": "fr"}]))
        assert "'fr'" in the_problem(path)
        path = put("rows.csv", made.table([{**made.ROWS[0], "language": "en_GB"}]))
        assert the_document(path).id == "a1"

    def test_bytes_in_no_encoding(self, put):
        mixed = ("Текст " * 5).encode("koi8-r") + b"\x81\x8d\x8f\x90\x9d" * 30
        intake = read_sources([put("a.txt", mixed), put("a.csv", b"text\n" + mixed)])
        assert intake.documents == []
        assert all(p.reason and p.remedy for p in intake.unreadable)

    @pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.odt", "a.epub", "a.xlsx", "a.json"])
    def test_kinds_that_are_not_read_are_listed_with_the_remedy(self, put, tmp_path, name):
        assert "which is not read" in the_problem(put(name, "x"))
        put("b.txt", made.plain())
        assert len(read_sources([tmp_path]).unreadable) == 1

    @given(st.sampled_from(sorted(EVERY)), st.data())
    def test_any_damage_is_survived_or_named(self, tmp_path_factory, name, data):
        content = WHOLE.setdefault(name, EVERY[name]())
        at = data.draw(st.integers(0, len(content) - 1))
        cut = data.draw(st.integers(0, 60))
        put_in = data.draw(st.binary(max_size=20))
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(content[:at] + put_in + content[at + cut :])
        intake = read_sources([path])
        assert intake.documents or intake.unreadable
        for document in intake.documents:
            assert document.raw.strip()
        for problem in intake.unreadable:
            assert name in problem.file

    @pytest.mark.parametrize("name", [n for n in EVERY if not n.endswith((".html", ".htm"))])
    def test_a_web_page_under_another_name(self, put, name):
        # What a site sends instead of the file, where a reader has to log in first.
        problem = the_problem(put(name, made.page()))
        assert "is a web page, not" in problem
        assert ".html" in problem

    @pytest.mark.parametrize(
        ("name", "function"),
        [
            ("story.html", "trafilatura.bare_extraction"),
            ("story.docx", "docx.Document"),
            ("story.pdf", "pypdf.PdfReader"),
        ],
    )
    def test_a_library_that_fails_costs_one_file(self, put, monkeypatch, name, function):
        def fail(*_, **__):
            raise TypeError("within the library")

        content = made.ARTICLES[name]()
        monkeypatch.setattr(function, fail)
        intake = read_sources([put(name, content), put("good.txt", made.plain())])
        assert [d.id for d in intake.documents] == ["good"]
        assert "damaged" in said(intake.unreadable[0])

    def test_a_name_with_line_ends_stays_on_one_line(self, tmp_path):
        problem = the_problem_of_name(tmp_path / "a\nb.txt")
        assert "a\\nb.txt" in problem


WHOLE: dict[str, bytes] = {}


def the_problem_of_name(path):
    (problem,) = read_sources([path]).unreadable
    assert "\n" not in str(problem)
    return str(problem)


def test_one_article_is_not_several(put):
    with pytest.raises(DocumentError, match="2 documents"):
        load_article(put("rows.csv", made.table()))
    assert load_article(put("one.csv", made.table(made.ROWS[:1]))).id == "a1"


def test_links_to_folders_are_listed_and_not_followed(put, tmp_path):
    put("corpus/a.txt", made.plain())
    try:
        (tmp_path / "corpus" / "again").symlink_to(tmp_path / "corpus")
    except OSError:
        pytest.skip("no links here")
    intake = read_sources([tmp_path / "corpus"])
    assert [d.id for d in intake.documents] == ["a"]
    assert "link to a folder" in said(intake.unreadable[0])


def test_nothing_reaches_for_a_network(put, tmp_path, monkeypatch):
    asked = []

    def refuse(*arguments, **_):
        asked.append(arguments)
        raise OSError("no network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    address = "http://valley.example/x"
    head = (
        f'<base href="{address}"><link rel="stylesheet" href="{address}.css">'
        f'<meta http-equiv="refresh" content="0; url={address}">'
        f'<script src="{address}.js"></script>'
    )
    extra = f'<img src="{address}.png"><iframe src="{address}"></iframe>'
    dtd = f'<!DOCTYPE html PUBLIC "x" "{address}.dtd">'.encode()
    files = {name: make() for name, make in EVERY.items()}
    files["story.html"] = made.page(head=head, extra=extra)
    files["story.htm"] = files["story.html"].replace(b"<!DOCTYPE html>", dtd)
    link = (
        '<Relationship Id="rId99" TargetMode="External" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/attachedTemplate" Target="{address}.dotm"/>'
    )
    with zipfile.ZipFile(io.BytesIO(files["story.docx"])) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    linked = relations.replace("</Relationships>", f"{link}</Relationships>").encode()
    part = {"word/_rels/document.xml.rels": linked}
    files["linked.docx"] = made.repacked(files["story.docx"], part)
    for name, content in files.items():
        assert read_sources([put(name, content)]).documents, name
    assert asked == []
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("valley.example", 80))


def test_reading_plain_text_loads_no_library_of_other_formats():
    heavy = {"trafilatura", "docx", "pypdf", "pyarrow", "lxml", "pandas", "numpy"}
    code = (
        "import sys; from analysis.intake import read_sources;"
        "from analysis.documents import load_article; load_article('data/article.txt');"
        f"print(len(read_sources(['data/corpus']).documents), sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    count, loaded = done.stdout.decode().split(maxsplit=1)
    assert int(count) > 1
    assert loaded.strip() == "[]"
