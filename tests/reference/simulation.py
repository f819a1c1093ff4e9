#!/usr/bin/env python3
"""Simulate the calculation anew and compare e07_band and the simulated measures of e02 with a run.

    python3 simulation.py DIR AGGREGATE_DIR [--replicates 2000]

The cohorts and what each member changes are reference.py's; dödvikt, avtagande, prices and members are drawn by
Python's own generator. A percentile of the run is judged by the share of these replicates that lie below it, which is p up to
the Monte Carlo error of both simulations; so ties and jumps (of the duration D) need no density. Exit 0: all agree, 1: differences.
"""
import bisect
import copy
import csv
import math
import os
import random
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
import reference  # noqa: E402

ERRORS = 5              # standard errors of the difference that are allowed
LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}
WITHIN = (12, 24, 36, 60)
IN_KR = ("LON_", "HANDLAGGNING_", "SCHABLON_", "VARD_")


def with_prices(d, prices):
    other = copy.copy(d)
    other.prices = prices
    return other


def net_of_member(s, d, persons, r):
    """Monthly net of each actor for one member alone, without dödvikt."""
    undiscounted = copy.copy(s)
    undiscounted.deadweight = Fraction(0)
    net, _ = reference.monthly_net(undiscounted, d, reference.levels(s, d, persons, r, False), reference.levels(s, d, persons, r, True))
    return [float(net[aktor]) for aktor in reference.AKTORER]


class Member:
    """What a member's days are, and her nets: paid out alone, and what each price in kr adds to them (nets are linear in the prices)."""

    def __init__(self, s, d, persons, r, posts):
        self.days = reference.days_between(r.start, r.slut)
        none = {post: Fraction(0) if post in posts else price for post, price in d.prices.items()}
        self.paid = net_of_member(s, with_prices(d, none), persons, r)
        self.priced = {}
        for post in posts:
            net = net_of_member(s, with_prices(d, {**none, post: d.prices[post]}), persons, r)
            part = [a - b for a, b in zip(net, self.paid)]
            if any(part):
                self.priced[post] = part


def pert(low, mode, high):
    if high <= low:
        return low
    return low + (high - low) * random.betavariate(1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low))


def replicate(s, members, cost_a_day):
    """The discounted sums of each actor, months 0 … horisont."""
    dodvikt = pert(*(float(x) for x in (s.deadweight_bounds[0], s.deadweight, s.deadweight_bounds[1])))
    avtagande = pert(*(float(x) for x in (s.decay_bounds[0], s.decay, s.decay_bounds[1])))
    sigma = math.log1p(float(s.price_spread))
    factor = {post: random.lognormvariate(0, sigma) if sigma > 0 else 1.0 for post in sorted({p for m in members for p in m.priced})}
    drawn = random.choices(members, k=len(members))
    days = sum(m.days for m in drawn) / len(drawn)
    net = [0.0] * len(reference.AKTORER)
    for m in drawn:
        for a, paid in enumerate(m.paid):
            net[a] += paid
        for post, part in m.priced.items():
            for a, more in enumerate(part):
                net[a] += factor[post] * more
    net = [x * (1 - dodvikt) / len(drawn) for x in net]
    duration = math.ceil(round(days * 16, 6) / 487)     # 30.4375 = 487/16
    sums = [[0.0] for _ in net]
    for t in range(1, s.horizon + 1):
        discount = (1 + float(s.rate)) ** (-t / 12)
        gain = (1 - avtagande) ** ((t - duration - 1) / 12) * discount if t > duration else 0.0
        for a, x in enumerate(net):
            cost = cost_a_day[a] * days / duration * discount if t <= duration else 0.0
            sums[a].append(sums[a][-1] + x * gain - cost)
    return sums


def simulate(s, d, persons, insats, replicates):
    """{aktor: (values by month, each in order; paybacks in order or None)}; None without a cohort"""
    calc = reference.Calculation(s, d, persons, insats)
    if not calc.ok:
        return None
    posts = [post for post in d.prices if post.startswith(IN_KR)]
    members = [Member(s, d, persons, r, posts) for r in reference.cohort_of(s, d, insats)]
    mean_days = sum(m.days for m in members) / len(members)
    cost_a_day = [float(calc.cost[aktor]) / mean_days for aktor in reference.AKTORER]
    by_actor = list(zip(*(replicate(s, members, cost_a_day) for _ in range(replicates))))
    found = {}
    for aktor, paths, cost in zip(reference.AKTORER, by_actor, cost_a_day):
        paybacks = [math.inf if x is reference.SAKNAS else x for x in map(reference.payback, paths)]
        found[aktor] = (list(map(sorted, zip(*paths))), sorted(paybacks) if cost > 0 else None)
    return found


