"""Install, migrate, use, uninstall and install again, on a site made for it and dropped afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BENCH = Path(os.environ.get("MENTOR_BENCH", "."))
SITE = f"throwaway-{os.getpid()}.localhost"


def run(*command: str, cwd: Path = BENCH) -> str:
	done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
	assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
	return done.stdout


def bench(*arguments: str) -> str:
	return run("bench", "--site", SITE, *arguments)


def script(name: str) -> str:
	return run(sys.executable, str(HERE / name), SITE, cwd=BENCH / "sites")


def snapshot() -> dict[str, dict[str, list[str]]]:
	return json.loads(script("snapshot.py").splitlines()[-1])


def differences(before: dict, after: dict) -> dict[str, list[str]]:
	"""What is there now and wasn't, or was and isn't: '+ row', '- row', by table."""
	found: dict[str, list[str]] = {}
	for table in sorted({*before, *after}):
		for kind in ("columns", "rows"):
			old = set(before.get(table, {}).get(kind, ()))
			new = set(after.get(table, {}).get(kind, ()))
			changed = [f"+ {item}" for item in sorted(new - old)] + [
				f"- {item}" for item in sorted(old - new)
			]
			if changed or (table in before) != (table in after):
				found[f"{table} {kind}"] = changed
	return found


@pytest.fixture(scope="module")
def throwaway() -> Iterator[str]:
	"""A site with ERPNext and Non Profit and without this app."""
	new_site = str(BENCH / "apps/mentor_ispe/bin/new-site")
	run(new_site, "--without-app", SITE)
	yield SITE
	run(new_site, "--drop", SITE)


def test_install_migrate_twice_use_uninstall_install(throwaway):
	before = snapshot()

	bench("install-app", "mentor_ispe")
	installed = snapshot()
	assert "tabMentoring Program" in installed
	assert "daily_long" not in installed["tabScheduled Job Type"]["rows"]
	assert [row for row in installed["tabScheduled Job Type"]["rows"] if row.startswith(("nightly", "mails"))]

	bench("migrate", "--skip-search-index")
	migrated = snapshot()
	assert differences(installed, migrated) == {}
	bench("migrate", "--skip-search-index")
	assert differences(migrated, snapshot()) == {}

	script("use_the_app.py")
	bench("uninstall-app", "mentor_ispe", "--yes", "--no-backup", "--dry-run")
	assert "tabMentoring Program" in (used := snapshot())
	assert used["tabRole"] == migrated["tabRole"]

	bench("uninstall-app", "mentor_ispe", "--yes", "--no-backup")
	left = differences(before, snapshot())
	assert left == {}

	bench("install-app", "mentor_ispe")
	assert differences(installed, snapshot()) == {}
