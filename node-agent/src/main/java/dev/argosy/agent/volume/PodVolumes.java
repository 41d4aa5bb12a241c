package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.config.VolumeMounts;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.volume.AtomicFolder.Entry;
import dev.argosy.agent.volume.disk.LocalVolumes.Ready;
import dev.argosy.agent.volume.mount.BlockDevice;
import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Prepares the volumes of one pod and keeps those fresh that mirror the API. */
public final class PodVolumes implements VolumeMounts {

  private final NodeVolumes node;
  private final ConfigSource source;
  private final FieldValues fields;
  private final PodFolder folder;
  private final FsGroup group;

  PodVolumes(NodeVolumes node, ConfigSource source, FieldValues fields, PodFolder folder) {
    this.node = node;
    this.source = source;
    this.fields = fields;
    this.folder = folder;
    this.group = FsGroup.of(fields.pod().spec());
  }

  private interface Step {
    void of(JsonNode volume, Wanted wanted) throws ConfigFailure, IOException;
  }

  /** Makes all but images ready for a pod that does not run yet; safe to do again and again. */
  public void prepare() throws ConfigFailure {
    modes().checkOthers();
    each(this::prepare);
  }

  /** Brings those up to date that change while the pod runs. */
  public void refresh() throws ConfigFailure {
    each(this::refresh);
  }

  private void each(Step step) throws ConfigFailure {
    for (JsonNode volume : pod().spec().path("volumes")) {
      try {
        Wanted wanted = Wanted.of(pod().key().name(), volume);
        step.of(volume, wanted);
      } catch (IOException | UncheckedIOException | ConfigFailure e) {
        throw new ConfigFailure(
            modes().operation(volume)
                + " failed for volume \""
                + name(volume)
                + "\" : "
                + e.getMessage());
      }
    }
  }

  private CsiMounts csi() {
    return new CsiMounts(node, pod(), folder, group);
  }

  private VolumeModes modes() {
    return new VolumeModes(pod());
  }

  private PodView pod() {
    return fields.pod();
  }

  private static String name(JsonNode volume) {
    return volume.path("name").asString("");
  }

  private void prepare(JsonNode volume, Wanted wanted) throws ConfigFailure, IOException {
    Path path = folder.volume(name(volume));
    switch (wanted) {
      case Wanted.Empty empty -> {
        new EmptyFolder(node.mounter()).make(path, empty, fields);
        group.give(path);
      }
      case Wanted.Mirror mirror -> mirror(volume, mirror, path);
      case Wanted.OfMachine(Path there, String type) -> HostPath.check(there, type);
      case Wanted.Claim claim -> {
        Wanted found = new Claims(source).resolve(pod(), claim);
        if (!(found instanceof Wanted.Refused)) {
          modes().check(volume, found.block());
        }
        prepare(volume, found);
      }
      case Wanted.Local here -> {
        Ready ready = local(volume, here);
        tellUnlimited(volume, ready.unlimited());
        if (!here.block()) {
          group.give(ready.folder());
        }
      }
      case Wanted.Offered offered -> {
        node.offered().mount(offered, path);
        if (offered.grouped()) {
          group.give(path);
        }
      }
      case Wanted.Nfs nfs -> nfs(path, nfs);
      case Wanted.Csi csi -> csi().prepare(volume, csi);
      case Wanted.Inline _ -> csi().prepare(volume);
      case Wanted.OfImage _ -> {} // see ImageVolumes
      case Wanted.Refused(String message) -> throw new ConfigFailure(message);
    }
  }

  private void refresh(JsonNode volume, Wanted wanted) throws ConfigFailure, IOException {
    switch (wanted) {
      case Wanted.Mirror mirror -> mirror(volume, mirror, folder.volume(name(volume)));
      case Wanted.Claim claim -> {
        switch (new Claims(source).resolve(pod(), claim)) {
          case Wanted.Local here -> local(volume, here);
          case Wanted.Csi csi -> csi().refresh(volume, csi);
          default -> {}
        }
      }
      case Wanted.Inline _ -> csi().refresh(volume);
      case Wanted.Empty _,
          Wanted.Csi _,
          Wanted.OfMachine _,
          Wanted.Local _,
          Wanted.Offered _,
          Wanted.Nfs _,
          Wanted.OfImage _,
          Wanted.Refused _ -> {}
    }
  }

