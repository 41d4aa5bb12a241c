package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever pod it is and whatever happens, the pod comes to rest, and rightly so. */
final class PodSettlesProperties {

  @Property(tries = 400)
  void everyPodSettles(
      @ForAll("shapes") PlayedPod.Shape shape,
      @ForAll("happenings") List<PlayedPod.Happening> happenings)
      throws Exception {
    PlayedPod pod = new PlayedPod(shape);
    for (PlayedPod.Happening happening : happenings) {
      pod.happens(happening);
      pod.round();
    }
    int rounds = 0;
    while (!pod.quiet()) {
      pod.round();
      assertThat(++rounds).as("rounds without rest: %s", pod).isLessThan(300);
    }
    pod.checkRest();
  }

  @Provide
  Arbitrary<PlayedPod.Shape> shapes() {
    return Combinators.combine(
            Arbitraries.of("Always", "OnFailure", "Never"),
            Arbitraries.of("", "", "Always", "OnFailure", "Never"),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2))
        .as(PlayedPod.Shape::new);
  }

  @Provide
  Arbitrary<List<PlayedPod.Happening>> happenings() {
    return Arbitraries.of(PlayedPod.Happening.class).list().ofMaxSize(40);
  }
}
