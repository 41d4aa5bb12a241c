package dev.argosy.scheduler.gang;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The pods that name one group, and the group once it is there. One thread. */
public final class Gang {

  /** At least as long may the rest of a gang be away that runs, whatever its timeout. */
  static final Duration LEAST_FOR_RUNNING = Duration.ofMinutes(5);

  private static final Comparator<PodView> FIRST =
      Comparator.<PodView>comparingInt(pod -> -pod.priority())
          .thenComparing(PodView::created)
          .thenComparing(PodView::key);

  private record Member(PodView pod, Standing standing) {}

  private final ObjectKey key;
  private final Map<ObjectKey, Member> members = new HashMap<>();
  private final TreeSet<PodView> waiting = new TreeSet<>(FIRST);
  private final int[] counts = new int[Standing.values().length];
  private Optional<PodGroup> group = Optional.empty();
  private Optional<Instant> halfSince = Optional.empty();
  private int stage;

  Gang(ObjectKey key) {
    this.key = key;
  }

  public ObjectKey key() {
    return key;
  }

  public Optional<PodGroup> group() {
    return group;
  }

  void group(Optional<PodGroup> now) {
    group = now;
  }

  boolean isEmpty() {
    return members.isEmpty() && group.isEmpty();
  }

  void see(PodView pod) {
    Member before = members.get(pod.key());
    boolean placed =
        before != null
            && before.standing() == Standing.PLACED
            && before.pod().uid().equals(pod.uid());
    Optional<Standing> standing = Standing.of(pod, placed);
    remove(pod.key());
    standing.ifPresent(s -> add(new Member(pod, s)));
  }

  private void add(Member member) {
    members.put(member.pod().key(), member);
    counts[member.standing().ordinal()]++;
    if (member.standing() == Standing.WAITING) {
      waiting.add(member.pod());
    }
  }

  void remove(ObjectKey pod) {
    Member before = members.remove(pod);
    if (before != null) {
      counts[before.standing().ordinal()]--;
      waiting.remove(before.pod());
    }
  }

  /** A node was chosen for a member. */
  public void placed(PodView pod) {
    remove(pod.key());
    add(new Member(pod, Standing.PLACED));
  }

  /** It did not come to be bound there. */
  public void refused(PodView pod) {
    remove(pod.key());
    add(new Member(pod, Standing.WAITING));
  }

  /** Those without a node, the most important first, then the oldest. */
  public List<PodView> waiting() {
    return List.copyOf(waiting);
  }

  /** Whether it is the first of those without a node. */
  public boolean leads(PodView pod) {
    return !waiting.isEmpty() && waiting.first().key().equals(pod.key());
  }

  /** Those that have a node and are to stay there. */
  public List<PodView> bound() {
    List<PodView> bound = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.standing() == Standing.BOUND) {
        bound.add(member.pod());
      }
    }
    bound.sort(FIRST);
    return bound;
  }

  /** What those ask for that have a node. */
  public Resources requests() {
    Resources sum = Resources.NONE;
    for (Member member : members.values()) {
      if (member.standing() == Standing.BOUND || member.standing() == Standing.PLACED) {
        sum = sum.plus(member.pod().demand().requests());
      }
    }
    return sum;
  }

  /** How many have a node, or have done what they were to do. */
  public int inPlace() {
    return count(Standing.PLACED) + count(Standing.BOUND) + done();
  }

  private int count(Standing standing) {
    return counts[standing.ordinal()];
  }

  /**
   * Those that have succeeded, unless they are left from an earlier run: of no owner of today's.
   */
  private int done() {
    if (count(Standing.SUCCEEDED) == 0) {
      return 0;
    }
    if (count(Standing.BOUND) > 0) {
      return count(Standing.SUCCEEDED);
    }
    Set<String> owners = new HashSet<>();
    List<PodView> succeeded = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.standing() == Standing.SUCCEEDED) {
        succeeded.add(member.pod());
      } else {
        owners.add(member.pod().company().owner());
      }
    }
    return (int) succeeded.stream().filter(p -> owners.contains(p.company().owner())).count();
  }

  /** Whether enough have a node, so that each other one may come by itself. */
  public boolean whole() {
    return group.isPresent() && inPlace() >= group.get().minMember();
  }

  /** How many are missing until it is whole. */
  public int missing() {
    return Math.max(0, group.map(PodGroup::minMember).orElse(1) - inPlace());
  }

  /** Why no node is looked for yet; empty if enough members are there. */
  public Optional<String> incomplete() {
    if (group.isEmpty()) {
      return Optional.of("PodGroup \"" + key.name() + "\" not found");
    }
    int least = group.get().minMember();
    int ready = inPlace() + count(Standing.WAITING);
    if (ready >= least) {
      return Optional.empty();
    }
    int gated = count(Standing.GATED);
    return Optional.of(
        says((ready + gated) + " of " + least + " members exist")
            + (gated > 0 ? ", " + gated + " of them behind scheduling gates" : ""));
  }

  /** Whether those that wait may be tried with more success than when this was last asked. */
  public boolean hasRisen() {
    int before = stage;
    stage = incomplete().isPresent() ? 0 : whole() ? 2 : 1;
    return stage > before;
  }

  /** A sentence about it. */
  public String says(String what) {
    return "gang \"" + key.name() + "\": " + what;
  }

  /**
   * Whether a part of it holds nodes while the rest, which is there, has none. What does not exist
   * is not waited for here: it is for somebody else to make it.
   */
  boolean half() {
    return group.isPresent()
        && count(Standing.BOUND) > 0
        && count(Standing.BOUND) + done() < group.get().minMember()
        && incomplete().isEmpty();
  }

  /** Takes down the time at which it became half; answers it if it did so just now. */
  public Optional<Instant> becameHalf(Instant now) {
    if (!half()) {
      halfSince = Optional.empty();
      return Optional.empty();
    }
    if (halfSince.isPresent()) {
      return Optional.empty();
    }
    halfSince = Optional.of(now);
    return halfSince;
  }

  public Optional<Instant> halfSince() {
    return halfSince;
  }

  /** It is given as much time again. */
  public void halfAgain() {
    halfSince = Optional.empty();
  }

  /** How long it may be half. */
  public Duration patience() {
    Duration timeout = group.map(PodGroup::timeout).orElse(PodGroup.USUAL_TIMEOUT);
    boolean runs = bound().stream().anyMatch(pod -> pod.rank().started().isBefore(Instant.MAX));
    return runs && timeout.compareTo(LEAST_FOR_RUNNING) < 0 ? LEAST_FOR_RUNNING : timeout;
  }
}
