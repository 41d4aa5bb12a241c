package dev.argosy.scheduler.gang;

import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.pod.PodView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all members of a gang waiting, for the reasons of those that found no node: a change that
 * may help one of them wakes all. One for each attempt; one thread.
 */
public final class GangRejecter implements Rejecter {

  /** A member, and who rejected it. */
  public record Cause(PodView pod, Set<Rejecter> by) {
    public Cause {
      by = Set.copyOf(by);
    }

    private boolean mayBeHelped(Change change) {
      return by.stream().anyMatch(r -> hears(r, change) && r.mayHelp(pod, change));
    }

    private static boolean hears(Rejecter rejecter, Change change) {
      return change.kinds().stream().anyMatch(rejecter.hears()::contains);
    }
  }

  private static final Set<ClusterChange> MORE_ROOM =
      Set.of(
          ClusterChange.NODE_ADDED,
          ClusterChange.NODE_CAPACITY,
          ClusterChange.POD_GONE,
          ClusterChange.POD_RESIZED,
          ClusterChange.POOLS);

  private final Set<ClusterChange> hears = EnumSet.noneOf(ClusterChange.class);
  private final Set<ClusterChange> always;
  private final List<Cause> causes;
  private @Nullable Change last;
  private boolean lastHelps;

  private GangRejecter(Set<ClusterChange> always, List<Cause> causes) {
    this.always = always;
    this.causes = List.copyOf(causes);
    hears.addAll(always);
    causes.forEach(cause -> cause.by().forEach(r -> hears.addAll(r.hears())));
  }

  public static GangRejecter of(List<Cause> causes) {
    return new GangRejecter(Set.of(), causes);
  }

  /** There is too little for all together. */
  public static GangRejecter shortage() {
    return new GangRejecter(MORE_ROOM, List.of());
  }

  /** Nothing but its members and its group help. */
  public static GangRejecter incomplete() {
    return new GangRejecter(Set.of(), List.of());
  }

  @Override
  public String name() {
    return "Coscheduling";
  }

  @Override
  public Set<ClusterChange> hears() {
    return hears;
  }

  @Override
  public boolean mayHelp(PodView waiting, Change change) {
    if (change != last) {
      last = change;
      lastHelps =
          change.kinds().stream().anyMatch(always::contains)
              || causes.stream().anyMatch(cause -> cause.mayBeHelped(change));
    }
    return lastHelps;
  }
}
