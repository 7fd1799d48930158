"""The texts of files, folders, archives and tables, each with its id and metadata, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from analysis import formats
from analysis.archives import archive_files
from analysis.files import (
    STANDARD_INPUT,
    File,
    disk_file,
    file_errors,
    folder_files,
    standard_input,
)
from analysis.limits import Budget, LimitError, Limits
from analysis.reading import (
    DocumentError,
    Extract,
    Unreadable,
    decode,
    front_matter_end,
    iso_date,
    read_front_matter,
    read_sidecar,
    require_english,
)
from analysis.text_tables import read_table

_ENGLISH = {"en", "eng", "english"}


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text and what is known of it, before it becomes a document.

    Attributes
    ----------
    id : str
        Unique among all that is read together.
    raw : str
        The characters that offsets count.
    title, date : str
        ``""`` where unknown; the date is ISO.
    meta : dict
        Further metadata. Where ``raw`` was taken out of a file of another format, ``read_as``
        names the format and ``file`` the file.
    """

    id: str
    raw: str
    title: str
    date: str
    meta: dict


def iterate_texts(
    paths: Iterable[str | Path], text_column: str | None = None, limits: Limits | None = None
) -> Iterator[SourceText | Unreadable]:
    """Read files, folders, archives, tables and standard input (``-``), one text at a time.

    Parameters
    ----------
    paths : iterable of str or Path
    text_column : str, optional
        Of tables; found if not given.
    limits : Limits, optional

    Yields
    ------
    SourceText or Unreadable
        In the order of the paths, and within folders and archives in that of the names.
    """
    budget = Budget(limits or Limits())
    ids = _Ids()
    seen: set[Path] = set()
    try:
        for path in paths:
            is_empty = True
            for file in _named_files(str(path), budget):
                is_empty = False
                is_named = isinstance(file, File) and file.local == Path(path)
                yield from _texts(_once(file, seen), text_column, budget, ids, is_named)
            if is_empty:
                yield Unreadable.of(_no_document(str(path)))
    except LimitError as error:
        yield Unreadable.of(error)


def read_one_text(
    path: Path, encoding: str | None = None, limits: Limits | None = None
) -> SourceText:
    """Read a file that is one document.

    Raises
    ------
    DocumentError
        If it cannot be read, or holds several documents.
    """
    budget = Budget(limits or Limits())
    file = disk_file(path, PurePosixPath(path.name), budget)
    form = _format(file, budget)
    if form not in formats.TABLES | {formats.ARCHIVE}:
        return _single(file, form, budget, _Ids(), encoding)
    found = list(_texts(file, None, budget, _Ids()))
    for problem in found:
        if isinstance(problem, Unreadable):
            raise DocumentError(problem.file, problem.reason, problem.remedy)
    if len(found) != 1:
        raise DocumentError(path, f"holds {len(found)} documents, not one", "Read it as a corpus")
    return found[0]


