package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.store.etcd.EtcdCompactor;
import dev.argosy.store.etcd.EtcdStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is recorded, and said to be lost, while the database is away. */
class HistoryOutageTest extends HistoryScene {

  HistoryOutageTest(HistoryScene.Servers servers) {
    super(servers);
  }

  @Test
  void whatHappensWhileTheDatabaseIsAwayIsRecordedAfterwards() throws Exception {
    make(ann, "outage", "{\"a\":\"0\"}");
    await(ann, of("outage"), 1);
    run("alter table history_head rename to history_head_away");
    try {
      for (int i = 1; i < 4; i++) {
        patch(ann, "configmaps/outage", "{\"data\":{\"a\":\"" + i + "\"}}");
      }
      assertThat(ask(ann, "", "").code()).isEqualTo(503);
    } finally {
      run("alter table history_head_away rename to history_head");
    }
    List<JsonNode> all = await(ann, of("outage"), 4);
    assertThat(all).noneMatch(item -> item.has("afterGap"));
    assertThat(texts(all, "user")).containsOnly("ann");
  }

  @Test
  void whatIsLostIsToldOf() throws Exception {
    make(ann, "lossy", "{\"a\":\"0\"}");
    make(ann, "vanishing", "{\"a\":\"0\"}");
    await(ann, of("lossy"), 1);
    await(ann, of("vanishing"), 1);
    run("alter table history_head rename to history_head_away");
    try (EtcdStore other = new EtcdStore(etcd.config())) {
      patch(ann, "configmaps/lossy", "{\"data\":{\"a\":\"1\"}}");
      patch(ann, "configmaps/lossy", "{\"data\":{\"a\":\"2\"}}");
      ok(200, rig.call("DELETE", NS + "configmaps/vanishing", ann, null));
      make(ann, "appearing", "{\"a\":\"0\"}");
      long lost = other.currentRevision();
      try (EtcdCompactor compactor = new EtcdCompactor(other, Duration.ofMillis(50)).start()) {
        AccessRig.await(() -> compacted(other, lost));
      }
    } finally {
      run("alter table history_head_away rename to history_head");
    }
    AccessRig.await(() -> texts(list(ann, "name=vanishing"), "change").contains("Deleted"));
    AccessRig.await(() -> list(ann, "name=appearing").size() == 1);
    List<JsonNode> lossy = list(ann, of("lossy"));
    assertThat(texts(lossy, "change")).containsExactly("Updated", "Created");
    assertThat(lossy.getFirst().path("afterGap").asBoolean(false)).isTrue();
    List<JsonNode> vanished = list(ann, "name=vanishing");
    assertThat(texts(vanished, "change")).contains("Deleted", "Created");
    JsonNode gap = gaps(ann).getFirst();
    assertThat(gap.path("afterRevision").asString("")).isNotEmpty();
    assertThat(gaps(gus)).hasSameSizeAs(gaps(ann)); // it may concern everybody
  }

  List<JsonNode> gaps(String token) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    ok(200, ask(token, "name=nothing", "")).path("items").forEach(items::add);
    assertThat(texts(items, "change")).isNotEmpty().containsOnly("Gap");
    return items;
  }

  private static boolean compacted(EtcdStore store, long revision) {
    try {
      store.list(new dev.argosy.model.kind.GroupResource("", "configmaps"), "", revision, null, 1);
      return false;
    } catch (dev.argosy.store.spi.CompactedException e) {
      return true;
    }
  }
}
