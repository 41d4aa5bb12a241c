package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ingress classes. */
final class IngressClassRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int MAX_CONTROLLER = 250;
  private static final String PATH_FORM = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  private static final Pattern PATH = Pattern.compile(PATH_FORM);

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    controller(spec.path("controller").asString(""), SPEC.child("controller"), checks);
    if (spec.has("parameters")) {
      parameters(spec.path("parameters"), SPEC.child("parameters"), checks);
    }
  }

  private static void controller(String controller, Path path, Checks checks) {
    if (controller.isEmpty()) {
      checks.required(path, "");
      return;
    }
    if (controller.length() > MAX_CONTROLLER) {
      checks.tooLong(path, MAX_CONTROLLER);
    }
    int slash = controller.indexOf('/');
    if (slash <= 0 || slash == controller.length() - 1) {
      checks.invalid(path, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
      return;
    }
    String host = controller.substring(0, slash);
    checks.invalidAll(path, host, NameRules.dnsSubdomain(host));
    String rest = controller.substring(slash + 1);
    if (!PATH.matcher(rest).matches()) {
      checks.invalid(path, rest, "Invalid path (regex used for validation is '" + PATH_FORM + "')");
    }
  }

  private static void parameters(JsonNode parameters, Path path, Checks checks) {
    IngressBackends.reference(parameters, path, checks);
    String scope = parameters.path("scope").asString("");
    boolean namespaced = parameters.has("namespace");
    Path at = path.child("namespace");
    checks.oneOf(path.child("scope"), scope, List.of("Cluster", "Namespace"));
    if (scope.equals("Cluster") && namespaced) {
      checks.forbidden(at, "`parameters.scope` is set to 'Cluster'");
    } else if (scope.equals("Namespace") && !namespaced) {
      checks.required(at, "`parameters.scope` is set to 'Namespace'");
    } else if (scope.equals("Namespace")) {
      String namespace = parameters.path("namespace").asString("");
      checks.invalidAll(at, namespace, NameRules.dnsLabel(namespace));
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode controller = object.path("spec").path("controller");
    if (!controller.equals(old.path("spec").path("controller"))) {
      checks.immutable(SPEC.child("controller"), controller);
    }
  }
}