  private void mirror(JsonNode volume, Wanted.Mirror mirror, Path link)
      throws ConfigFailure, IOException {
    Path path = mirror.secret() ? node.secrets().folder(pod().uid(), name(volume), link) : link;
    Map<String, Entry> files =
        new MirroredFiles(source, fields, path, node.clock(), node.credentials()).of(volume);
    AtomicFolder.write(path, files, group.gid());
  }

  private Ready local(JsonNode volume, Wanted.Local wanted) throws IOException {
    Path link = folder.volume(name(volume));
    Ready ready =
        wanted.block()
            ? node.local().useDevice(wanted.id(), wanted.bytes(), wanted.deletes(), link)
            : node.local().use(wanted.id(), wanted.bytes(), wanted.deletes(), link);
    boolean whole = ready.bytes() >= wanted.bytes();
    if (whole && node.claimSize().tell(wanted.claim(), wanted.size())) {
      node.events()
          .normal(
              pod(),
              "",
              "FileSystemResizeSuccessful",
              "MountVolume.NodeExpandVolume succeeded for volume \""
                  + wanted.id().name()
                  + "\" "
                  + wanted.size());
    }
    return ready;
  }

  private void tellUnlimited(JsonNode volume, String why) {
    if (!why.isEmpty()) {
      node.events()
          .warning(
              pod(),
              "",
              "VolumeSizeNotEnforced",
              "the size of volume \"%s\" is not enforced on this node: %s"
                  .formatted(name(volume), why));
    }
  }

  private void nfs(Path path, Wanted.Nfs wanted) throws IOException {
    if (MountTable.read().at(path).isPresent()) {
      return;
    }
    Files.createDirectories(path);
    node.mounter().nfs(wanted.source(), path, wanted.options());
  }

  @Override
  public Mount of(String container, JsonNode mount, String subPath)
      throws ConfigFailure, IOException {
    String name = mount.path("name").asString("");
    JsonNode volume = volume(name);
    Wanted wanted = Wanted.of(pod().key().name(), volume);
    Path whole = path(wanted, name);
    boolean fixed = wanted instanceof Wanted.Mirror || wanted instanceof Wanted.OfImage;
    String target = mount.path("mountPath").asString("");
    Path place = folder.part(name, container, target);
    Path part =
        switch (wanted) {
          case Wanted _ when subPath.isEmpty() -> whole;
          case Wanted.Mirror _ -> SubPath.ofFixed(whole, subPath, place);
          case Wanted.OfImage _ -> SubPath.ofImage(whole, subPath);
          default -> new SubPath(node.mounter()).mount(whole, subPath, place);
        };
    return MountModes.of(part, mount, fixed || readOnly(volume));
  }

  @Override
  public Device device(JsonNode device) throws ConfigFailure, IOException {
    String name = name(device);
    JsonNode volume = volume(name);
    Path there = path(Wanted.of(pod().key().name(), volume), name);
    if (BlockDevice.at(there).isEmpty()) {
      throw new ConfigFailure("volume \"" + name + "\" is no block device");
    }
    String permissions = readOnly(volume) ? "r" : "rwm";
    return new Device(there.toString(), device.path("devicePath").asString(""), permissions);
  }

  private static boolean readOnly(JsonNode volume) {
    return volume.path("persistentVolumeClaim").path("readOnly").asBoolean(false)
        || volume.path("nfs").path("readOnly").asBoolean(false)
        || volume.path("csi").path("readOnly").asBoolean(false);
  }

  private JsonNode volume(String name) throws ConfigFailure {
    for (JsonNode volume : pod().spec().path("volumes")) {
      if (name(volume).equals(name)) {
        return volume;
      }
    }
    throw new ConfigFailure("volume \"" + name + "\" is not defined");
  }

  /** Where a volume lies; links are resolved, since the container engine must not follow them. */
  private Path path(Wanted wanted, String name) throws ConfigFailure, IOException {
    if (wanted instanceof Wanted.OfMachine(Path there, String _)) {
      return there;
    }
    Path path = folder.volume(name);
    Path real = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path;
    if (!node.local().usable(real)) {
      throw new ConfigFailure("the folder of volume \"" + name + "\" is gone");
    }
    return real;
  }
}
