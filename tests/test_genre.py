"""What a page in a column of replies is: a reply or not, by its title and its letter."""

from __future__ import annotations

import pytest

from replyarc.extract.genre import ONLY_OF_REPLIES
from replyarc.extract.reply import extract
from replyarc.model import Entry, Kind, Page, Reply, Source

URL = "http://www.qinghe.gov.test/jyta/1.html"
SOURCE = Source(name="qinghe", publisher="青禾市民政局", urls=(URL,))

SIGNED = "青禾市水务局|2024年6月3日"
ANSWER = f"您提出的《关于疏浚东湖的建议》收悉，现答复如下：|东湖清淤已经立项。|{SIGNED}"
PROPOSED = (
    "东湖多年没有清淤，水质变差。|建议：一、把清淤列入年度计划。二、恢复湖边湿地。三、加强巡查。"
)


def read(title: str, letter: str, before: str = "") -> Reply:
    """Read a page with a title and a letter, whose lines are divided by ``|``."""
    lines = "".join(f"<p>{line}</p>" for line in letter.split("|"))
    html = f"<body>{before}<h1>{title}</h1><div class=TRS_Editor>{lines}</div></body>"
    return extract(Page(URL, html), Entry(URL, ""), SOURCE).reply


REPLIES = {
    "title and letter": ("关于市七届人大三次会议第12号建议的答复", f"余知秋代表：|{ANSWER}"),
    "only the letter tells": ("答复函", f"余知秋代表：|{ANSWER}"),
    "titled as the suggestion": ("关于疏浚东湖的建议", f"余知秋代表：|{ANSWER}"),
    "no salutation": ("关于市政协第12号提案的答复", f"东湖清淤已经立项。|{SIGNED}"),
    "no salutation, titled as the proposal": (
        "关于疏浚东湖的建议",
        f"您在市政协七届三次会议上提出的《关于疏浚东湖的提案》收悉，现答复如下：|已立项。|{SIGNED}",
    ),
    "an office asked for its part": (
        "关于市政协第12号提案的会办意见",
        f"市民政局：|现就市政协第12号提案提出如下会办意见：|已立项。|{SIGNED}",
    ),
    "a party's proposal": ("关于疏浚东湖提案的答复", f"民建青禾市委会：|贵会{ANSWER[1:]}"),
    "a party's suggestion": ("关于疏浚东湖建议的答复", f"民建青禾市委会：|贵会{ANSWER[1:]}"),
    "a delegation's suggestion": ("关于疏浚东湖建议的答复", f"第三代表团：|你们{ANSWER[1:]}"),
    "titled as news, and a deputy is answered": ("副市长督办重点建议", f"余知秋代表：|{ANSWER}"),
    "a report on one number": (
        "关于市七届人大三次会议第12号建议办理情况的报告",
        f"市人大常委会：|现将第12号建议的办理情况报告如下：|已立项。|{SIGNED}",
    ),
    "a name alone, and a copy for the assembly": (
        "关于疏浚东湖建议的答复",
        f"余知秋：|{ANSWER}|抄送：市人大选工委，市政府督查室",
    ),
    "a name alone, and a class": ("关于疏浚东湖建议的答复", f"办理结果：A|余知秋：|{ANSWER}"),
    "under what was suggested": (
        "关于疏浚东湖的建议",
        f"建议人：余知秋|{PROPOSED}|办理情况：|余知秋代表：|{ANSWER}",
    ),
    "titled by its number, without the word": (
        "关于市七届人大三次会议第12号建议",
        f"余知秋代表：|{ANSWER}",
    ),
    "what was handed on is answered": (
        "关于交办的市政协第12号提案的答复",
        f"东湖清淤已经立项。|{SIGNED}",
    ),
    "titled by its number, with neither salutation nor thanks": (
        "关于市七届人大三次会议第12号建议",
        f"东湖清淤已经立项。|{SIGNED}",
    ),
    "written to a person from elsewhere": (
        "关于市政协七届三次会议第12号提案的答复",
        f"余知秋先生：|{ANSWER}",
    ),
}


@pytest.mark.parametrize(("title", "letter"), REPLIES.values(), ids=REPLIES.keys())
def test_a_reply_is_one(title: str, letter: str) -> None:
    reply = read(title, letter)

    assert "not-a-reply" not in reply.flags
    assert reply.kind


