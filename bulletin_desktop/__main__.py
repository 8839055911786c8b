"""``python -m bulletin_desktop``."""

import sys

from bulletin_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
