"""The tables of an archive, format by format: what each migration writes.

Each table and index that a page touches is a block more to write at every commit: short rows go
`without rowid`, and `replies_key` is one index that answers `find` without a look at the long rows.
Tables whose names begin with an underscore are aids; `replies` is made from the fields of Reply.
"""

from __future__ import annotations

from typing import Final

NEWEST: Final = "coalesce(published_on, signed_on, substr(first_seen_at, 1, 10))"
"""The day by which replies are listed, newest first."""

_OLD_DAY, _NEW_DAY = (
    f"coalesce({row}.published_on, {row}.signed_on, substr({row}.first_seen_at, 1, 10))"
    for row in ("old", "new")
)

FIRST: Final = f"""
create table _meta (key text primary key, value text) strict, without rowid;

-- what was fetched
create table sources (
  name text primary key, publisher text, region text, family text, urls text) strict;
create table crawls (
  id integer primary key, source text references sources (name), family text,
  started_at text, ended_at text, finished integer, report text) strict;
create table bodies (sha256 text primary key, size integer, codec text, data blob) strict;
create table fetches (
  id integer primary key, url text, form text, final_url text, fetched_at text, status integer,
  headers text, sha256 text references bodies (sha256), problem text,
  crawl integer references crawls (id)) strict;
create table _robots (origin text primary key, status integer, text text, fetched_at text) strict;

-- what was to be fetched; `page` is the address under which its reply was filed
create table entries (
  id integer primary key, source text, url text, title text, listed_on text, first_crawl integer,
  listed_at text, state text, attempts integer, problem text, asked_at text, gone_at text,
  page text, unique (source, url)) strict;

-- what was read: the evidence
create table contents (fingerprint text primary key, fields text) strict;
create table readings (
  id text primary key, url text, fingerprint text references contents (fingerprint),
  index_number text, source text, sha256 text, flags text, first_seen_at text, last_seen_at text,
  first_read_at text, last_read_at text, keys text, reply text) strict;
create table _keys (
  key text, reading text references readings (id), primary key (key, reading)
) strict, without rowid;

-- what follows from it
create table versions (
  reply text references replies (id), number integer,
  fingerprint text references contents (fingerprint), sha256 text, first_seen_at text,
  first_read_at text, primary key (reply, number)) strict, without rowid;
create table sightings (
  reply text references replies (id), url text, source text, index_number text,
  first_seen_at text, last_seen_at text, primary key (reply, url)) strict, without rowid;
create table conflicts (
  index_number text, reply text references replies (id), primary key (index_number, reply)
) strict, without rowid;

create index replies_newest on replies ({NEWEST} desc, id);
create index replies_key on replies (title, document_number, proposal_numbers, index_number, id);
create index fetches_url on fetches (url, fetched_at);
create index entries_state on entries (source, state, asked_at);
create index entries_gone on entries (page) where gone_at is not null;
create index readings_url on readings (url);
create index sightings_source on sightings (source, reply);
create index sightings_index_number on sightings (index_number);
create index conflicts_reply on conflicts (reply);
"""

# What a listing announced and what was walked of it, in each crawl.
SECOND: Final = """
create table listings (
  crawl integer references crawls (id), url text, family text, pages integer, columns integer,
  announced integer, rows integer, left_out text, to_end integer, whole integer,
  primary key (crawl, url)
) strict, without rowid;
create index listings_url on listings (url, crawl);
alter table entries add column index_number text;
alter table entries add column document_number text;
"""

# What a row of a listing was told to be, if no reply (a notice, of another host). Where each value
# of a reading was read, and what else its reader noted; the bodies of the further
# pages that it was read from; what attached files say.
THIRD: Final = """
alter table entries add column told text;
update entries set told = problem, problem = null where state = 'left out';
alter table readings add column notes text;
alter table readings add column parts text;
create table texts (
  sha256 text primary key references bodies (sha256), kind text, text text, pages integer,
  problem text) strict;
"""