def test_a_topic_bears_out_what_the_word_for_a_suggestion_does_not() -> None:
    title, letter = "关于疏浚东湖建议的答复", f"余知秋：|{ANSWER}"
    number = "<td>文号</td><td>青水函〔2024〕1号</td>"
    box = f"<table><tr><td>主题分类</td><td>{{}}</td>{number}</tr></table>"

    assert "not-a-reply" not in read(title, letter, box.format("人大代表建议")).flags
    assert "not-a-reply" in read(title, letter, box.format("水利")).flags
    assert "not-a-reply" in read(title, letter).flags


OTHERS = {
    "a notice": (
        "关于做好市七届人大三次会议代表建议办理工作的通知",
        f"各镇人民政府：|现将市七届人大三次会议代表建议交办给你们，请认真办理。|{SIGNED}",
    ),
    "a notice about one number": (
        "关于召开市政协第12号提案面商会的通知",
        f"各有关单位：|现将面商会的有关事项通知如下。|{SIGNED}",
    ),
    "a public notice": ("市水务局建议提案办理结果公开通告", f"现将办理结果公开。|{SIGNED}"),
    "a resolution": ("市七届人大三次会议关于议案审查报告的决议", "会议同意审查报告。"),
    "statistics": ("2024年建议提案办理情况统计表", "序号|1|2"),
    "statistics with a sitting": (
        "市七届人大三次会议代表建议办理情况",
        "市水务局共承办市七届人大三次会议代表建议12件，均已办结。",
    ),
    "a report on the year's work": (
        "关于市七届人大三次会议代表建议办理情况",
        f"市人大常委会：|我局承办市七届人大三次会议建议12件，现将办理情况报告如下：|已办结。|{SIGNED}",
    ),
    "news": ("市水务局召开提案面商会", "6月3日，市水务局召开提案面商会，委员们表示满意。"),
    "news of a number": (
        "市水务局面对面答复市政协第12号提案",
        "6月3日，市水务局就第12号提案与余知秋委员面对面沟通，收到好评。",
    ),
    "news of how many": ("市政协今年收到提案271件", "市政协今年共收到提案271件。"),
    "the mayor's mailbox": ("关于疏浚东湖建议的答复", f"尊敬的网友：|您好！{ANSWER}"),
    "the mailbox, titled as the suggestion": ("关于疏浚东湖的建议", f"尊敬的市民：|{ANSWER}"),
    "a citizen's proposal": (
        "关于疏浚东湖的提案",
        f"李女士：|您提出的《关于疏浚东湖的提案》收悉，现答复如下：|已立项。|{SIGNED}",
    ),
    "the suggestion itself": ("关于疏浚东湖的建议", f"领衔代表：余知秋|{PROPOSED}"),
    "the proposal itself, with its number": (
        "关于市政协七届三次会议第12号提案",
        f"案 由：关于疏浚东湖的提案|提案人：余知秋|{PROPOSED}",
    ),
    "between two offices": (
        "关于同意命名东湖路的复函",
        f"市民政局：|你局关于命名东湖路的来函收悉，经研究，函复如下：|同意。|{SIGNED}",
    ),
    "a suggestion of an office": (
        "关于完善管理办法修改建议的复函",
        f"市民政局：|你局提出的修改建议收悉，函复如下：|同意。|{SIGNED}",
    ),
    "a suggestion of an office, with the office before it": (
        "市水务局关于疏浚东湖建议的答复",
        f"市民政局：|你局{ANSWER[1:]}",
    ),
    "handed on to another office": (
        "关于转办市政协七届三次会议第12号提案的函",
        f"市民政局：|现将市政协七届三次会议第12号提案转给你局，请于7月底前答复委员。|{SIGNED}",
    ),
    "another office is asked": (
        "关于征求市政协七届三次会议第12号提案会办意见的函",
        f"市民政局：|请就市政协七届三次会议第12号提案提出会办意见，于6月底前函告我局。|{SIGNED}",
    ),
}


@pytest.mark.parametrize(("title", "letter"), OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_reply_is_none_and_has_no_field_of_one(title: str, letter: str) -> None:
    reply = read(title, letter)

    assert "not-a-reply" in reply.flags
    assert not any(getattr(reply, name) for name in ONLY_OF_REPLIES)


def test_a_person_who_is_written_to_is_an_addressee_the_units_of_a_notice_are_none() -> None:
    mailbox = read(*OTHERS["a citizen's proposal"])
    notice = read(*OTHERS["a notice"])

    assert "收悉" in mailbox.text
    assert notice.addressee_role is None
    assert notice.addressees == ()
    assert mailbox.kind is None


def test_the_suggestion_that_a_reply_quotes_is_no_sign_that_it_is_published_alone() -> None:
    title, letter = REPLIES["under what was suggested"]
    assert read(title, letter).kind is Kind.SUGGESTION
