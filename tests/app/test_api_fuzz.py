"""schemathesis over the API: whatever the description allows is answered as it says, whatever it forbids is refused."""

from __future__ import annotations

import os
import warnings
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from detente.app.http.server import create_app
from detente.app.http.settings import Settings
from detente.codebook import Codebook
from detente.pipeline import Archive
from tests.app.browser.hostile import coding

EXAMPLES = int(os.environ.get("DETENTE_FUZZ", "6"))
"""Examples for each operation; raise it for a long run: DETENTE_FUZZ=200 pytest tests/app/test_api_fuzz.py."""


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = tmp_path_factory.mktemp("fuzz")
    Archive.open(place / "a", create=True).append([coding("script"), coding("bidi")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(place))
        app = create_app(Archive.open(place / "a"), Codebook.load(), Settings(hosts=("testserver",)))
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.slow
def test_every_operation_keeps_its_word(api: Any) -> None:
    count = 0
    for found in api.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        def holds(case: Any) -> None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                case.call_and_validate()

        holds()
        count += 1
    assert count > 14
