from __future__ import annotations

import pytest

from detente.text.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "The ministers met on Friday and agreed that the ban would be lifted after the talks, officials said in a statement.",
            "en",
        ),
        (
            "Les ministres se sont rencontrés vendredi et ont convenu que l'interdiction serait levée après les pourparlers prévus.",
            "fr",
        ),
        (
            "Die Minister trafen sich am Freitag und vereinbarten, das Verbot nach den Gesprächen aufzuheben, teilten Beamte mit. "
            "Beide Seiten betonten, dass die Beziehungen verbessert werden sollen.",
            "de",
        ),
        (
            "両国の外相は金曜日に会談し、輸入禁止措置を解除することで合意したと発表した。今後も協議を続ける方針だ。"
            "次回の会合は来月に開かれる予定で、漁業と貿易が議題になると外務省の報道官が記者団に説明した。",
            "ja",
        ),
        ("Too short to say", None),
        (
            "Net 12.6 mln vs 15.8 mln Revs 337.3 mln vs 315.2 mln Shr 45 cts vs 58 cts Avg shrs 7.9 mln vs 9.4 mln "
            * 2,
            None,
        ),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code
