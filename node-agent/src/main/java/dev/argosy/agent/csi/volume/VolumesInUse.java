package dev.argosy.agent.csi.volume;

import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells in the node's status which attached volumes are mounted or about to be: they are not
 * detached before they have gone from there. Any thread.
 */
final class VolumesInUse {

  private final ApiClient api;
  private final ObjectKey node;
  private final CsiFolders folders;
  private @Nullable Set<String> told;

  VolumesInUse(ApiClient api, String node, CsiFolders folders) {
    this.api = api;
    this.node = new ObjectKey(NodeIdentity.NODES, NodeIdentity.ROOT, "", node);
    this.folders = folders;
  }

  /**
   * Tells what is written down now.
   *
   * @throws ConfigFailure if the API does not take it
   */
  synchronized void tell() throws ConfigFailure, IOException {
    Set<String> used = new TreeSet<>();
    List<Path> all = new ArrayList<>(folders.allPublished());
    all.addAll(folders.allStaged());
    for (Path one : all) {
      Kept.read(one).filter(Kept::attached).ifPresent(kept -> used.add(kept.unique()));
    }
    if (used.equals(told == null ? before() : told)) {
      told = used;
      return;
    }
    ObjectNode patch = Json.object();
    ArrayNode list = patch.putObject("status").putArray("volumesInUse");
    used.forEach(list::add);
    if (api.patch(node, "status", Patch.merge(patch))
        instanceof ApiResult.Refused<ApiObject>(Status s)) {
      throw new ConfigFailure("volumes in use are not told: " + s.message());
    }
    told = used;
  }

  /** What an agent of before told. */
  private Set<String> before() {
    Set<String> all = new TreeSet<>();
    api.get(node)
        .orAbsent()
        .ifPresent(found ->
            found
                .tree()
                .path("status")
                .path("volumesInUse")
                .forEach(one -> all.add(one.asString(""))));
    return all;
  }

  /** The same; what is not taken now is told another time. */
  synchronized void tellLater() throws IOException {
    try {
      tell();
    } catch (ConfigFailure e) {
      told = null;
    }
  }
}
