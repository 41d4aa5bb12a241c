package dev.argosy.server.cel.library;

import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.library.AuthorizerValues.AuthorizerValue;
import dev.argosy.server.cel.library.AuthorizerValues.DecisionValue;
import dev.argosy.server.cel.library.AuthorizerValues.GroupCheck;
import dev.argosy.server.cel.library.AuthorizerValues.PathCheck;
import dev.argosy.server.cel.library.AuthorizerValues.ResourceCheck;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/**
 * {@code authorizer.group('apps').resource('deployments').check('create').allowed()}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library">
 *     Kubernetes: authorizer library</a>
 */
final class Authorization implements Library {

  /** So much that an expression can afford two checks. */
  private static final long CHECK_COST = 350_000;

  private static final CelType AUTHORIZER = type("Authorizer");
  private static final CelType PATH = type("PathCheck");
  private static final CelType GROUP = type("GroupCheck");
  private static final CelType RESOURCE = type("ResourceCheck");
  private static final CelType DECISION = type("Decision");

  private static CelType type(String name) {
    return OpaqueType.create("kubernetes.authorization." + name);
  }

  @Override
  public void declare(Declarations declarations) {
    CelType text = SimpleType.STRING;
    declarations
        .method("path", "authorizer_path", PATH, AUTHORIZER, text)
        .method("group", "authorizer_group", GROUP, AUTHORIZER, text)
        .method("serviceAccount", "authorizer_service_account", AUTHORIZER, AUTHORIZER, text, text)
        .method("resource", "group_check_resource", RESOURCE, GROUP, text)
        .method("check", "pathcheck_check", DECISION, PATH, text)
        .method("check", "resourcecheck_check", DECISION, RESOURCE, text)
        .method("allowed", "decision_allowed", SimpleType.BOOL, DECISION)
        .method("reason", "decision_reason", text, DECISION)
        .method("errored", "decision_errored", SimpleType.BOOL, DECISION)
        .method("error", "decision_error", text, DECISION);
    for (String part :
        List.of("subresource", "namespace", "name", "fieldSelector", "labelSelector")) {
      declarations.method(part, "resourcecheck_" + part, RESOURCE, RESOURCE, text);
    }
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costsOne();
    functions.add("path", AuthorizerValue.class, String.class, PathCheck::new);
    functions.add("group", AuthorizerValue.class, String.class, GroupCheck::new);
    functions.add(
        "serviceAccount",
        AuthorizerValue.class,
        String.class,
        String.class,
        AuthorizerValue::serviceAccount);
    functions.add("resource", GroupCheck.class, String.class, GroupCheck::resource);
    functions.add("subresource", ResourceCheck.class, String.class, ResourceCheck::subresource);
    functions.add("namespace", ResourceCheck.class, String.class, ResourceCheck::namespace);
    functions.add("name", ResourceCheck.class, String.class, ResourceCheck::name);
    // rules that look at selectors do not exist here, so a selector narrows nothing
    functions.add("fieldSelector", ResourceCheck.class, String.class, (check, text) -> check);
    functions.add("labelSelector", ResourceCheck.class, String.class, (check, text) -> check);
    functions.costs(Costs.fixed(CHECK_COST));
    functions.add("check", PathCheck.class, String.class, PathCheck::check);
    functions.add("check", ResourceCheck.class, String.class, ResourceCheck::check);
    functions.costsOne();
    functions.add("allowed", DecisionValue.class, value -> value.decision().allowed());
    functions.add("reason", DecisionValue.class, value -> reason(value.decision()));
    functions.add("errored", DecisionValue.class, value -> false);
    functions.add("error", DecisionValue.class, value -> "");
  }

  private static String reason(Decision decision) {
    return decision.reason();
  }
}
