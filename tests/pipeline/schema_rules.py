"""Every rule that a schema of schemas/extrakt declares, and every kind of constraint, kept and broken: a delivery of sixty persons
that breaks none, and for each rule one change that breaks it. A rule without such a change fails here."""
import glob
import json
import os

import delivery
from delivery import ROOT, read, write

PERSONS = [f"person-{n:03}" for n in range(60)]
WHO = {pid: f"1440,{'KM'[n % 2]},{1960 + n % 30}" for n, pid in enumerate(PERSONS)}
SUS = "utbildning,tid_off_fors,remittent,start,slut,forsorjning_start,forsorjning_slut,sysselsattning_start,sysselsattning_slut,avslut"


def rows(head, line):
    return "\n".join([head, *(line.format(pid=pid, who=WHO[pid], n=n) for n, pid in enumerate(PERSONS))]) + "\n"


CLEAN = {
    "fk": rows("pid,kommun,kon,fodelsear,forman,omfattning,fran,till,diagnos,belopp",
               "{pid},{who},SP,100,2018-07-01,2018-07-31,F43,9000"),
    "af": rows("pid,kommun,kon,fodelsear,sokandekategori,fran,till,ersattning,belopp,avslutsorsak",
               "{pid},{who},11,2018-07-01,2018-07-31,AK,9000,"),
    "kommun": rows("pid,kommun,kon,fodelsear,manad,belopp,forsorjningshinder", "{pid},{who},2018-07,9000,AL1"),
    "region": rows("pid,kommun,kon,fodelsear,datum,vardform,diagnos,belopp", "{pid},{who},2018-07-01,PV,F43,900"),
    "sus": rows("pid,insats,kommun,kon,fodelsear," + SUS, "{pid},Bryggan,{who},1,2,KOM,2018-07-01,2018-07-31,FS,IN,EJ,AO,01"),
    "enkat": rows("pid,insats,instrument,tillfalle,datum,varde", "{pid},Bryggan,EQ-VAS,start,2018-07-01,40"),
    "intresse": rows("arende,insats,kommun,kon,remittent,inkom,status,start", "I{n},Bryggan,1440,K,KOM,2018-07-01,STARTAD,2018-07-02"),
    "volym": "insats,ar,kommun,kon,aldersgrupp,antal\nKontoret,2018,1440,K,30-39,40\nKontoret,2018,1440,K,40-49,40\nKontoret,2018,1440,M,40-49,40\n",
    "ekonomi": "insats,ar,finansiar,budget,utfall,fran,till\nBryggan,2018,FORBUND,1000,900,,\nSpåret,2018,FORBUND,100,90,,\n",
}


def all_rows(source, old, new):
    """The change in every row."""
    return source, lambda text: text.replace(old, new)


def row(source, old, new):
    """The change in the first row that holds it."""
    return source, lambda text: text.replace(old, new, 1)


def one_more(source, line):
    return source, lambda text: text + line + "\n"


FIRST = WHO[PERSONS[0]]
AGREES = {  # one person's record that says otherwise than those of the other sources
    "kon": lambda source: row(source, "1440,K,1960", "1440,M,1960"),
    "fodelsear": lambda source: row(source, "1440,K,1960", "1440,K,1961"),
    "kommun": lambda source: row(source, "1440,K,1960", "1482,K,1960"),
}
START = {"fk": "fran", "af": "fran", "kommun": "manad", "region": "datum", "sus": "start", "enkat": "datum", "intresse": "inkom"}
PARTIES = "fk", "af", "kommun", "region"
WITH_KOMMUN = *PARTIES, "sus", "intresse"

