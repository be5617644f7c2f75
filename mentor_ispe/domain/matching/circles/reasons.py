"""Why people share a circle, in words; each sentence is true, counted over the circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.explain import KNOWN, ONE_SHARES, SHARED
from mentor_ispe.domain.matching.people import Candidate, hours_apart
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.spelling import company_key
from mentor_ispe.domain.violations import N_


def circle_reasons(members: Sequence[Candidate], host: Candidate | None) -> tuple[Reason, ...]:
	"""What speaks for the circle as a whole."""
	return tuple(_circle(members, host))


def member_reasons(person: Candidate, members: Sequence[Candidate]) -> tuple[Reason, ...]:
	"""What one person has in common with the others of the circle."""
	return tuple(_member(person, [other for other in members if other.name != person.name]))


def _circle(members: Sequence[Candidate], host: Candidate | None) -> Iterator[Reason]:
	if host is not None:
		yield Reason("host", N_("{name} is willing to host."), {"name": host.title})
	for topic, count in _most_common(topic for person in members for topic in set(person.wants))[:2]:
		yield Reason(
			"circle_topic",
			N_("{count} of {all} want to talk about {topic}."),
			{"count": count, "all": len(members), "topic": topic},
		)
	for kind in KINDS.values():
		if kind.circle:
			for value, count in _most_common(str(kind.value(person) or "") for person in members)[:1]:
				params = {"count": count, "all": len(members), "value": value}
				yield Reason(f"circle_{kind.code}", kind.circle, params)
	spoken = set.intersection(*(set(person.languages) for person in members))
	if spoken:
		yield Reason("circle_language", N_("Everyone speaks {languages}."), {"languages": sorted(spoken)})
	if all(person.utc_offset is not None for person in members):
		widest = max(float(hours_apart(a.utc_offset, b.utc_offset)) for a in members for b in members)
		message = N_("Nobody is more than {hours} hours apart.")
		if widest == 0:
			message = N_("Everyone has the same local time.")
		yield Reason("circle_time", message, {"hours": f"{widest:g}"})
	employers = [person.employer for person in members]
	if all(employers) and len(set(map(company_key, employers))) == len(members):
		yield Reason("circle_employers", N_("Everyone works for a different employer."))


def _member(person: Candidate, others: Sequence[Candidate]) -> Iterator[Reason]:
	shared = Counter(topic for other in others for topic in set(other.wants) & set(person.wants))
	for topic in sorted(shared, key=lambda topic: (-shared[topic], topic)):
		sentence = ONE_SHARES if shared[topic] == 1 else SHARED
		yield Reason(sentence.code, sentence.message, {"count": shared[topic], "topic": topic})
	known = sorted(
		{topic for topic in person.wants for other in others if topic in other.knows} - set(shared)
	)
	if known:
		yield Reason(KNOWN.code, KNOWN.message, {"topics": known})
	for kind in KINDS.values():
		value = kind.value(person)
		if value and kind.peers:
			many, one = kind.peers
			count = sum(kind.value(other) == value for other in others)
			if count:
				params = {"count": count, "value": value}
				yield Reason(f"peers_{kind.code}", one if count == 1 else many, params)


def _most_common(values: Iterable[str]) -> list[tuple[str, int]]:
	"""What two or more have in common, the most frequent first, then by name."""
	counts = Counter(filter(None, values))
	return sorted(
		((value, count) for value, count in counts.items() if count > 1), key=lambda item: (-item[1], item[0])
	)
