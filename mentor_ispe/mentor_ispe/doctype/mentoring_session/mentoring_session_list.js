frappe.listview_settings["Mentoring Session"] = {
	hide_name_column: true,
	add_fields: ["status"],
};
