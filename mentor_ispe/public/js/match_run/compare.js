// Two runs of one cycle side by side.
import { difference, fill, html, match_percent, number, percent_difference } from "./html.js";
import { read } from "./server.js";

const SHOWN = 200;

export async function compare(figures) {
	const others = await frappe.db.get_list("Mentoring Match Run", {
		fields: ["name", "status", "ended_on", "matched", "mentees_in"],
		filters: {
			cycle: figures.cycle,
			name: ["!=", figures.name],
			ended_on: [">", "1900-01-01"], // Frappe asks for a day that "is set" in a way that only MariaDB answers
			mentees_in: [">", 0],
		},
		order_by: "ended_on desc",
		limit: 20,
	});
	if (!others.length) {
		frappe.msgprint(__("There is no other finished run of this cycle to compare with. Choose Try other settings first."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Compare runs"),
		size: "extra-large",
		fields: [
			{
				fieldname: "other",
				fieldtype: "Select",
				label: __("Compare this run with"),
				options: others.map((run) => ({ value: run.name, label: label(run) })),
				default: others[0].name,
				change: () => show(dialog, figures),
			},
			{ fieldname: "result", fieldtype: "HTML" },
		],
	});
	dialog.show();
	show(dialog, figures);
}

const when = (run) => (run.ended_on ? frappe.datetime.str_to_user(run.ended_on) : __("not finished"));

const label = (run) =>
	[
		when(run),
		__(run.status),
		__("{0} of {1} matched", [number(run.matched), number(run.mentees_in)]),
	].join(" · ");

async function show(dialog, figures) {
	const other = dialog.get_value("other");
	if (!other || other === dialog.shown) return;
	dialog.shown = other;
	const result = await read("compare", { run: figures.name, other });
	fill(dialog.fields_dict.result.$wrapper.get(0), html`<div class="match-page">${[sides(result), changed(result)]}</div>`);
}

function sides({ run, other }) {
	const lines = [
		[__("Matched"), run.matched, other.matched],
		[__("Unmatched"), run.unmatched, other.unmatched],
	];
	const proven = (one) => (one.proven && one.matched ? __("yes") : __("no"));
	return html`<table class="match-table">
		<caption class="sr-only">${__("Results of both runs")}</caption>
		<thead><tr>
			<td></td>
			<th scope="col" class="match-number">${__("This run")}<br><span class="text-muted">${when(run)}</span></th>
			<th scope="col" class="match-number">${__("Other run")}<br><span class="text-muted">${when(other)}</span></th>
			<th scope="col" class="match-number">${__("Difference")}</th>
		</tr></thead>
		<tbody>
			${lines.map(([name, one, two]) => html`<tr>
				<th scope="row">${name}</th>
				<td class="match-number">${number(one)}</td>
				<td class="match-number">${number(two)}</td>
				<td class="match-number">${difference(Math.round(one - two))}</td>
			</tr>`)}
			<tr>
				<th scope="row">${__("Average match")}</th>
				<td class="match-number">${match_percent(run.average)}</td>
				<td class="match-number">${match_percent(other.average)}</td>
				<td class="match-number">${percent_difference(run.average - other.average)}</td>
			</tr>
			<tr>
				<th scope="row">${__("Proven best")}</th>
				<td class="match-number">${proven(run)}</td><td class="match-number">${proven(other)}</td><td></td>
			</tr>
		</tbody>
	</table>
	<p class="text-muted">${__("Averages can be compared only if both runs use the same criteria and weights.")}</p>`;
}

function changed({ changed: people, same }) {
	const side = (place) => (place && place.with ? html`${place.with} <span class="text-muted">${match_percent(place.score)}</span>` : __("no one"));
	const title = html`<h4>${__("Different match: {0}. Same match: {1}.", [number(people.length), number(same)])}</h4>`;
	if (!people.length) return title;
	people.sort((one, two) => one.mentee_name.localeCompare(two.mentee_name));
	return html`${title}
		<table class="match-table">
			<caption class="sr-only">${__("People with a different match")}</caption>
			<thead><tr>
				<th scope="col">${__("Person")}</th><th scope="col">${__("This run")}</th><th scope="col">${__("Other run")}</th>
				<th scope="col" class="match-number">${__("Difference")}</th>
			</tr></thead>
			<tbody>${people.slice(0, SHOWN).map((line) => html`<tr>
				<th scope="row">${line.mentee_name}</th>
				<td>${side(line.run)}</td>
				<td>${side(line.other)}</td>
				<td class="match-number">${percent_difference((line.run ? line.run.score : 0) - (line.other ? line.other.score : 0))}</td>
			</tr>`)}</tbody>
		</table>
		${people.length > SHOWN && html`<p class="text-muted">${__("{0} more not shown", [people.length - SHOWN])}</p>`}`;
}
