package dev.argosy.tenancy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.tenancy.audit.AuditQuery.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchTest {

  private static final int ENTRIES = 30_000;
  private static TrailRig rig;
  private static AuditSearch search;

  @BeforeAll
  static void start() throws Exception {
    rig = TrailRig.start();
    search = new AuditSearch(rig.database(), Duration.ofSeconds(30));
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 1; i <= ENTRIES; i++) {
      String user = i == 3 ? "rare" : "user-" + i % 10;
      int code = i % 1000 == 0 ? 403 : 201;
      Instant at = TrailRig.THEN.plusSeconds(i);
      entries.add(TrailRig.entry(i % 10 == 0 ? "globex" : "acme", user, "n" + i, code, at));
    }
    rig.append(entries.toArray(AuditEntry[]::new));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static AuditQuery query(String cluster, Object... conditions) {
    List<Condition> all = new ArrayList<>();
    for (int i = 0; i < conditions.length; i += 2) {
      all.add(new Condition((AuditField) conditions[i], true, conditions[i + 1].toString()));
    }
    return new AuditQuery(
        Optional.of(cluster).filter(c -> !c.isEmpty()), all, Optional.empty(), Optional.empty());
  }

  private static List<String> names(AuditQuery query) {
    return search.search(query, Optional.empty(), 100).entries().stream()
        .map(e -> e.entry().what().name())
        .toList();
  }

  @Test
  void newestFirstInPagesThatMissNothing() {
    List<Long> seen = new ArrayList<>();
    Optional<AuditPage.Place> after = Optional.empty();
    do {
      AuditPage page = search.search(query("globex"), after, 700);
      page.entries().forEach(e -> seen.add(e.sequence()));
      after = page.next();
    } while (after.isPresent());
    assertThat(seen).hasSize(ENTRIES / 10).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  void findsTheFewAmongTheMany() {
    assertThat(names(query("acme", AuditField.USER, "rare"))).containsExactly("n3");
    assertThat(names(query("", AuditField.USER, "rare"))).containsExactly("n3");
    assertThat(names(query("globex", AuditField.USER, "rare"))).isEmpty();
    assertThat(names(query("acme", AuditField.NAME, "n11"))).containsExactly("n11");
    assertThat(names(query("globex", AuditField.CODE, 403, AuditField.DECISION, "forbid")))
        .hasSize(30)
        .startsWith("n30000", "n29000");
    assertThat(names(query("acme", AuditField.AUDIT_ID, "id-n12"))).containsExactly("n12");
    assertThat(names(query("", AuditField.CLUSTER, "globex", AuditField.NAME, "n20")))
        .containsExactly("n20");
  }

  @Test
  void pagesGoOnFromTheNewestIntoTheIndex() {
    List<String> seen = new ArrayList<>();
    Optional<AuditPage.Place> after = Optional.empty();
    do {
      AuditPage page = search.search(query("", AuditField.USER, "user-7"), after, 999);
      page.entries().forEach(e -> seen.add(e.entry().what().name()));
      after = page.next();
    } while (after.isPresent());
    assertThat(seen).hasSize(ENTRIES / 10).doesNotHaveDuplicates();
    assertThat(seen).startsWith("n29997").endsWith("n7");
  }

  @Test
  void betweenTimesAndUnequal() {
    AuditQuery some =
        new AuditQuery(
            Optional.of("acme"),
            List.of(new Condition(AuditField.USER, false, "user-1")),
            Optional.of(TrailRig.THEN.plusSeconds(10)),
            Optional.of(TrailRig.THEN.plusSeconds(13)));
    assertThat(names(some)).containsExactly("n13", "n12");
  }
}
