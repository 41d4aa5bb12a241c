package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Map;

/**
 * Which of the engine's handlers a pod's class asks for.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/runtime-class/">Runtime Class</a>
 */
final class RuntimeHandlers {

  private static final GroupResource CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");

  private RuntimeHandlers() {}

  /**
   * The label of the sandbox that names the handler; none for the default.
   *
   * @throws RuntimeFailure if the class is not there, or cannot be asked for; says why
   */
  static Map<String, String> labels(ApiClient api, PodView pod) throws RuntimeFailure {
    String name = pod.spec().path("runtimeClassName").asString("");
    if (name.isEmpty()) {
      return Map.of();
    }
    return switch (api.get(new ObjectKey(CLASSES, pod.key().cluster(), "", name))) {
      case ApiResult.Ok<ApiObject>(ApiObject found) ->
          Map.of(SandboxSpec.HANDLER, found.tree().path("handler").asString(""));
      case ApiResult.Refused<ApiObject>(Status status) ->
          throw new RuntimeFailure(
              Kind.REFUSED,
              "failed to get sandbox runtime: no runtime for \""
                  + name
                  + "\" is configured: "
                  + status.message());
    };
  }
}
