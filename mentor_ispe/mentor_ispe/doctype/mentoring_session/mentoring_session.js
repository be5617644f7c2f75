frappe.ui.form.on("Mentoring Session", {
	setup(frm) {
		frm.set_query("mentoring_group", () => ({ filters: { status: "Active" } }));
	},
});
