from tests.botapi.trust import trusts_once  # noqa: F401 - for every test here
