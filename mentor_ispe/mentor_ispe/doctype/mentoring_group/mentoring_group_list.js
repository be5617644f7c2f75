frappe.listview_settings["Mentoring Group"] = {
	hide_name_column: true,
	add_fields: ["status"],
};
