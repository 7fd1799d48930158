"""Pair each denial with the accusation it answers, and list accusations nobody answers."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.lexicon import DEFAULT_PATH as CUES
from analysis.tables import by_party

#: From this likeness on, wording decides; below it, nearness does.
ALIKE = 0.05
_SIDES = ["id", "document", "date", "by", "party", "source", "words"]
_CLAIM = "statement_id document_id date speaker party source words target place".split()
PAIR_COLUMNS = [
    *(f"claim_{name}" for name in _SIDES),
    *(f"denial_{name}" for name in _SIDES),
    *("denial_to", "found", "paired_by", "likeness", "statement_ids"),
]
Groups = Mapping[str, frozenset[str]]


def groups_of_parties() -> dict[str, frozenset[str]]:
    """Return the parties that stand for others (an alliance, joint speakers), from the cue file."""
    tables = tomllib.loads(CUES.read_text("utf-8"))  # the cues themselves would take 6 MB
    standing = {**tables.get("alliances", {}), **tables.get("members", {})}
    return {name: frozenset(parties) for name, parties in standing.items()}


def claims_and_denials(
    statements: pd.DataFrame, stance: pd.DataFrame, groups: Groups | None = None
) -> pd.DataFrame:
    """Pair denials with accusations, side by side.

    A denial (REJECT, deny) by A addressed to B is paired with an accusation (ACCUSE) of A by B,
    or by a group B belongs to or that belongs to B: in the same document if there is one, else in
    an earlier document or one of the same day; by B itself before a group. Among several, the
    one most alike in wording is taken (cosine of TF-IDF of character n-grams, so that word forms
    do not matter); where none is alike, the nearest before the denial, else the nearest after.

    Parameters
    ----------
    statements, stance : DataFrame
        A statement table and its stance table with dates.
    groups : mapping of str to frozenset of str, optional
        Party that stands for others to these; by default that of ``data/acts.toml``.

    Returns
    -------
    DataFrame
        One row per denial and party addressed, oldest first. For the claim, then for the denial:
        ``…_id``, ``…_document``, ``…_date``, ``…_by`` (speaker), ``…_party``, ``…_source`` (the
        mention in the text), ``…_words``; those of the claim are missing where none is found.
        ``denial_to`` (the party addressed), ``found`` (same document, earlier document, no
        accusation found), ``paired_by`` (wording, nearness), ``likeness`` (0 to 1),
        ``statement_ids``.
    """
    groups = groups_of_parties() if groups is None else groups
    rows = _with_words(by_party(stance[stance["stance"].eq("against").fillna(False)]), statements)
    denials = rows[rows["act"].eq("REJECT").fillna(False) & rows["mode"].eq("deny").fillna(False)]
    claims = rows.loc[rows["act"].eq("ACCUSE").fillna(False), _CLAIM]
    aimed = dict(list(claims.groupby("target")))
    alike = _likeness(statements)
    found = []
    for denial in denials.itertuples():
        place, pool = _pool(aimed.get(denial.party, claims.iloc[:0]), denial, groups)
        claim, by, likeness = _best(pool, denial, alike)
        ids = [denial.statement_id, *([claim.statement_id] if claim else [])]
        found.append(
            {
                **(_side("claim", claim) if claim else {}),
                **_side("denial", denial),
                "denial_to": denial.target,
                "found": place,
                "paired_by": by,
                "likeness": likeness,
                "statement_ids": ids,
            }
        )
    frame = pd.DataFrame(found, columns=PAIR_COLUMNS)
    return frame.sort_values(["denial_date", "denial_id"], kind="stable", ignore_index=True)


def unanswered_claims(
    statements: pd.DataFrame,
    stance: pd.DataFrame,
    pairs: pd.DataFrame,
    groups: Groups | None = None,
) -> pd.DataFrame:
    """List the accusations that no denial is paired with.

    Parameters
    ----------
    statements, stance : DataFrame
        A statement table and its stance table with dates.
    pairs : DataFrame
        From `claims_and_denials`.
    groups : mapping of str to frozenset of str, optional
        As for `claims_and_denials`.

    Returns
    -------
    DataFrame
        One row per accusation and party accused, oldest first: ``claim_id``, ``claim_document``,
        ``claim_date``, ``claim_by``, ``claim_party``, ``claim_source``, ``claim_words``,
        ``accused``, ``later_denials`` (how many denials of the accused, addressed to the accuser
        or its group on that day or later, are paired with other accusations or with none: one
        of them may mean this accusation too), ``statement_ids``.
    """
    groups = groups_of_parties() if groups is None else groups
    rows = _with_words(_accusations(stance), statements)
    answered = _answered(pairs)
    later: dict[tuple[str, str, str], int] = {}
    found = []
    for claim in rows.itertuples():
        if (claim.statement_id, claim.target) in answered:
            continue
        key = (claim.party, claim.target, claim.date)
        if key not in later:
            later[key] = _later_denials(pairs, *key, groups)
        found.append(
            {
                **_side("claim", claim),
                "accused": claim.target,
                "later_denials": later[key],
                "statement_ids": [claim.statement_id],
            }
        )
    columns = [*(f"claim_{name}" for name in _SIDES), "accused", "later_denials", "statement_ids"]
    frame = pd.DataFrame(found, columns=columns)
    return frame.sort_values(["claim_date", "claim_id"], kind="stable", ignore_index=True)


def _later_denials(
    pairs: pd.DataFrame, accuser: str, accused: str, date: str, groups: Groups
) -> int:
    """Count the denials by the accused, from a day on, addressed to the accuser."""
    denied = pairs[(pairs["denial_party"] == accused) & (pairs["denial_date"] >= date)]
    addressed = {
        row.denial_id for row in denied.itertuples() if _same_side(accuser, row.denial_to, groups)
    }
    return len(addressed)


def unanswered(stance: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Count the accusations between parties, and how many have a denial paired with them.

    Parameters
    ----------
    stance : DataFrame
        The stance table.
    pairs : DataFrame
        From `claims_and_denials`.

    Returns
    -------
    DataFrame
        ``accuser``, ``accused``, ``accusations``, ``answered``, ``statement_ids`` (of the
        accusations); most accusations first.
    """
    rows, answered = _accusations(stance), _answered(pairs)
    keys = zip(rows["statement_id"], rows["target"], strict=True)
    table = (
        rows.assign(answered=[key in answered for key in keys])
        .groupby(["party", "target"], as_index=False)
        .agg(
            accusations=("statement_id", "size"),
            answered=("answered", "sum"),
            statement_ids=("statement_id", list),
        )
        .rename(columns={"party": "accuser", "target": "accused"})
    )
    return table.sort_values("accusations", ascending=False, kind="stable", ignore_index=True)


