package dev.argosy.store.seal;

import static dev.argosy.store.seal.SealScene.key;
import static dev.argosy.store.seal.SealScene.pass;
import static dev.argosy.store.seal.SealScene.put;
import static dev.argosy.store.seal.SealScene.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.store.keyring.Keyring;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.kms.KmsServer;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key-encryption keys move between files and services while servers run. */
class KmsMoveTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final MemoryStore below = new MemoryStore();
  private final SealScene scene = new SealScene(below);
  private final ManualTimers time = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<AutoCloseable> opened = new ArrayList<>();
  private KmsServer kms;

  @BeforeEach
  void start() {
    kms = KmsServer.start(folder);
    opened.add(kms);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private Keyring open(Path file) {
    Keyring keyring = Keyring.of(file, time.clock(), Metrics.none());
    opened.add(keyring);
    return keyring;
  }

  private String line() {
    return "vault " + kms.address() + " PT30S\n";
  }

  private Path file() {
    return Keyrings.file(folder);
  }

  private Path copy(Path file) throws IOException {
    Path copy = file();
    Files.writeString(copy, Files.readString(file));
    return copy;
  }

  private void dropFirst(Path file) throws IOException {
    Files.writeString(file, Files.readString(file).replaceFirst("(?m)^first .*\n", ""));
  }

  private static void fill(Sealing server, int tenants) {
    for (int i = 0; i < tenants; i++) {
      put(server.store(), key("t" + i, "a"), "text" + i);
    }
  }

  private static void assertAllRead(Sealing server, int tenants) {
    for (int i = 0; i < tenants; i++) {
      assertThat(read(server.store(), key("t" + i, "a"))).isEqualTo("text" + i);
    }
  }

  @Test
  void fromTheFileToTheServiceAndBackWithTwoServers() throws IOException {
    Path files = file();
    Path others = copy(files);
    Sealing one = scene.server("one", open(files));
    Sealing two = scene.server("two", open(others));
    fill(one, 20);
    String first = one.status().keys().keyId();
    Keyrings.append(files, line());
    one.round();
    assertThat(one.status().keys().keyId()).as("two has no plug-in yet").isEqualTo(first);
    Keyrings.append(others, line());
    two.round();
    one.round();
    assertThat(one.status().keys().keyId()).startsWith("vault:arn:key/");
    assertThat(one.status().keys().wrapped())
        .containsOnlyKeys(one.status().keys().keyId())
        .containsValue(20);
    dropFirst(files);
    dropFirst(others);
    one.round();
    two.round();
    fill(two, 30);
    assertAllRead(one, 30);
    assertAllRead(scene.server("three", open(files)), 30);
    assertThat(kms.encrypted()).isLessThanOrEqualTo(2);

    String back = Keyrings.add(files, "back");
    Keyrings.append(others, back);
    one.round();
    two.round();
    one.round();
    assertThat(one.status().keys().keyId()).as("three stays behind").startsWith("vault:");
    below.list(SealServers.RESOURCE, "root", 0, null, 0).values().stream()
        .filter(value -> value.key().name().equals("three"))
        .forEach(value -> below.commit(List.of(new Change.Delete(value.key(), value.revision()))));
    one.round();
    assertThat(one.status().keys().wrapped()).hasSize(1).containsValue(30);
    assertThat(one.status().keys().keyId()).startsWith("back.");
    Files.writeString(files, back);
    one.round();
    kms.close();
    assertAllRead(one, 30);
    assertAllRead(scene.server("fresh", open(files)), 30);
  }

  @Test
  void aNewKeyOfTheServiceTakesOverAndTheOldOneMayGo() throws IOException {
    Path file = file();
    Files.writeString(file, line());
    Sealing one = scene.server("one", open(file));
    Sealing two = scene.server("two", open(copy(file)));
    fill(one, 20);
    fill(two, 20);
    String old = one.status().keys().keyId();
    kms.rotate();
    time.advance(MINUTE);
    one.round();
    String next = one.status().keys().keyId();
    assertThat(next).isNotEqualTo(old);
    assertThat(one.status().keys().wrapped()).containsOnlyKeys(next).containsEntry(next, 20);
    fill(two, 25);
    kms.forget();
    assertAllRead(two, 25);
    two.round();
    one.round();
    assertThat(one.status().keys().wrapped()).containsOnlyKeys(next);
    assertAllRead(scene.server("fresh", open(file)), 20);
  }

  @Test
  void anAbsentPluginStopsNewTenantsOnlyAndLeavesNothingHalfWritten() throws IOException {
    Path file = file();
    Files.writeString(file, line());
    Sealing one = scene.server("one", open(file));
    fill(one, 3);
    kms.close();
    time.advance(MINUTE.multipliedBy(4));
    one.round();
    assertAllRead(one, 3);
    put(one.store(), key("t0", "b"), "more");
    assertThat(one.status().keys().ill().values())
        .singleElement()
        .asString()
        .contains("does not answer", "see that it runs");
    long before = below.currentRevision();
    assertThatThrownBy(() -> put(one.store(), key("fresh", "a"), "text"))
        .hasMessageContaining("cannot be encrypted: the KMS plug-in \"vault\" is away");
    assertThatThrownBy(() -> one.rotate("t0")).hasMessageContaining("is away");
    assertThat(below.currentRevision()).isEqualTo(before);

    Sealing early = scene.server("early", open(file));
    assertThatThrownBy(() -> read(early.store(), key("t0", "a")))
        .hasMessageContaining("cannot be read from the store: the KMS plug-in \"vault\" is away");
    kms.start();
    time.advance(MINUTE);
    early.round();
    one.round();
    assertAllRead(early, 3);
    assertThat(early.status().troubles()).isEmpty();
    put(one.store(), key("fresh", "a"), "text");
    assertThat(one.status().keys().ill()).isEmpty();
  }

  @Test
  void aMoveThatIsCutShortIsReadableAndGoesOn() throws IOException {
    Path file = file();
    Sealing one = scene.server("one", open(file));
    fill(one, 40);
    Keyrings.append(file, line());
    Sealing dying = scene.server("a-dying", open(file));
    one.leave();
    Keyring keyring = open(file);
    DyingKeys dies = new DyingKeys(keyring, 17, below);
    Sealing halfway = scene.server("a", dies);
    dying.leave();
    assertThatThrownBy(halfway::round).isInstanceOf(StoreUnavailableException.class);
    below.available(true);
    Sealing next = scene.server("b", open(file));
    next.round();
    assertThat(next.status().keys().wrapped()).hasSize(2);
    assertAllRead(next, 40);
    halfway.leave();
    next.round();
    next.round();
    assertThat(next.status().keys().wrapped())
        .containsOnlyKeys(next.status().keys().keyId())
        .containsValue(40);
    assertAllRead(next, 40);
    assertThat(pass(next).failed()).isZero();
  }
}
