"""Who reads a supervision: the two, whoever stands above the worker, and for the worker's own part the line above."""

from slf.access.policies import Protect, mine

KNOWN = "((select slf.supervisions_known())::bigint[])"
OWN = "((select slf.own_parts_open())::bigint[])"
ME = "(select slf.acting_user())"


class ProtectMeetings(Protect):
    """A meeting: written by who leads it, read by its people and those who stand above the worker."""

    def readable(self) -> str:
        return f"{self.writable()} or id = any ({KNOWN})"

    def writable(self) -> str:
        return f"(supervisor_id = {ME} and scope_id = any ({mine('write', self.record_class)}))"


class ProtectParts(Protect):
    """One worker's part of a meeting, without what is between the two. Each of the two signs it."""

    def readable(self) -> str:
        return f"supervision_id = any ({KNOWN})"

    def writable(self) -> str:
        return f"(worker_id = {ME} or scope_id = any ({mine('write', self.record_class)}))"

    def insertable(self) -> str:
        return f"scope_id = any ({mine('write', self.record_class)})"


class ProtectOwnParts(Protect):
    """What stays between the two and the line above; a trigger lets only the two write."""

    def readable(self) -> str:
        return f"part_id = any ({OWN})"

    writable = readable


class OfHistory:
    """Old versions: as readable as the row, added by triggers, never changed."""

    def __init__(self, model_name: str, record_class: str) -> None:
        super().__init__(model_name, record_class, append_only=True)  # type: ignore[call-arg]

    def deconstruct(self):
        return type(self).__name__, [self.model_name, self.record_class], {}

    def insertable(self) -> str:
        return "true"


class ProtectMeetingHistory(OfHistory, Protect):
    def readable(self) -> str:
        return f"pgh_obj_id = any ({KNOWN})"


class ProtectPartHistory(OfHistory, Protect):
    def readable(self) -> str:
        return f"supervision_id = any ({KNOWN})"


class ProtectOwnPartHistory(OfHistory, Protect):
    def readable(self) -> str:
        return f"part_id = any ({OWN})"
