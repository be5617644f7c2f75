frappe.ui.form.on("Mentoring Settings", {
	refresh(frm) {
		const sources = (frm.doc.__onload || {}).membership_sources || [];
		frm.set_df_property("membership_source", "options", sources);
		const field = frm.get_field("membership_source");
		if (field && field.set_data) {
			field.set_data(sources);
		}
	},
});
