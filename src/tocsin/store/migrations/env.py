"""Runs the numbered migrations in ``versions`` on the engine that the caller handed over."""

from alembic import context

from tocsin.store.schema import metadata

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
