package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.request.QueryParams;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads how to delete, from a body or from the query. */
public final class DeleteBody {

  private static final Set<String> POLICIES = Set.of("Background", "Foreground", "Orphan");

  private DeleteBody() {}

  /** The options in a {@code DeleteOptions} object; all default if there is none. */
  public static DeleteOptions options(@Nullable JsonNode body) {
    if (body == null || body.isNull()) {
      return DeleteOptions.DEFAULT;
    }
    JsonNode preconditions = body.path("preconditions");
    return checked(
        new DeleteOptions(
            number(body.path("gracePeriodSeconds")),
            text(body.path("propagationPolicy")),
            text(preconditions.path("uid")),
            text(preconditions.path("resourceVersion"))),
        body.path("orphanDependents").isBoolean()
            ? Boolean.toString(body.path("orphanDependents").asBoolean())
            : "");
  }

  /** The options in the query of a request without a body. */
  public static DeleteOptions options(QueryParams query) {
    String policy = query.text("propagationPolicy");
    return checked(
        new DeleteOptions(
            query.number("gracePeriodSeconds").orElse(null),
            policy.isEmpty() ? null : policy,
            null,
            null),
        query.has("orphanDependents") ? Boolean.toString(query.flag("orphanDependents")) : "");
  }

  /** Whether a body asks for a dry run. */
  public static boolean dryRun(@Nullable JsonNode body) {
    return body != null && body.path("dryRun").path(0).asString("").equals("All");
  }

  private static DeleteOptions checked(DeleteOptions options, String orphan) {
    String policy = options.propagation();
    if (policy != null && !orphan.isEmpty()) {
      throw refuse(
          "Invalid value: \""
              + policy
              + "\": orphanDependents and deletionPropagation cannot be both set");
    }
    if (policy != null && !POLICIES.contains(policy)) {
      throw refuse(
          "Unsupported value: \""
              + policy
              + "\": supported values: \"Background\", \"Foreground\", \"Orphan\", \"nil\"");
    }
    if (orphan.isEmpty()) {
      return options;
    }
    return new DeleteOptions(
        options.gracePeriodSeconds(),
        orphan.equals("true") ? "Orphan" : "Background",
        options.uid(),
        options.resourceVersion());
  }

  private static RuntimeException refuse(String message) {
    Cause cause = new Cause("FieldValueInvalid", message, "propagationPolicy");
    return Status.invalid("meta.k8s.io", "DeleteOptions", "", List.of(cause)).asException();
  }

  private static @Nullable Long number(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isIntegralNumber()) {
      throw Status.badRequest("gracePeriodSeconds must be a whole number").asException();
    }
    return node.asLong();
  }

  private static @Nullable String text(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() ? null : text;
  }
}
