package dev.argosy.server.policy;

import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.policy.PolicyIndex.Armed;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admission step of MutatingAdmissionPolicy. Policies are asked in the order of their names;
 * those that want it once more if a later one changed the object.
 */
public final class MutatingPolicies implements AdmissionStep {

  private final PolicyIndex<MutatingPolicy> index;
  private final Params params;
  private final KindTables kinds;
  private final ObjectLookup lookup;
  private final Authorizer authorizer;

  public MutatingPolicies(
      ResourceCaches caches, KindTables kinds, ObjectLookup lookup, Authorizer authorizer) {
    PolicyCompiler compiler = new PolicyCompiler();
    this.index =
        new PolicyIndex<>(
            caches, PolicyKinds.MUTATING, PolicyKinds.MUTATING_BINDINGS, compiler::mutating);
    this.params = new Params(kinds, caches, lookup);
    this.kinds = kinds;
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null || PolicyKinds.exempt(request.target().type().groupResource())) {
      return;
    }
    List<Armed<MutatingPolicy>> policies = index.of(request.target().cluster());
    if (policies.isEmpty()) {
      return;
    }
    int lastChange = -1;
    for (int i = 0; i < policies.size(); i++) {
      boolean wanted = !request.repeated() || policies.get(i).policy().policy().reinvoke();
      if (wanted && asked(policies.get(i), request, object)) {
        lastChange = i;
      }
    }
    for (int i = 0; i < lastChange; i++) {
      if (policies.get(i).policy().policy().reinvoke()) {
        asked(policies.get(i), request, object);
      }
    }
  }

  /** Asks one policy; answers whether the object changed. */
  private boolean asked(Armed<MutatingPolicy> armed, AdmissionRequest request, ObjectNode object) {
    PolicyHead head = armed.policy().policy().head();
    if (!head.match().matches(request, lookup)) {
      return false;
    }
    ObjectNode before = object.deepCopy();
    if (!armed.policy().causes().isEmpty()) {
      String why = armed.policy().causes().getFirst().text();
      error(head, Optional.empty(), request, "failed to configure policy: " + why);
      return false;
    }
    for (PolicyBinding binding : armed.bindings()) {
      if (binding.match().matches(request, lookup)) {
        ask(armed.policy().policy(), binding, request, object);
      }
    }
    return !object.equals(before);
  }

  private void ask(
      MutatingPolicy policy, PolicyBinding binding, AdmissionRequest request, ObjectNode object) {
    PolicyHead head = policy.head();
    switch (params.find(head.paramKind(), binding.paramRef(), request)) {
      case Params.Found.Wrong(String message) ->
          error(head, Optional.of(binding), request, "failed to configure binding: " + message);
      case Params.Found.Values(List<Optional<ObjectNode>> values) -> {
        for (Optional<ObjectNode> param : values) {
          Mutating.Outcome outcome = mutating(request).apply(policy, request, param);
          switch (outcome) {
            case Mutating.Outcome.Changed(ObjectNode changed) -> {
              request.become(changed);
            }
            case Mutating.Outcome.Untouched untouched -> {}
            case Mutating.Outcome.Failed(String message) ->
                error(head, Optional.of(binding), request, message);
          }
        }
      }
    }
  }

  private Mutating mutating(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    Optional<KindSchema> kind =
        kinds
            .of(target.cluster())
            .find(target.type().group(), target.type().version(), target.type().resource());
    return new Mutating(kind, lookup, authorizer);
  }

  private static void error(
      PolicyHead policy,
      Optional<PolicyBinding> binding,
      AdmissionRequest request,
      String message) {
    if (!policy.failOpen()) {
      throw MutationError.status(
              policy.name(), binding.map(PolicyBinding::name).orElse(""), request, message)
          .asException();
    }
  }
}
