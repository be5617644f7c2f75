frappe.listview_settings["Guest Speaker"] = {
	hide_name_column: true,
	add_fields: ["active"],
	get_indicator: (doc) =>
		doc.active ? [__("Available"), "green", "active,=,1"] : [__("Not available"), "gray", "active,=,0"],
};
