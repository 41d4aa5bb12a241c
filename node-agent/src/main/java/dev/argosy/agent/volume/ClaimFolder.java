package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.PodView;
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
 * is a link to it and goes without it. What an ephemeral volume holds lies in the pod's own folder
 * instead, and goes with the pod.
 */
final class ClaimFolder {

  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String LOCAL_PATH = "argosy.dev/local-path";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  private ClaimFolder() {}

  /** Links a pod's volume to what its claim is bound to; answers the folder. */
  static Path link(ConfigSource source, ObjectKey pod, String claim, PodFolder folder, Path link)
      throws ConfigFailure, IOException {
    Path kept = folder.kept(pod.cluster(), volume(find(source, pod, claim)));
    if (!Files.isDirectory(kept)) {
      Files.createDirectories(kept);
      FileModes.permit(kept, 0777);
    }
    if (!Files.isSymbolicLink(link)) {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, kept);
    }
    return kept;
  }

  /** Makes the folder of a pod's ephemeral volume when its claim is bound, and is the pod's. */
  static void own(ConfigSource source, PodView pod, String volume, Path path)
      throws ConfigFailure, IOException {
    String name = pod.key().name() + "-" + volume;
    ApiObject claim = find(source, pod.key(), name);
    if (claim.meta().controller().filter(owner -> owner.uid().equals(pod.uid())).isEmpty()) {
      String namespace = pod.key().namespace();
      throw new ConfigFailure(
          "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
              .formatted(namespace, name, namespace, pod.key().name()));
    }
    volume(claim);
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
      FileModes.permit(path, 0777);
    }
  }

  private static ApiObject find(ConfigSource source, ObjectKey pod, String claim)
      throws ConfigFailure {
    return source
        .claim(pod, claim)
        .orElseThrow(() -> new ConfigFailure("persistentvolumeclaim \"" + claim + "\" not found"));
  }

  /** The name of the volume that the claim is bound to, if it is one of the platform's own. */
  private static String volume(ApiObject claim) throws ConfigFailure {
    JsonNode tree = claim.tree();
    String volume = tree.path("spec").path("volumeName").asString("");
    if (!tree.path("status").path("phase").asString("").equals("Bound") || volume.isEmpty()) {
      throw new ConfigFailure("PVC is not bound");
    }
    boolean ours = LOCAL_PATH.equals(claim.meta().annotations().get(PROVISIONER));
    if (!ours || !NAME.matcher(volume).matches()) {
      throw new ConfigFailure("this node has no volumes of that kind");
    }
    return volume;
  }
}
