"""Where somebody has to look after an erasure: what stays, not what is deleted on its day anyway."""

from __future__ import annotations

import frappe

from mentor_ispe.domain.erasure.known_as import known_as
from mentor_ispe.domain.erasure.wording import Wording
from mentor_ispe.services.erasure.sweep import sweep
from mentor_ispe.services.imports import rows
from tests import factories as make


def test_rows_of_an_import_are_reworded_but_are_no_places_to_look_at(site):
	make.use_membership_roll()
	words = "Grace and Grace Quillfeather"
	kept = make.make_profile(biography=words)
	imported = frappe.get_doc({"doctype": "Mentoring Import", "kind": "People"}).insert()
	rows.store(imported.name, [rows.Row(2, "Ada", "ada@example.org", {"biography": words}, [words])])
	row = frappe.db.get_value("Mentoring Import Row", {"mentoring_import": imported.name})
	done = sweep(Wording(known_as(["Grace Quillfeather"]), "gone@example.org"))
	assert (kept.doctype, kept.name, "biography") in done.places
	assert "Quillfeather" not in frappe.db.get_value("Mentoring Import Row", row, "cells")
	assert row not in {name for _doctype, name, _field in done.places}
