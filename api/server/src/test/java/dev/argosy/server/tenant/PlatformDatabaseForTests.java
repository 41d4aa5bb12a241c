package dev.argosy.server.tenant;

import dev.argosy.server.testing.TestDatabase;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.objects.ObjectRepository;

/** A database of its own for one test class. */
final class PlatformDatabaseForTests implements AutoCloseable {

  private final TestDatabase postgres = new TestDatabase();
  final PlatformDatabase database;
  final ObjectRepository objects;

  PlatformDatabaseForTests() {
    database = PlatformDatabase.open(postgres.source(), PlatformSchema.entities());
    objects = new ObjectRepository(database, PlatformSchema.projections());
  }

  @Override
  public void close() {
    database.close();
    postgres.close();
  }
}
