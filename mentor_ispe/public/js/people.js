// One person, one profile: the dialog of a merge, from a profile and from a possible duplicate.
frappe.provide("mentor_ispe");

mentor_ispe.merge = async (profile, merged) => {
	const plan = await mentor_ispe.call("people.preview_merge", { profile, merged });
	const escape = frappe.utils.escape_html;
	const lines = (texts) => `<ul>${texts.map((text) => `<li>${escape(text)}</li>`).join("")}</ul>`;
	const moves = plan.moves.filter(({ count }) => count).map(({ label, count }) => `${label}: ${count}`);
	const [one, other] = [plan.kept, plan.merged].map(
		({ full_name, email }) => `<b>${escape(full_name)}</b> (${escape(email)})`
	);
	const stays = __("The profile of {0} is kept. The profile of {1} is merged into it.", [one, other]);
	const stuck = plan.conflicts.length > 0;
	const told = [
		stuck &&
			`<div class="alert alert-danger" role="alert"><p>${__("These profiles can't be merged yet:")}</p>${lines(plan.conflicts)}</div>`,
		`<p>${stays}</p>`,
		moves.length && `<p>${__("These records will move:")}</p>${lines(moves)}`,
		plan.applications.length && lines(plan.applications),
		plan.confirms &&
			`<p>${__("Both people have a login, so both addresses get a link first. The profiles are merged once both are confirmed.")}</p>`,
		`<p class="text-muted">${__("You can undo a merge for 30 days.")}</p>`,
	];
	const dialog = new frappe.ui.Dialog({
		title: __("Merge two profiles"),
		fields: [
			{ fieldname: "told", fieldtype: "HTML", options: told.filter(Boolean).join("") },
			...(stuck ? [] : plan.fields.map(merge_choice)),
		],
		primary_action_label: stuck ? __("Close") : plan.confirms ? __("Send the links") : __("Merge profiles"),
		async primary_action(values) {
			dialog.hide();
			if (stuck) return;
			const choices = {};
			for (const { field } of plan.fields) choices[field] = values[field];
			const { merge } = await mentor_ispe.call("people.merge_profiles", { profile, merged, choices });
			frappe.set_route("Form", "Mentoring Merge", merge);
		},
	});
	if (!stuck) {
		dialog.set_secondary_action_label(__("Keep the other profile"));
		dialog.set_secondary_action(() => {
			dialog.hide();
			mentor_ispe.merge(merged, profile);
		});
	}
	dialog.show();
};

function merge_choice({ field, label, kept, merged, stays }) {
	return {
		fieldname: field,
		fieldtype: "Select",
		label,
		options: [
			{ value: "kept", label: kept },
			{ value: "merged", label: merged },
		],
		default: stays,
	};
}

mentor_ispe.choose_merge = (frm) => {
	const dialog = new frappe.ui.Dialog({
		title: __("Merge with another profile"),
		fields: [
			{
				fieldname: "merged",
				fieldtype: "Link",
				options: "Mentoring Profile",
				label: __("This person's other profile"),
				description: __("It will be merged into this one. You can review the changes first."),
				get_query: () => ({ filters: { name: ["!=", frm.docname] } }),
				// The server says it in words; Frappe's own check comes later than a quick press of the button.
				ignore_link_validation: 1,
				reqd: 1,
			},
		],
		primary_action_label: __("Review changes"),
		primary_action({ merged }) {
			dialog.hide();
			mentor_ispe.merge(frm.docname, merged);
		},
	});
	dialog.show();
};
