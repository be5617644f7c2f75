frappe.ui.form.on("Mentee", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
	},
	refresh(frm) {
		mentor_ispe.applications.refresh(frm);
	},
});
