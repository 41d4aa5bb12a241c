package dev.argosy.tenancy.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.role.CustomRole;
import dev.argosy.tenancy.tenant.Tenant;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObjectRepositoryTest {

  private static EmbeddedPostgres postgres;
  private static DataSource dataSource;
  private static PlatformDatabase database;
  private static ObjectRepository objects;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    dataSource = postgres.getPostgresDatabase();
    database = PlatformDatabase.open(dataSource, PlatformSchema.entities());
    objects = new ObjectRepository(database, PlatformSchema.projections());
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    postgres.close();
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Tenant.RESOURCE, "root", "", name);
  }

  private static byte[] tenant(String name, String pool) {
    return ("{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"Tenant\",\"metadata\":{\"name\":\""
            + name
            + "\",\"uid\":\"u\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"spec\":{\"nodePools\":[\""
            + pool
            + "\"]},\"status\":{\"phase\":\"Active\"}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static long put(String name, long expected, String pool) {
    WriteOutcome outcome =
        objects.commit(List.of(new Write.Put(key(name), expected, tenant(name, pool))));
    return ((WriteOutcome.Committed) outcome).revision();
  }

  private static String sql(String query) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Test
  void writesTheTypedRowsWithTheObject() throws Exception {
    long first = put("rows", 0, "gold");
    assertThat(sql("select phase from tenant where name = 'rows'")).isEqualTo("Active");
    assertThat(sql("select pool from tenant_node_pool where tenant = 'rows'")).isEqualTo("gold");
    long second = put("rows", first, "silver");
    assertThat(sql("select pool from tenant_node_pool where tenant = 'rows'")).isEqualTo("silver");
    objects.commit(List.of(new Write.Remove(key("rows"), second)));
    assertThat(sql("select count(*) from tenant where name = 'rows'")).isEqualTo("0");
    assertThat(objects.get(key("rows"))).isEmpty();
  }

  @Test
  void refusesWhatIsStaleAndTellsTheCurrentState() {
    long revision = put("stale", 0, "default");
    WriteOutcome outcome = objects.commit(List.of(new Write.Put(key("stale"), 0, new byte[0])));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused ->
                assertThat(refused.current().get(key("stale")))
                    .map(StoredDocument::revision)
                    .isEqualTo(Optional.of(revision)));
  }

  @Test
  void refusesWhatRefersToNothing() {
    ObjectKey role = new ObjectKey(CustomRole.RESOURCE, "root", "", "t.r");
    ObjectKey member = new ObjectKey(Member.RESOURCE, "root", "", "t.m");
    byte[] naming =
        "{\"metadata\":{\"name\":\"t.m\"},\"spec\":{\"tenant\":\"t\",\"role\":\"t.r\",\"subject\":{\"kind\":\"User\",\"name\":\"u\"}}}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] named =
        "{\"metadata\":{\"name\":\"t.r\"},\"spec\":{\"tenant\":\"t\"}}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(objects.commit(List.of(new Write.Put(member, 0, naming))))
        .isInstanceOf(WriteOutcome.Refused.class);
    assertThat(objects.get(member)).isEmpty();
    long made = committed(new Write.Put(role, 0, named));
    long added = committed(new Write.Put(member, 0, naming));
    assertThat(objects.commit(List.of(new Write.Remove(role, made))))
        .isInstanceOf(WriteOutcome.Refused.class);
    assertThat(objects.get(role)).isPresent();
    committed(new Write.Remove(member, added));
    committed(new Write.Remove(role, made));
  }

  private static long committed(Write write) {
    return ((WriteOutcome.Committed) objects.commit(List.of(write))).revision();
  }

  @Test
  void readsThePastUntilItIsCompacted() {
    long first = put("past", 0, "old");
    long second = put("past", first, "new");
    DocumentPage then = objects.list(Tenant.RESOURCE, "root", first, null, 0);
    assertThat(then.documents())
        .filteredOn(d -> d.key().name().equals("past"))
        .extracting(StoredDocument::revision)
        .containsExactly(first);
    objects.compact(second);
    assertThatThrownBy(() -> objects.list(Tenant.RESOURCE, "root", first, null, 0))
        .isInstanceOf(CompactedRevisionException.class);
    assertThat(objects.list(Tenant.RESOURCE, "root", 0, null, 0).documents())
        .extracting(d -> d.key().name())
        .contains("past");
  }

  @Test
  void concurrentWritersNeverHideALowerRevision() {
    long start = objects.currentRevision();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 4)
            .mapToObj(w ->
                CompletableFuture.runAsync(() -> {
                  for (int i = 0; i < 25; i++) {
                    put("w" + w + "-" + i, 0, "default");
                  }
                }))
            .toList();
    long seen = start;
    int changes = 0;
    while (changes < 100) {
      for (LoggedChange change : objects.changesAfter(seen).changes()) {
        assertThat(change.revision()).isEqualTo(seen + 1);
        seen = change.revision();
        changes++;
      }
    }
    writers.forEach(CompletableFuture::join);
  }

  @Test
  void manyChangesComeInPagesOfWholeRevisions() {
    long start = objects.currentRevision();
    for (int commit = 0; commit < 11; commit++) {
      int number = commit;
      objects.commit(
          IntStream.range(0, 100)
              .mapToObj(i -> "page-" + number + "-" + i)
              .<Write>map(name -> new Write.Put(key(name), 0, tenant(name, "default")))
              .toList());
    }
    ChangePage first = objects.changesAfter(start);
    assertThat(first.more()).isTrue();
    assertThat(first.changes()).hasSize(900);
    ChangePage rest = objects.changesAfter(first.changes().getLast().revision());
    assertThat(rest.more()).isFalse();
    assertThat(rest.changes()).hasSize(200);
  }
}
