"""Pages made to cost as much as can be: just below the limits, or a part ``of`` that, and far beyond them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.profile.reading import FILE

A = f'<a href="{FILE}">English</a>'
COUNTRY = "<h1>Country Profile: Mexico</h1><p>Executive summary</p>"
LONG = "Country report, " * 24
"""As long as words over a link can be."""

BELOW: Mapping[str, Callable[[int], str]] = {
    "as many links as can be": lambda of: "".join(
        f'<li><a href="{number}.pdf">Executive summary {number}</a>' for number in range(2_990 // of)
    ),
    "all of them on one line": lambda of: "".join(
        f'text <a href="{number}.pdf">x</a> ' for number in range(2_990 // of)
    ),
    "each under its own long headings": lambda of: "".join(
        f'<h{2 + number % 5}>{number} {LONG}<a href="{number}.pdf">x</a></h3>'
        for number in range(2_900 // of)
    ),
    "each with its own long title": lambda of: "".join(
        f'<a href="{number}.pdf" title="{number} {LONG}">{number}</a>' for number in range(2_990 // of)
    ),
    "as many web pages as can be": lambda of: "".join(
        f'<p>Executive summary {number}: <a href="{number}">{number}</a>' for number in range(2_990 // of)
    ),
    "a line of 5 MB": lambda of: f"<p>{'Country report, ' * (312_000 // of)} {A}</p>",
    "a line of 5 MB in Arabic": lambda of: f"<p>{'تقرير قطري، ' * (230_000 // of)} {A}</p>",
    "a line of 5 MB that nobody sees": lambda of: f"<p>{chr(0x200B) * (1_600_000 // of)} {A}</p>",
    "a label of 5 MB": lambda of: f'<a href="{FILE}">{"Country report, " * (312_000 // of)}</a>',
    "an address of 5 MB": lambda of: f'<a href="/documents/{"x" * (5_000_000 // of)}.pdf">x</a>{A}',
    "a script of 5 MB": lambda of: f"""<a href="#" onclick="open('{".pdf" * (1_250_000 // of)}">x</a>{A}""",
    "scripts of 5 MB": lambda of: f"""<a href="#" onclick="open('{".pdf" * 990}">x</a>""" * (1_250 // of) + A,
    "class names of 5 MB": lambda of: f'<div class="{"x " * (2_500_000 // of)}"><h2>x</h2>{A}',
    "classes of 5 MB": lambda of: (
        "".join(f'<div class="x{n} {"card " * 80}">' for n in range(7_400 // of)) + A
    ),
    "an attribute of 5 MB": lambda of: (
        f'<a href="{FILE}" title="{"Country report " * (330_000 // of)}">x</a>'
    ),
    "100,000 attributes": lambda of: (
        f'<a href="{FILE}" {" ".join(f"a{n}=1" for n in range(100_000 // of))}>x</a>'
    ),
    "5 MB of entities": lambda of: f"<p>{'&amp;' * (1_000_000 // of)}</p>{A}",
    "a heading of 5 MB with many links": lambda of: (
        f"<h2>{'Report ' * (690_000 // of)}</h2>{A * (2_990 // of)}"
    ),
    "first headings of 5 MB": lambda of: (
        f"<h1>{'Report ' * (690_000 // of)}</h1>{'<h1>Q</h1>' * (7_400 // of)}{A}"
    ),
    "nested 14,900 deep": lambda of: f"{'<div>' * (14_900 // of)}{A}",
    "sections nested 7,400 deep": lambda of: (
        f"{'<section>x' * (7_400 // of)}{A}{'</section>' * (7_400 // of)}"
    ),
    "headings nested 14,900 deep": lambda of: f"{'<div role=heading>x' * (14_900 // of)}{A}",
    "card titles nested 14,900 deep": lambda of: f"{'<div class=card-title>x' * (14_900 // of)}{A}",
    "tables nested 4,900 deep": lambda of: f"{'<table><tr><td>x' * (4_900 // of)}{A}",
    "tables nested 4,900 deep with a link each": lambda of: f"{f'<table><tr><td>x{A}' * (2_900 // of)}",
    "lists nested 7,400 deep": lambda of: f"{'<ul><li>x' * (7_400 // of)}{A}",
    "details nested 4,900 deep": lambda of: f"{'<details><summary>x</summary>' * (4_900 // of)}{A}",
    "bold nested 14,900 deep": lambda of: f"{'<b>x' * (14_900 // of)}{A}",
    "unclosed everything": lambda of: (
        f"{'<div><p><ul><li><table><tr><td><b><a href=x.pdf><h2>' * (1_400 // of)}"
    ),
    "2,900 tabs": lambda of: "".join(f'<a href="#t{n}">x</a><div id="t{n}">y' for n in range(2_900 // of)),
    "tabs nested 7,400 deep": lambda of: (
        "".join(f"<button data-target=#x{n}><i>x" for n in range(7_400 // of)) + A
    ),
    "a table of many cells in a row": lambda of: (
        f"<table><tr>{'<th>x' * (6_000 // of)}<tr>{f'<td>{A}' * (2_900 // of)}</table>"
    ),
    "a table of many rows": lambda of: f"<table><tr><th>a<th>b{f'<tr><td>x<td>{A}' * (2_900 // of)}</table>",
    "sections across a table": lambda of: (
        f"<table>{f'<tr><td colspan=2>x<tr><td>x<td>{A}' * (2_100 // of)}</table>"
    ),
    "spans as wide and tall as can be": lambda of: (
        f"<table>{('<tr>' + '<td rowspan=65535 colspan=65535>x' * 50 + f'<td>{A}') * (270 // of)}</table>"
    ),
    "tall cells of long words": lambda of: (
        f"<table>{('<tr>' + f'<td rowspan=200>{LONG}' * 12 + f'<td>{A}') * (900 // of)}</table>"
    ),
    "2,900 open links": lambda of: "".join(f'<a href="{number}.pdf"><div>x' for number in range(2_990 // of)),
    "as many choices as can be": lambda of: (
        f"<select>{''.join(f'<option value={n}.pdf>Report {n}' for n in range(2_990 // of))}</select>"
    ),
    "choices in choices": lambda of: f"{'<select><option value=x>x' * (7_400 // of)}{A}",
    "bases": lambda of: f"{'<base href=x>' * (14_900 // of)}{A}",
    "XML declarations that never end": lambda of: f"{('<?xml ' + 'x' * 250) * (14_900 // of)}",
    "links that never end": lambda of: f"<p>{('<a ' + 'x' * 250) * (14_900 // of)}",
    "comments": lambda of: f"{'<!--x-->' * (14_900 // of)}{A}",
    "a billion laughs": lambda _: (
        '<!DOCTYPE html [<!ENTITY l0 "Country report">'
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        + f"]><p>&l9;</p>{A}"
    ),
}
BEYOND: Mapping[str, Callable[[], str]] = {
    "100,000 links": lambda: "".join(f'<a href="{number}.pdf">Report</a>' for number in range(100_000)),
    "3,100 links": lambda: "".join(f'<a href="{number}.pdf">Report</a>' for number in range(3_100)),
    "a million open paragraphs": lambda: "<p>" * 1_000_000,
    "5 MB of open brackets": lambda: "<" * 5_000_000,
    "100,000 columns": lambda: f"<table><tr>{'<td>x' * 100_000}</table>",
    "nested 100,000 deep": lambda: "<div>" * 100_000,
}
