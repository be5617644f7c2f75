"""Pairs of a mentor and a mentee: `match_pairs`, and `score_pairs` for those chosen by hand."""

from mentor_ispe.domain.matching.pairs.match import match_pairs, score_pairs

__all__ = ["match_pairs", "score_pairs"]
