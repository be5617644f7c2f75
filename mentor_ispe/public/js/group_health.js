// The health of a group, sign by sign: every sign with its number, a bar and its words, none by color alone.
frappe.provide("mentor_ispe.health");

mentor_ispe.health.grade = (score, threshold = 50) => {
	if (score === null || score === undefined) return { color: "gray", word: __("No data yet") };
	if (score < threshold) return { color: "red", word: __("Needs attention") };
	if (score < 75) return { color: "orange", word: __("Fair") };
	return { color: "green", word: __("Good") };
};

mentor_ispe.health.words = ({ words, params }) =>
	frappe.utils.escape_html(__(words)).replace(/\{(\w+)\}/g, (whole, name) =>
		name in (params || {}) ? frappe.utils.escape_html(String(params[name])) : whole
	);

mentor_ispe.health.row = (sign) => {
	const { color, word } = mentor_ispe.health.grade(sign.score);
	const known = sign.score !== null && sign.score !== undefined;
	const bar = known
		? `<div class="progress" style="height: 8px; margin: 0" role="progressbar" aria-label="${__(sign.name)}"
				aria-valuemin="0" aria-valuemax="100" aria-valuenow="${sign.score}">
				<div class="progress-bar" style="width: ${sign.score}%; background-color: var(--${color}-500)"></div>
			</div>`
		: "";
	return `<tr>
		<th scope="row">${__(sign.name)}</th>
		<td class="text-right">${known ? sign.score : "–"}</td>
		<td style="min-width: 120px; vertical-align: middle">${bar}</td>
		<td><span class="indicator-pill no-indicator-dot ${color}">${word}</span></td>
		<td>${mentor_ispe.health.words(sign)}</td>
		<td class="text-right">${cint(sign.weight)}</td>
	</tr>`;
};

mentor_ispe.health.html = (doc) => {
	let stored = doc.health_signs;
	if (typeof stored === "string") stored = JSON.parse(stored || "null");
	if (!stored || !(stored.signs || []).length) {
		return `<p class="text-muted">${__("Not calculated yet. Health is calculated every night once the group has started.")}</p>`;
	}
	return `<table class="table table-bordered small">
		<caption class="sr-only">${__("Health indicators, 0 to 100 each")}</caption>
		<thead><tr>
			<th scope="col">${__("Indicator")}</th>
			<th scope="col" class="text-right">${__("0 to 100")}</th>
			<th scope="col"><span class="sr-only">${__("Bar")}</span></th>
			<th scope="col">${__("Explanation")}</th>
			<th scope="col">${__("Why")}</th>
			<th scope="col" class="text-right">${__("Weight")}</th>
		</tr></thead>
		<tbody>${stored.signs.map(mentor_ispe.health.row).join("")}</tbody>
	</table>
	<p class="text-muted small">${__(
		"Health is the weighted average of these indicators. Indicators without data are left out."
	)}</p>`;
};

frappe.ui.form.on("Mentoring Group", {
	refresh(frm) {
		const field = frm.get_field("health_html");
		if (!field) return;
		field.$wrapper.html(frm.is_new() ? "" : mentor_ispe.health.html(frm.doc));
		if (!mentor_ispe.is_coordinator() || frm.doc.status !== "Active") return;
		$(`<button type="button" class="btn btn-default btn-sm">${__("Recalculate")}</button>`)
			.on("click", () => mentor_ispe.act(frm, "refresh_health", { group: frm.docname }, __("Up to date")))
			.appendTo(field.$wrapper);
	},
});
