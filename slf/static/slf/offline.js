// The page a device keeps: its form shows only while somebody's sitting on this device lasts.
const form = document.querySelector("form[data-offline]");
const nobody = document.querySelector("[data-nobody]");

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("slf:nobody", () => (nobody.hidden = false));
new MutationObserver(() => (form.hidden = !("ready" in form.dataset))).observe(form, { attributes: true });
