package dev.argosy.server.use;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.use.PodUse;
import dev.argosy.model.use.UseReport;
import dev.argosy.server.access.NodeIdentity;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.request.BodyReader;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.use.UseKeeper.BoundPod;
import dev.argosy.server.use.UseKeeper.Taken;
import dev.argosy.store.cache.ResourceCaches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where agents report: {@code POST /argosy/v1/use} with the node's own certificate. A node speaks
 * for pods that are bound to it, and for no others; of a pod only its uid is believed. The answer
 * says whether what was reported is kept for good.
 */
final class UseEndpoint implements PathHandler {

  private static final int MOST_BYTES = 8 << 20;

  private final ResourceCaches caches;
  private final NewestUse newest;
  private final UseKeeper keeper;
  private final BodyReader bodies = new BodyReader(MOST_BYTES, Map.of());

  UseEndpoint(ResourceCaches caches, NewestUse newest, UseKeeper keeper) {
    this.caches = caches;
    this.newest = newest;
    this.keeper = keeper;
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String node =
        NodeIdentity.of(user)
            .orElseThrow(() ->
                Status.of(
                        Reason.FORBIDDEN,
                        "use is reported by nodes, and \"" + user.name() + "\" is none of them")
                    .asException());
    if (!info.verb().equals("post")) {
      throw Status.methodNotAllowed().asException();
    }
    Taken taken =
        taken(node, read(bodies.read(request.getInputStream(), request.getContentLengthLong())));
    newest.take(taken);
    boolean kept = keeper.keep(taken);
    Answers.bytes(
        response, 200, "application/json", Json.canonical(Json.object().put("kept", kept)));
  }

  private static UseReport read(byte[] body) {
    try {
      return UseReport.parse(body);
    } catch (IllegalArgumentException e) {
      throw Status.badRequest("the report of use cannot be read: " + e.getMessage()).asException();
    }
  }

  private Taken taken(String node, UseReport report) {
    Map<String, ApiObject> own = new HashMap<>();
    for (ApiObject pod : caches.of(PodFacts.PODS).snapshot().onNode(node)) {
      own.put(pod.meta().uid(), pod);
    }
    List<BoundPod> bound = new ArrayList<>();
    List<PodUse> others = new ArrayList<>();
    for (PodUse use : report.pods()) {
      ApiObject pod = own.remove(use.pod().uid());
      if (pod == null) {
        others.add(use);
      } else {
        bound.add(new BoundPod(pod, use));
      }
    }
    return new Taken(node, report, NodeSize.of(caches, node), bound, others);
  }
}
