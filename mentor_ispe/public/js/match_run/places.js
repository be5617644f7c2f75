// The places one person could have: first those with a free seat, then full ones, where two could swap.
import { counted, fill, html, match_percent, percent_difference } from "./html.js";
import { score } from "./rows.js";

// Ask for one of the places found; gives { place } or, for a swap, { other }, null when nothing was chosen.
export function choose(row, found) {
	const others = found.filter((place) => !row.mentor || place.mentor !== row.mentor || place.group);
	const title = __("A place for {0}", [frappe.utils.escape_html(row.mentee_name)]);
	return ask(title, places(row, others), ({ place: index, other: name }) => {
		const place = others[Number(index)];
		const other = place.members.find(({ mentee }) => mentee === name);
		return other ? { other } : { place };
	});
}

// Ask for one of the mentors who could lead a group too; null when nobody was chosen.
export function choose_mentor(mentor_name, found) {
	const title = __("A second mentor with {0}", [frappe.utils.escape_html(mentor_name)]);
	const able = found.map((place, index) => ({ ...place, index, members: [], reasons: [] }));
	const content = able.length
		? list(able)
		: html`<p>${__("No other mentor has enough open places for this group.")}</p>`;
	return ask(title, content, ({ place }) => found[Number(place)]);
}

function ask(title, list_of_places, chosen) {
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title,
			size: "large",
			fields: [{ fieldname: "list", fieldtype: "HTML" }],
		});
		const content = dialog.fields_dict.list.$wrapper.get(0);
		fill(content, html`<div class="match-page">${list_of_places}</div>`);
		content.addEventListener("click", (event) => {
			const button = event.target.closest("button[data-place]");
			if (!button) return;
			resolve(chosen(button.dataset));
			// A dialog that is still opening doesn't close: somebody was quick.
			dialog.$wrapper.one("shown.bs.modal", () => dialog.hide());
			dialog.hide();
		});
		dialog.onhide = () => resolve(null);
		dialog.show();
	});
}

function places(row, others) {
	const now = now_of(row);
	if (!others.length) return html`${now}<p>${__("There is no other place.")}</p>`;
	const numbered = others.map((place, index) => ({ ...place, index }));
	const free = numbered.filter((place) => !place.full);
	const full = numbered.filter((place) => place.full);
	return html`${now}
		<h4>${__("With open places")}</h4>
		${free.length ? list(free) : html`<p>${__("There are no other open places. Swap two people, or remove someone first.")}</p>`}
		${full.length > 0 && html`<h4>${__("Full: swap only")}</h4>${list(full)}`}`;
}

function now_of(row) {
	if (!row.group_key) return html`<p>${__("Currently unmatched.")}</p>`;
	if (!row.mentor) return html`<p>${__("Currently in a circle, score {0}.", [match_percent(row.score)])}</p>`;
	return html`<p>${__("Currently with {0}, score {1}.", [row.mentor_name, match_percent(row.score)])}</p>`;
}

const list = (some) => html`<ul class="match-choices">${some.map(line)}</ul>`;

function line(place) {
	return html`<li>
		<div class="match-choice-head">
			<strong>${place.title}</strong>
			<span class="text-muted">${seats(place)}</span>
			${score(place.score, { full_points: place.full_points })}
			${!place.full && place.difference !== undefined && html`<span class="match-difference">${__("{0} overall", [percent_difference(place.difference)])}</span>`}
			${!place.full && html`<button class="btn btn-default btn-xs" data-place="${place.index}"
				aria-label="${__("Choose {0}", [place.title])}">${__("Choose")}</button>`}
		</div>
		${place.forbidden && html`<p class="match-refusal">${__("Not allowed: set to never match in this cycle.")}</p>`}
		${place.breaks.map((words) => html`<p class="match-refusal">${words}</p>`)}
		${place.full && html`<p>${place.full}</p>`}
		${place.reasons.length > 0 && html`<p class="text-muted">${place.reasons.join(" ")}</p>`}
		${swaps(place)}
	</li>`;
}

function seats({ full, free_seats, group, members }) {
	const there = group && members.length > 0 && counted("members", members.length);
	if (full) return [there, __("full")].filter(Boolean).join(", ");
	return [there, free_seats === 1 ? __("1 open place") : __("{0} open places", [free_seats])].filter(Boolean).join(", ");
}

// Whom of those there one could change places with.
function swaps({ members, index, full, group }) {
	if (!members.length || (!full && !group)) return "";
	const buttons = members.map(
		({ mentee, mentee_name }) => html`<button class="btn btn-default btn-xs" data-place="${index}" data-other="${mentee}"
			aria-label="${__("Swap with {0}", [mentee_name])}">${mentee_name}</button>`
	);
	return html`<div class="match-swaps" role="group" aria-label="${__("Swap with")}">
		<span class="text-muted" aria-hidden="true">${__("Swap with")}</span>${buttons}
	</div>`;
}
