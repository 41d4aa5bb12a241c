package dev.argosy.store.kms;

import dev.argosy.model.metric.Metrics;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key-encryption keys behind a KMS v2 plug-in. The id of one is the plug-in's name, a colon and the
 * service's {@code key_id}; nothing after the colon as long as the plug-in never answered. Any
 * thread may call; calls that need the plug-in come to it one after another.
 */
public final class KmsPlugin implements KeyService {

  private static final Logger LOG = LoggerFactory.getLogger(KmsPlugin.class);
  private static final Set<String> VERSIONS = Set.of("v2", "v2beta1");

  private final KmsEndpoint endpoint;
  private final KmsCalls calls;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<SealedSeed, SeedKey> seeds = new ConcurrentHashMap<>();
  private volatile KmsHealth health;
  private volatile @Nullable Writing writing;
  private volatile @Nullable Refusal refusal;

  /**
   * The seed that is written with.
   *
   * @param current the service's key as the plug-in told it when the seed was made; not always the
   *     one that it then used
   */
  private record Writing(SeedKey seed, String current) {}

  /** Why no seed could be made, though the plug-in says that it is well. */
  private record Refusal(String message, Instant until) {}

  private KmsPlugin(KmsEndpoint endpoint, Clock clock, Metrics metrics) {
    this.endpoint = endpoint;
    this.calls = new KmsCalls(endpoint, metrics);
    this.clock = clock;
    this.health = KmsHealth.unknown(plugin() + " has not answered yet");
  }

  /** Opens a plug-in and asks how it is, which takes no longer than a call; it may be away. */
  public static KmsPlugin open(KmsEndpoint endpoint, Clock clock, Metrics metrics) {
    KmsPlugin plugin = new KmsPlugin(endpoint, clock, metrics);
    plugin.refresh();
    return plugin;
  }

  public KmsEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public List<String> keys() {
    return List.of(prefix() + health.keyId());
  }

  /** Asks how it is: each time while it is in trouble, else once a minute. */
  @Override
  public void refresh() {
    if (health.askFor(clock.instant())) {
      ask();
    }
  }

  private void ask() {
    try {
      KmsMessages.Status status = calls.status();
      if (!VERSIONS.contains(status.version())) {
        ill("speaks version \"" + shown(status.version()) + "\" of KMS, not v2");
      } else if (!status.healthz().equals("ok")) {
        ill("says that it is not well: " + shown(status.healthz()));
      } else {
        SealedSeed.checkId(status.keyId());
        well(status.keyId());
      }
    } catch (KmsFailure e) {
      ill(doesNotAnswer(e));
    } catch (IllegalArgumentException e) {
      ill("answers nonsense: " + e.getMessage());
    }
  }

  private synchronized void well(String keyId) {
    KmsHealth before = health;
    health = before.well(keyId, clock.instant());
    if (before.trouble() != null) {
      LOG.info("{} answers", plugin());
    } else if (!before.keyId().equals(keyId)) {
      LOG.info("{} has a new key", plugin());
    }
  }

  private synchronized void ill(String trouble) {
    KmsHealth before = health;
    String message = plugin() + " " + trouble;
    health = before.ill(message, clock.instant());
    if (!message.equals(before.trouble())) {
      LOG.warn("{}", message);
    }
  }

  /** What others wrote, as far as it fits into a message. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  private static String doesNotAnswer(KmsFailure failure) {
    return "does not answer ("
        + failure.getMessage()
        + "); see that it runs, that this server may use its socket, and that it reaches its"
        + " service";
  }

  /** Whether it answered when it was last asked, and said that it is well. */
  public boolean well() {
    return health.trouble() == null;
  }

  @Override
  public Optional<String> trouble(String keyId) {
    KmsHealth seen = health;
    Refusal refused = refusal;
    return seen.trouble() == null && refused != null && clock.instant().isBefore(refused.until())
        ? Optional.of(refused.message())
        : Optional.ofNullable(seen.trouble());
  }

  /** Each server has the plug-in or has not; the service's keys are the same for all. */
  @Override
  public boolean shared(String keyId, Collection<String> others) {
    return others.stream().anyMatch(this::owns);
  }

