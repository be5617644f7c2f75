frappe.ui.form.on("Guest Speaker Request", {
	setup(frm) {
		frm.set_query("mentoring_group", () => ({ filters: { status: "Active" } }));
		frm.set_query("speaker", () => ({ filters: { active: 1 } }));
	},

	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("status", "read_only", 1);
		if (frm.is_new()) return;
		show_next_step(frm);
		if (!mentor_ispe.is_coordinator()) return;
		if (["Requested", "Approaching"].includes(frm.doc.status)) show_suggestions(frm);
		add_buttons(frm);
	},
});

function show_next_step(frm) {
	const { status } = frm.doc;
	if (status === "Requested") {
		frm.set_intro(__("The group is waiting for an answer. Ask a speaker or decline the request."), "orange");
	} else if (status === "Approaching") {
		frm.set_intro(__("Schedule the meeting once the speaker has accepted."), "blue");
	}
}

function add_buttons(frm) {
	const request = frm.docname;
	const { status } = frm.doc;
	const act = (method, dialog) =>
		mentor_ispe.act_after_asking(frm, {
			...dialog,
			method: `support.${method}`,
			args: (values) => ({ request, ...values }),
		});

	if (["Requested", "Approaching"].includes(status)) {
		frm.add_custom_button(__("Schedule meeting"), () => arrange(frm, act)).addClass("btn-primary");
		frm.add_custom_button(__("Decline"), () =>
			act("decline_speaker", {
				title: __("Decline"),
				action: __("Decline"),
				fields: [
					{
						fieldname: "answer",
						fieldtype: "Small Text",
						label: __("Message to the group"),
						description: __("Emailed to everyone in the group."),
						reqd: 1,
					},
				],
				done: __("The group has been notified"),
			})
		);
	}
	if (["Requested", "Approaching", "Arranged"].includes(status)) {
		frm.add_custom_button(__("Cancel the request"), () =>
			act("cancel_speaker", {
				title: __("Cancel the request"),
				action: __("Cancel the request"),
				words: status === "Arranged" ? __("This also cancels the meeting.") : "",
				done: __("Canceled"),
			})
		);
	}
	if (frm.doc.session) {
		frm.add_custom_button(__("Open meeting"), () =>
			frappe.set_route("Form", "Mentoring Session", frm.doc.session)
		);
	}
}

async function show_suggestions(frm) {
	const name = frm.docname;
	const { message: found } = await frappe.call({
		method: "mentor_ispe.api.support.speaker_suggestions",
		args: { request: name },
	});
	if (frm.docname !== name || frm.is_new()) return;
	const escape = frappe.utils.escape_html;
	const rows = (found || []).slice(0, 8).map((one) => {
		const clock = one.hours_apart === null ? __("time zone unknown") : __("{0} hours apart", [one.hours_apart]);
		const facts = [one.organisation, one.country, one.expertise.join(", "), clock].filter(Boolean);
		return `<div class="d-flex justify-content-between align-items-center py-2 border-bottom">
			<div class="mr-3"><b>${escape(one.full_name)}</b>
				<div class="text-muted small">${facts.map(escape).join(" · ")}</div></div>
			<button class="btn btn-xs btn-default" data-speaker="${escape(one.speaker)}">${__("Ask")}</button>
		</div>`;
	});
	const html = rows.length
		? rows.join("")
		: `<div class="text-muted">${__("No available speaker covers this topic. Add a guest speaker first.")}</div>`;
	const section = frm.dashboard.add_section(html, __("Matching speakers"));
	section.find("[data-speaker]").on("click", ({ currentTarget: { dataset } }) =>
		mentor_ispe.act_after_asking(frm, {
			title: __("Ask"),
			action: __("Ask"),
			method: "support.approach_speaker",
			args: () => ({ request: name, speaker: dataset.speaker }),
			done: __("The group has been told that you are asking"),
		})
	);
	frm.dashboard.show();
}

function arrange(frm, act) {
	return act("arrange_speaker", {
		title: __("Schedule meeting"),
		action: __("Schedule"),
		fields: [
			{
				fieldname: "speaker",
				fieldtype: "Link",
				options: "Guest Speaker",
				label: __("Speaker"),
				default: frm.doc.speaker,
				get_query: () => ({ filters: { active: 1 } }),
				reqd: 1,
			},
			{ fieldname: "starts_on", fieldtype: "Datetime", label: __("Starts"), reqd: 1 },
			{ fieldname: "duration_minutes", fieldtype: "Int", label: __("Minutes"), default: 60, reqd: 1 },
			{ fieldtype: "Column Break" },
			{
				fieldname: "mode",
				fieldtype: "Select",
				label: __("Meeting type"),
				options: [
					{ value: "Online", label: __("Online") },
					{ value: "In Person", label: __("In Person") },
				],
				default: "Online",
				reqd: 1,
			},
			{ fieldname: "link", fieldtype: "Data", label: __("Meeting link"), depends_on: "eval:doc.mode == 'Online'" },
			{ fieldname: "location", fieldtype: "Data", label: __("Place"), depends_on: "eval:doc.mode == 'In Person'" },
			{ fieldtype: "Section Break" },
			{ fieldname: "focus", fieldtype: "Data", label: __("Focus"), default: frm.doc.topic },
		],
		done: __("The group and the speaker have been invited"),
	});
}
