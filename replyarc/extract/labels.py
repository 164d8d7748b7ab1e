"""What the labels of a page mean: a label as printed -> the field it says, and how that is read.

A new label is one word in a row of ROWS; one to leave out is one word in IGNORED, and that line
is the documentation of the decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from replyarc.extract.numbers import read_document_number, read_index_number
from replyarc.extract.spelling import BLANK, COLONS, SEAM, spelling
from replyarc.model import Kind, Role
from replyarc.text.chinese import narrow, numeral, one_line, squeeze
from replyarc.text.dates import read_date

Pair = tuple[str, str]
Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Box:
    """The pairs of a metadata box or an information line, in order, and where it stands."""

    pairs: tuple[Pair, ...]
    place: str = "metadata box"


_SEPARATORS = re.compile(r"[\s,，;；、|]+")
# What may stand before the class of a result, in words that say the same.
RESULT: Final = (
    "(?:已|未|正在|基本|部分|逐步|计划|列入计划|留作|作为)?(?:解决|采纳|落实|参考|办结|完成)"
)
_CLASS = re.compile(rf"(?:{RESULT}(?=[(\[]))?[(\[]?([A-D])类?(?:[(\[)\]].{{0,30}})?")
_OPENNESS = re.compile(
    r"(?:(?:同意|可以?|予以)?(?:主动|依申请|部分|全文|全部|摘要|向?社会)?公开(?:发布)?"
    r"|(?:不|不予|免予|非|暂不|不宜|不同意)(?:主动|全文|全部|向?社会)?公开|不?同意)"
    r"(?:[:：,，]?[(（]?[是否][)）]?)?|是|否"
)
_BRACKETS: Final = "()（）[]【】〔〕"


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
    whole = squeeze(text)
    for printed in (whole, whole.strip(_BRACKETS)):
        if _OPENNESS.fullmatch(printed):
            return printed
    raise ValueError(f"nothing on openness: {one_line(text)[:40]!r}")


# Field, how its value is read, its labels as printed (no blanks, no colon). Labels behind a ">" say
# it less surely, and are read where none before it is printed: 生成日期, 编稿时间 are stamps of the
# site's software. A label in two rows is what the first row's reader accepts, else the second.
ROWS: Final[tuple[tuple[str, Reader, str], ...]] = (
    ("title", one_line, "名称 信息名称 标题 信息标题 公文名称 公文标题 文件名称 文件标题"),
    (
        "index_number",
        read_index_number,
        "索引号 索引号码 信息索引号 信息索引 索取号 信息索取号 索引码 索引编号 索引编码 > 公开编号"
        " 信息编号 组织编号",
    ),
    (
        "document_number",
        read_document_number,
        "文号 发文字号 发文文号 发文号 文件字号 公文文号 文书文号 文件编号 文件文号 文件号"
        " 发布文号 公文号 公文字号 信息文号 发文序号 > 字号",
    ),
    (
        "publisher",
        one_line,
        "发布机构 发布机关 发布单位 发布部门 发布主体 信息发布机构 信息发布机关 信息发布单位"
        " 信息发布部门 > 发文机关 发文机构 发文单位 发文部门 制发机关 制发单位 成文机关 制文机关"
        " > 公开机构 公开机关 公开单位 公开部门 公开主体 信息公开机构",
    ),
    (
        "responsible_unit",
        one_line,
        "责任部门 责任单位 责任处室 责任科室 > 承办单位 承办部门 办文单位 > 信息所属单位",
    ),
    (
        "origin",
        one_line,
        "来源 信息来源 文章来源 稿件来源 内容来源 新闻来源 文件来源 转载来源 稿源 来源单位"
        " 信息来源单位 > 供稿 供稿单位",
    ),
    (
        "result_class",
        read_class,
        "分类 办理结果 办理类别 办理分类 答复类别 答复分类 办复类别 办理结果分类 结果类别",
    ),
    (
        "topic",
        one_line,
        "信息分类 主题分类 组配分类 分类 公开分类 信息类别 所属主题 主题名称 主题类别"
        " > 公开目录 栏目分类 所属分类",
    ),
    ("keywords", read_words, "主题词 关键词 关键字 主题关键词"),
    (
        "validity",
        one_line,
        "有效性 是否有效 效力状态 效力状况 时效性 时效状态 时效 有效状态 文件状态 文件有效性"
        " 信息有效性 公文时效 公文有效性 文件时效 文件效力 效力 时效说明",
    ),
    (
        "written_on",
        read_date,
        "成文日期 成文时间 成稿日期 落款日期 > 签发日期 > 发文日期 发文时间 制发日期"
        " > 印发日期 印发时间 > 形成日期 产生日期 > 生成日期 生成时间 信息生成日期 公文生成日期",
    ),
    (
        "published_on",
        read_date,
        "发布日期 发布时间 信息发布时间 信息发布日期 公文发布日期 公布日期 公布时间"
        " > 公开日期 公开时间 信息公开日期 > 发表时间 发表日期 发稿时间 发稿日期 信息提供日期"
        " 上传时间 > 编稿时间 编稿日期 > 时间 日期 日间",
    ),
    (
        "openness",
        read_openness,
        "公开属性 公开方式 公开形式 公开类型 公开类别 是否同意公开 是否公开 信息公开方式"
        " 信息公开属性 > 公开范围 公文范围",
    ),
)

# Labels that are known, told apart from what nobody has met yet, and held by no field.
IGNORED: Final = frozenset(
    label
    for row in (
        # tools for the reader; 字号 is also the size of the letters
        "字号 字体 字体大小 字体显示 文字大小 浏览字号 阅读字号 选择阅读字号 视力保护",
        "视力保护色 保护视力色 打印 打印本页 收藏 分享 分享到 分享至 扫一扫 二维码 语音播报 朗读",
        # counters, which scripts fill in
        "浏览次数 阅读次数 点击次数 访问次数 浏览量 阅读量 点击量 访问量 点击率 点击数",
        "浏览数 阅读数 浏览 阅读 点击 人气 次数 访问人数",
        # who worked on the page, not on the letter
        "作者 撰稿 撰稿人 编辑 责任编辑 责编 审核 审核人 审稿 初审 复审 终审 校对",
        "发布人 录入 录入人 信息员 记者 摄影",
        # kinds of document and of reader, which are the same for all replies
        "体裁 体裁分类 公文种类 文种 公文类型 服务对象 适用对象 受众 语种 载体类型",
        "信息格式 记录形式 信息载体 公开时限 公开期限 公开程序 公开依据",
        # of regulations, not of letters
        "联合发文单位 统一编号 统一登记号 文件登记号 实施日期 施行日期 生效日期 生效时间",
        "失效日期 失效时间 废止日期 废止时间 截止日期 有效期 有效日期 信息时效期 著录日期",
        # days of a proposal's way through the offices, and not of the reply
        "交办日期 交办时间 交办单位 办理期限 办理时限 办结日期 办结时间",
        # where and to whom a letter is published, unless the value says whether it is
        "公开方式 公开形式 公开类型 公开类别 信息公开方式 公开范围 公文范围",
        # when a page was changed, which may be years after it was published
        "更新时间 更新日期 修改时间",
        "内容概述 摘要 内容摘要 备注 副标题 引题",
        # what the letter itself prints, and is read there
        "抄送 联系人 联系人及电话 承办人及联系电话 承办负责人 领导签发",
        # the way through the site
        "相关解读 相关附件 附件 附件下载 文件下载 相关链接 相关信息 上一篇 下一篇 当前位置",
        "您当前的位置 您现在的位置 您当前所在位置 您所在的位置 所在位置",
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
    **dict.fromkeys(("proposal_titles", "addressees", "copied_to"), read_words),
}
_READERS: Final = dict(_NAMED_BY_SOURCES) | {name: read for name, read, _ in ROWS}

_SHORT, _LONG = 60, 4000  # letters: one search is faster than two below, no menu has more above
_COLON = re.compile(rf"[{COLONS}]")
_MARKS = re.compile(rf"[{BLANK}{COLONS}【】\[\]〖〗〔〕「」『』《》<>]")
_IN_BRACKETS = re.compile(r"[(（](.*)[)）]")


@lru_cache(maxsize=4096)  # the pages of a site print the same few labels
def bare(label: str) -> str:
    """Return a label as the table spells it: no blanks, no icons, no colon, no brackets.

    >>> bare("【文　　号】："), bare("(来源)")
    ('文号', '来源')
    """
    found = _MARKS.sub("", label)
    inner = _IN_BRACKETS.fullmatch(found)
    return inner[1] if inner else found


class Meaning(NamedTuple):
    """What a label says: a field, how its value is read, and how surely (0 is the surest)."""

    field: str
    read: Reader
    rank: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The labels that are known for one source: the table's and its own.

    ``pattern`` finds a known label that a colon or the end of a piece of text follows; its group
    is the label. ``begun`` finds where one may begin, ``numbered`` a label of an index number.
    """

    meanings: Mapping[str, tuple[Meaning, ...]]
    pattern: re.Pattern[str]
    begun: re.Pattern[str]
    numbered: re.Pattern[str]

    def __contains__(self, label: str) -> bool:
        return label in self.meanings or label in IGNORED

    def stands_in(self, text: str) -> bool:
        """Whether a known label stands in a text."""
        if len(text) < _SHORT:
            return self.pattern.search(text) is not None
        return _in_menu(self, text) if len(text) < _LONG else _stands_in(self, text)

    def may_be_numbered(self, text: str) -> bool:
        """Whether a label of an index number may stand in a text."""
        return self.numbered.search(text) is not None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find the known labels of a text; group 1 is the label without its colon."""
        begun = self.begun.search(text)
        return self.pattern.finditer(text, begun.start()) if begun else iter(())

    def says(self, label: str, *names: str) -> bool:
        """Whether a label, as printed, is read into one of these fields."""
        return any(meaning.field in names for meaning in self.meanings.get(bare(label), ()))

    def names_index_number(self, label: str) -> bool:
        """Whether a label is 索引号, which stands in metadata boxes and nowhere else."""
        return self.says(label, "index_number")


def _stands_in(known: Vocabulary, text: str) -> bool:
    if SEAM not in text and not _COLON.search(text):
        return False  # a sentence
    begun = known.begun.search(text)
    return begun is not None and known.pattern.search(text, begun.start()) is not None


_in_menu = lru_cache(maxsize=512)(_stands_in)  # the pages of a site have the same menus


@lru_cache(maxsize=1024)
def vocabulary(own: tuple[tuple[str, str], ...] = ()) -> Vocabulary:
    """Return the known labels; ``own`` are those of a source, as (label, field), asked first.

    >>> "公文编号" in vocabulary((("公文编号", "document_number"),)), "公文编号" in vocabulary()
    (True, False)
    """
    meanings: dict[str, tuple[Meaning, ...]] = {}
    for label, name in own:
        if name in _READERS:
            meanings[bare(label)] = (Meaning(name, _READERS[name], -1),)
    meanings.pop("", None)
    for name, read, row in ROWS:
        for rank, equals in enumerate(row.split(">")):
            for label in equals.split():
                meanings[label] = (*meanings.get(label, ()), Meaning(name, read, rank))
    numbers = (label for label, said in meanings.items() if said[0].field == "index_number")
    return Vocabulary(meanings, *spelling({*meanings, *IGNORED}), spelling(numbers).begun)
