"""How the parts of the membership fared, side by side: matched share and mean score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Pair, Share

VIEWS = ("country", "career_stage", "chapter")


def shares(mentees: Sequence[Candidate], pairs: Sequence[Pair]) -> Mapping[str, tuple[Share, ...]]:
	"""For each of VIEWS, one line for every value among the mentees, "" for those who gave none."""
	score_of = {pair.mentee: pair.score for pair in pairs}
	found = [score_of.get(mentee.name) for mentee in mentees]
	views = {}
	for view in VIEWS:
		scores: dict[str, list[int | None]] = {}
		for value, score in zip(map(attrgetter(view), mentees), found, strict=True):
			if value in scores:
				scores[value].append(score)
			else:
				scores[value] = [score]
		views[view] = tuple(_share(value, scores[value]) for value in sorted(scores))
	return views


def _share(value: str, scores: Sequence[int | None]) -> Share:
	matched = [score for score in scores if score is not None]
	mean = round(sum(matched) / len(matched), 1) if matched else None
	return Share(value, len(scores), len(matched), mean)
