"""Reads every figure of rapport.html and diagram/*.svg back and holds it against data/*.csv."""
import html.parser
import os


class Page(html.parser.HTMLParser):
    """The marked figures (<data value …> and <tspan data-varde …>) with their texts; pictures; what would load or run."""

    def __init__(self, text):
        super().__init__()
        self.figures, self.suspicious, self.ids, self.targets, self.open = [], [], set(), set(), None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "data-tabell" in attributes:
            self.open = [attributes["data-tabell"], attributes["data-nyckel"], attributes["data-matt"],
                attributes["value" if tag == "data" else "data-varde"], ""]
            self.figures.append(self.open)
        if tag in ("script", "iframe", "object", "embed", "img", "link", "base", "form") or any(name.startswith("on") for name in attributes):
            self.suspicious.append((tag, attributes))
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.suspicious.append(("id twice", attributes["id"]))
            self.ids.add(attributes["id"])
        if tag == "a" and attributes.get("href", "").startswith("#"):
            self.targets.add(attributes["href"][1:])

    def handle_endtag(self, tag):
        if tag in ("data", "tspan"):
            self.open = None

    def handle_data(self, text):
        if self.open is not None:
            self.open[4] += text


def plain(text):
    """A number in Swedish dress as data/ writes it."""
    return text.replace("\u00a0", "").replace("\u2212", "-").replace(",", ".")


def check_page(test, name, page, tables):
    test.check(not page.suspicious, name, "loads or runs:", page.suspicious[:3])
    for table, key, measure, value, text in page.figures:
        parts = key.split("|")
        if table == "q01_avstamning":  # whose nyckel holds the key of another table
            parts = [parts[0], "|".join(parts[1:-1]), parts[-1]]
        found = tables.get(table, ([], {}))[1].get((*parts, measure))
        if not test.check(found is not None, name, table, key, measure, "is no cell"):
            continue
        test.check(value == found[0], name, table, key, measure, "is", value, "not", found)
        shown = {"skyddad": "..", "saknas": "–"}.get(found[1])
        if shown is None:
            test.check(plain(text) == value or (text == "<0,001" and value == "0.000"), name, table, key, measure, "shows", text, "for", value)
        else:
            test.check(text == shown, name, table, key, measure, "shows", text, "for", found[1])


def check_report(test, folder, tables):
    with open(os.path.join(folder, "rapport.html"), encoding="utf-8") as file:
        report = file.read()
    page = Page(report)
    check_page(test, "rapport.html", page, tables)
    test.check(len(page.figures) > 100, "the report marks only", len(page.figures), "figures")
    test.check(page.targets <= page.ids, "links to nowhere:", page.targets - page.ids)
    pictures = sorted(os.listdir(os.path.join(folder, "diagram")))
    test.check(any(name.startswith("mal") for name in pictures), "no picture of the goals")
    for name in pictures:
        with open(os.path.join(folder, "diagram", name), encoding="utf-8") as file:
            text = file.read()
        test.check(text.split("\n", 1)[1] in report, name, "does not stand in the report")
        test.check("<title" in text and "<desc" in text, name, "has no title or description")
        check_page(test, name, Page(text), tables)
