import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from flows.rule_trust_commands import app
from reports import rules_page
from rules import pages
from rules.catalogue import load
from rules.language import parse_condition
from rules.pages.entries import by_column, entries
from rules.pages.labels import words
from rules.pages.words import Words
from rules.recalled import recalled
from rules.rule import Sentence
from schemas import generated, rounds
from schemas.rounds import RuleOff
from schemas.thai import foreign_letters

RULES = load()
ROUND = rounds.load(rounds.years()[-1])
LISTED = entries(RULES, ROUND)
# English sentences that quote a Thai title.
QUOTED = {"TI002", "TI004", "TI006", "TI010"}
# The last is how some keyboards type ำ.
SEARCHES = (
    ("wk003", "WK003"),
    ("รับราชการ ระดับการศึกษา", "WK003"),
    ("schooling OFFICIAL", "WK003"),
    ("ค\u0e4d\u0e32นำหน้า", "TI001"),
)


def said(text, table="person", lang="en"):
    return Words(table, lang).of(parse_condition(text, table, params={"line": 40000}))


def test_the_pages_are_current():
    assert generated.stale(pages.written()) == []


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_rule_is_in_the_index_and_has_its_place(lang):
    text = pages.page(lang, RULES)
    for rule in RULES:
        assert text.count(f'<a id="{rule.id.lower()}"></a>') == 1
        assert f"| [{rule.id}](#{rule.id.lower()}) |" in text
        assert f"]({rule.path.as_posix()})" in text


def test_pages_say_they_are_generated_and_how():
    for lang in ("th", "en"):
        assert "python -m rules.pages" in pages.page(lang, RULES)[:400]


def test_a_changed_rule_makes_a_page_stale(tmp_path):
    generated.write(pages.written(tmp_path))
    assert generated.stale(pages.written(tmp_path)) == []
    page = tmp_path / "CATALOGUE.md"
    page.write_text(page.read_text(encoding="utf-8").replace("WK003", "WK999"), encoding="utf-8")
    assert generated.stale(pages.written(tmp_path)) == [page]


def test_a_changed_candidate_makes_its_page_stale(tmp_path):
    generated.write(pages.written(tmp_path))
    page = tmp_path / "CANDIDATES.th.md"
    page.write_text(page.read_text(encoding="utf-8").replace("STR-01", "STR-99"), encoding="utf-8")
    assert generated.stale(pages.written(tmp_path)) == [page]


def test_thai_pages_are_in_thai_letters():
    for entry in LISTED:
        for sentence in (entry.asked, entry.holds, entry.sentence, entry.fix):
            assert foreign_letters(sentence.th) == []
            # A rule may ask for Thai text, and a title may be the thing spoken of.
            asks_thai = re.search("[ก-ฮ]", f"{entry.rule.applies} {entry.rule.must}")
            assert asks_thai or entry.rule.id in QUOTED or not re.search("[ก-ฮ]", sentence.en)
            assert "{" not in re.sub(r"\{[0-9,]+\}", "", sentence.th + sentence.en)


def test_families_have_names_and_files_come_last():
    found = [family for family, _ in pages.families(LISTED)]
    assert found[-2:] == ["across", "structure"]
    for lang in ("th", "en"):
        assert [family for family in found if family not in words(lang)["families"]] == []
    assert pages.family_name("work", "th") == "อาชีพ"
    assert pages.family_name("weather", "en") == "weather"


def test_a_column_lists_the_rules_that_read_it_wherever_they_read_it():
    touching = {
        column.name: [one.rule.id for one in found] for (_, column), found in by_column(LISTED).items()
    }
    assert {"WK001", "WK003", "IX010"} <= set(touching["occupation"])
    assert touching["birth_date"] == [rule.id for rule in RULES if "birth_date" in rule.fields]


def test_who_is_asked_is_said_in_words():
    asked = {entry.rule.id: entry.asked for entry in LISTED}
    of_everyone = [one for one in RULES if one.level == "person" and one.must and not one.applies]
    assert {asked[one.id] for one in of_everyone} == {Sentence("สมาชิกทุกคน", "every person")}
    assert asked["TI002"] == Sentence(
        "สมาชิกที่คำนำหน้าชื่อ เป็นเด็กชาย หรือเด็กหญิง",
        "persons where title is Master (boy under 15) or Miss (girl under 15)",
    )
    assert asked["IX001"] == Sentence("ครัวเรือนที่มีรายชื่อสมาชิก", "households where the roster has members")
    assert "ไม่มีตัวหาร" in asked["ST001"].th


def test_holes_of_sentences_say_what_fills_them():
    sentence = {entry.rule.id: entry.sentence for entry in LISTED}
    assert sentence["WK003"].th == "อาชีพ [อาชีพ] แต่ระดับการศึกษา [ระดับการศึกษา]"
    assert "[column]" in sentence["ST001"].en


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("age between 6 and 14", "age in full years is from 6 to 14"),
        ("sex = @male or sex = @female and is_informant",
         "sex is male or (sex is female and “is the informant” is answered yes)"),
        ("if is_informant then age >= 15",
         "if “is the informant” is answered yes then age in full years is at least 15"),
        ("occupation in @working", "occupation is not studying or no occupation"),
        ("occupation not in @working", "occupation is studying or no occupation"),
        ("education >= @primary", "education is primary or higher"),
        ("birth_date < 1984-01-01", "birth date is before 1984-01-01"),
        ("chronic_type is present", "“chronic illness” is filled in"),
        ("not is_bedridden", "“bedridden” is answered no"),
        ("not any(members where age < 15)", "there is no member with: age in full years is less than 15"),
    ],
)  # fmt: skip
def test_conditions_in_words(text, words):
    assert said(text) == words


