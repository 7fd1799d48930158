"""Bad input: one clear message that names the file and the remedy, or the text as it is."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.documents import Document, DocumentError, Limits, load_article, load_corpus

STORY = (
    "Storm near\n\nThe minister of Oster said that “the café is closed” and that he "
    "would not wait for the others – not even for a day.\n"
)
FRENCH = (
    "Le ministre a déclaré lundi que son pays ne livrerait pas d’armes et que les négociations "
    "devaient reprendre dans les prochains jours avec tous les partenaires de la région.\n"
)
RUSSIAN = (
    "Министр заявил в понедельник, что страна не будет поставлять оружие и что переговоры "
    "должны возобновиться в ближайшие дни вместе со всеми партнёрами в этом регионе.\n"
)


@pytest.fixture
def article(tmp_path):
    def write(content, name="story.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refused(path, *words, limits=None):
    with pytest.raises(DocumentError) as caught:
        load_article(path, limits=limits)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    for word in words:  # the folder's name holds the words of the test's name
        assert word in message.replace(str(path.parent), "")
    assert caught.value.__cause__ is None


class TestEncodings:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
    )
    def test_unicode_files_read_the_same(self, article, encoding):
        assert load_article(article(STORY.encode(encoding))).raw == STORY

    @pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
    def test_files_of_older_programs_read_the_same(self, article, encoding):
        assert load_article(article(STORY.encode(encoding))).raw == STORY

    def test_an_encoding_may_be_named(self, article):
        path = article(STORY.encode("cp1252"))
        assert load_article(path, encoding="cp1252").raw == STORY
        with pytest.raises(DocumentError, match="is not utf-8 text"):
            load_article(path, encoding="utf-8")
        with pytest.raises(DocumentError, match="is not nonsense text"):
            load_article(path, encoding="nonsense")

    def test_line_ends_are_kept(self, article):
        raw = STORY.replace("\n", "\r\n")
        document = load_article(article(raw))
        assert document.raw == raw
        assert len(document.paragraphs) == 2


class TestRefusedFiles:
    def test_missing(self, tmp_path):
        refused(tmp_path / "story.txt", "no such file")

    def test_folder(self, tmp_path):
        refused(tmp_path, "folder")

    @pytest.mark.parametrize("content", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
    def test_empty(self, article, content):
        refused(article(content), "empty")

    @pytest.mark.parametrize(
        ("content", "what"),
        [(b"%PDF-1.7 abc", "PDF"), (b"PK\x03\x04abc", "Word"), (b"{\\rtf1 abc", "RTF")],
    )
    def test_another_format(self, article, content, what):
        refused(article(content), what, ".txt")

    def test_binary(self, article):
        refused(article(bytes(range(256)) * 40), "binary")

    def test_too_large(self, article):
        refused(article(STORY), "limit", limits=Limits(file_bytes=20))
        refused(article(STORY), "characters", limits=Limits(characters=20))

    def test_front_matter_without_an_end(self, article):
        refused(article("---\nid: a\ntitle: b\n\n" + STORY), "no end", "---")

    @pytest.mark.parametrize("line", ['title: "a', "note: a: b", "parties: [a", "title: 'a' b"])
    def test_broken_yaml(self, article, line):
        refused(article(f"---\nid: a\n{line}\n---\n\n{STORY}"), "YAML")

    def test_a_date_that_is_none(self, article):
        refused(article(f"---\nid: a\ndate: 2022-13-45\n---\n\n{STORY}"), "date", "2022-12-09")

    def test_nothing_after_the_front_matter(self, article):
        refused(article("---\nid: a\n---\n\n"), "no text")

    def test_broken_metadata_beside_an_article(self, article):
        article("id = \n", "story.toml")
        with pytest.raises(DocumentError, match=r"story\.toml is not valid TOML"):
            load_article(article(STORY))


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    refusal = ""
    try:
        raw = load_article(path).raw
    except DocumentError as error:
        refusal = str(error)
    assert "any.txt" in refusal or raw.strip()


class TestLanguage:
    @pytest.mark.parametrize(("text", "language"), [(FRENCH, "French"), (RUSSIAN, "Russian")])
    def test_another_language_is_named(self, article, text, language):
        refused(article(text), "not English", language)

    def test_a_language_in_the_metadata_is_believed(self, article):
        refused(article(f"---\nlanguage: fr\n---\n\n{STORY}"), "fr")

    @pytest.mark.parametrize(
        "text",
        [
            "Non.",
            "Moscou, lundi",
            "Oster and Velland, Belmont, Kowalczyk, Përmeti, Çelik, Østergård, Müller, García, "
            "Nowak, Ivanović, Şahin, Håkansson and Papadopoulos met in Łódź, Köln, São Paulo, "
            "Kraków, Málaga and Zürich for the talks with Ngũgĩ and Nguyễn.",
            "The minister said: “Nous ne livrerons pas d’armes, et les négociations doivent "
            "reprendre.” He then left for the airport with the rest of the delegation.",
        ],
    )
    def test_short_texts_names_and_foreign_quotations_pass(self, text):
        assert Document.from_text(text).text

    def test_the_check_can_be_left_out(self):
        assert Document.from_text(FRENCH, language_check=False).text == FRENCH


class TestCorpusFolders:
    def test_one_bad_file_is_named(self, article, tmp_path):
        article(STORY, "a.txt")
        article("", "b.txt")
        with pytest.raises(DocumentError, match=r"b\.txt is empty"):
            load_corpus(tmp_path)

    def test_bad_files_can_be_listed(self, article, tmp_path):
        article(STORY, "a.txt")
        article("", "b.txt")
        article(FRENCH, "c.txt")
        article(b"%PDF", "d.pdf")
        corpus = load_corpus(tmp_path, on_error="list")
        assert [d.id for d in corpus] == ["a"]
        assert [Path(p.file).name for p in corpus.problems] == ["b.txt", "c.txt", "d.pdf"]
        assert all(p.reason and p.remedy for p in corpus.problems)

    def test_an_id_that_two_files_share(self, article, tmp_path):
        article(f"---\nid: x\n---\n\n{STORY}", "a.txt")
        article(f"---\nid: x\n---\n\n{STORY}", "b.txt")
        with pytest.raises(DocumentError, match=r"b\.txt has the same id \(x\) as .*a\.txt"):
            load_corpus(tmp_path)
        assert len(load_corpus(tmp_path, on_error="list")) == 1

    def test_no_folder_and_no_documents(self, tmp_path):
        with pytest.raises(DocumentError, match="no such folder"):
            load_corpus(tmp_path / "nowhere")
        with pytest.raises(DocumentError, match=r"no document.*\.txt, \.md"):
            load_corpus(tmp_path)

    def test_an_unknown_way_with_errors(self, tmp_path):
        with pytest.raises(ValueError, match="on_error"):
            load_corpus(tmp_path, on_error="ignore")


class TestStrangeTexts:
    @pytest.mark.parametrize("mark", ["“", "”", '"', "‘", "«", " ”a", "a“ ", ". “a", ". ."])
    def test_ten_thousand_marks(self, mark):
        raw = "The minister spoke. " + mark * 10_000
        assert Document.from_text(raw, language_check=False).raw == raw

    @pytest.mark.parametrize(
        "piece",
        [
            "The minister of Oster said that “we wait” for the others.\n\n",
            "followingnoonx ",
            "a",
            "A b C d: ",
            "â",
            " ",
            "\n",
            "Read also: ",
            "share ",
            "- ",
        ],
    )
    def test_a_million_characters_of_anything(self, piece):
        raw = piece * (1_000_000 // len(piece))
        assert Document.from_text(raw, language_check=False).raw == raw

    def test_markup_and_script_stay_text(self):
        raw = "Storm near\n\n<p>He said “<b>wait</b>”.</p>\n\n<script>alert(1)</script> he said."
        assert Document.from_text(raw).text == raw

    def test_a_front_matter_that_cannot_be_read_stays_text_in_memory(self):
        raw = "---\nid: a\ntitle: b\n\nStorm near"
        assert Document.from_text(raw).text == raw
