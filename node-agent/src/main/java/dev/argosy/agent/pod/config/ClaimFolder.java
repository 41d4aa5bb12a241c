package dev.argosy.agent.pod.config;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The folder behind a volume claim of the class that the platform has itself. It lies below the
 * agent's data folder by cluster and volume, so no claim leads out of its cluster; a pod's volume
 * is a link to it and goes without it.
 */
final class ClaimFolder {

  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String LOCAL_PATH = "argosy.dev/local-path";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  private ClaimFolder() {}

  /** Links a pod's volume to what its claim is bound to; answers the folder. */
  static Path link(ConfigSource source, ObjectKey pod, String claim, PodFolder folder, Path link)
      throws ConfigFailure, IOException {
    ApiObject object =
        source
            .claim(pod, claim)
            .orElseThrow(
                () -> new ConfigFailure("persistentvolumeclaim \"" + claim + "\" not found"));
    JsonNode tree = object.tree();
    String volume = tree.path("spec").path("volumeName").asString("");
    if (!tree.path("status").path("phase").asString("").equals("Bound") || volume.isEmpty()) {
      throw new ConfigFailure("PVC is not bound");
    }
    boolean ours = LOCAL_PATH.equals(object.meta().annotations().get(PROVISIONER));
    if (!ours || !NAME.matcher(volume).matches()) {
      throw new ConfigFailure("this node has no volumes of that kind");
    }
    Path kept = folder.kept(pod.cluster(), volume);
    if (!Files.isDirectory(kept)) {
      Files.createDirectories(kept);
      AtomicFolder.permit(kept, 0777);
    }
    if (!Files.isSymbolicLink(link)) {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, kept);
    }
    return kept;
  }
}
