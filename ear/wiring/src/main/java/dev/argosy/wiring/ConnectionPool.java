package dev.argosy.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Makes the data source: a pool of plain connections, enlisted in no container's transaction. */
final class ConnectionPool {

  /** How long a request waits for a connection before it says that the database is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private ConnectionPool() {}

  static HikariDataSource open(DatabaseConfig config) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("argosy");
    pool.setDataSourceClassName("org.postgresql.ds.PGSimpleDataSource");
    pool.addDataSourceProperty("url", config.url());
    pool.setUsername(config.user());
    pool.setPassword(config.password());
    pool.setMaximumPoolSize(config.connections());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    pool.setAutoCommit(true);
    return new HikariDataSource(pool);
  }
}
