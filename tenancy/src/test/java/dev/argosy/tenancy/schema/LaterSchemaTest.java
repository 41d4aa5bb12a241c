package dev.argosy.tenancy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.objects.ObjectRepository;
import dev.argosy.tenancy.objects.Write;
import dev.argosy.tenancy.objects.WriteOutcome;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.tenant.Tenant;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The present server, by its real mappings, on a database that a later one has migrated. */
class LaterSchemaTest {

  private static final Map<GroupResource, String> SPECS =
      Map.of(
          Tenant.RESOURCE,
          "{\"displayName\":\"%s\",\"nodePools\":[\"default\"]}",
          Member.RESOURCE,
          "{\"tenant\":\"acme\",\"role\":\"admin\",\"subject\":{\"kind\":\"User\",\"name\":\"%s\"}}",
          AccessGrant.RESOURCE,
          "{\"role\":\"platform-viewer\",\"subject\":{\"kind\":\"User\",\"name\":\"%s\"}}",
          BreakGlass.RESOURCE,
          "{\"tenant\":\"acme\",\"username\":\"%s\",\"reason\":\"r\",\"expiresAt\":\"2026-01-01T00:00:00Z\"}");

  private static EmbeddedPostgres postgres;
  private static DataSource source;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    source = postgres.getPostgresDatabase();
    open().close();
    for (String table : tables()) {
      run("alter table " + table + " add column later_note text");
      run("alter table " + table + " add column later_level integer not null default 7");
    }
    run("create table later_thing (name text primary key)");
    run(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " values (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'postgres', 1, true)");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static PlatformDatabase open() {
    return PlatformDatabase.open(source, PlatformSchema.entities());
  }

  /** Those of all entities. */
  private static List<String> tables() {
    return PlatformSchema.entities().stream()
        .map(entity -> entity.getAnnotation(Table.class))
        .filter(Objects::nonNull)
        .map(Table::name)
        .toList();
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String read(String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static ObjectKey key(GroupResource resource) {
    return new ObjectKey(resource, "root", "", "acme");
  }

  private static Write put(GroupResource resource, long expected, String text) {
    String object =
        "{\"metadata\":{\"name\":\"acme\",\"uid\":\"u\"},\"spec\":"
            + SPECS.getOrDefault(resource, "").formatted(text)
            + ",\"later\":{\"field\":1}}";
    return new Write.Put(key(resource), expected, object.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void startsReadsAndWritesAndKeepsWhatItDoesNotKnow() throws SQLException {
    try (PlatformDatabase database = open()) {
      ObjectRepository objects = new ObjectRepository(database, PlatformSchema.projections());
      Map<GroupResource, Long> revisions = new LinkedHashMap<>();
      for (GroupResource resource : SPECS.keySet()) {
        revisions.put(resource, committed(objects, put(resource, 0, "before")));
      }
      for (String table : tables()) {
        run("update " + table + " set later_note = 'kept'");
      }
      for (GroupResource resource : SPECS.keySet()) {
        long revision = revisions.getOrDefault(resource, 0L);
        revisions.put(resource, committed(objects, put(resource, revision, "after")));
        assertThat(objects.get(key(resource)).orElseThrow().document())
            .asString(StandardCharsets.UTF_8)
            .contains("after", "\"later\":{\"field\":1}");
      }
      for (String table : List.of("tenant", "member", "role_binding", "break_glass")) {
        assertThat(read("select later_note || later_level from " + table + " where name = 'acme'"))
            .as(table)
            .isEqualTo("kept7");
      }
      assertThat(read("select count(*) from stored_object where later_note = 'kept'"))
          .isEqualTo("4");
      for (GroupResource resource : SPECS.keySet()) {
        long revision = revisions.getOrDefault(resource, 0L);
        committed(objects, new Write.Remove(key(resource), revision));
      }
      assertThat(read("select count(*) from stored_object")).isEqualTo("0");
    }
  }

  /** What it means is for the later server to say; a server of before does not write over it. */
  @Test
  void aPhaseOfALaterServerStaysInTheRow() throws SQLException {
    run("alter table tenant drop constraint tenant_phase_check");
    ObjectKey key = new ObjectKey(Tenant.RESOURCE, "root", "", "moving");
    try (PlatformDatabase database = open()) {
      ObjectRepository objects = new ObjectRepository(database, PlatformSchema.projections());
      long made = committed(objects, new Write.Put(key, 0, moving("Active")));
      run("update tenant set phase = 'Moving' where name = 'moving'");
      long moved = committed(objects, new Write.Put(key, made, moving("Moving")));
      assertThat(read("select phase from tenant where name = 'moving'")).isEqualTo("Moving");
      committed(objects, new Write.Remove(key, moved));
    }
  }

  private static byte[] moving(String phase) {
    return "{\"metadata\":{\"name\":\"moving\",\"uid\":\"u\"},\"spec\":{},\"status\":{\"phase\":\"%s\"}}"
        .formatted(phase)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static long committed(ObjectRepository objects, Write write) {
    WriteOutcome outcome = objects.commit(List.of(write));
    assertThat(outcome).isInstanceOf(WriteOutcome.Committed.class);
    return ((WriteOutcome.Committed) outcome).revision();
  }
}
