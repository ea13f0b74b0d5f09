// Warns before a person is signed out, asks the server how long is left, and counts typing as activity.
// The server decides; this page only asks. Other tabs and saved drafts therefore count by themselves.
// "slf:signed-out" is heard before the page is left: event.detail.wait(promise) keeps it open up to two seconds.
// Nobody is taken away from what they are typing: the page says that they are signed out, and is left once they
// pause. A form that was typed into is sent then: the service keeps it and shows it again after signing in.

const POLL = { "X-SLF-Poll": "1", Accept: "application/json" };
const LOOK_WHILE_WARNING = 15;
const LONGEST_GOODBYE = 2000;

const dialog = document.getElementById("idle");
const stay = dialog.querySelector("[data-idle-stay]");
const said = dialog.querySelector("[data-idle-said]");
const warnBefore = Number(dialog.dataset.warn);
const tellEvery = Number(dialog.dataset.every);
let endsAt, timer, ticking;
let toldAt = 0;
let leaving = false;
let isOut = false;
let typedInto = null;

const now = () => Date.now() / 1000;
const after = (seconds, act) => {
  clearTimeout(timer);
  timer = setTimeout(act, Math.max(0, seconds) * 1000);
};

function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : stay.elements.csrfmiddlewaretoken.value;
}

async function ask(method, headers, { isTyping = false } = {}) {
  try {
    const answer = await fetch(dialog.dataset.stay, { method, headers });
    if (answer.status === 401) isTyping ? stayUntilPause() : leave();
    else if (answer.ok) follow(await answer.json());
    else tryLater();
  } catch {
    tryLater();
  }
}

const look = () => ask("GET", POLL);
const tell = (how) => ask("POST", { Accept: "application/json", "X-CSRFToken": token() }, how);

function tryLater() {
  if (now() < endsAt) after(5, look);
  else leave();
}

function follow({ left, may_stay: mayStay }) {
  endsAt = now() + left;
  if (left > warnBefore) {
    close();
    after(left - warnBefore, look);
  } else {
    warn(mayStay);
    after(Math.min(LOOK_WHILE_WARNING, left + 0.5), look);
  }
}

function warn(mayStay) {
  stay.hidden = !mayStay;
  dialog.querySelector("[data-idle-quiet]").hidden = !mayStay;
  dialog.querySelector("[data-idle-end]").hidden = mayStay;
  if (dialog.open || dialog.dataset.seen) return;
  dialog.showModal();
  count();
  ticking = setInterval(count, 1000);
}

function count() {
  const left = Math.max(0, Math.round(endsAt - now()));
  const minutes = Math.ceil(left / 60);
  const words = left > 60 ? `${minutes} minutes` : `${left} seconds`;
  for (const place of dialog.querySelectorAll("[data-idle-left]")) place.textContent = words;
  if ([60, 30, 10].includes(left)) said.textContent = `${words} left`;
}

function close() {
  clearInterval(ticking);
  if (dialog.open) dialog.close();
}

function stayUntilPause() {
  isOut = true;
  close();
  dialog.nextElementSibling.hidden = Boolean(document.querySelector("form[data-draft]"));
  after(warnBefore, leave);
}

async function leave() {
  if (leaving) return;
  leaving = true;
  clearTimeout(timer);
  close();
  const waits = [];
  document.dispatchEvent(new CustomEvent("slf:signed-out", { detail: { wait: (promise) => waits.push(promise) } }));
  const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_GOODBYE));
  await Promise.race([Promise.allSettled(waits), longest]);
  if (typedInto?.isConnected) HTMLFormElement.prototype.submit.call(typedInto);
  else location.assign(`${dialog.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

function typed({ target }) {
  const form = target.form;
  if (form?.method === "post" && !("draft" in form.dataset)) typedInto = form;
  if (isOut) after(warnBefore, leave);
  if (isOut || dialog.open || leaving || now() - toldAt < tellEvery) return;
  toldAt = now();
  tell({ isTyping: true });
}

stay.addEventListener("submit", (event) => {
  event.preventDefault();
  tell();
});
dialog.addEventListener("cancel", (event) => {
  if (stay.hidden) {
    dialog.dataset.seen = "yes";
    return;
  }
  event.preventDefault();
  tell();
});
document.addEventListener("input", typed);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
addEventListener("pageshow", (event) => event.persisted && look());
follow({ left: Number(dialog.dataset.left), may_stay: dialog.dataset.mayStay === "true" });
