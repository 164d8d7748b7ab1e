"""More columns that hold columns, in systems whose addresses do not nest, and years that add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from tests.gov import Answer, Heard
from tests.sites.frame import page as framed_page
from tests.sites.hanweb import Jpage, art
from tests.sites.portal import lines, portal
from tests.sites.site import Paper, papers
from tests.sites.trs import article
from tests.sites.varied import ITEMS, Made, Varied, beside, item, own_way, trs_pager, trs_way
from tests.sites.varied_nested import FOLDER, Nested, blocks, links_to, sub, titled
from tests.sites.varied_static import VSB_HEAD, nf_pager, vsb_pager, vsb_way

VSB_FOLDER = "/zwgk/jyta"


def vsb_sub(name: str, tree: int, count: int, kind: str = "") -> Made:
    """A column of 博达 below another; its letters lie in the folder of its tree."""
    made = papers(count, lambda number, day: f"/info/{tree}/{8000 + number}.htm")
    stem = f"{VSB_FOLDER}/{name}"
    site = Made(name, "vsb", stem + ".htm", titled(made, kind) if kind else made, 10,
                vsb_way(stem), vsb_pager, head=VSB_HEAD, nav="/zwgk/{}.htm")  # fmt: skip
    site.aside = beside(lambda number, day: f"/info/1201/{number}.htm")
    return site


def vsb_parts() -> list[Made]:
    return [vsb_sub("rddbjy", 1053, 23), vsb_sub("zxwyta", 1054, 14, "号提案")]


def vsb_links() -> Varied:
    """Nothing but the two columns below, and a box of other articles."""

    def show(nested: Nested) -> str:
        rows = lines(
            f'<li><a href="{each.column}">{title}</a></li>'
            for title, each in zip(("人大建议", "政协提案"), nested.inside, strict=True)
        )
        side = beside(lambda number, day: f"/info/1201/{number}.htm")
        return portal(f"<ul>{rows}</ul>", nav="/zwgk/{}.htm", head=VSB_HEAD, aside=side)

    return Nested("deeper: vsb, links", None, VSB_FOLDER + ".htm", vsb_parts(), show)


def vsb_blocks() -> Varied:
    """The newest five of each, whose addresses do not lie below the column."""

    def show(nested: Nested) -> str:
        return blocks(nested).replace("/zwgk/tzgg/", "/info/1201/")

    return Nested("deeper: vsb, blocks", None, VSB_FOLDER + ".htm", vsb_parts(), show)


def posts(folder: str, first: int) -> Callable[[int, date], str]:
    """Where the letters of a column of NFCMS lie."""
    return lambda number, day: f"{folder}content/post_{first + number}.html"


def nfcms_parts() -> Varied:
    """Two columns of NFCMS below one that has no rows."""
    inside = []
    for place, (name, kind) in enumerate((("rddbjy", ""), ("zxwyta", "号提案"))):
        folder = f"/zwgk/jyta/{name}/"
        first = 9100000 + place * 9999
        made = papers(21, posts(folder, first))
        made = titled(made, kind) if kind else made
        site = Made(name, "nfcms", folder, made, 10, own_way(folder), nf_pager)
        site.head = '<script>window.NFCMS_SITE_ID=990123;window.NFCMS_CAT_ID="9571";</script>'
        inside.append(site)
    show = links_to({"rddbjy": "人大代表建议办理", "zxwyta": "政协提案办理"})
    return Nested("deeper: nfcms", None, "/zwgk/jyta/", inside, show)


def newest_and_more() -> Varied:
    """The newest ten on the front, and 更多 to a list of all in the same folder."""

    def show(nested: Nested) -> str:
        rows = lines(item(each, each.path) for each in nested.inside[0].papers[:10])
        more = f'<h3>建议提案办理<a href="{FOLDER}list.html">更多&gt;&gt;</a></h3>'
        return portal(more + ITEMS.format(rows), aside=beside(article("/zwgk/tzgg/", "html")))

    made = papers(33, article(FOLDER, "html"))
    inside = Made("list", "trs", FOLDER + "list.html", made, 10, trs_way(FOLDER, stem="list"),
                  trs_pager(stem="list"))  # fmt: skip
    return Nested("deeper: the newest, and 更多", None, FOLDER, [inside], show, whole=False)


def frame_beside() -> Varied:
    """A shell with a frame, beside a box of ten dated articles."""

    def show(nested: Nested) -> str:
        side = beside(article("/zwgk/tzgg/", "html"))
        return portal('<iframe src="./list/index.html" width="100%"></iframe>', aside=side)

    return Nested("deeper: a frame and a box", None, FOLDER, [sub(FOLDER + "list/", 27)], show)


@dataclass
class NewestYear(Made):
    """The column lists the newest year, paged; the years before are columns below."""

    before: list[Made] = field(default_factory=list)
    mine: list[Paper] = field(default_factory=list)

    def shown(self, number: int) -> list[Paper]:
        return self.mine[(number - 1) * self.size : number * self.size]

    @property
    def last(self) -> int:
        return -(-len(self.mine) // self.size)

    def answer(self, heard: Heard) -> Answer | None:
        sent = (each.answer(heard) for each in self.before)
        return next((each for each in sent if each), None) or super().answer(heard)


def newest_year(name: str, count: int) -> Varied:
    """Make a column of the newest year with two years below."""
    before = []
    for year in (2023, 2022):
        folder = f"{FOLDER}{year}n/"
        made = [
            replace(
                each,
                day=date(year, 1 + each.number % 12, 3),
                title=each.title.replace("二次", "二一"[2023 - year] + "次"),
            )
            for each in papers(17, lambda number, day: "")
        ]
        made = [replace(each, path=article(folder, "html")(each.number, each.day)) for each in made]
        before.append(Made(folder, "trs", folder, made, 10, trs_way(folder), trs_pager()))
    mine = papers(count, article(FOLDER, "html"))
    mine = [replace(each, title=each.title.replace("二次", "三次")) for each in mine]
    all_of_them = [*mine, *(paper for each in before for paper in each.papers)]
    menu = lines(f'<a href="./{year}n/">{year}年</a>' for year in (2023, 2022))
    site = NewestYear(name, None, FOLDER, all_of_them, 10, trs_way(FOLDER), trs_pager(),
                      above=f'<div class="years">{menu}</div>')  # fmt: skip
    site.before, site.mine = before, mine
    return site


def newest_year_paged() -> Varied:
    return newest_year("deeper: the newest year, paged", 25)


def newest_year_short() -> Varied:
    return newest_year("deeper: the newest year, one page", 8)


@dataclass
class Years:
    """大汉: a column without records, with a menu of years that are columns beside it."""

    name: str
    inside: list[Jpage]
    family: str | None = None
    column: str = "/col/col80100/index.html"
    printed: bool = True
    whole: bool = True
    left_out: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.papers = [paper for each in self.inside for paper in each.papers]

    def answer(self, heard: Heard) -> Answer | None:
        if heard.path.partition("?")[0] == self.column:
            menu = lines(
                f'<li><a href="{each.column}">{2024 - place}年</a></li>'
                for place, each in enumerate(self.inside)
            )
            tabs = [f"/col/col{number}/index.html" for number in range(70120, 70150)]
            other = [art(70133)(number, date(2024, 9, number)) for number in range(11, 17)]
            return framed_page(f'<ul class="years">{menu}</ul>', tabs=tabs, elsewhere=other)
        asked_first = heard.headers.get("referer", "")
        for each in self.inside:
            if (each.column in heard.path or each.column in asked_first) and (
                sent := each.answer(heard)
            ):
                return sent
        return None


def hanweb_years() -> Varied:
    inside = []
    for place, count in enumerate((50, 12)):
        number = 80101 + place
        made = papers(count, art(number))
        made = [
            replace(each, title=each.title.replace("二次", "二一"[place] + "次")) for each in made
        ]
        site = Jpage("", made, ("records",), str(number), "404123")
        site.column = f"/col/col{number}/index.html"
        inside.append(site)
    return Years("deeper: years of jpage", inside)


def empty_part() -> Varied:
    """One of two columns below has no letter yet."""

    def show(nested: Nested) -> str:
        return links_to({"rddbjy": "人大代表建议", "zxwyta": "政协委员提案"})(nested)

    site = Nested("deeper: an empty part", None, FOLDER, [sub(FOLDER + "rddbjy/", 12)], show)
    site.inside.append(sub(FOLDER + "zxwyta/", 0))
    site.whole = False  # a finding says that a column below has no entry
    return site


def redirected_shell() -> Varied:
    """A shell that leads on by <meta http-equiv="refresh">."""

    def show(nested: Nested) -> str:
        return (
            '<html><head><meta http-equiv="refresh" content="0; url=./rddbjy/"></head>'
            "<body></body></html>"
        )

    inside = [sub(FOLDER + "rddbjy/", 12)]
    return Nested("deeper: a refreshing shell", None, FOLDER, inside, show, whole=False)


DEEPER: tuple[Callable[[], Varied], ...] = (
    *(vsb_links, vsb_blocks, nfcms_parts, newest_and_more, frame_beside, newest_year_paged),
    *(newest_year_short, hanweb_years, empty_part, redirected_shell),
)