def test_money_of_the_round_is_said_in_baht():
    assert said("income_total_baht >= @line", "household") == "total income as stated is at least 40,000 baht"
    assert said("income_total_baht >= @line", "household", "th").endswith("ไม่น้อยกว่า 40,000 บาท")


def test_the_web_page_asks_for_nothing_and_runs_its_own_script_only():
    page = rules_page.render(RULES, ROUND)
    assert "http" not in page.replace("http-equiv", "")
    assert not re.search(r"<(link|img|iframe|object|base)|url\(|@import|\bon[a-z]+=\"", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "script-src &#39;sha256-" in policy[1]
    assert page.count("<script>") == 1


def test_texts_of_rules_are_escaped():
    evil = replace(
        RULES[0], title=Sentence("<b onclick=x>", "<i>"), why=Sentence("<script>alert(1)</script>", "<b>")
    )
    page = rules_page.render([evil], ROUND)
    assert "<b onclick" not in page
    assert "<script>alert" not in page


def test_same_rules_give_the_same_page():
    assert rules_page.render(RULES, ROUND) == rules_page.render(RULES, ROUND)


def test_the_command_writes_the_page(tmp_path):
    out = tmp_path / "new" / "rules.html"
    assert CliRunner().invoke(app, ["page", "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8") == rules_page.render(RULES, ROUND)


def opened(browser: Browser, path, width: int = 390, rules=RULES, round_=ROUND, **options) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    path.write_text(rules_page.render(rules, round_), encoding="utf-8")
    page.goto(path.as_uri())
    return page


def shown(page: Page) -> list[str]:
    return page.eval_on_selector_all(".rule:not([hidden])", "boxes => boxes.map(box => box.id)")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_nothing_sticks_out_on_a_phone_or_a_desk(browser, tmp_path, width):
    page = opened(browser, tmp_path / "rules.html", width)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
def test_search_finds_thai_and_english_words_and_ids(browser, tmp_path):
    page = opened(browser, tmp_path / "rules.html")
    for query, rule_id in SEARCHES:
        page.fill("#query", query)
        page.wait_for_timeout(300)
        assert rule_id in shown(page), query
        assert len(shown(page)) < len(RULES)
    page.fill("#query", "zzzz")
    page.wait_for_timeout(300)
    assert shown(page) == []
    assert page.inner_text("#found") == "ไม่พบกฎที่ตรงกับคำค้น"
    page.close()


@pytest.mark.browser
def test_a_column_and_a_severity_can_be_chosen(browser, tmp_path):
    page = opened(browser, tmp_path / "rules.html")
    page.select_option("#column", "person.birth_date")
    assert shown(page) == [rule.id for rule in RULES if "birth_date" in rule.fields]
    page.select_option("#severity", "watch")
    assert set(shown(page)) == {
        rule.id for rule in RULES if "birth_date" in rule.fields and rule.severity == "watch"
    }
    page.close()


@pytest.mark.browser
def test_rules_on_trial_off_or_not_confirmed_can_be_chosen(browser, tmp_path):
    tried, off, *others = (rule for rule in RULES if not rule.structural)
    rules = [replace(tried, status="trial"), off, *others]
    reason = RuleOff("วันนับอายุยังไม่ยืนยัน", "The day is not confirmed.", "สพจ.", None)
    page = opened(browser, tmp_path / "rules.html", 360, rules, replace(ROUND, rules_off={off.id: reason}))
    page.select_option("#standing", "trial")
    assert shown(page) == [tried.id]
    assert "กำลังทดลอง" in page.inner_text(f"#{tried.id}")
    page.select_option("#standing", "off")
    assert shown(page) == [off.id]
    for said in ("ไม่ถือว่าผ่าน", "วันนับอายุยังไม่ยืนยัน", "กำหนดโดย สพจ."):
        assert said in page.inner_text(f"#{off.id}")
    page.select_option("#standing", "recalled")
    assert set(shown(page)) == {rule.id for rule in rules if recalled(rule, ROUND)}
    page.close()


def test_a_page_says_since_when_why_and_what_is_not_confirmed():
    page = rules_page.render(RULES, ROUND)
    for lang in ("th", "en"):
        text = pages.page(lang, RULES)
        for entry in LISTED:
            assert entry.rule.why[lang] in text
            for one in entry.recalled:
                assert one.words[lang] in text
        assert text.count(f"**{words(lang)['since']}:**") == len(RULES)
    assert page.count("<dt>ใช้ตั้งแต่รอบปี</dt>") == len(RULES)


@pytest.mark.browser
def test_without_javascript_every_rule_is_there_and_no_dead_control(browser, tmp_path):
    page = opened(browser, tmp_path / "rules.html", java_script_enabled=False)
    assert page.locator(".rule").count() == len(RULES)
    assert not page.locator("#filters").is_visible()
    page.close()
