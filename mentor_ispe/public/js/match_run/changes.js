// Changes by hand: each asks the server, which keeps the rules, and gives back what to say of it.
import { difference, fill, html, number } from "./html.js";
import { score } from "./rows.js";
import { change, read } from "./server.js";

export class Changes {
	static KINDS = { pin: "pin", unpin: "unpin", move: "move", "take-out": "take_out", forbid: "forbid" };

	constructor(page) {
		this.page = page;
		this.last = null;
	}

	async pin({ mentee, mentor, mentee_name, mentor_name }) {
		if (!(await change("pin", { run: this.page.run, mentee, mentor }))) return null;
		this.last = null;
		return { text: __("{0} and {1} stay together, in this run and the next.", [mentee_name, mentor_name]) };
	}

	async unpin({ mentee, mentor, mentee_name, mentor_name }) {
		if (!(await change("unpin", { run: this.page.run, mentee, mentor }))) return null;
		this.last = null;
		return { text: __("The next run decides about {0} and {1} again.", [mentee_name, mentor_name]) };
	}

	async take_out(row) {
		return this.move_to(row, null, __("{0} is free again.", [row.mentee_name]));
	}

	async forbid({ mentee, mentor, mentee_name, mentor_name }) {
		const reason = await ask_why(mentee_name, mentor_name);
		if (reason === null) return null;
		const effect = await change("forbid", { run: this.page.run, mentee, mentor, reason });
		if (!effect) return null;
		this.last = null;
		return { ...effect, text: __("{0} and {1} are never put together.", [mentee_name, mentor_name]) + " " + in_words(effect) };
	}

	async move(row) {
		const found = await read("choices", { cycle: this.page.figures.cycle, mentee: row.mentee, run: this.page.run });
		const chosen = await choose(row, found);
		if (!chosen) return null;
		return this.move_to(row, chosen.mentor, __("{0} is with {1} now.", [row.mentee_name, chosen.mentor_name]));
	}

	async move_to(row, mentor, text) {
		const effect = await change("move", { run: this.page.run, mentee: row.mentee, mentor });
		if (!effect) return null;
		this.last = { ...row, back_to: row.mentor };
		return { ...effect, text: `${text} ${in_words(effect)}`, can_undo: true };
	}

	async undo() {
		const row = this.last;
		if (!row) return null;
		const effect = await change("move", { run: this.page.run, mentee: row.mentee, mentor: row.back_to });
		if (!effect) return null;
		this.last = null;
		return { ...effect, text: `${__("{0} is back where they were.", [row.mentee_name])} ${in_words(effect)}` };
	}
}

const in_words = ({ total_before, total_after, difference: change_of_total, matched }) =>
	__("Total {0} → {1} ({2}), {3} matched.", [
		number(total_before), number(total_after), difference(change_of_total), number(matched),
	]);

function ask_why(mentee_name, mentor_name) {
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __("Never put {0} and {1} together", [mentee_name, mentor_name].map(frappe.utils.escape_html)),
			fields: [
				{
					fieldname: "reason",
					fieldtype: "Small Text",
					label: __("Why"),
					description: __("For coordinators only. It holds for every run of this cycle."),
				},
			],
			primary_action_label: __("Never together"),
			primary_action({ reason }) {
				resolve(reason || "");
				dialog.hide();
			},
		});
		dialog.onhide = () => resolve(null);
		dialog.show();
	});
}

// A list of mentors with free seats, best first; those that break a rule say so and come last.
function choose(row, found) {
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __("A mentor for {0}", [frappe.utils.escape_html(row.mentee_name)]),
			size: "large",
			fields: [{ fieldname: "list", fieldtype: "HTML" }],
		});
		const place = dialog.fields_dict.list.$wrapper.get(0);
		fill(place, html`<div class="match-page">${choices_markup(row, found)}</div>`);
		place.addEventListener("click", (event) => {
			const button = event.target.closest("[data-mentor]");
			if (!button) return;
			resolve(found.find(({ mentor }) => mentor === button.dataset.mentor));
			dialog.hide();
		});
		dialog.onhide = () => resolve(null);
		dialog.show();
	});
}

function choices_markup(row, found) {
	const others = found.filter(({ mentor }) => mentor !== row.mentor);
	const now = row.mentor && html`<p>${__("Now with {0}, score {1}.", [row.mentor_name, number(row.score)])}</p>`;
	if (!others.length) return html`${now}<p>${__("No other mentor has a seat left; take somebody out first.")}</p>`;
	const line = (choice) => html`<li>
		<div class="match-choice-head">
			<strong>${choice.mentor_name}</strong>
			<span class="text-muted">${choice.free_seats === 1 ? __("1 free seat") : __("{0} free seats", [choice.free_seats])}</span>
			${score(choice.score)}
			<span class="match-difference">${difference(choice.score - (row.mentor ? row.score : 0))}</span>
			<button class="btn btn-default btn-xs" data-mentor="${choice.mentor}"
				aria-label="${__("Choose {0}", [choice.mentor_name])}">${__("Choose")}</button>
		</div>
		${choice.forbidden && html`<p class="match-refusal">${__("Never together, as somebody said in this cycle.")}</p>`}
		${choice.breaks.map((words) => html`<p class="match-refusal">${words}</p>`)}
		<p class="text-muted">${choice.reasons.join(" ")}</p>
	</li>`;
	return html`${now}<ul class="match-choices">${others.map(line)}</ul>`;
}
