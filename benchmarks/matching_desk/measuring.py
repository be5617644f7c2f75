"""What both measurements need: the site, the number of queries, and how long something took."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import frappe


def parse(words: str) -> argparse.ArgumentParser:
	"""The options that both commands share."""
	parser = argparse.ArgumentParser(description=words)
	parser.add_argument(
		"--site", default=os.environ.get("MENTOR_TEST_SITE"), required="MENTOR_TEST_SITE" not in os.environ
	)
	parser.add_argument("--bench", default=os.environ.get("MENTOR_BENCH", "."))
	return parser


def connect(site: str, bench: str) -> None:
	"""Open the site, which must allow tests; no other process is given work by this one."""
	os.chdir(os.path.join(bench, "sites"))
	frappe.init(site=site, sites_path=".")
	if not frappe.conf.allow_tests:
		sys.exit(f"{site} doesn't allow tests")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True
	frappe.enqueue = lambda *args, **kwargs: None


@contextmanager
def counted() -> Iterator[list[str]]:
	"""The statements that the block sends to the database."""
	frappe.db.value_cache.clear()
	original, statements = frappe.db.sql, []

	def counting(query: Any, *args: Any, **kwargs: Any) -> Any:
		statements.append(str(query))
		return original(query, *args, **kwargs)

	frappe.db.sql = counting
	try:
		yield statements
	finally:
		del frappe.db.sql


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
	"""(seconds, what it returned)"""
	start = perf_counter()
	result = call()
	return perf_counter() - start, result
