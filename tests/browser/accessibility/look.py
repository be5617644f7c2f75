"""Looks at a page as everyone has to be able to use it: what is wrong with it, in words."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@dataclass(frozen=True)
class Foreign:
	"""A violation in a part of the page that isn't ours: a rule of axe, the element, whose it is and why it stays."""

	rule: str
	element: str
	reason: str


@cache
def axe() -> str:
	return Path(os.environ["MENTOR_AXE"]).read_text()


def problems(page: Page, foreign: tuple[Foreign, ...], by_keyboard: bool = True) -> list[str]:
	"""Everything that is wrong with the open page, its details opened; foreign violations are left out.

	Contrast is looked at in the dark too, where nothing but colours is another. `by_keyboard`: also walk through it
	with the tabulator, which takes half of the time.
	"""
	page.evaluate(OPEN_ALL)
	found = page.evaluate(AS_A_WHOLE)
	page.evaluate(axe())
	known = [asdict(each) for each in foreign]
	found += page.evaluate(VIOLATIONS, ["tag", list(LEVELS), known])
	page.emulate_media(color_scheme="dark")
	found += [f"dark: {each}" for each in page.evaluate(VIOLATIONS, ["rule", ["color-contrast"], known])]
	page.emulate_media(color_scheme="light")
	if not by_keyboard:
		return found
	for _press in range(page.evaluate(BEFORE_TABBING)):
		page.keyboard.press("Tab")
	return found + page.evaluate(AFTER_TABBING)


OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"

AS_A_WHOLE = """() => {
	const found = [];
	const wide = document.documentElement.scrollWidth;
	if (wide > window.innerWidth) found.push(`scrolls sideways: ${wide} on ${window.innerWidth}`);
	const headings = [...document.querySelectorAll("h1")].map((each) => each.innerText);
	if (headings.length !== 1) found.push(`h1: ${headings.join(" | ") || "none"}`);
	const main = document.querySelector("#mentoring-main");
	if (!main) return [...found, "no main part"];
	const nameless = [...main.querySelectorAll("input:not([type=hidden]), select, textarea")]
		.filter((each) => !each.labels.length || !each.labels[0].innerText.trim());
	if (nameless.length) found.push(`without a label: ${nameless.map((each) => each.name)}`);
	const ids = [...document.querySelectorAll(".mentoring [id]")].map((each) => each.id).filter(Boolean);
	const twice = ids.filter((each, place) => ids.indexOf(each) !== place);
	if (twice.length) found.push(`ids that occur twice: ${twice}`);
	return found;
}"""

VIOLATIONS = """async ([type, values, foreign]) => {
	const options = { runOnly: { type, values }, resultTypes: ["violations"], elementRef: true };
	const { violations } = await axe.run(document, options);
	const isForeign = (rule, node) =>
		foreign.some((each) => each.rule === rule && node.element && node.element.matches(each.element));
	return violations.flatMap(({ id, help, nodes }) => nodes
		.filter((node) => !isForeign(id, node))
		.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} (${node.any[0]?.message ?? node.all[0]?.message ?? ""})`));
}"""

# The keyboard starts at the top of the page, and comes to everything that one can click or fill in. A date has
# more than one place to stop in it.
BEFORE_TABBING = """() => {
	const top = document.createElement("span");
	top.tabIndex = -1;
	document.body.prepend(top);
	const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled;
	const all = [...document.querySelectorAll(
		"a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(shown);
	const grouped = (each) => each.type === "radio" && each !== (
		all.find((other) => other.name === each.name && other.form === each.form && other.checked)
		?? all.find((other) => other.name === each.name && other.form === each.form));
	const wanted = all.filter((each) => !grouped(each));
	const look = (each) => {
		const style = getComputedStyle(each);
		return [style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine].join(";");
	};
	const rest = new Map(wanted.map((each) => [each, look(each)]));
	window.tabbing = { wanted, reached: new Set(), unseen: new Set() };
	document.addEventListener("focusin", ({ target }) => {
		tabbing.reached.add(target);
		const { outlineStyle, outlineWidth } = getComputedStyle(target);
		const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
		const box = target.getBoundingClientRect();
		const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
		if (rest.has(target) && !((outlined || look(target) !== rest.get(target)) && inside)) tabbing.unseen.add(target);
	});
	top.focus();
	const stops = { "date": 4, "datetime-local": 7 };
	return wanted.reduce((sum, each) => sum + (stops[each.type] ?? 1), 0);
}"""

AFTER_TABBING = """() => {
	const { wanted, reached, unseen } = tabbing;
	const words = (each) => `<${each.localName} ${each.id || each.name || ""}> ${(each.innerText || "").slice(0, 40)}`;
	return [
		...wanted.filter((each) => !reached.has(each)).map((each) => `not reached by keyboard: ${words(each)}`),
		...[...unseen].map((each) => `one doesn't see that it has the focus: ${words(each)}`),
	];
}"""
