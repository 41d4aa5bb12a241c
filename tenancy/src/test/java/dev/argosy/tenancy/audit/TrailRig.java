package dev.argosy.tenancy.audit;

import static java.util.Objects.requireNonNull;

import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL with a trail. */
final class TrailRig implements AutoCloseable {

  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final EmbeddedPostgres postgres;
  private final DataSource source;
  private @Nullable PlatformDatabase database;

  private TrailRig(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.source = postgres.getPostgresDatabase();
  }

  static TrailRig start() throws Exception {
    TrailRig rig = new TrailRig(EmbeddedPostgres.start());
    rig.open();
    return rig;
  }

  /** With the schema of an earlier version. */
  static TrailRig at(String version) throws Exception {
    TrailRig rig = new TrailRig(EmbeddedPostgres.start());
    Flyway.configure(PlatformDatabase.class.getClassLoader())
        .dataSource(rig.source)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
    return rig;
  }

  /** Brings the schema up to date. */
  void open() {
    database = PlatformDatabase.open(source, PlatformSchema.entities());
  }

  PlatformDatabase database() {
    return requireNonNull(database);
  }

  Connection connect() throws SQLException {
    return source.getConnection();
  }

  /** A change by somebody who owns the database and switches its guards off. */
  void tamper(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> texts(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  ChainReport check(String cluster) {
    return new ChainCheck(database()).check(cluster, Optional.empty(), 1_000_000);
  }

  AuditRecord find(String cluster, long sequence) {
    return new AuditSearch(database(), Duration.ofSeconds(30))
        .find(cluster, sequence)
        .orElseThrow();
  }

  void append(AuditEntry... entries) {
    new AuditLog(database()).append(List.of(entries));
  }

  static AuditEntry entry(String cluster, String name) {
    return entry(cluster, "alice", name, 201, THEN);
  }

  static AuditEntry entry(String cluster, String user, String name, int code, Instant at) {
    AuditEntry.Action what =
        new AuditEntry.Action("create", cluster, "", "pods", "", "default", name, "/api/v1/pods");
    AuditEntry.Details details =
        new AuditEntry.Details(
            "id-" + name,
            "ResponseComplete",
            "Request",
            "/api/v1/pods?dryRun=All",
            "{\"b\": \"ü\",  \"a\":1.0e3}",
            Optional.of("{\"kind\" :\"Pod\",\"nul\":\"x\\u0000\\\\u0000\"}"),
            Optional.empty());
    return new AuditEntry(
        at,
        new AuditEntry.Who(user, "", List.of("devs", "all"), "10.0.0.1", "kubectl"),
        what,
        new AuditEntry.Answer(code == 403 ? "forbid" : "allow", code),
        details);
  }

  @Override
  public void close() throws Exception {
    if (database != null) {
      database.close();
    }
    postgres.close();
  }
}
