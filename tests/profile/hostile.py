"""Pages made to cost as much as can be: just below the limits, and far beyond them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.profile.reading import FILE

A = f'<a href="{FILE}">English</a>'
COUNTRY = "<h1>Country Profile: Mexico</h1><p>Executive summary</p>"
LONG = "Country report, " * 24
"""As long as words over a link can be."""

BELOW: Mapping[str, Callable[[], str]] = {
    "as many links as can be": lambda: "".join(
        f'<li><a href="{number}.pdf">Executive summary {number}</a>' for number in range(2_990)
    ),
    "all of them on one line": lambda: "".join(
        f'text <a href="{number}.pdf">x</a> ' for number in range(2_990)
    ),
    "each under its own long headings": lambda: "".join(
        f'<h{2 + number % 5}>{number} {LONG}<a href="{number}.pdf">x</a></h3>' for number in range(2_900)
    ),
    "each with its own long title": lambda: "".join(
        f'<a href="{number}.pdf" title="{number} {LONG}">{number}</a>' for number in range(2_990)
    ),
    "as many web pages as can be": lambda: "".join(
        f'<p>Executive summary {number}: <a href="{number}">{number}</a>' for number in range(2_990)
    ),
    "a line of 5 MB": lambda: f"<p>{'Country report, ' * 312_000} {A}</p>",
    "a line of 5 MB in Arabic": lambda: f"<p>{'تقرير قطري، ' * 230_000} {A}</p>",
    "a line of 5 MB that nobody sees": lambda: f"<p>{chr(0x200B) * 1_600_000} {A}</p>",
    "a label of 5 MB": lambda: f'<a href="{FILE}">{"Country report, " * 312_000}</a>',
    "an address of 5 MB": lambda: f'<a href="/documents/{"x" * 5_000_000}.pdf">x</a>{A}',
    "a script of 5 MB": lambda: f"""<a href="#" onclick="open('{".pdf" * 1_250_000}">x</a>{A}""",
    "scripts of 5 MB": lambda: f"""<a href="#" onclick="open('{".pdf" * 990}">x</a>""" * 1_250 + A,
    "class names of 5 MB": lambda: f'<div class="{"x " * 2_500_000}"><h2>x</h2>{A}',
    "classes of 5 MB": lambda: "".join(f'<div class="x{n} {"card " * 80}">' for n in range(7_400)) + A,
    "an attribute of 5 MB": lambda: f'<a href="{FILE}" title="{"Country report " * 330_000}">x</a>',
    "100,000 attributes": lambda: f'<a href="{FILE}" {" ".join(f"a{n}=1" for n in range(100_000))}>x</a>',
    "5 MB of entities": lambda: f"<p>{'&amp;' * 1_000_000}</p>{A}",
    "a heading of 5 MB with many links": lambda: f"<h2>{'Report ' * 690_000}</h2>{A * 2_990}",
    "first headings of 5 MB": lambda: f"<h1>{'Report ' * 690_000}</h1>{'<h1>Q</h1>' * 7_400}{A}",
    "nested 14,900 deep": lambda: f"{'<div>' * 14_900}{A}",
    "sections nested 7,400 deep": lambda: f"{'<section>x' * 7_400}{A}{'</section>' * 7_400}",
    "headings nested 14,900 deep": lambda: f"{'<div role=heading>x' * 14_900}{A}",
    "card titles nested 14,900 deep": lambda: f"{'<div class=card-title>x' * 14_900}{A}",
    "tables nested 4,900 deep": lambda: f"{'<table><tr><td>x' * 4_900}{A}",
    "tables nested 4,900 deep with a link each": lambda: f"{f'<table><tr><td>x{A}' * 2_900}",
    "lists nested 7,400 deep": lambda: f"{'<ul><li>x' * 7_400}{A}",
    "details nested 4,900 deep": lambda: f"{'<details><summary>x</summary>' * 4_900}{A}",
    "bold nested 14,900 deep": lambda: f"{'<b>x' * 14_900}{A}",
    "unclosed everything": lambda: f"{'<div><p><ul><li><table><tr><td><b><a href=x.pdf><h2>' * 1_400}",
    "2,900 tabs": lambda: "".join(f'<a href="#t{n}">x</a><div id="t{n}">y' for n in range(2_900)),
    "tabs nested 7,400 deep": lambda: "".join(f"<button data-target=#x{n}><i>x" for n in range(7_400)) + A,
    "a table of many cells in a row": lambda: f"<table><tr>{'<th>x' * 6_000}<tr>{f'<td>{A}' * 2_900}</table>",
    "a table of many rows": lambda: f"<table><tr><th>a<th>b{f'<tr><td>x<td>{A}' * 2_900}</table>",
    "sections across a table": lambda: f"<table>{f'<tr><td colspan=2>x<tr><td>x<td>{A}' * 2_100}</table>",
    "spans as wide and tall as can be": lambda: (
        f"<table>{('<tr>' + '<td rowspan=65535 colspan=65535>x' * 50 + f'<td>{A}') * 270}</table>"
    ),
    "tall cells of long words": lambda: (
        f"<table>{('<tr>' + f'<td rowspan=200>{LONG}' * 12 + f'<td>{A}') * 900}</table>"
    ),
    "2,900 open links": lambda: "".join(f'<a href="{number}.pdf"><div>x' for number in range(2_990)),
    "as many choices as can be": lambda: (
        f"<select>{''.join(f'<option value={n}.pdf>Report {n}' for n in range(2_990))}</select>"
    ),
    "choices in choices": lambda: f"{'<select><option value=x>x' * 7_400}{A}",
    "bases": lambda: f"{'<base href=x>' * 14_900}{A}",
    "XML declarations that never end": lambda: f"{('<?xml ' + 'x' * 250) * 14_900}",
    "links that never end": lambda: f"<p>{('<a ' + 'x' * 250) * 14_900}",
    "comments": lambda: f"{'<!--x-->' * 14_900}{A}",
    "a billion laughs": lambda: (
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
