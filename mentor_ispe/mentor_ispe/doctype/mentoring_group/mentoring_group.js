const OPEN_STATUSES = ["Draft", "Proposed", "Active"];
const HOLDS_SEAT = ["Proposed", "Accepted", "Active", "Suspended"];

frappe.ui.form.on("Mentoring Group", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
		frm.set_query("participant", "seats", (doc, cdt, cdn) => {
			if (locals[cdt][cdn].role === "Mentor") {
				return { query: "mentor_ispe.api.desk.mentors_with_free_seats", filters: { cycle: doc.cycle } };
			}
			return {
				filters: {
					cycle: doc.cycle,
					status: "Approved",
					mentoring_group: ["is", "not set"],
					name: ["not in", (doc.seats || []).map((row) => row.participant).filter(Boolean)],
				},
			};
		});
	},

	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("seats", "cannot_delete_rows", frm.doc.status !== "Draft");
		frm.set_df_property("status", "read_only", 1);
		if (frm.is_new()) return;
		show_next_step(frm);
		show_going_on(frm);
		mentor_ispe.mailings.add_to_form(frm);
		if (mentor_ispe.is_coordinator() && OPEN_STATUSES.includes(frm.doc.status)) add_buttons(frm);
	},

	cycle(frm) {
		frm.clear_table("seats");
		frm.refresh_field("seats");
	},
});

frappe.ui.form.on("Mentoring Group Member", {
	seats_add(frm, cdt, cdn) {
		const { format, seats } = frm.doc;
		const has_mentor = seats.some((row) => row.name !== cdn && row.role === "Mentor");
		if (format === "Peer Circle") frappe.model.set_value(cdt, cdn, "role", "Peer");
		else if (!has_mentor) frappe.model.set_value(cdt, cdn, "role", "Mentor");
	},

	role(frm, cdt, cdn) {
		const kind = locals[cdt][cdn].role === "Mentor" ? "Mentor" : "Mentee";
		frappe.model.set_value(cdt, cdn, { participant_type: kind, participant: null });
	},
});

const people_of = (frm) =>
	(frm.doc.seats || [])
		.map((row) => ({ ...row, name_shown: row.full_name || row.participant }))
		.sort((one, other) => (other.role === "Mentor") - (one.role === "Mentor"));

function show_next_step(frm) {
	const people = people_of(frm);
	const waiting = people.filter((person) => person.status === "Proposed").map((person) => person.name_shown);
	const asked = people.filter((person) => ["Proposed", "Accepted", "Active"].includes(person.status));
	const accepted = asked.length - waiting.length;
	const suspended = people.filter((person) => person.status === "Suspended").map((person) => person.name_shown);
	const without_moderator =
		people.some((person) => person.is_moderator) &&
		!people.some((person) => person.is_moderator && person.status === "Active");

	if (frm.doc.status === "Draft") {
		frm.set_intro(__("No one has been invited yet. Add everyone, then choose Propose."), "blue");
	} else if (frm.doc.status === "Proposed" && frm.doc.announce_on > frappe.datetime.system_datetime()) {
		const moment = frappe.datetime.str_to_user(frm.doc.announce_on);
		frm.set_intro(__("Not announced yet. Everyone will be invited on {0}.", [moment]), "blue");
	} else if (frm.doc.status === "Proposed" && waiting.length) {
		const text = [accepted, asked.length, mentor_ispe.names(waiting), frappe.datetime.str_to_user(frm.doc.respond_by)];
		frm.set_intro(
			frm.doc.respond_by
				? __("{0} of {1} accepted. Waiting for {2} until {3}.", text)
				: __("{0} of {1} accepted. Waiting for {2}.", text),
			"orange"
		);
	} else if (frm.doc.status === "Proposed") {
		frm.set_intro(__("Everyone has answered; {0} accepted. Choose Activate to start the group.", [accepted]), "green");
	} else if (frm.doc.status === "Active" && without_mentor(frm)) {
		frm.set_intro(__("This group has no mentor. Choose Add mentor to invite one."), "red");
	} else if (frm.doc.status === "Active" && without_moderator) {
		frm.set_intro(__("The moderator is suspended. Choose another moderator in the meantime."), "orange");
	} else if (frm.doc.status === "Active" && suspended.length) {
		frm.set_intro(__("Suspended until the membership is renewed: {0}.", [mentor_ispe.names(suspended)]), "orange");
	} else if (frm.doc.status === "Active" && waiting.length) {
		frm.set_intro(__("The group has started. Waiting for {0}.", [mentor_ispe.names(waiting)]), "orange");
	}
}

function without_mentor(frm) {
	const mentors = people_of(frm).filter((person) => person.role === "Mentor");
	return frm.doc.format !== "Peer Circle" && !mentors.some((person) => HOLDS_SEAT.includes(person.status));
}

