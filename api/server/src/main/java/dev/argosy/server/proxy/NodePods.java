package dev.argosy.server.proxy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.connect.LogReader;
import dev.argosy.store.cache.ResourceCaches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What kubelet's paths tell of the pods of a node. They name a pod by namespace and name alone; so
 * the parameter {@code cluster} says whose it is, and without it the platform's own is meant.
 */
final class NodePods {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final int PIECE = 16 * 1024;

  private final ResourceCaches caches;
  private final LogReader logs;

  NodePods(ResourceCaches caches, LogReader logs) {
    this.caches = caches;
    this.logs = logs;
  }

  /** A path {@code /WHAT/NAMESPACE/POD/CONTAINER}. */
  private record Wanted(String namespace, String pod, String container) {
    static Wanted of(String path) {
      String[] parts = path.split("/", -1);
      if (parts.length != 5 || parts[2].isEmpty() || parts[3].isEmpty() || parts[4].isEmpty()) {
        throw Status.badRequest("the path is /" + parts[1] + "/NAMESPACE/POD/CONTAINER")
            .asException();
      }
      return new Wanted(parts[2], parts[3], parts[4]);
    }
  }

  private ApiObject find(String node, Wanted wanted, HttpServletRequest request) {
    String cluster = request.getParameter("cluster");
    ObjectKey key =
        new ObjectKey(
            PODS,
            cluster == null ? ClusterDirectory.ROOT : cluster,
            wanted.namespace(),
            wanted.pod());
    return caches
        .of(PODS)
        .snapshot()
        .get(key)
        .filter(pod -> pod.tree().path("spec").path("nodeName").asString("").equals(node))
        .orElseThrow(() -> Status.notFound(PODS, wanted.pod()).asException());
  }

  StreamRequest checkpoint(String node, String path, HttpServletRequest request) {
    Wanted wanted = Wanted.of(path);
    ApiObject pod = find(node, wanted, request);
    PodRef ref = new PodRef(pod.cluster(), pod.namespace(), pod.name(), pod.meta().uid());
    return new StreamRequest.Checkpoint(ref, wanted.container());
  }

  void log(String node, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Wanted wanted = Wanted.of(path);
    Map<String, String> query = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
    query.put("container", wanted.container());
    try (InputStream log = logs.open(find(node, wanted, request), query)) {
      response.setContentType("text/plain");
      response.flushBuffer();
      OutputStream out = response.getOutputStream();
      byte[] buffer = new byte[PIECE];
      for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
        out.write(buffer, 0, count);
        if (log.available() == 0) {
          out.flush();
        }
      }
    }
  }

  void list(String node, HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    OutputStream out = response.getOutputStream();
    out.write(text("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":["));
    boolean first = true;
    for (ApiObject pod : caches.of(PODS).snapshot().onNode(node)) {
      if (!first) {
        out.write(',');
      }
      first = false;
      pod.writeTo(out);
    }
    out.write(text("]}"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
