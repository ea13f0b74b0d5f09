"""What a record has of a family and its people, by which words it is asked, and why each place may ask it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """Why a place asks what the record may have. There is no word for asking again."""

    FIRST = "first"
    CHANGES = "changes"
    PREFILLED = "prefilled"
    CHOOSES = "chooses"
    OTHER = "other"


HOW_WORDS: Mapping[How, str] = {
    How.FIRST: "asked before there is a record of it",
    How.CHANGES: "there to write or change that very answer",
    How.PREFILLED: "begun with the answer the record has",
    How.CHOOSES: "chosen from what the record has",
    How.OTHER: "another thing by the same word",
}


@dataclass(frozen=True)
class Standing:
    """One thing a record has: what it means, where its answer lives, and the names and words it is asked by."""

    meaning: str
    lives: str
    names: frozenset[str]
    words: str

    def is_asked_by(self, name: str, label: str) -> bool:
        return name in self.names or re.search(self.words, label, re.IGNORECASE) is not None


def standing(meaning: str, lives: str, names: str, words: str) -> Standing:
    return Standing(meaning, lives, frozenset(names.split()), words)


STANDING: Mapping[str, Standing] = {
    "person.name": standing("what somebody is called", "families.Person, families.PersonName",
                            "given_names family_name known_as", r"given name|family name|first name|last name"),
    "person.born": standing("when somebody was born", "families.Person.born_on", "born_on age",
                            r"date of birth|how old"),
    "person.gender": standing("what somebody lives as", "families.Person.gender", "gender", r"gender|live as"),
    "person.numbers": standing("the numbers of a person", "families.Person", "upn nhs_number ni_number",
                               r"pupil number|nhs number|national insurance"),
    "person.school": standing("which school a child goes to", "families.Membership.school", "school", r"\bschool or\b"),
    "person.responsible": standing("who has parental responsibility", "families.Responsibility",
                                   "responsible standing", r"parental responsibility|responsible for the child"),
    "household.part": standing("who somebody is in the family", "families.Membership.part", "part",
                               r"who are (they|you) in the family|part in the family"),
    "home.address": standing("where somebody lives", "families.Home", "address postcode", r"\baddress\b|postcode"),
    "home.phone": standing("on which number somebody is reached", "families.Phone", "phone number", r"telephone"),
    "contact.safe": standing("how and when it is safe to get in touch", "families.ContactRule",
                             "safe_contact safe_times safe_word", r"\bsafe\b"),
    "family.locality": standing("in which locality a family lives", "families.Family.scope", "district locality team",
                                r"which (district|locality)"),
    "family.needs": standing("which needs a family has", "families.Need", "needs", r"\bwhich needs\b"),
    "family.agreement": standing("that the family agrees", "families.Agreement", "agreement agreed_on agreed_by",
                                 r"did the family agree|who agreed|when did they agree"),
    "family.reference": standing("the number of a family", "families.Family.reference", "",
                                 r"reference of the|family's reference"),
    "visit.next": standing("when the next visit is", "casework.PlannedVisit", "next_visit_on joint_visit_on",
                           r"next visit|both workers visit"),
    "work.next": standing("what is to be done next and by whom", "casework.Action", "next_step",
                          r"to do next|what will be done|what is to be done\?"),
    "work.worker": standing("who works with the family", "referrals.Allocation", "worker", r"who will work with"),
    "work.must_know": standing("what the next worker must know", "casework.Handover.must_know", "must_know",
                               r"next worker know"),
}  # fmt: skip

FIRST, CHANGES, BEGUN, CHOSEN, OTHER = How
ONTO_THE_PLAN = "what belongs on the plan is put there from a list, and is settled by the plan's action"
Row = tuple[How, str]
ASKED: Mapping[str, Row] = {
    "casework.budget.forms.AskForm.part": (OTHER, "a part of the plan"),
    "casework.cases.forms.AllocateForm.joint_visit_on": (FIRST, "the first visit of two workers"),
    "casework.cases.forms.AllocateForm.must_know": (
        FIRST,
        "written at the hand-over, and shown on My day and the record",
    ),
    "casework.cases.forms.AllocateForm.worker": (CHANGES, ""),
    "casework.closing.forms.CheckForm.consent": (OTHER, "to being asked on one day after the case was closed"),
    "casework.importing.forms.ListForm.locality": (OTHER, "whose list it is"),
    "casework.interventions.forms.BeginForm.agreed_by": (OTHER, "to one incentive or sanction"),
    "casework.interventions.forms.BeginForm.agreed_on": (OTHER, "to one incentive or sanction"),
    "casework.provider.forms.SendForm.agreed_on": (OTHER, "of one adult, to be sent to the ESF provider"),
    "casework.interventions.forms.MethodForm.needs": (OTHER, "of the catalogue"),
    "casework.lone_working.forms.GoForm.locality": (OTHER, "of a worker who goes out"),
    "casework.lone_working.forms.GoForm.phone": (OTHER, "of a worker who goes out"),
    "casework.merging.forms.ReferenceForm.reference": (CHOSEN, ""),
    "casework.own_page.forms.AskForm.device": (OTHER, "who else sees one telephone"),
    "casework.own_page.forms.AskForm.safe_times": (
        BEGUN,
        "the rules of safe contact stand with each name, and are the answer where nothing is typed",
    ),
    "casework.plans.forms.ActionForm.what": (CHANGES, "begun with what was agreed elsewhere, chosen from a list"),
    "casework.plans.forms.GoalForm.needs": (CHOSEN, ""),
    "casework.safeguarding.forms.ConcernForm.team": (FIRST, "asked only of a family that is described in words"),
    "casework.safeguarding.forms.MistakeForm.reference": (CHOSEN, ""),
    "casework.supervision.forms.DecideForm.what": (FIRST, ONTO_THE_PLAN),
    "casework.transfers.forms.ProposeForm.must_know": (
        FIRST,
        "written when a family moves to another locality; it goes with the offer",
    ),
    "casework.transfers.forms.ProposeForm.to": (CHANGES, ""),
    "casework.visits.forms.VisitForm.next_step": (FIRST, ONTO_THE_PLAN),
    "casework.visits.forms.VisitForm.next_visit_on": (CHANGES, "plans the visit by itself"),
    "families.contact.forms.RuleForm.safe_word": (CHANGES, ""),
    "families.contact.forms.RuleForm.when": (CHANGES, ""),
    "families.households.forms.BornForm.born_on": (FIRST, ""),
    "families.households.forms.BornForm.family_name": (BEGUN, ""),
    "families.households.forms.BornForm.gender": (FIRST, ""),
    "families.households.forms.BornForm.given_names": (BEGUN, ""),
    "families.households.forms.ExpectForm.family_name": (FIRST, ""),
    "families.households.forms.ExpectForm.given_names": (FIRST, ""),
    "families.households.forms.JoinForm.born_on": (
        FIRST,
        "whoever is known already comes by a form of their own, offered beside",
    ),
    "families.households.forms.JoinForm.family_name": (
        FIRST,
        "whoever is known already comes by a form of their own, offered beside",
    ),
    "families.households.forms.JoinForm.gender": (FIRST, ""),
    "families.households.forms.JoinForm.given_names": (
        FIRST,
        "whoever is known already comes by a form of their own, offered beside",
    ),
    "families.households.forms.JoinForm.part": (FIRST, ""),
    "families.households.forms.PartForm.part": (CHANGES, ""),
    "families.households.forms.PartForm.responsible": (FIRST, "of a child who comes into care"),
    "families.households.forms.ReturnForm.part": (BEGUN, "they may be somebody else in the family now"),
    "families.households.forms.SplitForm.address": (FIRST, "of the new household"),
    "families.households.forms.SplitForm.needs": (CHOSEN, ""),
    "families.households.forms.SplitForm.phone": (FIRST, "of the new household"),
    "families.households.forms.SplitForm.postcode": (FIRST, "of the new household"),
    "families.households.forms.SplitForm.protected": (FIRST, "of the new household"),
    "families.kin.forms.ResponsibilityForm.standing": (CHANGES, ""),
    "families.moving.forms.AddressForm.address": (CHANGES, ""),
    "families.moving.forms.AddressForm.protected": (BEGUN, "stays as it was"),
    "families.moving.forms.CorrectHomeForm.address": (BEGUN, ""),
    "families.moving.forms.CorrectHomeForm.postcode": (BEGUN, ""),
    "families.moving.forms.CorrectHomeForm.protected": (BEGUN, ""),
    "families.moving.forms.CorrectNumberForm.number": (BEGUN, ""),
    "families.moving.forms.NumberForm.number": (CHANGES, ""),
    "families.moving.forms.PostcodeForm.postcode": (CHANGES, ""),
    "families.opening.forms.EmergencyForm.reference": (CHOSEN, ""),
    "families.profile.forms.BirthForm.age": (BEGUN, ""),
    "families.profile.forms.BirthForm.birth": (BEGUN, ""),
    "families.profile.forms.BirthForm.born_on": (BEGUN, ""),
    "families.profile.forms.BirthForm.gender": (BEGUN, ""),
    "families.profile.forms.IdentifiersForm.nhs_number": (BEGUN, ""),
    "families.profile.forms.IdentifiersForm.ni_number": (BEGUN, ""),
    "families.profile.forms.IdentifiersForm.upn": (BEGUN, ""),
    "families.profile.forms.NameForm.family_name": (BEGUN, ""),
    "families.profile.forms.NameForm.given_names": (BEGUN, ""),
    "families.profile.forms.NameForm.known_as": (BEGUN, ""),
    "families.profile.forms.OtherNameForm.family_name": (CHANGES, ""),
    "families.profile.forms.OtherNameForm.given_names": (CHANGES, ""),
    "families.restricting.forms.CheckForm.worker": (CHANGES, ""),
    "performance.claims.payments.forms.RemittanceForm.reference": (OTHER, "of money that the department sent"),
    "referrals.directory.forms.ServiceForm.agreed": (OTHER, "between this service and another one"),
    "referrals.directory.forms.ServiceForm.locality": (OTHER, "of a service"),
    "referrals.directory.forms.ServiceForm.phone": (OTHER, "of a service"),
    "referrals.directory.forms.ServiceForm.web": (OTHER, "of a service"),
    "referrals.intake.forms.pages.AgreementForm.agreed_by": (FIRST, ""),
    "referrals.intake.forms.pages.AgreementForm.agreed_on": (FIRST, ""),
    "referrals.intake.forms.pages.AgreementForm.agreement": (FIRST, ""),
    "referrals.intake.forms.pages.HomeForm.address": (FIRST, ""),
    "referrals.intake.forms.pages.HomeForm.district": (FIRST, "asked only where the postcode does not tell"),
    "referrals.intake.forms.pages.HomeForm.phone": (FIRST, ""),
    "referrals.intake.forms.pages.HomeForm.postcode": (FIRST, ""),
    "referrals.intake.forms.pages.HomeForm.safe_contact": (
        FIRST,
        "the sentence stands beside the form of a rule, and the rule that says it keeps its words",
    ),
    "referrals.intake.forms.pages.NeedsPage.needs": (FIRST, "they become the family's needs when it is accepted"),
    "referrals.intake.forms.people.AdultForm.ni_number": (FIRST, ""),
    "referrals.intake.forms.people.AdultForm.part": (FIRST, ""),
    "referrals.intake.forms.people.AdultForm.responsible": (
        FIRST,
        "what a referrer believes: the form of responsibility is begun with it, and asks what it rests on",
    ),
    "referrals.intake.forms.people.ChildForm.school": (FIRST, ""),
    "referrals.intake.forms.people.ChildForm.upn": (FIRST, ""),
    "referrals.intake.forms.people.PersonForm.age": (FIRST, ""),
    "referrals.intake.forms.people.PersonForm.born_on": (FIRST, "matched to who is known when it is accepted"),
    "referrals.intake.forms.people.PersonForm.family_name": (FIRST, "matched to who is known when it is accepted"),
    "referrals.intake.forms.people.PersonForm.given_names": (FIRST, "matched to who is known when it is accepted"),
    "referrals.ourselves.forms.AgreeForm.agrees": (FIRST, ""),
    "referrals.ourselves.forms.HelpForm.needs": (FIRST, ""),
    "referrals.ourselves.forms.HomeForm.address": (
        FIRST,
        "a family without an account is told nothing it may know already",
    ),
    "referrals.ourselves.forms.HomeForm.district": (FIRST, ""),
    "referrals.ourselves.forms.HomeForm.postcode": (FIRST, ""),
    "referrals.ourselves.forms.OtherForm.age": (FIRST, ""),
    "referrals.ourselves.forms.OtherForm.family_name": (FIRST, ""),
    "referrals.ourselves.forms.OtherForm.given_names": (FIRST, ""),
    "referrals.ourselves.forms.OtherForm.part": (FIRST, ""),
    "referrals.ourselves.forms.ReachForm.after": (FIRST, "kept as coded rules"),
    "referrals.ourselves.forms.ReachForm.before": (FIRST, "kept as coded rules"),
    "referrals.ourselves.forms.ReachForm.days": (FIRST, "kept as coded rules"),
    "referrals.ourselves.forms.ReachForm.may_leave_message": (FIRST, "kept as coded rules"),
    "referrals.ourselves.forms.ReachForm.may_ring": (FIRST, "kept as coded rules"),
    "referrals.ourselves.forms.ReachForm.may_text": (FIRST, "kept as coded rules"),
    "referrals.ourselves.forms.ReachForm.other_way": (FIRST, ""),
    "referrals.ourselves.forms.ReachForm.phone": (FIRST, ""),
    "referrals.ourselves.forms.YouForm.age": (FIRST, ""),
    "referrals.ourselves.forms.YouForm.family_name": (FIRST, ""),
    "referrals.ourselves.forms.YouForm.given_names": (FIRST, ""),
    "referrals.ourselves.forms.YouForm.part": (FIRST, ""),
    "referrals.triage.forms.accepting.AcceptForm.agreed_on": (FIRST, "asked only where the referrer had no agreement"),
    "referrals.workers.forms.PatternForm.district": (OTHER, "of a worker"),
    "casework.around.forms.ReachForm.email": (OTHER, "of a professional round the family"),
    "casework.around.forms.ReachForm.part": (OTHER, "of a professional round the family"),
    "casework.around.forms.ReachForm.phone": (OTHER, "of a professional round the family"),
    "casework.meetings.forms.ActionForm.what": (FIRST, ONTO_THE_PLAN),
    "casework.tasks.forms.SetForm.what": (FIRST, ONTO_THE_PLAN),
}
