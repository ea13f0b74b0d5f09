"""Documents with something in them: made here, so that nothing harmful is kept among the tests."""

import io
import zipfile
import zlib

TYPES = "[Content_Types].xml"
NS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return made.getvalue()


def word(document: str = "<document/>", types: str = "<Types/>", **more: str) -> bytes:
    return packed(**{TYPES: types, "word/document.xml": document, **more})


def excel(**more: str) -> bytes:
    return packed(**{TYPES: "<Types/>", "xl/workbook.xml": "<workbook/>", **more})


def related(
    kind: str, target: str, *, outside: bool = True, where: str = "word/_rels/document.xml.rels"
) -> dict[str, str]:
    mode = ' TargetMode="External"' if outside else ""
    one = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return {where: f'<Relationships xmlns="{NS}">{one}</Relationships>'}


def field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:document xmlns:w="w"><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:document>'


def with_objects_packed(words: bytes) -> bytes:
    """Return a PDF in which an object stands packed together with others, where nobody reads it as it stands."""
    inside = b"1 0 " + words
    stream = zlib.compress(inside)
    parts = [
        b"%PDF-1.5\n",
        b"3 0 obj\n<< /Type /Catalog >>\nendobj\n",
        b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream),
        stream + b"\nendstream\nendobj\n",
    ]
    content = b"".join(parts)
    places = {3: len(parts[0]), 2: len(parts[0]) + len(parts[1])}
    entries = b"\x00\x00\x00\x00\xff" + b"\x02" + (2).to_bytes(3, "big") + b"\x00"
    for number in (2, 3):
        entries += b"\x01" + places[number].to_bytes(3, "big") + b"\x00"
    entries += b"\x01" + len(content).to_bytes(3, "big") + b"\x00"
    table = b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 3 1] /Root 3 0 R /Length %d >>\nstream\n" % len(entries)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + table + entries + end
