"""The endpoints of the app's own API, found in its modules."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

import frappe

from mentor_ispe.api import coordinator as coordinator_api
from mentor_ispe.api import matching as matching_api
from mentor_ispe.api import member as member_api
from mentor_ispe.api import roll as roll_api


def endpoints(*modules: ModuleType) -> dict[str, Callable]:
	"""Every endpoint of these modules, by its dotted path."""
	return {
		f"{module.__name__}.{name}": function
		for module in modules
		for name, function in inspect.getmembers(module, inspect.isfunction)
		if function in frappe.whitelisted and function.__module__ == module.__name__
	}


STAFF_ENDPOINTS = endpoints(coordinator_api, matching_api, roll_api)
MEMBER_ENDPOINTS = endpoints(member_api)
ENDPOINTS = {**STAFF_ENDPOINTS, **MEMBER_ENDPOINTS}
