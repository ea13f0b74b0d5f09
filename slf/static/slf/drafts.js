// Notes that cannot be lost. While somebody types, a sealed copy lies on the device within a quarter of a second and
// the text on the server within a second of a pause. Only the service can open a copy, and only for its owner.
const SEAL_AFTER = 150;
const SAVE_AFTER = 600;
const SAVE_AT_LEAST_EVERY = 2500;
const TRY_AGAIN_AFTER = 2000;
const TRY_AGAIN_AT_LEAST = 30000;
const ANSWER_WITHIN = 10000;
const GOODBYE = [50, 100, 200];
const KEEPALIVE_LIMIT = 60 * 1024;
const SITTING = 12 * 60 * 60 * 1000;
const OFFLINE = "No connection: your note is kept safe on this device";
const SIGNED_OUT = "You are signed out: your note is kept safe";

const frame = document.getElementById("slf-drafts");
const pause = (time) => new Promise((done) => setTimeout(done, time));
const bytes = (text) => new TextEncoder().encode(text);
const asBase64 = (buffer) => {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
};
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// The device: two small stores. `sealed` holds ciphertext; `device` says whose notes are kept now, and the public key.

let opened;
function stores() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("slf-drafts", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("sealed", { keyPath: ["owner", "uid", "writer"] });
      asked.result.createObjectStore("device");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function inStore(name, mode, work) {
  const database = await stores();
  return new Promise((done, failed) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(name));
    transaction.oncomplete = () => done(asked?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

// Two copies can be sealed at once; the older one may be done last.
async function keepNewest(copy) {
  await inStore("sealed", "readwrite", (store) => {
    const asked = store.get([copy.owner, copy.uid, copy.writer]);
    asked.onsuccess = () => (asked.result?.seq ?? 0) < copy.seq && store.put(copy);
  });
}

async function deleteUpTo(id, seq) {
  await inStore("sealed", "readwrite", (store) => {
    const asked = store.get(id);
    asked.onsuccess = () => asked.result?.seq <= seq && store.delete(id);
  });
}

// Whose device this is now

async function knownDevice() {
  const device = await inStore("device", "readonly", (store) => store.get("now"));
  return device && device.until > Date.now() ? device : null;
}

async function thisDevice(owner) {
  const known = await knownDevice();
  if (!owner || known?.owner === owner) return known;
  const answer = await fetch("/drafts/device/", { headers: { Accept: "application/json" } });
  if (!answer.ok) return null;
  const device = { ...(await answer.json()), until: Date.now() + SITTING };
  await inStore("device", "readwrite", (store) => store.put(device, "now"));
  return device;
}

// With whose notes these are, today's visits that were taken along go too.
const forgetDevice = () => inStore("device", "readwrite", (store) => store.clear());

// Nobody is signed out before the device has forgotten them.
async function signOut(event) {
  event.preventDefault();
  await Promise.race([forgetDevice().catch(() => {}), pause(ANSWER_WITHIN)]);
  HTMLFormElement.prototype.submit.call(event.target);
}

// Sealing

async function seal(device, inner) {
  const bearer = await crypto.subtle.importKey(
    "spki", fromBase64(device.key), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"],
  );
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bound = { name: "AES-GCM", iv, additionalData: bytes(device.owner) };
  const body = await crypto.subtle.encrypt(bound, key, bytes(JSON.stringify(inner)));
  const wrapped = await crypto.subtle.wrapKey("raw", key, bearer, { name: "RSA-OAEP" });
  return { key: asBase64(wrapped), iv: asBase64(iv), body: asBase64(body) };
}

// Talking to the service

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

async function send(method, address, body, { owner, keepalive = false }) {
  const headers = {
    "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token(), "X-Draft-Owner": owner,
  };
  const text = JSON.stringify(body);
  // A request that outlives its page may carry 64 KiB; above that the browser refuses it whole.
  const outlives = keepalive && bytes(text).length < KEEPALIVE_LIMIT;
  const signal = outlives ? undefined : AbortSignal.timeout(ANSWER_WITHIN);
  try {
    return await fetch(address, { method, headers, body: text, keepalive: outlives, redirect: "manual", signal });
  } catch {
    return null;
  }
}

// A visit that was finished without a connection is sent by the device; what it lacks is asked on its page.
async function sendOn(kept, owner) {
  if (!kept.send) return kept;
  const answer = await send("POST", kept.send, {}, { owner });
  return answer?.ok ? { ...kept, ...(await answer.json()) } : null;
}

// One note on one page

class Note {
  constructor(form, device) {
    Object.assign(this, { form, device, uid: form.dataset.draft || crypto.randomUUID() });
    this.revision = Number(form.dataset.revision || 0);
    const { kind, page, family } = form.dataset;
    this.of = kind ? { kind, page, ...(family ? { family } : {}) } : null;
    this.writer = crypto.randomUUID();
    this.seq = this.sealed = this.saved = this.failures = 0;
    this.state = "";
    this.line = form.querySelector("[data-status]");
    this.spoken = form.querySelector("[data-spoken]");
    navigator.locks?.request(`slf-draft-${this.writer}`, () => new Promise(() => {}));
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pagehide", () => this.seq > this.saved && !this.isThrown && this.put({ keepalive: true }));
    for (const away of document.querySelectorAll("form[data-throw-away]")) {
      away.addEventListener("submit", (event) => this.throwAway(event, away));
    }
    addEventListener("online", () => this.save());
    document.addEventListener("slf:signed-out", (event) => event.detail.wait(this.sealNow()));
  }

  // Thrown away: what is still on its way is waited for, nothing more is sent, and the device forgets its copies.
  async throwAway(event, away) {
    if (this.isThrown) return;
    event.preventDefault();
    this.isThrown = true;
    clearTimeout(this.timer);
    clearTimeout(this.retry);
    await Promise.allSettled([this.saving, this.sealing]);
    await deleteUpTo([this.device.owner, this.uid, this.writer], Infinity);
    const writer = Object.assign(document.createElement("input"), { type: "hidden", name: "draft-writer" });
    writer.value = this.writer;
    away.append(writer);
    HTMLFormElement.prototype.submit.call(away);
  }

  changed() {
    if (this.isThrown) return;
    this.seq += 1;
    this.say("", "Saving…");
    this.sealSoon();
    this.saveSoon();
  }

  content() {
    const answers = {};
    for (const [name, value] of new FormData(this.form)) {
      if (name !== "csrfmiddlewaretoken" && !name.startsWith("draft-")) (answers[name] ??= []).push(value);
    }
    return answers;
  }

  now() {
    const written = { base: this.revision, writer: this.writer, seq: this.seq, content: this.content() };
    return this.of ? { ...written, of: this.of } : written;
  }

  // On the device

  async sealSoon() {
    if (this.sealing) return this.sealing;
    this.sealing = pause(SEAL_AFTER).then(() => this.sealNow()).finally(() => (this.sealing = null));
    await this.sealing;
    if (this.seq > this.sealed) return this.sealSoon();
  }

  async sealNow() {
    const { uid, writer, seq, device } = this;
    if (seq === this.sealed || this.isThrown) return;
    const copy = await seal(device, { uid, written: this.now() });
    const about = this.form.dataset.about ? { about: this.form.dataset.about } : {};
    await keepNewest({ owner: device.owner, uid, writer, seq, ...copy, ...about });
    this.sealed = Math.max(this.sealed, seq);
  }

  // On the server

  saveSoon(time = SAVE_AFTER) {
    clearTimeout(this.timer);
    this.waitingSince ??= Date.now();
    const latest = Math.max(0, this.waitingSince + SAVE_AT_LEAST_EVERY - Date.now());
    this.timer = setTimeout(() => this.save(), Math.min(time, latest));
  }

  save() {
    if (this.saving) return this.saving;
    clearTimeout(this.timer);
    this.waitingSince = null;
    this.saving = this.saveOnce().finally(() => {
      this.saving = null;
      if (this.seq > this.saved && this.state === "saved") this.saveSoon();
    });
    return this.saving;
  }

  async saveOnce() {
    if (this.seq === this.saved || this.isThrown) return;
    await this.sealNow();
    const seq = this.seq;
    const answer = await this.put({});
    if (answer?.ok) return this.kept(seq, await answer.json());
    if (answer?.status === 401) return this.signedOut(await answer.json());
    // A browser that was ended has lost its token with its session: asking once gives another, or says "signed out".
    if (answer?.status === 403) {
      const asked = await fetch("/drafts/device/", { headers: { Accept: "application/json" } }).catch(() => null);
      if (asked?.status === 401) return this.signedOut(await asked.json());
    }
    this.say("offline", answer ? "This cannot be saved now: your note is kept safe on this device" : OFFLINE);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.save(), Math.min(TRY_AGAIN_AFTER * 2 ** this.failures, TRY_AGAIN_AT_LEAST));
    this.failures += 1;
  }

  put(options) {
    return send("PUT", `/drafts/${this.uid}/`, this.now(), { owner: this.device.owner, ...options });
  }

  async kept(seq, answer) {
    const sentAs = this.uid;
    this.saved = seq;
    this.failures = 0;
    this.revision = answer.revision;
    this.uid = answer.uid;
    if (this.form.dataset.open !== undefined) this.offerToOpen(answer.url);
    const sent = await sendOn(answer, this.device.owner);
    if (sent?.sent !== undefined) this.form.dispatchEvent(new CustomEvent("slf:sent", { bubbles: true, detail: sent }));
    if (answer.uid !== sentAs) this.becameACopy(answer.url);
    if (sent) await deleteUpTo([this.device.owner, sentAs, this.writer], seq);
    if (this.seq === seq) this.say("saved", `Draft saved ${answer.saved_at}${this.isCopy ? ", as a second copy" : ""}`);
  }

  becameACopy(url) {
    this.isCopy = true;
    this.form.action = url;
  }

  offerToOpen(url) {
    const link = this.form.querySelector("[data-open-note]");
    link.href = url;
    link.hidden = false;
  }

  signedOut(problem) {
    this.say("signed-out", SIGNED_OUT);
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = problem.address || `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = "Sign in again";
    this.line.append(". ", link);
  }

  // The line that says where the note is. What is spoken changes with the state, not with each save.

  say(state, text) {
    this.line.hidden = false;
    this.line.textContent = text;
    this.line.dataset.status = state;
    if (state && state !== this.state) this.spoken.textContent = text;
    this.state = state || this.state;
  }

  // Sending: first everything is safe, then the form goes its ordinary way

  async submit(event) {
    if (this.seq === this.saved) return this.handOver();
    event.preventDefault();
    while (this.seq > this.saved) {
      const before = this.saved;
      await this.save();
      if (this.saved === before) return this.line.scrollIntoView({ block: "center" });
    }
    this.form.requestSubmit(event.submitter);
  }

  handOver() {
    this.hand("draft-writer", this.writer);
    this.hand("draft-seq", this.seq);
    this.hand("draft-base", this.revision);
    this.hand("csrfmiddlewaretoken", token());
  }

  hand(name, value) {
    const field = this.form.elements[name] ?? Object.assign(document.createElement("input"), { type: "hidden", name });
    if (!field.isConnected) this.form.append(field);
    field.value = value;
  }
}

// Leftovers of this owner go to the server; another person's stay as they are and are never shown

async function isOpenElsewhere(writer) {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some((lock) => lock.name === `slf-draft-${writer}`);
}

// A page that is just being left lets go of its note a moment after the next one has arrived.
async function isFree(writer) {
  for (const wait of GOODBYE) {
    if (!(await isOpenElsewhere(writer))) return true;
    await pause(wait);
  }
  return false;
}

async function recover(device) {
  const copies = await inStore("sealed", "readonly", (store) => store.getAll());
  const found = [];
  for (const { owner, uid, writer, seq, key, iv, body } of copies) {
    if (owner !== device.owner || !(await isFree(writer))) continue;
    const answer = await send("POST", "/drafts/recover/", { key, iv, body }, { owner });
    if (!answer || answer.status === 401) break;
    if (answer.status === 422) found.push({ unreadable: true });
    if (!answer.ok) continue;
    const kept = await sendOn(await answer.json(), owner);
    if (!kept) continue;
    await deleteUpTo([owner, uid, writer], seq);
    found.push(kept);
  }
  return found;
}

function showRecovered(found) {
  const sent = found.filter((one) => one.sent);
  if (sent.length) tell("sent", `${sent.length} visit${sent.length === 1 ? "" : "s"} written without a connection saved`, sent);
  const notes = found.filter((one) => one.was_new && !one.sent);
  if (notes.length) tell("recovered", `${notes.length} unsent note${notes.length === 1 ? "" : "s"} recovered`, notes);
  const lost = found.filter((one) => one.unreadable).length;
  if (lost) tell("unreadable", `${lost} note${lost === 1 ? "" : "s"} on this device cannot be opened. Tell the service desk.`, []);
}

function tell(kind, text, notes) {
  const part = frame.querySelector("template").content.cloneNode(true);
  const notice = part.firstElementChild;
  notice.dataset.notice = kind;
  notice.querySelector("[data-text]").textContent = text;
  const link = notice.querySelector("a");
  link.href = notes.length === 1 ? notes[0].url : "/";
  link.hidden = !notes.length;
  document.getElementById("main-content").prepend(part);
}

// Start

// The server may know more than this page shows: the page before sent its last words, or a copy, while it was left.
async function isBehind({ dataset: { draft, revision } }) {
  if (!draft) return false;
  const answer = await fetch(`/drafts/${draft}/`, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok && (await answer.json()).revision > Number(revision);
}

async function startNote(form) {
  const device = await thisDevice(frame.dataset.owner);
  if (!device) return form.dispatchEvent(new CustomEvent("slf:nobody", { bubbles: true }));
  const found = frame.dataset.owner ? await recover(device) : [];
  sessionStorage.setItem("slf-recovered", JSON.stringify(found));
  if (frame.dataset.owner && (await isBehind(form))) return location.reload();
  afterReload();
  form.slfNote = new Note(form, device);
  form.dataset.ready = "";
}

function afterReload() {
  const found = JSON.parse(sessionStorage.getItem("slf-recovered") || "[]");
  sessionStorage.removeItem("slf-recovered");
  showRecovered(found);
}

// Today's visits that were taken along are looked after on every page of a device that has some.
async function todaysVisits() {
  const taken = await inStore("device", "readonly", (store) => store.get("at-hand"));
  if (!taken && !document.querySelector("[data-at-hand]")) return;
  const { start: look } = await import(frame.dataset.atHand);
  await look({ inStore, asBase64, fromBase64, bytes, token, startNote, owner: frame.dataset.owner });
}

async function start() {
  const form = document.querySelector("form[data-draft]");
  for (const out of document.querySelectorAll('form[action$="/logout/"]')) out.addEventListener("submit", signOut);
  await todaysVisits().catch(() => {});
  if (form) await startNote(form);
  else if (frame.dataset.owner) {
    const device = await thisDevice(frame.dataset.owner);
    if (device) showRecovered(await recover(device));
  }
  const worker = navigator.serviceWorker;
  if (worker && !worker.controller && frame.dataset.owner) worker.register("/sw.js");
}

if (frame && crypto.subtle && "indexedDB" in window) start();
