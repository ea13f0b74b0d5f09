from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from slf.drafts import sealing
from slf.drafts.sealing import CannotOpen, new_key, unseal
from tests.slf.drafts.sealed import seal

ANN, BEN = (SimpleNamespace(uid=uuid4()) for _ in range(2))


@pytest.fixture(autouse=True)
def _fresh():
    sealing.private_keys.cache_clear()
    yield
    sealing.private_keys.cache_clear()


class TestASealedCopy:
    def test_opens_for_its_owner_and_for_nobody_else(self):
        copy = seal({"note": "for Ann"}, owner=ANN)
        assert unseal(copy, owner=str(ANN.uid)) == {"note": "for Ann"}
        with pytest.raises(CannotOpen):
            unseal(copy, owner=str(BEN.uid))

    def test_still_opens_after_a_new_key_was_put_in_front(self, settings):
        old = settings.DRAFT_KEYS = new_key()
        copy = seal({"note": "older"}, owner=ANN)
        sealing.private_keys.cache_clear()
        settings.DRAFT_KEYS = (new_key() + old).replace("\n", "\\n")
        assert unseal(copy, owner=str(ANN.uid)) == {"note": "older"}

    def test_does_not_open_once_its_key_is_gone(self, settings):
        settings.DRAFT_KEYS = new_key()
        copy = seal({}, owner=ANN)
        sealing.private_keys.cache_clear()
        settings.DRAFT_KEYS = new_key()
        with pytest.raises(CannotOpen):
            unseal(copy, owner=str(ANN.uid))

    def test_needs_a_key_that_is_one(self, settings):
        settings.DRAFT_KEYS = "none"
        with pytest.raises(ImproperlyConfigured, match="SLF_DRAFT_KEYS"):
            sealing.public_key()
