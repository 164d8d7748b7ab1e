"""The shapes of the metadata box: what is a label, what is its value, what is no box at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborNode

from replyarc.extract.box import read_boxes
from replyarc.extract.fields import normalise
from replyarc.extract.labels import bare, vocabulary
from replyarc.text.html import parse

KNOWN = vocabulary()


def body(html: str) -> LexborNode:
    found = parse(f"<body>{html}</body>").body
    assert found is not None
    return found


def pairs(html: str) -> list[tuple[str, str]]:
    return [pair for box in read_boxes([body(html)], KNOWN) for pair in box.pairs]


TWO = [("索引号", "QH0301/2020-00017"), ("文号", "青民发〔2020〕1号")]
SHAPES = {
    "td beside td": (
        "<table><tr><td>索引号<td>QH0301/2020-00017<td>文号<td>青民发〔2020〕1号</table>"
    ),
    "th beside td": (
        "<table><tr><th>索引号<td>QH0301/2020-00017<tr><th>文号<td>青民发〔2020〕1号</table>"
    ),
    "dt and dd": "<dl><dt>索引号<dd>QH0301/2020-00017<dt>文号<dd>青民发〔2020〕1号</dl>",
    "spans in rows": (
        "<div><div><span>索引号</span><span>QH0301/2020-00017</span></div>"
        "<div><span>文号</span> <span>青民发〔2020〕1号</span></div></div>"
    ),
    "blocks in pairs": (
        "<div><div>索引号</div><div>QH0301/2020-00017</div>"
        "<div>文号</div><div>青民发〔2020〕1号</div></div>"
    ),
    "label in an element, value beside it": (
        "<ul><li><em>索引号</em> QH0301/2020-00017</li><li><b>文号</b>青民发〔2020〕1号</li></ul>"
    ),
    "labels in elements of a line": (
        "<p><em>索引号</em>QH0301/2020-00017<em>分类</em> <em>文号</em>青民发〔2020〕1号</p>"
    ),
    "label and value below each other": (
        "<div><label><font>索引号</font></label><div>QH0301/2020-00017</div></div>"
        "<div><label><font>文号</font></label><div>青民发〔2020〕1号</div></div>"
    ),
    "a row of labels over a row of values": (
        "<table><tr><th>索引号<th>文号<tr><td>QH0301/2020-00017<td>青民发〔2020〕1号</table>"
    ),
    "labels in the head of a table": (
        "<table><thead><tr><th>索引号：<th>文号：</thead>"
        "<tbody><tr><td>QH0301/2020-00017<td>青民发〔2020〕1号</table>"
    ),
    "a block of labels over a block of values": (
        "<div><div class=label><span>索引号</span><span>文号</span></div>"
        "<div class=value><span>QH0301/2020-00017</span><span>青民发〔2020〕1号</span></div></div>"
    ),
    "a table of one column": (
        "<table><tr><td>索引号<tr><td>QH0301/2020-00017<tr><td>文号<tr><td>青民发〔2020〕1号</table>"
    ),
    "lines": "<div>索引号<br>QH0301/2020-00017<br>文号<br>青民发〔2020〕1号</div>",
    "paragraphs": "<p>索引号</p><p>QH0301/2020-00017</p><p>文号</p><p>青民发〔2020〕1号</p>",
    "a list of each": (
        "<div><h2>基本信息</h2><dl><dt>索引号<dd>QH0301/2020-00017</dl>"
        "<dl><dt>文号<dd>青民发〔2020〕1号</dl></div>"
    ),
    "values between remarks": (
        "<table><tr><td>索引号<td><!--<$[SYH]>-->QH0301/2020-00017<!--</$[SYH]>-->"
        "<td>文号<td><!--<$[WH]>begin-->青民发〔2020〕1号<!--<$[WH]>end--></table>"
    ),
    "a row in a remark": (
        "<table><tr><td>索引号<td>QH0301/2020-00017<!--<tr><td>文号<td>旧〔2019〕9号-->"
        "<tr><td>文号<td>青民发〔2020〕1号</table>"
    ),
    "labels of several elements": (
        "<table><tr><td><span>索</span><span>引</span><span>号</span><td>QH0301/2020-00017"
        "<td><i>文</i><b>号</b><td>青民发〔2020〕1号</table>"
    ),
    "blocks of a table": (
        "<div class=table><div>索引号</div><div>QH0301/2020-00017</div><div>来源</div><div></div>"
        "<div>文号</div><div>青民发〔2020〕1号</div></div>"
    ),
    "cells in an inner table": (
        "<table><tr><td><table><tr><td><b>索引号</b></td><td>QH0301/2020-00017</td></tr>"
        "<tr><td><b>文号</b></td><td>青民发〔2020〕1号</td></tr></table></td></tr></table>"
    ),
}


@pytest.mark.parametrize("html", SHAPES.values(), ids=SHAPES.keys())
def test_a_label_in_a_cell_has_its_value_in_the_next(html: str) -> None:
    said = [(label.rstrip("："), value) for label, value in pairs(html) if value]

    assert said == TWO


LINES = {
    "one line": "<div>来源：市民政局　发布时间：2020-01-02 10:11</div>",
    "spans": "<p><span>来源：市民政局</span><span>发布时间：2020-01-02 10:11</span></p>",
    "labels in italics": "<p><i>来源：</i>市民政局<i>发布时间：</i>2020-01-02 10:11</p>",
    "values in bold": "<p>来源：<b>市民政局</b> | 发布时间：<b>2020-01-02 10:11</b></p>",
    "items": "<ul><li>来源：市民政局</li><li>发布时间：2020-01-02 10:11</li></ul>",
    "cells": "<table><tr><td>来源：市民政局</td><td>发布时间：2020-01-02 10:11</td></tr></table>",
    "paragraphs": "<p>来源：<font>市民政局</font></p><p>发布时间：<i>2020-01-02 10:11</i></p>",
    "lines of a paragraph": "<p>来源：<br>市民政局<br>发布时间：<br>2020-01-02 10:11</p>",
    "labels over values": "<p>来源：</p><p>市民政局</p><p>发布时间：</p><p>2020-01-02 10:11</p>",
    "icons": "<p><i>\ue601</i>来源：市民政局</p><p><i>\ue602</i>发布时间：2020-01-02 10:11</p>",
    "commented values": "<p>来源：<!--<$[LY]>-->市民政局<!--e--> 发布时间：2020-01-02 10:11</p>",
}


@pytest.mark.parametrize("html", LINES.values(), ids=LINES.keys())
def test_a_line_is_split_at_its_labels(html: str) -> None:
    assert pairs(html) == [("来源：", "市民政局"), ("发布时间：", "2020-01-02 10:11")]


def test_letters_of_a_label_may_stand_apart_and_in_brackets() -> None:
    html = (
        "<table><tr><td>【文　　号】</td><td>青民发〔2020〕1号</td>"
        "<td>有&nbsp;效 性：</td><td>有效</td></table>"
    )

    assert pairs(html) == [("【文 号】", "青民发〔2020〕1号"), ("有 效 性：", "有效")]


def test_an_empty_label_does_not_swallow_the_next() -> None:
    html = (
        "<ul><li><b>索引号:</b> QH0301/2020-00017</li><li><b>发布机构:</b> </li>"
        "<li><b>文号:</b></li><li><b>信息名称:</b> 关于第1号建议的答复</li></ul>"
    )

    assert pairs(html) == [
        ("索引号:", "QH0301/2020-00017"),
        ("发布机构:", ""),
        ("文号:", ""),
        ("信息名称:", "关于第1号建议的答复"),
    ]


def test_an_empty_cell_in_a_row_of_two_does_not_shift_the_rest() -> None:
    html = (
        "<div><div><label>文号</label><span></span></div>"
        "<div><label>成文日期</label><span>2020-01-02</span></div>"
        "<div><label>索引号</label><span></span><span></span></div></div>"
    )

    assert ("文号", "") in pairs(html)
    assert ("成文日期", "2020-01-02") in pairs(html)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (
            "<div><span>发布日期：2020-01-02</span><span>来源：省民政厅</span>"
            "<span>浏览次数：</span></div>",
            [("发布日期：", "2020-01-02"), ("来源：", "省民政厅"), ("浏览次数：", "")],
        ),
        (
            "<ul><li>发布机构：民政局</li><li>有效性：有效</li><li>文号：</li></ul>",
            [("发布机构：", "民政局"), ("有效性：", "有效"), ("文号：", "")],
        ),
        (
            "<table><tr><td>文件编号: </td><td>发布机构: 民政局</td></tr></table>",
            [("文件编号:", ""), ("发布机构:", "民政局")],
        ),
        (
            "<p><span>来源：民政局</span><span>共3页</span><span>分享到：</span></p>",
            [("来源：", "民政局"), ("分享到：", "")],
        ),
        (
            "<table><tr><td>督办等级：二级</td><td>共3页</td><td>文号：</td></tr></table>",
            [("督办等级：", "二级"), ("文号：", "")],
        ),
        (
            "<table><tr><td><b>来源</b>民政局</td><td>共3页</td><td>文号</td><td>青民发〔2020〕1号</table>",
            [("来源", "民政局"), ("文号", "青民发〔2020〕1号")],
        ),
    ],
    ids=["spans", "items", "cells", "share", "unknown pair", "label in bold"],
)
def test_an_empty_label_makes_no_label_of_the_pairs_beside_it(
    html: str, said: list[tuple[str, str]]
) -> None:
    assert pairs(html) == said


def test_labels_that_nobody_knows_are_read_where_known_ones_stand() -> None:
    html = (
        "<table><tr><th>索引号</th><td>QH0301/2020-00017</td><th>归档卷次</th><td>三</td></tr></table>"
        "<ul><li>来源：市民政局</li><li>督办等级：二级</li></ul>"
        "<div>发布时间：2020-01-02 承办编码：7</div>"
    )

    assert [pair for pair in pairs(html) if pair[1] in ("三", "二级", "7")] == [
        ("归档卷次", "三"),
        ("督办等级：", "二级"),
        ("承办编码：", "7"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>标题</li><li>全文</li></ul>",
        "<ul><li>标题</li><li>全文</li><li>时间</li><li>相关度</li><li>来源</li><li>本站</li></ul>",
        "<ul><li>服务热线：12345</li><li>工作邮箱：a@qinghe.test</li></ul>",
        "<div><span>时效性</span><input type=radio><i>有效</i><input type=radio><i>失效</i></div>",
        "<script>var x = '来源：脚本 发布时间：2020-01-02';</script>",
        "<!-- <table><tr><td>索引号：</td><td>QH0301/2020-00017</td></tr></table> -->",
        f"<div>{'来源：市民政局。' * 80}</div>",
        "",
    ],
    ids=["menu", "search", "service", "search form", "script", "comment", "long text", "nothing"],
)
def test_what_is_no_box_gives_nothing(html: str) -> None:
    assert pairs(html) == []


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>归档编号</td><td>七</td></tr>",
        "<tr><td>归档编号：</td><td>七</td></tr>",
        "<tr><td>归档编号：七</td></tr>",
        "<tr><td>归档编号</td><td>七</td><td>督办等级</td><td></td></tr>",
    ],
)
def test_a_label_that_nobody_knows_may_stand_in_a_row_of_its_own(row: str) -> None:
    known = (
        "<tr><td>索引号</td><td>QH0301/2020-00017</td><td>文号</td><td>青民发〔2020〕1号</td></tr>"
    )
    boxes = read_boxes([body(f"<table>{known}{row}</table>")], KNOWN)

    assert [pair for pair in pairs(f"<table>{known}{row}</table>") if pair[1]][:2] == TWO
    assert normalise(boxes, KNOWN)[1] == ("归档编号",)


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>来源<td>发布时间<tr><td>甲乙<td>丙丁<tr><td>戊己<td>庚辛",
        "<tr><td>来源：市民政局<tr><td>甲乙<td>丙丁",
        "<tr><td>来源：<td>市民政局<tr><td>甲乙<td>丙丁<td>戊己",
        "<tr><td>来源：<td>市民政局<tr><td>第1页<td>共3页",
        f"<tr><td>来源：<td>市民政局<tr><td>甲乙<td>{'一' * 500}",
        "<tr><td>来源：<td>市民政局<td>文号：<tr><td>甲乙<td>丙丁",
    ],
    ids=["list", "one cell", "three cells", "no words", "long", "odd"],
)
def test_a_row_that_is_not_like_those_beside_it_has_no_label(rows: str) -> None:
    assert "甲乙" not in dict(pairs(f"<table>{rows}</table>"))
    assert "第1页" not in dict(pairs(f"<table>{rows}</table>"))


LETTERS = {
    "block": "<div>来源: 市财政局<p>李明代表：</p><p>您提出的建议收悉。</p></div>",
    "lines": "<div>来源: 市财政局<br>李明、王芳代表：<br>您提出的建议收悉。</div>",
    "one block": "<div>来源: 市财政局<p>李明、王芳代表：您好！</p></div>",
    "line in a paragraph": "<p>来源: <i>市财政局</i><br>李明、王芳委员：<br>您好！</p>",
}


@pytest.mark.parametrize("html", LETTERS.values(), ids=LETTERS.keys())
def test_a_line_before_a_letter_ends_where_the_letter_begins(html: str) -> None:
    assert pairs(html) == [("来源:", "市财政局")]


@pytest.mark.parametrize(
    "html",
    [
        "<div><b>来源：</b><p>李明、王芳代表：</p><p>您好！</p></div>",
        "<div><b>来源：</b><p>李明代表：</p><p>您好！</p></div>",
        "<div>来源：<p>尊敬的李明代表</p></div>",
        "<div>来源：<br>李明、王芳代表：<br>您提出的建议收悉。</div>",
        "<p>来源：</p><p>李明代表：您好！</p>",
        "<table><tr><td>来源<td>李明代表：<tr><td>李明代表：<td>您好</table>",
    ],
)
def test_a_salutation_is_neither_label_nor_value(html: str) -> None:
    assert {label.strip("：") for label, _ in pairs(html)} <= {"来源"}
    assert not any(value for _, value in pairs(html))


def test_a_value_may_stand_on_the_line_or_in_the_block_below_its_label() -> None:
    lines = "<div>来源：<img src=1.png><br><br>市民政局 发布时间：<br>2020-01-02<br>第3页</div>"

    assert pairs(lines) == [("来源：", "市民政局"), ("发布时间：", "2020-01-02")]
    assert pairs("<div>来源：<p>市民政局</p></div>") == [("来源：", "市民政局")]


def test_blocks_below_a_line_are_read_too() -> None:
    html = "<div>来源：市民政局<p>文号：青民发〔2020〕1号</p><p>第3页</p></div>"

    assert pairs(html) == [("来源：", "市民政局"), ("文号：", "青民发〔2020〕1号")]


def test_a_word_between_labels_on_lines_of_their_own_is_a_label() -> None:
    html = (
        "<div>索引号<br>QH0301/2020-00017<br>备案卷号<br>发布机构<br>市民政局<br>归档期限<br>"
        "2030-01-02<br>督办等级：二级<br>文号<br>归档卷次：三</div>"
    )

    assert pairs(html) == [
        ("索引号", "QH0301/2020-00017"),
        ("备案卷号", ""),
        ("发布机构", "市民政局"),
        ("归档期限", "2030-01-02"),
        ("督办等级：", "二级"),
        ("文号", ""),
        ("归档卷次：", "三"),
    ]


def test_a_row_of_labels_over_a_row_of_labels_has_no_values() -> None:
    html = "<table><tr><td>文号：<td>有效性：<tr><td>部号：<td></table>"

    assert not any(value for _, value in pairs(html))


def test_values_of_a_line_may_hold_blanks_and_commas() -> None:
    html = "<p>主题分类：农业、林业 水利 发布日期： 2022- 12- 08 17: 20: 24 体裁分类：复函 归档</p>"

    assert pairs(html) == [
        ("主题分类：", "农业、林业 水利"),
        ("发布日期：", "2022- 12- 08 17: 20: 24"),
        ("体裁分类：", "复函 归档"),
    ]


def test_a_hidden_input_makes_no_search_form() -> None:
    html = "<div><input type=hidden name=id value=1><p>来源：市民政局</p></div>"

    assert pairs(html) == [("来源：", "市民政局")]


def test_a_cell_that_is_neither_label_nor_value_is_passed_over() -> None:
    html = "<table><tr><td>来源：</td><td>市民政局</td><td>共3页</td></tr></table>"

    assert pairs(html) == [("来源：", "市民政局")]


def test_the_words_of_a_long_cell_are_no_value() -> None:
    html = f"<table><tr><td>来源：</td><td>{'一' * 2000}</td></tr></table>"

    assert set(pairs(html)) == {("来源：", "")}


def test_a_box_is_found_though_a_word_for_a_label_stands_before_the_block_that_holds_it() -> None:
    html = (
        f"<div><b>日期</b><div><p>{'一' * 2000}</p><ul><li>来源：市民政局</li></ul></div>"
        f"<p>{'二' * 900}</p></div>"
    )

    assert ("来源：", "市民政局") in pairs(html)


def test_stray_text_beside_blocks_does_not_make_them_one_line() -> None:
    html = "<div>» <p>来源：市民政局</p><p>时间：2020-01-02</p></div>"

    assert pairs(html) == [("来源：", "市民政局"), ("时间：", "2020-01-02")]


def test_a_line_outside_every_block_is_read_all_the_same() -> None:
    assert pairs("来源：市民政局") == [("来源：", "市民政局")]


def test_a_page_nested_too_deep_is_not_followed_to_the_end() -> None:
    assert pairs("<div>" * 200 + "来源：市民政局" + "</div>" * 200) == []


def test_rows_of_labels_and_rows_of_pairs_may_stand_in_one_table() -> None:
    html = (
        "<table><tr><td colspan=2>名称：关于第1号建议的答复</td></tr>"
        "<tr><th>索引号<th>文号</tr><tr><td>QH0301/2020-00017<td>青民发〔2020〕1号</tr>"
        "<tr><th>来源<th>有效性</tr><tr><td>市民政局<td>有效</tr>"
        "<tr><td>发布机构<td>市民政局</tr></table>"
    )

    assert pairs(html) == [
        ("名称：", "关于第1号建议的答复"),
        *TWO,
        ("来源", "市民政局"),
        ("有效性", "有效"),
        ("发布机构", "市民政局"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>1<td>甲<td>青民发〔2020〕1号<tr><td>2<td>乙<td>青民发〔2020〕2号",
        "<tr><td colspan=3>共0条",
        "",
    ],
    ids=["two papers", "none", "no row"],
)
def test_a_row_of_labels_over_several_rows_is_a_list_of_papers(rows: str) -> None:
    html = f"<table><tr><th>序号<th>标题<th>文号{rows}</table>"

    assert not any(value for _, value in pairs(html))


def test_a_long_table_is_no_box_of_columns() -> None:
    rows = "<tr><td>甲<td>乙" * 2000

    assert pairs(f"<table><tr><th>标题<th>文号{rows}</table>") == [("标题", ""), ("文号", "")]


def test_an_empty_label_before_a_label_that_nobody_knows_stays_empty() -> None:
    html = "<table><tr><td>发布机构：<td>督办等级：二级<td>来源：<td>市民政局</table>"

    assert pairs(html) == [("发布机构：", ""), ("督办等级：", "二级"), ("来源：", "市民政局")]


@pytest.mark.parametrize("colon", ":：∶﹕︰")
@pytest.mark.parametrize(
    "blank", ["", " ", "\u3000", "\xa0", "\u200b", "\u2009", "\ue5cf", "\ufeff"]
)
def test_a_label_is_read_with_every_colon_and_blank(colon: str, blank: str) -> None:
    html = f"<p>{blank}来{blank}源{blank}{colon}{blank}市民政局</p>"

    assert [(bare(label), value.strip(blank)) for label, value in pairs(html)] == [
        ("来源", "市民政局")
    ]


def test_a_box_says_where_it_stands() -> None:
    html = (
        "<div id=head><ul class='info big'><li>来源：市民政局</li></ul></div>"
        "<table><tr><td>文号<td>青民发〔2020〕1号<td>有效性<td>有效</table><span>来源：市民政局</span>"
    )

    assert [box.place for box in read_boxes([body(html)], KNOWN)] == ["ul.info", "table", "body"]
    assert read_boxes(parse("来源：市民政局").css("body"), KNOWN)[0].place == "body"


def test_tools_and_counters_alone_are_no_box() -> None:
    html = "<p>浏览次数：12 打印：本页 服务热线：12345</p><ul><li>分享到：</li><li>收藏：</li></ul>"

    assert pairs(html) == []


DECORATIONS = (
    "<ul class=nav><li>首页</li><li>文号查询</li><li>信息公开</li></ul>",
    "<div class=side><h3>最新</h3><ul><li><a>公告</a><span>2021-05-06</span></li></ul></div>",
    "<div class=ad><img alt='文号：旧〔2019〕9号'><a>来源于民</a></div>",
    "<form>文号：<input type=text name=wh> 发布日期：<input type=text></form>",
    "<!-- 文号：旧〔2019〕9号 -->",
    "<div><span>字体</span><span>大</span><span>中</span><span>小</span></div>",
    "<p>联系电话：0000-1234567</p><p>通知公告 | 政策文件 | 发布会</p>",
    "<ul><li>标题</li><li>全文</li></ul><ul><li>时间</li><li>相关度</li></ul>",
)


@given(
    st.sampled_from(sorted(SHAPES)),
    st.lists(st.sampled_from(DECORATIONS), max_size=5),
    st.lists(st.sampled_from(DECORATIONS), max_size=5),
)
def test_what_stands_around_a_box_changes_nothing(
    shape: str, before: list[str], after: list[str]
) -> None:
    html = f"{''.join(before)}<div>{SHAPES[shape]}</div>{''.join(after)}"

    fields, unread = normalise(read_boxes([body(html)], KNOWN), KNOWN)

    assert {name: found[0].value for name, found in fields.items()} == {
        "index_number": "QH0301/2020-00017",
        "document_number": "青民发〔2020〕1号",
    }
    assert unread == ()


def test_a_title_may_begin_like_a_pair() -> None:
    html = "<table><tr><td>名称<td>回函：关于第1号建议<td>文号<td>青民发〔2020〕1号</table>"

    assert pairs(html)[0] == ("名称", "回函：关于第1号建议")


def test_in_a_line_of_labels_without_colons_a_word_behind_a_value_is_one_too() -> None:
    html = (
        "<div><p>公开 <em>索引号</em>QH0301/2020-00017<em>归属</em>某科<em>文号</em>"
        "<i>青民发</i><!-- 旧 -->〔2020〕1号"
        "<em>发布日期</em>2020-05-06 星期三<em>来源</em><i>规划科</i></p></div>"
    )

    assert pairs(html) == [
        TWO[0],
        ("归属", "某科"),
        TWO[1],
        ("发布日期", "2020-05-06 星期三"),
        ("来源", "规划科"),
    ]


def test_behind_the_only_label_of_a_line_all_words_are_its_value() -> None:
    html = "<ul><li><b>来源</b>清源市<b>民政局</b></li><li><b>文号</b>青民发〔2020〕1号</li></ul>"

    assert pairs(html) == [("来源", "清源市民政局"), TWO[1]]


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<p>发布日期：2020-05-{day % 28 + 1}</p>" for day in range(3000)),
        "".join(f"<div><p>来源：第{at}科</p></div>" for at in range(3000)),
        "<table><tr>" + "<td>文号：<td>青民发〔2020〕1号" * 3000,
        "<p>" + "<b>来源</b>某科" * 60 + "</p>" + "<ul><li>来源：某科</li></ul>" * 3000,
    ],
)
def test_no_more_than_some_thousand_pairs_are_looked_at(html: str) -> None:
    assert 500 < len(pairs(html)) < 2100


def test_the_way_through_the_site_says_nothing_of_the_page() -> None:
    way = "<p>您现在的位置：<a>首页</a> &gt; 栏目：建议提案</p>"
    line = "<p>来源：市民政局 发布时间：2020-05-06</p>"
    both = "<p>当前位置：首页 来源：市民政局</p>"

    assert pairs(f"<div>{way}{line}</div>")[-1] == ("发布时间：", "2020-05-06")
    assert read_boxes(parse(way + line).css("p"), KNOWN) == read_boxes(parse(line).css("p"), KNOWN)
    assert ("来源：", "市民政局") in read_boxes(parse(both).css("p"), KNOWN)[0].pairs
    far = f"<p>当前位置：首页 {'一' * 400} 来源：市民政局</p>"
    assert read_boxes(parse(far).css("p"), KNOWN) == ()
