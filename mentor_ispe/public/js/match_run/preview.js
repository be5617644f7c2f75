// What a run that forms groups would come to, before it is run.
import { counted, fill, html, match_percent, number } from "./html.js";
import { change, read_and_wait } from "./server.js";

export async function preview(page) {
	const found = await read_and_wait("preview", { run: page.run });
	if (!found) return;
	const dialog = new frappe.ui.Dialog({
		title: __("Group preview"),
		size: "large",
		fields: [{ fieldname: "result", fieldtype: "HTML" }],
		primary_action_label: __("Start full run"),
		primary_action: async () => {
			dialog.hide();
			if (await change("start", { run: page.run })) await page.frm.reload_doc();
		},
		secondary_action_label: __("Close"),
		secondary_action: () => dialog.hide(),
	});
	fill(dialog.fields_dict.result.$wrapper.get(0), markup(found));
	dialog.show();
}

function markup({ matched, mentees_in, groups, total_score, seconds, unmatched, left_out }) {
	const facts = [
		counted("groups", groups.length),
		__("average match {0}", [match_percent(matched ? total_score / matched : 0)]),
		__("{0} s", [number(seconds, seconds < 10 ? 2 : 0)]),
	];
	if (left_out) facts.push(__("{0} excluded", [number(left_out)]));
	return html`<div class="match-page">
		<h3>${__("{0} of {1} matched", [number(matched), number(mentees_in)])}</h3>
		<p class="text-muted">${facts.join(" · ")}</p>
		<p>${__("A draft within a few percent of the best result. No required rule is broken, and nothing is saved.")}</p>
		<table class="match-table">
			<caption>${__("Groups")}</caption>
			<thead><tr>
				<th scope="col">${__("Mentor")}</th>
				<th scope="col">${__("Members")}</th>
				<th scope="col" class="match-number">${__("Average match")}</th>
			</tr></thead>
			<tbody>${groups.map((group) => html`<tr>
				<th scope="row">${group.mentor_name}</th>
				<td>${group.members.join(", ")}</td>
				<td class="match-number">${match_percent(group.score / group.members.length)}</td>
			</tr>`)}</tbody>
		</table>
		${unmatched.length > 0 && html`<h4>${__("Without a group")}</h4>
			<ul class="match-list">${unmatched.map(({ mentee_name, reason }) => html`<li><strong>${mentee_name}</strong>: ${reason}</li>`)}</ul>`}
	</div>`;
}
