frappe.listview_settings["Mentoring Match Run"] = {
	hide_name_column: true,
	add_fields: ["status"],
};
