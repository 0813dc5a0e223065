"""``python -m monitor`` is ``uncac-monitor``."""

from monitor.cli import main

if __name__ == "__main__":
    main()
