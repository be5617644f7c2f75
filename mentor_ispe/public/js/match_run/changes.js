// Changes by hand: each asks the server, which keeps the rules, and gives back what to say of it.
import { choose, choose_mentor } from "./places.js";
import { change, read } from "./server.js";

export class Changes {
	static KINDS = {
		pin: "pin",
		unpin: "unpin",
		move: "move",
		moderate: "moderate",
		"take-out": "take_out",
		"add-mentor": "add_mentor",
		"remove-mentor": "remove_mentor",
		forbid: "forbid",
		release: "release",
	};

	constructor(page) {
		this.page = page;
		this.last = null; // how to take the last change back
	}

	async pin({ mentee, mentor, mentee_name, mentor_name }) {
		if (!(await this.ask("pin", { mentee, mentor }))) return null;
		return { text: __("{0} and {1} will stay together in this and later runs.", [mentee_name, mentor_name]) };
	}

	async unpin({ mentee, mentor, mentee_name, mentor_name }) {
		if (!(await this.ask("unpin", { mentee, mentor }))) return null;
		return { text: __("{0} and {1} are no longer pinned. The next run can separate them.", [mentee_name, mentor_name]) };
	}

	async forbid({ mentee, mentor, mentee_name, mentor_name }) {
		const reason = await ask_why(mentee_name, mentor_name);
		if (reason === null) return null;
		const effect = await this.ask("forbid", { mentee, mentor, reason });
		return effect && told(effect, __("{0} and {1} will never be matched.", [mentee_name, mentor_name]));
	}

	async release({ mentee, mentee_name }) {
		const effect = await this.ask("release", { mentee });
		return effect && told(effect, __("The next run decides about {0} again.", [mentee_name]));
	}

	async release_all() {
		const effect = await this.ask("release", {});
		return effect && told(effect, __("The next run decides about everyone again, except pins."));
	}

	take_out(row) {
		return this.move_to(row, {}, __("{0} is unmatched now.", [row.mentee_name]));
	}

	async move(row) {
		const { cycle } = this.page.figures;
		const found = await read("choices", { cycle, mentee: row.mentee, run: this.page.run });
		const chosen = await choose(row, found);
		if (!chosen) return null;
		const { place, other } = chosen;
		if (other) return this.swap(row, other);
		const text = place.mentor
			? __("{0} is now with {1}.", [row.mentee_name, place.title])
			: __("{0} is now in another circle.", [row.mentee_name]);
		return this.move_to(row, { mentor: place.mentor, group: place.group }, text);
	}

	async move_to(row, place, text) {
		const effect = await this.ask("move", { mentee: row.mentee, ...place });
		if (!effect) return null;
		const home = { mentor: row.mentor, group: this.page.proposals.is_grouped ? row.group_key : null };
		return this.undoable(told(effect, text), __("{0} was moved back.", [row.mentee_name]), async () => {
			const back = await change("move", { run: this.page.run, mentee: row.mentee, ...home });
			if (back && row.is_moderator) await change("moderate", { run: this.page.run, mentee: row.mentee });
			return back && this.released([row]);
		});
	}

	async swap(row, { mentee, mentee_name }) {
		const people = { mentee: row.mentee, other: mentee };
		const effect = await this.ask("swap", people);
		if (!effect) return null;
		const names = [row.mentee_name, mentee_name];
		return this.undoable(
			told(effect, __("{0} and {1} were swapped.", names)),
			__("{0} and {1} were moved back.", names),
			async () => {
				const back = await change("swap", { run: this.page.run, ...people });
				const others = this.page.proposals.rows.filter((one) => one.mentee === mentee);
				return back && this.released([row, ...others]);
			}
		);
	}

	async moderate(row) {
		const before = this.page.proposals.rows.find((one) => one.group_key === row.group_key && one.is_moderator);
		const effect = await this.ask("moderate", { mentee: row.mentee });
		if (!effect) return null;
		const text = row.mentor
			? __("{0} now moderates the group of {1}.", [row.mentee_name, row.mentor_name])
			: __("{0} now hosts the circle.", [row.mentee_name]);
		if (!before) return told(effect, text);
		return this.undoable(told(effect, text), __("{0} has the role again.", [before.mentee_name]), () =>
			change("moderate", { run: this.page.run, mentee: before.mentee })
		);
	}

	async add_mentor({ group_key, mentor_name }) {
		const group = { run: this.page.run, group: group_key };
		const place = await choose_mentor(mentor_name, await read("mentors_for_group", group));
		if (!place) return null;
		const { mentor, title } = place;
		const effect = await this.ask("add_mentor", { group: group_key, mentor });
		if (!effect) return null;
		const names = [title, mentor_name];
		return this.undoable(
			told(effect, __("{0} now leads the group with {1}.", names)),
			__("{0} is unmatched now.", [title]),
			() => change("remove_mentor", { ...group, mentor })
		);
	}

	async remove_mentor({ group_key, mentor_name, co_mentors }, { mentor }) {
		const effect = await this.ask("remove_mentor", { group: group_key, mentor });
		const { mentor_name: title } = co_mentors.find((one) => one.mentor === mentor);
		return effect && this.undoable(
			told(effect, __("{0} is unmatched now.", [title])),
			__("{0} now leads the group with {1}.", [title, mentor_name]),
			() => change("add_mentor", { run: this.page.run, group: group_key, mentor })
		);
	}

	// Whoever wasn't kept by hand before a change that is taken back, isn't so after it.
	async released(rows) {
		let effect = {};
		for (const { mentee } of rows.filter(({ by_hand }) => !by_hand)) {
			effect = await change("release", { run: this.page.run, mentee });
		}
		return effect;
	}

	// Something that can't be taken back here ends what could be before.
	async ask(what, values) {
		const effect = await change(what, { run: this.page.run, ...values });
		if (effect) this.last = null;
		return effect;
	}

	undoable(said, text, take_back) {
		this.last = { text, take_back };
		return { ...said, can_undo: true };
	}

	async undo() {
		if (!this.last) return null;
		const { text, take_back } = this.last;
		const effect = await take_back();
		if (!effect) return null;
		this.last = null;
		return told(effect, text);
	}
}

const told = (effect, text) => ({ ...effect, text });

function ask_why(mentee_name, mentor_name) {
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __("Never match {0} and {1}", [mentee_name, mentor_name].map(frappe.utils.escape_html)),
			fields: [
				{
					fieldname: "reason",
					fieldtype: "Small Text",
					label: __("Why"),
					description: __("Visible to coordinators only. Applies to every run of this cycle."),
				},
			],
			primary_action_label: __("Never match"),
			primary_action({ reason }) {
				resolve(reason || "");
				dialog.hide();
			},
		});
		dialog.onhide = () => resolve(null);
		dialog.show();
	});
}
