"""One small Ray cluster for all tests of a session that need it."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A head without processors and two nodes of one each, on this machine; this process is connected to it."""
    pytest.importorskip("ray", reason="the extra 'ray' is not installed")
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's own, of other libraries' interfaces
        import ray
        from ray.cluster_utils import Cluster

        small = {"object_store_memory": 80_000_000}
        quick = {
            "health_check_initial_delay_ms": 0,
            "health_check_period_ms": 1000,
            "health_check_failure_threshold": 5,
        }
        made = Cluster(
            initialize_head=True,
            head_node_args={"num_cpus": 0, "_system_config": quick, "include_dashboard": False, **small},
        )
        for _ in range(2):
            made.add_node(num_cpus=1, **small)
        ray.init(address=made.address, log_to_driver=False, logging_level=logging.ERROR)
        made.wait_for_nodes()
        yield made
        ray.shutdown()
        made.shutdown()
