frappe.listview_settings["Mentor"] = {
	hide_name_column: true,
	add_fields: ["status"],
	onload(listview) {
		mentor_ispe.applications.add_list_actions(listview);
	},
};
