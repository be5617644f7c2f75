frappe.listview_settings["Mentoring Concern"] = {
	hide_name_column: true,
	add_fields: ["status", "assigned_to"],
};
