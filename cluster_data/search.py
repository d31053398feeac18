"""Search that forgives slips of typing."""

import pandas as pd
from rapidfuzz import fuzz, process, utils

SEARCHED = ("name", "town", "summary")
FORGIVEN_IN = ("name", "town")
ALIKE = 75
SHORT = 3


def matching(rows: pd.DataFrame, text: str) -> pd.Series:
    """How well each row answers to the text, 0 for not at all; rows have the columns name, town and summary.

    A row answers if it holds every word asked for. If none does, words of names and towns that are spelt much alike
    (rapidfuzz ratio of at least 75) stand in for those asked.
    """
    asked = utils.default_process(text).split()
    if not asked:
        return pd.Series(0.0 if text.strip() else 1.0, rows.index)
    texts = _texts(rows)
    found = _scores(texts, [[word] for word in asked])
    if found.any():
        return found
    forgiving = {column: texts[column] for column in FORGIVEN_IN}
    known = sorted({word for column in FORGIVEN_IN for held in texts[column] for word in held.split()})
    return _scores(forgiving, [_alike(word, known) for word in asked])


def is_spelt(rows: pd.DataFrame, text: str) -> bool:
    """Whether any row holds every word as it is spelt; if not, `matching` goes by likeness."""
    return bool(_scores(_texts(rows), [[word] for word in utils.default_process(text).split()]).any())


def _texts(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {column: rows[column].fillna("").astype(str).map(utils.default_process) for column in SEARCHED}


def _holding(texts: pd.Series, spelling: str) -> pd.Series:
    """Which texts hold the spelling; one or two letters must be a word of their own."""
    if len(spelling) < SHORT:
        texts, spelling = " " + texts + " ", f" {spelling} "
    return texts.str.contains(spelling, regex=False)


def _alike(word: str, known: list[str]) -> list[str]:
    if len(word) < SHORT:
        return [word]
    return [match for match, _, _ in process.extract(word, known, scorer=fuzz.ratio, limit=8, score_cutoff=ALIKE)]


def _scores(texts: dict[str, pd.Series], asked: list[list[str]]) -> pd.Series:
    total = pd.Series(0.0, next(iter(texts.values())).index)
    holds_all = pd.Series(True, total.index)
    for spellings in asked:
        best = pd.Series(0.0, total.index)
        for worth, column in zip((3.0, 2.0, 1.0), texts, strict=False):
            for spelling in spellings:
                held = _holding(texts[column], spelling)
                best = best.where(~held | (best > worth), worth)
        holds_all &= best > 0
        total += best
    return total.where(holds_all, 0.0)
