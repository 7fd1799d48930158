"""Zip files: read in memory, entry by entry, and none of the tricks of harmful ones works."""

import io
import re
import stat
import struct
import zipfile

import made_files as made
import pytest

from analysis.files import Guard
from analysis.intake import Limits, read_sources
from analysis.limits import Budget, LimitError
from analysis.reading import DocumentError

EVERY = {**made.ARTICLES, **made.TABLES}
GOOD = {"good.txt": made.plain()}
ZEROS = b"a" * 3_000_000  # some 3 KB when packed


@pytest.fixture
def put(tmp_path):
    def write(content, name="pack.zip"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def problems(intake):
    """The messages without the folders in them, whose names hold the words of a test's name."""
    return [str(p).replace(p.file, p.file.rpartition("/")[2]) for p in intake.unreadable]


def changed(content: bytes, name: str, **fields: int) -> bytes:
    """An archive whose directory and local header state something else of one entry."""
    data = bytearray(content)
    layout = {  # offsets within the directory record and the local header
        "flags": (8, 6, "<H"), "method": (10, 8, "<H"), "packed": (20, 18, "<I"),
        "size": (24, 22, "<I"),
    }  # fmt: skip
    for mark, which, at_name in ((b"PK\x01\x02", 0, 46), (b"PK\x03\x04", 1, 30)):
        at = data.find(mark)
        while at >= 0 and bytes(data[at + at_name : at + at_name + len(name)]) != name.encode():
            at = data.find(mark, at + 1)
        for field, value in fields.items():
            struct.pack_into(layout[field][2], data, at + layout[field][which], value)
    return bytes(data)


class TestContent:
    def test_every_format_is_read_out_of_an_archive(self, put, tmp_path):
        for name, make in EVERY.items():
            inside = read_sources([put(made.archive({f"deep/er/{name}": make()}))])
            outside = read_sources([put(make(), name)])
            assert inside.unreadable == []
            assert [d.raw for d in inside.documents] == [d.raw for d in outside.documents]
            assert [d.date for d in inside.documents] == [d.date for d in outside.documents]

    @pytest.mark.parametrize(
        "compression",
        [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA],
    )
    def test_every_ordinary_way_of_packing(self, put, compression):
        intake = read_sources([put(made.archive(GOOD, compression))])
        assert [d.id for d in intake.documents] == ["good"]

    def test_ids_are_the_paths_as_in_the_folder_it_was_packed_from(self, put, tmp_path):
        files = {"2021/story.txt": made.plain(), "2022/story.txt": made.plain()}
        for name, content in files.items():
            put(content, f"folder/{name}")
        ids = {"2021/story", "2022/story"}
        assert {d.id for d in read_sources([put(made.archive(files))]).documents} == ids
        assert {d.id for d in read_sources([tmp_path / "folder"]).documents} == ids

    def test_in_a_folder_its_name_stands_before_them(self, put, tmp_path):
        put(made.archive(GOOD), "corpus/more/pack.zip")
        (document,) = read_sources([tmp_path / "corpus"]).documents
        assert document.id == "more/pack/good"

    def test_metadata_beside_an_entry(self, put):
        files = {"a/story.txt": made.plain(), "a/story.toml": b'id = "mine"\n'}
        assert [d.id for d in read_sources([put(made.archive(files))]).documents] == ["mine"]

    def test_what_a_folder_would_pass_over_or_list(self, put):
        files = {**GOOD, "__MACOSX/._good.txt": b"x", ".DS_Store": b"x", "README.md": b"x",
                 "picture.png": b"x", "old.doc": b"x", "sub/": b""}  # fmt: skip
        intake = read_sources([put(made.archive(files))])
        assert [d.id for d in intake.documents] == ["good"]
        assert [p.file.rpartition("/")[2] for p in intake.unreadable] == ["old.doc"]

    def test_a_bad_entry_is_listed_by_its_place_and_the_rest_is_read(self, put):
        path = put(made.archive({**GOOD, "sub/empty.txt": b"", "scan.pdf": made.pdf([[]])}))
        intake = read_sources([path])
        assert [d.id for d in intake.documents] == ["good"]
        assert [p.file for p in intake.unreadable] == [f"{path}/scan.pdf", f"{path}/sub/empty.txt"]

    def test_an_archive_within_an_archive_is_read_once(self, put):
        inner = made.archive(GOOD)
        twice = made.archive({"inner.zip": inner})
        assert [d.id for d in read_sources([put(twice)]).documents] == ["inner/good"]
        intake = read_sources([put(made.archive({"middle.zip": twice}))])
        assert intake.documents == []
        assert "lies within 2 archives" in problems(intake)[0]
        deeper = read_sources([put(made.archive({"middle.zip": twice}))], limits=Limits(depth=2))
        assert [d.id for d in deeper.documents] == ["middle/inner/good"]


class TestPathsThatLeadOut:
    @pytest.mark.parametrize(
        "name",
        [
            "../evil.txt", "a/../../evil.txt", "/evil.txt", "..\\evil.txt", "\\evil.txt",
            "C:\\evil.txt", "C:evil.txt", "c:/evil.txt", "//host/share/evil.txt", "a/..\\evil.txt",
        ],
    )  # fmt: skip
    def test_such_an_entry_is_refused_and_the_rest_is_read(self, put, tmp_path, name):
        # The library that makes the archive cleans names; so one of the same length is put in.
        harmless = re.sub(r"[^a-z]", "_", name)
        content = made.archive({**GOOD, harmless: made.plain()})
        path = put(content.replace(harmless.encode(), name.encode()))
        before = {p: p.stat().st_mtime_ns for p in tmp_path.parent.rglob("*")}
        intake = read_sources([path])
        assert [d.id for d in intake.documents] == ["good"]
        assert len(intake.unreadable) == 1
        assert "leads out of its archive" in problems(intake)[0]
        assert {p: p.stat().st_mtime_ns for p in tmp_path.parent.rglob("*")} == before

    def test_a_link_is_refused(self, put, tmp_path):
        (tmp_path / "secret.txt").write_bytes(made.plain())
        out = io.BytesIO(made.archive(GOOD))
        with zipfile.ZipFile(out, "a") as archive:
            link = zipfile.ZipInfo("link.txt")
            link.create_system = 3
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, str(tmp_path / "secret.txt"))
        intake = read_sources([put(out.getvalue())])
        assert [d.id for d in intake.documents] == ["good"]
        assert "is a link" in problems(intake)[0]

    def test_a_name_with_line_ends_cannot_forge_a_message(self, put):
        name = "a\ngood.txt is fine.txt"
        intake = read_sources([put(made.archive({name: made.plain()}))])
        assert intake.documents == []
        assert "\n" not in problems(intake)[0]

    def test_nothing_is_unpacked_to_disk(self, put, tmp_path, monkeypatch):
        path = put(made.archive({name: make() for name, make in EVERY.items()}))
        opened = []
        real = io.open

        def watched(file, mode="r", *arguments, **options):
            opened.append((file, mode))
            return real(file, mode, *arguments, **options)

        monkeypatch.setattr("builtins.open", watched)
        monkeypatch.setattr("io.open", watched)
        assert read_sources([path]).documents
        assert not [file for file, mode in opened if set(mode) & set("wax+")]
        assert list(tmp_path.iterdir()) == [path]


