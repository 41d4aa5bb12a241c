package dev.argosy.controllers.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.topology.ZoneShares.Allotment;
import dev.argosy.controllers.topology.ZoneShares.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the zones have and wherever the endpoints are. */
class ZoneSharesProperties {

  @Property(tries = 1000)
  void nobody_gets_a_fifth_too_much_and_what_is_enough_stays(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 64) Integer> cpus,
      @ForAll @Size(max = 40) List<@IntRange(max = 6) Integer> places) {
    TreeMap<String, Long> zones = new TreeMap<>();
    for (int i = 0; i < cpus.size(); i++) {
      zones.put("z" + i, cpus.get(i).longValue());
    }
    ZoneShares shares = ZoneShares.of(zones);
    Allotment first = shares.allot(candidates(places, Map.of()));
    if (!(first instanceof Allotment.Zoned(Map<String, String> allotted))) {
      return;
    }
    assertThat(allotted).hasSize(places.size());
    Map<String, Integer> counts = new HashMap<>();
    allotted.values().forEach(zone -> counts.merge(zone, 1, Integer::sum));
    assertThat(counts.keySet()).isEqualTo(zones.keySet());
    double all = cpus.stream().mapToInt(Integer::intValue).sum();
    counts.forEach((zone, count) -> {
      double traffic = places.size() * zones.getOrDefault(zone, 0L) / all;
      assertThat(traffic / count).as(zone + " of " + counts).isLessThanOrEqualTo(1.2 + 1e-6);
    });
    assertThat(shares.allot(candidates(places, allotted))).isEqualTo(first);
  }

  private static List<Candidate> candidates(List<Integer> places, Map<String, String> before) {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      String id = "e" + i;
      all.add(new Candidate(id, "z" + places.get(i), before.getOrDefault(id, "")));
    }
    return all;
  }
}
