"""The whole county, in order. Everything is written under row security, by a builder whose posts then end."""

import random
from datetime import timedelta

from django.db import transaction

from performance.demo.about import make_about
from performance.demo.accounts import make_accounts, make_builder, make_workers
from performance.demo.around import gather_around
from performance.demo.asked_after import close_one_long_ago
from performance.demo.assessments import assess_some
from performance.demo.claims import claim_some, standing_on
from performance.demo.closings import close_cases
from performance.demo.concerns import raise_some
from performance.demo.copies import copy_some
from performance.demo.days import say_when
from performance.demo.diary import plan_visits
from performance.demo.documents import keep_some
from performance.demo.evidence import confirm_for_the_demonstration, send_files
from performance.demo.found import look_for_families
from performance.demo.helped import help_some
from performance.demo.interests import declare_some
from performance.demo.kin import change_households, make_kin
from performance.demo.lists import bring_lists
from performance.demo.lone_working import send_somebody_out
from performance.demo.money import spend_some
from performance.demo.moves import make_moves
from performance.demo.own_pages import ask_for_pages
from performance.demo.people import Made, make_families
from performance.demo.policy import make_settings
from performance.demo.progress import decide_on_progress
from performance.demo.provided import provide_some
from performance.demo.referrals import make_referrals, make_services
from performance.demo.reports import keep_reports
from performance.demo.restrictions import close_some
from performance.demo.sharing import contest_some, make_sharing, show_some
from performance.demo.supervisions import make_supervisions
from performance.demo.tasks import set_tasks
from performance.demo.twice import make_known_twice
from performance.demo.work import work_with
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.rules import Role
from slf.access.services import derive_shares, end_post, move_family, shared_scope
from slf.accounts.models import User
from slf.clock import today

SEED = 2012


def make_county(*, total: int, password: str) -> int:
    """Make the county of ``total`` families, once; return how many families it has."""
    with transaction.atomic():
        if User.objects.filter(username="demo.builder").exists():
            return 0
        builder = make_builder()
    chance = random.Random(SEED)  # noqa: S311  (a demonstration, not a secret)
    with acting_as(builder):
        with transaction.atomic():
            accounts = make_accounts(password, by=builder)
            workers = make_workers(accounts, by=builder)
            say_when((one for team in workers.values() for one in team), by=builder, today=today())
            families = make_families(chance, total=total, by=builder)
            make_about(random.Random(SEED), [each for made in families.values() for each in made], by=builder)  # noqa: S311
            worked = [
                each
                for slug in families
                for each in work_with(chance, families[slug], workers[slug], by=builder, today=today())
            ]
            make_kin(chance, [each for some in families.values() for each in some], by=builder)
            change_households(chance, families["charnwood"], by=builder, today=today())
            share_some(families["charnwood"], by=builder)
            make_sharing(families["charnwood"], worker=workers["charnwood"][0], by=builder, today=today())
            make_moves(families, accounts, by=builder, today=today())
            make_known_twice(families["charnwood"], by=builder, today=today())
            confirm_for_the_demonstration(by=accounts["data"], second=accounts["head"])
        others = [each for each in families["charnwood"] if each not in worked]
        with standing_on(today() - timedelta(days=2)):
            send_files(chance, worked, others, by=builder)
        with transaction.atomic():
            first, teller = families["charnwood"][0], workers["charnwood"][0]
            both = {"worker": teller, "senior": accounts["senior.charnwood"], "today": today()}
            show_some(first, **both)
            contest_some(first, **both)
        with transaction.atomic():
            make_settings(accounts["admin"], accounts["head"], today=today())
            make_services(today=today())
            make_referrals(accounts["school"], accounts["senior.charnwood"], today=today())
            for people in workers.values():
                for worker in people:
                    derive_shares(worker)
        declare_some(families["charnwood"], accounts, today=today())
        bring_lists(families["charnwood"], by=accounts["data"])
        close_some(families, accounts, by=builder)
        close_cases(families["charnwood"], accounts, today=today())
        close_one_long_ago(accounts, by=builder, today=today())
        assess_some(families["charnwood"], accounts, today=today())
        ask_for_pages(families["charnwood"], accounts, today=today())
        for slug, name in (("charnwood", "fsw.charnwood"), ("charnwood", "fsw2.charnwood"), ("melton", "fsw.melton")):
            plan_visits(families[slug], accounts[name], today=today())
        raise_some(families["charnwood"], accounts, today=today())
        spend_some(families["charnwood"], accounts, today=today())
        make_supervisions(accounts, today=today())
        help_some(families["charnwood"], accounts, today=today())
        decide_on_progress(families["charnwood"], accounts, today=today())
        keep_some(families["charnwood"], accounts, today=today())
        copy_some(families["charnwood"], accounts, today=today())
        set_tasks(families["charnwood"], accounts, today=today())
        gather_around(families["charnwood"], accounts, today=today())
        provide_some(families["charnwood"], accounts, today=today())
        send_somebody_out(accounts)
        claim_some(accounts, today=today())
        keep_reports(accounts, today=today())
        look_for_families(accounts["data"], today=today())
        with transaction.atomic():
            retire(builder)
    return sum(map(len, families.values()))


def share_some(charnwood: list[Made], *, by: User) -> None:
    """Share some families with the ESF provider."""
    place = Locality.objects.get(slug="charnwood")
    for each in charnwood[1:6]:
        move_family(each.row, to=shared_scope(place, role=Role.ESF), by=by)


def retire(builder: User) -> None:
    """End the builder's posts and account: nothing is left that may see every locality."""
    for post in builder.posts.all():
        end_post(post, by=builder, on=post.period.lower)
    builder.is_active = False
    builder.save(update_fields=["is_active"])
