"""Runs before the built program: gives back the environment that it was started with.

The built program finds its libraries through LD_LIBRARY_PATH, which the loader has read by now.
Other programs that it starts, as the one that opens an exported file, must not load them.
"""

import os

if "LD_LIBRARY_PATH" in os.environ:
    del os.environ["LD_LIBRARY_PATH"]
    if "LD_LIBRARY_PATH_ORIG" in os.environ:
        os.environ["LD_LIBRARY_PATH"] = os.environ.pop("LD_LIBRARY_PATH_ORIG")
