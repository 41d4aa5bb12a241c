package dev.argosy.server.webhook;

import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * One webhook of a configuration, read.
 *
 * @param id tells it from all others of its cluster
 * @param name as in messages
 * @param which writes it wants to see
 * @param call how it is called
 * @param failOpen whether a write goes on if the webhook cannot be asked
 * @param reinvoked whether it is asked again if a later one changed the object
 */
record Hook(String id, String name, Which which, Call call, boolean failOpen, boolean reinvoked) {

  /**
   * Which writes.
   *
   * @param equivalent whether other versions of the same resource are meant as well
   */
  record Which(
      RuleSet rules,
      boolean equivalent,
      LabelSelector namespaces,
      LabelSelector objects,
      Conditions.Compiled conditions) {}

  /**
   * How to call.
   *
   * @param dryRunSafe whether it has no side effects when the write is dry
   * @param reviewVersion of {@code admission.k8s.io}
   */
  record Call(JsonNode clientConfig, Duration timeout, boolean dryRunSafe, String reviewVersion) {}

  /** The configuration that it stands in. */
  String configuration() {
    return id.substring(0, id.lastIndexOf('/'));
  }

  private static final int DEFAULT_SECONDS = 10;
  private static final int MAX_SECONDS = 30;

  static Hook of(String id, JsonNode hook, Conditions compiler) {
    Which which =
        new Which(
            RuleSet.of(hook.path("rules")),
            !hook.path("matchPolicy").asString("").equals("Exact"),
            selector(hook.get("namespaceSelector")),
            selector(hook.get("objectSelector")),
            compiler.compile(hook.path("matchConditions")));
    int seconds = hook.path("timeoutSeconds").asInt(DEFAULT_SECONDS);
    String sideEffects = hook.path("sideEffects").asString("");
    Call call =
        new Call(
            hook.path("clientConfig"),
            Duration.ofSeconds(Math.clamp(seconds, 1, MAX_SECONDS)),
            sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun"),
            reviewVersion(hook.path("admissionReviewVersions")));
    return new Hook(
        id,
        hook.path("name").asString(""),
        which,
        call,
        hook.path("failurePolicy").asString("").equals("Ignore"),
        hook.path("reinvocationPolicy").asString("").equals("IfNeeded"));
  }

  /** No selector means everything. */
  private static LabelSelector selector(@org.jspecify.annotations.Nullable JsonNode selector) {
    try {
      return selector == null || selector.isNull()
          ? LabelSelector.EVERYTHING
          : LabelSelector.ofObject(selector);
    } catch (SelectorSyntaxException e) {
      return LabelSelector.NOTHING; // such a selector is refused when it is written
    }
  }

  /** The first that both sides know. */
  private static String reviewVersion(JsonNode versions) {
    for (JsonNode version : versions) {
      String name = version.asString("");
      if (name.equals("v1") || name.equals("v1beta1")) {
        return name;
      }
    }
    return "v1";
  }
}
