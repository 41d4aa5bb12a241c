package dev.argosy.model.managed;

import static dev.argosy.model.managed.Trees.CONFIG_MAP;
import static dev.argosy.model.managed.Trees.bare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApplicationProperties {

  @Provide
  Arbitrary<Map<String, String>> data() {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d", "e"), Arbitraries.of("1", "2"))
        .ofMinSize(1);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.of("a", "b", "c", "d", "e", "f").list().uniqueElements();
  }

  private static ObjectNode map(Map<String, String> data) {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap").putObject("metadata").put("name", "m");
    ObjectNode content = map.putObject("data");
    new TreeMap<>(data).forEach(content::put);
    return map;
  }

  private static ObjectNode apply(
      String manager, @Nullable ObjectNode live, Map<String, String> data) {
    return new Application(
            CONFIG_MAP.shape(), new Writer(manager, "v1", ""), map(data), true, Trees.NOON)
        .onto(live, Trees.OPEN);
  }

  private static Map<String, String> content(ObjectNode object) {
    Map<String, String> content = new HashMap<>();
    object.path("data").properties().forEach(e -> content.put(e.getKey(), e.getValue().asString()));
    return content;
  }

  @Property(tries = 200)
  void applyingTwiceIsApplyingOnce(
      @ForAll("data") Map<String, String> mine, @ForAll("data") Map<String, String> others) {
    ObjectNode live = apply("other", null, others);
    ObjectNode once = apply("me", live, mine);
    assertThat(apply("me", once, mine)).isEqualTo(once);
  }

  @Property(tries = 200)
  void applyingLessRemovesJustWhatOneOwnedAlone(
      @ForAll("data") Map<String, String> others,
      @ForAll("data") Map<String, String> mine,
      @ForAll("data") Map<String, String> less) {
    ObjectNode live = apply("me", apply("other", null, others), mine);
    Map<String, String> expected = new HashMap<>(others);
    mine.forEach((key, value) -> {
      boolean shared = value.equals(others.get(key));
      if (!shared) {
        expected.remove(key);
      }
    });
    expected.putAll(less);
    assertThat(content(apply("me", live, less))).isEqualTo(expected);
  }

  @Property(tries = 200)
  void ownersOfASameFieldAgreeOnItsValue(
      @ForAll("data") Map<String, String> first,
      @ForAll("data") Map<String, String> second,
      @ForAll("data") Map<String, String> third) {
    ObjectNode live = apply("c", apply("b", apply("a", null, first), second), third);
    assertThat(content(live)).containsAllEntriesOf(third);
    ManagedEntries entries = ManagedEntries.read(live.path("metadata").get("managedFields"));
    live.path("data")
        .propertyNames()
        .forEach(key ->
            assertThat(entries.owned().paths()).as("somebody owns it").contains(".data." + key));
  }

  @Property(tries = 200)
  void appliedElementsComeInAppliedOrderAndOthersStay(
      @ForAll("names") List<String> live, @ForAll("names") List<String> applied) {
    ObjectNode merged = pod(live);
    Merging.merge(Trees.POD.shape(), merged, pod(applied));
    List<String> names = names(merged);
    assertThat(names).doesNotHaveDuplicates().containsAll(live).containsAll(applied);
    assertThat(names.stream().filter(applied::contains).toList()).isEqualTo(applied);
    assertThat(names.stream().filter(n -> !applied.contains(n)).toList())
        .isEqualTo(live.stream().filter(n -> !applied.contains(n)).toList());
  }

  private static ObjectNode pod(List<String> names) {
    ObjectNode pod = Json.object();
    var containers = pod.putObject("spec").putArray("containers");
    names.forEach(name -> containers.addObject().put("name", name));
    return pod;
  }

  private static List<String> names(ObjectNode pod) {
    return pod.path("spec")
        .path("containers")
        .valueStream()
        .map(c -> c.path("name").asString())
        .toList();
  }

  @Property(tries = 200)
  void updatesGiveEveryFieldOneUpdaterAtMost(
      @ForAll("data") Map<String, String> first, @ForAll("data") Map<String, String> second) {
    ObjectNode live = map(first);
    FieldTracking.created(CONFIG_MAP.shape(), new Writer("a", "v1", ""), live, Trees.NOON);
    ObjectNode next = map(second);
    FieldTracking.updated(
        CONFIG_MAP.shape(), new Writer("b", "v1", ""), live, next, Trees.NOON.plusSeconds(1));
    assertThat(bare(next)).isEqualTo(map(second));
    JsonNode written = next.path("metadata").path("managedFields");
    Map<String, Integer> owners = new HashMap<>();
    for (ManagedEntry entry : ManagedEntries.read(written).all()) {
      entry.fields().paths().forEach(path -> owners.merge(path, 1, Integer::sum));
    }
    assertThat(owners.values()).allMatch(count -> count == 1);
    second.keySet().forEach(key -> assertThat(owners).containsKey(".data." + key));
    assertThat(owners.keySet().stream().filter(p -> p.startsWith(".data."))).hasSize(second.size());
  }
}
