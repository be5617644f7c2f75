"""The page behind the links that move a profile to another login: confirm or refuse, by a button.

Opening the link changes nothing: programs that check mails open every link in them.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.portal import page
from mentor_ispe.services.members import login_moves

no_cache = 1


def get_context(context):
	page.base_context(context, _("Change login"))
	context.metatags = {"robots": "noindex"}
	context.key = cstr(frappe.form_dict.get("key"))
	context.move = login_moves.look(context.key)
	return context
