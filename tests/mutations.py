"""Ten ways of breaking the trust of the app, each with the test that notices.

	python -m tests.mutations            all of them, by bin/test on a copy of this checkout
	python -m tests.mutations 3 7        some

Takes a bench (see bin/test); afterwards the bench has this checkout again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).parents[1]
DOCTYPES, REPORTS = "mentor_ispe/mentor_ispe/doctype", "mentor_ispe/mentor_ispe/report"


@dataclass(frozen=True)
class Mutation:
	"""`old` becomes `new` in `file`, once; then `test` of the `suite` must fail."""

	title: str
	file: str
	old: str
	new: str
	suite: str
	test: str


MUTATIONS = (
	Mutation(
		"members get a permission",
		f"{DOCTYPES}/mentoring_goal/mentoring_goal.json",
		'"permissions": [\n',
		'"permissions": [\n  {"role": "Mentoring Member", "read": 1},\n',
		"domain",
		"test_no_role_of_everybody_holds_a_permission",
	),
	Mutation(
		"an endpoint forgets the gate",
		"mentor_ispe/api/feedback.py",
		"\tenter(group, SHARED)\n",
		"",
		"http",
		"test_partner_reads_private_answers_by_the_api",
	),
	Mutation(
		"the committee may open a report of people",
		f"{REPORTS}/feedback_comments/feedback_comments.json",
		'"roles": [\n',
		'"roles": [\n  {"role": "Mentoring Committee"},\n',
		"site",
		"test_every_report_has_exactly_these_roles",
	),
	Mutation(
		"reports don't ask who asks",
		"mentor_ispe/reports/report.py",
		"\t\tcheck_asker(self.name)\n",
		"",
		"site",
		"test_execute_refuses_everybody_whom_the_report_is_not_for",
	),
	Mutation(
		"a private answer goes into the record that the group reads",
		f"{DOCTYPES}/mentoring_feedback/mentoring_feedback.json",
		'"fields": [\n',
		'"fields": [\n  {"fieldname": "staff_comment", "fieldtype": "Text", "label": "In private"},\n',
		"domain",
		"test_table_says_of_every_text_who_sees_it",
	),
	Mutation(
		"a login is linked without being confirmed",
		f"{DOCTYPES}/mentoring_profile/identity.py",
		"\tif doc.flags.identity_confirmed:\n",
		"\tif True:\n",
		"http",
		"test_c3_a_coordinator_makes_a_profile_with_a_login",
	),
	Mutation(
		"a conflict of interest is asked about in lists, not of a record",
		"mentor_ispe/hooks.py",
		'\t**dict.fromkeys(_LEADS, "mentor_ispe.permissions.conflict_of_interest.has_permission"),\n',
		"",
		"site",
		"test_lists_and_documents_ask_the_same_table",
	),
	Mutation(
		"a hole of the platform is open again",
		"mentor_ispe/hooks.py",
		'\t"Comment": {"before_insert": "mentor_ispe.hardening.marks.check_comment"},\n',
		"",
		"http",
		"test_m2_nobody_comments_at_a_record_that_they_cannot_read",
	),
	Mutation(
		"the key of the notes goes into the site's configuration",
		"mentor_ispe/services/sessions/note_key.py",
		"\t_fsync(path.parent)\n\treturn True\n",
		"\tfrom frappe.installer import update_site_config\n\n"
		'\tupdate_site_config("notes_key", path.read_text().strip())\n\treturn True\n',
		"site",
		"test_no_backup_of_the_site_has_the_key",
	),
	Mutation(
		"nobody counts the calls",
		"mentor_ispe/api/endpoint.py",
		"if not (audience.limited and frappe.request):",
		"if True:",
		"http",
		"test_a_member_who_calls_too_often_is_refused_and_nobody_else",
	),
)


def survives(mutation: Mutation, folder: Path) -> bool:
	"""Whether the test passes all the same, on a copy of the checkout in this folder."""
	folder.chmod(0o755)  # the bench's user reads it
	copy = folder / "checkout"
	shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(".git", "__pycache__", "node_modules"))
	file = copy / mutation.file
	text = file.read_text()
	if mutation.old not in text:
		raise SystemExit(f"{mutation.file} has changed: {mutation.title} can't be tried")
	file.write_text(text.replace(mutation.old, mutation.new, 1))
	command = ["bin/test", mutation.suite, "-q", "-k", mutation.test]
	done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
	red = re.search(rf"FAILED \S*{mutation.test}", done.stdout)
	if done.returncode == 0 or red:
		return not red
	raise SystemExit(f"{mutation.title}: no answer\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def main() -> None:
	wanted = [int(number) for number in sys.argv[1:]] or range(1, len(MUTATIONS) + 1)
	survivors = 0
	for number in wanted:
		mutation = MUTATIONS[number - 1]
		with TemporaryDirectory() as folder:
			alive = survives(mutation, Path(folder))
		survivors += alive
		print(f"{number}. {mutation.title}: {'SURVIVES' if alive else 'red,'} {mutation.test}", flush=True)
	subprocess.run(["bin/sync"], cwd=CHECKOUT, capture_output=True, check=False)
	sys.exit(survivors)


if __name__ == "__main__":
	main()
