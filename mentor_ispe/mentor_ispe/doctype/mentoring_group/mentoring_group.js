const OPEN_STATUSES = ["Draft", "Proposed", "Active"];

frappe.ui.form.on("Mentoring Group", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
		frm.set_query("mentor", () => ({
			query: "mentor_ispe.api.desk.mentors_with_free_seats",
			filters: { cycle: frm.doc.cycle },
		}));
		frm.set_query("mentee", "members", () => ({
			filters: {
				cycle: frm.doc.cycle,
				status: "Approved",
				mentoring_group: ["is", "not set"],
				name: ["not in", (frm.doc.members || []).map((row) => row.mentee).filter(Boolean)],
			},
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("members", "cannot_delete_rows", frm.doc.status !== "Draft");
		frm.set_df_property("status", "read_only", 1);
		if (frm.is_new()) return;
		show_next_step(frm);
		if (mentor_ispe.is_coordinator() && OPEN_STATUSES.includes(frm.doc.status)) add_buttons(frm);
	},

	cycle(frm) {
		if (frm.doc.mentor) frm.set_value("mentor", null);
		frm.clear_table("members");
		frm.refresh_field("members");
	},
});

const people_of = (frm) => {
	const rows = (frm.doc.members || []).map((row) => ({ ...row, name_shown: row.full_name || row.mentee }));
	if (!frm.doc.mentor) return rows;
	return [{ status: frm.doc.mentor_status, name_shown: frm.doc.mentor_name, is_mentor: true }, ...rows];
};

function show_next_step(frm) {
	const people = people_of(frm);
	const waiting = people.filter((person) => person.status === "Proposed").map((person) => person.name_shown);
	const asked = people.filter((person) => ["Proposed", "Accepted", "Active"].includes(person.status));
	const accepted = asked.length - waiting.length;
	const suspended = people.filter((person) => person.status === "Suspended").map((person) => person.name_shown);

	if (frm.doc.status === "Draft") {
		frm.set_intro(__("Nobody has been asked yet. Propose the group when everybody is in it."), "blue");
	} else if (frm.doc.status === "Proposed" && waiting.length) {
		const text = [accepted, asked.length, mentor_ispe.names(waiting), frappe.datetime.str_to_user(frm.doc.respond_by)];
		frm.set_intro(
			frm.doc.respond_by
				? __("{0} of {1} accepted; waiting for {2} until {3}.", text)
				: __("{0} of {1} accepted; waiting for {2}.", text),
			"orange"
		);
	} else if (frm.doc.status === "Proposed") {
		frm.set_intro(__("Everybody has answered, {0} accepted. Activate the group to start it.", [accepted]), "green");
	} else if (frm.doc.status === "Active" && suspended.length) {
		frm.set_intro(__("Suspended until the membership is renewed: {0}.", [mentor_ispe.names(suspended)]), "orange");
	} else if (frm.doc.status === "Active" && waiting.length) {
		frm.set_intro(__("The group has started; waiting for {0}.", [mentor_ispe.names(waiting)]), "orange");
	}
}

function add_buttons(frm) {
	const group = frm.docname;
	const { status } = frm.doc;
	const act = (method, args, done) => mentor_ispe.act(frm, method, { group, ...args }, done);
	const unanswered = people_of(frm).some((person) => person.status === "Proposed");

	if (status === "Draft") {
		frm.add_custom_button(__("Propose"), () => act("propose_group", {}, __("Everybody has been asked"))).addClass(
			"btn-primary"
		);
	}
	if (status === "Proposed") {
		const button = frm.add_custom_button(__("Activate"), () => act("activate", {}, __("The group has started")));
		if (!unanswered) button.addClass("btn-primary");
	}
	if (status !== "Draft" && unanswered) {
		frm.add_custom_button(__("Record an answer"), () => record_answer(frm, act));
	}
	if (status === "Active") {
		frm.add_custom_button(__("Complete"), () =>
			frappe.confirm(__("Has this group reached its end?"), () => act("complete", {}, __("Completed")))
		);
		frm.add_custom_button(
			__("End early"),
			() =>
				mentor_ispe.ask_for_words(
					{ title: __("End early"), label: __("Why it ended"), required: true, action: __("End early") },
					(reason) => act("end_early", { reason }, __("Ended"))
				),
			__("More")
		);
	} else {
		frm.add_custom_button(
			__("Cancel the group"),
			() =>
				mentor_ispe.ask_for_words(
					{ title: __("Cancel the group"), label: __("Reason"), action: __("Cancel the group") },
					(reason) => act("cancel", { reason }, __("Cancelled"))
				),
			__("More")
		);
	}
	if (status !== "Draft") {
		frm.add_custom_button(__("Take a member out"), () => remove_member(frm, act), __("More"));
	}
	frm.add_custom_button(
		__("Note for coordinators"),
		() => frappe.new_doc("Mentoring Staff Note", { mentoring_group: group }),
		__("More")
	);
}

async function record_answer(frm, act) {
	const unanswered = (frm.doc.members || [])
		.filter((row) => row.status === "Proposed")
		.map((row) => ({ value: row.profile, label: row.full_name }));
	if (frm.doc.mentor && frm.doc.mentor_status === "Proposed") {
		const { message } = await frappe.db.get_value("Mentor", frm.doc.mentor, "profile");
		unanswered.unshift({ value: message.profile, label: frm.doc.mentor_name });
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Record an answer"),
		fields: [
			{
				fieldname: "profile",
				fieldtype: "Select",
				label: __("Who answered"),
				options: unanswered,
				default: unanswered[0].value,
				reqd: 1,
			},
			{
				fieldname: "answer",
				fieldtype: "Select",
				label: __("Answer"),
				options: [
					{ value: "accept", label: __("Accepts") },
					{ value: "decline", label: __("Declines") },
				],
				default: "accept",
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason given"),
				depends_on: "eval:doc.answer == 'decline'",
				mandatory_depends_on: "eval:doc.answer == 'decline'",
			},
		],
		primary_action_label: __("Record"),
		primary_action({ profile, answer, reason }) {
			dialog.hide();
			act("answer_for", { profile, accept: answer === "accept" ? 1 : 0, reason: reason || "" }, __("Recorded"));
		},
	});
	dialog.show();
}

function remove_member(frm, act) {
	const seated = (frm.doc.members || []).filter((row) =>
		["Proposed", "Accepted", "Active", "Suspended"].includes(row.status)
	);
	if (!seated.length) {
		frappe.msgprint(__("Nobody holds a seat in this group."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Take a member out"),
		fields: [
			{
				fieldname: "mentee",
				fieldtype: "Select",
				label: __("Member"),
				options: seated.map((row) => ({ value: row.mentee, label: row.full_name })),
				default: seated[0].mentee,
				reqd: 1,
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		primary_action_label: __("Take out"),
		primary_action({ mentee, reason }) {
			dialog.hide();
			act("remove_member", { mentee, reason }, __("The seat is free"));
		},
	});
	dialog.show();
}
