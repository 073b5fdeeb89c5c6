"""The contracts of .importlinter hold: who may know whom."""

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.tree import CHECKOUT


@pytest.mark.timeout(60)
def test_every_room_imports_only_what_its_contract_allows(capsys):
    assert (
        lint_imports(config_filename=str(CHECKOUT / ".importlinter"), no_cache=True) == EXIT_STATUS_SUCCESS
    ), capsys.readouterr().out