  /** Whether this plug-in's service has the key of an id. */
  public boolean owns(String keyId) {
    return keyId.startsWith(prefix());
  }

  @Override
  public WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    SeedKey seed = writing();
    return new WrappedKey(
        prefix() + seed.sealed().keyId(),
        seed.wrap(dataKey, context, random),
        seed.sealed().annotations());
  }

  private SeedKey writing() {
    Writing now = writing;
    return now != null && usable(now) ? now.seed() : fresh();
  }

  private boolean usable(Writing now) {
    KmsHealth seen = health;
    boolean current =
        now.current().equals(seen.keyId()) || now.seed().sealed().keyId().equals(seen.keyId());
    return current && seen.goesOn(clock.instant());
  }

  private synchronized SeedKey fresh() {
    Writing now = writing;
    if (now != null && usable(now)) {
      return now.seed();
    }
    requireAwake();
    requireWilling();
    byte[] bytes = new byte[SeedKey.BYTES];
    random.nextBytes(bytes);
    try {
      SeedKey seed = new SeedKey(calls.encrypt(bytes), bytes);
      seeds.put(seed.sealed(), seed);
      writing = new Writing(seed, health.keyId());
      return seed;
    } catch (KmsFailure e) {
      KeyServiceException failed = failed(e, "encrypt");
      if (!e.away()) {
        refusal =
            new Refusal(
                String.valueOf(failed.getMessage()), clock.instant().plus(KmsHealth.REFUSED));
      }
      throw failed;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    if (!owns(wrapped.keyId())) {
      throw new KeyServiceException(plugin() + " has no key " + wrapped.keyId());
    }
    try {
      return seed(wrapped).unwrap(wrapped.bytes(), context);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw changed();
    }
  }

  private SeedKey seed(WrappedKey wrapped) {
    String keyId = wrapped.keyId().substring(prefix().length());
    SealedSeed sealed = SeedKey.sealed(keyId, wrapped.bytes(), wrapped.annotations());
    SeedKey ready = seeds.get(sealed);
    return ready != null ? ready : opened(sealed);
  }

  private synchronized SeedKey opened(SealedSeed sealed) {
    SeedKey ready = seeds.get(sealed);
    if (ready != null) {
      return ready;
    }
    try {
      requireAwake();
      byte[] bytes = calls.decrypt(sealed);
      if (bytes.length != SeedKey.BYTES) {
        throw changed();
      }
      SeedKey seed = new SeedKey(sealed, bytes);
      Arrays.fill(bytes, (byte) 0);
      seeds.put(sealed, seed);
      return seed;
    } catch (KmsFailure e) {
      throw failed(e, "decrypt");
    }
  }

  /** Whoever comes while it rests fails at once, so that a dead plug-in holds up nobody. */
  private void requireAwake() {
    KmsHealth seen = health;
    if (seen.rests(clock.instant())) {
      throw new KeyServiceException(away());
    }
  }

  /** A service that lets nobody encrypt is not asked for each tenant. */
  private void requireWilling() {
    Refusal refused = refusal;
    if (refused != null && clock.instant().isBefore(refused.until())) {
      throw new KeyServiceException(refused.message());
    }
  }

  private KeyServiceException failed(KmsFailure failure, String what) {
    if (failure.away()) {
      ill(doesNotAnswer(failure));
      return new KeyServiceException(away());
    }
    return new KeyServiceException(
        plugin()
            + " refuses to "
            + what
            + " ("
            + failure.getMessage()
            + "); see its log, and whether its service still has the key");
  }

  /** Without what the plug-in says of itself, which is not for tenants. */
  private String away() {
    return plugin()
        + " is away; whoever runs the platform sees why with ops/keys status. Try again later";
  }

  private String plugin() {
    return "the KMS plug-in \"" + endpoint.name() + "\"";
  }

  private String prefix() {
    return endpoint.name() + ":";
  }

  private static KeyServiceException changed() {
    return new KeyServiceException(
        "the wrapped data key is not what it was when it was written; restore it from a backup of"
            + " etcd");
  }

  @Override
  public void close() {
    calls.close();
  }
}
