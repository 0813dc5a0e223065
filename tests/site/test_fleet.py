"""Half of the site, and one country more, shows something else for days: nothing false is told, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from monitor.alert.book import Book
from monitor.demo.site import SimulatedSite
from monitor.model import ChangeKind, Commit, Outcome, Subscription
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.record.apply import after
from monitor.record.believe import Limits
from monitor.record.decide import Settings
from monitor.site.fetch import Fetcher
from monitor.sweep import Sweeper, SweepReport
from tests.alert.world import Clock, Memory
from tests.fakes import CHAT, OPERATOR, SHIPPED, K, text
from tests.remembered import reads_once
from tests.site.fetching import fetcher

FLEET = SHIPPED.countries[:12]
CODES = [country.code for country in FLEET]
BROKEN, WHOLE = CODES[:7], CODES[7:]
MAINTENANCE = (
    "<!DOCTYPE html><title>Maintenance</title><h1>We will be back soon</h1><p>Scheduled maintenance."
)
LINKS = "".join(f'<li><a href="/about/{number}.html">About us {number}</a>' for number in range(200))
Break = Callable[[SimulatedSite, str], None]


def instead(body: str = MAINTENANCE, status: int = 200, **headers: str) -> Break:
    named = {"Content-Type": "text/html; charset=utf-8"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return lambda site, code: site.answer(code, status=status, body=body, headers=named)


def _another_countrys_page(site: SimulatedSite, code: str) -> None:
    other = WHOLE[BROKEN.index(code) % len(WHOLE)]
    site.answer(
        code, status=302, headers={"Location": f"/{SHIPPED.country(other).profile_code or other}.html"}
    )


def _the_same_page_for_all(site: SimulatedSite, code: str) -> None:
    first = SHIPPED.country(WHOLE[0])
    site.answer(code, status=302, headers={"Location": f"/{first.profile_code or first.code}.html"})


TROUBLES: dict[str, Break] = {
    "maintenance page": instead(),
    "maintenance page with the site's links": instead(f"{MAINTENANCE}<ul>{LINKS}</ul>"),
    "maintenance page that names every country": instead(
        MAINTENANCE + "".join(f"<p>{country.name}" for country in SHIPPED.countries)
    ),
    "sign-in page": instead(
        "<!DOCTYPE html><h1>Sign in</h1><form><input name=user><input type=password></form>"
    ),
    "empty page": instead(""),
    "a script's shell": instead(
        '<!DOCTYPE html><div id="root"></div><script src="/app.js"></script><noscript>Enable JavaScript'
    ),
    "a challenge": instead("<title>Just a moment...</title><h1>Checking your browser</h1>"),
    "bare text": instead("ok", Content_Type="text/plain"),
    "a PDF": instead("%PDF-1.7", Content_Type="application/pdf"),
    "503": instead(status=503),
    "403": instead(status=403),
    "404": instead(status=404),
    "the home page": instead(f"<!DOCTYPE html><h1>Home</h1><ul>{LINKS}</ul>"),
    "another country's page": _another_countrys_page,
    "one country's page for all": _the_same_page_for_all,
}


class Fleet:
    """A simulated site, the real fetcher and reader, a store in memory, one chat and one operator."""

    def __init__(self, site: SimulatedSite, one: Fetcher) -> None:
        self.site = site
        self.store = Memory()
        self.clock = Clock()
        chats = (Subscription(CHAT), Subscription(OPERATOR, is_operator=True))
        self.store.world = after(self.store.world, Commit(subscriptions=chats))
        book = Book(
            FLEET,
            SHIPPED.pledges,
            SHIPPED.rules,
            lambda country: site.profile_url.format(code=country.profile_code or country.code),
        )
        reader = Reader(SHIPPED.rules, CountryNames(SHIPPED.countries))
        settings = Settings(Limits(0.5, 6, 5, 0.05, 3), timedelta(hours=72))
        self.sweeper = Sweeper(one, reader, self.store, settings, book, self.clock)

    async def sweeps(self, times: int = 1, hours: float = 6) -> SweepReport:
        for _ in range(times):
            self.clock.advance(hours * 3600)
            report = await self.sweeper.sweep(FLEET)
        return report

    def told(self, chat: int) -> list[str]:
        return [text(one.message) for one in self.store.world.deliveries if one.chat == chat]

    def changed(self) -> list[str]:
        """Name the country of each change, all of which are to be publications."""
        assert {change.kind for change in self.store.world.changes} <= {ChangeKind.PUBLISHED}
        return [change.code for change in self.store.world.changes]

    def documents(self) -> dict[str, object]:
        return {code: dossier.documents for code, dossier in self.store.world.dossiers.items()}


@pytest.mark.parametrize("name", TROUBLES)
async def test_most_of_a_fleet_that_shows_something_else_for_days_is_one_incident_and_no_news(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads_once(monkeypatch)
    with SimulatedSite(FLEET) as site:
        async with fetcher(retries=0) as one:
            fleet = Fleet(site, one)
            await fleet.sweeps()
            before = fleet.documents()
            for code in BROKEN:
                TROUBLES[name](site, code)
            report = await fleet.sweeps(5, hours=20)
            failed = {visit.code for visit in report.visits if visit.outcome is Outcome.FAILED}
            assert (failed, fleet.documents()) == (set(BROKEN), before)
            _first, incident = fleet.told(OPERATOR)
            assert incident.startswith("7 of 12 countries could not be read")
            # What is published meanwhile is told when it can be seen, once.
            site.publish(WHOLE[3], K.SELF_ASSESSMENT, "2")
            site.publish(BROKEN[3], K.COUNTRY_REPORT, "2")
            await fleet.sweeps()
            assert fleet.changed() == [WHOLE[3]]
            for code in BROKEN:
                site.recover(code)
            report = await fleet.sweeps(3, hours=48)
            assert {visit.outcome for visit in report.visits} <= {Outcome.READ, Outcome.UNCHANGED}
            assert fleet.changed() == [WHOLE[3], BROKEN[3]]
            assert len(fleet.told(CHAT)) == 2
            *_, over = fleet.told(OPERATOR)
            assert over.startswith("Over: many countries cannot be read")
            assert fleet.store.world.incidents == {}
