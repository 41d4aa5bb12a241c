package dev.argosy.controllers.csi.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What drivers said last. Any thread. */
final class Answers {

  /** So long nobody is asked the same again, whatever happens. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private record Answer(Room room, Instant asked) {}

  private final Map<Question, Answer> all = new ConcurrentHashMap<>();

  /** Empty if it was not asked yet. */
  Optional<Room> of(Question question) {
    return Optional.ofNullable(all.get(question)).map(Answer::room);
  }

  /** How long it is not to be asked; nothing or less if it may be now. */
  Duration rest(Question question, Instant now) {
    Answer answer = all.get(question);
    return answer == null ? Duration.ZERO : FRESH.minus(Duration.between(answer.asked(), now));
  }

  /** Whether that is news. */
  boolean take(Question question, Room room, Instant now) {
    Answer before = all.put(question, new Answer(room, now));
    return before == null || !before.room().equals(room);
  }

  /** Of a driver and a place all are forgotten but those about these parameters. */
  void keep(String driver, Map<String, String> place, Set<Map<String, String>> parameters) {
    all.keySet()
        .removeIf(question ->
            question.driver().equals(driver)
                && question.place().equals(place)
                && !parameters.contains(question.parameters()));
  }

  /** Of which places a driver was asked. */
  Set<Map<String, String>> places(String driver) {
    return all.keySet().stream()
        .filter(question -> question.driver().equals(driver))
        .map(Question::place)
        .collect(Collectors.toSet());
  }
}
