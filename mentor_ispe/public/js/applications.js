// Mentor and Mentee are one kind of record to the coordinator: an application, then a place in the cycle.
frappe.provide("mentor_ispe.applications");

mentor_ispe.applications.refresh = (frm) => {
	frm.set_intro("");
	if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
	const { doctype, docname } = frm;

	frm.set_df_property("status", "read_only", 1);
	const reload = () => frm.reload_doc();
	if (frm.doc.status === "Applied") {
		frm.add_custom_button(__("Approve"), () =>
			mentor_ispe.applications.approve(doctype, [docname], reload)
		).addClass("btn-primary");
		frm.add_custom_button(__("Reject"), () => mentor_ispe.applications.reject(doctype, [docname], reload));
	}
	if (["Rejected", "Withdrawn"].includes(frm.doc.status)) {
		frm.add_custom_button(__("Reopen"), async () => {
			await frm.set_value("status", "Applied");
			frm.save();
		});
	}
	if (["Applied", "Approved", "Active"].includes(frm.doc.status)) {
		frm.add_custom_button(__("Withdraw"), () =>
			mentor_ispe.ask_for_words(
				{
					title: __("Withdraw {0}", [frappe.utils.escape_html(frm.doc.full_name)]),
					label: __("Reason"),
					description: __("This person's places become available. Their groups continue without them."),
					required: true,
					action: __("Withdraw"),
					step: (reason) => ({ method: "coordinator.withdraw", args: { doctype, name: docname, reason } }),
				},
				(reason) => mentor_ispe.act(frm, "withdraw", { doctype, name: docname, reason }, __("Withdrawn"))
			)
		);
	}
	mentor_ispe.mailings.add_to_form(frm);
	mentor_ispe.applications.show_next_step(frm);
	mentor_ispe.applications.show_person(frm);
};

// Who this is, so that a decision needs no second page.
mentor_ispe.applications.show_person = async (frm) => {
	const asked = (frm.mentoring_person = {}); // saving shows the form twice, and the answers come in any order
	const fields = ["job_title", "employer", "career_stage", "industry", "country", "membership_state"];
	const { message: person } = await frappe.db.get_value("Mentoring Profile", frm.doc.profile, fields);
	if (!person || frm.is_new() || asked !== frm.mentoring_person) return;
	const membership = person.membership_state
		? __("Membership: {0}", [__(person.membership_state)])
		: __("Membership: not checked yet");
	const facts = [person.job_title, person.employer, __(person.career_stage), person.industry, person.country];
	const text = [...facts, membership].filter(Boolean).map(frappe.utils.escape_html).join(" · ");
	const link = frappe.utils.get_form_link("Mentoring Profile", frm.doc.profile, true, __("Open profile"));
	frm.dashboard.add_section(`<div>${text}</div><div class="mt-2">${link}</div>`, __("About this person"));
	frm.dashboard.show();
};

mentor_ispe.applications.show_next_step = (frm) => {
	const { status, mentoring_group, waiting_since, answer_by } = frm.doc;
	const full_name = frappe.utils.escape_html(frm.doc.full_name);
	if (status === "Applied") {
		frm.set_intro(
			answer_by
				? __("{0} is waiting for a decision, promised by {1}.", [full_name, frappe.datetime.str_to_user(answer_by)])
				: __("{0} is waiting for a decision.", [full_name]),
			"orange"
		);
	} else if (status === "Approved" && frm.doctype === "Mentee" && !mentoring_group) {
		const since = frappe.datetime.comment_when(waiting_since || frm.doc.decided_on || frm.doc.creation);
		frm.set_intro(__("{0} has no group yet. Waiting since {1}.", [full_name, since]), "blue");
	} else if (frm.doctype === "Mentor" && ["Approved", "Active"].includes(status)) {
		const free = Math.max(frm.doc.seats_offered - frm.doc.seats_taken, 0);
		frm.set_intro(__("{0} of {1} places open.", [free, frm.doc.seats_offered]), free ? "blue" : "green");
	}
};

mentor_ispe.applications.APPROVE = {
	title: __("Approve"),
	label: __("Message to the applicant"),
	description: __("Emailed with the decision. Optional."),
	action: __("Approve"),
};
mentor_ispe.applications.REJECT = {
	title: __("Reject"),
	label: __("Message to the applicant"),
	description: __("Emailed with the decision."),
	required: true,
	action: __("Reject"),
};

const ask_to_decide = (method, options, doctype, names, then) =>
	mentor_ispe.ask_for_words(
		{ ...options, step: (note) => ({ method: `coordinator.${method}`, args: { doctype, names, note } }) },
		(note) => mentor_ispe.applications.decide(method, doctype, names, note, then)
	);

