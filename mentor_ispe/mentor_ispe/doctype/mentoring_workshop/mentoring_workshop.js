frappe.ui.form.on("Mentoring Workshop", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { program: frm.doc.program } }));
		frm.set_query("resources", () => ({ filters: { published: 1 } }));
	},

	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("participants", "cannot_delete_rows", 1);
		frm.set_df_property("status", "read_only", 1);
		if (frm.is_new()) return;
		show_places(frm);
		mentor_ispe.mailings.add_to_form(frm);
		if (mentor_ispe.is_coordinator()) add_buttons(frm);
	},
});

const has_started = (frm) => frappe.datetime.str_to_obj(frm.doc.starts_on) <= frappe.datetime.now_datetime(true);
const with_status = (frm, ...wanted) => (frm.doc.participants || []).filter((row) => wanted.includes(row.status));

function show_places(frm) {
	const waiting = with_status(frm, "Waiting").length;
	const { status, places, places_taken } = frm.doc;
	if (status !== "Planned") return;
	if (has_started(frm)) {
		frm.set_intro(__("Record attendance. Everyone who attended has completed the training."), "orange");
	} else if (!frm.doc.announced_on) {
		frm.set_intro(__("This workshop hasn't been announced yet. Choose Announce to invite people."), "blue");
	} else if (waiting) {
		frm.set_intro(__("All {0} places are taken; {1} on the waiting list.", [places, waiting]), "orange");
	} else if (places) {
		frm.set_intro(__("{0} of {1} places taken.", [places_taken, places]), "green");
	} else {
		frm.set_intro(__("{0} people have signed up.", [places_taken]), "green");
	}
}

function add_buttons(frm) {
	const workshop = frm.docname;
	const { status } = frm.doc;
	const act = (method, { args = (values) => values, ...dialog }) =>
		mentor_ispe.act_after_asking(frm, {
			...dialog,
			method: `support.${method}`,
			args: (values) => ({ workshop, ...args(values) }),
		});

	if (status === "Planned" && !has_started(frm)) {
		const button = frm.add_custom_button(frm.doc.announced_on ? __("Announce again") : __("Announce"), () =>
			act("announce", {
				title: __("Announce"),
				action: __("Announce"),
				done: __("Invitations sent to everyone who hadn't been invited yet"),
			})
		);
		if (!frm.doc.announced_on) button.addClass("btn-primary");
	}
	if (status === "Held" || (status === "Planned" && has_started(frm))) {
		const button = frm.add_custom_button(__("Attendance"), () => note_attendance(frm, act));
		if (status === "Planned") button.addClass("btn-primary");
	}
	if (status === "Planned") {
		frm.add_custom_button(__("Cancel workshop"), () =>
			act("cancel_workshop", {
				title: __("Cancel workshop"),
				action: __("Cancel workshop"),
				fields: [
					{
						fieldname: "reason",
						fieldtype: "Small Text",
						label: __("Reason"),
						description: __("Sent to everyone who signed up."),
						reqd: 1,
					},
				],
				done: __("Canceled"),
			})
		);
	}
}

function note_attendance(frm, act) {
	const rows = with_status(frm, "Signed Up", "Attended", "Missed", "Waiting");
	if (!rows.length) {
		frappe.msgprint(__("No one signed up. Add the people who attended to the table."));
		return;
	}
	return act("attendance", {
		title: __("Who attended?"),
		action: __("Record"),
		fields: [
			{
				fieldname: "attended",
				fieldtype: "MultiCheck",
				columns: 2,
				select_all: true,
				options: rows.map((row) => ({
					value: row.profile,
					label: frappe.utils.escape_html(row.full_name || row.profile),
					checked: ["Signed Up", "Attended"].includes(row.status) ? 1 : 0,
				})),
			},
		],
		args: (values) => ({ attended: values.attended || [] }),
		done: __("Attendance recorded"),
	});
}
