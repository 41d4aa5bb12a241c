package dev.argosy.store.seal;

import static dev.argosy.store.seal.SealScene.key;
import static dev.argosy.store.seal.SealScene.put;
import static dev.argosy.store.seal.SealScene.read;
import static dev.argosy.store.seal.SealScene.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.seal.spi.FakeKeyService;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.RecordingListener;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.ValueTroubleException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedValuesTest {

  private final SealScene scene = new SealScene(new MemoryStore());
  private final FakeKeyService kms = new FakeKeyService();
  private final Sealing server = scene.server("one", kms);
  private final ResourceStore store = server.store();
  private final ObjectKey a = key("acme", "a");

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void troubled(ObjectKey key, String why) {
    assertThatThrownBy(() -> store.get(key))
        .isInstanceOf(ValueTroubleException.class)
        .hasMessageContaining("secrets \"default/" + key.name() + "\"")
        .hasMessageContaining(why);
  }

  @Test
  void chosenResourcesAreSealedAndOthersAreNot() {
    put(store, a, "hidden");
    ObjectKey open = new ObjectKey(new GroupResource("", "configmaps"), "acme", "default", "a");
    put(store, open, "hidden");
    assertThat(text(scene.raw(a).value())).startsWith("sealed1\0").doesNotContain("hidden");
    assertThat(text(scene.raw(open).value())).contains("hidden");
    assertThat(read(store, a)).isEqualTo("hidden");
  }

  @Test
  void equalValuesLookDifferentEachTime() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      put(store, a, "same");
      seen.add(text(scene.raw(a).value()).substring(16));
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void tenantsHaveKeysOfTheirOwn() {
    put(store, a, "x");
    put(store, key("acme", "b"), "x");
    put(store, key("globex", "a"), "x");
    assertThat(scene.keyId(a)).isEqualTo(scene.keyId(key("acme", "b")));
    assertThat(scene.keyId(a)).isNotEqualTo(scene.keyId(key("globex", "a")));
    assertThat(text(scene.raw(KeyRecord.place("acme")).value())).contains("\"secrets\"");
  }

  @Test
  void everyChangedBitIsSeen() {
    put(store, a, "hidden");
    byte[] good = scene.raw(a).value();
    for (int bit = 64; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      scene.tamper(a, bad);
      troubled(a, "restore");
    }
    scene.tamper(a, java.util.Arrays.copyOf(good, 30));
    troubled(a, "restore");
    scene.tamper(a, good);
    assertThat(read(store, a)).isEqualTo("hidden");
  }

  @Test
  void valuesCannotBeMoved() {
    ObjectKey sibling = key("acme", "b");
    ObjectKey foreign = key("globex", "a");
    put(store, a, "of a");
    put(store, sibling, "of b");
    put(store, foreign, "of globex");
    scene.tamper(sibling, scene.raw(a).value());
    troubled(sibling, "come from another object");
    scene.tamper(foreign, scene.raw(a).value());
    troubled(foreign, "moved here");
    scene.tamper(KeyRecord.place("globex"), scene.raw(KeyRecord.place("acme")).value());
    ObjectKey record = KeyRecord.place("globex");
    assertThat(scene.server("two", kms).store().list(SealScene.SECRETS, "", 0, null, 0).values())
        .filteredOn(found -> !found.readable())
        .extracting(found -> found.key())
        .containsExactly(sibling, foreign);
    assertThat(record.cluster()).isEqualTo("globex");
  }

  @Test
  void aBadValueTroublesNobodyElse() {
    put(store, a, "bad");
    put(store, key("acme", "b"), "good");
    scene.tamper(a, "sealed1\0garbage".getBytes(StandardCharsets.US_ASCII));
    var page = store.list(SealScene.SECRETS, "acme", 0, null, 0);
    assertThat(page.values()).hasSize(2);
    assertThat(page.values().getFirst().readable()).isFalse();
    assertThat(page.values().getLast().value()).isEqualTo(value("good"));
    assertThat(server.status().troubles()).containsOnlyKeys(a);
    RecordingListener told = new RecordingListener();
    try (StoreWatch watch = store.watch(1, told)) {
      told.awaitRevision(scene.below.currentRevision());
      watch.requestProgress();
    }
    assertThat(told.events()).hasSize(3);
    assertThat(told.events())
        .filteredOn(e -> e instanceof StoreEvent.Put put && !put.stored().readable())
        .hasSize(1);
    put(store, key("acme", "c"), "still written");
  }

  @Test
  void plainValuesAreReadAndSealedWhenWrittenNext() {
    put(scene.below, a, "from before");
    assertThat(read(store, a)).isEqualTo("from before");
    put(store, a, "now");
    assertThat(scene.isSealed(a)).isTrue();
    assertThat(read(store, a)).isEqualTo("now");
  }

  @Test
  void conflictsShowWhatIsThereInTheClear() {
    put(store, a, "one");
    long second = put(store, a, "two");
    CommitResult result = store.commit(List.of(new Change.Update(a, 1, value("three"))));
    assertThat(result)
        .isInstanceOfSatisfying(
            CommitResult.Conflict.class,
            conflict -> {
              assertThat(conflict.current()).containsOnlyKeys(a);
              var found = conflict.current().getOrDefault(a, Optional.empty()).orElseThrow();
              assertThat(found.value()).isEqualTo(value("two"));
              assertThat(found.revision()).isEqualTo(second);
            });
  }

  @Test
  void withoutAKeyServiceNothingIsSealedAndWhatIsSealedSaysWhy() {
    put(store, a, "hidden");
    ResourceStore bare = scene.server("bare", new NoKeys(), Set.of()).store();
    assertThatThrownBy(() -> bare.get(a)).hasMessageContaining("argosy.encryption.keyring");
    put(bare, key("acme", "b"), "plain");
    assertThat(scene.isSealed(key("acme", "b"))).isFalse();
  }

  @Test
  void aKeyServiceThatIsAwayIsAskedSeldomAndHeals() {
    put(store, a, "one");
    FakeKeyService slow = kms;
    Sealing other = scene.server("other", slow);
    slow.away(true);
    int before = slow.asked();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> other.store().get(a)).hasMessageContaining("does not answer");
    }
    assertThat(slow.asked() - before).isEqualTo(1);
    assertThatThrownBy(() -> put(other.store(), key("globex", "new"), "x"))
        .isInstanceOf(ValueTroubleException.class)
        .hasMessageContaining("cannot be encrypted");
    slow.away(false);
    long revision = scene.raw(a).revision();
    other.round();
    assertThat(other.status().troubles()).isEmpty();
    assertThat(scene.raw(a).revision()).isGreaterThan(revision);
    assertThat(read(other.store(), a)).isEqualTo("one");
  }

  @Test
  void eventsAreRefusedBecauseTheyEnd() {
    assertThatThrownBy(
            () -> scene.server("x", kms, Set.of(new GroupResource("events.k8s.io", "events"))))
        .hasMessageContaining("events");
  }
}
