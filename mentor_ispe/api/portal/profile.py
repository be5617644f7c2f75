"""The form of one's own profile."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import SIGNED_IN
from mentor_ispe.portal import forms
from mentor_ispe.portal.forms import Done
from mentor_ispe.services.members import profiles


@endpoint(SIGNED_IN, form=True)
def save(next: str = "") -> Done:
	"""Save the fields that the form showed; with `next` go on there, as the first step of an application does.

	A list without a value is empty only if the form showed it: the fields `shown` say which.
	"""
	sent, shown = forms.entered(), forms.many("shown")
	values = {
		field: list(dict.fromkeys(forms.many(field))) if field in profiles.LISTS else sent[field][0].strip()
		for field in profiles.OWN_FIELDS
		if field in sent or (field in profiles.LISTS and field in shown)
	}
	if not values.get("full_name", "-"):
		frappe.throw(_("Your name is needed."), exc=RuleViolation)
	profiles.save_own(values)
	return Done("", next) if next else Done(_("Your profile is saved."))
