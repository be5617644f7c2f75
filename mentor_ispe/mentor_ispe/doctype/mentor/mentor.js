frappe.ui.form.on("Mentor", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
	},
	refresh(frm) {
		mentor_ispe.applications.refresh(frm);
	},
});
