"""The mail that docs/contributing.md adds goes out as it says."""

from __future__ import annotations

import shutil
import sys
from types import ModuleType

import frappe

from mentor_ispe.mails import definition
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.sending import flush
from tests import factories as make
from tests.recipes import code_of
from tests.site.membership.records import make_email_account


def test_the_mail_of_the_recipe_goes_to_whom_it_says_once(monkeypatch, tmp_path):
	declaration, notification = code_of("Add an email", "python")
	english, _german = code_of("Add an email", "html")
	wordings = shutil.copytree(definition.WORDINGS, tmp_path / "wordings")
	(wordings / "en" / "goal_achieved.html").write_text(english, encoding="utf-8")
	monkeypatch.setattr(definition, "WORDINGS", wordings)
	before = dict(MAILS)
	try:
		goals = module("mentor_ispe.mails.default_templates.goals", declaration)
		monkeypatch.setitem(sys.modules, goals.__name__, goals)
		told = module("mentor_ispe.notifications.mentoring_goal", notification)
		make_email_account()
		profile = make.make_profile(full_name="Mara Lindqvist")
		goal = frappe._dict(
			doctype="Mentoring Goal",
			name="G",
			profile=profile.name,
			cycle="Mentoring 2031",
			title="Lead <it>",
		)
		told.goal_achieved(goal)
		told.goal_achieved(goal)
		assert flush().failed == 0
	finally:
		for name in MAILS.keys() - before.keys():
			del MAILS[name]
	(queued,) = frappe.get_all("Mentoring Notice", {"template": goals.GOAL_ACHIEVED}, pluck="email_queue")
	mail = frappe.get_doc("Email Queue", queued)
	assert [row.recipient for row in mail.recipients] == [profile.email]
	assert "Subject: You did it: Lead <it>" in mail.message
	assert "Hi Mara," in mail.message
	assert "Lead &lt;it&gt;" in mail.message


def module(name: str, code: str) -> ModuleType:
	made = ModuleType(name)
	exec(code, made.__dict__)  # noqa: S102 - the code is in our own document
	return made
