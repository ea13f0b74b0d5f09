"""Row security of names: with the household, and with the person unless they are protected."""

from slf.access.policies import ProtectRecord, mine


class ProtectName(ProtectRecord):
    """Few rows of one person are read at a time, so the person's scopes may be asked for row by row."""

    def readable(self) -> str:
        card = mine("read", self.record_class)
        return f"scope_id = any ({card}) or (not protected and slf.person_scopes(person_id) && {card})"
