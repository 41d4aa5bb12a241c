package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.DriverController.Answer;
import dev.argosy.controllers.csi.Site;
import dev.argosy.controllers.csi.Sites;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks drivers for their room: of each place once a minute, and when something has changed there.
 * Keys are drivers, and places of a driver.
 */
final class RoomAsker implements Reconciler {

  /** As drivers' own provisioners do. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RoomAsker.class);

  /** What it works with. */
  record Means(CsiDrivers drivers, Sites sites, Reach reach, Answers answers, Timers timers) {}

  private final Means means;
  private final KeyQueue queue;
  private final Consumer<Question> news;

  /**
   * Asks when its keys come.
   *
   * @param news is told of questions whose answers have changed
   */
  RoomAsker(Means means, KeyQueue queue, Consumer<Question> news) {
    this.means = means;
    this.queue = queue;
    this.news = news;
  }

  /** All places of a driver. */
  static ObjectKey key(String driver) {
    return new ObjectKey(Kinds.CSI_DRIVERS, Kinds.ROOT, "", driver);
  }

  /** A place of a driver. */
  static ObjectKey key(String driver, Map<String, String> place) {
    String text =
        new TreeMap<>(place)
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    return new ObjectKey(Kinds.STORAGE_CAPACITIES, Kinds.ROOT, text, driver);
  }

  private static Map<String, String> place(ObjectKey key) {
    Map<String, String> place = new LinkedHashMap<>();
    if (!key.namespace().isEmpty()) {
      for (String label : key.namespace().split(",", -1)) {
        String[] parts = label.split("=", 2);
        place.put(parts[0], parts[1]);
      }
    }
    return place;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    String driver = key.name();
    if (key.resource().equals(Kinds.CSI_DRIVERS)) {
      Set<Map<String, String>> places = new HashSet<>(means.answers().places(driver));
      places.addAll(means.reach().questions(driver).keySet());
      places.forEach(place -> queue.add(key(driver, place)));
      return Outcome.DONE;
    }
    Map<String, String> place = place(key);
    Set<Map<String, String>> about =
        means.drivers().room(driver)
            ? means.reach().questions(driver).getOrDefault(place, Set.of())
            : Set.of();
    means.answers().keep(driver, place, about);
    return about.isEmpty() ? Outcome.DONE : ask(driver, place, about);
  }

  private Outcome ask(String driver, Map<String, String> place, Set<Map<String, String>> about) {
    Instant now = means.timers().now();
    Duration next = PERIOD;
    Set<Question> due = new HashSet<>();
    for (Map<String, String> parameters : about) {
      Question question = new Question(driver, parameters, place);
      Duration rest = means.answers().rest(question, now);
      if (!rest.isPositive()) {
        due.add(question);
      } else if (rest.compareTo(next) < 0) {
        next = rest;
      }
    }
    if (due.isEmpty()) {
      return Outcome.requeueAfter(next);
    }
    return switch (means.sites().in(driver, place)) {
      case Sites.Found.None(Answer.Failed why) -> new Outcome.Retry(why.words());
      case Sites.Found.At(Site site) -> ask(site, due, next);
    };
  }

  /** What a driver said before stays while it does not answer. */
  private Outcome ask(Site site, Set<Question> due, Duration next) {
    for (Question question : due) {
      Answer answer =
          site.can("GET_CAPACITY")
              ? site.call("GetCapacity", question.request())
              : new Answer.Failed("UNIMPLEMENTED", "it has no GET_CAPACITY");
      switch (answer) {
        case Answer.Ok(var response) -> take(question, Room.of(response));
        case Answer.Failed why when why.isFinal() -> {
          LOG.debug("{} does not tell its room: {}", site.driver(), why.words());
          take(question, Room.UNTOLD);
        }
        case Answer.Failed why -> {
          return new Outcome.Retry(why.words());
        }
      }
    }
    return Outcome.requeueAfter(next);
  }

  private void take(Question question, Room room) {
    if (means.answers().take(question, room, means.timers().now())) {
      news.accept(question);
    }
  }
}
