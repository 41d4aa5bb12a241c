package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A RoleBinding or ClusterRoleBinding.
 *
 * @param namespace empty for cluster role bindings
 * @param subjects {@code U:} and a user's name, or {@code G:} and a group's; service accounts by
 *     their user name
 */
record Binding(
    String namespace,
    String name,
    RbacKind roleKind,
    String role,
    List<String> subjects,
    boolean bootstrap) {

  static final String USER = "U:";
  static final String GROUP = "G:";
  static final String ACCOUNT = USER + "system:serviceaccount:";

  Binding {
    subjects = List.copyOf(subjects);
  }

  /** Reads a binding; empty if it names no role that there can be. */
  static Optional<Binding> of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode ref = tree.path("roleRef");
    String kind = ref.path("kind").asString("");
    boolean role = kind.equals("Role") && !object.namespace().isEmpty();
    if (!role && !kind.equals("ClusterRole")) {
      return Optional.empty();
    }
    List<String> subjects = subjects(tree, object.namespace());
    return Optional.of(
        new Binding(
            object.namespace(),
            object.name(),
            role ? RbacKind.ROLE : RbacKind.CLUSTER_ROLE,
            ref.path("name").asString(""),
            subjects,
            false));
  }

  /** Whom a binding in a namespace names. */
  static List<String> subjects(JsonNode binding, String namespace) {
    List<String> subjects = new ArrayList<>();
    for (JsonNode subject : binding.path("subjects")) {
      subject(subject, namespace).ifPresent(subjects::add);
    }
    return subjects;
  }

  private static Optional<String> subject(JsonNode subject, String namespace) {
    String name = subject.path("name").asString("");
    return switch (subject.path("kind").asString("")) {
      case "User" -> Optional.of(USER + name);
      case "Group" -> Optional.of(GROUP + name);
      case "ServiceAccount" -> {
        String own = subject.path("namespace").asString("");
        yield Optional.of(serviceAccount(own.isEmpty() ? namespace : own, name));
      }
      default -> Optional.empty();
    };
  }

  static String serviceAccount(String namespace, String name) {
    return ACCOUNT + namespace + ":" + name;
  }

  /**
   * {@code ClusterRoleBinding "x" of ClusterRole "y" to Group "z"}.
   *
   * @param subject one of {@link #subjects()}
   */
  String shown(String subject) {
    String own =
        namespace.isEmpty()
            ? "ClusterRoleBinding \"" + name + "\""
            : "RoleBinding \"" + name + "/" + namespace + "\"";
    return own + " of " + roleKind.kind() + " \"" + role + "\" to " + shownSubject(subject);
  }

  private static String shownSubject(String subject) {
    if (subject.startsWith(ACCOUNT)) {
      String[] account = subject.substring(ACCOUNT.length()).split(":", 2);
      return "ServiceAccount \"" + account[account.length - 1] + "/" + account[0] + "\"";
    }
    String kind = subject.startsWith(USER) ? "User" : "Group";
    return kind + " \"" + subject.substring(USER.length()) + "\"";
  }

  /** What is said of a binding whose role is not there. */
  String roleMissing() {
    return (roleKind == RbacKind.ROLE ? "role" : "clusterrole")
        + "."
        + RbacKind.GROUP
        + " \""
        + role
        + "\" not found";
  }
}
