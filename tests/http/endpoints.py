"""The endpoints of the app's own API, found in its modules."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

import frappe

from mentor_ispe.api import calendar as calendar_api
from mentor_ispe.api import concerns as concerns_api
from mentor_ispe.api import coordinator as coordinator_api
from mentor_ispe.api import feedback as feedback_api
from mentor_ispe.api import goals as goals_api
from mentor_ispe.api import group as group_api
from mentor_ispe.api import library as library_api
from mentor_ispe.api import matching as matching_api
from mentor_ispe.api import member as member_api
from mentor_ispe.api import roll as roll_api
from mentor_ispe.api import sessions as sessions_api
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


STAFF_ENDPOINTS = endpoints(coordinator_api, matching_api, roll_api, support_api)
MEMBER_ENDPOINTS = endpoints(
	calendar_api, concerns_api, feedback_api, goals_api, group_api, library_api, member_api, sessions_api
)
ENDPOINTS = {**STAFF_ENDPOINTS, **MEMBER_ENDPOINTS}
