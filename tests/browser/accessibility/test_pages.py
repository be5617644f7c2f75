"""Every members' page in every state on a phone: WCAG 2.2 A and AA by axe-core, the keyboard, the width, the weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from urllib.parse import urljoin

import frappe
import pytest
from playwright.sync_api import BrowserContext, Page

from mentor_ispe.roles import COORDINATOR
from tests.browser.accessibility import groups, people
from tests.browser.accessibility.look import Foreign, problems
from tests.browser.accessibility.states import STATES, State
from tests.browser.accessibility.weight import too_heavy
from tests.effort import EFFORT
from tests.http.people import make_password, make_staff

PHONE = {"width": 390, "height": 844}

POLICY = "Content Security Policy"
FOREIGN: tuple[Foreign, ...] = ()


@pytest.fixture(scope="module")
def world(site) -> SimpleNamespace:
	everyone = people.make_people()
	programs = people.make_programs()
	records = {
		**vars(programs),
		**people.apply_and_match(everyone, programs),
		**groups.make_groups(everyone, programs.topics[0]),
	}
	users = {name: user for name, (_profile, user) in everyone.items()}
	users["staff"] = make_staff(COORDINATOR)
	frappe.db.commit()
	return SimpleNamespace(users=users, records=records)


@pytest.fixture(scope="module")
def browser_of(browser, world, base_url) -> Iterator[Callable[[str | None], BrowserContext]]:
	"""The browser of one person of the world, signed in; a guest's for None."""
	known: dict[str | None, BrowserContext] = {}

	def of(who: str | None) -> BrowserContext:
		if who not in known:
			context = known[who] = browser.new_context(
				viewport=PHONE,
				locale="en-GB",
				timezone_id="UTC",
				reduced_motion="reduce",
				service_workers="block",
			)
			if who:
				user = world.users[who]
				form = {"usr": user, "pwd": make_password(user)}
				assert context.request.post(f"{base_url}/api/method/login", form=form).ok
		return known[who]

	yield of
	for context in known.values():
		context.close()


@pytest.fixture
def page(browser_of, state) -> Iterator[Page]:
	"""A fresh page of whoever the state is about; a script's error fails the test, and so does whatever the
	page's own Content-Security-Policy keeps from it."""
	page = browser_of(state.who).new_page()
	errors: list[str] = []
	page.on("pageerror", lambda error: errors.append(str(error)))
	page.on("console", lambda said: errors.append(said.text) if POLICY in said.text else None)
	yield page
	page.close()
	assert errors == []


# Two states of each page are walked through by keyboard; all of them with more effort (tests/effort.py).
WALKED = [
	state
	for state in STATES
	if [other for other in STATES if other.page == state.page].index(state) in (0, 1)
]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_everyone_can_use(page, world, base_url, state: State):
	answer = page.goto(f"{base_url}{state.path.format_map(world.records)}")
	heavy = too_heavy(page, answer)
	if state.sends:
		send(page, state)
	assert state.shows in page.content(), f"{page.url}: {page.locator('body').inner_text()}"
	found = heavy + problems(page, FOREIGN, by_keyboard=EFFORT > 1 or state in WALKED)
	assert not found, "\n".join(found)


def send(page: Page, state: State) -> None:
	"""Send a form, filled with nothing but what is typed, past what the browser itself would refuse."""
	if state.sent == "another site":
		address = urljoin(page.url, f"/api/method/mentor_ispe.api.{state.sends}")
		page.goto("about:blank")
		page.set_content(f"<form method='post' action='{address}'></form>")
	form = page.locator(f"form[action$='api.{state.sends}']").first
	for name, value in state.typed.items():
		form.evaluate(TYPE, [name, value])
	if state.sent == "signed out":
		page.context.clear_cookies()
	with page.expect_navigation():
		form.evaluate("form => form.submit()")


TYPE = """(form, [name, value]) => form.querySelectorAll(`[name="${name}"]`).forEach((each) => {
	each.value = value;
})"""
