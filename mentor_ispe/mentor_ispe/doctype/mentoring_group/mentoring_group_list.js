frappe.listview_settings["Mentoring Group"] = {
	hide_name_column: true,
	add_fields: ["status", "health", "health_on"],

	onload(listview) {
		// On a laptop's screen Frappe shows four columns and would leave out the health; the mentor's name
		// is in that of the group.
		if (window.innerWidth > 1366 || listview.list_view_settings.total_fields) return;
		listview.list_view_settings.total_fields = 6;
		listview.setup_columns();
		listview.columns = listview.columns.filter((column) => column.df?.fieldname !== "mentor_name");
		listview.render_header(true);
	},

	formatters: {
		// The number is there for everybody; the color only repeats what the words say.
		health(value, df, doc) {
			if (!doc.health_on) return `<span class="text-muted">–</span>`;
			const [color, word] =
				value < 50
					? ["red", __("Needs attention")]
					: value < 75
						? ["orange", __("Fair")]
						: ["green", __("Good")];
			return `<span class="indicator-pill ${color}" title="${word}">${cint(value)} · ${word}</span>`;
		},
	},
};
