// Wakes the GOV.UK and MoJ parts, on load and in whatever htmx brings in later.
const { govukJs, mojJs } = document.documentElement.dataset;

async function wake(scope) {
  const { initAll } = await import(govukJs);
  initAll({ scope });
  if (scope.querySelector('[data-module^="moj-"]')) {
    const moj = await import(mojJs);
    moj.initAll({ scope });
  }
}

function offerPrinting(scope) {
  for (const button of scope.querySelectorAll("[data-slf-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// Escape closes the menu of a narrow screen and goes back to its button.
document.addEventListener("keydown", ({ key }) => {
  const toggle = document.querySelector('.govuk-js-service-navigation-toggle[aria-expanded="true"]');
  if (key !== "Escape" || !toggle || toggle.hidden) return;
  toggle.click();
  toggle.focus();
});

function arrive(scope) {
  offerPrinting(scope);
  return wake(scope);
}

arrive(document.body).then(() => document.documentElement.setAttribute("data-awake", ""));
document.body.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) arrive(target);
});
