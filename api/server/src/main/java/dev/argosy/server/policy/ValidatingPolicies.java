package dev.argosy.server.policy;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.policy.PolicyIndex.Armed;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The admission step of ValidatingAdmissionPolicy. */
public final class ValidatingPolicies implements AdmissionStep {

  private final PolicyIndex<ValidatingPolicy> index;
  private final PolicyMetrics metrics;
  private final Params params;
  private final ObjectLookup lookup;
  private final Authorizer authorizer;

  public ValidatingPolicies(
      ResourceCaches caches,
      KindTables kinds,
      ObjectLookup lookup,
      Authorizer authorizer,
      Metrics metrics) {
    this.metrics = new PolicyMetrics(metrics);
    PolicyCompiler compiler = new PolicyCompiler();
    this.index =
        new PolicyIndex<>(
            caches, PolicyKinds.VALIDATING, PolicyKinds.VALIDATING_BINDINGS, compiler::validating);
    this.params = new Params(kinds, caches, lookup);
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (PolicyKinds.exempt(request.target().type().groupResource())) {
      return;
    }
    List<Armed<ValidatingPolicy>> policies = index.of(request.target().cluster());
    if (policies.isEmpty()) {
      return;
    }
    RequestVariables variables = new RequestVariables(request, lookup, authorizer);
    List<Denial> denials = new ArrayList<>();
    for (Armed<ValidatingPolicy> armed : policies) {
      if (armed.policy().policy().head().match().matches(request, lookup)) {
        ask(armed, request, variables, denials);
      }
    }
    if (!denials.isEmpty()) {
      throw denials.getFirst().status(request).asException();
    }
  }

  private void ask(
      Armed<ValidatingPolicy> armed,
      AdmissionRequest request,
      RequestVariables variables,
      List<Denial> denials) {
    ValidatingPolicy policy = armed.policy().policy();
    PolicyHead head = policy.head();
    if (!armed.policy().causes().isEmpty()) {
      String why = "failed to configure policy: " + armed.policy().causes().getFirst().text();
      Denial.ofError(head, Optional.empty(), why).ifPresent(denials::add);
      return;
    }
    PolicyNotes notes = new PolicyNotes();
    for (PolicyBinding binding : armed.bindings()) {
      if (binding.match().matches(request, lookup)) {
        switch (params.find(head.paramKind(), binding.paramRef(), request)) {
          case Params.Found.Wrong(String message) ->
              Denial.ofError(head, Optional.of(binding), "failed to configure binding: " + message)
                  .ifPresent(denials::add);
          case Params.Found.Values(List<Optional<ObjectNode>> values) ->
              values.forEach(param ->
                  new Questioning(
                          policy,
                          binding,
                          request,
                          new Questioning.Findings(denials, notes, metrics))
                      .ask(new Invocation(head, variables, param)));
        }
      }
    }
    notes.publish(head.name(), request.notes());
  }
}
