package dev.argosy.tenancy.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded, by whom, and how it goes again, on a real PostgreSQL. */
class RevisionLogTest {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static EmbeddedPostgres postgres;
  private static PlatformDatabase database;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    database = PlatformDatabase.open(postgres.getPostgresDatabase(), PlatformSchema.entities());
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    postgres.close();
  }

  @BeforeEach
  void empty() {
    run(
        "truncate history_feed, history_head, history_past, history_author, history_gap,"
            + " history_erasure");
  }

  private static void run(String statement) {
    database.withSql(connection -> {
      try (var some = connection.createStatement()) {
        return some.execute(statement);
      }
    });
  }

  private static ObjectKey key(String cluster, String name) {
    return new ObjectKey(MAPS, cluster, "default", name);
  }

  private static NewRevision written(ObjectKey key, long revision, RevisionChange change) {
    byte[] text = ("{\"r\":" + revision + "}").getBytes(StandardCharsets.UTF_8);
    return new NewRevision(
        key, revision, "u", change, false, Optional.of(new NewRevision.Content(text, null, text)));
  }

  private static NewRevision deleted(ObjectKey key, long revision) {
    return new NewRevision(key, revision, "u", RevisionChange.DELETED, false, Optional.empty());
  }

  private static void append(RevisionLog log, long from, long to, NewRevision... all) {
    List<ObjectKey> keys = List.of(all).stream().map(NewRevision::key).distinct().toList();
    log.append(from, to, keys, heads -> List.of(all));
  }

  private static RevisionLog held(String holder) {
    RevisionLog log = new RevisionLog(database, "etcd", holder);
    assertThat(log.take().held()).isTrue();
    return log;
  }

  private static List<Long> revisions(String cluster) {
    return new RevisionSearch(database)
        .search(RevisionQuery.of(cluster, Instant.EPOCH), Long.MAX_VALUE, 100).stream()
            .map(found -> found.of().revision())
            .toList();
  }

  @Test
  void whatWasRecordedIsNotRecordedAgain() {
    RevisionLog log = held("one");
    ObjectKey key = key("acme", "a");
    append(log, 0, 5, written(key, 5, RevisionChange.CREATED));
    assertThatThrownBy(() -> append(log, 0, 5, written(key, 5, RevisionChange.CREATED)))
        .isInstanceOf(LostFeedException.class);
    append(log, 5, 7, written(key, 6, RevisionChange.UPDATED), deleted(key, 7));
    assertThat(revisions("acme")).containsExactly(7L, 6L, 5L);
    assertThat(log.position()).isEqualTo(7);
  }

  @Test
  void oneServerAtATimeAndTheNextGoesOnWhereItEnded() {
    RevisionLog one = held("one");
    append(one, 0, 3, written(key("acme", "a"), 3, RevisionChange.CREATED));
    RevisionLog two = new RevisionLog(database, "etcd", "two");
    assertThat(two.take()).isEqualTo(new FeedPosition(3, false));
    assertThatThrownBy(() -> append(two, 3, 4, deleted(key("acme", "a"), 4)))
        .isInstanceOf(LostFeedException.class);
    run("update history_feed set held_until = now() - interval '1 second'"); // one is gone
    assertThat(two.take()).isEqualTo(new FeedPosition(3, true));
    assertThatThrownBy(() -> append(one, 3, 4, deleted(key("acme", "a"), 4)))
        .isInstanceOf(LostFeedException.class);
    append(two, 3, 4, deleted(key("acme", "a"), 4));
    assertThat(revisions("acme")).containsExactly(4L, 3L);
    two.leave();
    assertThat(one.take().held()).isTrue();
  }

  @Test
  void aTransactionThatFailsRecordsNothing() {
    RevisionLog log = held("one");
    ObjectKey key = key("acme", "a");
    assertThatThrownBy(() ->
            log.append(
                0,
                5,
                List.of(key),
                heads -> {
                  throw new IllegalStateException("crash");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log.position()).isZero();
    append(log, 0, 5, written(key, 5, RevisionChange.CREATED));
    assertThat(revisions("acme")).containsExactly(5L);
  }

  @Test
  void aLookFindsWhatIsGoneAndTellsOfTheGap() {
    RevisionLog log = held("one");
    ObjectKey stays = key("acme", "stays");
    append(
        log,
        0,
        3,
        written(stays, 2, RevisionChange.CREATED),
        written(key("acme", "goes"), 3, RevisionChange.CREATED));
    log.look(9, List.of(stays), heads -> List.of());
    log.endLook(9, true);
    RevisionSearch search = new RevisionSearch(database);
    RecordedRevision gone =
        search.search(RevisionQuery.of("acme", Instant.EPOCH), Long.MAX_VALUE, 1).getFirst();
    assertThat(gone.change()).isEqualTo(RevisionChange.DELETED);
    assertThat(gone.key().name()).isEqualTo("goes");
    assertThat(gone.gap()).isTrue();
    RevisionSearch.Gap gap = search.gaps(0, Long.MAX_VALUE, Instant.EPOCH).getFirst();
    assertThat(List.of(gap.after(), gap.until())).containsExactly(3L, 9L);
    assertThat(log.position()).isEqualTo(9);
  }

  @Test
  void anErasedClusterDoesNotComeBack() {
    RevisionLog log = held("one");
    append(log, 0, 3, written(key("acme", "a"), 3, RevisionChange.CREATED));
    upkeep(Duration.ofDays(1), 1_000_000, 100).erase("acme", 5);
    assertThat(revisions("acme")).isEmpty();
    append(log, 3, 5, written(key("acme", "late"), 4, RevisionChange.CREATED));
    assertThat(revisions("acme")).isEmpty();
    append(log, 5, 6, written(key("acme", "next"), 6, RevisionChange.CREATED));
    assertThat(revisions("acme")).containsExactly(6L);
  }

  @Test
  void authorsComeToTheirRevisionsWhicheverCameFirst() {
    RevisionLog log = held("one");
    RevisionAuthor ann = new RevisionAuthor("ann", "", "create", "", "id-1");
    AuthorLog authors = new AuthorLog(database);
    authors.add(
        List.of(
            new AuthorLog.Authored("etcd", "acme", 3, ann),
            new AuthorLog.Authored("etcd", "acme", 3, ann),
            new AuthorLog.Authored("platform", "acme", 3, new RevisionAuthor("no", "", "", "", "")),
            new AuthorLog.Authored("etcd", "acme", 99, ann)));
    append(log, 0, 3, written(key("acme", "a"), 3, RevisionChange.CREATED));
    assertThat(author()).contains(ann);
    run("update history_author set at = now() - interval '1 hour'");
    upkeep(Duration.ofDays(1), 1_000_000, 100).settleAuthors();
    assertThat(author()).contains(ann);
    // of what is not recorded yet it waits
    assertThat(count("history_author where revision = 99")).isEqualTo(1);
    assertThat(count("history_author where revision = 3 and feed = 'etcd'")).isZero();
  }

  private static Optional<RevisionAuthor> author() {
    return new RevisionSearch(database)
        .search(RevisionQuery.of("acme", Instant.EPOCH), Long.MAX_VALUE, 1)
        .getFirst()
        .author();
  }

  private static long count(String what) {
    return database
        .withSql(c -> new Sql().add("select count(*) from " + what).rows(c, row -> row.getLong(1)))
        .getFirst();
  }

  private static HistoryUpkeep upkeep(Duration kept, long bytes, int revisions) {
    return new HistoryUpkeep(
        database, new HistoryUpkeep.Bounds(cluster -> kept, () -> kept, bytes, revisions));
  }

  private static void versions(RevisionLog log, String cluster, int count) {
    List<NewRevision> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      RevisionChange change = i == 1 ? RevisionChange.CREATED : RevisionChange.UPDATED;
      all.add(written(key(cluster, "a"), i, change));
    }
    append(log, 0, count, all.toArray(NewRevision[]::new));
  }

  @Test
  void thePresentStateIsNeverForgotten() {
    versions(held("one"), "acme", 5);
    upkeep(Duration.ofDays(10), 1_000_000, 100)
        .forget(Clock.systemUTC().instant().plus(Duration.ofDays(11)));
    assertThat(revisions("acme")).containsExactly(5L);
  }

  @Test
  void theBoundsOfCountAndSizeTakeTheOldest() {
    versions(held("one"), "acme", 8);
    upkeep(Duration.ofDays(10), 1_000_000, 4).forget(Clock.systemUTC().instant());
    assertThat(revisions("acme")).containsExactly(8L, 7L, 6L, 5L, 4L);
    upkeep(Duration.ofDays(10), 14, 100).forget(Clock.systemUTC().instant()); // two of seven bytes
    assertThat(revisions("acme")).containsExactly(8L, 7L, 6L);
  }

  @Test
  void wholeWeeksGoAtOnceAndRoomIsMade() {
    HistoryUpkeep upkeep = upkeep(Duration.ofDays(10), 1_000_000, 100);
    upkeep.makeRoom();
    upkeep.makeRoom();
    String parts = "pg_inherits where inhparent = 'history_past'::regclass";
    long before = count(parts);
    upkeep.forget(Clock.systemUTC().instant().plus(Duration.ofDays(21)));
    assertThat(count(parts)).isLessThan(before);
    upkeep.makeRoom();
    assertThat(count(parts)).isEqualTo(before);
    versions(held("one"), "acme", 2);
    assertThat(revisions("acme")).containsExactly(2L, 1L);
  }

  @Test
  void theKeysThatContentsNeedAreKnown() {
    RevisionLog log = held("one");
    byte[] sealed = {1, 2, 3};
    NewRevision.Content content = new NewRevision.Content(sealed, 77L, null);
    append(
        log,
        0,
        1,
        new NewRevision(
            key("acme", "s"), 1, "u", RevisionChange.CREATED, false, Optional.of(content)));
    List<byte[]> seen = new ArrayList<>();
    log.append(
        1,
        2,
        List.of(key("acme", "s")),
        heads -> {
          heads.values().forEach(head -> seen.add(head.sealed()));
          return List.of(deleted(key("acme", "s"), 2));
        });
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst()).isEqualTo(sealed);
    assertThat(upkeep(Duration.ofDays(1), 1_000_000, 100).keys("acme")).containsExactly(77L);
    assertThat(upkeep(Duration.ofDays(1), 1_000_000, 100).keys("globex")).isEmpty();
  }
}
