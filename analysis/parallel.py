"""Read documents side by side: the same readings as one after the other, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from joblib import Parallel, delayed

from analysis.documents import Document
from analysis.parties import Parties
from analysis.readings import Reading, Shelf, read_document, reading_key

#: Called after each document that was read.
Step = Callable[[], object]


def read_documents(
    documents: Sequence[Document],
    parties: Parties,
    gazetteer: bytes,
    shelf: Shelf,
    jobs: int = 1,
    step: Step = lambda: None,
) -> list[str]:
    """Read the documents that are not on the shelf yet, and put each there as it is done.

    Parameters
    ----------
    documents : sequence of Document
    parties : Parties
    gazetteer : bytes
        The file the parties were read from.
    shelf : Shelf
        Keeps what has been read, also if the run is interrupted.
    jobs : int
        How many documents to read at a time.
    step : callable
        Called once per document, also for one that was on the shelf.

    Returns
    -------
    list of str
        The key of each document's reading, in the order of the documents.
    """
    keys = [reading_key(document, gazetteer) for document in documents]
    missing: dict[str, Document] = {}
    for key, document in zip(keys, documents, strict=True):
        if shelf.get(key) is None:
            missing[key] = document
        else:
            step()
    for key, reading in _as_they_come(missing.items(), parties, jobs):
        shelf.put(key, reading)
        step()
    return keys


def _as_they_come(
    documents: Iterable[tuple[str, Document]], parties: Parties, jobs: int
) -> Iterator[tuple[str, Reading]]:
    """Yield the readings in the order in which they are done."""
    read = partial(_keyed, parties=parties)
    if jobs == 1:
        yield from (read(key, document) for key, document in documents)
        return
    workers = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=4)
    yield from workers(delayed(read)(key, document) for key, document in documents)


def _keyed(key: str, document: Document, parties: Parties) -> tuple[str, Reading]:
    return key, read_document(document, parties)
