"""Everything that can be called, by seven kinds of people: no private word comes back, in any way.

The daily run calls every function of the platform and of ours once as each of them, half of those of other apps as
one of each kind of people, and a part of the pages and of the comparisons; which arguments, whom and which part
follows from the code itself, so that every change tries others. The whole run:

	MENTOR_CANARIES=whole bin/test http -k test_canaries
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import frappe
import pytest

import mentor_ispe
from mentor_ispe.roles import MEMBER
from tests.canaries import world as worlds
from tests.canaries.world import CALLERS, KINDS, World
from tests.http.canary_world import canaries
from tests.permission_matrix import REPEATED

__all__ = ["canaries"]  # a fixture, used by name

WHOLE = os.environ.get("MENTOR_CANARIES") == "whole"
WORKERS = os.cpu_count() or 1
CHECKOUT = Path(__file__).parents[2]


def seed() -> int:
	"""Another one with every change of the app's code."""
	sources = sorted(Path(mentor_ispe.__file__).parent.rglob("*.py"))
	return zlib.crc32(b"".join(source.read_bytes() for source in sources))


def run(world: World, folder: Path, *options: str, workers: int = WORKERS) -> list[dict[str, Any]]:
	"""What the workers found, each in a process of its own."""
	known, log = folder / "world.json", folder / "log"
	known.write_text(world.to_json())
	command = [sys.executable, "-m", "tests.canaries.run", str(known), "--seed", str(seed()), *options]
	with log.open("w") as errors:
		ended = subprocess.run(
			[*command, "--shards", str(workers), "--out", str(folder)],
			cwd=CHECKOUT,
			env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
			stdout=subprocess.DEVNULL,
			stderr=errors,
			check=False,
		)
	assert ended.returncode == 0, log.read_text()[-3000:]
	return [json.loads((folder / f"{number}.json").read_text()) for number in range(workers)]


@pytest.fixture(scope="module")
def outcome(canaries, tmp_path_factory) -> SimpleNamespace:
	effort = ("--draws", "4", "--more", "40") if WHOLE else ("--draws", "1")
	parts = run(canaries, tmp_path_factory.mktemp("canaries"), *effort)
	findings = [finding for part in parts for finding in part["findings"]]
	counts = {
		key: sum(part["counts"].get(key, 0) for part in parts) for key in ("requests", "compared", "called")
	}
	counts |= {
		key: parts[0]["counts"][key] for key in ("functions", "foreign", "left_out", "routes", "pages")
	}
	print(f"Canaries: {counts}, {round(max(part['seconds'] for part in parts))} s")
	return SimpleNamespace(findings=findings, counts=counts)


def shown(outcome: SimpleNamespace, *kinds: str) -> str:
	return "\n\n".join(
		f"{each['what']} as {each['person']}: {each['field']} by {each['call']}\n{each['answer']}\n{each['other']}"
		for each in outcome.findings
		if each["what"] in kinds
	)


def test_no_private_word_comes_back(outcome):
	found = shown(outcome, "came back", "was sent")
	assert not found, found


def test_no_answer_tells_whether_a_private_word_is_there(outcome):
	found = shown(outcome, "told apart")
	assert not found, found


def test_nothing_of_ours_answers_500(outcome):
	found = shown(outcome, "500")
	assert not found, found


def test_everybody_called_everything(outcome):
	counts = outcome.counts
	known, others = counts["functions"] - counts["foreign"], counts["foreign"] - counts["left_out"]
	assert others >= counts["foreign"] // 3
	assert counts["called"] >= len(CALLERS) * (known + counts["routes"]) + len(KINDS) * others


def test_every_text_of_every_record_has_a_canary(canaries):
	there = {(canary.doctype, canary.field) for canary in canaries.canaries}
	texts = {(doctype, field) for doctype in worlds.doctypes(tables=True) for field in worlds.texts(doctype)}
	named_after = {
		(row.name, row.autoname[6:])
		for row in frappe.get_all("DocType", {"autoname": ("like", "field:%")}, ["name", "autoname"])
	}
	missing = {pair for pair in texts - there - named_after if pair[1] not in REPEATED}
	assert missing == set()


@pytest.fixture
def members_who_read_goals(canaries) -> Iterator[None]:
	"""As if somebody gave the members' role a permission."""
	perm = frappe.get_doc(
		{
			"doctype": "DocPerm",
			"parent": "Mentoring Goal",
			"parenttype": "DocType",
			"parentfield": "permissions",
			"role": MEMBER,
			"read": 1,
		}
	)
	perm.db_insert()
	frappe.db.commit()
	frappe.clear_cache(doctype="Mentoring Goal")
	yield
	frappe.db.delete("DocPerm", perm.name)
	frappe.db.commit()
	frappe.clear_cache(doctype="Mentoring Goal")


def test_permission_given_to_members_is_found(canaries, members_who_read_goals, tmp_path):
	only = ("--only", r"^frappe\.client\.get_(list|count)$|/resource/<doctype>$", "--people", "member")
	parts = run(canaries, tmp_path, "--draws", "60", "--apps", "frappe", *only, workers=1)
	kinds = {finding["what"] for finding in parts[0]["findings"]}
	assert kinds & {"came back", "told apart"}, parts[0]["counts"]
