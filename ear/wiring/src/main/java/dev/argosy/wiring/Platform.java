package dev.argosy.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;

/** One running server process: everything behind the API's port, and the control loops. */
public final class Platform implements AutoCloseable {

  private final Parts parts;

  private Platform(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts all parts in the order in which they need each other.
   *
   * @throws Exception the first part's that does not start; what had started is stopped again
   */
  public static Platform start(PlatformConfig config) throws Exception {
    Parts parts = new Parts();
    try {
      assemble(config, parts);
      return new Platform(parts);
    } catch (Exception e) {
      parts.close();
      throw e;
    }
  }

  private static void assemble(PlatformConfig config, Parts parts) {
    HikariDataSource connections =
        parts.add("Connection pool", ConnectionPool.open(config.database()));
    parts.add("Database", PlatformDatabase.open(connections, PlatformSchema.entities()));
  }

  @Override
  public void close() {
    parts.close();
  }
}
