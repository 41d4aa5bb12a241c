package dev.argosy.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.tenancy.database.PlatformDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From every earlier schema with data in it to the present one, where a server of before, which is
 * still running, goes on to write as it did.
 */
class SchemasTest {

  /** What the first server with tenants wrote; every later one can. */
  private static final List<String> OLD_WRITES =
      List.of(
          "insert into tenant (name, uid, display_name, parent, cell, phase, version)"
              + " values ('%1$s', 'u', 'The %1$s', '', '', 'Active', 0)",
          "insert into tenant_node_pool values ('%1$s', 'default')",
          "insert into member (name, tenant, subject_kind, subject_name, role, version)"
              + " values ('%1$s-ann', '%1$s', 'User', 'ann', 'admin', 0)",
          "insert into role_binding (name, role, subject_kind, subject_name, version)"
              + " values ('%1$s-boss', 'platform-viewer', 'User', 'boss', 0)",
          "insert into stored_object (api_group, resource, cluster, namespace, name, revision,"
              + " document) values ('tenancy.argosy.dev', 'tenants', 'root', '', '%1$s', 2, '{}')",
          "update tenant set phase = 'Terminating' where name = '%1$s'",
          "update tenant set phase = 'Active' where name = '%1$s'");

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static FluentConfiguration migrations(DataSource source) {
    return Flyway.configure(PlatformDatabase.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration");
  }

  /** Every version since there are tenants, the present one too. */
  static Stream<String> versions() {
    return Arrays.stream(migrations(postgres.getPostgresDatabase()).load().info().all())
        .map(MigrationInfo::getVersion)
        .map(String::valueOf)
        .filter(version -> !version.equals("1"));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void dataComesAlong(String version) throws SQLException {
    String name = "at_" + version;
    run(postgres.getPostgresDatabase(), "create database " + name);
    DataSource source = postgres.getDatabase("postgres", name);
    migrations(source).target(version).load().migrate();
    for (String statement : OLD_WRITES) {
      run(source, statement.formatted("before"));
    }
    try (PlatformDatabase database = PlatformDatabase.open(source, PlatformSchema.entities())) {
      for (String statement : OLD_WRITES) {
        run(source, statement.formatted("meanwhile"));
      }
      for (String row : List.of("TenantRow", "MemberRow", "RoleBindingRow", "ObjectRow")) {
        List<?> found =
            database.inTransaction(
                entities -> entities.createQuery("select r from " + row + " r").getResultList());
        assertThat(found).as(row).hasSize(2);
      }
    }
  }

  private static void run(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
