package dev.argosy.server.quota;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All shares of a tenant's quota as they were at one moment.
 *
 * @param all those that are there
 */
public record Shares(List<Share> all) {

  public Shares {
    all = List.copyOf(all);
  }

  /** What is used of the quota. */
  public Map<String, Quantity> used() {
    Map<String, Quantity> used = new TreeMap<>();
    all.forEach(share -> Amounts.add(used, share.used()));
    return used;
  }

  /** The guarantees that are in force. */
  public Map<String, Quantity> guaranteed() {
    Map<String, Quantity> guaranteed = new TreeMap<>();
    all.forEach(share -> Amounts.raise(guaranteed, share.guaranteed()));
    return guaranteed;
  }

  /** One share in the place of all; its key is that of the first. */
  public Share merged(ObjectKey first) {
    Map<String, Quantity> granted = new TreeMap<>();
    all.forEach(share -> Amounts.add(granted, share.granted()));
    long revision =
        all.stream().filter(s -> s.key().equals(first)).mapToLong(Share::revision).sum();
    return new Share(first, revision, granted, used(), guaranteed());
  }

  /**
   * Lets a share bear more than it is granted, at the cost of others that have something left: what
   * it needs, and if there is enough its part of the rest, so that it need not ask each time.
   *
   * @param needy one of these, or one that is not there yet
   * @param more what it shall be charged; all shares together must have that left
   * @return the shares that change with it, charged; that one first
   */
  public List<Share> lend(Share needy, Map<String, Quantity> more) {
    Map<String, Share> changed = new LinkedHashMap<>();
    changed.put(needy.key().name(), needy);
    more.forEach((name, amount) -> {
      Quantity need = amount.subtract(needy.left(name));
      if (amount.signum() > 0 && need.signum() > 0) {
        lend(needy, name, amount, need, changed);
      }
    });
    List<Share> result = new ArrayList<>(changed.values());
    result.set(0, result.getFirst().charged(more));
    return result;
  }

  private void lend(
      Share needy, String name, Quantity amount, Quantity need, Map<String, Share> changed) {
    List<Share> lenders =
        all.stream()
            .filter(share -> !share.key().equals(needy.key()) && share.left(name).signum() > 0)
            .sorted(Comparator.comparing((Share share) -> share.left(name)).reversed())
            .toList();
    Quantity wanted = need.add(part(needy, name, amount));
    for (Share lender : lenders) {
      boolean enough = need.signum() <= 0 && changed.size() > 2;
      if (enough || wanted.signum() <= 0) {
        return;
      }
      Quantity lent = least(wanted, lender.left(name));
      move(changed, lender, needy, name, lent);
      wanted = wanted.subtract(lent);
      need = need.subtract(lent);
    }
  }

  /** What a share gets of what is left when it has been charged. */
  private Quantity part(Share needy, String name, Quantity amount) {
    BigDecimal left = needy.left(name).amount().subtract(amount.amount());
    for (Share share : all) {
      if (!share.key().equals(needy.key())) {
        left = left.add(share.left(name).amount());
      }
    }
    BigDecimal part = left.divide(BigDecimal.valueOf(Share.MOST), 0, RoundingMode.DOWN);
    return Quantity.of(part.max(BigDecimal.ZERO), amount.format());
  }

  private static Quantity least(Quantity one, Quantity other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static void move(
      Map<String, Share> changed, Share from, Share to, String name, Quantity amount) {
    String giver = from.key().name();
    changed.merge(
        giver,
        from.granted(Map.of(name, Quantity.ZERO.subtract(amount))),
        (was, now) -> was.granted(Map.of(name, Quantity.ZERO.subtract(amount))));
    changed.computeIfPresent(to.key().name(), (n, share) -> share.granted(Map.of(name, amount)));
  }
}
