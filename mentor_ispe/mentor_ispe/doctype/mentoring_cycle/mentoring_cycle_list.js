frappe.listview_settings["Mentoring Cycle"] = {
	hide_name_column: true,
	add_fields: ["status"],
	onload(listview) {
		mentor_ispe.show_all_columns(listview);
	},
};
