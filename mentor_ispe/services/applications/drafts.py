"""Applications that aren't sent yet: what was typed is kept with the person and the cycle, one draft each.

Kept on the server, so that one may begin on a phone and go on at a desk. It is dropped when the application
is sent, and takes no place of the cycle before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import frappe

DRAFT = "Mentoring Application Draft"


def draft_name(profile: str, cycle: str) -> str:
	"""The name of a person's draft for a cycle: the primary key forbids a second."""
	return sha256(f"draft|{profile}|{cycle}".encode()).hexdigest()[:16]


def draft_of(profile: str, cycle: str) -> dict[str, Any]:
	"""What the person has typed so far; empty when there is no draft."""
	kept = frappe.db.get_value(DRAFT, draft_name(profile, cycle), "answers")
	return json.loads(kept) if kept else {}


def keep(profile: str, cycle: str, answers: Mapping[str, Any]) -> None:
	"""Keep what was typed, in place of what was kept before."""
	name, words = draft_name(profile, cycle), json.dumps(dict(answers))
	if frappe.db.exists(DRAFT, name):
		frappe.db.set_value(DRAFT, name, "answers", words)
		return
	doc = frappe.new_doc(DRAFT)
	doc.update({"profile": profile, "cycle": cycle, "answers": words})
	doc.insert(ignore_permissions=True, ignore_if_duplicate=True)


def drop(profile: str, cycle: str) -> None:
	"""Forget the draft."""
	frappe.db.delete(DRAFT, {"name": draft_name(profile, cycle)})
