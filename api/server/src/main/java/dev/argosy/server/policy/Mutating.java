package dev.argosy.server.policy;

import dev.argosy.model.managed.Merging;
import dev.argosy.model.patch.JsonPatch;
import dev.argosy.model.patch.MergePatch;
import dev.argosy.model.patch.PatchException;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;
import dev.argosy.server.cel.value.ToJson;
import dev.argosy.server.policy.MutatingPolicy.Mutation;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies the mutations of one policy, each to what the one before made. */
final class Mutating {

  private final Optional<KindSchema> kind;
  private final ObjectLookup lookup;
  private final Authorizer authorizer;

  Mutating(Optional<KindSchema> kind, ObjectLookup lookup, Authorizer authorizer) {
    this.kind = kind;
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  /** What came of it. */
  sealed interface Outcome {
    record Changed(ObjectNode object) implements Outcome {}

    /** The policy's conditions do not hold. */
    record Untouched() implements Outcome {}

    record Failed(String message) implements Outcome {}
  }

  Outcome apply(MutatingPolicy policy, AdmissionRequest request, Optional<ObjectNode> param) {
    AdmissionRequest now = request;
    Invocation first = invocation(policy, now, param);
    switch (first.matches()) {
      case MatchConditions.Match.No no -> {
        return new Outcome.Untouched();
      }
      case MatchConditions.Match.Unclear(String message) -> {
        return new Outcome.Failed(message);
      }
      case MatchConditions.Match.Yes yes -> {}
    }
    Outcome outcome = new Outcome.Untouched();
    for (Mutation mutation : policy.mutations()) {
      outcome = apply(mutation, invocation(policy, now, param), now);
      if (!(outcome instanceof Outcome.Changed(ObjectNode object))) {
        return outcome;
      }
      now = of(request, object);
    }
    return outcome;
  }

  private Invocation invocation(
      MutatingPolicy policy, AdmissionRequest request, Optional<ObjectNode> param) {
    RequestVariables variables = new RequestVariables(request, lookup, authorizer);
    return new Invocation(policy.head(), variables, param);
  }

  private static AdmissionRequest of(AdmissionRequest request, ObjectNode object) {
    return new AdmissionRequest(
        request.target(),
        request.operation(),
        request.user(),
        object,
        request.old(),
        new AdmissionRequest.Manner(request.kind(), request::options),
        request.notes());
  }

  private Outcome apply(Mutation mutation, Invocation invocation, AdmissionRequest request) {
    CelProgram program = mutation.program();
    return switch (invocation.evaluate(program)) {
      case Evaluation.Failed failed -> new Outcome.Failed(Failures.words(program, failed));
      case Evaluation.Value(Object value) -> {
        Optional<JsonNode> json = ToJson.of(value);
        ObjectNode object = request.object();
        yield json.isEmpty() || object == null
            ? new Outcome.Failed("the expression's value has no form in JSON")
            : patched(mutation, object, json.get());
      }
    };
  }

  private Outcome patched(Mutation mutation, ObjectNode object, JsonNode change) {
    try {
      JsonNode patched =
          switch (mutation.type()) {
            case JSON_PATCH -> JsonPatch.apply(object, change);
            case APPLY_CONFIGURATION -> merged(object, change);
          };
      return patched instanceof ObjectNode whole
          ? new Outcome.Changed(whole)
          : new Outcome.Failed("error applying patch: the result is no object");
    } catch (PatchException e) {
      return new Outcome.Failed("error applying patch: " + e.getMessage());
    } catch (StatusException e) {
      return new Outcome.Failed("error applying patch: " + e.status().message());
    }
  }

  /** Merged as server-side apply does: lists with keys by these, nothing taken away. */
  private JsonNode merged(ObjectNode object, JsonNode change) {
    if (!(change instanceof ObjectNode part)) {
      throw dev.argosy.model.status.Status.badRequest("an apply configuration must be an object")
          .asException();
    }
    return kind.isPresent()
        ? Merging.merge(kind.get().shape(), object.deepCopy(), part)
        : MergePatch.apply(object, part);
  }
}
