package dev.argosy.server.review;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.list.View;
import dev.argosy.server.registry.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** May I, may they. */
final class AccessReviews {

  /** Stands for a user of whom only the groups are known. */
  private static final String UNNAMED = "system:unnamed";

  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final Decision SEEN_ONLY =
      Decision.deny("nodes belong to the platform; a tenant sees those of its pools");

  private final Authorizer authorizer;

  AccessReviews(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** SelfSubjectAccessReview. */
  ObjectNode self(Subject subject, ObjectNode body) {
    return answer(
        body,
        Questions.of(
            body.path("spec"), subject.user(), subject.cluster(), "SelfSubjectAccessReview"));
  }

  /** SubjectAccessReview. */
  ObjectNode other(Subject subject, ObjectNode body) {
    String kind = "SubjectAccessReview";
    JsonNode spec = body.path("spec");
    return answer(
        body, Questions.of(spec, user(spec, subject.cluster(), kind), subject.cluster(), kind));
  }

  /** LocalSubjectAccessReview: about the namespace that it is asked in. */
  ObjectNode local(Subject subject, ObjectNode body) {
    String kind = "LocalSubjectAccessReview";
    JsonNode spec = body.path("spec");
    Attributes asked =
        Questions.of(spec, user(spec, subject.cluster(), kind), subject.cluster(), kind);
    if (!asked.resourceRequest()) {
      throw Questions.invalid(
          kind, "spec.nonResourceAttributes", "disallowed on this kind of request");
    }
    if (!asked.namespace().equals(subject.namespace())) {
      throw Questions.invalid(
          kind, "spec.resourceAttributes.namespace", "must match metadata.namespace");
    }
    return answer(body, asked);
  }

  private static UserInfo user(JsonNode spec, String cluster, String kind) {
    String name = Questions.text(spec, "user");
    List<String> groups = Questions.texts(spec.path("groups"));
    if (name.isEmpty() && groups.isEmpty()) {
      throw Questions.invalid(kind, "spec.user", "at least one of user or group must be specified");
    }
    Map<String, List<String>> extra = new HashMap<>();
    spec.path("extra")
        .properties()
        .forEach(entry -> extra.put(entry.getKey(), Questions.texts(entry.getValue())));
    return ClusterScope.confine(
        new UserInfo(name.isEmpty() ? UNNAMED : name, Questions.text(spec, "uid"), groups, extra),
        cluster);
  }

  private ObjectNode answer(ObjectNode body, Attributes asked) {
    Decision decision = decide(asked);
    ObjectNode answer = body.deepCopy();
    ObjectNode status = answer.putObject("status");
    status.put("allowed", decision.allowed());
    if (!decision.reason().isEmpty()) {
      status.put("reason", decision.reason());
    }
    return answer;
  }

  /** No role changes what a tenant only sees, so whoever asks is told before they try. */
  private Decision decide(Attributes asked) {
    GroupResource resource = new GroupResource(asked.group(), asked.resource());
    if (View.projects(resource, asked.cluster()) && !READS.contains(asked.verb())) {
      return SEEN_ONLY;
    }
    return authorizer.authorize(asked);
  }
}
