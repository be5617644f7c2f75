"""`python -m benchmarks.matching [pairs] [groups] [circles]`: all parts, or those named."""

from __future__ import annotations

import importlib
import sys

PARTS = ("pairs", "groups", "circles")


def main(arguments: list[str]) -> int:
	"""Run the parts; options after a part's name are that part's. Return 0 when no target was missed."""
	asked: dict[str, list[str]] = {}
	for word in arguments:
		if word in PARTS:
			asked[word] = options = []
		elif not asked:
			print(f"There is no part {word!r}; there are: {', '.join(PARTS)}.", file=sys.stderr)
			return 2
		else:
			options.append(word)
	missed = 0
	for part in asked or PARTS:
		sys.argv = [f"benchmarks.matching {part}", *asked.get(part, [])]
		missed += int(importlib.import_module(f"benchmarks.matching.{part}").main() or 0)
	return missed


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