PUBLISHED = "i01_deltagare;Bryggan|TOT|TOT;personer;60;"
# (extract, rule, field, same): the change, the code in the report, and the extract that the report names (None: all); the report
# names the field, of `needs` the other one
RULES = {
    ("fk", "not_before", "till", None): (row("fk", "2018-07-31", "2018-06-30"), "END_BEFORE_START", "fk"),
    ("af", "not_before", "till", None): (row("af", "2018-07-31", "2018-06-30"), "END_BEFORE_START", "af"),
    ("sus", "not_before", "slut", None): (row("sus", "2018-07-31", "2018-06-30"), "END_BEFORE_START", "sus"),
    ("ekonomi", "not_before", "till", None): (row("ekonomi", "900,,", "900,,2017-12-31"), "END_BEFORE_START", "ekonomi"),
    ("ekonomi", "contains", "budget", None): (row("ekonomi", "Spåret,2018,FORBUND,100,", "Spåret,2018,FORBUND,1001,"),
                                              "PARTS_EXCEED", "ekonomi"),
    ("ekonomi", "contains", "utfall", None): (row("ekonomi", "100,90,", "100,901,"), "PARTS_EXCEED", "ekonomi"),
    ("intresse", "needs", "status", None): (row("intresse", "2018-07-02", ""), "COMPANION_MISSING", "intresse"),
    ("sus", "needs", "slut", None): (row("sus", "EJ,AO", "EJ,"), "COMPANION_MISSING", "sus"),
    ("sus", "registered", "insats", None): (row("sus", "Bryggan", "Kontoret"), "INSATS_KIND", "sus"),
    ("volym", "registered", "insats", None): (row("volym", "Kontoret", "Bryggan"), "INSATS_KIND", "volym"),
    ("prislista", "unique", "post", None): (one_more("prislista", "LON_AO;;1;kr/månad;2018;"), "NOT_UNIQUE", "prislista"),
    ("befolkning", "not_before", "alder_till", None): (one_more("befolkning", "1440;2017;K;64;16;5000"), "END_BEFORE_START", "befolkning"),
    ("befolkning", "unique", "kommun", None): (one_more("befolkning", "1440;2017;K;16;64;5000"), "NOT_UNIQUE", "befolkning"),
    ("publicerat", "unique", "tabell", None): (one_more("publicerat", PUBLISHED), "NOT_UNIQUE", "publicerat"),
    ("af", "no_overlap", "fran", None): (one_more("af", f"{PERSONS[0]},{FIRST},21,2018-07-31,,,,"), "SPELLS_OVERLAP", "af"),
    ("sus", "no_overlap", "start", "insats"): (
        one_more("sus", f"{PERSONS[0]},Bryggan,{FIRST},1,2,KOM,2018-07-31,,FS,,EJ,,"), "SPELLS_OVERLAP", "sus"),
    ("fk", "at_most", "omfattning", "forman"): (
        one_more("fk", f"{PERSONS[0]},{FIRST},SP,25,2018-07-31,,F43,90"), "OVER_FULL_DAY", "fk"),
    ("fk", "at_most", "omfattning", None): (one_more("fk", f"{PERSONS[0]},{FIRST},RP,25,2018-07-31,,F43,90"), "OVER_FULL_DAY", "fk"),
    **{(source, "agrees", field, None): (AGREES[field](source), "PERSON_DIFFERS", None)
       for source in PARTIES for field in ("kon", "fodelsear")},
    **{(source, "one_at_a_time", "kommun", None): (AGREES["kommun"](source), "TWO_AT_ONCE", None) for source in PARTIES},
    **{(source, "shares", "kon", None): (all_rows(source, ",M,", ",K,"), "SHARES_DIFFER", source) for source in PARTIES},
    **{(source, "shares", "fodelsear", None): (all_rows(source, ",19", ",20"), "SHARES_DIFFER", source) for source in PARTIES},
    **{(source, "inside", "kommun", None): (all_rows(source, "1440,", "0180,"), "OUTSIDE_FORBUND", source) for source in WITH_KOMMUN},
    **{(source, "fresh", field, None): (all_rows(source, "2018-07", "2018-05"), "OUT_OF_DATE", source) for source, field in START.items()},
}

# kind of constraint: (change, column, code); the schema says the severity
CONSTRAINTS = {
    ("required", "code"): (row("fk", FIRST, ",K,1960"), "kommun", "REQUIRED_MISSING"),
    ("pattern", "pid"): (row("fk", PERSONS[0], "kort"), "pid", "PID_INVALID"),
    ("pattern", "text"): (row("volym", "30-39", "trettio"), "aldersgrupp", "TEXT_INVALID"),
    ("unique", "id"): (row("intresse", "I1,Bryggan,1440,K", "I0,Bryggan,1440,M"), "arende", "NOT_UNIQUE"),
    ("enum", "integer"): (row("fk", "SP,100", "SP,60"), "omfattning", "OUT_OF_RANGE"),
    ("minimum", "integer"): (row("fk", ",1960,", ",1899,"), "fodelsear", "OUT_OF_RANGE"),
    ("maximum", "integer"): (row("fk", ",1960,", ",2101,"), "fodelsear", "OUT_OF_RANGE"),
    ("minimum", "amount"): (row("fk", ",9000", ",-1"), "belopp", "OUT_OF_RANGE"),
    ("kodlista", "code"): (row("fk", ",K,", ",k,"), "kon", "CODE_UNKNOWN"),
    ("kodlista", "integer"): (row("af", ",11,", ",55,"), "sokandekategori", "CODE_UNKNOWN"),
    ("digits", "integer"): (row("af", ",11,", ",1,"), "sokandekategori", "CODE_UNKNOWN"),
    ("type", "date"): (row("fk", "2018-07-31", "2018-06-31"), "till", "DATE_INVALID"),
    ("type", "month"): (row("kommun", "2018-07", "2018-13"), "manad", "DATE_INVALID"),
    ("type", "integer"): (row("fk", ",1960,", ",MCM,"), "fodelsear", "NUMBER_INVALID"),
    ("type", "amount"): (row("fk", ",9000", ",9 000"), "belopp", "NUMBER_INVALID"),
    ("type", "decimal"): (row("enkat", ",40", ",nan"), "varde", "NUMBER_INVALID"),
    ("type", "codes"): (row("sus", "EJ,AO", "EJ,AO:60|SU:60"), "sysselsattning_slut", "MULTI_INVALID"),
    ("insats", "text"): (row("sus", "Bryggan", "Brygga"), "insats", "INSATS_UNKNOWN"),
}


