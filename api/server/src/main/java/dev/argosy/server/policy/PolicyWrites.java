package dev.argosy.server.policy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.registry.KindTables;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a policy must fulfil when it is written: its expressions compile. The check of its types
 * against the kinds that it names, which forbids nothing, is noted in its status at once.
 */
public final class PolicyWrites implements AdmissionStep {

  private final PolicyCompiler compiler = new PolicyCompiler();
  private final TypeChecking checking;

  public PolicyWrites(KindTables kinds) {
    this.checking = new TypeChecking(kinds);
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = written(request);
    if (object == null || !is(request, PolicyKinds.VALIDATING)) {
      return;
    }
    ObjectNode old = request.old();
    boolean same = old != null && old.path("spec").equals(object.path("spec"));
    if (!same || !object.path("status").has("typeChecking")) {
      ObjectNode status =
          object.get("status") instanceof ObjectNode present ? present : object.putObject("status");
      status.put("observedGeneration", generation(old));
      status.set("typeChecking", checking.check(request.target().cluster(), object));
    }
  }

  /** The generation that this write will have. */
  private static long generation(@org.jspecify.annotations.Nullable ObjectNode old) {
    return old == null ? 1 : old.path("metadata").path("generation").asLong(0) + 1;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = written(request);
    if (object == null) {
      return;
    }
    List<Cause> causes = new ArrayList<>();
    if (is(request, PolicyKinds.VALIDATING)) {
      causes.addAll(compiler.validating(object).causes());
    } else if (is(request, PolicyKinds.MUTATING)) {
      causes.addAll(compiler.mutating(object).causes());
    } else if (is(request, PolicyKinds.VALIDATING_BINDINGS)
        || is(request, PolicyKinds.MUTATING_BINDINGS)) {
      causes.addAll(binding(object));
    }
    if (!causes.isEmpty()) {
      throw Status.invalid(
              PolicyKinds.GROUP, request.target().type().kind(), request.target().name(), causes)
          .asException();
    }
  }

  private static List<Cause> binding(ObjectNode object) {
    try {
      PolicyBinding.of(object);
      return List.of();
    } catch (SelectorSyntaxException e) {
      return List.of(new Cause("FieldValueInvalid", "Invalid value: " + e.getMessage(), "spec"));
    }
  }

  private static @org.jspecify.annotations.Nullable ObjectNode written(AdmissionRequest request) {
    boolean write =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    boolean policies = PolicyKinds.exempt(request.target().type().groupResource());
    return write && policies && request.target().subresource().isEmpty() ? request.object() : null;
  }

  private static boolean is(AdmissionRequest request, GroupResource resource) {
    return request.target().type().groupResource().equals(resource);
  }
}
