"""What the labels of a page mean: (label, value) pairs in, fields of Reply out.

A new label is one word in a row of ROWS; one to leave out is one word in IGNORED, and that line
is the documentation of the decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from replyarc.evidence import Evidence, Found
from replyarc.extract.numbers import read_document_number, read_index_number
from replyarc.model import Kind, Role
from replyarc.text.chinese import narrow, numeral, one_line, squeeze
from replyarc.text.dates import read_date

Pair = tuple[str, str]
Box = tuple[Pair, ...]
Reader = Callable[[str], object]

_SEPARATORS = re.compile(r"[\s,，;；、|]+")
# What may stand before the class of a result, in words that say the same.
RESULT: Final = (
    "(?:已|未|正在|基本|部分|逐步|计划|列入计划|留作|作为)?(?:解决|采纳|落实|参考|办结|完成)"
)
_CLASS = re.compile(rf"(?:{RESULT}(?=[(\[]))?[(\[]?([A-D])类?(?:[(\[)\]].{{0,30}})?")
_OPENNESS = re.compile(
    r"(?:主动|依法|依申请|部分|全文|全部|摘要|可以?|向?社会)?公开(?:发布)?|(?:不|不予|免予|非|暂不)公开"
    r"|是|否|不?同意(?:公开)?"
)


def read_words(text: str) -> tuple[str, ...]:
    """Read a list whose words are set apart by blanks, commas or semicolons.

    >>> read_words("体育　运动会；函")
    ('体育', '运动会', '函')
    """
    return tuple(word for word in _SEPARATORS.split(one_line(text)) if word)


def read_class(text: str) -> str:
    """Read the class of a result: the letter A to D, in whatever brackets.

    >>> read_class("（Ｂ类）"), read_class("已解决（A类）")
    ('B', 'A')

    Raises ValueError for anything else: 甲类 differs from A in what it means.
    """
    found = _CLASS.fullmatch(narrow(squeeze(text)))
    if not found:
        raise ValueError(f"no class of a result: {one_line(text)[:40]!r}")
    return found[1]


def read_openness(text: str) -> str:
    """Read whether a letter may be published, as printed: 主动公开, 不予公开, 是.

    Raises ValueError for what does not say so: 网站 is where, 政务动态 is what.
    """
    printed = squeeze(text)
    if not _OPENNESS.fullmatch(printed):
        raise ValueError(f"nothing on openness: {one_line(text)[:40]!r}")
    return printed


# Field, how its value is read, its labels as printed (no blanks, no colon). A label in two rows
# is what the first row's reader accepts, else the second.
ROWS: Final[tuple[tuple[str, Reader, str], ...]] = (
    ("title", one_line, "名称 信息名称 标题 信息标题 公文名称 公文标题 文件名称 文件标题"),
    (
        "index_number",
        read_index_number,
        "索引号 索引号码 信息索引号 信息索引 索取号 索引码 索引编号 公开编号 信息编号",
    ),
    (
        "document_number",
        read_document_number,
        "文号 字号 发文字号 发文文号 文件字号 公文文号 文书文号 文件编号 文件文号 文件号"
        " 发布文号 公文号 发文序号",
    ),
    (
        "publisher",
        one_line,
        "发布机构 发布机关 发布单位 发布部门 发布主体 发文机关 发文机构 发文单位 制发机关 制发单位"
        " 公开机构 公开机关 公开单位 公开部门 公开主体 信息发布机构"
        " 成文机关 制文机关",
    ),
    ("responsible_unit", one_line, "责任部门 责任单位 责任处室 责任科室 承办单位 承办部门"),
    (
        "origin",
        one_line,
        "来源 信息来源 文章来源 稿件来源 内容来源 新闻来源 文件来源 转载来源 稿源 供稿 供稿单位",
    ),
    ("result_class", read_class, "分类 办理结果 办理类别 答复类别 办复类别 办理结果分类 结果类别"),
    (
        "topic",
        one_line,
        "信息分类 主题分类 组配分类 分类 公开分类 信息类别 所属主题 主题名称 主题类别 公开目录"
        " 栏目分类 所属分类",
    ),
    ("keywords", read_words, "主题词 关键词 关键字"),
    (
        "validity",
        one_line,
        "有效性 是否有效 效力状态 效力状况 时效性 时效状态 时效 有效状态 文件状态 文件有效性"
        " 信息有效性 公文时效 效力 时效说明",
    ),
    (
        "written_on",
        read_date,
        "成文日期 成文时间 发文日期 发文时间 生成日期 生成时间 印发日期 印发时间 产生日期 制发日期"
        " 形成日期 签发日期 成稿日期 落款日期 信息生成日期",
    ),
    (
        "published_on",
        read_date,
        "发布日期 发布时间 公开日期 公开时间 编稿时间 编稿日期 发表时间 发表日期 发稿时间 发稿日期"
        " 信息发布时间 信息公开日期 信息提供日期 公文发布日期 上传时间 时间 日期 日间",
    ),
    (
        "openness",
        read_openness,
        "公开属性 公开方式 公开形式 公开类型 公开类别 是否同意公开 是否公开",
    ),
)

# Labels that are known, told apart from what nobody has met yet, and held by no field.
IGNORED: Final = frozenset(
    label
    for row in (
        # tools for the reader; 字号 is also the size of the letters
        "字号 字体 字体大小 字体显示 文字大小 浏览字号 视力保护 视力保护色 保护视力色",
        "打印 打印本页 收藏 分享 分享到 分享至 扫一扫 二维码 语音播报 朗读",
        # counters, which scripts fill in
        "浏览次数 阅读次数 点击次数 访问次数 浏览量 阅读量 点击量 访问量 点击率 点击数",
        "浏览数 阅读数 浏览 阅读 点击 人气 次数",
        # who worked on the page, not on the letter
        "作者 撰稿 撰稿人 编辑 责任编辑 责编 审核 审核人 审稿 初审 复审 终审 校对",
        "发布人 录入 录入人 信息员 记者 摄影",
        # kinds of document and of reader, which are the same for all replies
        "体裁 体裁分类 公文种类 文种 公文类型 服务对象 适用对象 受众 语种 载体类型",
        "信息格式 记录形式 信息载体 公开时限 公开期限 公开范围 公开程序 公开依据",
        # of regulations, not of letters
        "联合发文单位 统一编号 文件登记号 实施日期 施行日期 生效日期 生效时间",
        "失效日期 失效时间 废止日期 废止时间 截止日期 有效期",
        # where and to whom a letter is published, unless the value says whether it is
        "公开方式 公开形式 公开类型 公开类别",
        "更新时间 更新日期 修改时间 内容概述 摘要 内容摘要 备注 副标题 引题",
        # the way through the site
        "相关解读 相关附件 附件 附件下载 相关链接 上一篇 下一篇 当前位置 您当前的位置",
        "您现在的位置 您当前所在位置 您所在的位置 所在位置",
    )
    for label in row.split()
)

# Fields that no label of the table gives, for the labels that a source names for itself.
_NAMED_BY_SOURCES: Final[Mapping[str, Reader]] = {
    "kind": Kind,
    "role": Role,
    "term": numeral,
    "session": numeral,
    "assembly_name": one_line,
    "answered_by": one_line,
    "signature": one_line,
    "signed_on": read_date,
    "proposal_numbers": read_words,
    "proposal_titles": read_words,
    "addressees": read_words,
    "copied_to": read_words,
}
_READERS: Final = dict(_NAMED_BY_SOURCES) | {name: read for name, read, _ in ROWS}

_NOTHING = re.compile(r"[-—–―－_/:：.。·*()（）\[\]【】]*|无|暂无|没有|空|null|undefined")
_MARKS = re.compile(r"[\s:：【】\[\]〖〗]")


@lru_cache(maxsize=4096)  # the pages of a site print the same few labels
def bare(label: str) -> str:
    """Return a label as the table spells it: no blanks, no colon, no brackets.

    >>> bare("【文　　号】：")
    '文号'
    """
    return _MARKS.sub("", label)


def is_nothing(value: str) -> bool:
    """Whether a value, on one line, is only a placeholder: 无, -, —, an empty cell."""
    return bool(_NOTHING.fullmatch(value.replace(" ", "")))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels that are known for one source: the table's and its own.

    ``pattern`` finds a known label that a colon or the end of a piece of text follows; its group
    is the label. ``SEAM`` marks where one piece of a page's text ends and the next begins.
    """

    meanings: Mapping[str, tuple[tuple[str, Reader], ...]]
    pattern: re.Pattern[str] = field(compare=False)

    def __contains__(self, label: str) -> bool:
        return label in self.meanings or label in IGNORED

    def names_index_number(self, label: str) -> bool:
        """Whether a label is 索引号, which stands in metadata boxes and nowhere else."""
        return any(name == "index_number" for name, _ in self.meanings.get(bare(label), ()))


