// Before a step that others notice: one dialog that says whom it mails and what it is refused for.
frappe.provide("mentor_ispe");

// What a step would do to others, as the server says it: it does the step and undoes it again.
mentor_ispe.rehearse = async ({ method, args }, show_progress = () => {}) => {
	const found = { people: new Set(), mails: {}, left_out: new Set(), refused: [], of: 1 };
	for (let after = 0; after !== null; ) {
		const part = await mentor_ispe.call("rehearsal.rehearse", { method, args, after });
		for (const mail of part.mails) {
			const kind = (found.mails[mail.template] ||= { ...mail, people: new Set() });
			kind.varies ||= mail.varies || mail.subject !== kind.subject;
			kind.in_the_morning &&= mail.in_the_morning;
			if (!mail.not_before || mail.not_before < kind.not_before) kind.not_before = mail.not_before;
			mail.people.forEach((one) => [kind.people, found.people].forEach((all) => all.add(one)));
		}
		part.left_out.forEach((one) => found.left_out.add(one));
		found.refused.push(...part.refused);
		found.of = part.of;
		after = part.next;
		if (after) show_progress(after, part.of);
	}
	return found;
};

function said_beforehand({ people, mails, left_out, refused, of }) {
	const escape = frappe.utils.escape_html;
	const list = (lines) => `<ul class="mb-2">${lines.map((line) => `<li>${line}</li>`).join("")}</ul>`;
	const names = (mail) => {
		const named = mail.names.slice(0, 3);
		const rest = mail.people.size - named.length;
		return rest > 0 ? __("{0} and {1} more", [named.join(", "), rest]) : mentor_ispe.names(named);
	};
	const line = (mail) => {
		const said = [mail.subject, names(mail)];
		const words = mail.varies ? __("Emails like “{0}” to {1}", said) : __("“{0}” to {1}", said);
		if (!mail.not_before) return escape(words);
		const [moment] = frappe.datetime.str_to_user(mail.not_before).match(/^.*?\d+:\d+/);
		const when = mail.in_the_morning
			? __("{0}, in the morning where they live, the first at {1}", [words, moment])
			: __("{0}, from {1}", [words, moment]);
		return escape(when);
	};
	const parts = [];
	if (people.size) {
		const head = people.size > 1 ? __("{0} people get an email:", [people.size]) : __("One person gets an email:");
		parts.push(`<p class="mb-1"><b>${head}</b></p>${list(Object.values(mails).map(line))}`);
	} else if (refused.length < of) parts.push(`<p><b>${__("Nobody gets an email.")}</b></p>`);
	if (left_out.size) parts.push(`<p>${__("Not mailed, as they asked: {0}.", [left_out.size])}</p>`);
	if (refused.length && of === 1) parts.push(`<p class="text-danger">${escape(refused[0].reason)}</p>`);
	else if (refused.length) {
		const reasons = refused.slice(0, 5).map(({ title, reason }) => escape([title, reason].filter(Boolean).join(": ")));
		if (refused.length > 5) reasons.push(__("and {0} more", [refused.length - 5]));
		parts.push(`<p class="mb-1">${__("{0} of {1} can't be changed:", [refused.length, of])}</p>${list(reasons)}`);
	}
	return parts.join("");
}

// Fields that don't change who hears of it; what is required of them stands in until it is typed.
const TYPED = ["Small Text", "Data"];

// One dialog before a step that others notice: its fields, and whom it mails. `step` makes of the values what the
// server is asked to do (null while it can't be known). Without fields and news for anybody the step is done at once.
mentor_ispe.ask_before = async ({ title, action, words = "", fields = [], step }, then) => {
	if (!fields.length && !words) {
		const found = await mentor_ispe.rehearse(step({})).catch(() => null);
		if (!found) return;
		if (!found.people.size && found.of === 1 && !found.refused.length) return then({});
		return open_dialog({ title, action, fields, step, found }, then);
	}
	return open_dialog({ title, action, words, fields, step }, then);
};

function open_dialog({ title, action, words, fields, step, found }, then) {
	let asked = 0;
	const look = async () => {
		const number = ++asked;
		const show = (html) => number === asked && dialog.get_field("said").$wrapper.html(html);
		const values = { ...dialog.get_values(true) };
		delete values.said;
		const missing = fields.filter((df) => is_asked(df, values) && !values[df.fieldname]);
		missing.filter((df) => TYPED.includes(df.fieldtype)).forEach((df) => (values[df.fieldname] = "…"));
		const asks = missing.some((df) => !TYPED.includes(df.fieldtype)) ? null : step(values);
		dialog.get_primary_btn().prop("disabled", true);
		if (!asks) return show(`<p class="text-muted">${__("Fill in the fields to see who gets an email.")}</p>`);
		const progress = (so_far, of) => show(`<p role="status">${__("Checked {0} of {1} …", [so_far, of])}</p>`);
		const result = found || (await mentor_ispe.rehearse(asks, progress).catch(() => null));
		found = null;
		if (!result || number !== asked) return;
		show((words ? `<p>${words}</p>` : "") + said_beforehand(result));
		dialog.get_primary_btn().prop("disabled", result.refused.length >= result.of);
	};
	const watched = fields.map((df) => (TYPED.includes(df.fieldtype) ? df : { ...df, onchange: () => look(), on_change: () => look() }));
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [...watched, { fieldname: "said", fieldtype: "HTML" }],
		primary_action_label: action,
		async primary_action({ said, ...values }) {
			dialog.disable_primary_action();
			// Refused, which the server has said: the dialog stays with what was entered.
			if ((await Promise.resolve(then(values)).catch(() => false)) === false) dialog.enable_primary_action();
			else dialog.hide();
		},
		secondary_action_label: __("Not now"),
		secondary_action: () => dialog.hide(),
	});
	dialog.get_field("said").$wrapper.attr("aria-live", "polite");
	dialog.show();
	look();
	return dialog;
}

const is_asked = (df, values) =>
	df.reqd || (df.mandatory_depends_on && frappe.utils.eval(df.mandatory_depends_on.replace(/^eval:/, ""), { doc: values }));

// The same for a step with the record of a form, which is saved first when something was typed.
mentor_ispe.act_after_asking = async (frm, { method, args, done, ...dialog }) => {
	if (frm.is_dirty()) await frm.save();
	const step = (values) => ({ method: method.includes(".") ? method : `coordinator.${method}`, args: args(values) });
	return mentor_ispe.ask_before({ ...dialog, step }, (values) => mentor_ispe.act(frm, method, args(values), done));
};
