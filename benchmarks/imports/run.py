"""Measure an import in the Desk: a workbook of 20,000 people, from the upload to the last profile, killed on the way.

	bench_env/bin/python benchmarks/imports/run.py --site NAME --bench BENCH_DIR [--rows 20000] [--kills 2]

Makes the workbook, attaches it, reads its columns, checks it and imports it, each job in a process of its own as a
worker has it; the import is killed while it works, and gone on with. Prints seconds, the largest memory of a process
and the statements for each thousand rows; everything is deleted afterwards. The site must allow tests. Exits 1 when
somebody is there twice or is missing.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe
from openpyxl import Workbook

from benchmarks.matching_desk.measuring import connect, counted, parse, timed
from mentor_ispe.api import imports as api
from mentor_ispe.jobs import imports as jobs
from mentor_ispe.services.imports import importing, state

DOMAIN = "import-benchmark.example.org"
HEADINGS = ("First name", "Surname", "E-Mail", "Career stage", "Employer", "City", "Topics")
STAGES = ("junior", "Mid-Level", "Senior", "Executive")


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--rows", type=int, default=20_000)
	parser.add_argument("--kills", type=int, default=2)
	parser.add_argument("--work", nargs=4, metavar=("JOB", "NAME", "ATTEMPT", "LOG"), help="for itself")
	options = parser.parse_args()
	connect(options.site, options.bench)
	state.enqueue = lambda *args, **kwargs: None
	if options.work:
		return work(*options.work)
	try:
		return report(options)
	finally:
		take_away()
		frappe.destroy()


def report(options: Any) -> int:
	content = workbook(options.rows)
	print(f"{options.rows} rows, {len(content) / 1e6:.1f} MB .xlsx")
	seconds, name = timed(lambda: upload(content))
	print(f"{'upload':<28}{seconds:>8.1f} s")
	seconds, shown = timed(lambda: api.columns(name))
	frappe.db.commit()
	print(f"{'first look at the columns':<28}{seconds:>8.1f} s")
	form = {key: value for key, value in shown["form"].items() if key != "why"}
	api.check(name, **form)
	frappe.db.commit()
	run(options, "check", name, kills=0)
	api.carry_out(name)
	frappe.db.commit()
	run(options, "carry_out", name, kills=options.kills)
	frappe.db.commit()
	people = frappe.db.count("Mentoring Profile", {"email": ("like", f"%@{DOMAIN}")})
	found = api.current_state(name)
	print(f"{people} profiles for {options.rows} rows; {found['status']}, {found['statuses']}")
	return int(people != options.rows or found["statuses"] != {"Imported": options.rows})


def workbook(count: int) -> bytes:
	book = Workbook(write_only=True)
	sheet = book.create_sheet()
	sheet.append(HEADINGS)
	for number in range(count):
		sheet.append(
			(
				*(f"First{number % 997}", f"Last{number}", f"person-{number:06}@{DOMAIN}"),
				*(STAGES[number % 4], f"Employer {number % 300}", f"City {number % 50}"),
				f"Benchmark topic {number % 20}; Benchmark topic {(number + 7) % 20}",
			)
		)
	content = BytesIO()
	book.save(content)
	return content.getvalue()


def upload(content: bytes) -> str:
	doc = frappe.get_doc({"doctype": state.IMPORT, "kind": "People"}).insert()
	about = {"attached_to_doctype": state.IMPORT, "attached_to_name": doc.name, "attached_to_field": "file"}
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "benchmark.xlsx", "content": content, "is_private": 1, **about}
	).insert()
	doc.reload()
	doc.file = file.file_url
	doc.save()
	frappe.db.commit()
	return doc.name


def run(options: Any, job: str, name: str, kills: int) -> None:
	"""Do a job in a process of its own; it is killed after each further part of the rows, and gone on with."""
	start, said = perf_counter(), []
	for part in range(kills + 1):
		until = options.rows * (part + 1) // (kills + 1) if part < kills else None
		said += one_process(options, job, name, until)
		frappe.db.rollback()
		if until:
			state.is_abandoned = lambda doc: True
			api.resume(name)
			frappe.db.commit()
	seconds = perf_counter() - start
	statements, memory = sum(each["statements"] for each in said), max(each["memory"] for each in said)
	killed = f", killed {kills} times" if kills else ""
	print(
		f"{job.replace('_', ' ') + killed:<28}{seconds:>8.1f} s {memory / 1024:>6.0f} MB "
		f"{1000 * statements / options.rows:>8.0f} statements for each 1,000 rows"
	)


def one_process(options: Any, job: str, name: str, until: int | None) -> list[dict[str, int]]:
	attempt = frappe.db.get_value(state.IMPORT, name, "attempt")
	with tempfile.NamedTemporaryFile("r") as log:
		command = [
			sys.executable,
			str(Path(__file__).resolve()),
			"--site",
			options.site,
			"--bench",
			options.bench,
		]
		process = subprocess.Popen([*command, "--work", job, name, str(attempt), log.name])
		while process.poll() is None and (until is None or done(name) < until):
			sleep(0.2)
		if process.poll() is None:
			process.send_signal(signal.SIGKILL)
		process.wait()
		return [json.loads(line) for line in log.read().splitlines()]


def done(name: str) -> int:
	frappe.db.rollback()
	return frappe.db.count(state.ROW, {"mentoring_import": name, "status": "Imported"})


def work(job: str, name: str, attempt: str, log: str) -> int:
	"""What a worker does, with a line in the log after each batch."""
	with counted() as statements, Path(log).open("a") as lines:
		told = 0

		def tell() -> None:
			nonlocal told
			memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
			print(
				json.dumps({"statements": len(statements) - told, "memory": memory}), file=lines, flush=True
			)
			told = len(statements)

		batch = importing.import_batch

		def telling(doc: Any) -> int:
			count = batch(doc)
			tell()
			return count

		importing.import_batch = telling
		getattr(jobs, job)(name, int(attempt))
		tell()
	return 0


def take_away() -> None:
	frappe.db.rollback()
	names = frappe.get_all("Mentoring Profile", {"email": ("like", f"%@{DOMAIN}")}, pluck="name")
	for start in range(0, len(names), 1000):
		some = names[start : start + 1000]
		frappe.db.delete("Mentoring Topic Item", {"parent": ("in", some)})
		frappe.db.delete("Version", {"docname": ("in", some)})
		frappe.db.delete("Mentoring Profile", {"name": ("in", some)})
	frappe.db.delete("Mentoring Topic", {"name": ("like", "Benchmark topic %")})
	for name in frappe.get_all(state.IMPORT, {"title": ("like", "benchmark%.xlsx")}, pluck="name"):
		frappe.db.set_value(state.IMPORT, name, "status", "Draft")
		frappe.delete_doc(state.IMPORT, name, force=True)
	frappe.db.commit()


if __name__ == "__main__":
	os.environ.setdefault("PYTHONUNBUFFERED", "1")
	sys.exit(main())
