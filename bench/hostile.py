"""Pages that nobody publishes, made to be as hard to read as can be.

Each row of CLASSES is a way to make such a page; its size and its parts are drawn from the random
numbers it is handed. ``{}`` in a FRAME is where its hard part stands.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from bench.soup import soup

_TITLE: Final = "清源市民政局关于市三届人大二次会议第12号建议的答复"
_LETTER: Final = (
    "<p>张三代表：</p><p>您提出的《关于加强养老服务的建议》（第12号）收悉。现答复如下：</p>"
    "<p>一、全市已建成驿站九处。</p><p>感谢您的关心。</p><p>清源市民政局</p><p>2021年7月3日</p>"
    "<p>联系人：李四，联系电话：0000-5550101</p>"
)
_BOX: Final = (
    "<table><tr><th>索引号：</th><td>QY001/2021-00012</td><th>文号：</th><td>清民函〔2021〕12号</td></tr>"
    "</table>"
)


def page(body: str, head: str = "") -> str:
    """Return a page with this body, its title and a box in front."""
    return (
        f"<!DOCTYPE html><html><head><title>{_TITLE}</title>{head}</head>"
        f"<body><h1>{_TITLE}</h1>{body}</body></html>"
    )


# Where in a page something hard may stand.
FRAMES: Final = (
    page(f"{_BOX}<div class=TRS_Editor>{_LETTER}{{}}</div>"),
    page(f"{_BOX}<div class=TRS_Editor>{{}}{_LETTER}</div>"),
    page(f"{_BOX}<div class=TRS_Editor>{{}}</div>"),
    page(f"{_BOX}<div class=TRS_Editor><p>张三代表：</p><p>{{}}</p></div>"),
    page(f"{_BOX}<div class=TRS_Editor><p>张三代表：</p><p>您提出的{{}}收悉。</p></div>"),
    page(f"{_BOX}<div class=TRS_Editor><p>{{}}代表：</p><p>您提出的建议收悉。</p></div>"),
    page(f"{_BOX}<div class=TRS_Editor>{_LETTER}<p>联系人：{{}}</p></div>"),
    page(f"{_BOX}<div class=TRS_Editor>{_LETTER}<p>抄送：{{}}</p></div>"),
    page(f"{_BOX}<div class=TRS_Editor>{_LETTER}<p>附件：<a href='1.pdf'>{{}}</a></p></div>"),
    page(f"{_BOX}<div class=TRS_Editor>{_LETTER}<p><a href='{{}}.pdf'>附件</a></p></div>"),
    page(f"{_BOX}<div>{_LETTER}{{}}</div>"),
    page(f"{_BOX}{{}}<div class=TRS_Editor>{_LETTER}</div>"),
    page(f"<table><tr><th>索引号：</th><td>{{}}</td></tr></table><div id=zoom>{_LETTER}</div>"),
    page(f"<table><tr><th>文号：{{}}</th><td>1</td></tr></table><div id=zoom>{_LETTER}</div>"),
    page(f"<div>来源：{{}} 发布日期：2021-07-03</div><div id=zoom>{_LETTER}</div>"),
    page(f"<ul><li>文号：{{}}</li><li>主题词：{{}}</li></ul><div id=zoom>{_LETTER}</div>"),
    page(f"{_BOX}<div id=zoom>{_LETTER}</div><script>var a = '{{}}';</script>"),
    page(f"{_BOX}发布日期：<script>document.write('{{}}')</script><div id=zoom>{_LETTER}</div>"),
    page(f"{_BOX}<div id=zoom>{_LETTER}</div><script>{{}}</script>"),
    page(f"{_BOX}<div id=zoom>{_LETTER}</div><!-- {{}} -->"),
    page(f"{_BOX}<div id=zoom class='{{}}'>{_LETTER}</div>"),
    page(f"{_BOX}<div id='{{}}'>{_LETTER}</div>"),
    page(f"{_BOX}<div id=zoom style='{{}}'>{_LETTER}</div>"),
    page(f"{_BOX}<div id=zoom>{_LETTER}</div>", "<meta name=ArticleTitle content='{}'>"),
    page(f"{_BOX}<div id=zoom>{_LETTER}</div>", "<meta name=PubDate content='{}'>"),
    page(f"{_BOX}<div id=zoom>{_LETTER}</div>", "<title>{}</title>"),
    f"<title>{{}}</title><h1>{{}}</h1><div id=zoom>{_LETTER}</div>",
    "{}",
)
_TAGS: Final = """
    a abbr address applet area article aside audio b base bdo big blockquote body br button canvas
    caption center cite code col colgroup dd del details dfn dialog dir div dl dt em embed fieldset
    figcaption figure font footer form frame frameset h1 h2 h3 head header hr html i iframe img
    input ins kbd label legend li link listing main map mark marquee math menu meta nav nobr
    noembed noframes noscript object ol optgroup option p param picture plaintext pre q rb rp rt
    rtc ruby s samp script section select small source span strike strong style sub summary sup svg
    table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
    o:p v:shape st1:chsdate ucapcontent founder-content x-y mi mtext foreignobject desc