SEAM: Final = "\ue000"


@lru_cache(maxsize=1024)
def vocabulary(own: tuple[tuple[str, str], ...] = ()) -> Vocabulary:
    """Return the known labels; ``own`` are those of a source, as (label, field), asked first.

    >>> "公文编号" in vocabulary((("公文编号", "document_number"),)), "公文编号" in vocabulary()
    (True, False)
    """
    meanings: dict[str, tuple[tuple[str, Reader], ...]] = {}
    for label, name in own:
        if name in _READERS:
            meanings[bare(label)] = ((name, _READERS[name]),)
    meanings.pop("", None)
    for name, read, row in ROWS:
        for label in row.split():
            meanings[label] = (*meanings.get(label, ()), (name, read))
    return Vocabulary(meanings, re.compile(_pattern({*meanings, *IGNORED})))


def _pattern(labels: Iterable[str]) -> str:
    """The pattern of any of these labels, its letters perhaps set apart, behind no Chinese letter.

    Asked for by first letters, and first of all whether it is one, a page is searched 30 times
    faster than for one label after the other.
    """
    blanks = rf"[\s{SEAM}]{{0,8}}"
    endings: dict[str, list[str]] = {}
    for label in sorted(labels, key=len, reverse=True):
        ending = "".join(blanks + re.escape(letter) for letter in label[1:])
        endings.setdefault(re.escape(label[0]), []).append(ending)
    spelled = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in endings.items())
    begun = rf"(?=[{''.join(endings)}])(?<![\u4e00-\u9fff])"
    return rf"{begun}({spelled})[】\]]?{blanks}(?:[:：]|(?={SEAM})|$)"


def normalise(
    boxes: Iterable[Box], known: Vocabulary, rule: str = "box", place: str = "metadata box"
) -> tuple[dict[str, list[Found]], tuple[str, ...]]:
    """Turn the pairs of a page's boxes into fields, and the labels left unread, each once.

    The first value of a field wins. A placeholder counts as not said; a value that its reader
    refuses counts as not said, and its label as unread.
    """
    fields: dict[str, list[Found]] = {}
    unread: dict[str, None] = {}
    for printed, value in ((label, one_line(value)) for box in boxes for label, value in box):
        if is_nothing(value):
            continue
        label = bare(printed)
        for name, read in known.meanings.get(label, ()):
            try:
                found = Found(read(value), Evidence(rule, place, printed, value))
            except ValueError:
                continue
            fields.setdefault(name, []).append(found)
            break
        else:
            if label not in IGNORED:
                unread[label] = None
    return fields, tuple(unread)
