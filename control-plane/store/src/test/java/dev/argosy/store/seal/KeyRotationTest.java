package dev.argosy.store.seal;

import static dev.argosy.store.seal.SealScene.await;
import static dev.argosy.store.seal.SealScene.key;
import static dev.argosy.store.seal.SealScene.pass;
import static dev.argosy.store.seal.SealScene.put;
import static dev.argosy.store.seal.SealScene.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.keyring.Keyring;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.seal.spi.FakeKeyService;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

  @TempDir Path folder;
  private final MemoryStore below = new MemoryStore();
  private final SealScene scene = new SealScene(below);
  private final ObjectKey a = key("acme", "a");

  @Test
  void aNewDataKeyIsForNewWritesAndThePassBringsTheRest() {
    Sealing server = scene.server("one", new FakeKeyService());
    for (int i = 0; i < 450; i++) {
      put(server.store(), key("acme", "s" + i), "text" + i);
    }
    put(server.store(), key("globex", "s"), "text");
    String globex = scene.keyId(key("globex", "s"));
    assertThat(server.rotate("acme")).isTrue();
    String old = scene.keyId(key("acme", "s0"));
    put(server.store(), key("acme", "new"), "text");
    assertThat(scene.keyId(key("acme", "new"))).isNotEqualTo(old);
    assertThat(read(server.store(), key("acme", "s0"))).isEqualTo("text0");
    assertThat(server.retire("acme").used()).containsExactly(old);
    assertThat(server.status().keys().superseded()).containsEntry("acme", 1);
    SealProgress done = pass(server);
    assertThat(done.written()).isEqualTo(450);
    assertThat(done.seen()).isEqualTo(452);
    assertThat(scene.keyId(key("acme", "s449"))).isEqualTo(scene.keyId(key("acme", "new")));
    assertThat(scene.keyId(key("globex", "s"))).isEqualTo(globex);
    assertThat(read(server.store(), key("acme", "s449"))).isEqualTo("text449");
    assertThat(server.retire("acme").retired()).containsExactly(old);
    assertThat(server.status().keys().superseded()).isEmpty();
    assertThat(pass(server).written()).isZero();
    assertThat(server.rotate("nobody")).isFalse();
  }

  @Test
  void thePassSealsWhatWasPlainAndIsBegunAgainAfterACrash() {
    for (int i = 0; i < 500; i++) {
      put(below, key("acme", "s" + i), "text" + i);
    }
    Sealing first = scene.server("one", new FakeKeyService());
    below.available(false);
    first.passSoon();
    assertThatThrownBy(first::round).isInstanceOf(StoreUnavailableException.class);
    below.available(true);
    SealProgress done = pass(first);
    assertThat(done.written()).isEqualTo(500);
    for (int i = 0; i < 500; i++) {
      assertThat(scene.isSealed(key("acme", "s" + i))).isTrue();
      assertThat(read(first.store(), key("acme", "s" + i))).isEqualTo("text" + i);
    }
  }

  @Test
  void writersUnderRotationAndPassLoseNothing() throws Exception {
    FakeKeyService kms = new FakeKeyService();
    Sealing one = scene.server("one", kms);
    Sealing two = scene.server("two", kms);
    CountDownLatch rotated = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> writers =
          List.of(
              threads.submit(() -> write(one.store(), "one", rotated)),
              threads.submit(() -> write(two.store(), "two", rotated)));
      try {
        await(() -> below.get(key("acme", "one")).isPresent(), "a writer began");
        for (int i = 0; i < 10; i++) {
          (i % 2 == 0 ? one : two).rotate("acme");
          pass(i % 2 == 0 ? two : one);
          one.retire("acme");
        }
      } finally {
        rotated.countDown();
      }
      int last = writers.get(0).get();
      assertThat(read(one.store(), key("acme", "one"))).isEqualTo("" + last);
      last = writers.get(1).get();
      assertThat(read(two.store(), key("acme", "two"))).isEqualTo("" + last);
    }
    pass(one);
    one.retire("acme");
    assertThat(one.status().keys().superseded()).isEmpty();
    Sealing fresh = scene.server("fresh", kms);
    assertThat(read(fresh.store(), key("acme", "two"))).isNotEmpty();
  }

  /** Counts up in a secret, each step on what it reads; answers the last number. */
  private static int write(ResourceStore store, String name, CountDownLatch until) {
    ObjectKey key = key("acme", name);
    put(store, key, "0");
    int number = 0;
    while (until.getCount() > 0) {
      var before = store.get(key).orElseThrow();
      assertThat(read(store, key)).isEqualTo("" + number);
      byte[] next = SealScene.value("" + (number + 1));
      var change = new Change.Update(key, before.revision(), next);
      if (store.commit(List.of(change)) instanceof CommitResult.Committed) {
        number++;
      }
    }
    return number;
  }

  @Test
  void aNewKeyEncryptionKeyIsUsedWhenEveryServerHasIt() {
    Path files = Keyrings.file(folder);
    Path others = copy(files);
    Keyring keysOfOne = Keyrings.open(files);
    Sealing one = scene.server("one", keysOfOne);
    Keyring keysOfTwo = Keyrings.open(others);
    Sealing two = scene.server("two", keysOfTwo);
    put(one.store(), a, "text");
    String first = keysOfOne.keys().getFirst();
    String line = Keyrings.add(files, "next");
    one.round();
    assertThat(one.status().keys().keyId()).isEqualTo(first);
    put(one.store(), key("globex", "a"), "text");
    assertThat(read(two.store(), key("globex", "a"))).isEqualTo("text");
    Keyrings.append(others, line);
    two.round();
    one.round();
    String next = one.status().keys().keyId();
    assertThat(next).startsWith("next.");
    assertThat(one.status().keys().wrapped()).containsOnlyKeys(next).containsEntry(next, 2);
    assertThat(read(two.store(), a)).isEqualTo("text");
    assertThat(read(scene.server("three", keysOfTwo).store(), a)).isEqualTo("text");
  }

  private Path copy(Path file) {
    try {
      return Files.copy(file, folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void serversWithoutACommonKeyWriteNothingTheOtherCannotRead() {
    Sealing one = scene.server("one", Keyrings.open(Keyrings.file(folder)));
    Sealing two = scene.server("two", Keyrings.open(Keyrings.file(folder)));
    one.round();
    assertThatThrownBy(() -> put(one.store(), a, "text"))
        .hasMessageContaining("no key-encryption key in common");
    assertThat(two.status().servers()).hasSize(2);
    two.leave();
    one.round();
    put(one.store(), a, "text");
  }

  @Test
  void aLostKeyIsNamedAndItsReturnIsNoticed() throws IOException {
    Path file = Keyrings.file(folder);
    String kept = Files.readString(file);
    Sealing before = scene.server("one", Keyrings.open(file));
    put(before.store(), a, "text");
    Files.writeString(file, "");
    Keyrings.add(file, "first");
    Keyring wrong = Keyrings.open(file);
    Sealing server = scene.server("after", wrong);
    assertThatThrownBy(() -> server.store().get(a))
        .hasMessageContaining("lacks the key-encryption key first.")
        .hasMessageContaining("put its line back");
    assertThatThrownBy(() -> put(server.store(), key("acme", "b"), "text"))
        .hasMessageContaining("cannot be encrypted");
    Files.writeString(file, kept + Files.readString(file));
    server.round();
    assertThat(server.status().troubles()).isEmpty();
    assertThat(read(server.store(), a)).isEqualTo("text");
  }

  @Test
  void anUnsealedResourceIsWrittenInPlainByThePassAndItsKeyStaysUntilThen() {
    FakeKeyService kms = new FakeKeyService();
    put(scene.server("one", kms).store(), a, "text");
    Sealing off = scene.server("off", kms, Set.of());
    off.rotate("acme");
    assertThat(off.retire("acme").used()).hasSize(1);
    pass(off);
    assertThat(scene.isSealed(a)).isFalse();
    assertThat(off.retire("acme").retired()).hasSize(1);
    assertThat(read(off.store(), a)).isEqualTo("text");
  }

  @Test
  void destroyedKeysLeaveNothingReadable() {
    FakeKeyService kms = new FakeKeyService();
    Sealing server = scene.server("one", kms);
    put(server.store(), a, "text");
    put(server.store(), key("globex", "a"), "text");
    byte[] backup = scene.raw(a).value();
    server.destroy("acme");
    server.destroy("acme");
    assertThat(below.get(KeyRecord.place("acme"))).isEmpty();
    assertThatThrownBy(() -> server.store().get(a)).hasMessageContaining("no data key");
    server.discardUnreadable("acme");
    assertThat(server.store().get(a)).isEmpty();
    put(server.store(), a, "a new tenant of that name");
    scene.tamper(a, backup);
    assertThatThrownBy(() -> server.store().get(a)).hasMessageContaining("no data key");
    assertThat(read(server.store(), key("globex", "a"))).isEqualTo("text");
  }
}
