// One tap for "everyone was seen"; nobody is seen on a telephone call or by message.
const form = document.querySelector("form.slf-note");
const everyone = form.querySelector("[data-everyone]");

everyone.hidden = false;
everyone.addEventListener("click", () => {
  for (const box of form.querySelectorAll('[data-how="seen"]')) box.checked = true;
  form.elements.nobody.checked = false;
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

form.addEventListener("input", ({ target }) => {
  if ((target.name === "nobody" && target.checked) || (target.name === "kind" && ["phone", "message"].includes(target.value))) {
    for (const box of form.querySelectorAll('[data-how="seen"], [data-how="alone"]')) box.checked = false;
  } else if (target.dataset?.how && target.dataset.how !== "not_seen") {
    form.elements.nobody.checked = false;
  }
});
