"""The words of the claims page: names of what is counted, how a number is put, and what stands. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from geo.schema import ClaimStatus, Qualifier
from geo.ui.i18n import _, count, day

Row = dict[str, Any]

_BILLION = 10**9


def metrics() -> dict[str, str]:
    """Names of what is counted, in the order in which they are offered."""
    return {
        "killed": _("Killed"),
        "killed_security_forces": _("Officers and soldiers killed"),
        "killed_attackers": _("Killed: those called attackers"),
        "killed_civilians_crossfire": _("Killed: bystanders"),
        "killed_breaking_emergency_rules": _("Killed: under emergency rules"),
        "killed_in_other_crimes": _("Killed: in other crimes"),
        "killed_torture_in_custody": _("Killed: tortured in custody"),
        "killed_circumstances_unknown": _("Killed: circumstances unknown"),
        "killed_minors": _("Children killed"),
        "died_in_medical_facilities": _("Died in medical care"),
        "bodies_taken_from_morgue": _("Bodies taken from morgues"),
        "injured": _("Injured"),
        "injured_security_forces": _("Officers and soldiers injured"),
        "injured_attackers": _("Injured: those called attackers"),
        "injured_minors": _("Children injured"),
        "sought_medical_help": _("Sought medical help"),
        "hospitalised": _("Admitted to hospital"),
        "recognised_victims": _("Recognised as victims"),
        "arrested": _("Arrested"),
        "remanded_in_custody": _("Remanded in custody"),
        "criminal_cases": _("Criminal cases"),
        "torture_cases": _("Cases of torture"),
        "participants": _("Taking part"),
        "participants_in_riots": _("Taking part in riots"),
        "alleged_terrorists": _("Called terrorists"),
        "regions_with_protest": _("Regions with protests"),
        "cities_with_protest": _("Towns with protests"),
        "troops_deployed": _("Foreign troops deployed"),
        "facilities_guarded_by_csto": _("Sites guarded by foreign troops"),
        "kazakh_officers_freed_by_csto": _("Officers freed by foreign troops"),
        "buildings_attacked": _("Buildings attacked"),
        "health_facilities_attacked": _("Health facilities attacked"),
        "businesses_affected": _("Businesses harmed"),
        "shops_wrecked": _("Shops wrecked"),
        "shops_banks_looted": _("Shops and banks looted"),
        "vehicles_damaged": _("Vehicles damaged"),
        "vehicles_burned": _("Vehicles burned"),
        "vehicles_destroyed": _("Vehicles destroyed"),
        "police_vehicles_burned": _("Police vehicles burned"),
        "ambulances_damaged": _("Ambulances damaged"),
        "weapons_stolen": _("Weapons stolen"),
        "damage_kzt": _("Damage in tenge"),
        "damage_usd": _("Damage in US dollars"),
    }


def metric_name(metric: str) -> str:
    """The name of what is counted; one that has no name here is shown by its own words."""
    return metrics().get(metric) or metric.replace("_", " ").strip().capitalize()


def unit_name(unit: str) -> str:
    """What the numbers count, as written above an axis."""
    return {
        "persons": _("persons"),
        "bodies": _("bodies"),
        "buildings": _("buildings"),
        "businesses": _("businesses"),
        "cases": _("cases"),
        "cities": _("towns"),
        "facilities": _("facilities"),
        "firearms": _("firearms"),
        "shops": _("shops"),
        "sites": _("sites"),
        "tenge": _("tenge"),
        "units": _("regions"),
        "US dollars": _("US dollars"),
        "vehicles": _("vehicles"),
    }.get(unit, unit)


def amount(value: float) -> str:
    """`4,353`; from a thousand million on `87 billion`."""
    if value >= _BILLION:
        return _("{number} billion").format(number=count(value / _BILLION))
    return count(value)


def worded(claim: Row) -> str:
    """The number with the word that goes with it: `at least 227`."""
    prefix = wording(claim)
    if claim["value"] is None:
        return _("no number")
    return f"{prefix} {amount(claim['value'])}" if prefix else amount(claim["value"])


def wording(claim: Row) -> str:
    """How a number was worded: `about`, `at least`, `at most`; empty where it was given as it is."""
    return {
        Qualifier.ABOUT: _("about"),
        Qualifier.AT_LEAST: _("at least"),
        Qualifier.AT_MOST: _("at most"),
    }.get(claim["qualifier"], "")


def made_public(claim: Row) -> str:
    """The day a claim was made public; `by 31 January 2023` where only the month or year is known."""
    if claim["reported_on"] is None:
        return _("day unknown")
    shown = day(claim["reported_on"])
    stated = claim["reported_basis"] == "stated"
    return shown if stated else _("by {day}").format(day=shown)


def fate(claim: Row) -> str:
    """What became of a claim, in words."""
    if claim["status"] == ClaimStatus.RETRACTED and claim["withdrawn_on"]:
        return _("withdrawn {day}").format(day=day(claim["withdrawn_on"]))
    return {
        ClaimStatus.STANDS: _("stands"),
        ClaimStatus.SUPERSEDED: _("replaced"),
        ClaimStatus.RETRACTED: _("withdrawn"),
        ClaimStatus.DISPUTED: _("disputed"),
    }[claim["status"]]


def summary(claims: Sequence[Row], known_on: dt.date | None) -> list[str]:
    """What stands of the claims about one place, and what does not, in short sentences.

    claims: as `Store.claims` gives them for that day. Those without a number say nothing here.
    """
    numbers = [claim for claim in claims if claim["value"] is not None]
    if not numbers:
        return [_("Nobody gave a number.")] if claims else []
    said = [_what_stands([one for one in numbers if one["status"] == ClaimStatus.STANDS], known_on)]
    highest = max(numbers, key=lambda one: one["value"])
    several = len({one["value"] for one in numbers}) > 1
    if several:
        said.append(_("Highest ever claimed: {number}.").format(number=_with_fate(highest)))
    withdrawn = [one for one in numbers if one["status"] == ClaimStatus.RETRACTED]
    if withdrawn and not (several and withdrawn == [highest]):
        each = [
            f"{worded(one)} ({day(one['withdrawn_on'])})" if one["withdrawn_on"] else worded(one)
            for one in withdrawn
        ]
        said.append(_("Withdrawn: {numbers}.").format(numbers=_listed(each)))
    disputed = [one for one in numbers if one["status"] == ClaimStatus.DISPUTED]
    if disputed:
        said.append(_("Disputed: {numbers}.").format(numbers=_listed(map(worded, _by_value(disputed)))))
    return said


def about_apart(claims: Iterable[Row]) -> bool:
    """Whether some of these claims are about days that no other shares, so that they do not compete."""
    spans = sorted(
        {(one["about_start"], one["about_end"] or dt.date.max) for one in claims if one["about_start"]}
    )
    return any(before[1] < after[0] for before, after in pairwise(spans))


def _what_stands(standing: list[Row], known_on: dt.date | None) -> str:
    when = _("today") if known_on is None else _("on {day}").format(day=day(known_on))
    if not standing:
        return _("No number stands {when}.").format(when=when)
    ends = _by_value(standing)
    low, high = worded(ends[0]), worded(ends[-1])
    shown = low if low == high else _("from {low} to {high}").format(low=low, high=high)
    said = _("What stands {when}: {number}.").format(when=when, number=shown)
    if len(standing) > 1 and about_apart(standing):
        said += " " + _("These numbers are about different days, so they do not compete.")
    return said


def _with_fate(claim: Row) -> str:
    """The number, and in brackets what is wrong with it if anything is."""
    doubtful = claim["status"] in (ClaimStatus.RETRACTED, ClaimStatus.DISPUTED)
    return f"{worded(claim)} ({fate(claim)})" if doubtful else worded(claim)


def _by_value(claims: Iterable[Row]) -> list[Row]:
    return sorted(claims, key=lambda one: one["value"])


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(texts))
