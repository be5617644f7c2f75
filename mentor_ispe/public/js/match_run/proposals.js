// Who is with whom: fifty at a time, by state, with a search; the weakest first.
import { Changes } from "./changes.js";
import { fill, has_scores, html, match_percent, number } from "./html.js";
import { group_cards, pairs_table, unmatched_table } from "./rows.js";
import { read } from "./server.js";

const PAGE = 50;
const PAGE_OF_GROUPS = 24;

export class Proposals {
	constructor(root, page) {
		this.root = root;
		this.page = page;
		this.changes = new Changes(page);
		this.state = null;
		this.search = "";
		root.addEventListener("click", (event) => this.clicked(event));
		root.addEventListener("input", frappe.utils.debounce((event) => this.typed(event), 300));
	}

	get is_grouped() {
		return this.page.figures.format !== "One-on-One";
	}

	// The states there are rows in, with their numbers.
	get states() {
		const labels = {
			Proposed: __("Proposed"),
			Published: __("Published"),
			Refused: __("Refused"),
			Unmatched: __("Unmatched"),
		};
		return Object.entries(labels)
			.map(([state, label]) => ({ state, label, ...(this.page.figures.counts[state] || { people: 0, groups: 0 }) }))
			.filter(({ people }) => people);
	}

	async show() {
		const states = this.states;
		if (!states.length) {
			fill(this.root, html`<p class="text-muted">${__("There is no one to match. Every approved mentee is in a group.")}</p>`);
			return;
		}
		if (!states.some(({ state }) => state === this.state)) this.state = states[0].state;
		fill(
			this.root,
			html`<div class="match-filters">
				<h3 class="match-title" id="match-rows-title">${
					this.is_grouped ? __("Groups") : __("Matches")
				}</h3>
				<div class="btn-group" role="group" aria-label="${__("Show")}">${states.map(
					({ state, label, people }) => html`<button class="btn btn-default btn-sm" data-state="${state}"
						aria-pressed="${state === this.state}">${label} <span class="match-count">${number(people)}</span></button>`
				)}</div>
				<label class="match-search"><span class="sr-only">${__("Search by name")}</span>
					<input type="search" class="form-control input-sm" placeholder="${__("Search by name")}" value="${this.search}"></label>
			</div>
			${this.kept()}
			<p class="match-said" role="status"></p>
			<div class="match-result" aria-live="off"></div>`
		);
		await this.load();
	}

	// What the next run leaves as it is, and how to let it decide anew.
	kept() {
		const { counts } = this.page.figures;
		const kept = ["Proposed", "Unmatched"].reduce((sum, state) => sum + (counts[state]?.by_hand || 0), 0);
		if (!kept || !this.page.may_change) return "";
		const words = kept === 1
			? __("1 change by hand is kept when you run this again.")
			: __("{0} changes by hand are kept when you run this again.", [number(kept)]);
		return html`<p class="match-kept">${words}
			<button class="btn btn-default btn-xs" data-act="release-all">${__("Release all")}</button></p>`;
	}

	async load(more = false) {
		const length = this.is_grouped && this.state !== "Unmatched" ? PAGE_OF_GROUPS : PAGE;
		this.rows = more ? this.rows : [];
		this.shown = more ? this.shown : 0;
		const asked = { run: this.page.run, state: this.state, search: this.search, start: this.shown, page_length: length };
		const { rows, total, grouped } = await read("proposals", asked);
		// Another state or search may have been asked for in the meantime.
		if (asked.state !== this.state || asked.search !== this.search || asked.run !== this.page.run) return;
		this.rows = [...this.rows, ...rows];
		this.total = total;
		this.shown = grouped ? new Set(this.rows.map((row) => row.group_key)).size : this.rows.length;
		this.draw(grouped);
	}

	draw(grouped) {
		const { figures, may_change } = this.page;
		const options = { may_change, state: this.state, mentors_max: figures.mentors_max, summary: figures.summary };
		let list = html`<p class="text-muted">${__("No one by that name.")}</p>`;
		if (this.rows.length && grouped) list = group_cards(this.rows, options);
		else if (this.rows.length && this.state === "Unmatched") list = unmatched_table(this.rows, options);
		else if (this.rows.length) list = pairs_table(this.rows, options);
		const left = this.total - this.shown;
		const place = this.root.querySelector(".match-result");
		if (!place) return; // drawn anew, or gone, while the rows were on their way
		fill(
			place,
			html`${list}<div class="match-more">
				<span class="text-muted">${__("{0} of {1} shown", [number(this.shown), number(this.total)])}</span>
				${left > 0 && html`<button class="btn btn-default btn-sm" data-act="more">${__("Show more")}</button>`}
			</div>`
		);
	}

	typed(event) {
		if (!event.target.matches("input[type=search]")) return;
		this.search = event.target.value.trim();
		this.load();
	}

	async clicked(event) {
		const button = event.target.closest("button");
		if (!button) return;
		if (button.dataset.state) {
			this.state = button.dataset.state;
			this.root.querySelectorAll("[data-state]").forEach((one) => one.setAttribute("aria-pressed", one === button));
			await this.load();
			return;
		}
		const { act } = button.dataset;
		if (act === "more") await this.load(true);
		if (act === "undo") await this.after(await this.changes.undo());
		if (act === "release-all") await this.after(await this.changes.release_all());
		if (act === "details") this.toggle(button);
		const line = button.closest("[data-row], [data-lead]");
		const row = line && this.rows.find(({ name }) => name === (line.dataset.row || line.dataset.lead));
		if (row && act in Changes.KINDS) await this.after(await this.changes[Changes.KINDS[act]](row, button.dataset));
	}

	toggle(button) {
		const details = document.getElementById(button.getAttribute("aria-controls"));
		details.hidden = !details.hidden;
		button.setAttribute("aria-expanded", String(!details.hidden));
	}

	// Show what a change did, in words, and the figures as they are now.
	async after(said) {
		if (!said) return;
		const before = this.page.figures;
		await this.page.load();
		const effect = in_words(before, this.page.figures);
		const place = this.root.querySelector(".match-said");
		if (!place) return;
		fill(
			place,
			html`<span>${said.text} ${effect}</span>
				${said.can_undo && html`<button class="btn btn-default btn-xs" data-act="undo">${__("Undo")}</button>`}
				${(said.warnings || []).map((words) => html`<span class="match-refusal">${words}</span>`)}`
		);
	}
}

// What a change did to the whole run; nothing where it did nothing.
function in_words(before, after) {
	if (before.matched === after.matched && before.average === after.average) return "";
	const matched = __("{0} of {1} matched", [number(after.matched), number(after.mentees_in)]);
	if (!has_scores(after.summary)) return `${matched}.`;
	const average = __("Average match: {0}, before {1}", [match_percent(after.average), match_percent(before.average)]);
	return `${average}. ${matched}.`;
}