class _Ids:
    """The ids given so far."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def state(self, id: str, owner: str) -> str:
        """Take an id that a document states; DocumentError if another one has it."""
        if id in self._owners:
            raise DocumentError(
                owner,
                f"has the same id ({id}) as {self._owners[id]}",
                "Give each document its own id",
            )
        self._owners[id] = owner
        return id

    def make(self, file: File, *, keep_ending: bool = False) -> str:
        """Make an id from a path: as short as no other document has it.

        Without the ending, or with it where another format of the same name lies beside it, or
        with the folders above it.
        """
        above = PurePosixPath(Path(file.name).as_posix()).parts[:-1]
        folders = [part for part in above if part not in {"/", ".", ".."}]
        bare = file.place if keep_ending else file.place.with_suffix("")
        tries = [bare]
        if _folder(self._owners.get(str(bare), "")) == _folder(file.name):
            tries.append(file.place)
        tries += [PurePosixPath(*folders[-n:], bare.name) for n in range(1, len(folders) + 1)]
        whole = PurePosixPath(*folders, file.place.name)
        numbered = (f"{whole}~{n}" for n in count(2))
        free = (str(t) for t in chain(tries, [whole], numbered) if str(t) not in self._owners)
        return self.state(next(free), file.name)


def _folder(name: str) -> str:
    return str(Path(name).parent)


def _named_files(path: str, budget: Budget) -> Iterator[File | DocumentError]:
    """The files behind one path the reader gave."""
    try:
        if path == STANDARD_INPUT:
            yield standard_input(budget)
            return
        place = Path(path)
        with file_errors(path):
            is_folder = place.is_dir()
        if is_folder:
            yield from folder_files(place, budget)
            return
        budget.enter()
        yield disk_file(place, PurePosixPath(place.name), budget)
    except LimitError:
        raise
    except DocumentError as error:
        yield error


def _no_document(name: str) -> DocumentError:
    kinds = ", ".join(formats.BY_SUFFIX)
    return DocumentError(name, "holds no document", f"Put files of these kinds in it: {kinds}")


def _once(file: File | DocumentError, seen: set[Path]) -> File | DocumentError:
    """The file, or an error if it has been read already: no statement is to count twice."""
    if isinstance(file, DocumentError) or file.local is None:
        return file
    place = file.local.resolve()
    if place in seen:
        return DocumentError(file.name, "is named twice", "It is read once; name each file once")
    seen.add(place)
    return file


def _texts(
    file: File | DocumentError,
    text_column: str | None,
    budget: Budget,
    ids: _Ids,
    is_named: bool = False,
) -> Iterator[SourceText | Unreadable]:
    """All texts of one file; what cannot be read is given as such.

    In ids the entries of an archive lie in a folder of its name, unless the reader named it.
    """
    if isinstance(file, DocumentError):
        yield Unreadable.of(file)
        return
    try:
        form = _format(file, budget)
        if form == formats.ARCHIVE:
            place = PurePosixPath() if is_named else file.place.with_suffix("")
            is_empty = True
            for inner in archive_files(file, budget, place):
                is_empty = False
                yield from _texts(inner, text_column, budget, ids)
            if is_empty:
                raise _no_document(file.name)
        elif form in formats.TABLES:
            yield from _table_texts(file, form, text_column, budget, ids)
        else:
            yield _single(file, form, budget, ids)
    except LimitError as error:
        if error.file != file.name:
            raise
        yield Unreadable.of(error)
    except DocumentError as error:
        yield Unreadable.of(error)


def _format(file: File, budget: Budget) -> str:
    """As the name states; by the content where the name does not say."""
    form = formats.named_format(file.name)
    if form:
        return form
    if error := formats.unread_format(file.name):
        raise error
    return formats.content_format(file.read(budget.limits.file_bytes))


def _single(
    file: File, form: str, budget: Budget, ids: _Ids, encoding: str | None = None
) -> SourceText:
    """The text of a file that is one document."""
    limits = budget.limits
    if form == formats.PLAIN:
        extract = _plain(file, limits, encoding)
    elif form == formats.PAGE:
        from analysis.web_pages import read_page

        extract = read_page(file, limits)
    elif form == formats.WORD:
        from analysis.word_files import read_word_file

        extract = read_word_file(file, budget)
    else:
        from analysis.pdf_files import read_pdf

        extract = read_pdf(file, limits)
    meta = {"title": extract.title, "date": extract.date, "id": extract.id, **extract.meta}
    if form != formats.PLAIN:
        meta |= {"read_as": form, "file": file.name}
    beside = file.beside(".toml")
    if beside is not None:
        meta |= read_sidecar(beside, str(PurePosixPath(file.name).with_suffix(".toml")))
    return _source_text(extract.raw, meta, file.name, limits, ids, file)


def _plain(file: File, limits: Limits, encoding: str | None) -> Extract:
    data = file.read(limits.file_bytes)
    if not encoding:
        formats.require_format(data[:1024], formats.PLAIN, file.name)
    raw = decode(data, file.name, encoding)
    end, meta = read_front_matter(raw, file.name)
    if not raw[end:].strip():
        raise DocumentError(
            file.name, "has no text after its front matter", "Add the article's text"
        )
    title, date, id = (meta.pop(key, "") for key in ("title", "date", "id"))
    return Extract(raw, id=id, title=title, date=date, meta=meta)


def _table_texts(
    file: File, form: str, text_column: str | None, budget: Budget, ids: _Ids
) -> Iterator[SourceText | Unreadable]:
    name = ""
    for row in read_table(file, form, text_column, budget):
        if isinstance(row, Unreadable):
            yield row
            continue
        where, number, extract = row
        stated = {"title": extract.title, "date": extract.date, "language": extract.language}
        if not extract.id and not name:
            name = ids.make(file, keep_ending=True)
        meta = {**extract.meta, **stated, "id": extract.id or f"{name}#{number}"}
        meta |= {"read_as": form, "file": where}
        try:
            yield _source_text(extract.raw, meta, where, budget.limits, ids)
        except DocumentError as error:
            yield Unreadable.of(error)


def _source_text(
    raw: str, meta: dict, name: str, limits: Limits, ids: _Ids, file: File | None = None
) -> SourceText:
    """Check a text and its metadata; DocumentError if they cannot be used."""
    for key in ("id", "title"):
        if isinstance(meta.get(key), list | dict):
            raise DocumentError(
                name, f": {key} in the metadata is not one value", "Put it in quotes"
            )
    if len(raw) > limits.characters:
        raise DocumentError(
            name,
            f"has {len(raw)} characters; the limit is {limits.characters}",
            "Split it into one file per article",
        )
    id = str(meta.pop("id", "") or "").strip()
    date = iso_date(meta.pop("date", ""), name)
    title = str(meta.pop("title", "") or "").strip()
    language = str(meta.get("language", "en") or "en").lower()
    if language.replace("_", "-").split("-")[0] not in _ENGLISH:
        raise DocumentError(
            name,
            f"is marked as language {language!r}",
            "Only English texts can be analysed; translate it first, or leave it out",
        )
    require_english(raw[front_matter_end(raw) :], name)
    return SourceText(ids.state(id, name) if id else ids.make(file), raw, title, date, meta)
