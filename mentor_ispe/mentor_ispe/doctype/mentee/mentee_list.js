frappe.listview_settings["Mentee"] = {
	hide_name_column: true,
	add_fields: ["status", "full_name", "cycle", "program", "answer_by", "mentoring_group"],
	onload(listview) {
		listview.settings.formatters = mentor_ispe.applications.formatters;
		mentor_ispe.applications.add_list_actions(listview);
		mentor_ispe.mailings.add_to_list(listview);
		mentor_ispe.applications.add_template_item(listview);
		mentor_ispe.offer_import(listview, { kind: "Applications", role: "Mentee or Peer" });
		mentor_ispe.applications.add_waiting_filter(listview, ["mentoring_group", "is", "not set"]);
	},
};