class TestBombs:
    def test_an_entry_that_unpacks_to_too_much(self, put):
        intake = read_sources([put(made.archive({**GOOD, "bomb.txt": ZEROS}))])
        assert [d.id for d in intake.documents] == ["good"]
        assert "unpacks to more than 200 times its size" in problems(intake)[0]

    def test_it_is_noticed_while_reading_and_not_after(self, put, monkeypatch):
        path = put(made.archive({"bomb.txt": b"a" * 40_000_000}))
        counts = []
        readinto = Guard.readinto

        def watched(guard, buffer):
            number = readinto(guard, buffer)
            counts.append(number)
            return number

        monkeypatch.setattr(Guard, "readinto", watched)
        assert read_sources([path]).documents == []
        # Allowed are 200 times its packed size of about 40 KB.
        assert sum(counts) < 12_000_000

    def test_the_packed_size_an_entry_states_is_not_believed(self, put):
        honest = made.archive({**GOOD, "bomb.txt": ZEROS})
        intake = read_sources([put(changed(honest, "bomb.txt", packed=2_000_000))])
        assert "bomb" not in repr([d.id for d in intake.documents])
        assert any("unpacks to more" in p or "damaged" in p for p in problems(intake))

    def test_nor_is_its_unpacked_size(self, put):
        honest = made.archive({"bomb.txt": ZEROS})
        intake = read_sources([put(changed(honest, "bomb.txt", size=100))])
        assert intake.documents == []
        assert len(intake.unreadable) == 1

    def test_many_entries_that_each_unpack_to_little_enough(self, put):
        entries = {f"{n:02}.txt": b"a" * 900_000 for n in range(40)}
        path = put(made.archive({"00.txt": made.plain(), **dict(list(entries.items())[1:])}))
        intake = read_sources([path], limits=Limits(characters=1_000))
        assert [d.id for d in intake.documents] == ["00"]
        # Some are refused for their length, the archive as a whole for what it unpacks to.
        assert "pack.zip unpacks to more than 200 times" in problems(intake)[-1]
        assert len(intake.unreadable) < 39

    def test_a_bomb_within_an_archive_within_an_archive(self, put):
        inner = made.archive({"bomb.txt": ZEROS, **GOOD})
        intake = read_sources([put(made.archive({"inner.zip": inner}))])
        assert [d.id for d in intake.documents] == ["inner/good"]
        assert "unpacks to more" in problems(intake)[0]

    def test_an_archive_made_of_an_archive_of_zeros(self, put):
        middle = made.archive({"a.txt": b"a" * 20_000_000})
        intake = read_sources([put(made.archive({"m.zip": middle}))])
        assert intake.documents == []
        assert problems(intake)

    @pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
    def test_a_table_that_unpacks_to_too_much_is_read_up_to_there(self, put, name):
        row = made.TABLES[name]().splitlines(keepends=True)
        content = b"".join(row) + (b" " * 5_000 + b"\n") * 3_000
        intake = read_sources([put(made.archive({name: content}))])
        assert any("unpacks to more than 200 times" in p for p in problems(intake))

    def test_the_limit_on_everything_together(self, put):
        files = {f"{n}.txt": made.plain() for n in range(9)}
        one = len(made.plain())
        intake = read_sources([put(made.archive(files))], limits=Limits(total_bytes=3 * one))
        assert len(intake.documents) == 3
        assert "total_bytes" in problems(intake)[-1]
        assert len(intake.unreadable) == 1

    def test_the_limit_on_the_number_of_entries(self, put, tmp_path):
        files = {f"{n}.txt": made.plain() for n in range(9)}
        intake = read_sources([put(made.archive(files))], limits=Limits(entries=5))
        assert intake.documents == []
        assert "more than 5 entries" in problems(intake)[0]
        for name, content in files.items():
            put(content, f"folder/{name}")
        intake = read_sources([tmp_path / "folder"], limits=Limits(entries=5))
        assert len(intake.documents) == 5
        assert "limit of 5 files" in problems(intake)[-1]
        rows = [made.ROWS[0] | {"id": str(n)} for n in range(9)]
        intake = read_sources([put(made.table(rows), "rows.csv")], limits=Limits(entries=5))
        assert len(intake.documents) == 4
        assert "limit of 5 files" in problems(intake)[-1]

    def test_a_list_of_contents_too_long_to_be_taken_into_memory(self, put, monkeypatch):
        content = bytearray(made.archive(GOOD))
        at = content.rfind(b"PK\x05\x06")
        struct.pack_into("<I", content, at + 12, 2_000_000_000)
        monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("it was opened"))
        assert "more than 100000 entries" in problems(read_sources([put(bytes(content))]))[0]


