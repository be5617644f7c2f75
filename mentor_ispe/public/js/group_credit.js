// Credit and hours of a group, asked for when somebody wants to see them.
frappe.ui.form.on("Mentoring Group", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.start_date || !mentor_ispe.is_coordinator()) return;
		frm.add_custom_button(__("Recertification credit"), () => choose_credit(frm), __("View"));
		frm.add_custom_button(__("Hours"), () => show_hours(frm), __("View"));
		frm.add_custom_button(__("Goals"), () => show_goals(frm), __("View"));
	},
});

const CREDIT_COLORS = { Met: "green", "On Track": "blue", "At Risk": "orange", "Not Met": "red" };
const HOURS_COLORS = { Met: "green", Open: "blue", Missed: "red" };
const GOAL_COLORS = { Open: "blue", Achieved: "green", "Partly Achieved": "yellow", Dropped: "gray" };

const ask = (method, frm, args) =>
	frappe.call({
		method: `mentor_ispe.api.goals.${method}`,
		args: { group: frm.docname, ...args },
		freeze: true,
		type: "GET",
	});
const words = (text) => frappe.utils.escape_html(text || "");
const pill = (state, colors) => `<span class="indicator-pill no-indicator-dot text-nowrap ${colors[state] || "gray"}">${__(state)}</span>`;
const clock = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

function table(heads, rows) {
	const cells = (tag, row) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
	return `<table class="table table-bordered"><thead><tr>${cells("th", heads.map(words))}</tr></thead>
		<tbody>${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("")}</tbody></table>`;
}

function show(title, html, action) {
	const dialog = new frappe.ui.Dialog({
		title,
		size: "large",
		fields: [{ fieldname: "html", fieldtype: "HTML", options: html }],
		...action,
	});
	dialog.show();
}

// Each mentor of a pair has a record of their own days, also one who left.
function choose_credit(frm) {
	const mentors = (frm.doc.seats || []).filter((row) => row.role === "Mentor" && row.joined_on);
	const options = mentors.map((row) => ({ value: row.profile, label: row.full_name }));
	if (frm.doc.format !== "One-on-One" || options.length < 2) return show_credit(frm);
	const field = { fieldname: "of", fieldtype: "Select", label: __("Mentor"), options, reqd: 1 };
	field.default = options.at(-1).value;
	frappe.prompt([field], ({ of }) => show_credit(frm, of), __("Recertification credit"), __("Show"));
}

async function show_credit(frm, of) {
	const whose = of ? { of } : {};
	const { message: credit } = await ask("credit", frm, whose);
	if (!credit.earns) {
		show(__("Recertification credit"), `<p>${words(credit.because)}</p>`);
		return;
	}
	const rows = credit.rules.map((rule) => [words(rule.title), pill(rule.state, CREDIT_COLORS), words(rule.because)]);
	show(credit.scheme_title, table([__("Rule"), __("Status"), __("Why")], rows), {
		primary_action_label: __("Record as PDF"),
		primary_action: () =>
			window.open(
				`/api/method/mentor_ispe.api.goals.credit_record_pdf?${new URLSearchParams({ group: frm.docname, ...whose })}`,
				"_blank"
			),
	});
}

async function show_hours(frm) {
	const { message: people } = await ask("hours", frm);
	const html = people.map((person) => {
		const months = person.months.map((month) => [
			moment(month.month).format("MMMM YYYY"),
			clock(month.minutes),
			month.asked ? clock(month.asked) : "–",
			pill(month.state, HOURS_COLORS),
		]);
		months.push([__("Total"), clock(person.minutes), person.asked ? clock(person.asked) : "–", pill(person.state, HOURS_COLORS)]);
		const says = person.says.map((line) => `<li>${words(line)}</li>`).join("");
		return `<h5>${words(person.full_name)}</h5>
			${table([__("Month"), __("Hours"), __("Required hours"), __("Status")], months)}
			${says ? `<ul>${says}</ul>` : ""}`;
	});
	show(__("Hours"), html.join("") || `<p>${__("No one has taken part yet.")}</p>`);
}

async function show_goals(frm) {
	const { message: goals } = await ask("group_goals", frm);
	const rows = goals.map((goal) => [
		`<a href="/app/mentoring-goal/${encodeURIComponent(goal.name)}">${words(goal.title)}</a>`,
		words(goal.full_name),
		pill(goal.status, GOAL_COLORS),
		`${Math.round(goal.progress || 0)} %`,
		goal.reviewed_on ? frappe.datetime.str_to_user(goal.reviewed_on) : "",
	]);
	show(
		__("Goals"),
		rows.length
			? table([__("Goal"), __("Person"), __("Status"), __("Progress"), __("Reviewed on")], rows)
			: `<p>${__("No goals yet.")}</p>`
	);
}
