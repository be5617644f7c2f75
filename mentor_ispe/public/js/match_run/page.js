// The result of a match run inside its form: drawn anew whenever the run has changed.
import { compare } from "./compare.js";
import { BUSY, headline, progress_markup } from "./headline.js";
import { counted, fill, html } from "./html.js";
import { draw_scores, fairness, notes, overview } from "./overview.js";
import { preview } from "./preview.js";
import { Proposals } from "./proposals.js";
import { change, read } from "./server.js";

const ASK_AGAIN = 1500; // milliseconds; for when the server's events don't arrive

export class MatchRunPage {
	constructor(frm) {
		this.frm = frm;
		this.root = document.createElement("div");
		this.root.className = "match-page";
		this.root.addEventListener("click", (event) => this.clicked(event));
		frappe.realtime.on("mentoring_match_progress", (said) => {
			if (said.run === this.run && this.is_busy) this.show_progress({ ...this.figures, progress: said });
		});
		frappe.realtime.on("mentoring_match_run", ({ run }) => run === this.run && this.look_again());
	}

	get is_busy() {
		return BUSY.includes(this.figures?.status);
	}

	get may_change() {
		return mentor_ispe.is_coordinator() && this.figures.status === "Ready";
	}

	get may_preview() {
		const { status, format } = this.figures;
		return mentor_ispe.is_coordinator() && format === "Group" && !BUSY.includes(status) && status !== "Published";
	}

	// Show the run of the form; called at each refresh.
	async show() {
		const place = this.frm.fields_dict.result_html.$wrapper.get(0);
		if (this.root.parentNode !== place) place.replaceChildren(this.root);
		if (this.run !== this.frm.docname) {
			this.run = this.frm.docname;
			this.figures = null;
			this.proposals = null;
			fill(this.root, html`<p class="text-muted" role="status">${__("Loading …")}</p>`);
		}
		await this.load();
	}

	async load() {
		const { run } = this;
		const figures = await read("figures", { run });
		if (run !== this.run) return;
		this.figures = figures;
		if (figures.status !== this.frm.doc.status && !this.frm.is_dirty()) {
			// The form is older than its run, which goes on by itself; its buttons would be the wrong ones.
			await this.frm.reload_doc();
			return;
		}
		if (this.is_busy) {
			this.proposals = null;
			this.show_progress(figures);
			this.wait();
			return;
		}
		if (!figures.ended_on || !figures.mentees_in) this.show_nothing();
		else await this.show_result();
	}

	show_nothing() {
		const { status, ended_on } = this.figures;
		const words = ended_on && status !== "Failed" && status !== "Stopped"
			? __("There was no one to match. Every approved mentee is in a group.")
			: __("Not run yet. Check the settings, then choose Run. Nobody is notified until you publish.");
		const preview = this.may_preview && html`<p><button class="btn btn-default btn-sm" data-act="preview">${__("Preview groups")}</button>
			<span class="text-muted">${__("A quick draft, within a few percent of the best result. Nothing is saved.")}</span></p>`;
		fill(this.root, html`<section class="match-card">${said(this.figures) || html`<p>${words}</p>`}${preview}</section>`);
	}

	async show_result() {
		const { figures } = this;
		if (!this.proposals) {
			fill(
				this.root,
				html`<div data-part="top"></div><div data-part="proposals"></div><div data-part="fairness"></div>`
			);
			this.proposals = new Proposals(this.part("proposals"), this);
		}
		this.chart?.destroy();
		fill(this.part("top"), html`${[said(figures), headline(figures), overview(figures), notes(figures)]}`);
		this.chart = draw_scores(this.root, figures);
		fill(this.part("fairness"), fairness(figures));
		await this.proposals.show();
	}

	part(name) {
		return this.root.querySelector(`[data-part="${name}"]`);
	}

	show_progress(figures) {
		fill(this.root, progress_markup(figures, mentor_ispe.is_coordinator()));
	}

