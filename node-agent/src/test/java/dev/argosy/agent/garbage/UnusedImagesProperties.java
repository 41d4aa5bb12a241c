package dev.argosy.agent.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.spi.ImageStore.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever images there are: which of them go, and which never do. */
final class UnusedImagesProperties {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** How an image stands. */
  record Case(
      int number, long bytes, boolean used, boolean wanted, boolean named, int idle, int age) {
    String name() {
      return "docker.io/library/i" + number + ":latest";
    }
  }

  @Property(tries = 300)
  void onlyWhatNobodyNeedsGoesTheLongestUnusedFirstAndNoMoreThanAsked(
      @ForAll("cases") List<Case> cases, @ForAll("bytes") long bytes) {
    List<Image> chosen = look(cases).free(bytes, GarbageSettings.DEFAULT, NOW);
    Map<String, Case> byId = new HashMap<>();
    cases.forEach(one -> byId.put("sha256:" + one.number(), one));
    for (Image image : chosen) {
      Case one = Objects.requireNonNull(byId.get(image.id()));
      assertThat(one.used() || one.wanted() || !one.named()).isFalse();
      assertThat(one.age()).isGreaterThanOrEqualTo(120);
    }
    long removable =
        cases.stream()
            .filter(c -> !c.used() && !c.wanted() && c.named() && c.age() >= 120)
            .mapToLong(Case::bytes)
            .sum();
    long freed = chosen.stream().mapToLong(Image::bytes).sum();
    assertThat(freed).isGreaterThanOrEqualTo(Math.min(bytes, removable));
    if (!chosen.isEmpty()) {
      assertThat(freed - chosen.getLast().bytes()).isLessThan(bytes);
    }
    List<Integer> idle =
        chosen.stream().map(i -> Objects.requireNonNull(byId.get(i.id())).idle()).toList();
    assertThat(idle).isSortedAccordingTo((a, b) -> b - a);
  }

  @Property(tries = 100)
  void whatIsUnusedForTooLongGoesHoweverEmptyTheDisk(@ForAll("cases") List<Case> cases) {
    GarbageSettings hourly =
        new GarbageSettings(85, 80, Duration.ofMinutes(2), Duration.ofHours(1));
    Set<String> gone = new HashSet<>();
    look(cases).expired(hourly, NOW).forEach(i -> gone.add(i.id()));
    for (Case one : cases) {
      boolean free = !one.used() && !one.wanted() && one.named() && one.age() >= 120;
      assertThat(gone.contains("sha256:" + one.number())).isEqualTo(free && one.idle() > 3600);
    }
    assertThat(look(cases).expired(GarbageSettings.DEFAULT, NOW)).isEmpty();
  }

  private static UnusedImages look(List<Case> cases) {
    Map<String, Instant> named = new HashMap<>();
    Map<String, Instant> seen = new HashMap<>();
    Set<String> used = new HashSet<>();
    Set<String> wanted = new HashSet<>();
    for (Case one : cases) {
      String id = "sha256:" + one.number();
      seen.put(id, NOW.minusSeconds(one.age()));
      if (one.used()) {
        used.add(id);
      }
      if (one.wanted()) {
        wanted.add(one.name());
      }
      if (one.named()) {
        named.put(one.name(), NOW.minusSeconds(one.idle()));
      }
    }
    List<Image> images =
        cases.stream()
            .map(c ->
                new Image(
                    "sha256:" + c.number(), List.of("i" + c.number() + ":latest"), c.bytes(), ""))
            .toList();
    return new UnusedImages(images, used, wanted, named, seen);
  }

  @Provide
  Arbitrary<Long> bytes() {
    return Arbitraries.longs().between(1, 3000);
  }

  @Provide
  Arbitrary<List<Case>> cases() {
    Arbitrary<Boolean> seldom = Arbitraries.of(true, false, false, false);
    return Combinators.combine(
            Arbitraries.integers().between(0, 99),
            Arbitraries.longs().between(1, 500),
            seldom,
            seldom,
            Arbitraries.of(true, true, false),
            Arbitraries.integers().between(0, 7200),
            Arbitraries.integers().between(0, 400))
        .as(Case::new)
        .list()
        .ofMaxSize(10)
        .uniqueElements(Case::number);
  }
}
