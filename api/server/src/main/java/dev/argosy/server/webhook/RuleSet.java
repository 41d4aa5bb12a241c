package dev.argosy.server.webhook;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.admission.AdmissionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The {@code rules} of a webhook: which writes it wants to see. */
record RuleSet(List<Rule> rules) {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final String ANY = "*";

  RuleSet {
    rules = List.copyOf(rules);
  }

  /**
   * A rule.
   *
   * @param resources names, each with a subresource behind a slash if it is about one
   * @param scope {@code *}, {@code Namespaced} or {@code Cluster}
   */
  record Rule(
      Set<String> operations,
      Set<String> groups,
      Set<String> versions,
      Set<String> resources,
      String scope) {

    private static Rule of(JsonNode rule) {
      return new Rule(
          texts(rule.path("operations")),
          texts(rule.path("apiGroups")),
          texts(rule.path("apiVersions")),
          texts(rule.path("resources")),
          rule.path("scope").asString(ANY));
    }

    boolean matches(AdmissionRequest request, ResourceType type) {
      return scopeFits(request.target())
          && has(operations, request.operation().name())
          && has(groups, type.group())
          && has(versions, type.version())
          && resourceFits(type.resource(), request.target().subresource());
    }

    /** A namespace itself belongs to the cluster. */
    private boolean scopeFits(AdmissionRequest.Target target) {
      boolean inNamespace =
          !target.namespace().isEmpty() && !target.type().groupResource().equals(NAMESPACES);
      return switch (scope) {
        case "Namespaced" -> inNamespace;
        case "Cluster" -> !inNamespace;
        default -> true;
      };
    }

    private boolean resourceFits(String resource, String subresource) {
      for (String wanted : resources) {
        int slash = wanted.indexOf('/');
        String name = slash < 0 ? wanted : wanted.substring(0, slash);
        String part = slash < 0 ? "" : wanted.substring(slash + 1);
        if ((name.equals(ANY) || name.equals(resource))
            && (part.equals(ANY) || part.equals(subresource))) {
          return true;
        }
      }
      return false;
    }

    private static boolean has(Set<String> wanted, String value) {
      return wanted.contains(value) || wanted.contains(ANY);
    }

    private static Set<String> texts(JsonNode list) {
      Set<String> texts = new TreeSet<>();
      list.forEach(text -> texts.add(text.asString("")));
      return Set.copyOf(texts);
    }
  }

  static RuleSet of(JsonNode rules) {
    List<Rule> all = new ArrayList<>();
    rules.forEach(rule -> all.add(Rule.of(rule)));
    return new RuleSet(all);
  }

  /** Whether a write of that resource is meant. */
  boolean match(AdmissionRequest request, ResourceType type) {
    return rules.stream().anyMatch(rule -> rule.matches(request, type));
  }

  /** The first of other versions in which a write is meant; earlier rules are heard first. */
  Optional<KindSchema> firstMatch(AdmissionRequest request, List<KindSchema> others) {
    return rules.stream()
        .flatMap(rule -> others.stream().filter(kind -> rule.matches(request, kind.type())))
        .findFirst();
  }
}
