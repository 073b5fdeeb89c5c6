"""The rules: what a researcher or a lawyer would argue about, with no framework, database, clock or I/O."""
