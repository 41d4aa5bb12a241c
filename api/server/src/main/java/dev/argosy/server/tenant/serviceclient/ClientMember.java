package dev.argosy.server.tenant.serviceclient;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Makes and removes the Members of service clients. */
final class ClientMember {

  private final ApiClient client;

  /**
   * @param client as {@link dev.argosy.server.access.PlatformLoops#SERVICE_CLIENTS}
   */
  ClientMember(ApiClient client) {
    this.client = client;
  }

  /**
   * Gives the role to the user.
   *
   * @return why it cannot be given; empty if it is
   * @throws StatusException if it must be looked at again
   */
  Optional<String> ensure(ServiceClient of, String user) {
    ObjectKey key = ServiceClientKind.member(of);
    Optional<ApiObject> found = client.get(key).orAbsent();
    ObjectNode wanted = wanted(of, user);
    ApiResult<ApiObject> result;
    if (found.isEmpty()) {
      result = client.create(ResourceScope.cluster(Member.RESOURCE, ClusterDirectory.ROOT), wanted);
    } else {
      ObjectNode present = found.get().tree();
      if (present.path("spec").equals(wanted.path("spec"))
          && ServedMember.nameOf(present).equals(of.name())) {
        return Optional.empty();
      }
      present.set("spec", wanted.path("spec"));
      present.withObject("metadata").withObject("annotations").put(ServedMember.OF, of.name());
      result = client.update(key, present);
    }
    return switch (result) {
      case ApiResult.Ok<ApiObject> done -> Optional.empty();
      case ApiResult.Refused<ApiObject>(Status status) -> {
        if (status.reason() == Reason.INVALID || status.reason() == Reason.FORBIDDEN) {
          yield Optional.of(status.message());
        }
        throw new StatusException(status);
      }
    };
  }

  private static ObjectNode wanted(ServiceClient of, String user) {
    ObjectNode member = Json.object();
    member.put("apiVersion", Member.RESOURCE.group() + "/v1").put("kind", "Member");
    member
        .putObject("metadata")
        .put("name", of.member())
        .putObject("annotations")
        .put(ServedMember.OF, of.name());
    ObjectNode spec = member.putObject("spec").put("tenant", of.place().tenant());
    spec.putObject("subject").put("kind", "User").put("name", user);
    spec.put("role", of.place().role());
    of.place().term().expiresAt().ifPresent(end -> spec.put("expiresAt", end.toString()));
    return member;
  }

  /** Takes the role away. */
  void remove(ServiceClient of) {
    client.delete(ServiceClientKind.member(of), DeleteOptions.DEFAULT).orAbsent();
  }
}
