"""The endpoints of the app's own API, found in its modules."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

import frappe

from mentor_ispe.api import application as application_api
from mentor_ispe.api import bulk as bulk_api
from mentor_ispe.api import calendar as calendar_api
from mentor_ispe.api import committee as committee_api
from mentor_ispe.api import concerns as concerns_api
from mentor_ispe.api import coordinator as coordinator_api
from mentor_ispe.api import cycle_prints as cycle_prints_api
from mentor_ispe.api import devices as devices_api
from mentor_ispe.api import feedback as feedback_api
from mentor_ispe.api import goals as goals_api
from mentor_ispe.api import group as group_api
from mentor_ispe.api import library as library_api
from mentor_ispe.api import mailings as mailings_api
from mentor_ispe.api import mails as mails_api
from mentor_ispe.api import matching as matching_api
from mentor_ispe.api import member as member_api
from mentor_ispe.api import messages as messages_api
from mentor_ispe.api import my_data as my_data_api
from mentor_ispe.api import polls as polls_api
from mentor_ispe.api import prints as prints_api
from mentor_ispe.api import roll as roll_api
from mentor_ispe.api import sessions as sessions_api
from mentor_ispe.api import starting_points as starting_points_api
from mentor_ispe.api import support as support_api


def endpoints(*modules: ModuleType) -> dict[str, Callable]:
	"""Every endpoint of these modules that needs a login, by its dotted path."""
	return {
		f"{module.__name__}.{name}": function
		for module in modules
		for name, function in inspect.getmembers(module, inspect.isfunction)
		if function in frappe.whitelisted
		and function.__module__ == module.__name__
		and function not in frappe.guest_methods
	}


STAFF_ENDPOINTS = endpoints(
	committee_api,
	bulk_api,
	coordinator_api,
	cycle_prints_api,
	mailings_api,
	mails_api,
	matching_api,
	roll_api,
	starting_points_api,
	support_api,
)
MEMBER_ENDPOINTS = endpoints(
	application_api,
	calendar_api,
	concerns_api,
	devices_api,
	feedback_api,
	goals_api,
	group_api,
	library_api,
	member_api,
	messages_api,
	my_data_api,
	polls_api,
	prints_api,
	sessions_api,
)
ENDPOINTS = {**STAFF_ENDPOINTS, **MEMBER_ENDPOINTS}
