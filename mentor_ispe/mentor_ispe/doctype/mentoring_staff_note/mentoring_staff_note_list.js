frappe.listview_settings["Mentoring Staff Note"] = {
	hide_name_column: true,
};
