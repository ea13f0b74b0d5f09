"""Tables without row security, each with the reason. A model neither here nor behind a policy fails the check."""

from collections.abc import Mapping

UNPROTECTED: Mapping[str, str] = {
    "slf.Locality": "Reference data: the seven districts.",
    "slf.LocalityUserObjectPermission": "Derived from posts; says who holds what act where, nothing of a family.",
    "slf.FamilyUserObjectPermission": "Derived from shares; read by django-guardian only.",
    "slf.Scope": "Names of audiences; never the name of a family.",
    "slf.ScopeMember": "Who is in an audience; read by the functions that decide.",
    "slf.Post": "Who holds which post: shown to colleagues.",
    "slf.ScopeMemberEvent": "Who was in an audience when; never changed.",
    "slf.PostEvent": "Who held which post when, and who gave and ended it; never changed.",
    "slf.Opening": "Copy of the role table.",
    "slf.User": "Names of colleagues.",
    "slf.SignInReset": "Who took away whose password and second steps, and when: of colleagues only; never changed.",
    "slf.AccountChange": "Who made whose account or changed its mail address: of colleagues only; never changed.",
    "slf.ViewSeal": "Digests of days.",
    "families.Postcode": "Reference data: the ONS postcode directory.",
    "families.PostcodeDirectory": "Which directory was loaded when.",
    "families.PostcodeDistrict": "Reference data.",
    "families.Basis": "The lawful basis of a kind of processing; nothing of a family.",
    "families.BasisEvent": "What the register said when; never changed.",
    "families.Gateway": "By what an agency shares a kind of data; nothing of a family.",
    "families.GatewayEvent": "What the register said when; never changed.",
    "referrals.Service": "Reference data: services to signpost to.",
    "referrals.ServiceEvent": "How the services to signpost to were listed when; never changed.",
    "performance.Confirmation": "Which rules of a scheme a document confirmed; nothing of a family.",
    "performance.SchoolTerm": "Reference data: the school calendar.",
    "casework.StarTool": "Reference data: the words and scale of a star, never a family's marks.",
    "casework.StarArea": "Reference data.",
    "casework.StarStage": "Reference data.",
}
