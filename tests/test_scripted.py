"""Values that scripts print: what is read for certain, and what is left alone."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.box import read_boxes
from replyarc.extract.labels import vocabulary
from replyarc.extract.program import run
from replyarc.extract.scripted import fill_in
from replyarc.extract.tokens import Unclear
from replyarc.text.html import parse

KNOWN = vocabulary()
NUMBER = "青民发〔2020〕1号"


def said(html: str) -> dict[str, str]:
    """The labels of a page that have a value."""
    document = parse(html)
    fill_in(document, html, KNOWN)
    document.strip_tags(["script"])
    assert document.body is not None
    boxes = read_boxes([document.body], KNOWN)
    return {label.strip(":："): value for box in boxes for label, value in box.pairs if value}


def script(source: str) -> str:
    return f"<script type='text/javascript'>{source}</script>"


DAY = {"发布时间": "2020年1月2日"}
WRITTEN = {
    "a variable": "var d='2020年1月2日'; document.write(d);",
    "a literal": 'document.write("2020年1月2日")',
    "a literal in an element": "document.write('<span class=\"t\">2020年1月2日</span>');",
    "unless it is empty": "var d = '2020年1月2日';if(d!=''){\n document.write(d);\n}",
    "unless there is none": "let d='2020年1月2日';if (d != null && d !== '') document.writeln(d)",
    "one of two": "const d='2020年1月2日';if(!d){document.write('无')}else{document.write(d)}",
    "one of three": (
        "var d='2020年1月2日';if(d=='无'||(d==null)) {d='';} else if(d.length>5) document.write(d);"
    ),
    "the day of a time": "var d='2020-01-02 10:11'; document.write(d.substring(0,10));",
    "blanks": "var d=' 2020年1月2日 '; document.write((d).trim());",
    "pieces": "var y='2020年', m='1月'; y += m; document.write(y+'2日');",
    "letters by number": r"document.write('\u0032020年1月2日\x20\n');",
    "remarks": "<!--\n// the day\n/* * of ** it */ var d='2020年1月2日';;document.write(d);\n//-->",
    "a name that comes later": "var d; d='2020年1月2日'; document.write(d)",
}


@pytest.mark.parametrize("source", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_script_behind_a_label_prints_its_value(source: str) -> None:
    html = f"<div>发布时间：{script(source)} 字体：小 中 大</div>"

    day = said(html)["发布时间"]

    assert day in ("2020年1月2日", "2020-01-02")


PLACES = {
    "cell": "<table><tr><td>发布时间</td><td>{}</td><td>来源</td><td></td></tr></table>",
    "element in a cell": "<table><tr><td>发布时间：</td><td><b>{}</b></td></tr></table>",
    "definition": "<dl><dt>发布时间：</dt><dd> {} </dd></dl>",
    "element": "<p><span>发布时间：</span><span>{}</span></p>",
    "behind a remark": "<p>发布时间：<!-- day -->{}</p>",
    "behind a script": "<p>发布时间：<script>var x = 1;</script>{}</p>",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_it_is_read_in_every_shape_of_a_box(place: str) -> None:
    assert said(place.format(script("document.write('2020年1月2日')"))) == DAY


def test_a_script_may_print_the_label_too_or_nothing() -> None:
    html = (
        "<p>发布时间：2020年1月2日 "
        + script("var w='市民政局';if(w!=''){document.write('文章来源：'+w+'&emsp;');}")
        + script("var z='';if(z!=''){document.write('作者：'+z+'&emsp;');}")
        + "点击量：3</p>"
    )

    assert said(html) == DAY | {"文章来源": "市民政局", "点击量": "3"}


def test_a_variable_may_be_set_in_another_script_once() -> None:
    head = script("var pubdate = '2020年1月2日', x = f(1); x.pubdate = '';")
    page = "<p>发布时间：" + script("document.write(pubdate)") + "</p>"

    assert said(head + page) == DAY
    assert said(head + script("pubdate = g();") + page) == {}
    assert said(page) == {}


PUT = {
    "jquery": "$('#wh').html('青民发〔2020〕1号');",
    "jquery by its name": 'jQuery("#wh").text("青民发〔2020〕1号")',
    "once the page is there": "$(function(){ $('#wh').html('青民发〔2020〕1号'); });",
    "once the document is ready": (
        "$(document).ready(function(){$('#wh').append('青民发〔2020〕1号')})"
    ),
    "element by its id": "document.getElementById('wh').innerHTML = '青民发〔2020〕1号';",
    "text of an element": "var n='青民发〔2020〕1号';document.getElementById(\"wh\").textContent=n",
}


@pytest.mark.parametrize("source", PUT.values(), ids=PUT.keys())
def test_a_value_is_put_into_its_cell(source: str) -> None:
    html = "<table><tr><td>文号：</td><td><span id='wh'></span></td></tr></table>"

    assert said(html + script(source)) == {"文号": NUMBER}


def test_a_value_is_put_behind_its_label() -> None:
    html = (
        "<ul><li>文号：青民发〔2020〕1号</li><li><span id=status>文件状态：</span>"
        + script("var s='失效'; if(s!=''){ $('#status').parent().append(s); }")
        + "</li></ul>"
    )

    assert said(html) == {"文号": NUMBER, "文件状态": "失效"}


CELL = "<table><tr><td>文号：</td><td id=wh>{}</td></tr></table>"
UNCLEAR = {
    "two values for one cell": CELL.format("")
    + script("$('#wh').html('青民发〔2020〕1号');$('#wh').html('青民发〔2020〕2号');"),
    "two scripts for one cell": CELL.format("")
    + script("$('#wh').html('青民发〔2020〕1号');")
    + script("if(now()){$('#wh').html('青民发〔2020〕2号');}"),
    "no such cell": CELL.format("")
    + script("$('#wh').parent().parent().html('青民发〔2020〕1号');$('#jg').html('市民政局');"),
    "not by its id": CELL.format("")
    + script("$('td').html('青民发〔2020〕1号');$('#wh').text('')"),
    "an odd id": CELL.format("") + script("$('#wh').text(''); $('#wh > a').html('市民政局')"),
    "no element": "<p>文号：</p>" + script("$('#wh').html('青民发〔2020〕1号')"),
    "the clock": "<p>发布时间："
    + script("document.write(new Date().getFullYear()+'-01-02')")
    + "</p>",
    "the address": "<p>有效性：" + script("if(u()){document.write('有效')}") + "</p>",
    "other words": "<p>欢迎" + script("document.write('2020年1月2日')") + "</p>",
    "long words": f"<p>{'长' * 500}" + script("document.write('2020年1月2日')") + "</p>",
    "a whole block": "<p>来源：" + script(f"document.write('{'长' * 400}')") + "</p>",
    "a long script": "<p>来源：" + script(f"document.write('本网');{' ' * 5000}") + "</p>",
    "nothing": "<p>来源：" + script("document.write('')") + "</p>",
    "neither label nor value": "<p>欢迎"
    + script("var a='来源：'; document.write('本网')")
    + "</p>",
    "a whole block for a cell": CELL.format("长" * 1200)
    + script("$('#wh').append('青民发〔2020〕1号')"),
    "the page": "<html id='wh'>" + script("var a='文号：'; $('#wh').html('青民发〔2020〕1号')"),
    "only a mark": "<p>来源：" + script("document.write('<i></i>')") + "</p>",
}


@pytest.mark.parametrize("html", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_what_is_not_certain_is_not_read(html: str) -> None:
    assert said(html) == {}


def test_a_page_without_such_scripts_is_left_as_it_is() -> None:
    assert said(f"<p>发布时间：2020年1月2日</p>{script('show(1)')}") == DAY


def test_what_a_cell_says_is_not_overwritten() -> None:
    html = CELL.format("青民发〔2019〕9号") + script("$('#wh').html('青民发〔2020〕1号')")

    assert said(html) == {"文号": "青民发〔2019〕9号"}


@pytest.mark.parametrize(
    "source",
    [
        "f()",
        "x +",
        "var",
        "var 1='2'",
        "var x='1",
        "var x=y.z;",
        "x='1'+2",
        "x='1'.substring(1,2)",
        "x='1'.substring(0,'a')",
        "x='1'.split('')",
        "x=1; y=x.length",
        "if(1=='1'){}",
        "if('1'>0){}",
        "if(x",
        "{",
        "{" * 40,
        "x=" + "(" * 40,
        "if(" + "(" * 40,
        "if(" + "!" * 40,
        "document.write",
        "document.getElementById(x).innerHTML='1'",
        "document.getElementById('a b').innerHTML='1'",
        "$('td').html('1')",
        "$(function(){",
        "#",
        "x=-1",
        "x='12345678';" + "x+=x;" * 40,
    ],
)
def test_a_script_that_does_anything_else_is_unclear(source: str) -> None:
    with pytest.raises(Unclear):
        run(source, _nothing)


def _nothing(name: str) -> str:
    raise Unclear(name)


@given(st.text("ifelse()'\"{};=+!&|.,document.write$# \n<>0x1\\/*-", max_size=200))
def test_no_script_breaks_the_reading(source: str) -> None:
    try:
        printed = run(source, lambda name: f"'{name}'")
    except Unclear:
        printed = []

    assert all(isinstance(each.text, str) for each in printed)


def test_a_long_script_without_end_is_read_at_once() -> None:
    with pytest.raises(Unclear):
        run("/*" * 1000 + "'" + "\\" * 2000, _nothing)


@pytest.mark.parametrize(
    "page",
    [
        "".join(script(f"var a{i}='来源：';$('#b{i}').html(a{i}+c{i})") for i in range(2000)),
        "<p>来源：" + "<i></i>" * 50_000 + script("document.write('本网')") * 500,
        "".join(f"<p>来源：<b id=b{i}></b>" + script(f"$('#b{i}').html(c)") for i in range(2000)),
    ],
    ids=["variables", "empty elements", "elements"],
)
def test_a_page_of_many_scripts_is_read_in_no_time(page: str) -> None:
    begun = process_time()

    fill_in(parse(page), page, KNOWN)

    assert process_time() - begun < 1
