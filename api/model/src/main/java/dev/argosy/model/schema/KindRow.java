package dev.argosy.model.schema;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.Strategy.Deletion;
import dev.argosy.model.schema.Strategy.Generation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of {@code kinds.tsv}.
 *
 * @param nameRule what names must look like; see {@code kinds.tsv}
 * @param served {@code all}, or {@code root}: only in the platform's own cluster
 */
record KindRow(
    ResourceType type,
    List<Subresource> subresources,
    Strategy strategy,
    String nameRule,
    String served) {

  private static final List<String> STANDARD =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> STATUS = List.of("get", "patch", "update");

  static KindRow parse(String line) {
    String[] c = line.split("\t", -1);
    if (c.length != 13) {
      throw new IllegalArgumentException("kinds.tsv: 13 columns expected: " + line);
    }
    String group = groupOf(c[0]);
    String version = versionOf(c[0]);
    List<Subresource> subresources =
        Arrays.stream(list(c[8], ";")).map(s -> subresource(s, group, version, c[3])).toList();
    ResourceType type =
        new ResourceType(
            group,
            version,
            c[1],
            c[2],
            c[3],
            c[4].equals("ns"),
            List.of(list(c[5], ",")),
            List.of(list(c[6], ",")),
            verbs(c[7]),
            subresources.stream().map(Subresource::name).collect(Collectors.toSet()));
    return new KindRow(type, subresources, strategy(c[9], List.of(list(c[10], ","))), c[11], c[12]);
  }

  Optional<String> deprecationWarning() {
    return switch (type.apiVersion() + "/" + type.kind()) {
      case "v1/ComponentStatus" -> Optional.of("v1 ComponentStatus is deprecated in v1.19+");
      case "v1/Endpoints" ->
          Optional.of(
              "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
      default -> Optional.empty();
    };
  }

  boolean servedIn(boolean root) {
    return switch (served) {
      case "all" -> true;
      case "root" -> root;
      case "tenants" -> !root;
      default -> throw new IllegalArgumentException("kinds.tsv: served " + served);
    };
  }

  static String groupOf(String groupVersion) {
    int slash = groupVersion.indexOf('/');
    return slash < 0 ? "" : groupVersion.substring(0, slash);
  }

  static String versionOf(String groupVersion) {
    return groupVersion.substring(groupVersion.indexOf('/') + 1);
  }

  private static Subresource subresource(
      String text, String group, String version, String kindOfParent) {
    int colon = text.lastIndexOf(':');
    List<String> verbs = verbs(text.substring(colon + 1));
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new Subresource(text.substring(0, colon), group, version, kindOfParent, verbs);
    }
    String body = text.substring(equals + 1, colon);
    int slash = body.lastIndexOf('/');
    String groupVersion = body.substring(0, slash);
    return new Subresource(
        text.substring(0, equals),
        groupOf(groupVersion),
        versionOf(groupVersion),
        body.substring(slash + 1),
        verbs);
  }

  private static Strategy strategy(String generation, List<String> flags) {
    Generation rule =
        switch (generation) {
          case "none" -> Generation.NONE;
          case "fixed" -> Generation.FIXED;
          case "spec" -> Generation.SPEC;
          case "spec+annotations" -> Generation.SPEC_AND_ANNOTATIONS;
          case "content" -> Generation.CONTENT;
          default -> throw new IllegalArgumentException("kinds.tsv: generation " + generation);
        };
    return new Strategy(
        flags.contains("create-on-update"),
        flags.contains("unconditional-update"),
        rule,
        flags.contains("keeps-status"),
        deletion(flags));
  }

  private static Deletion deletion(List<String> flags) {
    if (flags.contains("orphans")) {
      return Deletion.ORPHAN;
    }
    return flags.contains("alone") ? Deletion.ALONE : Deletion.BACKGROUND;
  }

  private static List<String> verbs(String text) {
    return switch (text) {
      case "std" -> STANDARD;
      case "read" -> READ;
      case "status" -> STATUS;
      default -> List.of(text.split(","));
    };
  }

  private static String[] list(String text, String separator) {
    return text.equals("-") ? new String[0] : text.split(separator);
  }
}
