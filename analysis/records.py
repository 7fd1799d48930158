"""The records that pass from room to room: a statement, and a stance within a statement."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: content, who it is attributed to, and the rule that decided.

    All spans are offsets into ``Document.raw`` in Unicode code points, end exclusive;
    the text beside a span is that slice of ``raw``.

    Attributes
    ----------
    document_id, statement_id : str
        ``statement_id`` is unique within a corpus: ``"<document_id>:s001"``.
    date : str
        ISO date of the document, or ``""``.
    paragraph : int
        1-based number of the paragraph of the document the statement starts in.
    section : str
        ``headline``, ``body``, ``subheading``, ``transcript line`` or ``caption``.
    kind : str
        ``direct``, ``mixed`` or ``indirect``.
    content_spans, fragment_spans : tuple of (int, int)
        The content, and each quoted fragment without its marks.
    content_repaired : str
        The content as it reads in the repaired text; spans joined by " … ".
    source_span, cue_span : (int, int) or None
    relative_span : (int, int) or None
        The relative pronoun that stands for the source beside the cue ("…, *which* denies it");
        ``source_span`` is its antecedent.
    speaker : str
        Canonical name, or ``"unresolved"``.
    speaker_kind : str
        ``person``, ``institution``, ``country`` or ``unresolved``.
    party : str
        A party of the gazetteer, ``other`` or ``unresolved``; ``A; B`` for several speakers.
    via : tuple of str
        Further sources in the chain, as written (a minister, citing *military intelligence*).
    rule : str
        Which rules found the statement and its speaker, in words.
    content_confidence, source_confidence, speaker_confidence : float or None
    repeats : str
        Id of the statement whose quotation this one repeats, or ``""``.
    """

    document_id: str
    statement_id: str
    date: str
    paragraph: int
    section: str
    kind: str
    content_spans: tuple[Span, ...]
    content: str
    content_repaired: str
    fragment_spans: tuple[Span, ...] = ()
    fragments: tuple[str, ...] = ()
    source_span: Span | None = None
    source: str = ""
    cue_span: Span | None = None
    cue: str = ""
    speaker: str = "unresolved"
    speaker_kind: str = "unresolved"
    party: str = "unresolved"
    via: tuple[str, ...] = ()
    rule: str = ""
    content_confidence: float | None = None
    source_confidence: float | None = None
    speaker_confidence: float | None = None
    repeats: str = ""
    relative_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """The speech act of one statement towards one target, and the side it takes.

    Attributes
    ----------
    statement_id, document_id : str
    party : str
        The party that speaks.
    target : str
        The party spoken about; ``""`` where the statement has an act but no target.
    act : str or None
        PLOVER category or COMMENT; None where the engine abstains.
    mode : str or None
        ``allege``, ``disapprove``, ``deny``, ``refuse``, ``change``, ``assist``, ``meet``,
        ``report``, ``self``, ``decline``, or None.
    stance : str or None
        ``against``, ``none``, ``favor``; None where the engine abstains.
    act_confidence, stance_confidence : float or None
    evidence_span : (int, int) or None
        Raw offsets of the words that decided.
    rule : str
        The rule that decided, in words.
    """

    statement_id: str
    document_id: str
    party: str
    target: str
    act: str | None
    mode: str | None
    stance: str | None
    act_confidence: float | None = None
    stance_confidence: float | None = None
    evidence_span: Span | None = None
    rule: str = ""
