"""Fixtures for tests in a browser, against a site that bin/test serves.

MENTOR_SCREENSHOTS names a folder for pictures; CHROMIUM names the browser when it isn't on the path.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from mentor_ispe.roles import COMMITTEE, COORDINATOR
from tests.browser.desk import Desk
from tests.http.conftest import base_url, site
from tests.http.people import make_password, make_staff

__all__ = ["base_url", "site"]  # fixtures, used by name

LAPTOP = {"width": 1280, "height": 800}
QUIET = [
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-default-apps",
	"--disable-dev-shm-usage",
	"--disable-sync",
	"--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
	path = os.environ.get("CHROMIUM") or shutil.which("chromium")
	assert path, "no Chromium: apt-get install chromium, or set CHROMIUM"
	alone = os.environ.get("CI") or os.geteuid() == 0
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(
			executable_path=path, args=[*QUIET, *(["--no-sandbox"] if alone else [])]
		)
		yield browser
		browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
	"""Let the page know that its test failed, for a last picture."""
	report = yield
	if report.when == "call":
		item.failed_in_browser = report.failed
	return report


# Of Frappe's own: its workspace, left while it loads, removes a node twice; its board, drawn anew while a
# card is held, looks for the list that the card came from.
OF_FRAPPE = ("Failed to execute 'removeChild' on 'Node'", "Cannot read properties of null (reading 'Sortable")


def counts(error: Error) -> bool:
	"""Every script error counts but two of Frappe's own."""
	stack = error.stack or ""
	known = any(words in str(error) for words in OF_FRAPPE)
	return not known or "mentor_ispe" in stack or "__js" in stack


@pytest.fixture
def options() -> dict:
	"""Of the browser that `page` is shown in; a module that needs a phone says so here."""
	return {"viewport": LAPTOP}


@pytest.fixture
def page(browser, options, request) -> Iterator[Page]:
	expect.set_options(timeout=60_000)
	quiet = {"locale": "en-GB", "timezone_id": "UTC", "service_workers": "block"}
	context = browser.new_context(**{**quiet, **options})
	context.set_default_timeout(60_000)
	page = context.new_page()
	errors: list[str] = []
	page.on("pageerror", lambda error: errors.append(str(error)) if counts(error) else None)
	yield page
	if getattr(request.node, "failed_in_browser", False) and pictures():
		page.screenshot(path=pictures() / f"failed-{request.node.name}.png")
	context.close()
	assert errors == [], "errors of scripts on the page"


@pytest.fixture
def desk_of(page, base_url, site) -> Callable[[str], Desk]:
	"""Log a user with this role in, by the form, and return their Desk."""

	def log_in(role: str) -> Desk:
		user = make_staff(role)
		password = make_password(user)
		frappe.db.set_value("User", user, "language", "en")
		frappe.db.commit()
		page.goto(f"{base_url}/login")
		page.locator("#login_email").fill(user)
		page.locator("#login_password").fill(password)
		page.get_by_role("button", name="Login", exact=True).click()
		page.wait_for_url("**/app/**")
		return Desk(page, base_url, pictures())

	return log_in


@pytest.fixture
def coordinator(desk_of) -> Desk:
	return desk_of(COORDINATOR)


@pytest.fixture
def committee(desk_of) -> Desk:
	return desk_of(COMMITTEE)


def pictures() -> Path | None:
	folder = os.environ.get("MENTOR_SCREENSHOTS")
	return Path(folder) if folder else None
