frappe.listview_settings["Mentoring Group"] = {
	hide_name_column: true,
	add_fields: ["status", "health", "health_on", "unanswered", "alarm", "announce_on"],

	onload(listview) {
		add_bulk_actions(listview);
		mentor_ispe.mailings.add_to_list(listview);
		say_what_is_missing(listview);
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

function add_bulk_actions(listview) {
	if (!mentor_ispe.is_coordinator()) return;
	const { add, asking_for_words } = mentor_ispe.bulk;
	add(listview, __("Send reminder"), "remind_answers");
	add(listview, __("Start"), "start_groups");
	add(listview, __("Complete groups"), "complete_groups");
	add(
		listview,
		__("Cancel proposals"),
		"cancel_groups",
		asking_for_words("reason", {
			title: __("Cancel proposals"),
			label: __("Reason"),
			description: __("Sent to everyone who was invited. They go back to waiting for a match."),
			required: true,
			action: __("Cancel proposals"),
		})
	);
	add(listview, __("Assign a willing moderator"), "next_moderator");
}

// In the list the status of a proposed group says who is waited for, that of a running one whether it has an alarm.
function say_what_is_missing(listview) {
	const plain = listview.get_indicator_html.bind(listview);
	const pill = (color, text, filter) =>
		`<span class="indicator-pill ${color} filterable no-indicator-dot ellipsis" data-filter="${filter}">
			<span class="ellipsis">${text}</span>
		</span>`;
	listview.get_indicator_html = (doc, ...more) => {
		if (doc.status === "Proposed" && doc.announce_on > frappe.datetime.system_datetime()) {
			return pill("gray", __("Not announced yet"), "status,=,Proposed");
		}
		if (doc.status === "Proposed" && doc.unanswered) {
			const text = doc.unanswered > 1 ? __("Waiting for {0} answers", [doc.unanswered]) : __("Waiting for 1 answer");
			return pill("orange", text, "status,=,Proposed|unanswered,>,0");
		}
		if (doc.status === "Proposed") return pill("blue", __("Everyone answered"), "status,=,Proposed|unanswered,=,0");
		if (doc.status === "Active" && doc.alarm) return pill("red", __("Active, needs a coordinator"), "status,=,Active|alarm,is,set");
		return plain(doc, ...more);
	};
}
