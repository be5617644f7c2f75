frappe.listview_settings["Mentor"] = {
	hide_name_column: true,
	add_fields: ["status", "full_name", "cycle", "program", "answer_by", "seats_taken"],
	onload(listview) {
		listview.settings.formatters = mentor_ispe.applications.formatters;
		mentor_ispe.applications.add_list_actions(listview);
		mentor_ispe.mailings.add_to_list(listview);
		mentor_ispe.applications.add_template_item(listview);
		mentor_ispe.offer_import(listview, { kind: "Applications", role: "Mentor" });
		mentor_ispe.applications.add_waiting_filter(listview, ["seats_taken", "=", 0]);
	},
};
