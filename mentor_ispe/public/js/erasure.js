// Erase a person's data, from their profile or a guest speaker: what would happen, then the name typed to confirm it.

for (const doctype of ["Mentoring Profile", "Guest Speaker"]) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
			frm.add_custom_button(__("Erase this person's data"), () => preview_erasure(frm), __("More"));
		},
	});
}

async function preview_erasure(frm) {
	const of = { record_type: frm.doctype, record: frm.docname };
	const preview = await mentor_ispe.call("people.preview_erasure", of).catch(() => null);
	if (!preview) return;
	const dialog = new frappe.ui.Dialog({
		title: __("Erase this person's data"),
		fields: [
			{ fieldname: "preview", fieldtype: "HTML", options: in_words(preview) },
			{
				fieldname: "full_name",
				fieldtype: "Data",
				label: __("Type the person's name to confirm: {0}", [frappe.utils.escape_html(preview.full_name)]),
				reqd: 1,
			},
		],
		primary_action_label: __("Erase"),
		async primary_action({ full_name }) {
			if (full_name.trim().toLowerCase() !== preview.full_name.trim().toLowerCase()) {
				dialog.get_field("full_name").set_description(other_name(preview.full_name));
				return;
			}
			// A refusal is shown by Frappe, and the dialog stays.
			const asked = await mentor_ispe.call("people.erase_person", { ...of, full_name }).catch(() => null);
			if (!asked) return;
			dialog.hide();
			frappe.set_route("Form", "Mentoring Erasure", asked.erasure);
		},
	});
	dialog.get_primary_btn().removeClass("btn-primary").addClass("btn-danger");
	dialog.show();
}

function other_name(full_name) {
	const words = __("The name doesn't match. Type it exactly as shown: {0}", [
		frappe.utils.escape_html(full_name),
	]);
	return `<span class="text-danger" role="alert">${words}</span>`;
}

function in_words({ login, goes, groups, open_concerns }) {
	const esc = frappe.utils.escape_html;
	const list = (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
	const deleted = goes.map(({ kind, count }) => `${esc(kind)}: ${count}`);
	if (login) deleted.unshift(__("The login {0}, for all services on this site", [esc(login)]));
	deleted.push(__("Emails to the person, and their name, addresses and phone numbers in texts by others"));
	const kept = [
		__("Meetings with their dates, hours and attendance, without the name. Others need them."),
		__("Report figures, and how often feedback was given."),
		__("The association's membership record, unless it is in the membership roll."),
	];
	if (open_concerns) kept.push(__("Open concerns that the person raised, without their name, until they are closed."));
	return `<p><strong>${__("This can't be undone.")}</strong></p>
		<p>${__("Will be deleted or cleared:")}</p>${list(deleted)}
		${groups.length ? `<p>${__("Will leave these groups (the other members are notified):")}</p>${list(groups.map(esc))}` : ""}
		<p>${__("Will be kept:")}</p>${list(kept)}`;
}
