frappe.ui.form.on("Mentoring Match Constraint", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
		const of_cycle = () => ({ filters: { cycle: frm.doc.cycle, status: ["in", ["Approved", "Active"]] } });
		["mentee", "mentor", "other_mentee"].forEach((field) => frm.set_query(field, of_cycle));
	},

	cycle(frm) {
		["mentee", "mentor", "other_mentee"].forEach((field) => frm.doc[field] && frm.set_value(field, null));
	},

	// Either a mentor or another mentee: choosing one takes the other back.
	mentor(frm) {
		if (frm.doc.mentor && frm.doc.other_mentee) frm.set_value("other_mentee", null);
	},

	other_mentee(frm) {
		if (frm.doc.other_mentee && frm.doc.mentor) frm.set_value("mentor", null);
	},
});
