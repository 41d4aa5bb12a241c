package dev.argosy.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What two rules both allow is exactly what their overlap allows. */
class OverlapTest {

  private static final List<String> VERBS = List.of("get", "list", "create");
  private static final List<String> GROUPS = List.of("", "apps");
  private static final List<String> RESOURCES = List.of("pods", "pods/log", "nodes", "nodes/log");
  private static final List<String> NAMES = List.of("a", "b");
  private static final List<String> PATHS = List.of("/api", "/apis/apps", "/healthz");

  @Property(tries = 2000)
  void allowsWhatBothAllow(
      @ForAll("rules") PolicyRule one,
      @ForAll("rules") PolicyRule other,
      @ForAll("questions") Attributes asked) {
    Optional<PolicyRule> overlap = Overlap.of(one, other);
    assertThat(overlap.filter(rule -> rule.allows(asked)).isPresent())
        .as("%s and %s", one, other)
        .isEqualTo(one.allows(asked) && other.allows(asked));
  }

  @Provide
  Arbitrary<PolicyRule> rules() {
    return Combinators.combine(
            some(VERBS, "*"),
            some(GROUPS, "*"),
            some(RESOURCES, "*", "*/log"),
            Arbitraries.of(NAMES).list().uniqueElements().ofMaxSize(2),
            some(PATHS, "*", "/api*"))
        .as(PolicyRule::new);
  }

  private static Arbitrary<List<String>> some(List<String> of, String... more) {
    return Arbitraries.oneOf(Arbitraries.of(of), Arbitraries.of(more))
        .list()
        .uniqueElements()
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<Attributes> questions() {
    UserInfo user = new UserInfo("kim", "", List.of(), Map.of());
    Arbitrary<Attributes> ofResources =
        Combinators.combine(
                Arbitraries.of(VERBS),
                Arbitraries.of(GROUPS),
                Arbitraries.of(RESOURCES),
                Arbitraries.of("", "a", "b", "c"))
            .as((verb, group, resource, name) -> {
              String[] parts = resource.split("/");
              return new Attributes(
                  user,
                  "acme",
                  verb,
                  group,
                  "v1",
                  parts[0],
                  parts.length > 1 ? parts[1] : "",
                  "",
                  name,
                  "");
            });
    Arbitrary<Attributes> ofPaths =
        Combinators.combine(Arbitraries.of(VERBS), Arbitraries.of(PATHS))
            .as((verb, path) -> new Attributes(user, "acme", verb, "", "", "", "", "", "", path));
    return Arbitraries.oneOf(ofResources, ofPaths);
  }
}
