package dev.argosy.scheduler.profile;

import dev.argosy.scheduler.pod.Company;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Rank;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.topology.Services;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How pods of one {@code schedulerName} are scheduled. Immutable; equal to itself only. */
public final class Profile {

  /** As without any file. */
  public static final Profile DEFAULT =
      new Profile(PodView.SCHEDULER, Plugins.DEFAULT, Arguments.DEFAULT);

  private final String name;
  private final Plugins plugins;
  private final Arguments arguments;
  private final Set<String> ignored;

  Profile(String name, Plugins plugins, Arguments arguments) {
    this(name, plugins, arguments, Set.of());
  }

  private Profile(String name, Plugins plugins, Arguments arguments, Set<String> ignored) {
    this.name = name;
    this.plugins = plugins;
    this.arguments = arguments;
    this.ignored = Set.copyOf(ignored);
  }

  /** The same, but what is asked for of these resources does not count. */
  Profile ignoring(Set<String> resources) {
    return resources.isEmpty() ? this : new Profile(name, plugins, arguments, resources);
  }

  public String name() {
    return name;
  }

  public Plugins plugins() {
    return plugins;
  }

  /** How NodeResourcesFit scores; empty if each node says. */
  public Optional<Strategy> strategy() {
    return arguments.strategy();
  }

  public int hardPodAffinity() {
    return arguments.hardPodAffinity();
  }

  /**
   * Whether pods without constraints are spread by the built-in ones, for which nodes may lack
   * labels.
   */
  public boolean spreadsAsUsual() {
    return arguments.spreads().isEmpty();
  }

  /** The spread of a pod that asks for none. */
  public List<Spread> usual(PodView pod, Services services) {
    if (arguments.spreads().isEmpty()) {
      return services.usual(pod);
    }
    Company company = pod.company();
    if (!company.spreads().isEmpty() || arguments.spreads().get().isEmpty()) {
      return List.of();
    }
    return services
        .alike(pod)
        .map(pods -> arguments.spreads().get().stream().map(s -> s.of(pods)).toList())
        .orElse(List.of());
  }

  /** The pod with what the profile adds to it or takes from it; the same one if that is nothing. */
  public PodView shape(PodView pod) {
    PodView shaped = pod;
    if (!ignored.isEmpty()) {
      shaped = shaped.with(pod.demand().without(ignored));
    }
    if (!arguments.affinity().isEmpty()) {
      shaped = shaped.with(arguments.affinity().to(shaped.demand()));
    }
    if (!plugins.preempts() && pod.rank().preempts()) {
      Rank rank = pod.rank();
      shaped = shaped.with(new Rank(rank.priority(), false, rank.nominated(), rank.started()));
    }
    return shaped;
  }

  @Override
  public String toString() {
    return name;
  }
}