	wait() {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.look_again(), ASK_AGAIN);
	}

	// Nobody is asked about a run that nobody looks at.
	async look_again() {
		clearTimeout(this.timer);
		if (this.frm.docname !== this.run || !this.root.offsetParent) return;
		const { run } = this;
		const figures = await read("figures", { run }).catch(() => null);
		if (run !== this.run) return;
		if (!figures) this.wait();
		else if (BUSY.includes(figures.status)) {
			this.figures = figures;
			this.show_progress(figures);
			this.wait();
		} else {
			await this.frm.reload_doc();
		}
	}

	async clicked(event) {
		const button = event.target.closest("button[data-act]");
		if (!button) return;
		if (button.dataset.act === "stop") await this.stop();
		if (button.dataset.act === "preview") await this.preview();
		if (button.dataset.act === "take-over") await this.take_over();
		if (button.dataset.act === "show-all") {
			button.parentNode.querySelectorAll("tr[hidden]").forEach((row) => row.removeAttribute("hidden"));
			button.remove();
		}
	}

	// What the buttons of the form do ---------------------------------------------------------

	async start() {
		if (!(await this.may_drop_what_was_added())) return;
		if (this.frm.is_dirty()) await this.frm.save();
		if (await change("start", { run: this.run })) await this.frm.reload_doc();
	}

	// The engine knows one mentor for each group: those added by hand aren't in its next result.
	async may_drop_what_was_added() {
		const added = this.figures?.added_by_hand || [];
		if (!added.length) return true;
		const names = added.map((one) => frappe.utils.escape_html(`${one.mentor_name} (${one.beside})`)).join(", ");
		const text = __("A new run removes the second mentors you added manually: {0}. Add them again when it has finished.", [names]);
		return new Promise((resolve) => frappe.confirm(text, () => resolve(true), () => resolve(false)));
	}

	async stop() {
		if (!(await change("stop", { run: this.run }))) return;
		frappe.show_alert({ message: __("The run will stop shortly."), indicator: "orange" });
		await this.look_again();
	}

	// Its worker is gone: what it was about to do is begun anew.
	async take_over() {
		const what = this.figures.status === "Publishing" ? "publish" : "start";
		if (await change(what, { run: this.run })) await this.frm.reload_doc();
	}

	async preview() {
		if (this.frm.is_dirty()) await this.frm.save();
		await preview(this);
	}

	compare() {
		return compare(this.figures);
	}

	publish() {
		const { counts, announcement, answer_days, status } = this.figures;
		const { people = 0, groups = 0 } = counts.Proposed || {};
		if (status !== "Ready" || !people) {
			frappe.msgprint(__("This run proposes no matches, so there is nothing to publish. Change the settings and run it again."));
			return;
		}
		const told = announcement
			? __("Everyone is notified on {0}. Members can't see their matches before then.", [frappe.datetime.str_to_user(announcement)])
			: __("Everyone is notified right away.");
		const made = this.figures.format === "One-on-One"
			? __("To be created: {0}.", [counted("pairs", groups)])
			: __("To be created: {0} with {1}.", [counted("groups", groups), counted("people", people)]);
		const rules = __("Membership, places and all other rules are checked again for each match. Matches that fail stay here with the reason.");
		const time = answer_days === 1 ? __("They have 1 day to respond.") : __("They have {0} days to respond.", [answer_days]);
		const lines = [made, told, time, rules];
		const dialog = new frappe.ui.Dialog({
			title: __("Publish this run?"),
			fields: [{ fieldname: "words", fieldtype: "HTML" }],
			primary_action_label: __("Publish"),
			primary_action: async () => {
				dialog.hide();
				if (await change("publish", { run: this.run })) await this.frm.reload_doc();
			},
			secondary_action_label: __("Not yet"),
			secondary_action: () => dialog.hide(),
		});
		const words = html`<div class="match-page"><ul class="match-list">${lines.map((line) => html`<li>${line}</li>`)}</ul></div>`;
		fill(dialog.fields_dict.words.$wrapper.get(0), words);
		dialog.show();
	}

	async rematch() {
		const made = await change("new_run", { cycle: this.figures.cycle });
		if (made) frappe.set_route("Form", "Mentoring Match Run", made.name);
	}
}

function said({ status, message, announce_on }) {
	if (!message) return "";
	const tone = { Failed: "red", Stopped: "orange", Published: "green" }[status] || "blue";
	const told = announce_on && __("Visible to members from {0}.", [frappe.datetime.str_to_user(announce_on)]);
	return html`<p class="match-message ${tone}" role="status">${message} ${told}</p>`;
}
