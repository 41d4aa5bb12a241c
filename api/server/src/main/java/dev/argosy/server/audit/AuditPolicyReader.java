package dev.argosy.server.audit;

import dev.argosy.model.status.StatusException;
import dev.argosy.server.audit.AuditPolicy.AuditRule;
import dev.argosy.server.audit.AuditPolicy.Decision;
import dev.argosy.server.audit.AuditPolicy.OfGroup;
import dev.argosy.server.audit.AuditPolicy.Resources;
import dev.argosy.server.request.YamlBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads a {@code Policy} of {@code audit.k8s.io/v1}, as YAML or JSON. */
final class AuditPolicyReader {

  private static final String DEFAULT = "default-policy.yaml";
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Set<String> POLICY =
      Set.of("apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields");
  private static final Set<String> RULE =
      Set.of(
          "level",
          "users",
          "userGroups",
          "verbs",
          "resources",
          "namespaces",
          "nonResourceURLs",
          "omitStages",
          "omitManagedFields");
  private static final Set<String> GROUP = Set.of("group", "resources", "resourceNames");

  private final String source;

  private AuditPolicyReader(String source) {
    this.source = source;
  }

  /** The policy that comes with the server. */
  static AuditPolicy byDefault() {
    try (InputStream in = AuditPolicyReader.class.getResourceAsStream(DEFAULT)) {
      return new AuditPolicyReader(DEFAULT).policy(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(DEFAULT, e);
    }
  }

  /**
   * The policy in a file.
   *
   * @throws IllegalArgumentException if it cannot be read or is no policy; names file and place
   */
  static AuditPolicy read(Path file) {
    try {
      return new AuditPolicyReader(file.toString()).policy(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("argosy.audit.policy: cannot read " + file, e);
    }
  }

  private AuditPolicy policy(byte[] yaml) {
    JsonNode tree;
    try {
      tree = new YamlBody(MAX_BYTES).decode(yaml).tree();
    } catch (StatusException e) {
      throw wrong("", e.status().message());
    }
    if (!tree.path("kind").asString("").equals("Policy")
        || !tree.path("apiVersion").asString("").equals("audit.k8s.io/v1")) {
      throw wrong("", "must be a Policy of audit.k8s.io/v1");
    }
    requireKnown(tree, POLICY, "");
    Set<AuditStage> omitted = stages(tree.path("omitStages"), "omitStages");
    boolean slim = tree.path("omitManagedFields").asBoolean(false);
    List<AuditRule> rules = new ArrayList<>();
    for (JsonNode rule : tree.path("rules")) {
      rules.add(rule(rule, "rules[" + rules.size() + "]", omitted, slim));
    }
    if (rules.isEmpty()) {
      throw wrong("rules", "must have at least one rule");
    }
    return new AuditPolicy(rules);
  }

  private AuditRule rule(JsonNode rule, String at, Set<AuditStage> alsoOmitted, boolean slim) {
    requireKnown(rule, RULE, at);
    boolean resources = !rule.path("resources").isEmpty() || !rule.path("namespaces").isEmpty();
    List<String> paths = List.copyOf(texts(rule.path("nonResourceURLs")));
    if (resources && !paths.isEmpty()) {
      throw wrong(at, "rules cannot apply to both regular resources and non-resource URLs");
    }
    paths.forEach(path -> requirePath(path, at));
    Set<AuditStage> omitted = stages(rule.path("omitStages"), at + ".omitStages");
    omitted.addAll(alsoOmitted);
    return new AuditRule(
        new Decision(level(rule, at), omitted, rule.path("omitManagedFields").asBoolean(slim)),
        new AuditRule.Who(texts(rule.path("users")), texts(rule.path("userGroups"))),
        texts(rule.path("verbs")),
        resources ? Optional.of(resources(rule, at)) : Optional.empty(),
        paths);
  }

  private void requirePath(String path, String at) {
    int star = path.indexOf('*');
    if (!path.equals("*") && !path.startsWith("/") || star >= 0 && star != path.length() - 1) {
      throw wrong(
          at + ".nonResourceURLs",
          "\"" + path + "\" must begin with a slash, and have a * at its end only");
    }
  }

  private Resources resources(JsonNode rule, String at) {
    List<OfGroup> groups = new ArrayList<>();
    for (JsonNode group : rule.path("resources")) {
      requireKnown(group, GROUP, at + ".resources");
      Set<String> resources = texts(group.path("resources"));
      Set<String> names = texts(group.path("resourceNames"));
      if (resources.isEmpty() && !names.isEmpty()) {
        throw wrong(at + ".resources", "using resourceNames requires at least one resource");
      }
      groups.add(new OfGroup(group.path("group").asString(""), resources, names));
    }
    return new Resources(texts(rule.path("namespaces")), groups);
  }

  private AuditLevel level(JsonNode rule, String at) {
    String text = rule.path("level").asString("");
    return Stream.of(AuditLevel.values())
        .filter(level -> level.text().equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(at + ".level", "\"" + text + "\" is no level"));
  }

  private Set<AuditStage> stages(JsonNode list, String at) {
    Set<AuditStage> stages = EnumSet.noneOf(AuditStage.class);
    for (String text : texts(list)) {
      stages.add(
          Stream.of(AuditStage.values())
              .filter(stage -> stage.text().equals(text))
              .findFirst()
              .orElseThrow(() -> wrong(at, "\"" + text + "\" is no stage")));
    }
    return stages;
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(entry -> texts.add(entry.asString("")));
    return texts;
  }

  /** A field that was mistyped would silently keep less than was meant. */
  private void requireKnown(JsonNode object, Set<String> known, String at) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong(at, "unknown field \"" + name + "\"");
      }
    }
  }

  private IllegalArgumentException wrong(String at, String why) {
    return new IllegalArgumentException(
        "argosy.audit.policy: " + source + (at.isEmpty() ? "" : ": " + at) + ": " + why);
  }
}
