frappe.listview_settings["Mentoring Resource"] = {
	hide_name_column: true,
	add_fields: ["published", "public"],
	get_indicator(doc) {
		if (!doc.published) return [__("Draft"), "gray", "published,=,0"];
		return doc.public
			? [__("For everyone"), "green", "published,=,1|public,=,1"]
			: [__("For participants"), "blue", "published,=,1|public,=,0"];
	},
};
