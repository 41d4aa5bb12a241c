package dev.argosy.agent.use;

import dev.argosy.model.object.Json;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.PodUse;
import dev.argosy.model.use.UseReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The last counters of every instance: of those that live, and of those that ended until a server
 * has kept them. Written to a file at each look, so that an agent that was killed still reports the
 * last counters of what ended meanwhile. Belongs to one thread.
 */
final class UseBook {

  private static final Logger LOG = LoggerFactory.getLogger(UseBook.class);

  /** Servers take nothing older; see {@code docs/METERING.md}. */
  private static final Duration LONGEST = Duration.ofDays(6);

  private static final int MOST = 20_000;

  private final Path file;
  private final Map<String, Seen> known = new LinkedHashMap<>();
  private Optional<Sample> newest = Optional.empty();
  private boolean writable = true;

  /** The file's form. */
  private record Written(List<Seen> known) {}

  private UseBook(Path file) {
    this.file = file;
  }

  /** The book in a file, which need not be there. */
  static UseBook open(Path file) {
    UseBook book = new UseBook(file);
    if (Files.exists(file)) {
      try {
        Json.mapper()
            .readValue(Files.readAllBytes(file), Written.class)
            .known()
            .forEach(seen -> book.known.put(seen.id(), seen));
      } catch (IOException | JacksonException | NullPointerException e) {
        LOG.warn("{} cannot be read; what ended while this agent was away is not reported", file);
      }
    }
    return book;
  }

  /** Takes a look down; what is not in it has ended. */
  void write(Sample sample) {
    newest = Optional.of(sample);
    Set<String> live = sample.live().stream().map(Seen::id).collect(Collectors.toSet());
    known.replaceAll((id, seen) -> live.contains(id) || seen.ended() ? seen : seen.end());
    sample.live().forEach(seen -> known.put(seen.id(), seen));
    known.values().removeIf(seen -> seen.ended() && tooOld(seen, sample));
    while (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
    save();
  }

  private static boolean tooOld(Seen seen, Sample sample) {
    return seen.report(sample.when()).moment().seenAgo() > LONGEST.toMillis();
  }

  /** All of it; empty before the first look. */
  Optional<UseReport> report() {
    return newest.map(sample -> {
      Map<PodRef, List<InstanceUse>> pods = new LinkedHashMap<>();
      for (Seen seen : known.values()) {
        pods.computeIfAbsent(seen.pod(), pod -> new ArrayList<>()).add(seen.report(sample.when()));
      }
      return new UseReport(
          sample.when().boot(),
          sample.when().uptime(),
          sample.machine(),
          pods.entrySet().stream().map(pod -> new PodUse(pod.getKey(), pod.getValue())).toList());
    });
  }

  /** A server has kept all that a report said: what ended in it is over. */
  void kept(UseReport report) {
    for (PodUse pod : report.pods()) {
      for (InstanceUse instance : pod.instances()) {
        if (instance.moment().ended()) {
          known.remove(instance.id());
        }
      }
    }
    save();
  }

  private void save() {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, Json.mapper().writeValueAsBytes(new Written(List.copyOf(known.values()))));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      writable = true;
    } catch (IOException e) {
      if (writable) { // it is tried again at each look
        LOG.warn("what pods use cannot be written down: {}", e.toString());
      }
      writable = false;
    }
  }
}
