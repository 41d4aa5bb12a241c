package dev.argosy.store.seal.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link KeyService} must do. */
public abstract class KeyServiceContract {

  private static final byte[] CONTEXT = bytes("acme, key 1");
  private static final byte[] DATA_KEY = bytes("0123456789abcdef0123456789abcdef");

  /** The service under test. */
  protected abstract KeyService service();

  /** Gives it a new key, and the old one for what is wrapped already. */
  protected abstract void rotate();

  /** Another service, with other keys. */
  protected abstract KeyService stranger();

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private WrappedKey wrapped() {
    return service().wrap(service().keys().getFirst(), DATA_KEY, CONTEXT);
  }

  private void refused(WrappedKey wrapped, byte[] context) {
    assertThatThrownBy(() -> service().unwrap(wrapped, context))
        .isInstanceOf(KeyServiceException.class)
        .message()
        .isNotEmpty()
        .doesNotContain(new String(DATA_KEY, StandardCharsets.UTF_8));
  }

  @Test
  void unwrapsWhatItWrapped() {
    WrappedKey wrapped = wrapped();
    assertThat(wrapped.keyId()).isEqualTo(service().keys().getFirst());
    assertThat(new String(wrapped.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(DATA_KEY, StandardCharsets.ISO_8859_1));
    assertThat(service().unwrap(wrapped, CONTEXT)).isEqualTo(DATA_KEY);
    assertThat(wrapped().bytes()).isNotEqualTo(wrapped.bytes());
  }

  @Test
  void contextIsBound() {
    refused(wrapped(), bytes("globex, key 1"));
    refused(wrapped(), new byte[0]);
  }

  @Test
  void everyChangedBitIsSeen() {
    WrappedKey wrapped = wrapped();
    for (int bit = 0; bit < wrapped.bytes().length * 8; bit++) {
      byte[] changed = wrapped.bytes().clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      refused(new WrappedKey(wrapped.keyId(), changed, wrapped.annotations()), CONTEXT);
    }
    refused(new WrappedKey(wrapped.keyId(), new byte[1], wrapped.annotations()), CONTEXT);
  }

  @Test
  void afterRotationTheOldKeyUnwrapsAndTheNewOneWraps() {
    WrappedKey before = wrapped();
    List<String> old = service().keys();
    rotate();
    service().refresh();
    assertThat(service().keys().getFirst()).isNotIn(old);
    assertThat(service().unwrap(before, CONTEXT)).isEqualTo(DATA_KEY);
    assertThat(wrapped().keyId()).isNotEqualTo(before.keyId());
  }

  @Test
  void keysOfOthersAreMissingNotWrong() {
    KeyService other = stranger();
    WrappedKey foreign = other.wrap(other.keys().getFirst(), DATA_KEY, CONTEXT);
    refused(foreign, CONTEXT);
  }

  @Test
  void saysWhoElseCanUnwrap() {
    String key = service().keys().getFirst();
    assertThat(service().shared(key, service().keys())).isTrue();
    assertThat(service().shared(key, List.of())).isFalse();
    assertThat(service().shared(key, List.of("another.00000000"))).isFalse();
    assertThat(service().trouble(key)).isEmpty();
  }

  @Test
  void everyKeyThatItTellsOfWraps() {
    rotate();
    service().refresh();
    for (String key : service().keys()) {
      WrappedKey wrapped = service().wrap(key, DATA_KEY, CONTEXT);
      assertThat(service().unwrap(wrapped, CONTEXT)).isEqualTo(DATA_KEY);
    }
  }
}
