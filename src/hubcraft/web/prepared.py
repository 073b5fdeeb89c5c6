"""Questions that are asked for every mark: Django writes their SQL once a process, and then only fills it in.

Writing the SQL of a question costs Django ten times what the database takes to answer it. The question stays an
ordinary queryset, with its scope checked when its SQL is written (bench/results/live_room.md has the figures).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery

# Longer lists are rare and of every length: their SQL is not kept.
MOST = 32


class Prepared:
    """A queryset with blanks; called with what goes into them it gives a list of rows, as the queryset would.

    `ask` makes the queryset from its keyword arguments, each either text or a sequence of texts for an `IN`.
    The arguments may only be values in conditions: for each number of texts the SQL is written once.
    """

    def __init__(self, ask: Callable[..., QuerySet]) -> None:
        self.ask = ask
        self.plans: dict[object, Plan] = {}

    def __call__(self, **blanks: str | Sequence[str]) -> list[Any]:
        many = {name: tuple(value) for name, value in blanks.items() if not isinstance(value, str)}
        if not all(many.values()):
            return []  # in none of these: Django, too, would not ask
        if any(len(value) > MOST for value in many.values()):
            return list(self.ask(**{**blanks, **many}))
        key = (connection.vendor, *sorted((name, len(value)) for name, value in many.items()))
        plan = self.plans.get(key)
        if plan is None:
            plan = self.plans[key] = Plan.of(self.ask, {**blanks, **many})
        return plan.rows({**blanks, **many})


@dataclass(frozen=True)
class Plan:
    """One SQL text, what goes where in it, and how its rows are read."""

    sql: str
    places: tuple[
        tuple[str, int] | None, ...
    ]  # for each parameter the blank it comes from, and which of several
    constants: tuple[Any, ...]
    converters: tuple[tuple[int, list[Callable], Any], ...]
    read: Callable[[list[Sequence[Any]]], list[Any]]

    @classmethod
    def of(cls, ask: Callable[..., QuerySet], blanks: dict[str, str | tuple[str, ...]]) -> "Plan":
        """Write the SQL with marked values in the blanks, and see where they end up."""
        marked = {
            name: mark(name, 0)
            if isinstance(value, str)
            else [mark(name, which) for which in range(len(value))]
            for name, value in blanks.items()
        }
        queryset = ask(**marked)
        if hasattr(queryset, "insist_on_scope"):
            queryset.insist_on_scope()
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        found = {
            text: (name, which)
            for name, texts in marked.items()
            for which, text in enumerate([texts] if isinstance(texts, str) else texts)
        }
        places = tuple(found.get(it) if isinstance(it, str) else None for it in parameters)
        if set(places) - {None} != set(found.values()):
            raise TypeError("Every blank has to be a value in a condition.")
        converters = compiler.get_converters(expression for expression, _sql, _alias in compiler.select)
        return cls(
            sql=sql,
            places=places,
            constants=tuple(parameters),
            converters=tuple((position, *how) for position, how in converters.items()),
            read=reader_of(queryset, compiler),
        )

    def rows(self, blanks: dict[str, str | tuple[str, ...]]) -> list[Any]:
        """Ask the database."""
        parameters = [
            constant
            if place is None
            else blanks[place[0]]
            if isinstance(blanks[place[0]], str)
            else blanks[place[0]][place[1]]
            for place, constant in zip(self.places, self.constants, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = [list(row) for row in cursor.fetchall()]
        for position, how, expression in self.converters:
            for row in found:
                for convert in how:
                    row[position] = convert(row[position], expression, connection)
        return self.read(found)


def mark(blank: str, which: int) -> str:
    """A value that stands in no table."""
    return f"\0{blank} {which}"


def reader_of(queryset: QuerySet, compiler) -> Callable[[list[Sequence[Any]]], list[Any]]:
    """How rows become what the queryset gives: tuples, single values, or objects with what was selected along."""
    if queryset._fields is not None:
        is_flat = "Flat" in queryset._iterable_class.__name__
        return (
            (lambda rows: list(chain.from_iterable(rows)))
            if is_flat
            else (lambda rows: [tuple(it) for it in rows])
        )
    about, columns, database = compiler.klass_info, compiler.select, queryset.db
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column[0].target.attname for column in columns[first:last]]
    related = get_related_populators(about, columns, database)

    def objects(rows: list[Sequence[Any]]) -> list[Any]:
        made = []
        for row in rows:
            one = about["model"].from_db(database, names, row[first:last])
            for populator in related:
                populator.populate(row, one)
            made.append(one)
        return made

    return objects


class PreparedInsert:
    """`bulk_create` for rows that bring their own key and are made for every mark; its SQL is written once a number.

    Where a row is there already (`unique` names the fields that say so), its `updates` are taken over instead.
    """

    def __init__(
        self, model: type[Model], *, unique: Sequence[str] = (), updates: Sequence[str] = ()
    ) -> None:
        self.model, self.unique, self.updates = model, unique, updates
        self.texts: dict[object, tuple[str, bool]] = {}

    def __call__(self, rows: Sequence[Model]) -> None:
        fields = self.model._meta.concrete_fields
        for start in range(0, len(rows), MOST):
            self.insert(fields, rows[start : start + MOST])

    def insert(self, fields, rows: Sequence[Model]) -> None:
        key = (connection.vendor, len(rows))
        if key not in self.texts:
            self.texts[key] = self.written(fields, rows)
        text, is_by_column = self.texts[key]
        lines = [
            [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.execute(text, [*map(list, zip(*lines, strict=True))] if is_by_column else [*chain(*lines)])
        for row in rows:
            row._state.adding = False

    def written(self, fields, rows: Sequence[Model]) -> tuple[str, bool]:
        """The SQL, as Django writes it; on PostgreSQL it takes several rows as one list for each column."""
        field = self.model._meta.get_field
        query = InsertQuery(
            self.model,
            on_conflict=OnConflict.UPDATE if self.updates else None,
            update_fields=[field(name) for name in self.updates],
            unique_fields=[field(name) for name in self.unique],
        )
        query.insert_values(fields, rows)
        ((text, parameters),) = query.get_compiler(connection=connection).as_sql()
        return text, len(rows) > 1 and len(parameters) == len(fields)
