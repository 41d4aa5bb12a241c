package dev.argosy.server.local;

import static java.util.stream.Collectors.joining;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.audit.AuditContext;
import dev.argosy.server.registry.Birth;
import dev.argosy.server.registry.Warnings;
import dev.argosy.server.registry.Write;
import dev.argosy.server.request.RequestParser;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.server.tenant.Founding;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Founds as one identity; the trail has the namespace's creation, and what came with it. */
final class LocalFounding implements Founding {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final String WITH = "tenancy.argosy.dev/with";

  private final LocalApiClients.Parts parts;
  private final UserInfo user;
  private final LocalCalls calls;

  LocalFounding(LocalApiClients.Parts parts, UserInfo user) {
    this.parts = parts;
    this.user = user;
    this.calls = new LocalCalls(parts, user);
  }

  @Override
  public boolean found(String cluster, List<ObjectNode> objects) {
    ObjectNode namespace = objects.getFirst();
    ResourceScope scope = ResourceScope.cluster(NAMESPACES, cluster);
    return calls
        .audited(
            calls.asked("create", scope, ""),
            (kind, audit) -> {
              audit.requested(namespace);
              audit.note(
                  WITH, objects.stream().skip(1).map(LocalFounding::named).collect(joining(",")));
              return parts.registry().createTogether(births(cluster, objects, audit));
            })
        .orThrow();
  }

  private static String named(ObjectNode object) {
    return object.path("kind").asString("") + "/" + object.at("/metadata/name").asString("");
  }

  private List<Birth> births(String cluster, List<ObjectNode> objects, AuditContext audit) {
    List<Birth> births = new ArrayList<>();
    for (ObjectNode object : objects) {
      births.add(new Birth(write(cluster, object, audit), object));
    }
    return births;
  }

  private Write write(String cluster, ObjectNode object, AuditContext audit) {
    String version = object.path("apiVersion").asString("");
    KindSchema kind =
        parts
            .kinds()
            .of(cluster)
            .ofKind(version, object.path("kind").asString(""))
            .orElseThrow(() -> RequestParser.notFound().asException());
    return new Write(
        user,
        kind,
        cluster,
        object.at("/metadata/namespace").asString(""),
        "",
        "",
        WriteQuery.DEFAULT.byDefault(Managers.of(user)),
        new Warnings(),
        audit);
  }
}
