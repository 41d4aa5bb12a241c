package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoredValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through everything that is or was sealed and writes anew what is not sealed as it would be
 * today. What is done is seen in the values themselves: a pass that was cut short is simply begun
 * again, and passes on several servers do no harm. Each value is read and written in one
 * compare-and-set, so that no writer is overtaken.
 */
final class SealPass {

  private static final Logger LOG = LoggerFactory.getLogger(SealPass.class);
  private static final int PAGE = 200;

  private final ResourceStore store;
  private final SealedStore sealed;
  private final Seals seals;
  private volatile SealProgress progress = SealProgress.NONE;

  /**
   * @param store as it is
   * @param sealed the same in the clear
   */
  SealPass(ResourceStore store, SealedStore sealed, Seals seals) {
    this.store = store;
    this.sealed = sealed;
    this.seals = seals;
  }

  SealProgress progress() {
    return progress;
  }

  /**
   * One pass; one at a time.
   *
   * @param goOn asked from time to time
   */
  synchronized void run(BooleanSupplier goOn) {
    progress = SealProgress.begun(seals.keys().now());
    Set<GroupResource> resources = resources();
    for (GroupResource resource : resources) {
      ObjectKey after = null;
      do {
        if (!goOn.getAsBoolean()) {
          return;
        }
        after = page(resource, after);
      } while (after != null);
    }
    progress = progress.ended(seals.keys().now());
    LOG.info("everything that is to be sealed was looked at: {}", progress);
  }

  /** Those of the settings, and those that some cluster has had sealed. */
  private Set<GroupResource> resources() {
    Set<GroupResource> all = new TreeSet<>(seals.resources());
    seals.keys().load();
    for (Held each : seals.keys().all().values()) {
      KeyRecord record = each.record();
      if (record != null) {
        all.addAll(record.resources());
      }
    }
    return all;
  }

  /** Answers where to go on; null at the end. */
  private @Nullable ObjectKey page(GroupResource resource, @Nullable ObjectKey after) {
    StorePage page = store.list(resource, "", 0, after, PAGE);
    for (StoredValue value : page.values()) {
      progress = progress.with(visit(value));
    }
    return page.more() ? page.values().getLast().key() : null;
  }

  private SealProgress.Outcome visit(StoredValue raw) {
    try {
      if (done(raw)) {
        return SealProgress.Outcome.AS_IT_SHOULD;
      }
      StoredValue plain = seals.open(raw);
      if (!plain.readable()) {
        return SealProgress.Outcome.FAILED;
      }
      return rewrite(plain);
    } catch (RuntimeException e) {
      LOG.debug("{} could not be sealed anew: {}", raw.key(), e.getMessage());
      return SealProgress.Outcome.FAILED;
    }
  }

  /** A writer who came between has sealed it already. */
  private SealProgress.Outcome rewrite(StoredValue plain) {
    Change update = new Change.Update(plain.key(), plain.revision(), plain.value());
    return switch (sealed.commit(List.of(update))) {
      case CommitResult.Committed committed -> SealProgress.Outcome.WRITTEN;
      case CommitResult.Conflict conflict -> SealProgress.Outcome.AS_IT_SHOULD;
      case CommitResult.TooLarge tooLarge -> SealProgress.Outcome.FAILED;
    };
  }

  private boolean done(StoredValue raw) {
    boolean isSealed = Envelope.is(raw.value());
    if (!seals.resources().contains(raw.key().resource())) {
      return !isSealed;
    }
    ObjectKey key = raw.key();
    return isSealed
        && Envelope.keyId(raw.value())
            == seals.keys().current(key.cluster(), key.resource()).key().id();
  }

  /** The ids of the data keys that values of a cluster need, as the store is now. */
  Set<Long> used(String cluster, KeyRecord record) {
    Set<Long> ids = new HashSet<>();
    for (GroupResource resource : record.resources()) {
      ObjectKey after = null;
      StorePage page;
      do {
        page = store.list(resource, cluster, 0, after, PAGE);
        for (StoredValue value : page.values()) {
          after = value.key();
          if (Envelope.is(value.value())) {
            ids.add(Envelope.keyId(value.value()));
          }
        }
      } while (page.more());
    }
    return ids;
  }
}
