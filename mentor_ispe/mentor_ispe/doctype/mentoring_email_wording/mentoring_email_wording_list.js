frappe.listview_settings["Mentoring Email Wording"] = {
	hide_name_column: true,
};
