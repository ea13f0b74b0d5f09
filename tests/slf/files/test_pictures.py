"""What is kept of a picture: what is seen on it, and nothing of where, when and with what it was taken."""

import io
import struct

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from slf.files import pictures
from slf.files.pictures import without_whereabouts
from slf.files.rules import JPEG, PNG, WrongFile, kind_of
from tests.referrals.attachments.factories import picture, taken_at_the_refuge

ORIENTATION, MAKER = 0x0112, 0x010F


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


class TestOfAPictureIsKept:
    def test_no_position_maker_or_comment(self):
        content = taken_at_the_refuge()
        kept = without_whereabouts(content, JPEG)
        assert opened(content).getexif()
        assert not opened(kept).getexif()
        for told in (b"Exif", b"GPS", b"telephone", b"refuge"):
            assert told not in kept

    def test_no_text_in_a_png(self):
        told = PngInfo()
        told.add_itxt("Location", "12 Secret Street")
        kept = without_whereabouts(picture("PNG", pnginfo=told), PNG)
        assert b"Secret" not in kept
        assert opened(kept).info == {}

    def test_the_way_up_it_was_held(self):
        assert opened(without_whereabouts(taken_at_the_refuge(), JPEG)).size == (4, 6)

    @pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
    def test_every_kind_of_colour(self, mode):
        assert opened(without_whereabouts(picture("PNG", mode=mode), PNG)).size == (6, 4)

    def test_what_is_seen_through(self):
        content = picture("PNG", mode="RGBA")
        assert opened(without_whereabouts(content, PNG)).convert("RGBA").tobytes() == opened(content).tobytes()

    @pytest.mark.parametrize(("form", "kind"), [("JPEG", JPEG), ("PNG", PNG)])
    def test_the_kind_it_was(self, form, kind):
        assert kind_of(without_whereabouts(picture(form), kind)) is kind

    def test_the_same_each_time(self):
        content = taken_at_the_refuge()
        assert without_whereabouts(content, JPEG) == without_whereabouts(content, JPEG)


def with_maker_in_figures() -> bytes:
    """Return a picture whose camera wrote its maker as a number where letters belong."""
    told = Image.Exif()
    told[ORIENTATION], told[MAKER] = 6, "AB"
    content, letters, figures = picture("JPEG", exif=told), struct.pack(">HH", MAKER, 2), struct.pack(">HH", MAKER, 3)
    assert letters in content
    return content.replace(letters, figures)


class TestAPictureIsRefused:
    def test_whose_camera_wrote_nonsense(self):
        with pytest.raises(WrongFile, match="cannot be read"):
            without_whereabouts(with_maker_in_figures(), JPEG)

    @pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 made up", b"\xff\xd8\xff", picture("JPEG")[:-40]])
    def test_that_breaks_off(self, content):
        with pytest.raises(WrongFile, match="cannot be read"):
            without_whereabouts(content, JPEG)

    def test_that_is_a_png_which_breaks_off(self):
        with pytest.raises(WrongFile, match="cannot be read"):
            without_whereabouts(picture("PNG")[:40], PNG)

    def test_that_would_fill_the_memory(self, monkeypatch):
        monkeypatch.setattr(pictures, "MOST_PIXELS", 20)
        with pytest.raises(WrongFile, match="too many points"):
            without_whereabouts(picture("PNG"), PNG)

    def test_that_grows_too_large(self, monkeypatch):
        monkeypatch.setattr(pictures, "LARGEST", 10)
        with pytest.raises(WrongFile, match="10 MB or smaller"):
            without_whereabouts(picture("PNG"), PNG)
