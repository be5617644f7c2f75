"""Circles: points above `k-means-constrained`, and how much of a long search's result comes early.

	python -m benchmarks.matching.circles [people …] [--long 90] [--short 10] [--kmeans python3]

`--kmeans` is an interpreter that has `k-means-constrained`: it brings ortools, which can't be loaded
beside highspy, so it runs as a process of its own. It clusters what describes the people, one number
for each topic and industry, into as many circles of 5 to 10; its circles are then worth what ours would
be, with pairs of one employer counting nothing. Twice: with 1 for each topic and industry somebody has
(`plain`), as one would; and with those numbers weighted so that a short distance is exactly a high
score (`weighted`), which takes knowing how the score is made.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.matching.people import association
from mentor_ispe.domain.matching.circles import CircleRules, Work
from mentor_ispe.domain.matching.circles.forming import seat
from mentor_ispe.domain.matching.circles.interest import interest
from mentor_ispe.domain.matching.circles.seating import APART, Peers
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import Criterion, Rules

SIZES = (300, 1_000, 5_000)
PROGRAM = CircleRules(
	Rules(criteria=(Criterion("Topics", 60), Criterion("Industry", 30))), size_min=5, size_max=10, size=8
)
_KMEANS = """
import json, sys, time
import numpy as np
from k_means_constrained import KMeansConstrained
data = np.load(sys.argv[1])
start = time.perf_counter()
found = KMeansConstrained(
	n_clusters=int(sys.argv[2]), size_min=5, size_max=10, random_state=1, n_init=1
).fit_predict(data)
print(json.dumps({"labels": found.tolist(), "seconds": time.perf_counter() - start}))
"""


def peers(count: int, seed: int) -> list[Candidate]:
	"""People with interests; two in five are willing to host."""
	draw = random.Random(seed)
	people, _none = association(count, 10, 30 / count, seed)
	employers = max(20, count // 5)
	return [
		replace(
			person,
			wishes=(),
			employer=f"Employer {int(employers * draw.random() ** 1.5):04}",
			willing_to_moderate=draw.random() < 0.4,
		)
		for person in people
	]


def measure(
	count: int, seed: int = 1, short: float = 10.0, long: float = 90.0, kmeans: str = ""
) -> dict[str, Any]:
	"""One program's circles after `short` and `long` seconds, and k-means' beside them."""
	people = sorted(peers(count, seed), key=lambda person: person.name)
	table, _warnings = interest(people, PROGRAM, [], [])
	host = np.array([person.willing_to_moderate for person in people])
	task = Peers(table, host, PROGRAM.size_min, PROGRAM.size_max)
	usual = seat(task, PROGRAM.aim)
	early = seat(task, PROGRAM.aim, work=Work(steps=10**9, seconds=short))
	late = seat(task, PROGRAM.aim, work=Work(steps=10**9, seconds=long)) if long else early
	row: dict[str, Any] = {
		"people": count,
		"placed": count - len(usual.left),
		"circles": len(usual.circles),
		"broken": sum(_broken(table, host, circle) for circle in usual.circles),
		"seconds": round(usual.seconds, 2),
		"points": round(usual.worth),
		"share_of_long": round(usual.worth / late.worth, 4),
		f"points_{short:g}_s": round(early.worth),
		f"points_{long:g}_s": round(late.worth),
		"early_share_of_long": round(early.worth / late.worth, 4),
	}
	if kmeans:
		for name, described in (("plain", _described(people) > 0), ("weighted", _described(people))):
			found = _beside_kmeans(described.astype(float), table, len(usual.circles), usual.worth, kmeans)
			row |= {f"{name}_{key}": value for key, value in found.items()}
	return row


def _broken(table: np.ndarray, host: np.ndarray, circle: list[int]) -> int:
	"""Rules that one circle breaks: size, somebody apart, no host."""
	inside = table[np.ix_(circle, circle)]
	return int(not 5 <= len(circle) <= 10) + int(inside.min() <= APART) + int(not host[circle].any())


def _beside_kmeans(
	described: np.ndarray, table: np.ndarray, circles: int, ours: float, interpreter: str
) -> dict[str, Any]:
	with tempfile.TemporaryDirectory() as folder:
		path = Path(folder) / "people.npy"
		np.save(path, described)
		said = subprocess.run(
			[interpreter, "-c", _KMEANS, str(path), str(circles)], capture_output=True, text=True, check=True
		)
	found = json.loads(said.stdout)
	labels = np.array(found["labels"])
	points, clashes = 0.0, 0
	for label in np.unique(labels):
		members = np.flatnonzero(labels == label)
		inside = table[np.ix_(members, members)].astype(int)
		clashes += int((inside <= APART).sum()) // 2
		points += float(np.maximum(inside, 0).sum()) / max(1, len(members) - 1)
	return {
		"kmeans_points": round(points),
		"kmeans_seconds": round(found["seconds"], 2),
		"kmeans_clashes": clashes,
		"above_kmeans": round(ours / points - 1, 4),
	}


def _described(people: list[Candidate]) -> np.ndarray:
	"""One row for each person: topics and industry, so weighted that near means much in common."""
	topics = sorted({topic for person in people for topic in person.wants})
	industries = sorted({person.industry for person in people})
	table = np.zeros((len(people), len(topics) + len(industries)))
	for row, person in enumerate(people):
		for topic in person.wants:
			table[row, topics.index(topic)] = (60 / len(person.wants)) ** 0.5
		table[row, len(topics) + industries.index(person.industry)] = 30**0.5
	return table


def run(sizes: tuple[int, ...] = SIZES, **options: Any) -> Iterator[dict[str, Any]]:
	"""One row for each size."""
	for count in sizes:
		yield measure(count, **options)


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("people", nargs="*", type=int, default=list(SIZES))
	parser.add_argument("--short", type=float, default=10.0)
	parser.add_argument("--long", type=float, default=90.0)
	parser.add_argument("--kmeans", default="", help="an interpreter with k-means-constrained")
	options = parser.parse_args()
	for row in run(tuple(options.people), short=options.short, long=options.long, kmeans=options.kmeans):
		print(json.dumps(row), flush=True)


if __name__ == "__main__":
	main()