def schemas():
    for path in glob.glob(os.path.join(ROOT, "schemas", "extrakt", "*.json")):
        with open(path, encoding="utf-8") as file:
            yield os.path.basename(path)[:-5], json.load(file)


def declared():
    """Severities: of the rules, and of each field's constraints by (extract, column)."""
    rules, severities, kinds = {}, {}, set()
    for extract, schema in schemas():
        for rule in schema["finsamstat"].get("rules", ()):
            rules[extract, rule["rule"], rule.get("field") or rule["fields"][0], rule.get("same")] = rule["severity"]
        for field in schema["fields"]:
            own = field["finsamstat"]
            severities[extract, field["name"]] = own.get("severity", {})
            kinds |= {(name, own["kind"]) for name in field.get("constraints", ()) if name != "required"}
            kinds |= {(name, own["kind"]) for name in ("kodlista", "digits", "insats") if name in own and own["kind"] != "codes"}
            kinds |= {("type", own["kind"])} if own["kind"] not in ("pid", "id", "code", "text") else set()
            kinds |= {("required", "code")}
    return rules, severities, kinds


class Deliveries:
    def __init__(self, test):
        self.test = test

    def report(self, change=None):
        """(exit, rules broken) of the clean delivery after a change of one file."""
        folder = self.test.forbund()
        for path in delivery.extracts(folder):
            os.remove(path)
        delivery.swap(os.path.join(folder, "forbund.ini"), "[kalkyl]", "[gränser]\ndrift antal = 40\n[kalkyl]")
        delivery.swap(os.path.join(folder, "forbund.ini"), "[insats Spåret]\n", "[insats Spåret]\ningår i = Bryggan\n")
        write(os.path.join(folder, "publicerat.csv"), "tabell;nyckel;matt;varde;kalla\n" + PUBLISHED + "\n")
        for source, text in CLEAN.items():
            write(os.path.join(folder, "extrakt", source + ".csv"), text)
        if change is not None:
            source, how = change
            path = os.path.join(folder, *(["extrakt"] if source in CLEAN else []), source + ".csv")
            before = read(path)
            write(path, how(before))
            self.test.check(read(path) != before, "nothing was changed in", source)
        run = self.test.run("check", folder)
        place = os.path.join(folder, "resultat", "internal", "latest", "validation.json")
        return run, (json.loads(read(place))["rules"] if os.path.exists(place) else None)


def check(test, deliveries, title, change, wanted):
    run, broken = deliveries.report(change)
    found = [(rule["source"], rule["column"], rule["code"], rule["severity"]) for rule in broken or ()]
    test.check(wanted in found, title, "wants", wanted, "found", found, run.stderr[-300:])
    test.check(run.returncode == (65 if wanted[3] == "refuse" else 3), title, "exit", run.returncode)


with delivery.Test() as test:
    deliveries = Deliveries(test)
    rules, severities, kinds = declared()
    run, broken = deliveries.report()
    test.check(broken == [], "the clean delivery breaks", broken, run.stderr[-600:])
    test.check(not set(rules) ^ set(RULES), "rules without a change that breaks them, or the other way:", set(rules) ^ set(RULES))
    test.check(not kinds ^ set(CONSTRAINTS), "constraints without such a change, or the other way:", kinds ^ set(CONSTRAINTS))
    for (extract, rule, field, same), (change, code, named) in RULES.items():
        column = {"status": "start", "slut": "sysselsattning_slut"}[field] if rule == "needs" else field
        check(test, deliveries, f"{extract}: {rule} of {field} (same {same})", change,
              (named, column, code, rules.get((extract, rule, field, same))))
    for (constraint, kind), (change, column, code) in CONSTRAINTS.items():
        name = {"minimum": "range", "maximum": "range", "digits": "type", "insats": "type"}.get(constraint, constraint)
        check(test, deliveries, f"{constraint} of {kind}", change,
              (change[0], column, code, severities[change[0], column].get(name, "error")))