"""
TAGS: Final = tuple(_TAGS.split())


# What is repeated side by side, one a line: "{tag}" is any element, "{n}" a number.
_PIECES: Final = """
<{tag}>
<{tag}>文</{tag}>
</{tag}>
<{tag} id=zoom>文
<{tag} class=TRS_Editor>
<{tag}>索引号：1</{tag}>
<{tag}>文号</{tag}>
<{tag} style='display:none'>x</{tag}>
<a href=1.pdf>一.pdf</a>
<a href='{n}.doc'>附件{n}</a>
<iframe src={n}.pdf></iframe>
<h1>关于第{n}号建议的答复</h1>
<meta name=ArticleTitle content='一{n}'>
<title>一</title>
<tr><td>索引号<td>{n}
<td>文号<td>1
<tr><td>一<td>二<td>三
<dt>文号<dd>1
<li>文号：1
<table><tr><td>文号</td><td>{n}</td></tr></table>
<table><tr><td>
<div>索引号：1</div>
<span>文号：</span><span>1</span>
<p>张三代表：</p>
<p>2021年{n}月3日</p>
<br>
<hr>
<p>联系人：张三，电话：12345678</p>
<p>抄送：市政府办</p>
<p>您提出的建议收悉。</p>
<p>一</p>
<div id=pagediv{n}>文</div>
<script>var pubdata='{n}';</script>
showVsbpdfIframe('1.pdf')
<script>document.write('2021-01-01')</script>
<p>第{n}号提案</p>
<!--x-->
<![CDATA[
<td rowspan=65534 colspan=1000>
<col span=1000>
<ruby>一<rt>y
<p>特此答复。
<b><p>
&amp;
&nbsp;
&#x4e00;
&CounterClockwiseContourIntegral;
&x
&
&#xD800;
<
<base href=http://{n}.test/>
<a href='http://{n}'>
<p><a></p>
<form><div></form>
<script>$('#a{n}').html('1');</script>
<p>附件：1.一.pdf</p>
<p>清源市民政局</p>
</p>
<td a=1>文
</i a=1>文
<body a=1>文
<td>一</td></tr>文
"""
PIECES: Final = tuple(_PIECES.strip().split("\n"))
_PROGRAM: Final = """
var a='1';
a=a+a;
(
)
{
}
'
"
\\\\
+
document.write(
a+
document.write('索引号：'+a);
if(a){
//
/*
$('#x').html(
`
a.replace('1',a);
document.write(a);
function(
var a='文号：';
a+='1';
a[0]
;
"""
PROGRAM: Final = tuple(_PROGRAM.strip().split("\n"))


def _framed(random: Random, hard: str) -> str:
    return random.choice(FRAMES[:-1]).replace("{}", hard)


def _size(random: Random, *sizes: int) -> int:
    return random.choice(sizes)


def _nested(random: Random) -> tuple[str, str]:
    """Tags inside tags: of one name, of several in turn, of a name each; closed or not."""
    names = random.sample(TAGS, random.choice((1, 1, 2, 3, 8)))
    depth = _size(random, 1000, 7999, 30_000, 100_000)
    opened = [names[at % len(names)] for at in range(depth)]
    if random.random() < 0.15:
        names, opened = ["x0 x1 x2 …"], [f"x{at}" for at in range(depth)]
    elif random.random() < 0.15:  # as deep as each name may be, one after the other
        opened = [
            name for name in random.sample(TAGS, 30) for _ in range(random.choice((399, 7999)))
        ]
        opened, names = opened[:100_000], ["many"]
    inner = random.choice(("", "文", "<p>索引号：1</p>", _LETTER))
    attribute = random.choice(("", "", " class=TRS_Editor", " id=zoom", " style='display:none'"))
    closed = "".join(f"</{name}>" for name in reversed(opened)) if random.random() < 0.5 else ""
    between = random.choice(("", "", "文", "索引号：", " "))
    hard = "".join(f"<{name}{attribute}>{between}" for name in opened) + inner + closed
    return f"{len(opened)} nested {' '.join(names)}{attribute}{between}", _framed(random, hard)


def _attributes(random: Random) -> tuple[str, str]:
    """A million attributes: of one element, or of many."""
    whole, each = random.choice(
        ((1_000_000, 1_000_000), (1_000_000, 999), (300_000, 3), (9000, 9000))
    )
    form = random.choice(
        (" a{}", " a{}=1", ' a{}="文"', " a{}='", " class", " 第{}", "\na{} = 1", "/a{}")
    )
    attributes = "".join(form.replace("{}", str(at)) for at in range(each))
    tag = random.choice(TAGS)
    hard = f"<{tag}{attributes}>文</{tag}>" * (whole // each)
    return f"{whole} attributes, {each} an element, {tag}{form!r}", _framed(random, hard)


def _repeated(random: Random) -> tuple[str, str]:
    """One small thing, a hundred thousand times, side by side."""
    piece = random.choice(PIECES).replace("{tag}", random.choice(TAGS))
    times = _size(random, 1000, 10_000, 100_000)
    if "{n}" in piece:
        return f"{times} x {piece}", _framed(
            random, "".join(piece.replace("{n}", str(at)) for at in range(times))
        )
    return f"{times} x {piece}", _framed(random, piece * times)


def _giant_text(random: Random) -> tuple[str, str]:
    """Text without an end in one place of the page, of letters that the reader looks for."""
    length = _size(random, 1000, 10_000, 100_000, 1_000_000, 1_000_000, 10_000_000)
    made_of, text = soup(random, length)
    frame = random.choice(FRAMES)
    at = FRAMES.index(frame)
    text = text if random.random() < 0.8 else text.replace("<", "&lt;")
    return f"{length} letters of {made_of} in frame {at}", frame.replace("{}", text)


def _lines(random: Random) -> tuple[str, str]:
    """Many lines, each of them as long as what the reader still looks at."""
    length, times = random.choice(((30, 30_000), (150, 10_000), (390, 3000), (990, 1000)))
    made_of, text = soup(random, length)
    tag = random.choice(("p", "div", "li", "td", "span", "br", "dd", "tr"))
    hard = f"<{tag}>{text}</{tag}>" * times
    return f"{times} {tag} of {length} letters of {made_of}", _framed(random, hard)


def _script(random: Random) -> tuple[str, str]:
    """Programs that never end to be read."""
    few = [random.choice(PROGRAM) for _ in range(random.choice((1, 2, 5, 20)))]
    unit = "".join(few)
    times = _size(random, 10, 100, 1000, 1000) if random.random() < 0.7 else 100_000
    script = f"<script>{unit * times}</script>" * random.choice((1, 1, 200))
    return f"script of {times} {unit[:60]!r}", _framed(
        random, f"发布日期：{script[:20_000_000]}<i id=x></i>"
    )


def _heavy(random: Random) -> tuple[str, str]:
    """Fifty million bytes."""
    image = "iVBORw0KGgo" + "QUJDREVGRw" * random.choice((10_000, 5_000_000))
    pieces = (
        f'<p>文<img src="data:image/png;base64,{image}"></p>',
        "<p>一、全市已建成驿站九处。</p>\n",
        *("文", "a ", "\n", "\U0001f600", "<br>", "&nbsp;", "<td>一</td>", "<!-- 注 -->"),
        *("<div><span class=a>字</span></div>", "<a href='/1.html'>一</a>", "</i a=1>文"),
        *("<style>p{margin:0}</style>", "<script>var a = 1;</script>", "<td a=1>文"),
    )
    piece = random.choice(pieces)
    times = 50_000_000 // len(piece.encode())
    return f"50 MB of {piece[:40]!r}", _framed(random, piece * max(1, times))


# How a page may be hard. A new way is a row.
CLASSES: Final[tuple[Callable[[Random], tuple[str, str]], ...]] = (
    *(_nested, _attributes, _repeated, _giant_text, _lines, _script, _heavy),
)
