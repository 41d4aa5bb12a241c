package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.quota.Flow;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one write charges to quotas: holds a share of each, so that no other write of this server
 * wants the same one, until it is closed.
 */
final class Payment implements AutoCloseable {

  private static final int TELLINGS = 2;

  private final Map<ObjectKey, ShareSlots.Slot> slots = new LinkedHashMap<>();
  private final Map<ObjectKey, Share> planned = new HashMap<>();
  private final Map<Quota, Ledger> overdrawn = new LinkedHashMap<>();
  private final boolean dry;
  private Flow flow = new Flow();
  private @Nullable Telling telling;
  private int untold;

  /** A namespace's quota that says what is used then; {@code done} if it does. */
  private record Telling(Change change, LongConsumer done) {}

  /** One that is made. */
  Payment() {
    this(false);
  }

  /**
   * A payment.
   *
   * @param dry whether it is only tried
   */
  Payment(boolean dry) {
    this.dry = dry;
  }

  /**
   * Whether it is only tried, so that the store never says that what was known of shares is old.
   */
  boolean dry() {
    return dry;
  }

  /** The share that this write charges of a quota, held from now on. */
  ShareSlots.Slot slot(ObjectKey quota, ShareSlots all, int count) {
    ShareSlots.Slot held = slots.get(quota);
    if (held != null && held.index() < count) {
      return held;
    }
    if (held != null) {
      held.release();
    }
    ShareSlots.Slot taken = all.take(count);
    slots.put(quota, taken);
    return taken;
  }

  /** Begins anew; the shares stay held. */
  void again() {
    again(new Flow());
  }

  /** Begins anew, with a change of guarantees. */
  void again(Flow change) {
    flow = change;
    planned.clear();
    telling = null;
    overdrawn.clear();
  }

  /**
   * Charges nothing to a quota, which cannot bear it, and lets it be counted anew: for what may not
   * be refused.
   *
   * @param ledger that names the quota
   */
  void overdraw(Quota quota, Ledger ledger) {
    overdrawn.put(quota, ledger);
  }

  boolean overdraws(Ledger ledger) {
    return overdrawn.values().stream().anyMatch(each -> each.key().equals(ledger.key()));
  }

  /** The quotas that must be counted. */
  List<ObjectKey> overdrawn() {
    return overdrawn.keySet().stream().map(Quota::key).toList();
  }

  /** What reaches the tenants above. */
  Flow flow() {
    return flow;
  }

  /** A share as it shall be. */
  void plan(Share share) {
    planned.put(share.key(), share);
  }

  /**
   * Whether a quota may say what is used then: one at most, since whoever watches must not miss one
   * of two, and not if others wrote it again and again meanwhile.
   */
  boolean mayTell() {
    return telling == null && untold < TELLINGS;
  }

  void tell(Change change, LongConsumer done) {
    telling = new Telling(change, done);
  }

  /** What makes the shares so. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    planned.values().forEach(share -> changes.add(share.change()));
    if (telling != null) {
      changes.add(telling.change());
    }
    overdrawn.keySet().forEach(quota -> changes.add(quota.uncounted()));
    return changes;
  }

  /** They are so, since that revision. */
  void committed(long revision) {
    if (telling != null) {
      telling.done().accept(revision);
    }
    for (ShareSlots.Slot slot : slots.values()) {
      Share share = slot.key() == null ? null : planned.get(slot.key());
      if (share != null) {
        slot.know(share.at(revision));
      }
    }
  }

  /** They are not; a conflict tells how they are. */
  void conflict(Map<ObjectKey, Optional<StoredValue>> current) {
    untold++;
    for (ShareSlots.Slot slot : slots.values()) {
      Optional<StoredValue> value = current.get(slot.key());
      if (value != null) {
        slot.know(Share.of(slot.key(), value));
      }
    }
  }

  @Override
  public void close() {
    slots.values().forEach(ShareSlots.Slot::release);
    slots.clear();
  }
}
