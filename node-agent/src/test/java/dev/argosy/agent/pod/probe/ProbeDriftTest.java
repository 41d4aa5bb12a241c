package dev.argosy.agent.pod.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Probes in a time that is moved by hand. */
final class ProbeDriftTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualTimers timers = new ManualTimers(START);
  private final Random random = new Random(7);
  private final Map<String, List<Instant>> asked = new HashMap<>();
  private final Map<String, Boolean> ready = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Duration longestAnswer = Duration.ZERO;
  private boolean well = true;

  private final ProbeListener listener =
      new ProbeListener() {
        @Override
        public void ready(String containerId, boolean now) {
          ready.put(containerId, now);
        }

        @Override
        public void started(String containerId) {
          told.add("started " + containerId);
        }

        @Override
        public void unhealthy(String containerId, String why, @Nullable Duration grace) {
          told.add("unhealthy " + containerId + " " + (grace == null ? "" : grace.toSeconds()));
        }

        @Override
        public void failed(String container, String kind, String why) {}
      };

  private ContainerProbes probes() {
    return new ContainerProbes(
        new ProbeMeans(
            (kind, probe, subject) -> {
              asked.computeIfAbsent(subject.id(), i -> new ArrayList<>()).add(timers.now());
              return well ? Optional.empty() : Optional.of("no");
            },
            timers,
            task -> {
              long millis = longestAnswer.toMillis();
              timers.after(Duration.ofMillis(millis == 0 ? 0 : random.nextLong(millis)), task);
            },
            random),
        listener);
  }

  private static ContainerView view(String probes) {
    String json =
        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",%s}]}}"
            .formatted(probes);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)))
        .containers()
        .getFirst();
  }

  private static Container running(String id, Instant since) {
    return new Container(
        id,
        id,
        Map.of("name", "c"),
        "i",
        "i",
        ContainerSpec.Limits.NONE,
        false,
        new Container.Running(since, 1));
  }

  private void follow(ContainerProbes probes, String view, Container... running) {
    probes.follow(List.of(view(view)), List.of(running), Set.of(), "10.0.0.1", "name");
  }

  @Test
  void aClockThatWasSetBackHoldsNoProbeUp() {
    ContainerProbes probes = probes();
    follow(
        probes,
        "\"readinessProbe\":{\"exec\":{},\"initialDelaySeconds\":2,\"periodSeconds\":5}",
        running("c", START.plus(Duration.ofHours(3))));
    timers.advance(Duration.ofSeconds(3));
    assertThat(asked.get("c")).containsExactly(START.plusSeconds(2));
    probes.close();
  }

  @Test
  void aThousandProbesKeepTheirTimesHoweverLongAnswersTake() {
    longestAnswer = Duration.ofMillis(900);
    List<ContainerProbes> pods = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ContainerProbes probes = probes();
      int period = 1 + i % 10;
      Instant since = START.minusMillis(i % 997);
      follow(
          probes,
          "\"readinessProbe\":{\"exec\":{},\"initialDelaySeconds\":2,\"periodSeconds\":%d}"
              .formatted(period),
          running("c" + i, since));
      pods.add(probes);
    }
    timers.advance(Duration.ofMinutes(10));
    for (int i = 0; i < 1000; i++) {
      int period = 1 + i % 10;
      Instant first = START.minusMillis(i % 997).plusSeconds(2);
      List<Instant> times = asked.getOrDefault("c" + i, List.of());
      assertThat(times.size()).as("asked of %d", i).isBetween(598 / period - 1, 600 / period + 1);
      for (Instant time : times) {
        long late = Duration.between(first, time).toMillis() % (period * 1000L);
        assertThat(late).as("late").isLessThan(900);
      }
    }
    pods.forEach(ContainerProbes::close);
    asked.clear();
    timers.advance(Duration.ofSeconds(30));
    assertThat(asked).isEmpty();
  }

  @Test
  void timesThatPassDuringAnAnswerAreLeftOut() {
    ContainerProbes probes =
        new ContainerProbes(
            new ProbeMeans(
                (kind, probe, subject) -> {
                  asked.computeIfAbsent(subject.id(), i -> new ArrayList<>()).add(timers.now());
                  return Optional.empty();
                },
                timers,
                task -> timers.after(Duration.ofMillis(2500), task),
                random),
            listener);
    follow(probes, "\"livenessProbe\":{\"exec\":{},\"periodSeconds\":1}", running("c", START));
    timers.advance(Duration.ofSeconds(12));
    assertThat(asked.getOrDefault("c", List.of()))
        .extracting(t -> Duration.between(START, t).toMillis())
        .containsExactly(2500L, 5500L, 8500L, 11500L);
  }

  @Test
  void takenOverContainersAreNotAskedAllAtOnce() {
    for (int i = 0; i < 100; i++) {
      follow(
          probes(),
          "\"livenessProbe\":{\"exec\":{},\"periodSeconds\":10}",
          running("c" + i, START.minusSeconds(3600)));
    }
    timers.advance(Duration.ofSeconds(2));
    assertThat(asked.size()).isBetween(5, 40);
    timers.advance(Duration.ofSeconds(8));
    assertThat(asked).hasSize(100);
  }

  @Test
  void thresholdsDecideAndStartupGoesFirst() {
    ContainerProbes probes = probes();
    well = false;
    follow(
        probes,
        """
        "startupProbe":{"exec":{},"periodSeconds":1,"failureThreshold":5},
        "livenessProbe":{"exec":{},"periodSeconds":1,"failureThreshold":2,
          "terminationGracePeriodSeconds":7},
        "readinessProbe":{"exec":{},"periodSeconds":1,"successThreshold":3}
        """,
        running("c", START));
    timers.advance(Duration.ofSeconds(3));
    assertThat(told).isEmpty();
    well = true;
    timers.advance(Duration.ofMillis(1500));
    assertThat(told).containsExactly("started c");
    assertThat(ready).as("two of three").isEmpty();
    timers.advance(Duration.ofSeconds(3));
    assertThat(ready).containsEntry("c", true);
    well = false;
    timers.advance(Duration.ofSeconds(1));
    assertThat(told).hasSize(1);
    timers.advance(Duration.ofSeconds(1));
    assertThat(told).containsExactly("started c", "unhealthy c 7");
    timers.advance(Duration.ofSeconds(2));
    assertThat(ready).containsEntry("c", false);
    assertThat(told).as("told once").hasSize(2);
  }

  @Test
  void anEndingPodIsAskedOnlyWhetherItIsReady() {
    ContainerProbes probes = probes();
    follow(
        probes,
        """
        "livenessProbe":{"exec":{},"periodSeconds":1,"failureThreshold":1},
        "readinessProbe":{"exec":{},"periodSeconds":1,"failureThreshold":1}
        """,
        running("c", START));
    timers.advance(Duration.ofSeconds(2));
    probes.onlyReadiness();
    well = false;
    timers.advance(Duration.ofSeconds(3));
    assertThat(told).containsExactly("started c");
    assertThat(ready).containsEntry("c", false);
  }
}