def _accusations(stance: pd.DataFrame) -> pd.DataFrame:
    hostile = stance["act"].eq("ACCUSE") & stance["stance"].eq("against")
    return by_party(stance[hostile.fillna(False)])


def _answered(pairs: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the accusations with a denial, by statement and party accused."""
    found = pairs.dropna(subset="claim_id")
    return set(zip(found["claim_id"], found["denial_party"], strict=True))


def _with_words(rows: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Join what was said, the source as the text names it, and the place in the table."""
    known = statements.assign(place=range(len(statements))).set_index("statement_id")
    source = known["source"] if "source" in known else pd.Series("", index=known.index)
    return rows.assign(
        words=rows["statement_id"].map(known["content_repaired"]),
        source=rows["statement_id"].map(source),
        place=rows["statement_id"].map(known["place"]),
    )


def _side(name: str, row: object) -> dict[str, object]:
    values = (row.statement_id, row.document_id, row.date, row.speaker, row.party, row.source)
    return dict(zip([f"{name}_{end}" for end in _SIDES], (*values, row.words), strict=True))


def _same_side(one: str, other: str, groups: Groups) -> bool:
    """Tell whether two parties are one, or one stands for the other."""
    return one == other or one in groups.get(other, ()) or other in groups.get(one, ())


def _pool(claims: pd.DataFrame, denial: object, groups: Groups) -> tuple[str, pd.DataFrame]:
    """Return where to look and the accusations there: own document first, addressee first."""
    here = claims[claims["document_id"] == denial.document_id]
    elsewhere = claims["document_id"] != denial.document_id
    earlier = claims[elsewhere & (claims["date"] <= denial.date)]
    for place, pool in (("same document", here), ("earlier document", earlier)):
        fits = [_same_side(party, denial.target, groups) for party in pool["party"]]
        related = pool[pd.Series(fits, index=pool.index, dtype=bool)]
        exact = related[related["party"] == denial.target]
        if len(related):
            return place, exact if len(exact) else related
    return "no accusation found", claims.iloc[:0]


def _best(
    pool: pd.DataFrame, denial: object, alike: Callable[[str, list[str]], list[float]]
) -> tuple[object | None, str, float]:
    """Return the accusation that fits best, what decided, and how alike the two are."""
    if pool.empty:
        return None, "", float("nan")

    def nearness(row: object) -> tuple[bool, str, int]:
        before = row.place < denial.place
        return before, row.date, row.place if before else -row.place

    likenesses = pd.Series(alike(denial.statement_id, list(pool["statement_id"])), pool.index)
    most = likenesses.max()
    rated = pool[likenesses == most] if most >= ALIKE else pool
    claim = max(rated.itertuples(), key=nearness)
    return claim, "wording" if most >= ALIKE else "nearness", float(likenesses[claim.Index])


def _likeness(statements: pd.DataFrame) -> Callable[[str, list[str]], list[float]]:
    """Return a function that compares the wording of a statement with that of others."""
    ids = {name: row for row, name in enumerate(statements["statement_id"])}
    texts = list(statements["content_repaired"])
    if not any(text.strip() for text in texts):
        return lambda one, others: [0.0] * len(others)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)

    def alike(one: str, others: list[str]) -> list[float]:
        products = matrix[[ids[other] for other in others]] @ matrix[ids[one]].T
        return [round(float(value), 3) for value in products.toarray().ravel()]

    return alike
