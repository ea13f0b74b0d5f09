// Leaves at once, by the button or by pressing Shift three times, and takes this page's place in the history.
const ways = document.querySelectorAll("[data-leave]");
let pressed = 0;
let last = 0;

function leave() {
  document.body.hidden = true;
  window.location.replace(ways[0].href);
}

for (const way of ways) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

document.addEventListener("keyup", ({ key, timeStamp }) => {
  pressed = key === "Shift" && timeStamp - last < 3000 ? pressed + 1 : Number(key === "Shift");
  last = timeStamp;
  if (pressed >= 3) leave();
});

// Come back to by the Back button, it is asked for anew: it may have been left, or be gone.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) window.location.reload();
});
