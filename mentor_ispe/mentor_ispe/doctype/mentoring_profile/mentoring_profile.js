const STANDING_COLORS = { Active: "green", Grace: "orange", Lapsed: "red", Never: "gray", Unknown: "gray" };

frappe.ui.form.on("Mentoring Profile", {
	setup(frm) {
		frm.fields_dict.time_zone.get_data = () => frappe.all_timezones || [];
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		show_standing(frm);
		show_who_shares(frm);
		mentor_ispe.mailings.add_to_form(frm);
		if (mentor_ispe.is_coordinator()) {
			frm.add_custom_button(__("Check membership"), () =>
				mentor_ispe.act(frm, "refresh_standing", { profile: frm.docname }, __("Membership checked"))
			);
			frm.add_custom_button(__("Merge profiles"), () => mentor_ispe.choose_merge(frm));
			frm.add_custom_button(__("End participation"), () => end_participation(frm), __("More"));
			if (frm.doc.user) frm.add_custom_button(__("Change login"), () => move_login(frm));
		}
	},
});

function end_participation(frm) {
	return mentor_ispe.act_after_asking(frm, {
		title: __("End participation"),
		action: __("End participation"),
		fields: [
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				description: __("Only coordinators see it. Group members are told that this person left, but not why."),
				reqd: 1,
			},
			{
				fieldname: "no_mails",
				fieldtype: "Check",
				label: __("Don't send emails"),
				description: __("For someone who asked not to be contacted, or who has died. Unsent emails are dropped."),
			},
		],
		method: "people.end_participation",
		args: ({ reason, no_mails }) => ({ profile: frm.docname, reason, no_mails: no_mails || 0 }),
		done: __("All applications have been withdrawn"),
	});
}

function move_login(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Change login"),
		fields: [
			{
				fieldname: "address",
				fieldtype: "Data",
				options: "Email",
				label: __("New email address"),
				description: __("A link is sent to both addresses. The login changes once both are confirmed."),
				reqd: 1,
			},
		],
		primary_action_label: __("Send the links"),
		primary_action({ address }) {
			dialog.hide();
			mentor_ispe.act(frm, "move_login", { profile: frm.docname, address }, __("Links sent"));
		},
	});
	dialog.show();
}

function show_standing(frm) {
	const { membership_state: state, active_until, grace_until, lapsed_since } = frm.doc;
	const day = (date) => frappe.datetime.str_to_user(date);
	const text = {
		Active: active_until ? __("Member until {0}.", [day(active_until)]) : __("Member."),
		Grace: grace_until ? __("Membership ended; grace period until {0}.", [day(grace_until)]) : __("In grace period."),
		Lapsed: lapsed_since ? __("Not a member since {0}.", [day(lapsed_since)]) : __("Membership lapsed."),
		Never: __("No membership on record."),
		Unknown: __("The membership source could not be reached: {0}", [frm.doc.membership_reason || ""]),
	}[state];
	if (text) frm.set_intro(frappe.utils.escape_html(text), { gray: "yellow" }[STANDING_COLORS[state]] || STANDING_COLORS[state]);
}

function show_who_shares(frm) {
	const { places, people } = frm.doc.__onload?.membership_places || {};
	const others = (people || []).filter((one) => one.name !== frm.docname);
	let text = "";
	if (others.length || places > 1) {
		const names = others.map(link_to).join(", ");
		const count = places ? __("{0} of {1} places taken.", [people.length, places]) : "";
		text = [count, others.length ? __("Shared with {0}.", [names]) : ""].filter(Boolean).join(" ");
		if (places && people.length > places) {
			text += " " + __("Too many people share this membership. Remove someone from it, or raise the number of people for its type in Mentoring Settings.");
		}
	}
	frm.get_field("membership_record").set_description(text || __(frappe.meta.get_docfield(frm.doctype, "membership_record").description));
}

function link_to({ name, full_name }) {
	return `<a href="/app/mentoring-profile/${encodeURIComponent(name)}">${frappe.utils.escape_html(full_name)}</a>`;
}
