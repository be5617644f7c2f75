// Write to the people of a list: whom its ticked records or its filters mean, services/mailings says.
frappe.provide("mentor_ispe.mailings");

// Of these the server knows whom they mean.
mentor_ispe.mailings.LISTS = [
	"Mentor",
	"Mentee",
	"Mentoring Profile",
	"Mentoring Group",
	"Mentoring Session",
	"Mentoring Workshop",
	"Mentoring Feedback Request",
	"Mentoring Goal",
];

mentor_ispe.mailings.add_to_list = (listview) => {
	if (!mentor_ispe.is_coordinator()) return;
	const { doctype } = listview;
	listview.page.add_actions_menu_item(
		__("Write email"),
		() => mentor_ispe.mailings.write({ doctype, names: listview.get_checked_items(true) }),
		false
	);
	listview.page.add_menu_item(__("Write to everyone in this list"), () =>
		mentor_ispe.mailings.write({ doctype, filters: listview.get_filters_for_args() })
	);
};

mentor_ispe.mailings.add_to_form = (frm) => {
	if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
	frm.add_custom_button(__("Write email"), () =>
		mentor_ispe.mailings.write({ doctype: frm.doctype, names: [frm.docname] })
	);
};

// `chosen`: a DocType with `names` of records or `filters` of a list.
mentor_ispe.mailings.write = async (chosen) => {
	const facts = await mentor_ispe.call("mailings.count", { chosen });
	const key = frappe.utils.get_random(20);
	const dialog = new frappe.ui.Dialog({
		title: __("Write email"),
		size: "large",
		static: true,
		fields: letter_fields(chosen, facts),
		primary_action_label: __("Preview"),
		primary_action: () => show_preview(dialog, chosen, key),
	});
	add_field_buttons(dialog, facts.fields);
	dialog.get_field("template").df.onchange = () => take_template(dialog);
	if (dialog.fields_dict.part) {
		dialog.get_field("part").df.onchange = async () => {
			chosen.part = dialog.get_value("part");
			tell(dialog, await mentor_ispe.call("mailings.count", { chosen }));
		};
	}
	tell(dialog, facts);
	dialog.show();
	return dialog;
};

function letter_fields(chosen, { languages, language }) {
	const part = {
		fieldname: "part",
		fieldtype: "Select",
		label: __("Write to"),
		options: ["Everyone", "Mentors", "Mentees and Peers"].map((value) => ({ value, label: __(value) })),
		default: "Everyone",
	};
	return [
		{ fieldname: "told", fieldtype: "HTML" },
		...(chosen.doctype === "Mentoring Group" ? [part] : []),
		{ fieldtype: "Section Break" },
		{
			fieldname: "template",
			fieldtype: "Link",
			options: "Email Template",
			label: __("Start from a template"),
			description: __("Optional. Replaces the subject and message below."),
			get_query: () => ({ filters: { name: ["not like", "Mentoring: %"] } }),
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "language",
			fieldtype: "Select",
			options: languages,
			default: language,
			label: __("Language of this email"),
		},
		{ fieldname: "only_language", fieldtype: "Check", label: __("Only to people who read this language") },
		{ fieldtype: "Section Break" },
		{ fieldname: "subject", fieldtype: "Data", label: __("Subject"), reqd: 1, length: 140 },
		{ fieldname: "insert", fieldtype: "HTML" },
		// Not required: a dialog empties a required editor that it reads before what was typed is taken over.
		{ fieldname: "message", fieldtype: "Text Editor", label: __("Message") },
	];
}

function tell(dialog, facts) {
	dialog.get_field("told").$wrapper.empty().append(facts_about(facts));
}

// How many get it, and who doesn't and why.
function facts_about({ count, minutes, left_out }) {
	const $facts = $("<div class='mailing-facts'></div>");
	const number = count === 1 ? __("1 person will get this email.") : __("{0} people will get this email.", [count]);
	$("<p><b></b></p>").find("b").text(number).end().appendTo($facts);
	if (minutes) {
		$("<p class='text-muted'></p>")
			.text(__("Emails go out in portions. The last ones leave in about {0}.", [duration(minutes)]))
			.appendTo($facts);
	}
	if (!left_out.length) return $facts;
	const $details = $("<details class='mb-3'><summary></summary><ul></ul></details>").appendTo($facts);
	const total = left_out.reduce((sum, { count }) => sum + count, 0);
	$details.find("summary").text(__("Left out: {0}", [total]));
	for (const { reason, count, people } of left_out) {
		const names = people.length ? `: ${people.join(", ")}${people.length < count ? " …" : ""}` : "";
		$("<li></li>").text(`${count} · ${reason}${names}`).appendTo($details.find("ul"));
	}
	return $facts;
}

function duration(minutes) {
	return minutes < 90 ? __("{0} minutes", [minutes]) : __("{0} hours", [Math.ceil(minutes / 60)]);
}

