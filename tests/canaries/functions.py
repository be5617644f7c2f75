"""Everything that a request can call, found in the code of the installed apps: a new function is tried by itself."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document


@dataclass(frozen=True)
class Function:
	"""One whitelisted function: `path` is dotted; `doctype` is set for a method of a controller.

	`parameters` are names with their annotation as text, empty where there is none.
	"""

	path: str
	parameters: tuple[tuple[str, str], ...]
	methods: tuple[str, ...]
	guest: bool
	doctype: str = ""

	@property
	def app(self) -> str:
		return self.path.partition(".")[0]

	@property
	def is_ours(self) -> bool:
		return self.app == "mentor_ispe"

	@property
	def is_foreign(self) -> bool:
		"""Neither ours nor of the platform: it knows none of our roles and records."""
		return self.app not in ("mentor_ispe", "frappe")


def import_everything(apps: list[str]) -> list[str]:
	"""Import every module of the apps, as a request may do by naming it; returns those that can't be imported."""
	failed = []
	for app in apps:
		package = importlib.import_module(app)
		for module in pkgutil.walk_packages(package.__path__, f"{app}.", onerror=failed.append):
			try:
				with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
					warnings.simplefilter("ignore")
					importlib.import_module(module.name)
			except (Exception, SystemExit):
				failed.append(module.name)
	return failed


def whitelisted(apps: list[str]) -> list[Function]:
	"""Every whitelisted function of the apps and every whitelisted method of a controller, by path."""
	import_everything(apps)
	found = {}
	for function in frappe.whitelisted:
		if "<locals>" in function.__qualname__:
			continue
		if "." not in function.__qualname__:
			found[f"{function.__module__}.{function.__qualname__}"] = _described(function)
	for function in _methods(apps):
		found[function.path] = function
	return [found[path] for path in sorted(found)]


def _described(function: Callable, path: str = "", doctype: str = "") -> Function:
	parameters = inspect.signature(function).parameters.values()
	return Function(
		path or f"{function.__module__}.{function.__qualname__}",
		tuple(
			(each.name, "" if each.annotation is each.empty else str(each.annotation))
			for each in parameters
			if each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL) and each.name != "self"
		),
		tuple(sorted(frappe.allowed_http_methods_for_whitelisted_func.get(function, ("GET", "POST")))),
		function in frappe.guest_methods,
		doctype,
	)


def _methods(apps: list[str]) -> Iterator[Function]:
	"""The methods that a controller of the apps offers, under each DocType that has them."""
	modules = [module for module, app in frappe.local.module_app.items() if app in apps]
	for doctype, module in frappe.get_all(
		"DocType", {"istable": 0, "is_virtual": 0}, ["name", "module"], order_by="name", as_list=True
	):
		if frappe.scrub(module) not in modules:
			continue
		controller = get_controller(doctype)
		ours = controller.__module__.startswith("mentor_ispe.")
		for name, method in inspect.getmembers(controller, inspect.isfunction):
			# What every document can do is tried on documents of ours.
			if method in frappe.whitelisted and (ours or getattr(Document, name, None) is not method):
				of = (
					controller.__module__
					if getattr(Document, name, None) is not method
					else Document.__module__
				)
				yield _described(method, f"{of}.{doctype}.{name}", doctype)
