package dev.argosy.server.tenant;

import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.objects.ObjectRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL of its own for one test class. */
final class PlatformDatabaseForTests implements AutoCloseable {

  private final EmbeddedPostgres postgres;
  final PlatformDatabase database;
  final ObjectRepository objects;

  PlatformDatabaseForTests() throws IOException {
    postgres = EmbeddedPostgres.start();
    database = PlatformDatabase.open(postgres.getPostgresDatabase(), PlatformSchema.entities());
    objects = new ObjectRepository(database, PlatformSchema.projections());
  }

  @Override
  public void close() throws IOException {
    database.close();
    postgres.close();
  }
}