// A field goes where one typed last: the subject, or the message.
function add_field_buttons(dialog, labels) {
	const $subject = dialog.get_field("subject").$input;
	let into_subject = false;
	$subject.on("focus", () => (into_subject = true));
	dialog.get_field("message").$wrapper.on("focusin", () => (into_subject = false));
	const $row = $("<div class='mb-2' role='group'></div>").attr("aria-label", __("Insert field"));
	$("<span class='text-muted small mr-2'></span>").text(__("Insert field")).appendTo($row);
	for (const label of labels) {
		$("<button type='button' class='btn btn-default btn-xs mr-1 mb-1'></button>")
			.text(label)
			.on("click", () => insert(dialog, `{${label}}`, into_subject))
			.appendTo($row);
	}
	dialog.get_field("insert").$wrapper.empty().append($row);
}

function insert(dialog, text, into_subject) {
	if (into_subject) {
		const input = dialog.get_field("subject").$input.get(0);
		input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
		$(input).trigger("change").trigger("focus");
		return;
	}
	const { quill } = dialog.get_field("message");
	const { index, length } = quill.getSelection(true);
	quill.deleteText(index, length, "user");
	quill.insertText(index, text, "user");
	quill.setSelection(index + text.length);
}

async function take_template(dialog) {
	const name = dialog.get_value("template");
	if (!name) return;
	const { message } = await frappe.call({ method: "mentor_ispe.api.mailings.template", type: "GET", args: { name } });
	dialog.set_values(message);
}

async function show_preview(dialog, chosen, key) {
	const { subject = "", language, only_language } = dialog.get_values(true);
	// The editor hands over what is typed a little later than it is typed. The server says what is missing.
	const message = dialog.get_field("message").get_input_value() || "";
	const letter = { subject, message, language, only_language: only_language ? 1 : 0 };
	const first = await mentor_ispe.call("mailings.preview", { chosen, letter });
	const { count, recipients } = first;
	const preview = new frappe.ui.Dialog({
		title: __("Preview"),
		size: "large",
		static: true,
		no_focus: true,
		fields: [{ fieldname: "told", fieldtype: "HTML" }, { fieldname: "mail", fieldtype: "HTML" }],
		primary_action_label: count === 1 ? __("Send to 1 person") : __("Send to {0} people", [count]),
		async primary_action() {
			preview.disable_primary_action();
			try {
				const sent = await mentor_ispe.call("mailings.send", { chosen, letter, expected: count, key });
				preview.hide();
				dialog.hide();
				say_sent(sent);
			} finally {
				preview.enable_primary_action();
			}
		},
		secondary_action_label: __("Back to editing"),
		secondary_action: () => preview.hide(),
	});
	tell(preview, first);
	if (count) show_mails(preview, first, (profile) => mentor_ispe.call("mailings.preview", { chosen, letter, profile }));
	else preview.disable_primary_action();
	preview.show();
}

// The mail of one after another of the recipients.
function show_mails(dialog, { reply_to, recipients, mail }, ask) {
	const $mail = dialog.get_field("mail").$wrapper.empty();
	const $row = $("<div class='d-flex align-items-center flex-wrap mb-2' style='gap: 8px'></div>").appendTo($mail);
	const $shown = $("<div></div>").appendTo($mail);
	const button = (label, step) =>
		$("<button type='button' class='btn btn-default btn-sm'></button>").text(label).on("click", () => go(place + step));
	const $back = button(__("Previous"), -1).appendTo($row);
	const $who = $("<span aria-live='polite'></span>").appendTo($row);
	const $next = button(__("Next"), 1).appendTo($row);
	let place = 0;
	const draw = (shown) => {
		$who.text(__("{0} of {1}: {2}", [place + 1, recipients.length, shown.full_name]));
		$back.prop("disabled", place === 0);
		$next.prop("disabled", place === recipients.length - 1);
		$shown.empty();
		const to = [__("To: {0}", [shown.recipient])];
		if (reply_to) to.push(__("Replies go to {0}", [reply_to]));
		$("<p class='text-muted small mb-1'></p>").text(to.join(" · ")).appendTo($shown);
		mentor_ispe.mailings.draw($shown, shown);
	};
	const go = async (wanted) => {
		const answer = await ask(recipients[wanted].profile);
		place = wanted;
		draw(answer.mail);
	};
	draw(mail);
}

mentor_ispe.mailings.draw = ($wrapper, { subject, html }) => {
	$("<h4 class='mail-preview-subject'></h4>").text(subject).appendTo($wrapper);
	// Without any permission: nothing in the mail can run, or reach the Desk around it.
	$("<iframe sandbox='' style='width: 100%; height: 45vh; border: 1px solid var(--border-color)'></iframe>")
		.attr({ srcdoc: html, title: __("HTML email") })
		.appendTo($wrapper);
};

function say_sent({ mailing, count }) {
	const text = count === 1 ? __("The email to 1 person is on its way.") : __("The email to {0} people is on its way.", [count]);
	const link = `<a href="/app/mentoring-mailing/${encodeURIComponent(mailing)}">${__("See who got it")}</a>`;
	frappe.show_alert({ message: `${text} ${link}`, indicator: "green" }, 10);
}
