"""What a page must hold in every browser test: it is whole, axe finds nothing, and no phone scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
SMALLEST = 320
LONG = "Featherstonehaugh-Cholmondeley-Llanfairpwllgwyngyllgogerychwyrndrobwll"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOO_WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth;
  const named = (element) => `${element.tagName} ${element.className}: ${element.textContent.trim()}`;
  return scrollWidth > clientWidth ? [...document.querySelectorAll("body *")].filter(sticksOut).map(named) : [];
}"""


def barriers(page: Page) -> list:
    """Return what axe finds, with the elements; a page that a link led to may have only begun, and is waited for."""
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def check(page: Page) -> None:
    """Axe finds nothing, and the page fits a laptop and a phone; the width of the window stays as it was."""
    assert barriers(page) == [], page.url
    for size in (PHONE, LAPTOP, page.viewport_size):
        page.set_viewport_size(size)
        assert (page.url, page.evaluate(TOO_WIDE)) == (page.url, [])


def press(page: Page, name: str) -> None:
    """Reach the button by keyboard and press it."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
