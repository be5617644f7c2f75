frappe.listview_settings["Mentoring Group"] = {
	hide_name_column: true,
	add_fields: ["status", "health", "health_on"],

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
