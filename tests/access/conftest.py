"""The convening whose board is open, the one moment in which everybody of the cast is somebody else."""

import pytest

from tests.access.addresses import Visit
from tests.cast import convening


@pytest.fixture
def visit(db) -> Visit:
    return Visit(convening("revealed"))
