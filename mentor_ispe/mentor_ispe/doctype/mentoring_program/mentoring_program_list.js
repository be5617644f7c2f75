frappe.listview_settings["Mentoring Program"] = {
	hide_name_column: true,
	add_fields: ["status"],
};
