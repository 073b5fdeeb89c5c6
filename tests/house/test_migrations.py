"""Migrations are there, say what the models say, and stand in one line."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("A migration is missing:\n" + capsys.readouterr().out)


def test_each_app_has_one_line_of_migrations():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    for label in loader.migrated_apps:
        assert len(loader.graph.leaf_nodes(label)) <= 1
