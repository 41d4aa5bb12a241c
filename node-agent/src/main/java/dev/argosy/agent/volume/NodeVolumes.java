package dev.argosy.agent.volume;

import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.volume.credential.PodCredentials;
import dev.argosy.agent.volume.disk.Known;
import dev.argosy.agent.volume.disk.LocalVolumes;
import dev.argosy.agent.volume.disk.VolumeId;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the pods of this node share of their volumes. Any thread may enter. */
public final class NodeVolumes {

  private static final Logger LOG = LoggerFactory.getLogger(NodeVolumes.class);
  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");

  private final ApiClient api;
  private final PodEvents events;
  private final Clock clock;
  private final Mounter mounter = new Mounter();
  private final LocalVolumes local;
  private final ImageFolders images;
  private final SecretMemory secrets;
  private final OfferedPaths offered;
  private final CsiVolumes csi;
  private final PodCredentials credentials;

  /**
   * Of an agent without drivers of storage.
   *
   * @param data its data folder
   */
  public NodeVolumes(Path data, ApiClient api, ImageStore images, PodEvents events, Clock clock) {
    this(data, api, images, events, clock, CsiVolumes.none(api, data, clock));
  }

  /**
   * Of an agent.
   *
   * @param data its data folder
   * @param csi the volumes of its drivers
   */
  public NodeVolumes(
      Path data, ApiClient api, ImageStore images, PodEvents events, Clock clock, CsiVolumes csi) {
    close(data);
    this.csi = csi;
    this.api = api;
    this.events = events;
    this.clock = clock;
    this.credentials = new PodCredentials(api, events, clock);
    this.local = LocalVolumes.of(data, clock);
    this.images = new ImageFolders(data, images);
    this.secrets = new SecretMemory(data, mounter);
    this.offered = new OfferedPaths(data, mounter);
  }

  /** What pods keep, programs that become root included, is not for other users of the machine. */
  private static void close(Path data) {
    try {
      for (String folder : new String[] {"pods", "images", "plugins/kubernetes.io", "volumes"}) {
        Path path = data.resolve(folder);
        if (!folder.equals("volumes") || Files.exists(path)) {
          FileModes.permit(Files.createDirectories(path), 0700);
        }
      }
    } catch (IOException e) {
      LOG.warn("folders of pods are open to other users of this machine: {}", e.toString());
    }
  }

  /** The volumes of one pod. */
  public PodVolumes of(FieldValues fields, PodFolder folder) {
    return new PodVolumes(this, new ConfigSource(api), fields, folder);
  }

  /** The images that a pod mounts. */
  public ImageVolumes images(PodView pod, PodFolder folder) {
    return new ImageVolumes(images, pod, folder);
  }

  /**
   * Unmounts what a pod had and removes its folder. Fails while something is used; what is still
   * mounted then stays the pod's, to be tried again.
   */
  public void release(PodFolder folder) throws IOException {
    mounter.unmountBelow(folder.parts());
    csi.release(folder.path());
    mounter.unmountBelow(folder.path());
    local.release(folder.path());
    secrets.release(folder.uid());
    credentials.release(folder.uid());
    folder.delete();
  }

  /** Puts away what no pod uses, and frees what nobody has any more. */
  public void sweep() throws IOException {
    local.sweep(this::known);
    csi.sweep();
    images.sweep();
    secrets.sweep();
  }

  private Known known(VolumeId id) {
    ObjectKey key = new ObjectKey(VOLUMES, id.cluster(), "", id.name());
    return switch (api.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject volume) ->
          volume
                  .tree()
                  .path("spec")
                  .path("persistentVolumeReclaimPolicy")
                  .asString("")
                  .equals("Delete")
              ? Known.DELETES
              : Known.RETAINED;
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Known.NOT_THERE;
      case ApiResult.Refused<ApiObject> _ -> Known.NOT_ASKED;
    };
  }

  Mounter mounter() {
    return mounter;
  }

  LocalVolumes local() {
    return local;
  }

  CsiVolumes csi() {
    return csi;
  }

  OfferedPaths offered() {
    return offered;
  }

  PodCredentials credentials() {
    return credentials;
  }

  SecretMemory secrets() {
    return secrets;
  }

  PodEvents events() {
    return events;
  }

  Clock clock() {
    return clock;
  }

  ClaimSize claimSize() {
    return new ClaimSize(api);
  }
}
