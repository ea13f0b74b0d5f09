from html.parser import HTMLParser

import pytest
from django.template import engines
from django.test import RequestFactory

VOID = frozenset({"input", "br", "meta", "link", "path", "rect", "circle", "img"})


class Node:
    """One element of a page, as a test asks for it."""

    def __init__(self, name, attrs, parent=None):
        self.name, self.attrs, self.parent = name, dict(attrs), parent
        self.children, self.words = [], []

    def __getitem__(self, attribute):
        return self.attrs[attribute]

    def get(self, attribute):
        return self.attrs.get(attribute)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def all(self, tag=None, /, **attrs):
        """Return the elements below with this name and these attributes; ``cls`` is one of their classes."""
        wanted = attrs.pop("cls", None)
        return [
            node
            for node in self.walk()
            if (tag is None or node.name == tag)
            and all(node.get(key.replace("_", "-")) == value for key, value in attrs.items())
            and (wanted is None or wanted in (node.get("class") or "").split())
        ]

    def one(self, tag=None, /, **attrs):
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    def walk(self):
        for child in self.children:
            yield child
            yield from child.walk()


class Tree(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.root = self.here = Node("page", ())
        self.feed(str(markup))

    def handle_starttag(self, name, attrs):
        node = Node(name, attrs, self.here)
        self.here.children.append(node)
        if name not in VOID:
            self.here = node

    def handle_startendtag(self, name, attrs):
        self.here.children.append(Node(name, attrs, self.here))

    def handle_endtag(self, name):
        node = self.here
        while node.parent and node.name != name:
            node = node.parent
        self.here = node.parent or self.root

    def handle_data(self, words):
        node = self.here
        while node:
            node.words.append(words)
            node = node.parent


def read(markup) -> Node:
    return Tree(markup).root


@pytest.fixture
def draw():
    """Return ``draw("{% tag 'x' %}", name=value) -> Node``."""

    def make(lines, **context):
        request = context.pop("request", None) or RequestFactory().get("/families/", context.pop("asked", {}))
        return read(engines["django"].from_string(lines).render(context, request))

    return make
