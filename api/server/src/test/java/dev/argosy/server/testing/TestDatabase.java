package dev.argosy.server.testing;

import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database of PostgreSQL that nobody else uses, with the newest schema and nothing in it. All of
 * them are in one server, which begins with the first and ends with the JVM: to begin it and to
 * make the schema takes seconds, to copy what was made once a tenth of one.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String TEMPLATE = "made_once";

  /** Begins when it is first asked for; its maker ends it with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = begin();
    static final AtomicInteger NUMBER = new AtomicInteger();

    private static EmbeddedPostgres begin() {
      try {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        run(postgres, "create database " + TEMPLATE);
        DataSource template = postgres.getDatabase("postgres", TEMPLATE);
        PlatformDatabase.open(template, PlatformSchema.entities()).close();
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final String name = "test_" + Server.NUMBER.incrementAndGet();

  public TestDatabase() {
    run(Server.POSTGRES, "create database " + name + " template " + TEMPLATE);
  }

  public DataSource source() {
    return Server.POSTGRES.getDatabase("postgres", name);
  }

  private static void run(EmbeddedPostgres postgres, String sql) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Whoever still uses it is cut off. */
  @Override
  public void close() {
    run(Server.POSTGRES, "drop database " + name + " with (force)");
  }
}
