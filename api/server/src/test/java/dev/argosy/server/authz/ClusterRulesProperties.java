package dev.argosy.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.selector.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Rules that took over changes one by one are those that are compiled from scratch. */
class ClusterRulesProperties {

  private static final BootstrapRbac BOOTSTRAP = BootstrapRbac.load();
  private static final List<String> NAMESPACES = List.of("", "a", "b");
  private static final List<String> NAMES = List.of("x", "y", "view", "admin", "cluster-admin");
  private static final List<String> SUBJECTS = List.of("U:u", "U:v", "G:g", "G:system:masters");
  private static final String COLLECTED = "rbac.authorization.k8s.io/aggregate-to-edit";

  /** What is now at a place; neither if it was deleted. */
  private record Change(
      boolean ofRole, Place place, @Nullable Role role, @Nullable Binding bound) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Place> places =
        Combinators.combine(Arbitraries.of(NAMESPACES), Arbitraries.of(NAMES)).as(Place::new);
    Arbitrary<Change> roles =
        Combinators.combine(places, Arbitraries.integers().between(0, 6))
            .as((place, form) -> new Change(true, place, role(place, form), null));
    Arbitrary<Change> bindings =
        Combinators.combine(
                places,
                Arbitraries.of(NAMES),
                Arbitraries.of(SUBJECTS).list().ofMaxSize(3),
                Arbitraries.integers().between(0, 2))
            .as((place, name, subjects, form) ->
                new Change(false, place, null, binding(place, name, subjects, form)));
    return Arbitraries.oneOf(roles, bindings).list().ofMaxSize(40);
  }

  private static @Nullable Role role(Place place, int form) {
    List<PolicyRule> rules =
        List.of(PolicyRule.resources(List.of("get"), List.of(""), List.of("r" + form)));
    Map<String, String> labels =
        form % 2 == 0 ? Map.of(COLLECTED, "true") : Map.of("collect", "x" + form);
    boolean collects = place.namespace().isEmpty() && form > 4;
    List<LabelSelector> selectors =
        collects
            ? List.of(LabelSelector.parse("collect=x3"), LabelSelector.parse(COLLECTED + "=true"))
            : List.of();
    return form == 0
        ? null
        : new Role(
            place.namespace(), place.name(), labels, collects ? List.of() : rules, selectors);
  }

  private static @Nullable Binding binding(
      Place place, String role, List<String> subjects, int form) {
    RbacKind kind =
        form == 1 && !place.namespace().isEmpty() ? RbacKind.ROLE : RbacKind.CLUSTER_ROLE;
    return form == 0
        ? null
        : new Binding(place.namespace(), place.name(), kind, role, subjects, false);
  }

  @Property(tries = 300)
  void changesOneByOneComeToTheSame(@ForAll("changes") List<Change> changes) {
    ClusterRules kept = ClusterRules.compile(BOOTSTRAP, List.of(), List.of());
    Map<Place, Role> roles = new HashMap<>();
    Map<Place, Binding> bindings = new HashMap<>();
    for (Change change : changes) {
      if (change.ofRole()) {
        kept.role(change.place(), change.role());
        roles.compute(change.place(), (place, before) -> change.role());
      } else {
        kept.bind(change.place(), change.bound());
        bindings.compute(change.place(), (place, before) -> change.bound());
      }
    }
    ClusterRules anew = ClusterRules.compile(BOOTSTRAP, roles.values(), bindings.values());
    assertThat(told(kept)).isEqualTo(told(anew));
  }

  /** All that can be asked about what the changes are of. */
  private static Map<String, Object> told(ClusterRules rules) {
    Map<String, Object> told = new HashMap<>();
    for (String namespace : NAMESPACES) {
      for (String name : NAMES) {
        told.put("role " + namespace + "/" + name, rules.rulesOf(namespace, name));
      }
      told.put("role " + namespace + "/edit", rules.rulesOf(namespace, "edit"));
      for (String subject : SUBJECTS) {
        List<ClusterRules.Grant> grants = rules.inNamespace(subject, namespace);
        List<Optional<List<PolicyRule>>> given = grants.stream().map(rules::rulesOf).toList();
        told.put("grants of " + subject + " in " + namespace, List.of(grants, given));
      }
    }
    SUBJECTS.forEach(subject -> told.put("names " + subject, rules.names(subject)));
    told.put("aggregated", java.util.Set.copyOf(rules.aggregated()));
    return told;
  }
}
