from datetime import date

from referrals.directory.models import Service


def a_service(name="Debt advice", **more) -> Service:
    told = {"offers": "Free advice about debts and benefits.", "phone": "0116 496 0199", "source": "Made up"}
    return Service.objects.create(name=name, **{"starts_on": date(2013, 4, 1), **told, **more})
