package dev.argosy.server.review;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
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

  private static final String GROUP = "authorization.k8s.io";

  /** Stands for a user of whom only the groups are known. */
  private static final String UNNAMED = "system:unnamed";

  private static final Set<String> READS = Set.of("get", "list", "watch");
  static final Decision SEEN_ONLY =
      Decision.deny("nodes belong to the platform; a tenant sees those of its pools");

  private final Authorizer authorizer;

  AccessReviews(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** SelfSubjectAccessReview. */
  ObjectNode self(Subject subject, ObjectNode body) {
    Questions.check(body, new Problems(GROUP, "SelfSubjectAccessReview"), false, "");
    return answer(body, Questions.of(body.path("spec"), subject.user(), subject.cluster()));
  }

  /** SubjectAccessReview. */
  ObjectNode other(Subject subject, ObjectNode body) {
    Questions.check(body, new Problems(GROUP, "SubjectAccessReview"), true, "");
    return aboutOther(subject, body);
  }

  /** LocalSubjectAccessReview: about the namespace that it is asked in. */
  ObjectNode local(Subject subject, ObjectNode body) {
    String named = Questions.text(body.path("metadata"), "namespace");
    if (!named.isEmpty() && !named.equals(subject.namespace())) {
      throw Status.badRequest(
              "namespace must match: \"" + named + "\" and \"" + subject.namespace() + "\"")
          .asException();
    }
    Questions.check(
        body, new Problems(GROUP, "LocalSubjectAccessReview"), true, subject.namespace());
    body.withObject("metadata").put("namespace", subject.namespace());
    return aboutOther(subject, body);
  }

  private ObjectNode aboutOther(Subject subject, ObjectNode body) {
    JsonNode spec = body.path("spec");
    return answer(body, Questions.of(spec, user(spec, subject.cluster()), subject.cluster()));
  }

  /** Whom the spec names, as somebody of that cluster. */
  static UserInfo user(JsonNode spec, String cluster) {
    String name = Questions.text(spec, "user");
    List<String> groups = Questions.texts(spec.path("groups"));
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
  Decision decide(Attributes asked) {
    return beyondRoles(asked) ? SEEN_ONLY : authorizer.authorize(asked);
  }

  boolean beyondRoles(Attributes asked) {
    GroupResource resource = new GroupResource(asked.group(), asked.resource());
    return View.projects(resource, asked.cluster()) && !READS.contains(asked.verb());
  }
}
