from detente.text.times import resolve_dates


def test_dates_resolve_against_publication():
    text = "They met on Thursday."
    ((start, end, interval),) = resolve_dates(text, "2023-11-17")
    assert text[start:end] == "Thursday"
    assert str(interval) == "2023-11-16"
