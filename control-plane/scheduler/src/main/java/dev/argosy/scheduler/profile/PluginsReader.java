package dev.argosy.scheduler.profile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads which plugins work. What is said of one extension point goes over what is said of {@code
 * multiPoint}; at one point, what is enabled goes over what is disabled.
 */
final class PluginsReader {

  private static final String ALL = "*";
  private static final int MOST_WEIGHT = 1000;

  /** What a profile cannot do without; to name them changes nothing. */
  private static final Set<String> ALWAYS =
      Set.of("PrioritySort", "SchedulingGates", "NodeName", "DefaultBinder", "VolumeZone");

  private static final Set<String> POST_FILTERS = Set.of(Plugins.PREEMPTION);

  private final Section plugins;
  private final Point<Boolean> filter = new Point<>();
  private final Point<Integer> score = new Point<>();
  private final Point<Boolean> postFilter = new Point<>();

  /** The plugins of one extension point. */
  private static final class Point<T> {
    private final Map<String, T> on = new HashMap<>();

    void disable(String name) {
      if (name.equals(ALL)) {
        on.clear();
      } else {
        on.remove(name);
      }
    }
  }

  private PluginsReader(Section plugins) {
    this.plugins = plugins;
    Plugins.FILTERS.forEach(name -> filter.on.put(name, true));
    score.on.putAll(Plugins.SCORES);
    postFilter.on.put(Plugins.PREEMPTION, true);
  }

  static Plugins read(Section plugins) {
    return new PluginsReader(plugins).read();
  }

  private Plugins read() {
    if (plugins.node().isObject()) {
      for (String point : plugins.node().propertyNames()) {
        switch (point) {
          case "multiPoint", "filter", "score", "postFilter" -> {}
          default ->
              plugins.wrong(point, "is not served; multiPoint, filter, score and postFilter are");
        }
      }
    } else {
      plugins.known();
    }
    everywhere(plugins.field("multiPoint"));
    at(plugins.field("filter"), filter, Plugins.FILTERS, s -> true);
    at(plugins.field("postFilter"), postFilter, POST_FILTERS, s -> true);
    at(plugins.field("score"), score, Plugins.SCORES.keySet(), s -> weight(s, 1));
    return new Plugins(filter.on.keySet(), score.on, !postFilter.on.isEmpty());
  }

  private interface Value<T> {
    T of(Section entry);
  }

  private <T> void at(Section section, Point<T> point, Set<String> known, Value<T> value) {
    section.known("enabled", "disabled");
    for (Section entry : section.list("disabled")) {
      point.disable(name(entry, known, true));
    }
    for (Section entry : section.list("enabled")) {
      String name = name(entry, known, false);
      if (known.contains(name)) {
        point.on.put(name, value.of(entry));
      }
    }
  }

  private void everywhere(Section section) {
    Set<String> known = new HashSet<>(Plugins.FILTERS);
    known.addAll(Plugins.SCORES.keySet());
    known.addAll(POST_FILTERS);
    section.known("enabled", "disabled");
    for (Section entry : section.list("disabled")) {
      String name = name(entry, known, true);
      List.of(filter, score, postFilter).forEach(point -> point.disable(name));
    }
    for (Section entry : section.list("enabled")) {
      String name = name(entry, known, false);
      if (Plugins.FILTERS.contains(name)) {
        filter.on.put(name, true);
      }
      if (Plugins.SCORES.containsKey(name)) {
        score.on.put(name, weight(entry, Plugins.SCORES.get(name)));
      }
      if (POST_FILTERS.contains(name)) {
        postFilter.on.put(name, true);
      }
    }
  }

  private static int weight(Section entry, int otherwise) {
    int weight = entry.number("weight", 0, 0, MOST_WEIGHT);
    return weight == 0 ? otherwise : weight;
  }

  private static String name(Section entry, Set<String> known, boolean mayBeAll) {
    entry.known("name", "weight");
    String name = entry.text("name", "");
    boolean right = known.contains(name) || ALWAYS.contains(name) || (mayBeAll && name.equals(ALL));
    if (!right) {
      entry.wrong(
          "name",
          "there is no plugin \""
              + name
              + "\" here; there are "
              + String.join(", ", sorted(known)));
    }
    return name;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
