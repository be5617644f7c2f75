"""Why people were matched, in words; each reason is true of the pair."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from mentor_ispe.domain.matching.criteria import EMPLOYER, KINDS
from mentor_ispe.domain.matching.people import MAX_WISHES, Candidate
from mentor_ispe.domain.matching.reasons import Reason, Said, Sentence
from mentor_ispe.domain.matching.rules import Rules
from mentor_ispe.domain.violations import N_

_MENTEE_WISH = Sentence(
	"mentee_wish",
	N_("The mentor is the mentee's choice no. {rank}."),
	N_("Mentee's choice no. {rank}"),
)
_MENTOR_WISH = Sentence(
	"mentor_wish",
	N_("The mentee is the mentor's choice no. {rank}."),
	N_("Mentor's choice no. {rank}"),
)
_WAITED_ONCE = Sentence("waited", N_("The mentee had no mentor in an earlier cycle."), N_("Waited before"))
_WAITED = Sentence("waited", N_("The mentee had no mentor in {cycles} earlier cycles."), N_("Waited before"))
# In circles, of one person and the others.
SHARED = Sentence("shared_topic", N_("{count} other people want to talk about {topic} too."), "{topic}")
ONE_SHARES = Sentence("shared_topic", N_("One other person wants to talk about {topic} too."), "{topic}")
KNOWN = Sentence("known_topic", N_("Someone knows {topics}, which you want to learn."), N_("Known: {topics}"))
SENTENCES: dict[str, Sentence] = {
	sentence.message: sentence
	for sentence in (
		_MENTEE_WISH,
		_MENTOR_WISH,
		_WAITED_ONCE,
		_WAITED,
		*(sentence for kind in KINDS.values() for sentence in kind.sentences),
		SHARED,
		ONE_SHARES,
		KNOWN,
		*(
			Sentence(f"peers_{kind.code}", message, "{value}")
			for kind in KINDS.values()
			for message in kind.peers
		),
	)
}
"""All that is said of one person in a match, by its words; what tells most first."""


Way = Callable[[Candidate, Candidate, Rules], Iterable[Said]]


class Explainer:
	"""Reasons for pairs; the same object for the same words, since thousands of pairs share them."""

	def __init__(self, rules: Rules):
		self.rules = rules
		self._made: dict[Said, Reason] = {}
		kinds = [line.kind for line in rules.criteria]
		if rules.employers_apart and EMPLOYER not in kinds:
			kinds.append(EMPLOYER)
		# By the two values compared, where nothing else of the people counts.
		self._ways: list[tuple[Way, Callable[[Candidate], Hashable] | None, dict[Hashable, list[Reason]]]] = [
			(kind.why, kind.value if kind.has_table else None, {}) for kind in map(KINDS.__getitem__, kinds)
		]

	def reasons(self, mentee: Candidate, mentor: Candidate) -> tuple[Reason, ...]:
		"""Everything that speaks for the pair, in the order of the program's criteria."""
		found: list[Reason] = []
		made = self._made
		for way, value_of, known in self._ways:
			if value_of is None:
				for said in way(mentee, mentor, self.rules):
					found.append(made.get(said) or self._reason(said))
				continue
			values = value_of(mentee), value_of(mentor)
			reasons = known.get(values)
			if reasons is None:
				reasons = known[values] = [*map(self._reason, way(mentee, mentor, self.rules))]
			found += reasons
		# Few have any of these.
		if mentee.wishes or mentor.wishes or mentee.waited:
			found += map(self._reason, _beyond_criteria(mentee, mentor, self.rules))
		return tuple(found)

	def _reason(self, said: Said) -> Reason:
		reason = self._made.get(said)
		if reason is None:
			sentence, params = said
			reason = self._made[said] = Reason(sentence.code, sentence.message, dict(params))
		return reason


def _beyond_criteria(mentee: Candidate, mentor: Candidate, rules: Rules) -> Iterator[Said]:
	"""Wishes and waiting, which are no criteria of the program."""
	for weight, sentence, wishes, name in (
		(rules.mentee_wish_weight, _MENTEE_WISH, mentee.wishes[:MAX_WISHES], mentor.name),
		(rules.mentor_wish_weight, _MENTOR_WISH, mentor.wishes[:MAX_WISHES], mentee.name),
	):
		if weight and name in wishes:
			yield sentence, (("rank", wishes.index(name) + 1),)
	if rules.waiting_weight and mentee.waited:
		yield (_WAITED_ONCE if mentee.waited == 1 else _WAITED), (("cycles", mentee.waited),)
