"""Pairs: proof, time and memory beside SciPy's solvers and two packages, and growth as a picture.

	python -m benchmarks.matching pairs [--small] [--out DIR]

Ratios count, seconds are this machine's. Every way runs in a process of its own, one at a time, on one
thread; times are of the processor, so that what else the machine does matters less.
`mentor-match` and `matching` can't be installed side by side (both are called `matching` inside), so
each is put into a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.matching.people import AMPLE, SCARCE

SHARE_OF_DENSE = {SCARCE: 0.2, AMPLE: 0.4}
SHARE_OF_MEMORY, TIMES_BARE, TIMES_FASTER = 1 / 14, 2.0, 100
GROWTH = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000)
MENTORS = 0.4
"""Mentors for each mentee."""
TIMES_OURS = 9
"""Runs of our own at 1,000 mentees, of which the one in the middle counts."""
PATIENCE = 300
"""Seconds after which another package is stopped."""
PACKAGES = {"mentor_match": "mentor-match>=7,<8", "matching": "matching>=1.4,<2"}
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
	parser = argparse.ArgumentParser(prog="benchmarks.matching pairs", description=__doc__)
	parser.add_argument("--small", action="store_true", help="5,000 mentees instead of 20,000, no growth")
	parser.add_argument("--out", type=Path, default=Path("build/benchmarks"), help="folder for figures")
	options = parser.parse_args(arguments)
	options.out.mkdir(parents=True, exist_ok=True)
	size = 5_000 if options.small else 20_000
	seen: dict[str, Any] = {"size": size}
	broken = 0
	for name, ratio in (("scarce", SCARCE), ("ample", AMPLE)):
		seen[name] = {way: run(way, size, ratio) for way in ("ours", "bare_sparse", "scipy_dense")}
		broken += _tell(f"{size:,} mentees, {round(size * MENTORS):,} mentors, {name}", seen[name], ratio)
	for name, more in (("packages", ()), ("packages, open", ("open",))):
		seen[name] = {way: run(way, 1_000, SCARCE, *more) for way in PACKAGES}
		seen[name]["ours"] = _median([run("ours", 1_000, SCARCE, *more) for _time in range(TIMES_OURS)])
		broken += _tell_packages(seen[name], ", everybody may be with everybody" if more else "")
	if not options.small:
		seen["growth"] = {str(count): run("ours", count, SCARCE) for count in GROWTH}
		_tell_growth(seen["growth"])
		_picture(seen["growth"], options.out / "pairs-growth.png")
	(options.out / "pairs.json").write_text(json.dumps(seen, indent="\t"))
	return min(1, broken)


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
	"""The run in the middle by processor time: so short a time says little once."""
	return sorted(runs, key=lambda figure: figure["processor"])[len(runs) // 2]


def run(way: str, mentees: int, ratio: float, *more: str) -> dict[str, Any] | None:
	"""The figures of one way; None when it took longer than PATIENCE."""
	environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
	paths = [str(ROOT), *([str(_package(way))] if way in PACKAGES else [])]
	environment["PYTHONPATH"] = os.pathsep.join(paths)
	command = [sys.executable, "-m", "benchmarks.matching.runs", way]
	try:
		done = subprocess.run(
			[*command, str(mentees), str(round(mentees * MENTORS)), str(ratio), *more],
			env=environment,
			capture_output=True,
			text=True,
			check=True,
			timeout=PATIENCE if way in PACKAGES else None,
		)
	except subprocess.TimeoutExpired:
		return None
	except subprocess.CalledProcessError as error:
		raise SystemExit(error.stderr) from error
	return json.loads(done.stdout.splitlines()[-1])


def _package(way: str) -> Path:
	"""The folder of another package, filled by pip the first time."""
	cache = (
		Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mentor-ispe" / "benchmarks" / way
	)
	if not cache.exists():
		pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(cache), PACKAGES[way]]
		subprocess.run(pip, check=True)
	return cache


def _tell(title: str, figures: dict[str, dict[str, Any]], ratio: float) -> int:
	"""Print one comparison; return how many of the targets were missed."""
	ours, bare, dense = (figures[way] for way in ("ours", "bare_sparse", "scipy_dense"))
	print(f"\n{title}")
	for way, figure in figures.items():
		print(
			f"  {way:12} {figure['processor']:8.2f} s  {figure['peak_mb']:8.0f} MB"
			f"  {figure['matched']} matched, score {figure['score']}"
		)
	print(f"  outside the solver: {1 - ours['steps'].get('solve', 0) / ours['seconds']:.0%} of our run")
	same = (ours["matched"], ours["score"]) == (dense["matched"], dense["score"])
	return sum(
		[
			_target("optimum proven, equal to SciPy's", same and ours["proven"]),
			_ratio("time / dense", ours["processor"] / dense["processor"], SHARE_OF_DENSE[ratio]),
			_ratio("peak memory / dense", ours["peak_mb"] / dense["peak_mb"], SHARE_OF_MEMORY),
			_ratio("time / bare sparse solve", ours["processor"] / bare["processor"], TIMES_BARE),
		]
	)


def _tell_packages(figures: dict[str, dict[str, Any] | None], rules: str) -> int:
	ours = figures["ours"]
	print(f"\n1,000 mentees, 400 mentors, scarce{rules}")
	print(f"  ours         {ours['processor']:8.3f} s  {ours['matched']} matched")
	missed = 0
	for way in PACKAGES:
		figure = figures[way]
		seconds = PATIENCE if figure is None else figure["processor"]
		matched = "stopped" if figure is None else f"{figure['matched']} matched"
		print(f"  {way:12} {seconds:8.3f} s  {matched}")
		times = seconds / ours["processor"]
		missed += _target(f"{times:.0f} times faster, at least {TIMES_FASTER}", times >= TIMES_FASTER)
	return missed


def _tell_growth(growth: dict[str, dict[str, Any]]) -> None:
	print("\nGrowth, scarce")
	for count, figure in growth.items():
		proven = "proven" if figure["proven"] else "NOT PROVEN"
		print(f"  {int(count):8,} {figure['processor']:8.2f} s  {figure['peak_mb']:6.0f} MB  {proven}")


def _ratio(words: str, value: float, most: float) -> int:
	return _target(f"{words}: {value:.3f}, at most {most:.3f}", value <= most)


def _target(words: str, is_met: bool) -> int:
	print(f"  {'ok    ' if is_met else 'MISSED'} {words}")
	return int(not is_met)


def _picture(growth: dict[str, dict[str, Any]], path: Path) -> None:
	"""Time and memory over the number of mentees."""
	import matplotlib

	matplotlib.use("Agg")
	from matplotlib import pyplot

	counts = [int(count) for count in growth]
	figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.5), layout="constrained")
	whole = [growth[str(count)]["processor"] for count in counts]
	# Steps are by the clock on the wall: the solver's share of it.
	shares = [figure["steps"].get("solve", 0) / figure["seconds"] for figure in growth.values()]
	solver = [share * seconds for share, seconds in zip(shares, whole, strict=True)]
	left.plot(counts, whole, "o-", label="whole match, with proof and reasons")
	left.plot(counts, solver, "s--", label="of it SciPy's sparse solver")
	left.set(title="Time", xlabel="mentees", ylabel="seconds of one processor", ylim=0)
	left.legend(frameon=False)
	right.plot(counts, [growth[str(count)]["peak_mb"] for count in counts], "o-", color="tab:green")
	right.set(title="Peak memory", xlabel="mentees", ylabel="MB", ylim=0)
	for axes in (left, right):
		axes.xaxis.set_major_formatter("{x:,.0f}")
		axes.spines[["top", "right"]].set_visible(False)
		axes.grid(alpha=0.3)
	figure.suptitle("Pairs, 0.4 mentors and 0.96 seats for each mentee")
	figure.savefig(path, dpi=130)
	pyplot.close(figure)
