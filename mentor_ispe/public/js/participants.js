// The list of participants: views that are asked for often, and writing to those who are ticked.
{% include "mentor_ispe/public/js/mentoring_desk.js" %}
{% include "mentor_ispe/public/js/write_email.js" %}

mentor_ispe.reports.participant_views = () => [
	[__("Everyone"), {}],
	[__("Applications to review"), { status: "Applied" }],
	[__("Approved, without a group"), { status: "Approved", group: "Without a group" }],
	[__("Mentors who haven't met yet"), { role: "Mentor", group: "Not met yet" }],
	[__("Mentees who haven't met yet"), { role: "Mentee", group: "Not met yet" }],
	[__("Lapsed members"), { membership: "Lapsed" }],
];

mentor_ispe.reports.pages["Mentoring Participants"] = {
	get_datatable_options: (options) => ({ ...options, checkboxColumn: true }),
	onload(report) {
		for (const [label, values] of mentor_ispe.reports.participant_views()) {
			const filters = { role: "", status: "", membership: "", group: "", current: 1, ...values };
			report.page.add_inner_button(label, () => report.set_filter_value(filters), __("Views"));
		}
		if (!mentor_ispe.mailings || !mentor_ispe.is_coordinator()) return;
		report.page.add_inner_button(__("Write email"), () =>
			mentor_ispe.mailings.write({
				doctype: "Mentoring Profile",
				names: mentor_ispe.reports.people_chosen(report),
			})
		);
	},
};

// Whose rows are ticked, else everybody who is shown; each person once.
mentor_ispe.reports.people_chosen = (report) => {
	const ticked = report.datatable.rowmanager.getCheckedRows();
	const shown = report.datatable.bodyRenderer.visibleRowIndices;
	const rows = ticked.length ? ticked : shown;
	return [...new Set(rows.map((index) => report.data[index].profile))];
};