mentor_ispe.applications.approve = (...args) => ask_to_decide("approve", mentor_ispe.applications.APPROVE, ...args);
mentor_ispe.applications.reject = (...args) => ask_to_decide("reject", mentor_ispe.applications.REJECT, ...args);

mentor_ispe.applications.decide = async (method, doctype, names, note, then) => {
	const { done } = await mentor_ispe.call(method, { doctype, names, note });
	if (done.length) {
		const text = method === "approve" ? __("{0} approved", [done.length]) : __("{0} rejected", [done.length]);
		frappe.show_alert({ message: text, indicator: method === "approve" ? "green" : "red" });
	}
	then();
};

// Who still waits for a decision or a match.
mentor_ispe.applications.waits = (doc) =>
	doc.status === "Applied" ||
	(doc.status === "Approved" && ("seats_taken" in doc ? !doc.seats_taken : !doc.mentoring_group));

// Days until the promised answer, negative when it is overdue; null when nobody waits for one.
mentor_ispe.applications.days_left = (doc) =>
	doc.answer_by && mentor_ispe.applications.waits(doc)
		? frappe.datetime.get_day_diff(doc.answer_by, frappe.datetime.get_today())
		: null;

// Whether the list shows the promised day; a narrow screen has no room for it.
const shows_day = () =>
	!frappe.is_mobile() && (cur_list?.columns || []).some(({ df }) => df?.fieldname === "answer_by");

// In the list: the name says it where the day isn't shown.
mentor_ispe.applications.formatters = {
	full_name(value, df, doc) {
		const left = mentor_ispe.applications.days_left(doc);
		if (left === null || left > 7 || shows_day()) return value;
		if (left < 0) return __("{0} · overdue", [value]);
		return doc.status !== "Applied"
			? __("{0} · match due in {1} days", [value, left])
			: __("{0} · decision due in {1} days", [value, left]);
	},
	answer_by(value, df, doc) {
		const left = mentor_ispe.applications.days_left(doc);
		if (left === null) return `<span class="text-muted">–</span>`;
		const day = frappe.datetime.str_to_user(value);
		if (left > 7) return day;
		if (left >= 0) return `<span class="indicator-pill orange">${day}</span>`;
		const said = __("{0} · overdue", [day]); // in words for whoever doesn't see the color
		return `<span class="indicator-pill red" title="${said}"><span aria-hidden="true">${day}</span><span class="sr-only">${said}</span></span>`;
	},
};

mentor_ispe.applications.add_waiting_filter = (listview, unmatched) => {
	if (!mentor_ispe.is_coordinator()) return;
	const show = (status, more) => {
		listview.filter_area.clear().then(() => {
			Object.assign(listview, { sort_by: "answer_by", sort_order: "asc" });
			listview.sort_selector.set_value("answer_by", "asc");
			listview.filter_area.add([
				[listview.doctype, "status", "=", status],
				[listview.doctype, "answer_by", "is", "set"],
				...more,
			]);
		});
	};
	listview.page.add_inner_button(__("Undecided, most urgent first"), () => show("Applied", []), __("Waiting"));
	listview.page.add_inner_button(
		__("Unmatched, most urgent first"),
		() => show("Approved", [[listview.doctype, ...unmatched]]),
		__("Waiting")
	);
};

mentor_ispe.applications.add_list_actions = (listview) => {
	if (!mentor_ispe.is_coordinator()) return;
	const { add, asking_for_words, asking_for_cycle } = mentor_ispe.bulk;
	add(listview, __("Approve"), "approve", asking_for_words("note", mentor_ispe.applications.APPROVE));
	add(listview, __("Reject"), "reject", asking_for_words("note", mentor_ispe.applications.REJECT));
	add(listview, __("Move to another cycle"), "move", asking_for_cycle);
};

// A file to fill in for Data Import, which only administrators may use: everybody who hasn't applied to a cycle, by
// the profile's ID.
mentor_ispe.applications.add_template_item = (listview) => {
	if (!frappe.user.has_role("System Manager")) return;
	listview.page.add_menu_item(__("Import template"), () =>
		frappe.prompt(
			{
				fieldname: "cycle",
				fieldtype: "Link",
				options: "Mentoring Cycle",
				label: __("Cycle"),
				reqd: 1,
				description: __("One row for each person who hasn't applied to this cycle. Delete the rows you don't need, fill in the others, and upload the file with Import."),
			},
			({ cycle }) =>
				open_url_post("/api/method/mentor_ispe.api.desk.applicants_template", {
					doctype: listview.doctype,
					cycle,
				}),
			__("Import template"),
			__("Download")
		)
	);
};
