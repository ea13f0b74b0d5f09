// Today's visits on this device: one encrypted bundle for one person and one day. docs/adr/0029 says what it protects.
// The key is made of the PIN and of a secret this browser keeps and shows to no script. Gone at midnight, when somebody
// signs out or another person signs in, when the service says so, and after some wrong PINs.
const NAME = "at-hand";
const ROUNDS = 600000;
const AWAY = 5 * 60 * 1000;
const EASY = /^(.)\1*$|^0?123456789?0?$|^9?876543210?$/;

let tools, open, awaySince;
const one = (selector, inside = document) => inside.querySelector(selector);
const section = () => one("[data-at-hand]");
const read = () => tools.inStore("device", "readonly", (store) => store.get(NAME));
const keep = (taken) => tools.inStore("device", "readwrite", (store) => store.put(taken, NAME));

// The key

async function keyOf(pin, { salt, rounds, secret }) {
  const typed = await crypto.subtle.importKey("raw", tools.bytes(pin.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  const slow = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256);
  const bound = await crypto.subtle.sign("HMAC", secret, slow);
  return crypto.subtle.importKey("raw", bound, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const as = ({ iv, owner, until }) => ({ name: "AES-GCM", iv, additionalData: tools.bytes(`${owner} ${until}`) });

async function put(answer, pin) {
  const secret = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const [salt, iv] = [16, 12].map((length) => crypto.getRandomValues(new Uint8Array(length)));
  const { owner, left, ticket, wrong, bundle } = answer;
  const at = Date.now();
  const taken = { owner, ticket, wrong, salt, iv, secret, at, until: at + left * 1000, rounds: ROUNDS, tries: 0 };
  taken.number = bundle.stops.length;
  taken.body = await crypto.subtle.encrypt(as(taken), await keyOf(pin, taken), tools.bytes(JSON.stringify(bundle)));
  await keep(taken);
  return taken;
}

// A try counts before it is made: whoever ends the page in the middle has used one up.
async function unlock(pin) {
  const taken = await valid();
  if (!taken) return null;
  await keep({ ...taken, tries: taken.tries + 1 });
  try {
    const plain = await crypto.subtle.decrypt(as(taken), await keyOf(pin, taken), taken.body);
    await keep({ ...taken, tries: 0 });
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    const more = taken.wrong - taken.tries - 1;
    if (more < 1) await wipe("Too many wrong PINs: today's visits are wiped from this device.");
    else say(`This is not the PIN. ${more} more ${more === 1 ? "try" : "tries"}, then today's visits are wiped.`);
    return null;
  }
}

// How it goes

async function wipe(because) {
  await tools.inStore("device", "readwrite", (store) => store.delete(NAME));
  hide();
  tell(because);
}

function hide() {
  open = null;
  if (section()) one("[data-hand-visits]").hidden = one("[data-hand-left]").hidden = true;
}

async function valid() {
  const taken = await read();
  if (!taken) return null;
  if (tools.owner && tools.owner !== taken.owner) return wipe("");
  const now = Date.now();
  if (now >= taken.until || now < taken.at - 60000) return wipe("The visits that were on this device are gone: their day is over.");
  return taken;
}

async function askService({ ticket }) {
  try {
    const answer = await fetch("/casework/at-hand/still/", { headers: { "X-At-Hand": ticket } });
    if (answer.status === 410) await wipe("Today's visits are wiped from this device: what you may see has changed.");
  } catch {
    // No connection: they stay until midnight.
  }
}

function atMidnight({ until }) {
  setTimeout(valid, Math.min(until - Date.now() + 500, 2 ** 31 - 1));
}

// What the page says

function tell(what) {
  const here = section();
  if (!here) return;
  one("[data-hand-what]", here).textContent = what;
  here.hidden = !what;
  for (const part of ["[data-hand-pin]", "[data-hand-wipe]"]) one(part, here).hidden = true;
}

function say(what) {
  const wrong = one("[data-hand-wrong]");
  wrong.textContent = what;
  wrong.hidden = !what;
}

function locked(taken) {
  const here = section();
  if (!here) return;
  here.hidden = false;
  const number = `${taken.number} visit${taken.number === 1 ? " is" : "s are"}`;
  one("[data-hand-what]").textContent = `${number} kept encrypted on this device until midnight.`;
  one("[data-hand-pin]").hidden = false;
  one("[data-hand-wipe]").hidden = false;
  hide();
}

async function waiting() {
  const copies = await tools.inStore("sealed", "readonly", (store) => store.getAll());
  return new Set(copies.map(({ about }) => about));
}

async function show(bundle) {
  open = bundle;
  const place = one("[data-hand-visits]");
  const written = await waiting();
  const known = new Map([...place.children].map((child) => [child.dataset.planned, child]));
  for (const stop of bundle.stops) {
    if (!known.has(stop.planned)) place.append(card(stop, bundle, written.has(stop.planned)));
  }
  if (bundle.left) one("[data-hand-left]").hidden = false;
  place.hidden = false;
  one("[data-hand-pin]").hidden = true;
  one("h3", place)?.setAttribute("tabindex", "-1");
  one("h3", place)?.focus();
}

function card(stop, bundle, isWritten) {
  const part = one("template[data-hand-stop]").content.cloneNode(true).firstElementChild;
  part.dataset.planned = stop.planned;
  one("[data-name]", part).textContent = stop.name;
  one("[data-when]", part).textContent = [stop.at || "Today", stop.kind_name, stop.about].filter(Boolean).join(", ");
  const flags = one("[data-flags]", part);
  for (const flag of stop.flags) flags.append(make("li", make("strong", flag, "govuk-tag slf-tag")));
  flags.hidden = !stop.flags.length;
  for (const [term, lines] of told(stop)) one("[data-told]", part).append(make("dt", term), make("dd", ...lines.map((line) => make("div", line))));
  if (isWritten) state(part, "You have written about this visit. It is kept on this device and goes when you are connected and signed in.");
  one("[data-write]", part).addEventListener("click", ({ target }) => {
    target.hidden = true;
    part.append(form(stop, bundle, part));
  });
  return part;
}

function told(stop) {
  const who = stop.members.map(({ name, age, part }) => `${name}${age === null ? "" : `, ${age}`} (${part.toLowerCase()})`);
  const where = stop.places.flatMap(({ words, names, phones }) => [
    `${words}: ${names.join(", ")}`, ...phones.map((phone) => `${phone.number}: ${phone.names.join(", ")}`),
  ]);
  return [
    ["Who to see", who], ["Where and how", [...where, ...stop.left_out]], ["Safe contact", stop.safe_notes],
    ["Agreed last", [stop.agreed]], ["Next step", [stop.next_step]], ["Number", [stop.reference]],
  ].filter(([, lines]) => lines.some(Boolean));
}

function make(tag, ...inner) {
  const made = document.createElement(tag);
  if (tag === "strong") made.className = inner.pop();
  made.append(...inner);
  return made;
}

function state(part, text) {
  const line = one("[data-state]", part);
  line.textContent = text;
  line.hidden = false;
}

// The form: the same questions as on the page, sealed and sent as every note is

function form(stop, bundle, part) {
  const made = one("template[data-hand-form]").content.cloneNode(true).firstElementChild;
  made.dataset.about = stop.planned;
  const hidden = { planned: stop.planned, family_uid: stop.family, began_at: stop.at };
  for (const [name, value] of Object.entries(hidden)) made.append(Object.assign(make("input"), { type: "hidden", name, value }));
  for (const [value, label] of Object.entries(bundle.kinds)) {
    one("[data-kinds]", made).append(choice("radio", "kind", value, label, "govuk-radios", value === stop.kind));
  }
  for (const person of stop.members) if (person.asked) one("[data-who]", made).append(asked(person, bundle));
  for (const help of stop.helps) one("[data-helps] .govuk-details__text", made).append(helped(help, stop));
  one("[data-helps]", made).hidden = !stop.helps.length;
  const nobody = one("[name=nobody]", made);
  one(".slf-who__nobody label", made).htmlFor = nobody.id = `nobody-${stop.planned}`;
  made.elements.happened_on.value = bundle.day;
  made.addEventListener("submit", (event) => finish(event, made, part));
  made.addEventListener("slf:sent", ({ detail }) => sent(detail, made, part));
  tools.startNote(made);
  return made;
}

function choice(type, name, value, label, kind, checked = false) {
  const id = `${name}-${value}-${crypto.randomUUID()}`;
  const input = Object.assign(make("input"), { type, name, value, id, checked, className: `${kind}__input` });
  const words = Object.assign(make("label", label), { htmlFor: id, className: `govuk-label ${kind}__label` });
  return Object.assign(make("div", input, words), { className: `${kind}__item` });
}

function asked(person, { how, why }) {
  const made = one("template[data-hand-person]").content.cloneNode(true).firstElementChild;
  one("legend", made).textContent = `${person.name}${person.age === null ? "" : `, ${person.age}`}`;
  for (const [value, label] of Object.entries(how)) {
    if (value === "alone" && !person.is_child) continue;
    const one_ = choice("radio", `seen-${person.uid}`, value, label, "slf-who");
    one_.className = "slf-who__choice";
    one_.firstChild.dataset.how = value;
    one(".slf-who__choices", made).append(one_);
  }
  const box = one("select", made);
  box.name = `why-${person.uid}`;
  for (const [value, label] of [["", "Choose why"], ...Object.entries(why)]) box.append(Object.assign(make("option", label), { value }));
  made.addEventListener("change", () => (one(".slf-who__why", made).hidden = !one('[data-how="not_seen"]', made).checked));
  return made;
}

function helped({ name, method }, { members }) {
  const made = Object.assign(make("fieldset", make("legend", `${method}: who took part?`)), { className: "govuk-fieldset govuk-form-group" });
  for (const person of members) if (person.asked) made.append(choice("checkbox", name, person.uid, person.name, "govuk-checkboxes"));
  return made;
}

function missing(made) {
  const said = new FormData(made);
  const meets = !["phone", "message"].includes(said.get("kind"));
  const seen = [...said.keys()].filter((name) => name.startsWith("seen-"));
  if (!said.get("kind")) return "Choose what kind of contact it was";
  if (meets && !seen.length && !said.get("nobody")) return "Say who was seen, or that nobody was";
  for (const box of made.querySelectorAll(".slf-who__why:not([hidden]) select")) if (!box.value) return "Say why somebody was not seen";
  return said.get("note").trim() ? "" : "Enter what happened";
}

function finish(event, made, part) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const lacks = missing(made);
  const line = one("[data-missing]", made);
  line.textContent = lacks;
  line.hidden = !lacks;
  if (lacks || !made.slfNote) return line.focus();
  if (!made.elements.finished) made.append(Object.assign(make("input"), { type: "hidden", name: "finished", value: "yes" }));
  made.dispatchEvent(new Event("input", { bubbles: true }));
  state(part, "Written, and kept on this device. It is sent by itself when you are connected and signed in.");
}

function sent({ sent: isSaved, url }, made, part) {
  made.remove();
  state(part, isSaved ? "Saved as a visit. " : "Something is still asked of this note before it is a visit. ");
  one("[data-state]", part).append(Object.assign(make("a", "Open"), { href: url, className: "govuk-link" }));
}

// Taking along, on the page of the service

async function take(event) {
  event.preventDefault();
  const asking = event.target;
  const [first, again] = [asking.elements.pin.value, asking.elements.again.value];
  const short = first.length < Number(asking.dataset.figures);
  const wrong = short ? `Give at least ${asking.dataset.figures} figures or letters` : EASY.test(first) ? "Choose a PIN that is harder to guess" : first === again ? "" : "The two are not the same";
  const line = one("[data-take-wrong]");
  line.textContent = wrong;
  line.hidden = !wrong;
  if (wrong) return asking.elements.pin.focus();
  const headers = { "X-CSRFToken": tools.token(), Accept: "application/json" };
  const answer = await fetch(asking.action, { method: "POST", headers }).catch(() => null);
  if (!answer?.ok) return Object.assign(line, { hidden: false, textContent: "This did not work. Try again when you have a connection." });
  const taken = await put(await answer.json(), first);
  asking.reset();
  one("[data-hand-visits]").replaceChildren();
  locked(taken);
  section().scrollIntoView({ block: "start" });
  atMidnight(taken);
}

// Start: on every page of a device that has something, or that offers to

export async function start(given) {
  tools = given;
  const here = section();
  const taking = one("form[data-hand-take]");
  if (taking) {
    taking.hidden = false;
    taking.addEventListener("submit", take);
  }
  if (here) prepare();
  const taken = await valid();
  if (!taken) return;
  locked(taken);
  atMidnight(taken);
  askService(taken);
  addEventListener("online", () => askService(taken));
  addEventListener("pageshow", () => valid());
}

function prepare() {
  one("[data-hand-pin]").addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    const box = one("#hand-pin");
    const bundle = await unlock(box.value);
    box.value = "";
    if (bundle) show(bundle);
  });
  one("[data-hand-wipe]").addEventListener("click", () => wipe("Nothing is on this device any more."));
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "hidden") return (awaySince = Date.now());
    const taken = await valid();
    if (taken && open && Date.now() - awaySince > AWAY) locked(taken);
  });
}