# `captures`: in which bytes a reading was found, and when; `readings` gain what
# tells versions apart. Bodies are packed with a dictionary of their site. Of every fetch it is kept
# what was sent, and how safe the line was. What a redaction removed stays removed.
FOURTH: Final = f"""
create table _dictionaries (
  id integer primary key, site text, sha256 text, made_at text, data blob) strict;
alter table bodies add column dictionary integer references _dictionaries (id);
create index bodies_dictionary on bodies (dictionary) where dictionary is not null;
create index dictionaries_site on _dictionaries (site, made_at);
alter table fetches add column request_headers text;
alter table fetches add column tls text;
alter table fetches add column ip text;
alter table entries add column missed integer references crawls (id);

create table captures (
  reading text references readings (id), sha256 text, parts text, reader text,
  first_seen_at text, last_seen_at text, first_read_at text, last_read_at text, accepted integer,
  primary key (reading, sha256, parts)) strict, without rowid;
create index captures_body on captures (sha256);
alter table readings add column says text;
alter table readings add column letters integer;
alter table readings add column standing text;
alter table readings add column told text;
alter table replies add column fingerprint text references contents (fingerprint);
create index readings_reply on readings (reply);
create index readings_number on readings (index_number) where index_number is not null;
create index entries_page on entries (page) where page is not null;
drop index entries_gone;

create table redactions (
  id text primary key, reply text, reason text, redacted_at text, removed text) strict;
create table _redacted (
  name text primary key, redaction text references redactions (id)) strict, without rowid;

-- the full-text index, and the replies that it does not show as they are
create table _indexed (
  id integer primary key, reply text unique, fingerprint text, day text) strict;
create virtual table _search using fts5 (
  tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
create table _unindexed (reply text primary key) strict, without rowid;
insert into _unindexed select id from replies;
create trigger _unindexed_new after insert on replies begin
  insert into _unindexed values (new.id) on conflict do nothing; end;
create trigger _unindexed_changed after update on replies
when old.fingerprint is not new.fingerprint or {_OLD_DAY} <> {_NEW_DAY} begin
  insert into _unindexed values (new.id) on conflict do nothing; end;
create trigger _unindexed_gone after delete on replies begin
  insert into _unindexed values (old.id) on conflict do nothing; end;
"""

# What readings said of bytes, said by captures now.
FOURTH_DATA: Final = """
insert into captures
select id, sha256, coalesce(parts, '[]'), '0', first_seen_at, last_seen_at, first_read_at,
  last_read_at, 0
from readings;
"""
FOURTH_DROPPED: Final = (
    *("sha256", "parts"),
    *("first_seen_at", "last_seen_at", "first_read_at", "last_read_at"),
)

BROUGHT: Final = "iif(json_valid(report), report ->> '$.new', 0) > 0"
"""Of a crawl: that it brought new letters."""

# How each host is to be asked, from run to run (see `manners.HostState`). What was found to be
# wrong with a source: since when, how it was measured, when it was said last, when it was well.
FIFTH: Final = f"""
create table _hosts (
  host text primary key, next_at text, rests_until text, why text, failures integer,
  failed_at text) strict, without rowid;
create table _findings (
  source text, kind text, about text, measure text, text text, since text, seen_at text,
  said_at text, ended_at text, primary key (source, kind, about)) strict, without rowid;
create index crawls_source on crawls (source, finished);
create index crawls_new on crawls (source) where {BROUGHT};
"""

# What each named export has told already, and what each reply said then (see ``exports``).
SIXTH: Final = """
create table _exports (
  name text primary key, filters text, about text, format text, exported_at text,
  replies integer) strict, without rowid;
create table _exported (
  name text, reply text, mark text, primary key (name, reply)) strict, without rowid;
"""

KEYS: Final = {
    "_meta": ("key",),
    "sources": ("name",),
    "crawls": ("id",),
    "bodies": ("sha256",),
    "fetches": ("id",),
    "_robots": ("origin",),
    "_hosts": ("host",),
    "_findings": ("source", "kind", "about"),
    "_exports": ("name",),
    "_exported": ("name", "reply"),
    "entries": ("source", "url"),
    "listings": ("crawl", "url"),
    "contents": ("fingerprint",),
    "readings": ("id",),
    "captures": ("reading", "sha256", "parts"),
    "texts": ("sha256",),
    "replies": ("id",),
    "versions": ("reply", "number"),
    "sightings": ("reply", "url"),
    "conflicts": ("index_number", "reply"),
    "redactions": ("id",),
    "_redacted": ("name",),
    "_dictionaries": ("id",),
    "_indexed": ("id",),
}
"""By which columns a row of a table is known, where one is written over."""
