package dev.argosy.store.seal;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoredValue;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sealing on one store: the store in the clear, and what the operator may ask for. Any thread may
 * call. Closing it ends its thread, and leaves the store open.
 */
public final class Sealing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

  /** What it is made of. */
  record Parts(KeyService service, SealServers servers, Seals seals, SealPass pass) {}

  private final ResourceStore below;
  private final SealedStore store;
  private final Parts parts;
  private final SealUpkeep upkeep;
  private volatile Vault.Needs elsewhere = cluster -> Set.of();

  /**
   * What came of retiring a cluster's keys.
   *
   * @param retired their ids
   * @param used the ids of those that something still needs
   */
  public record Retired(Set<String> retired, Set<String> used) {}

  private Sealing(ResourceStore below, KeyService service, SealConfig config, Clock clock) {
    this.below = below;
    SecureRandom random = new SecureRandom();
    SealServers servers = new SealServers(below, service, config.server());
    KeyMaker maker = new KeyMaker(service, servers::choice, clock, random);
    Seals seals =
        new Seals(new ClusterKeys(below, maker), config.resources(), random, new Troubles());
    this.store = new SealedStore(below, seals);
    this.parts = new Parts(service, servers, seals, new SealPass(below, store, seals));
    this.upkeep = new SealUpkeep(parts, store, config.interval());
  }

  /**
   * Reads all keys of a store and tells the other servers on it. Nothing runs yet.
   *
   * @throws dev.argosy.store.spi.StoreUnavailableException if the store cannot be reached
   */
  public static Sealing open(
      ResourceStore below, KeyService service, SealConfig config, Clock clock) {
    Sealing sealing = new Sealing(below, service, config, clock);
    sealing.parts.seals().keys().load();
    sealing.parts.servers().tell();
    return sealing;
  }

  /** Begins to look after keys; answers itself. */
  public Sealing start() {
    upkeep.start();
    return this;
  }

  /** The store in the clear. */
  public ResourceStore store() {
    return store;
  }

  /** What is sealed elsewhere than in the store. */
  public Vault vault() {
    return new Vault(parts.seals());
  }

  /** Keys that are needed elsewhere are not retired. */
  public void needed(Vault.Needs needs) {
    elsewhere = needs;
  }

  /** What a running server does from time to time, now, on this thread. For tests. */
  void round() {
    upkeep.round();
  }

  /**
   * Gives a cluster a new data key; what is sealed with others is sealed anew soon.
   *
   * @return false if it has none, since nothing of it was ever sealed
   * @throws SealedException if there can be none now
   */
  public boolean rotate(String cluster) {
    boolean done =
        parts
            .seals()
            .keys()
            .change(cluster, record -> record.with(parts.seals().keys().maker().make(cluster)))
            .isPresent();
    upkeep.passSoon();
    return done;
  }

  /** The clusters that have data keys. */
  public Set<String> clusters() {
    Set<String> names = new HashSet<>();
    parts
        .seals()
        .keys()
        .all()
        .forEach((cluster, held) -> {
          if (held.record() != null) {
            names.add(cluster);
          }
        });
    return names;
  }

  /** Goes through everything soon. */
  public void passSoon() {
    upkeep.passSoon();
  }

  /**
   * Drops the data keys of a cluster that nothing needs any more. Nothing can come to need them in
   * the meantime: only the newest is written with, and that stays.
   *
   * @throws SealedException if it cannot be told now what is needed elsewhere
   */
  public Retired retire(String cluster) {
    Set<Long> used = new HashSet<>();
    Set<Long> retired = new HashSet<>();
    parts
        .seals()
        .keys()
        .change(
            cluster,
            record -> {
              used.clear();
              retired.clear();
              used.addAll(parts.pass().used(cluster, record));
              used.addAll(elsewhere.keysOf(cluster));
              record.keys().stream()
                  .map(KeyRecord.Entry::id)
                  .filter(id -> id != record.current().id() && !used.contains(id))
                  .forEach(retired::add);
              used.remove(record.current().id());
              return record.without(retired);
            });
    return new Retired(texts(retired), texts(used));
  }

  private static Set<String> texts(Set<Long> ids) {
    Set<String> texts = new HashSet<>();
    ids.forEach(id -> texts.add(DataKey.text(id)));
    return texts;
  }

  /**
   * Removes from the store what cannot be read of a cluster that is being emptied; nobody else
   * could remove it.
   */
  public void discardUnreadable(String cluster) {
    for (ObjectKey key : parts.seals().troubles().all().keySet()) {
      if (key.cluster().equals(cluster)) {
        below.get(key).ifPresent(this::discard);
      }
    }
  }

  private void discard(StoredValue value) {
    if (!parts.seals().open(value).readable()) {
      below.commit(List.of(new Change.Delete(value.key(), value.revision())));
    }
  }

  /** Destroys the data keys of a cluster: what they sealed cannot be read again, in no backup. */
  public void destroy(String cluster) {
    parts.seals().keys().destroy(cluster);
  }

  public SealStatus status() {
    Map<ObjectKey, String> troubles = new TreeMap<>();
    parts.seals().troubles().all().forEach((key, trouble) -> troubles.put(key, trouble.message()));
    return new SealStatus(
        parts.seals().resources(),
        parts.servers().all(),
        keys(),
        parts.pass().progress(),
        troubles);
  }

  private SealStatus.Keys keys() {
    Map<String, Integer> wrapped = new TreeMap<>();
    Map<String, Integer> superseded = new TreeMap<>();
    parts
        .seals()
        .keys()
        .all()
        .forEach((cluster, held) -> {
          KeyRecord record = held.record();
          if (record != null) {
            record.keys().forEach(key -> wrapped.merge(key.wrapped().keyId(), 1, Integer::sum));
            if (record.keys().size() > 1) {
              superseded.put(cluster, record.keys().size() - 1);
            }
          }
        });
    return new SealStatus.Keys(
        parts.servers().chosen(), ill(), wrapped, clusters().size(), superseded);
  }

  private Map<String, String> ill() {
    Map<String, String> ill = new TreeMap<>();
    for (String key : parts.service().keys()) {
      parts.service().trouble(key).ifPresent(trouble -> ill.put(key, trouble));
    }
    return ill;
  }

  /** How many objects this server cannot read. */
  public int unreadable() {
    return parts.seals().troubles().count();
  }

  /** Tells the other servers that this one is gone. */
  void leave() {
    parts.servers().leave();
  }

  @Override
  public void close() {
    upkeep.close();
    try {
      leave();
    } catch (StoreUnavailableException e) {
      LOG.info("the other servers will notice in a while: {}", e.getMessage());
    }
  }
}