function add_buttons(frm) {
	const group = frm.docname;
	const { status } = frm.doc;
	// A dialog with these fields that says whom the step mails; `args` makes of their values what it asks for.
	const act = (method, { title, action = title, fields, args = (values) => values, done }) =>
		mentor_ispe.act_after_asking(frm, {
			...{ title, action, fields, method, done },
			args: (values) => ({ group, ...args(values) }),
		});
	const unanswered = people_of(frm).some((person) => person.status === "Proposed");

	if (status === "Draft") {
		frm.add_custom_button(__("Propose"), () =>
			act("propose_group", { title: __("Propose"), done: __("Invitations sent") })
		).addClass("btn-primary");
	}
	if (status === "Proposed") {
		const button = frm.add_custom_button(__("Activate"), () =>
			act("activate", { title: __("Activate"), done: __("The group has started") })
		);
		if (!unanswered) button.addClass("btn-primary");
	}
	if (status !== "Draft" && unanswered) {
		frm.add_custom_button(__("Record answer"), () => record_answer(frm, act));
	}
	if (status === "Active") {
		const plan = frm.add_custom_button(__("Schedule next meeting"), () =>
			frappe.new_doc("Mentoring Session", { mentoring_group: group })
		);
		const first = without_mentor(frm) ? frm.add_custom_button(__("Add mentor"), () => add_mentor(frm)) : plan;
		first.addClass("btn-primary");
		frm.add_custom_button(__("Complete group"), () =>
			act("complete", { title: __("Complete group"), done: __("Completed") })
		);
		frm.add_custom_button(__("End early"), () => end_early(act), __("More"));
		frm.add_custom_button(__("Change moderator"), () => hand_over(frm, act), __("More"));
		frm.add_custom_button(__("Pause a member"), () => pause_person(frm, act), __("More"));
	} else {
		frm.add_custom_button(
			__("Cancel group"),
			() =>
				act("cancel", {
					title: __("Cancel group"),
					fields: [{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason") }],
					args: ({ reason }) => ({ reason: reason || "" }),
					done: __("Canceled"),
				}),
			__("More")
		);
	}
	if (status !== "Draft") {
		frm.add_custom_button(__("Remove member"), () => remove_person(frm, act), __("More"));
		if (people_of(frm).some((row) => row.role === "Mentor" && HOLDS_SEAT.includes(row.status))) {
			frm.add_custom_button(__("Replace mentor"), () => replace_mentor(frm, act), __("More"));
		}
	}
	if (status === "Active") {
		frm.add_custom_button(
			__("Guest speaker"),
			() => frappe.new_doc("Guest Speaker Request", { mentoring_group: group }),
			__("More")
		);
	}
	frm.add_custom_button(
		__("Concerns"),
		() => frappe.set_route("List", "Mentoring Concern", { mentoring_group: group }),
		__("More")
	);
	frm.add_custom_button(
		__("Note for coordinators"),
		() => frappe.new_doc("Mentoring Staff Note", { mentoring_group: group }),
		__("More")
	);
}

// The kinds of services/groups/ending.py; the reason is read by everyone in the group.
const KINDS_OF_ENDING = [
	["Goals Met", __("Goals met")],
	["Not Working", __("Not working out")],
	["Too Little Time", __("Too little time")],
	["Reassigned", __("Reassigned")],
	["Membership Ended", __("Membership ended")],
	["Something Else", __("Something else")],
];

function end_early(act) {
	return act("end_early", {
		title: __("End early"),
		fields: [
			{
				fieldname: "kind",
				fieldtype: "Select",
				label: __("How it ended"),
				options: KINDS_OF_ENDING.map(([value, label]) => ({ value, label })),
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Why it ended"),
				description: __(
					"Everyone in the group sees this. Mentees go back to waiting for a match with another mentor, and planned meetings are canceled."
				),
				reqd: 1,
			},
		],
		done: __("Ended"),
	});
}

async function hand_over(frm, act) {
	const others = people_of(frm).filter(
		(row) => row.role !== "Mentor" && row.status === "Active" && !row.is_moderator
	);
	if (!others.length) {
		frappe.msgprint(__("No one else is active in this group."));
		return;
	}
	const willing = (
		await frappe.db.get_list("Mentee", {
			filters: { name: ["in", others.map((row) => row.participant)], willing_to_moderate: 1 },
			pluck: "name",
		})
	).map((row) => row.name || row);
	const label = (row) =>
		willing.includes(row.participant) ? row.full_name : __("{0} (hasn't offered)", [row.full_name]);
	others.sort((one, other) => willing.includes(other.participant) - willing.includes(one.participant));
	return act("hand_over", {
		title: __("Change moderator"),
		fields: [
			{
				fieldname: "to",
				fieldtype: "Select",
				label: __("New moderator"),
				options: others.map((row) => ({ value: row.profile, label: label(row) })),
				default: others[0].profile,
				reqd: 1,
			},
			{
				fieldname: "unwilling_too",
				fieldtype: "Check",
				label: __("I asked this person, and they agreed"),
				description: __("Required if this person hasn't offered to moderate."),
			},
		],
		done: __("Moderator changed"),
	});
}

// What everybody says about the next cycle; the fields below it tell what came of it.
async function show_going_on(frm) {
	const { $wrapper } = frm.get_field("going_on_html");
	$wrapper.empty();
	const may_go_on = ["Active", "Completed"].includes(frm.doc.status) && !frm.doc.extended_to;
	if (!may_go_on || !mentor_ispe.is_coordinator()) return;
	const state = await mentor_ispe.call("going_on", { group: frm.docname });
	if (!state.until) {
		$wrapper.html(`<p class="text-muted">${__("No next cycle is accepting applications right now.")}</p>`);
		return;
	}
	const words = { Yes: __("yes"), No: __("no"), "": __("no answer yet") };
	const rows = state.answers.map(
		({ full_name, said }) => `<li>${frappe.utils.escape_html(full_name)}: ${words[said]}</li>`
	);
	const head = __("Continue in {0}? Answers are due by {1}. No answer counts as no.", [
		frappe.utils.escape_html(state.next_cycle),
		frappe.datetime.str_to_user(state.until),
	]);
	$wrapper.html(`<p>${head}</p><ul>${rows.join("")}</ul>`);
}

function record_answer(frm, act) {
	const unanswered = people_of(frm)
		.filter((row) => row.status === "Proposed")
		.map((row) => ({ value: row.profile, label: row.full_name }));
	return act("answer_for", {
		title: __("Record answer"),
		action: __("Record"),
		fields: [
			{
				fieldname: "profile",
				fieldtype: "Select",
				label: __("Person"),
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
		args: ({ profile, answer, reason }) => ({ profile, accept: answer === "accept" ? 1 : 0, reason: reason || "" }),
		done: __("Recorded"),
	});
}

function remove_person(frm, act) {
	const seated = people_of(frm).filter((row) => HOLDS_SEAT.includes(row.status));
	if (!seated.length) {
		frappe.msgprint(__("This group has no members."));
		return;
	}
	return act("remove_person", {
		title: __("Remove member"),
		action: __("Remove"),
		fields: [
			{
				fieldname: "participant",
				fieldtype: "Select",
				label: __("Member"),
				options: seated.map((row) => ({ value: row.participant, label: row.full_name })),
				default: seated[seated.length - 1].participant,
				reqd: 1,
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		done: __("Removed from the group"),
	});
}

function pause_person(frm, act) {
	const active = people_of(frm).filter((row) => row.status === "Active");
	return act("pause_person", {
		title: __("Pause a member"),
		action: __("Save"),
		fields: [
			{
				fieldname: "profile",
				fieldtype: "Select",
				label: __("Member"),
				options: active.map((row) => ({ value: row.profile, label: row.full_name })),
				reqd: 1,
			},
			{ fieldname: "first", fieldtype: "Date", label: __("Away from"), default: frappe.datetime.get_today() },
			{
				fieldname: "returns_on",
				fieldtype: "Date",
				label: __("Back on"),
				description: __("They keep their place and get no reminders while away. Leave empty if they are back now."),
			},
		],
		done: __("Saved"),
	});
}

function replace_mentor(frm, act) {
	const mentors = people_of(frm).filter((row) => row.role === "Mentor" && HOLDS_SEAT.includes(row.status));
	return act("replace_mentor", {
		title: __("Replace mentor"),
		action: __("Replace"),
		fields: [
			{
				fieldname: "mentor",
				fieldtype: "Select",
				label: __("Leaving mentor"),
				options: mentors.map((row) => ({ value: row.participant, label: row.full_name })),
				default: mentors[0].participant,
				reqd: 1,
				description: __("They keep their hours, credit and certificate for their time in the group."),
			},
			{
				fieldname: "successor",
				fieldtype: "Link",
				options: "Mentor",
				label: __("New mentor"),
				reqd: 1,
				get_query: () => with_free_seats(frm),
				description: __("They are invited first and join on the day they start."),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		done: __("The new mentor has been invited"),
	});
}

function add_mentor(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Add mentor"),
		fields: [
			{
				fieldname: "participant",
				fieldtype: "Link",
				options: "Mentor",
				label: __("Mentor"),
				reqd: 1,
				get_query: () => with_free_seats(frm),
				description: __("They are invited first and join on the day they start."),
			},
		],
		primary_action_label: __("Add mentor"),
		primary_action({ participant }) {
			dialog.hide();
			frm.add_child("seats", { role: "Mentor", participant_type: "Mentor", participant });
			frm.save();
		},
	});
	dialog.show();
}

function with_free_seats(frm) {
	return { query: "mentor_ispe.api.desk.mentors_with_free_seats", filters: { cycle: frm.doc.cycle } };
}
