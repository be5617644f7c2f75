// Comfort only: messages are sent without leaving the page, and new ones appear. The form works without this.

const list = document.getElementById("messages");
const form = document.querySelector("form[data-conversation]");
const api = "/api/method/mentor_ispe.api.messages.";
const LARGEST_MB = 20;
const OFTEN = 10000;
const SELDOM = 60000;
const IDLE = 5 * 60000;

let newest = Number(list?.dataset.newest || 0);
let last_heard = Date.now();
let asking = false;
let timer;

const field = (name) => form.elements[name];
const token_of_page = document.querySelector("input[name=csrf_token]")?.value || "";
const new_token = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const at_end = () => window.innerHeight + window.scrollY >= document.body.scrollHeight - 200;

// The server's own HTML, the same that the page has; forms in it get the token of this session.
function show(html) {
	list.insertAdjacentHTML("beforeend", html);
	document.querySelector("[data-until-written]")?.remove(); // somebody has said hello
	for (const input of list.querySelectorAll("input[name=csrf_token]")) input.value = token_of_page;
}

async function look() {
	if (asking || document.hidden) return;
	asking = true;
	try {
		const asked = new URLSearchParams({ group: list.dataset.group, after: newest });
		const answer = await fetch(`${api}newer`, {
			method: "POST",
			headers: { Accept: "application/json", "X-Frappe-CSRF-Token": token_of_page },
			body: asked,
		});
		if (!answer.ok) return;
		const found = (await answer.json()).message;
		if (found.newest > newest) {
			const follow = at_end();
			newest = found.newest;
			last_heard = Date.now();
			show(found.html);
			if (follow) list.lastElementChild.scrollIntoView({ block: "nearest" });
		}
	} catch {
		// without a connection; the next look may have one
	} finally {
		asking = false;
	}
}

function look_again() {
	clearTimeout(timer);
	timer = setTimeout(async () => {
		await look();
		look_again();
	}, Date.now() - last_heard < IDLE ? OFTEN : SELDOM);
}

function say(words) {
	form.querySelector("[data-words]").textContent = words;
}

async function send(event) {
	event.preventDefault();
	if (form.dataset.sending) return;
	const file = field("file").files[0];
	if (file && file.size > LARGEST_MB * 1024 * 1024) {
		say(form.dataset.tooLarge.replace("{0}", LARGEST_MB));
		return;
	}
	form.dataset.sending = "1";
	form.setAttribute("aria-busy", "true");
	say("");
	try {
		const answer = await fetch(form.action, {
			method: "POST",
			headers: { Accept: "application/json" },
			body: new FormData(form),
		});
		if ([400, 401, 403].includes(answer.status)) {
			form.submit(); // signed out meanwhile: the page that comes keeps what was typed
			return;
		}
		if (answer.ok) {
			form.reset();
			field("text").value = "";
			field("token").value = new_token();
			field("text").focus();
			last_heard = Date.now();
			await look();
			list.lastElementChild?.scrollIntoView({ block: "nearest" });
		} else {
			say((await words_of(answer)) || form.dataset.unsent);
		}
	} catch {
		say(form.dataset.unsent);
	} finally {
		delete form.dataset.sending;
		form.removeAttribute("aria-busy");
	}
}

async function words_of(answer) {
	try {
		const said = JSON.parse((await answer.json())._server_messages)[0];
		const plain = new DOMParser().parseFromString(JSON.parse(said).message, "text/html");
		return plain.body.textContent;
	} catch {
		return "";
	}
}

if (list && "group" in list.dataset) {
	form?.addEventListener("submit", send);
	document.addEventListener("visibilitychange", look);
	look_again();
}