def read(folder, name):
    """{dims: {measure: number, None when it cannot be computed}}"""
    rows = {}
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as f:
        for *dims, matt, varde, status in list(csv.reader(f))[1:]:
            rows.setdefault(tuple(dims), {})[matt] = None if status == "saknas" else float(varde)
    return rows


class Judge:
    def __init__(self, runs, replicates):
        self.scale = math.sqrt(1 / runs + 1 / replicates)
        self.slack = 1 / runs + 1 / replicates      # between two order statistics
        self.replicates = replicates
        self.compared, self.differences = 0, []

    def quantile(self, name, value, p, values):
        """`value` is the quantile p, of values in order: as many lie below it and above it."""
        self.compared += 1
        rounding = 1e-9 * max(1, abs(value)) if math.isfinite(value) else 0
        below = bisect.bisect_left(values, value - rounding) / len(values)
        up_to = bisect.bisect_right(values, value + rounding) / len(values)
        allowed = ERRORS * math.sqrt(p * (1 - p)) * self.scale + self.slack
        if below > p + allowed or up_to < p - allowed:
            self.differences.append("%s: %r has %.4f to %.4f of the replicates below it" % (name, value, below, up_to))

    def share(self, name, percent, values, least):
        self.compared += 1
        mine = sum(map(least, values)) / len(values)
        allowed = ERRORS * math.sqrt(max(mine * (1 - mine), 1 / self.replicates)) * self.scale
        if percent is None or abs(percent / 100 - mine) > allowed:
            self.differences.append("%s: %s %%, here %.2f %%" % (name, percent, 100 * mine))


def compare(s, found, insats, e02, e07, judge):
    for aktor, (months, paybacks) in found.items():
        row = e02[insats, aktor]
        for level, p in LEVELS.items():
            for month in range(1, s.horizon + 1):
                judge.quantile("e07 %s %s %d %s" % (insats, aktor, month, level), e07[insats, aktor, str(month)]["ackumulerat_" + level],
                               p, months[month])
            judge.quantile("e02 %s %s nuvarde_%s" % (insats, aktor, level), row["nuvarde_" + level], p, months[-1])
            value = row["aterbetalning_" + level]
            if paybacks is not None:
                judge.quantile("e02 %s %s aterbetalning_%s" % (insats, aktor, level), math.inf if value is None else value, p, paybacks)
            elif value is not None:
                judge.differences.append("e02 %s %s aterbetalning_%s: %s without a cost" % (insats, aktor, level, value))
        judge.share("e02 %s %s sannolikhet_lonsam" % (insats, aktor), row["sannolikhet_lonsam"], months[-1], lambda x: x > 0)
        for within in WITHIN:
            name, value = "e02 %s %s sannolikhet_%d" % (insats, aktor, within), row["sannolikhet_%d" % within]
            if paybacks is not None and within <= s.horizon:
                judge.share(name, value, paybacks, lambda x: x <= within)
            elif value is not None:
                judge.differences.append("%s: %s, beyond the horizon or without a cost" % (name, value))
        last = e07[insats, aktor, str(s.horizon)]
        if any(not math.isclose(last["ackumulerat_" + level], row["nuvarde_" + level], rel_tol=1e-9, abs_tol=1e-6) for level in LEVELS):
            judge.differences.append("%s %s: e07 of the last month is not e02's nuvarde" % (insats, aktor))


def main(arguments):
    replicates = 2000
    if "--replicates" in arguments:
        i = arguments.index("--replicates")
        replicates = int(arguments[i + 1])
        del arguments[i:i + 2]
    folder, aggregate = arguments
    s = reference.read_settings(folder)
    d = reference.read_data(folder, s)
    persons = reference.build_persons(s, d)
    e02, e07 = read(aggregate, "e02_aterbetalning"), read(aggregate, "e07_band")
    random.seed(20180831)
    judge = Judge(s.simulations, replicates)
    cohorts = 0
    for insats in reference.participation_insatser(s):
        found = simulate(s, d, persons, insats, replicates)
        if found is None:
            if any(x is not None for rows in (e02, e07) for dims, row in rows.items() if dims[0] == insats for x in row.values()):
                judge.differences.append("%s: figures without a cohort" % insats)
            continue
        cohorts += 1
        compare(s, found, insats, e02, e07, judge)
    print("\n".join(judge.differences[:40]))
    print("%d cohorts, %d figures, %d differences" % (cohorts, judge.compared, len(judge.differences)))
    return 1 if judge.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
