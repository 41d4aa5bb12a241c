package dev.argosy.server.review;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.authz.AccessPath;
import dev.argosy.server.authz.Explainer;
import dev.argosy.server.authz.Holder;
import dev.argosy.server.registry.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may do something, and by what. */
final class WhoCan {

  static final GroupResource RESOURCE = new GroupResource(Explanations.GROUP, "whocans");

  private final Authorizer authorizer;
  private final AccessReviews reviews;
  private final Explainer explainer;

  WhoCan(Authorizer authorizer, AccessReviews reviews, Explainer explainer) {
    this.authorizer = authorizer;
    this.reviews = reviews;
    this.explainer = explainer;
  }

  ObjectNode answer(Subject subject, ObjectNode body) {
    Questions.check(body, new Problems(Explanations.GROUP, "WhoCan"), false, "");
    Attributes asked = Questions.of(body.path("spec"), subject.user(), subject.cluster());
    Sight sight = new Sight(authorizer, subject);
    sight.requireBindings(RESOURCE, asked.namespace());
    ObjectNode answer = body.deepCopy();
    ObjectNode status = answer.putObject("status");
    if (reviews.beyondRoles(asked)) {
      status.put("reason", AccessReviews.SEEN_ONLY.reason());
      return answer;
    }
    boolean grants = sight.grants();
    Map<Holder, List<AccessPath>> ways = new TreeMap<>();
    Set<String> platform = new TreeSet<>();
    for (AccessPath way : explainer.allWays(asked)) {
      if (way.binding().kind().equals("AccessGrant") && !grants) {
        platform.add(way.role().name());
      } else {
        ways.computeIfAbsent(way.holder(), h -> new ArrayList<>()).add(way);
      }
    }
    write(ways, status);
    if (!platform.isEmpty()) {
      platform.forEach(status.putArray("platformRoles")::add);
    }
    return answer;
  }

  private static void write(Map<Holder, List<AccessPath>> ways, ObjectNode status) {
    Map<String, ArrayNode> lists =
        Map.of(
            "User", status.putArray("users"),
            "Group", status.putArray("groups"),
            "ServiceAccount", status.putArray("serviceAccounts"));
    ways.forEach((holder, paths) -> {
      ArrayNode list = lists.get(holder.kind());
      if (list != null) {
        ObjectNode json = list.addObject();
        if (!holder.namespace().isEmpty()) {
          json.put("namespace", holder.namespace());
        }
        json.put("name", holder.name());
        ArrayNode by = json.putArray("by");
        paths.forEach(path -> AccessJson.write(path, by.addObject()));
      }
    });
  }
}
