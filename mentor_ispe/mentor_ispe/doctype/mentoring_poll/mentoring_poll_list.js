frappe.listview_settings["Mentoring Poll"] = {
	hide_name_column: true,
	formatters: { status: (value) => __(value) },
};
