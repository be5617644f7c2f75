frappe.listview_settings["Mentoring Workshop"] = {
	hide_name_column: true,
	add_fields: ["status"],
};
