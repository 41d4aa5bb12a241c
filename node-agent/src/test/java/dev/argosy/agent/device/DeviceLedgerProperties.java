package dev.argosy.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.device.DeviceLedger.Held;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes and goes, no device has two pods, and nobody gets fewer than it asked for. */
final class DeviceLedgerProperties {

  private static final String RESOURCE = "a.com/x";
  private static final Set<String> ALL = Set.of("a", "b", "c", "d", "e", "f");

  record Step(int pod, int wanted, Set<String> ill, List<String> preferred, boolean goes) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(ALL).set().ofMaxSize(3),
            Arbitraries.of(ALL).list().ofMaxSize(4),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 300)
  void noDeviceIsGivenTwice(@ForAll("steps") List<Step> steps) {
    DeviceLedger ledger = DeviceLedger.EMPTY;
    for (Step step : steps) {
      String uid = "u" + step.pod();
      if (step.goes()) {
        ledger = ledger.without(uid);
      } else if (ledger.taken(uid, "c", RESOURCE).isEmpty()) {
        Set<String> healthy = new HashSet<>(ALL);
        healthy.removeAll(step.ill());
        Set<String> free = new HashSet<>(healthy);
        free.removeAll(ledger.taken(RESOURCE));
        Optional<Set<String>> chosen =
            DeviceChoice.of(step.wanted(), free, Set.of(), step.preferred(), Set.of());
        assertThat(chosen.isPresent()).isEqualTo(free.size() >= step.wanted());
        if (chosen.isPresent()) {
          assertThat(chosen.get()).hasSize(step.wanted()).isSubsetOf(healthy);
          ledger = ledger.with(uid, "c", RESOURCE, new Held(chosen.get(), Optional.empty()));
        }
      }
      Map<String, String> owner = new HashMap<>();
      for (String pod : ledger.pods()) {
        for (String id : ledger.taken(pod, "c", RESOURCE)) {
          assertThat(owner.put(id, pod)).as("device %s", id).isNull();
        }
      }
    }
  }

  @Property(tries = 200)
  void whatAnInitContainerLeftComesFirstThenWhatThePluginPrefers(
      @ForAll("steps") List<Step> steps) {
    for (Step step : steps) {
      Set<String> left = step.ill();
      Set<String> free = new HashSet<>(ALL);
      free.removeAll(left);
      Set<String> chosen =
          DeviceChoice.of(step.wanted(), free, left, step.preferred(), Set.of()).orElseThrow();
      long reused = chosen.stream().filter(left::contains).count();
      assertThat(reused).isEqualTo(Math.min(step.wanted(), left.size()));
      Set<String> liked = new HashSet<>(step.preferred());
      liked.retainAll(free);
      long preferred = chosen.stream().filter(liked::contains).count();
      assertThat(preferred).isEqualTo(Math.min(step.wanted() - reused, liked.size()));
    }
  }
}
