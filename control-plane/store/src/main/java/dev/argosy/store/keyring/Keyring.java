package dev.argosy.store.keyring;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.store.kms.KmsEndpoint;
import dev.argosy.store.kms.KmsPlugin;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key-encryption keys that a file names: keys that stand in it, and KMS plug-ins. What is on a
 * new last line is what is wrapped with, so keys move from the file to a service, to another
 * service and back while all runs; lines may go when nothing is wrapped with their keys any more.
 *
 * <p>One thread calls {@link #refresh}; any thread calls the rest.
 */
public final class Keyring implements KeyService {

  private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);

  private final Path file;
  private final Clock clock;
  private final Metrics metrics;

  /** The newest first. */
  private volatile List<KeyService> lines = List.of();

  private Keyring(Path file, Clock clock, Metrics metrics) {
    this.file = file;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Reads the file, and asks the plug-ins that it names how they are.
   *
   * @throws IllegalArgumentException if it cannot be used; says why
   */
  public static Keyring of(Path file, Clock clock, Metrics metrics) {
    Keyring keyring = new Keyring(file, clock, metrics);
    keyring.take(KeyringFile.read(file));
    metrics.gauge(
        "argosy_kms_plugin_up",
        "1 where a KMS plug-in answered when it was last asked.",
        List.of("provider_name"),
        keyring::up);
    return keyring;
  }

  /** Reads the file again. If it cannot be used, all stays as it was, and the log has why. */
  @Override
  public void refresh() {
    try {
      take(KeyringFile.read(file));
    } catch (IllegalArgumentException e) {
      LOG.error("the keys stay as they were: {}", e.getMessage(), e.getCause());
    }
    lines.forEach(KeyService::refresh);
  }

  private void take(KeyringFile.Content content) {
    List<KmsPlugin> unused = new ArrayList<>(plugins());
    List<KeyService> next = new ArrayList<>();
    for (KeyringFile.Line line : content.lines()) {
      next.add(
          switch (line) {
            case KeyringFile.Line.Key(FileKey key) -> key;
            case KeyringFile.Line.Plugin(KmsEndpoint endpoint) -> plugin(endpoint, unused);
          });
    }
    lines = List.copyOf(next);
    unused.forEach(KmsPlugin::close);
  }

  /** The one that is open already, or another. */
  private KmsPlugin plugin(KmsEndpoint endpoint, List<KmsPlugin> open) {
    for (KmsPlugin each : open) {
      if (each.endpoint().equals(endpoint)) {
        open.remove(each);
        return each;
      }
    }
    return KmsPlugin.open(endpoint, clock, metrics);
  }

  private List<KmsPlugin> plugins() {
    return lines.stream().filter(KmsPlugin.class::isInstance).map(KmsPlugin.class::cast).toList();
  }

  private List<Reading> up() {
    return plugins().stream()
        .map(plugin -> new Reading(plugin.well() ? 1 : 0, List.of(plugin.endpoint().name())))
        .toList();
  }

  @Override
  public List<String> keys() {
    return lines.stream().flatMap(line -> line.keys().stream()).toList();
  }

  @Override
  public boolean shared(String keyId, Collection<String> others) {
    return find(keyId).map(line -> line.shared(keyId, others)).orElse(false);
  }

  @Override
  public Optional<String> trouble(String keyId) {
    return find(keyId).map(line -> line.trouble(keyId)).orElseGet(() -> Optional.of(lacks(keyId)));
  }

  @Override
  public WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    return line(keyId).wrap(keyId, dataKey, context);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    return line(wrapped.keyId()).unwrap(wrapped, context);
  }

  private KeyService line(String keyId) {
    return find(keyId).orElseThrow(() -> new KeyServiceException(lacks(keyId)));
  }

  private Optional<KeyService> find(String keyId) {
    for (KeyService line : lines) {
      boolean has =
          switch (line) {
            case KmsPlugin plugin -> plugin.owns(keyId);
            default -> line.keys().contains(keyId);
          };
      if (has) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private static String lacks(String keyId) {
    return "the keyring of this API server lacks the key-encryption key "
        + keyId
        + "; put its line back into the keyring file, from a backup or another server";
  }

  /** Lets go of the plug-ins. */
  @Override
  public void close() {
    plugins().forEach(KmsPlugin::close);
  }
}
