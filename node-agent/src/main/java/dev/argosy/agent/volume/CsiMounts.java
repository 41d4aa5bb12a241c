package dev.argosy.agent.volume;

import dev.argosy.agent.csi.volume.CsiVolume;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.model.object.ApiObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A pod's volumes of CSI drivers: mounted, linked to, grown with their claims. */
record CsiMounts(NodeVolumes node, PodView pod, PodFolder folder, FsGroup group) {

  /** One that lives with the pod. */
  void prepare(JsonNode volume) throws ConfigFailure, IOException {
    publish(wish(volume, CsiVolume.of(pod, volume)));
  }

  void refresh(JsonNode volume) {
    refresh(wish(volume, CsiVolume.of(pod, volume)));
  }

  /** A driver that fails is told of, and keeps no other volume from being brought up to date. */
  private void refresh(CsiVolumes.Wish wish) {
    try {
      node.csi().refresh(wish);
    } catch (ConfigFailure | IOException e) {
      node.events()
          .warning(
              pod,
              "",
              "FailedMount",
              "MountVolume.SetUp failed for volume \"%s\" : %s"
                  .formatted(wish.podVolume(), e.getMessage()));
    }
  }

  /** One that a claim has. */
  void prepare(JsonNode volume, Wanted.Csi wanted) throws ConfigFailure, IOException {
    CsiVolumes.Wish wish = wish(volume, persistent(wanted));
    publish(wish);
    grow(wish, wanted);
  }

  void refresh(JsonNode volume, Wanted.Csi wanted) throws IOException {
    CsiVolumes.Wish wish = wish(volume, persistent(wanted));
    refresh(wish);
    grow(wish, wanted);
  }

  private static CsiVolume persistent(Wanted.Csi wanted) {
    return CsiVolume.of(wanted.volume(), Quantities.whole(wanted.size()));
  }

  private CsiVolumes.Wish wish(JsonNode volume, CsiVolume csi) {
    boolean readOnly =
        volume.path("persistentVolumeClaim").path("readOnly").asBoolean(false)
            || volume.path("csi").path("readOnly").asBoolean(false);
    String name = volume.path("name").asString("");
    return new CsiVolumes.Wish(pod, folder.path(), name, csi, readOnly, group.gid());
  }

  private void publish(CsiVolumes.Wish wish) throws ConfigFailure, IOException {
    CsiVolumes.Ready ready = node.csi().publish(wish);
    if (ready.grouped()) {
      group.give(ready.folder());
    }
    Path link = folder.volume(wish.podVolume());
    if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(ready.folder())) {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, ready.folder());
    }
  }

  /** The volume came to be larger than its claim says: its file system has to follow. */
  private void grow(CsiVolumes.Wish wish, Wanted.Csi wanted) throws IOException {
    ApiObject claim = wanted.claim();
    String said = claim.tree().at("/status/capacity/storage").asString("");
    if (said.isEmpty() || Quantities.whole(said) >= Quantities.whole(wanted.size())) {
      return;
    }
    String name = wanted.volume().name();
    try {
      if (node.csi().expand(wish) && node.claimSize().tell(claim, wanted.size())) {
        node.events()
            .normal(
                pod,
                "",
                "FileSystemResizeSuccessful",
                "MountVolume.NodeExpandVolume succeeded for volume \"%s\" %s"
                    .formatted(name, wanted.size()));
      }
    } catch (ConfigFailure e) {
      node.events()
          .warning(
              pod,
              "",
              "VolumeResizeFailed",
              "MountVolume.NodeExpandVolume failed for volume \"%s\" : %s"
                  .formatted(name, e.getMessage()));
    }
  }
}
