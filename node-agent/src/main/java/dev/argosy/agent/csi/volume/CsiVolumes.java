package dev.argosy.agent.csi.volume;

import dev.argosy.agent.csi.Driver;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.NodeAbility;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.volume.mount.BlockDevice;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.model.client.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The volumes of drivers on this node. Any thread; one volume is worked on by one at a time. */
public final class CsiVolumes implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * A volume that a pod can use.
   *
   * @param folder what containers see; the device itself of one that is a device
   * @param grouped whether its files are to be given to the pod's group
   */
  public record Ready(Path folder, boolean grouped) {}

  /**
   * A pod's wish.
   *
   * @param folder of the pod
   * @param podVolume the volume's name in it
   * @param group of its files; −1 for none
   */
  public record Wish(
      PodView pod, Path folder, String podVolume, CsiVolume volume, boolean readOnly, int group) {}

  private final ApiClient api;
  private final Drivers drivers;
  private final CsiFolders folders;
  private final Attachments attachments;
  private final VolumesInUse inUse;
  private final PodContext context;
  private final Pauses pauses;
  private final Turns turns = new Turns();
  private final Takedown takedown;

  /**
   * Of an agent.
   *
   * @param data its data folder
   */
  public CsiVolumes(ApiClient api, String node, Path data, Drivers drivers, Clock clock) {
    this(api, node, data, drivers, clock, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long a pod waits for its volume to be attached before it says so
   */
  public CsiVolumes(
      ApiClient api, String node, Path data, Drivers drivers, Clock clock, Duration patience) {
    this.api = api;
    this.drivers = drivers;
    this.folders = new CsiFolders(data);
    this.attachments = new Attachments(api, node, patience);
    this.inUse = new VolumesInUse(api, node, folders);
    this.context = new PodContext(new ConfigSource(api), clock);
    this.pauses = new Pauses(clock);
    this.takedown = new Takedown(drivers, folders, turns, inUse);
  }

  /** Mounts a volume for a pod; again and again with the same result. */
  public Ready publish(Wish wish) throws ConfigFailure, IOException {
    return publish(wish, false);
  }

  /** Mounts it again if its driver wants that from time to time. */
  public void refresh(Wish wish) throws ConfigFailure, IOException {
    CsiVolume volume = wish.volume();
    if (DriverRules.of(api, wish.pod().key().cluster(), volume.driver()).republishes()) {
      publish(wish, true);
    }
  }

  private Ready publish(Wish wish, boolean again) throws ConfigFailure, IOException {
    CsiVolume volume = wish.volume();
    Path folder = folders.published(wish.folder(), volume.name());
    Driver driver = driver(volume.driver());
    DriverRules rules = DriverRules.of(api, wish.pod().key().cluster(), volume.driver());
    rules.check(volume);
    boolean byDriver = driver.can(NodeAbility.VOLUME_MOUNT_GROUP) && wish.group() >= 0;
    Path target = CsiFolders.mount(folder);
    boolean there =
        Kept.read(folder).filter(Kept::mounted).isPresent()
            && MountTable.read().at(target).isPresent()
            && placed(volume, target);
    if (again || !there) {
      pauses.check(folder.toString());
      String group = byDriver ? Integer.toString(wish.group()) : "";
      try (Turns.Turn _ = turns.take(volume.driver(), volume.handle())) {
        publish(wish, rules, new NodeRequests(driver, volume, group), folder);
        pauses.over(folder.toString());
      } catch (ConfigFailure e) {
        pauses.failed(folder.toString(), String.valueOf(e.getMessage()));
        throw e;
      }
    }
    boolean folders = !byDriver && !wish.readOnly() && !volume.block();
    return new Ready(target, folders && rules.grouped(volume));
  }

  private static boolean placed(CsiVolume volume, Path target) throws IOException {
    return volume.block() ? BlockDevice.at(target).isPresent() : Files.exists(target);
  }

  private void publish(Wish wish, DriverRules rules, NodeRequests requests, Path folder)
      throws ConfigFailure, IOException {
    CsiVolume volume = wish.volume();
    PodView pod = wish.pod();
    boolean attached = rules.attaches() && !volume.inline();
    Kept kept = Kept.read(folder).orElse(Kept.of(volume, wish.podVolume(), attached));
    if (!kept.same(volume.driver(), volume.handle())) {
      throw new ConfigFailure("volume " + kept.handle() + " is still mounted in its place");
    }
    kept.write(folder);
    Map<String, String> said = Map.of();
    if (attached) {
      inUse.tell();
      said = attachments.await(pod.key().cluster(), volume);
    }
    kept.asTried().write(folder);
    String staging = "";
    if (requests.driver().can(NodeAbility.STAGE_UNSTAGE_VOLUME) && !volume.inline()) {
      staging = stage(pod, requests, said, attached).toString();
    }
    Map<String, String> secrets = context.secret(pod, volume.secrets().publish());
    Map<String, String> attributes = context.attributes(pod, volume, rules);
    Path target = CsiFolders.mount(folder);
    try {
      requests
          .driver()
          .node(
              "NodePublishVolume",
              requests.publish(staging, target, wish.readOnly(), said, secrets, attributes));
    } catch (GrpcFailure e) {
      throw new ConfigFailure(Words.of(e, secrets.values()));
    }
    if (!placed(volume, target)) {
      String what = volume.block() ? " put no block device at " : " mounted nothing at ";
      throw new ConfigFailure("driver " + volume.driver() + what + target);
    }
    kept.asMounted().write(folder);
  }

  private Path stage(PodView pod, NodeRequests requests, Map<String, String> said, boolean attached)
      throws ConfigFailure, IOException {
    CsiVolume volume = requests.volume();
    Path folder = folders.staged(volume.driver(), volume.handle());
    Path staging = CsiFolders.staging(folder);
    Kept kept = Kept.of(volume, "", attached);
    kept.asTried().write(folder);
    Files.createDirectories(staging);
    Map<String, String> secrets = context.secret(pod, volume.secrets().stage());
    try {
      requests.driver().node("NodeStageVolume", requests.stage(staging, said, secrets));
    } catch (GrpcFailure e) {
      throw new ConfigFailure("MountDevice failed: " + Words.of(e, secrets.values()));
    }
    kept.asMounted().write(folder);
    return staging;
  }

  /**
   * Lets a mounted volume grow to the size that it has come to; whether it has it. What failed a
   * moment ago is not tried, and answers false.
   */
  public boolean expand(Wish wish) throws ConfigFailure, IOException {
    CsiVolume volume = wish.volume();
    Driver driver = driver(volume.driver());
    if (!driver.can(NodeAbility.EXPAND_VOLUME)) {
      return true;
    }
    String what = "expand " + volume.driver() + "^" + volume.handle();
    pauses.check(what);
    Path target = CsiFolders.mount(folders.published(wish.folder(), volume.name()));
    Map<String, String> secrets = context.secret(wish.pod(), volume.secrets().expand());
    try (Turns.Turn _ = turns.take(volume.driver(), volume.handle())) {
      String staging = staging(driver, volume.driver(), volume.handle());
      driver.node(
          "NodeExpandVolume",
          new NodeRequests(driver, volume, "").expand(target, staging, secrets));
      pauses.over(what);
      return true;
    } catch (GrpcFailure e) {
      String why = Words.of(e, secrets.values());
      pauses.failed(what, why);
      throw new ConfigFailure(why);
    }
  }

  private String staging(Driver driver, String name, String handle) {
    return driver.can(NodeAbility.STAGE_UNSTAGE_VOLUME)
        ? CsiFolders.staging(folders.staged(name, handle)).toString()
        : "";
  }

  private Driver driver(String name) throws ConfigFailure {
    return drivers
        .find(name)
        .orElseThrow(() ->
            new ConfigFailure(
                "driver name " + name + " not found in the list of registered CSI drivers"));
  }

  /**
   * Takes the volumes from a pod, and from the node those that no other pod has. Fails if a driver
   * does not take one back; it stays the pod's until it does.
   *
   * @param pod its folder
   */
  public void release(Path pod) throws IOException {
    for (Path folder : folders.publishedOf(pod)) {
      takedown.unpublish(folder);
      pauses.over(folder.toString());
    }
  }

  /** Takes what is staged and no pod has. */
  public void sweep() throws IOException {
    takedown.sweep();
  }

  /**
   * What a volume holds, as its driver says.
   *
   * @param pod the pod's folder
   * @param volume its name in the pod
   * @return empty if it is none of a driver's, or its driver does not say
   */
  public Optional<VolumeUse> use(Path pod, String volume) {
    return new UseOfVolumes(drivers, folders).of(pod, volume);
  }

  /** Nobody waits for an attachment any more. */
  @Override
  public void close() {
    attachments.close();
  }

  /** Those of an agent without drivers. */
  public static CsiVolumes none(ApiClient api, Path data, Clock clock) {
    return new CsiVolumes(api, "none", data, new Drivers(() -> {}), clock);
  }
}
