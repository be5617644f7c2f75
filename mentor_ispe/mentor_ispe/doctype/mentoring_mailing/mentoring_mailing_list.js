frappe.listview_settings["Mentoring Mailing"] = {
	hide_name_column: true,
};
