package dev.argosy.server.export;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.store.cache.ResourceCaches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /export}: the cluster's objects as YAML documents (each of them JSON on one line),
 * in an order in which they can be applied. Who asks gets those kinds that he may list; a comment
 * at the beginning names the others.
 */
public final class ClusterExport implements PathHandler {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KindTables kinds;
  private final ResourceCaches caches;
  private final Authorizer authorizer;

  public ClusterExport(KindTables kinds, ResourceCaches caches, Authorizer authorizer) {
    this.kinds = kinds;
    this.caches = caches;
    this.authorizer = authorizer;
  }

  /** Where this answers. */
  public List<PathMount> mounts() {
    return List.of(new PathMount("/export", false, this));
  }

  /**
   * What will be written.
   *
   * @param objects by kind, each as it was at one moment
   * @param withheld what the user may not list
   */
  private record Plan(Map<KindSchema, Iterable<ApiObject>> objects, Set<String> withheld) {}

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!info.verb().equals("get")) {
      throw Status.methodNotAllowed().asException();
    }
    Plan plan = plan(cluster, user);
    response.setStatus(200);
    response.setContentType("application/yaml");
    Deadline.current()
        .io(() -> {
          try (OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16)) {
            write(cluster, plan, out);
          }
          return plan;
        });
  }

  /** Everything that may fail does so here, before the answer begins. */
  private Plan plan(String cluster, UserInfo user) {
    Map<KindSchema, Iterable<ApiObject>> objects = new LinkedHashMap<>();
    Set<String> withheld = new TreeSet<>();
    for (KindSchema kind : exported(cluster)) {
      if (mayList(user, cluster, kind.type())) {
        objects.put(kind, caches.of(kind.storage()).currentSnapshot(PATIENCE).list(cluster, ""));
      } else {
        withheld.add(kind.type().groupResource().toString());
      }
    }
    return new Plan(objects, withheld);
  }

  private List<KindSchema> exported(String cluster) {
    List<KindSchema> all = new ArrayList<>();
    Set<GroupResource> seen = new TreeSet<>();
    for (KindSchema kind : kinds.of(cluster).all()) {
      GroupResource resource = kind.type().groupResource();
      if (Order.carried(kind) && seen.add(resource)) {
        all.add(kinds.of(cluster).preferred(resource).orElse(kind));
      }
    }
    all.sort(Order.OF_KINDS);
    return all;
  }

  private boolean mayList(UserInfo user, String cluster, ResourceType type) {
    Attributes asked =
        new Attributes(
            user, cluster, "list", type.group(), type.version(), type.resource(), "", "", "", "");
    return authorizer.authorize(asked).allowed();
  }

  private static void write(String cluster, Plan plan, OutputStream out) throws IOException {
    line(
        out,
        "# The objects of " + cluster + ". Apply them with kubectl apply --server-side; again,");
    line(out, "# if a kind or a namespace that others need was not there yet.");
    if (!plan.withheld().isEmpty()) {
      line(out, "# Left out, since you may not list them: " + String.join(", ", plan.withheld()));
    }
    for (Map.Entry<KindSchema, Iterable<ApiObject>> each : plan.objects().entrySet()) {
      ResourceType type = each.getKey().type();
      for (ApiObject object : each.getValue()) {
        ObjectNode tree = each.getKey().shown(object).tree();
        tree.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (Portable.carried(object.key(), tree)) {
          Portable.strip(object.key(), tree);
          line(out, "---");
          out.write(Json.canonical(tree));
          out.write('\n');
        }
      }
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
