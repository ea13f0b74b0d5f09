"""The app's table of contents."""

from slf.access.models import (
    EmergencyTry,
    FamilyUserObjectPermission,
    Locality,
    LocalityUserObjectPermission,
    Opening,
    Post,
    Scope,
    ScopeMember,
    Share,
    View,
    ViewSeal,
)
from slf.accounts.models import AccountChange, SignInReset, User
from slf.drafts.models import Draft
from slf.files.models import FoundFile, HeldFile
from slf.policy.models import SettingValue
from slf.work.models import Job, OnceKey

__all__ = [
    "AccountChange",
    "Draft",
    "EmergencyTry",
    "FamilyUserObjectPermission",
    "FoundFile",
    "HeldFile",
    "Job",
    "Locality",
    "LocalityUserObjectPermission",
    "OnceKey",
    "Opening",
    "Post",
    "Scope",
    "ScopeMember",
    "SettingValue",
    "Share",
    "SignInReset",
    "User",
    "View",
    "ViewSeal",
]