class TestDamage:
    def test_cut_off(self, put):
        whole = made.archive({name: make() for name, make in EVERY.items()})
        for share in (0.1, 0.5, 0.99):
            intake = read_sources([put(whole[: int(share * len(whole))])])
            assert intake.documents == []
            assert "damaged or cut off" in problems(intake)[0]

    def test_a_damaged_entry_is_named_and_the_rest_is_read(self, put):
        whole = bytearray(made.archive({**GOOD, "story.txt": made.STORY.encode()}))
        at = whole.find(b"story.txt") + 60
        whole[at : at + 20] = bytes(20)
        intake = read_sources([put(bytes(whole))])
        assert [d.id for d in intake.documents] == ["good"]
        assert "story.txt is damaged" in problems(intake)[0]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "is empty"),
            (made.STORY.encode(), "is not a zip file"),
            (made.pdf(), "is a PDF, not a zip file"),
            (b"PK\x05\x06" + bytes(18), "holds no document"),
        ],
    )
    def test_what_is_no_archive_of_documents(self, put, content, words):
        intake = read_sources([put(content)])
        assert intake.documents == []
        assert words in problems(intake)[0]

    def test_a_password_and_an_unknown_way_of_packing(self, put):
        content = made.archive({**GOOD, "other.txt": made.plain()})
        for fields, words in (({"flags": 1}, "password"), ({"method": 99}, "packed in a way")):
            intake = read_sources([put(changed(content, "other.txt", **fields))])
            assert [d.id for d in intake.documents] == ["good"]
            assert words in problems(intake)[0]

    def test_an_archive_that_is_larger_than_allowed(self, put):
        path = put(made.archive(GOOD))
        intake = read_sources([path], limits=Limits(table_bytes=100))
        assert "more than 100 bytes" in problems(intake)[0]


class TestBudget:
    def test_an_archive_counts_for_what_holds_it(self):
        whole = Budget(Limits(total_bytes=30_000_000, expansion=2))
        inner = Budget(whole.limits, "a.zip", 10_000_000, whole)
        inner.take(20_000_000)
        with pytest.raises(LimitError) as caught:
            inner.take(1)
        assert inner.ends(caught.value)
        with pytest.raises(LimitError, match="everything") as caught:
            Budget(whole.limits, "b.zip", 10_000_000, whole).take(15_000_000)
        assert not inner.ends(caught.value)

    def test_a_guard_stops_at_its_limit(self):
        guard = Guard(io.BytesIO(bytes(1000)), "a.txt", 100, Budget(Limits()))
        with pytest.raises(DocumentError, match=r"a\.txt has more than 100 bytes"):
            guard.read()
