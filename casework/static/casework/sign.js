// Makes a box to sign in with a finger or a mouse out of a field; what is drawn travels as lines between points.
const WIDE = 400;
const HIGH = 150;

function board(field) {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDE, height: HIGH, className: "slf-sign" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Box to sign in. Without a finger or a mouse, choose that they type their name.");
  const clear = Object.assign(document.createElement("button"), { type: "button", textContent: "Draw it again" });
  clear.className = "govuk-button govuk-button--secondary";
  const pen = canvas.getContext("2d");
  pen.lineWidth = 2.5;
  pen.lineCap = "round";
  let down = false;

  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [within(((clientX - left) / width) * WIDE, WIDE), within(((clientY - top) / height) * HIGH, HIGH)];
  };
  const go = (event, letter) => {
    const [x, y] = at(event);
    field.value = `${field.value} ${letter}${x} ${y}`.trim();
    if (letter === "M") pen.beginPath(), pen.moveTo(x, y);
    else pen.lineTo(x, y), pen.stroke();
  };
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    go(event, "M");
  });
  canvas.addEventListener("pointermove", (event) => down && go(event, "L"));
  canvas.addEventListener("pointerup", () => (down = false));
  clear.addEventListener("click", () => {
    field.value = "";
    pen.clearRect(0, 0, WIDE, HIGH);
  });
  pen.stroke(new Path2D(field.value));
  field.classList.add("govuk-visually-hidden");
  field.tabIndex = -1;
  field.setAttribute("aria-hidden", "true");
  field.after(canvas, clear);
}

document.querySelectorAll("[data-sign]").forEach(board);
