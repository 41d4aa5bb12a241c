package dev.argosy.store.seal;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.KeyRecord.Entry;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.ValueTroubleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done again and again: looking for new key-encryption keys and telling the other
 * servers; and, on one of them, wrapping data keys anew and sealing what is not sealed as it should
 * be. One thread per server, whatever the number of tenants.
 */
final class SealUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SealUpkeep.class);
  private static final int MOST_FAILED = 100;

  /** Rounds between passes as long as something could not be sealed. */
  private static final int REST = 30;

  private final KeyService service;
  private final SealServers servers;
  private final Seals seals;
  private final SealPass pass;
  private final SealedStore store;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean passing = new AtomicBoolean();
  private final AtomicInteger roundsToNext = new AtomicInteger();
  private boolean led;
  private int unwrappable;

  SealUpkeep(Sealing.Parts parts, SealedStore store, Duration interval) {
    this.service = parts.service();
    this.servers = parts.servers();
    this.seals = parts.seals();
    this.pass = parts.pass();
    this.store = store;
    this.interval = interval;
  }

  void start() {
    Thread.ofVirtual().name("seal-upkeep").start(this::run);
  }

  /** Asks for a pass at the next round. */
  void passSoon() {
    wanted.set(true);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      do {
        try {
          round();
        } catch (StoreUnavailableException e) {
          LOG.warn("keys are not looked after this time: {}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("keys could not be looked after, trying again", e);
        }
      } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One round; by one thread at a time. A pass goes on by itself: it may take long. */
  void round() {
    service.refresh();
    servers.tell();
    heal();
    boolean leads = servers.first();
    String choice = servers.chosen();
    if (leads && !choice.isEmpty() && service.trouble(choice).isEmpty()) {
      rewrap(choice);
    }
    if (leads && !led) {
      wanted.set(true);
    }
    led = leads;
    if (roundsToNext.get() > 0 && roundsToNext.decrementAndGet() == 0) {
      wanted.set(true);
    }
    if (wanted.get() && passing.compareAndSet(false, true)) {
      wanted.set(false);
      Thread.ofVirtual().name("seal-pass").start(this::pass);
    }
  }

  private void pass() {
    try {
      pass.run(() -> closed.getCount() > 0);
      roundsToNext.set(pass.progress().failed() > 0 ? REST : 0);
    } catch (RuntimeException e) {
      LOG.warn("a pass was cut short and begins again: {}", e.getMessage());
      wanted.set(true);
    } finally {
      passing.set(false);
    }
  }

  /** Puts all data keys under the key-encryption key of today. */
  private void rewrap(String choice) {
    int left = 0;
    for (Map.Entry<String, Held> each : seals.keys().all().entrySet()) {
      KeyRecord record = each.getValue().record();
      if (record != null && !wrappedBy(record, choice)) {
        left += rewrap(each.getKey(), choice) ? 0 : 1;
      }
    }
    if (left != unwrappable) {
      LOG.warn("the data keys of {} tenants cannot be unwrapped by this server", left);
      unwrappable = left;
    }
  }

  private static boolean wrappedBy(KeyRecord record, String choice) {
    return record.keys().stream().allMatch(key -> key.wrapped().keyId().equals(choice));
  }

  /** Answers whether all of them are under it now. */
  private boolean rewrap(String cluster, String choice) {
    try {
      return seals
          .keys()
          .change(cluster, record -> rewrapped(cluster, record, choice))
          .map(record -> wrappedBy(record, choice))
          .orElse(true);
    } catch (SealedException e) {
      return false;
    }
  }

  private KeyRecord rewrapped(String cluster, KeyRecord record, String choice) {
    List<Entry> keys = new ArrayList<>();
    for (Entry key : record.keys()) {
      boolean there = key.wrapped().keyId().equals(choice);
      keys.add(there ? key : rewrapped(cluster, key));
    }
    return new KeyRecord(keys, record.resources());
  }

  /**
   * As it was if its key-encryption key is not there, since the others need not wait for it; and if
   * a service still uses the key that it is under, whatever it says.
   */
  private Entry rewrapped(String cluster, Entry key) {
    try {
      Entry fresh = seals.keys().maker().rewrap(cluster, key);
      return fresh.wrapped().keyId().equals(key.wrapped().keyId()) ? key : fresh;
    } catch (KeyServiceException e) {
      LOG.debug("{} of {}: {}", DataKey.text(key.id()), cluster, e.getMessage());
      return key;
    }
  }

  /**
   * What could not be read, and now can, is written anew: so the caches of all servers hear of it.
   */
  private void heal() {
    List<ObjectKey> troubled = new ArrayList<>(seals.troubles().all().keySet());
    if (troubled.isEmpty()) {
      return;
    }
    seals.keys().retry();
    Collections.shuffle(troubled, seals.random());
    int failed = 0;
    for (ObjectKey key : troubled) {
      failed += heal(key) ? 0 : 1;
      if (failed == MOST_FAILED) {
        return; // others have their turn another time
      }
    }
  }

  private boolean heal(ObjectKey key) {
    try {
      Optional<StoredValue> found = store.get(key);
      if (found.isEmpty()) {
        seals.troubles().clear(key, Long.MAX_VALUE);
        return true;
      }
      StoredValue now = found.get();
      store.commit(List.of(new Change.Update(key, now.revision(), now.value())));
      LOG.info("{} can be read again", key);
      return true;
    } catch (ValueTroubleException e) {
      return false;
    }
  }
}
