package dev.argosy.agent.network.service;

import dev.argosy.agent.network.service.RuleSet.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which endpoints of a port this node's clients go to; pure. By the rules of the Kubernetes page
 * "Virtual IPs and Service Proxies": hints count only if all endpoints have some and one is for
 * here, and where none is ready, those are used that serve until they have ended.
 *
 * @param all endpoints of the port
 * @param unready whether endpoints count before they are ready
 */
record Choice(List<Candidate> all, boolean unready, NodePlace place) {

  /** Beyond these, further endpoints of one front are left out. */
  static final int MAX_TARGETS = 256;

  /** An endpoint and where it listens. */
  record Candidate(SliceView.Endpoint endpoint, int port) {

    Target target() {
      return new Target(endpoint.address(), port);
    }
  }

  private static final Comparator<Target> ORDER =
      Comparator.comparing(Target::address).thenComparingInt(Target::port);

  Choice {
    all = all.stream().filter(candidate -> candidate.port() > 0).toList();
  }

  /** Near ones if there are hints for here, else all. */
  List<Target> near() {
    List<Candidate> usable = usable(c -> true);
    List<Candidate> ready = usable.stream().filter(c -> c.endpoint().ready()).toList();
    Function<SliceView.Endpoint, Set<String>> nodes = SliceView.Endpoint::forNodes;
    Function<SliceView.Endpoint, Set<String>> zones = SliceView.Endpoint::forZones;
    if (hinted(ready, nodes, place.node())) {
      return targets(ready.stream().filter(c -> c.endpoint().forNodes().contains(place.node())));
    }
    return hinted(ready, zones, place.zone())
        ? targets(ready.stream().filter(c -> c.endpoint().forZones().contains(place.zone())))
        : targets(usable.stream());
  }

  /** Those on this node; perhaps none. */
  List<Target> local() {
    return targets(usable(c -> c.endpoint().node().equals(place.node())).stream());
  }

  private static boolean hinted(
      List<Candidate> ready, Function<SliceView.Endpoint, Set<String>> hints, String here) {
    return !here.isEmpty()
        && ready.stream().noneMatch(c -> hints.apply(c.endpoint()).isEmpty())
        && ready.stream().anyMatch(c -> hints.apply(c.endpoint()).contains(here));
  }

  private List<Candidate> usable(Predicate<Candidate> here) {
    List<Candidate> ready =
        all.stream().filter(here).filter(c -> c.endpoint().ready() || unready).toList();
    return ready.isEmpty()
        ? all.stream().filter(here).filter(c -> c.endpoint().leaving()).toList()
        : ready;
  }

  /** In a fixed order, so that an unchanged service yields equal targets. */
  private static List<Target> targets(Stream<Candidate> candidates) {
    TreeSet<Target> targets = new TreeSet<>(ORDER);
    candidates.map(Candidate::target).forEach(targets::add);
    return targets.stream().limit(MAX_TARGETS).toList();
  }
}
