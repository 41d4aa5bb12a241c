package dev.argosy.controllers.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.topology.ZoneShares.Allotment;
import dev.argosy.controllers.topology.ZoneShares.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page "Topology Aware Routing", sentence by sentence. */
class ZoneSharesTest {

  private static final ZoneShares TWO_TO_ONE = ZoneShares.of(Map.of("a", 4000L, "b", 2000L));

  @Test
  void a_zone_with_twice_the_processors_gets_twice_the_endpoints() {
    assertThat(counts(TWO_TO_ONE.allot(of("aaaaaabbb")))).isEqualTo(Map.of("a", 6L, "b", 3L));
    assertThat(counts(TWO_TO_ONE.allot(of("aaabbbbbb")))).isEqualTo(Map.of("a", 6L, "b", 3L));
    assertThat(zones(TWO_TO_ONE.allot(of("aaabbbbbb"))))
        .as("those in their own zone stay for it")
        .containsEntry("e0", "a")
        .containsEntry("e3", "b");
  }

  @Test
  void endpoints_in_zones_without_ready_nodes_are_for_others() {
    assertThat(counts(TWO_TO_ONE.allot(of("aaaccc")))).isEqualTo(Map.of("a", 4L, "b", 2L));
  }

  @Test
  void a_small_shift_changes_nothing() {
    List<Candidate> some = List.of(at("e0", "a", "a"), at("e1", "a", "b"), at("e2", "b", "a"));
    assertThat(zones(TWO_TO_ONE.allot(some))).isEqualTo(Map.of("e0", "a", "e1", "b", "e2", "a"));
  }

  @Test
  void a_zone_that_has_too_few_gets_more() {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(at("e" + i, "a", i < 3 ? "a" : "b"));
    }
    assertThat(counts(TWO_TO_ONE.allot(all)))
        .as("4 and 2 are due")
        .isEqualTo(Map.of("a", 4L, "b", 2L));
  }

  @Test
  void what_would_do_harm_is_refused_with_its_reason() {
    assertThat(why(ZoneShares.UNKNOWN.allot(of("ab"))))
        .isEqualTo(
            "Insufficient Node information: allocatable CPU or zone not specified on one or more"
                + " nodes");
    assertThat(why(ZoneShares.of(Map.of("a", 1L)).allot(of("ab"))))
        .isEqualTo("Nodes only ready in one zone");
    assertThat(why(TWO_TO_ONE.allot(of("a"))))
        .isEqualTo("Insufficient number of endpoints (1 endpoints, 2 zones)");
    ZoneShares even = ZoneShares.of(Map.of("a", 1L, "b", 1L));
    assertThat(why(even.allot(of("aab"))))
        .isEqualTo(
            "Unable to allocate minimum required endpoints to each zone without exceeding overload"
                + " threshold (3 endpoints, 2 zones)");
    assertThat(why(even.allot(List.of(at("x", "", ""), at("y", "b", "")))))
        .isEqualTo("One or more endpoints do not have a zone specified");
  }

  /** One in each of these zones. */
  private static List<Candidate> of(String zones) {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < zones.length(); i++) {
      all.add(at("e" + i, zones.substring(i, i + 1), ""));
    }
    return all;
  }

  private static Candidate at(String id, String zone, String before) {
    return new Candidate(id, zone, before);
  }

  private static String why(Allotment allotment) {
    return allotment instanceof Allotment.Refused(String why) ? why : allotment.toString();
  }

  private static Map<String, String> zones(Allotment allotment) {
    assertThat(allotment).isInstanceOf(Allotment.Zoned.class);
    return ((Allotment.Zoned) allotment).zones();
  }

  private static Map<String, Long> counts(Allotment allotment) {
    return zones(allotment).values().stream()
        .collect(Collectors.groupingBy(zone -> zone, Collectors.counting()));
  }
}
