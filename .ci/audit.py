"""Known holes in what the app adds to a bench, by pip-audit; run with the bench's Python.

	env/bin/python .ci/audit.py PIP_AUDIT

Fails when a version that is installed has one. Where the advisories can't be reached it says so and passes:
whether a mirror has them isn't this change's fault.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import requires, version


def added() -> list[str]:
	"""What the app itself names, as pins of the versions that are installed."""
	lines = [line for line in requires("mentor_ispe") or () if ";" not in line]
	names = [re.match(r"[A-Za-z0-9._-]+", line)[0] for line in lines]
	return [f"{name}=={version(name)}" for name in names]


def main(pip_audit: str) -> int:
	with tempfile.NamedTemporaryFile("w", suffix=".txt") as pins:
		pins.write("\n".join(added()))
		pins.flush()
		command = [
			pip_audit,
			"--no-deps",
			"--disable-pip",
			"--format=json",
			"--progress-spinner=off",
			"-r",
			pins.name,
		]
		ran = subprocess.run(command, capture_output=True, text=True, check=False)
	try:
		found = json.loads(ran.stdout)["dependencies"]
	except (ValueError, KeyError):
		print(f"NOT AUDITED: pip-audit could not reach the advisories.\n{ran.stderr[-300:]}")
		return 0
	skipped = [each["name"] for each in found if "skip_reason" in each]
	holes = [(each["name"], each["version"], hole["id"]) for each in found for hole in each.get("vulns", ())]
	for name, installed, hole in holes:
		print(f"{name} {installed} has a known hole: {hole}")
	if skipped:
		print(f"NOT AUDITED, no advisories to be had here: {', '.join(skipped)}")
	print(f"pip-audit: {len(found) - len(skipped)} of {len(found)} looked up, {len(holes)} holes")
	return bool(holes)


if __name__ == "__main__":
	sys.exit(main(*sys.argv[1:]))
