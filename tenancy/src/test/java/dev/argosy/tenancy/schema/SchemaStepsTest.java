package dev.argosy.tenancy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.tenancy.database.PlatformDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two versions of the server on one database: each migration against the schema that a server of
 * before was built for.
 */
class SchemaStepsTest {

  /** Migrations that may not be, and what is said of them. */
  private static final Map<String, String> BREAKS =
      Map.ofEntries(
          Map.entry("alter table tenant drop column cell", "column tenant.cell is gone"),
          Map.entry("alter table member rename column role to kind", "column member.role is gone"),
          Map.entry("drop table usage_day", "column usage_day."),
          Map.entry("alter table tenant rename to logical_cluster", "column tenant.name is gone"),
          Map.entry(
              "alter table tenant alter column display_name type bytea using ''::bytea",
              "column tenant.display_name was text and is bytea"),
          Map.entry(
              "alter table member alter column expires_at set not null",
              "column member.expires_at could be left out before"),
          Map.entry(
              "alter table role_binding alter column reason drop default",
              "column role_binding.reason could be left out before"),
          Map.entry(
              "alter table tenant add column tier text not null",
              "column tenant.tier is new, and nothing stands there by itself"),
          Map.entry(
              "create unique index one_name on tenant (display_name)",
              "rule tenant one_name is new"),
          Map.entry(
              "alter table tenant add check (length(display_name) < 9)",
              "rule tenant tenant_display_name_check is new"),
          Map.entry(
              "alter table member add foreign key (tenant) references tenant (name)",
              "rule member member_tenant_fkey is new"),
          Map.entry(
              "alter table tenant drop constraint tenant_phase_check; alter table tenant add"
                  + " constraint tenant_phase_check check (phase in ('Pending', 'Active'))",
              "rule tenant tenant_phase_check is new or other"),
          Map.entry(
              "drop function audit_make_parts(integer)", "function audit_make_parts(integer)"));

  /**
   * What the rules see and people found harmless. V11 came before the rules, and old servers only
   * insert into its view. V22 lets roles be others, too, which a new column names that old servers
   * leave out.
   */
  private static final List<String> LANDED =
      List.of(
          "column audit_entry.annotations was jsonb and is json",
          "column audit_entry.request was jsonb and is json",
          "column audit_entry.response was jsonb and is json",
          "rule member member_role_check is new or other than before: CHECK (((role = ANY"
              + " (ARRAY['admin'::text, 'member'::text, 'viewer'::text])) OR ",
          "rule member member_tenant_role_fkey is new",
          "rule role_binding role_binding_role_check is new or other than before: CHECK (((role ="
              + " ANY (ARRAY['platform-admin'::text, 'platform-operator'::text,"
              + " 'platform-viewer'::text])) OR ",
          "rule role_binding role_binding_tenant_role_fkey is new");

  /** Tables that no server ever named, and that went. */
  private static final List<String> UNUSED = List.of("quota", "quota_limit");

  private static EmbeddedPostgres postgres;
  private static int databases;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static DataSource fresh() throws SQLException {
    databases++;
    run(postgres.getPostgresDatabase(), "create database d" + databases);
    return postgres.getDatabase("postgres", "d" + databases);
  }

  private static FluentConfiguration migrations(DataSource source) {
    return Flyway.configure(PlatformDatabase.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration");
  }

  private static void run(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SchemaPicture picture(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return SchemaPicture.of(connection);
    }
  }

  @Test
  void noMigrationBreaksTheServerOfBefore() throws SQLException {
    DataSource source = fresh();
    Map<String, List<String>> broken = new LinkedHashMap<>();
    @Nullable SchemaPicture before = null;
    for (MigrationInfo each : migrations(source).load().info().all()) {
      migrations(source).target(each.getVersion()).load().migrate();
      SchemaPicture after = picture(source);
      if (before != null) {
        List<String> why = new ArrayList<>(new SchemaStep(before, after).broken());
        why.removeIf(SchemaStepsTest::harmless);
        broken.put(each.getScript(), why);
      }
      before = after;
    }
    assertThat(broken).hasSizeGreaterThan(8);
    broken.forEach((script, why) -> assertThat(why).as(script).isEmpty());
  }

  private static boolean harmless(String why) {
    return LANDED.stream().anyMatch(why::startsWith)
        || UNUSED.stream().anyMatch(table -> why.startsWith("column " + table + "."));
  }

  @Test
  void whatWouldBreakItIsSeen() throws SQLException {
    DataSource source = fresh();
    migrations(source).load().migrate();
    SchemaPicture before = picture(source);
    for (Map.Entry<String, String> each : BREAKS.entrySet()) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(each.getKey());
        SchemaPicture after = SchemaPicture.of(connection);
        assertThat(new SchemaStep(before, after).broken())
            .as(each.getKey())
            .anyMatch(why -> why.startsWith(each.getValue()));
        connection.rollback();
      }
    }
    assertThat(new SchemaStep(before, picture(source)).broken()).isEmpty();
  }
}
