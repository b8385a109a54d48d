"""A small Markdown as roff, for man(7): headings, paragraphs, bullets, indented code, tables, `code`, **bold** and [links](…)."""
import re
import sys

INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|!\[[^]]*\]\([^)]*\)|\[(?P<text>[^]]+)\]\((?P<place>[^)]*)\)")


def escaped(text):
    """Text that roff takes as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def bold(text):
    return f"\\fB{escaped(text)}\\fR"


def italic(text):
    return f"\\fI{escaped(text)}\\fR"


def name_line(text):
    """An argument of a macro."""
    return '"' + escaped(text).replace('"', "\\(dq") + '"'


def link(text, place):
    """A link to another topic is one to its page; of a place in the same text nothing is left."""
    if place.startswith(("http:", "https:")):
        return inline(text) if text == place else f"{inline(text)} ({escaped(place)})"
    topic = re.fullmatch(r"([\w-]+)\.md(?:#.*)?", place)
    return f"{inline(text)} ({bold('netatmo-dashboard-' + topic[1])}(7))" if topic else inline(text)


def inline(text):
    parts, end = [], 0
    for match in INLINE.finditer(text):
        parts.append(escaped(text[end:match.start()]))
        end = match.end()
        if match["code"]:
            parts.append(bold(match["code"]))
        elif match["bold"]:
            # All of it is bold, what is code in it too.
            parts.append(bold(re.sub(r"`|\[([^]]*)\]\([^)]*\)", r"\1", match["bold"])))
        elif match["text"]:
            parts.append(link(match["text"], match["place"]))
    parts.append(escaped(text[end:]))
    joined = "".join(parts)
    return "\\&" + joined if joined[:1] in (".", "'") else joined


def cells(row):
    """Of a line of a table; a bar in a cell is written \\|."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))]


def table(rows, where):
    """A row is a paragraph under its first cell: lines on a terminal are too short for columns of sentences."""
    if len(rows) < 2 or not re.fullmatch(r"[|:\- ]+", rows[1]):
        sys.exit(f"{where}: expected |---| below the first line of a table")
    titles = cells(rows[0])
    lines = []
    for row in map(cells, rows[2:]):
        lines += [".TP", inline(row[0]) or "\\&"]
        shown = [
            inline(f"{title}: {cell}" if title and len(titles) > 2 else cell) for title, cell in zip(titles[1:], row[1:]) if cell
        ]
        lines += "\n.br\n".join(shown).split("\n") if shown else ["\\&"]
    return lines


def kind(line):
    if not line.strip():
        return "blank"
    if line.startswith("    "):
        return "code"
    if line.startswith("- "):
        return "bullet"
    if line.startswith("|"):
        return "table"
    return "heading" if line.startswith("### ") else "text"


def blocks(lines):
    """(kind, lines) of what belongs together."""
    found = []
    for line in lines:
        this, last = kind(line), found[-1][0] if found else "blank"
        if last == "bullet" and this in ("text", "code") and line.startswith("  "):
            # A bullet goes on.
            found[-1][1].append(line.strip())
        elif this == last and this in ("text", "code", "table"):
            found[-1][1].append(line)
        elif this == "blank" and last == "code":
            # Code may have an empty line in it; at its end that is taken off.
            found[-1][1].append("")
        else:
            found.append((this, [line]))
    return [block for block in found if block[0] != "blank"]


def roff(lines, where):
    """The lines of what stands below a heading. `where` names the file, for an error."""
    out = []
    for this, text in blocks(lines):
        if this == "heading":
            out.append(f".SS {name_line(re.sub('[`*]', '', text[0][4:]))}")
        elif this == "code":
            code = "\n".join(line[4:] for line in text).rstrip("\n")
            out += [".PP", ".RS 4", ".EX", *escaped(code).split("\n"), ".EE", ".RE"]
        elif this == "bullet":
            out += [".IP \\(bu 2", inline(" ".join([text[0][2:], *text[1:]]))]
        elif this == "table":
            out += table(text, where)
        elif said := inline(" ".join(line.strip() for line in text)).strip():
            out += [".PP", said]
    return out


def page(name, section, date, source, sections):
    """A whole page of titles and lines. Code is not hyphenated, and lines end where they end."""
    # A short word in the middle of the first line: the longest names leave no room for those of man-pages(7) between them.
    lines = [f'.TH {name_line(name.upper())} {section} {date} {name_line(source)} "Manual"', ".nr HY 0", ".nh", ".ad l"]
    for title, text in sections:
        lines += [f".SH {name_line(re.sub('[`*]', '', title).upper())}", *text]
    return "\n".join(lines) + "\n"
