"""The exit codes of the contract, by name; `commands.EXIT_CODES` says what each means.

Apart from `invocation`, since what is answered quickly ends with them too.
"""

from __future__ import annotations

from typing import Final

DONE: Final = 0
USAGE: Final = 2
SOME_FAILED: Final = 4
FINDING: Final = 5
BLOCKED: Final = 6
DISK_FULL: Final = 9
NOTHING_FOUND: Final = 10
