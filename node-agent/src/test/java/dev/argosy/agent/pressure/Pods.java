package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Pods with one container {@code main}, and what they use. */
public final class Pods {

  private Pods() {}

  /**
   * @param resources JSON of the container's {@code resources}
   */
  public static PodView pod(String name, long priority, String resources) {
    return pod(name, priority, resources, "");
  }

  /**
   * @param more further members of the spec, each with a comma before it
   */
  public static PodView pod(String name, long priority, String resources, String more) {
    String json =
        """
        {"metadata":{"name":"%s","namespace":"default","uid":"%s"},
         "spec":{"priority":%d,"containers":[{"name":"main","image":"i:1","resources":%s}]%s},
         "status":{"phase":"Running"}}
        """
            .formatted(name, name, priority, resources, more);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", name);
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  static PodUse use(String name, long priority, long requested, long used) {
    String resources =
        requested == 0
            ? "{}"
            : "{\"requests\":{\"memory\":\"%d\",\"ephemeral-storage\":\"%d\"}}"
                .formatted(requested, requested);
    return new PodUse(
        pod(name, priority, resources), Map.of("main", used), Map.of("main", used), 0, used, used);
  }
}
