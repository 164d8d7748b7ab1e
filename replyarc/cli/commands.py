"""The commands by name: where each is written, and what the page of the program says of it.

Nothing is imported here but what names them, so that one command never loads another.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Row(NamedTuple):
    """A command: ``module:function`` under ``replyarc.cli``, and one line about it."""

    place: str
    summary: str


GROUPS: Final[dict[str, dict[str, Row]]] = {
    "Start": {
        "demo": Row("starting:demo", "an invented government, crawled and shown; no network"),
        "init": Row("starting:init", "write a commented replyarc.toml"),
        "sources": Row("finding:sources", "known columns (建议提案办理) of government sites"),
        "discover": Row("finding:discover", "look for the columns of a site"),
        "check": Row("checking:check", "try sources a little, and save nothing"),
        "inspect": Row("inspecting:inspect", "what would be read from one page"),
    },
    "Run": {
        "crawl": Row("crawling:crawl", "walk the listings, archive what is new or changed"),
        "schedule": Row("scheduling:schedule", "what to install for a crawl every day"),
        "status": Row("status:status", "how each source is, and what cannot be right"),
    },
    "Look": {
        "show": Row("reading:show", "one reply (答复) by its number, address or title"),
        "list": Row("listing:list_replies", "replies, newest first, by filters"),
        "search": Row("searching:search", "full text of titles and letters (全文检索)"),
        "stats": Row("stats:stats", "counts, gaps, delays, edits and disappearances (统计)"),
        "browse": Row("browsing:browse", "the archive in a browser, on this machine"),
        "datasette": Row("describing:datasette", "the metadata with which Datasette shows it"),
    },
    "Take away": {
        "export": Row("writing:export", "write replies as a table, JSON lines, WARC …"),
        "import": Row("importing:import_files", "take in saved pages, WARC files and exports"),
        "backup": Row("backing:backup", "copy the archive while it is in use"),
        "merge": Row("merging:merge", "take other archives in"),
    },
    "Mend": {
        "reread": Row("rereading:reread", "read the kept bytes again, after rules changed"),
        "verify": Row("verifying:verify", "check every hash, reference and index"),
        "redact": Row("redacting:redact", "remove a reply's personal data (个人信息) for good"),
    },
    "Help": {
        "man": Row("manual:man", "print the manual page: replyarc man | man -l -"),
    },
}
"""The commands in the order in which a person meets them."""

COMMANDS: Final = {name: row for group in GROUPS.values() for name, row in group.items()}
"""Every command by its name."""

VARIABLES: Final = {
    "REPLYARC_CONFIG": "the configuration to read",
    "REPLYARC_ARCHIVE": "the archive to read or write",
    "REPLYARC_CONTACT": "contact of [crawl]; so too REPLYARC_DELAY and its other keys",
    "REPLYARC_PING": "the monitor that `crawl` tells of start, success and failure",
    "REPLYARC_LOG_FORMAT": "json: the log of `crawl` as JSON, an object a line",
    "NO_COLOR": "no colours",
    "FORCE_COLOR": "colours also where no terminal is",
}
"""Variables of the environment; the empty one counts as not set."""

FILES: Final = {
    "./replyarc.toml": "the configuration; else that of the user's configuration folder",
    "replies.db": "the archive, beside the configuration unless that says otherwise",
}
"""Files that are read and written unless an option or a variable names others."""

EXIT_CODES: Final = {
    "0": "done",
    "1": "a bug",
    "2": "usage",
    "3": "configuration",
    "4": "some items failed; the archive is whole",
    "5": "a finding: too few, stale, drift",
    "6": "blocked by a site",
    "7": "another crawl holds the archive",
    "8": "archive damaged, or of a newer replyarc",
    "9": "disk full",
    "10": "nothing found",
    "130, 143": "ended by a signal",
}
"""How a command ends; where several apply, the first of 9, 8, 7, 3, 6, 5, 4."""
