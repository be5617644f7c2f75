"""The pictures of a report: PNG, since that is what every mail program shows.

Readable on a phone: 480 px wide where they stand, drawn at twice that, with letters of 15 px. Colours are
told apart by those who see few of them, and no picture needs its colours: every part is labelled. Each
comes with its content in a sentence, for those who see none.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from frappe import _

from mentor_ispe.services.committee import labels

if TYPE_CHECKING:
	from matplotlib.axes import Axes
	from matplotlib.figure import Figure

WIDTH = 480
PIXELS_PER_INCH = 100
SHARPNESS = 2
INK, QUIET, LINE = "#1f2a37", "#5b6673", "#d5dbe1"
NOW, EARLIER, ACCENT = "#0b5c8c", "#a9c8dc", "#d9822b"
HEALTH = {"good": "#0b5c8c", "fair": "#e0a33e", "low": "#a83232", "unknown": "#c3c9d0"}
ON_HEALTH = {"good": "white", "fair": INK, "low": "white", "unknown": INK}
ROWS_AT_MOST = 7
MONTHS_AT_LEAST = 6
LABEL_AT_MOST = 22


@dataclass(frozen=True)
class Picture:
	"""`alt` says what it shows."""

	png: bytes
	alt: str


def pictures(figures: dict[str, Any]) -> dict[str, Picture]:
	"""The pictures by their names; those that would show nothing are left out."""
	found = {
		"meetings": _meetings(figures["months"]),
		"health": _health(figures["health"]),
		"career_stage": _people(figures["people_by"]["career_stage"], _("People by career stage")),
		"country": _people(figures["people_by"]["country"], _("People by country")),
	}
	return {name: picture for name, picture in found.items() if picture}


def _meetings(months: list[dict[str, Any]]) -> Picture | None:
	if not any(month["meetings"] for month in months):
		return None
	months = _since_the_first(months)
	figure, axes = _canvas(height=250)
	counts = [month["meetings"] for month in months]
	colors = [NOW if month["in_period"] else EARLIER for month in months]
	bars = axes.bar(range(len(months)), counts, color=colors, width=0.72)
	for bar, count in zip(bars, counts, strict=True):
		if count:
			middle = bar.get_x() + bar.get_width() / 2
			axes.annotate(
				str(count), (middle, count), (0, 2), textcoords="offset points", ha="center", color=INK
			)
	names = [labels.month(month["month"]) for month in months]
	# Every other month where they are many, so that the letters stay large enough for a phone.
	places = range(len(months)) if len(months) < 9 else range(1, len(months), 2)
	axes.set_xticks(places, [names[place] for place in places])
	axes.set_yticks([])
	axes.set_ylim(0, max(counts) * 1.18)
	for side in ("left", "right", "top"):
		axes.spines[side].set_visible(False)
	said = ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
	return _drawn(figure, _("Meetings held in each of the last {0} months: {1}.").format(len(months), said))


def _since_the_first(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Without the months before the first meeting, but half a year at least."""
	first = next(place for place, month in enumerate(months) if month["meetings"])
	return months[min(first, len(months) - MONTHS_AT_LEAST) :]


def _health(health: dict[str, int] | None) -> Picture | None:
	if not health:
		return None
	figure, axes = _canvas(height=120)
	names, left = labels.health(), 0
	for key, name in names.items():
		if not health[key]:
			continue
		axes.barh(0, health[key], left=left, color=HEALTH[key], height=0.8, edgecolor="white", label=name)
		axes.text(
			left + health[key] / 2,
			0,
			str(health[key]),
			ha="center",
			va="center",
			color=ON_HEALTH[key],
			fontsize=13,
			fontweight="bold",
		)
		left += health[key]
	axes.set_axis_off()
	axes.set_xlim(0, left)
	axes.legend(
		loc="upper center",
		bbox_to_anchor=(0.5, -0.02),
		ncols=2,
		frameon=False,
		fontsize=10.8,
		labelcolor=INK,
		handlelength=1,
		columnspacing=1.2,
	)
	said = ", ".join(f"{health[key]} {name}" for key, name in names.items() if health[key])
	return _drawn(figure, _("Health of the {0} active groups: {1}.").format(health["groups"], said))


def _people(rows: list[list], title: str) -> Picture | None:
	"""Bars from the most to the fewest; what doesn't fit is one bar, those who didn't say another one."""
	named = [(value, people) for value, people in rows if value]
	if not named:
		return None
	fits = len(named) if len(named) == ROWS_AT_MOST + 1 else ROWS_AT_MOST
	shown = named[:fits]
	rest = sum(people for _value, people in named[fits:])
	unsaid = sum(people for value, people in rows if not value)
	bars = [(_(value), people, NOW) for value, people in shown]
	bars += [(_("others"), rest, EARLIER)] * bool(rest) + [(_("not given"), unsaid, EARLIER)] * bool(unsaid)
	figure, axes = _canvas(height=46 + 27 * len(bars))
	places = range(len(bars))
	drawn = axes.barh(places, [people for _name, people, _color in bars], color=[bar[2] for bar in bars])
	axes.bar_label(drawn, padding=4, color=INK)
	axes.set_yticks(places, [_short(name) for name, _people, _color in bars])
	axes.invert_yaxis()
	axes.set_xticks([])
	axes.set_xlim(0, max(people for _name, people, _color in bars) * 1.12)
	for side in ("right", "top", "bottom"):
		axes.spines[side].set_visible(False)
	figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, color=INK, fontweight="bold")
	said = ", ".join(f"{name} {people}" for name, people, _color in bars)
	return _drawn(figure, f"{title}: {said}.")


def _short(name: str) -> str:
	return name if len(name) <= LABEL_AT_MOST else f"{name[: LABEL_AT_MOST - 1]}…"


def _canvas(height: int) -> tuple[Figure, Axes]:
	# Loaded when a report is made only: it is large, and no web request of members needs it. No pyplot, which
	# keeps every picture for a window that never opens.
	from matplotlib.backends.backend_agg import FigureCanvasAgg
	from matplotlib.figure import Figure

	figure = Figure(
		figsize=(WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH),
		dpi=PIXELS_PER_INCH * SHARPNESS,
		layout="constrained",
		facecolor="white",
	)
	FigureCanvasAgg(figure)
	axes = figure.add_subplot()
	axes.tick_params(length=0, labelsize=10.8, colors=INK)
	for spine in axes.spines.values():
		spine.set_color(LINE)
	return figure, axes


def _drawn(figure: Figure, alt: str) -> Picture:
	kept = BytesIO()
	figure.savefig(kept, format="png", metadata={"Software": None})
	return Picture(kept.getvalue(), alt)
