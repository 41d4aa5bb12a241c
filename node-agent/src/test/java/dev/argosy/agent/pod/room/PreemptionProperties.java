package dev.argosy.agent.pod.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A critical pod gets its place if it can, by no pod more than needed. */
final class PreemptionProperties {

  private static final long CAPACITY = 4000;

  private static PodView pod(int number, long cpu, boolean critical) {
    String json =
        """
        {"metadata":{"name":"p%d","uid":"u%d"},"spec":{"priority":%d,"containers":[
          {"name":"c","resources":{"requests":{"cpu":"%dm"}}}]}}
        """
            .formatted(number, number, critical ? 2_000_000_000L : number, cpu);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p" + number);
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Property(tries = 300)
  void thoseWhoGoMakeRoomAndEachOfThemMust(
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 1500) Integer> requests,
      @ForAll @IntRange(min = 1, max = 5000) int wanted,
      @ForAll @IntRange(min = 0, max = 255) int criticals) {
    List<Taken> taken = new ArrayList<>();
    long used = 0;
    long movable = 0;
    for (int i = 0; i < requests.size() && used + requests.get(i) <= CAPACITY; i++) {
      boolean critical = (criticals >> i & 1) == 1;
      PodView pod = pod(i, requests.get(i), critical);
      taken.add(new Taken(pod, Demand.of(pod)));
      used += requests.get(i);
      movable += critical ? 0 : requests.get(i);
    }
    List<Shortage> shortages =
        Shortage.of(
            new Demand(Map.of("cpu", (long) wanted)),
            new Demand(Map.of("cpu", used)),
            Map.of("cpu", CAPACITY));
    assertThat(shortages.isEmpty()).isEqualTo(used + wanted <= CAPACITY);
    Optional<List<Taken>> victims = Preemption.victims(shortages, taken);
    assertThat(victims.isPresent())
        .isEqualTo(used - movable + wanted <= CAPACITY || shortages.isEmpty());
    List<Taken> chosen = new ArrayList<>(victims.orElse(List.of()));
    assertThat(chosen).noneMatch(one -> one.pod().critical());
    long freed = chosen.stream().mapToLong(p -> p.demand().of("cpu")).sum();
    if (victims.isPresent()) {
      assertThat(used - freed + wanted).isLessThanOrEqualTo(CAPACITY);
      for (Taken one : chosen) {
        assertThat(used - freed + one.demand().of("cpu") + wanted)
            .as("%s need not go", one)
            .isGreaterThan(CAPACITY);
      }
    }
  }
}
