"""The smallest phone, a word that no phone shows in one line, and a script that names what sticks out."""

SMALLEST = 320
LONG = "Featherstonehaugh-Cholmondeley-Llanfairpwllgwyngyllgogerychwyrndrobwll"
TOO_WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth;
  const named = (element) => `${element.tagName} ${element.className}: ${element.textContent.trim()}`;
  return scrollWidth > clientWidth ? [...document.querySelectorAll("body *")].filter(sticksOut).map(named) : [];
}"""
