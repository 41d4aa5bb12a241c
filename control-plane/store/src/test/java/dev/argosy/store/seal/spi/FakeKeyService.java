package dev.argosy.store.seal.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A key management service elsewhere, as a KMS v2 plug-in shows one: it has one current key, asks
 * for annotations to be kept, and may be away. Remembers what it wrapped.
 */
public final class FakeKeyService implements KeyService {

  private final Map<String, byte[]> wrapped = new HashMap<>();
  private final Map<String, byte[]> contexts = new HashMap<>();
  private String current = "kms-" + UUID.randomUUID();
  private boolean away;
  private int asked;

  /** A new current key. */
  public synchronized void rotate() {
    current = "kms-" + UUID.randomUUID();
  }

  /** Plays an outage. */
  public synchronized void away(boolean now) {
    away = now;
  }

  /** How often something was unwrapped, or tried to be. */
  public synchronized int asked() {
    return asked;
  }

  @Override
  public synchronized List<String> keys() {
    return List.of(current);
  }

  @Override
  public void refresh() {}

  @Override
  public boolean shared(String keyId, Collection<String> others) {
    return others.stream().anyMatch(other -> other.startsWith("kms-"));
  }

  @Override
  public synchronized Optional<String> trouble(String keyId) {
    return away ? Optional.of("the key service does not answer; see why") : Optional.empty();
  }

  @Override
  public synchronized WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    require();
    String ticket = UUID.randomUUID().toString();
    wrapped.put(ticket, dataKey.clone());
    contexts.put(ticket, context.clone());
    return new WrappedKey(
        current, ticket.getBytes(StandardCharsets.US_ASCII), Map.of("region.example", "north"));
  }

  @Override
  public synchronized byte[] unwrap(WrappedKey key, byte[] context) {
    asked++;
    require();
    String ticket = new String(key.bytes(), StandardCharsets.ISO_8859_1);
    byte[] bytes = wrapped.get(ticket);
    if (bytes == null
        || !Arrays.equals(contexts.get(ticket), context)
        || !"north".equals(key.annotations().get("region.example"))) {
      throw new KeyServiceException("no such key");
    }
    return bytes.clone();
  }

  private void require() {
    if (away) {
      throw new KeyServiceException("the key service does not answer; see why");
    }
  }
}
