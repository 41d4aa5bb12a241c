package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.csi.Segments;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.model.informer.Informer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For which places the room of a class is told, within bounds: what a cluster costs must not grow
 * with its wishes. And so, what is to be asked of drivers. Any thread.
 */
final class Reach {

  /** More places are not told apart. */
  static final int MOST_PLACES = 128;

  /** Of so many classes of a driver in a cluster, the first by name. */
  static final int MOST_CLASSES = 16;

  private final Informer<RoomClass> classes;
  private final Segments segments;
  private final Map<String, Map<Map<String, String>, Set<Map<String, String>>>> asked =
      new ConcurrentHashMap<>();

  Reach(ControllerContext context) {
    this.classes = context.informer(RoomClass.EVERYWHERE);
    this.segments = new Segments(context);
  }

  /** The places, each as labels of its nodes; empty if they are not told apart. */
  Optional<Set<Map<String, String>>> places(RoomClass of) {
    return first(of) ? places(of.cluster(), of.driver()) : Optional.empty();
  }

  private Optional<Set<Map<String, String>>> places(String cluster, String driver) {
    Set<Map<String, String>> all =
        segments.undivided(driver) ? Set.of(Map.of()) : segments.reached(cluster, driver);
    return all.size() > MOST_PLACES ? Optional.empty() : Optional.of(all);
  }

  private boolean first(RoomClass of) {
    return beside(of.cluster(), of.driver()).stream()
        .limit(MOST_CLASSES)
        .anyMatch(one -> one.key().equals(of.key()));
  }

  private List<RoomClass> beside(String cluster, String driver) {
    return classes.find(RoomClass.BY_USER, RoomClass.user(cluster, driver)).stream()
        .sorted(Comparator.comparing(one -> one.key().name()))
        .toList();
  }

  /** Those that are among the first, or are no more, because of one that came or went. */
  List<RoomClass> atTheBound(RoomClass changed) {
    return beside(changed.cluster(), changed.driver()).stream()
        .skip(MOST_CLASSES - 1)
        .limit(2)
        .toList();
  }

  /** What to ask a driver: of each place about which parameters. */
  Map<Map<String, String>, Set<Map<String, String>>> questions(String driver) {
    return asked.computeIfAbsent(driver, this::survey);
  }

  private Map<Map<String, String>, Set<Map<String, String>>> survey(String driver) {
    Map<Map<String, String>, Set<Map<String, String>>> all = new HashMap<>();
    classes.find(RoomClass.BY_DRIVER, driver).stream()
        .map(RoomClass::cluster)
        .distinct()
        .forEach(cluster -> {
          Set<Map<String, String>> about = new HashSet<>();
          beside(cluster, driver).stream()
              .limit(MOST_CLASSES)
              .forEach(one -> about.add(one.parameters()));
          if (!about.isEmpty()) {
            places(cluster, driver)
                .orElse(Set.of())
                .forEach(place -> all.computeIfAbsent(place, p -> new HashSet<>()).addAll(about));
          }
        });
    return all;
  }

  /** Classes or nodes of the driver have changed. */
  void changed(String driver) {
    asked.remove(driver);
  }
}
