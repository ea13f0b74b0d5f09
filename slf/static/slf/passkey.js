// Passkeys. A form with data-passkey gets a credential from the device before it is sent:
// "sign-in" asks the server what to prove, "use" and "add" find it in the page (data-options).
(() => {
  const WORDS = {
    NotAllowedError: "Nothing was chosen, or it took too long. Try again.",
    InvalidStateError: "This device has a passkey for you here already.",
    NotSupportedError: "This device cannot make a passkey of this kind.",
    SecurityError: "Passkeys do not work at this address. Ask your administrator.",
  };
  const OTHERWISE = "The passkey did not work. Try again, or sign in another way.";
  const NONE = "This browser has no passkeys. Use an app on your phone.";
  const device = window.PublicKeyCredential && window.webauthnJSON;

  const inPage = (form) => JSON.parse(document.getElementById(form.dataset.options).textContent);

  async function fromServer(form) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return (await answer.json()).request_options;
  }

  function make(form) {
    const options = inPage(form);
    const alone = form.elements.passwordless.checked;
    const kind = { residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
    if (alone) kind.userVerification = "required";
    Object.assign(options.publicKey.authenticatorSelection, kind);
    return device.create(options);
  }

  const credential = {
    "sign-in": async (form) => device.get(await fromServer(form)),
    use: (form) => device.get(inPage(form)),
    add: make,
  };

  function say(form, words) {
    const problem = form.querySelector("[data-passkey-problem]");
    problem.textContent = words;
    problem.hidden = !words;
  }

  async function send(event) {
    event.preventDefault();
    const form = event.currentTarget;
    say(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await credential[form.dataset.passkey](form));
      form.submit();
    } catch (error) {
      say(form, WORDS[error.name] ?? OTHERWISE);
    }
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (device) {
      form.hidden = false;
      form.addEventListener("submit", send);
    } else if (!form.hidden) say(form, NONE);
  }
})();
