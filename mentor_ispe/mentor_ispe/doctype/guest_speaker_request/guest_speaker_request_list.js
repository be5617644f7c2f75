frappe.listview_settings["Guest Speaker Request"] = {
	hide_name_column: true,
	add_fields: ["status", "topic"],
};
