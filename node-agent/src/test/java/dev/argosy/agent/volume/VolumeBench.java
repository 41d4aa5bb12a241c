package dev.argosy.agent.volume;

import dev.argosy.agent.Loops;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods {@code db-0} with one volume {@code v}, on real folders and mounts. Close it. */
final class VolumeBench implements AutoCloseable {

  static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  private static final ObjectKey POD =
      new ObjectKey(new GroupResource("", "pods"), "acme", "default", "db-0");
  private static final int MEMORY = 64 << 20;

  final ApiClient api = new FakeApi(Clock.systemUTC(), "acme").client();
  final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final Path data;
  private final PodEvents events = new PodEvents(api, "n1", Clock.systemUTC());
  final NodeVolumes volumes;

  VolumeBench(Path data) {
    this.data = data;
    this.volumes = new NodeVolumes(data, api, runtime.images(), events, Clock.systemUTC());
  }

  static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  private static PodView pod(String uid, String spec, String volume) {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", "db-0").put("uid", uid);
    ObjectNode all = json(spec);
    all.putArray("volumes").add(json(volume).put("name", "v"));
    pod.set("spec", all);
    byte[] bytes = Json.mapper().writeValueAsBytes(pod);
    return PodView.of(ApiObject.ofStored(POD, 1, bytes));
  }

  private PodVolumes of(String uid, String spec, String volume) {
    FieldValues fields =
        new FieldValues(pod(uid, spec, volume), "192.0.2.1", "192.0.2.2", 1000, MEMORY);
    return volumes.of(fields, folder(uid));
  }

  /** Makes the images ready for a container that mounts the volume if there is a mount. */
  void prepareImages(String uid, String volume, String... mounts) throws Exception {
    ObjectNode main = json("{'name':'main'}");
    for (String mount : mounts) {
      main.withArray("volumeMounts").add(json(mount).put("name", "v").put("mountPath", "/v"));
    }
    volumes
        .images(pod(uid, "{}", volume), folder(uid))
        .prepare(ContainerView.of(main, false), this::fetched);
  }

  private Image fetched(String reference, String pullPolicy) throws RuntimeFailure {
    return runtime.images().pull(reference, null);
  }

  void prepare(String uid, String spec, String volume) throws Exception {
    of(uid, spec, volume).prepare();
  }

  void refresh(String uid, String volume) throws Exception {
    refresh(uid, "{}", volume);
  }

  void refresh(String uid, String spec, String volume) throws Exception {
    of(uid, spec, volume).refresh();
  }

  /** What container {@code main} is to mount at {@code /v}. */
  Mount mount(String uid, String volume, String mount, String subPath) throws Exception {
    ObjectNode all = json(mount).put("name", "v").put("mountPath", "/v");
    return of(uid, "{}", volume).of("main", all, subPath);
  }

  /** What a container gets for the volume as a device. */
  Device device(String uid, String volume) throws Exception {
    return of(uid, "{}", volume).device(json("{'name':'v','devicePath':'/dev/xvda'}"));
  }

  void release(String uid) throws IOException {
    volumes.release(folder(uid));
    Loops.awaitNone(data.resolve("disks"));
  }

  PodFolder folder(String uid) {
    return PodFolder.of(data, uid);
  }

  /** Where the content of a pod's volume lies. */
  Path content(String uid) throws IOException {
    return folder(uid).volume("v").toRealPath();
  }

  /** A claim, bound to a volume of the platform if that is named. */
  void claim(String name, String volume, String size) {
    ObjectNode claim = json("{'apiVersion':'v1','kind':'PersistentVolumeClaim'}");
    claim.putObject("metadata").put("name", name);
    claim.putObject("spec").put("volumeName", volume);
    ApiObject made =
        api.create(ResourceScope.namespace(CLAIMS, "acme", "default"), claim).orThrow();
    if (volume.isEmpty()) {
      return;
    }
    patchClaim(
        name, "{'status':{'phase':'Bound','capacity':{'storage':'SIZE'}}}".replace("SIZE", size));
    ObjectNode pv =
        json(
            "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'annotations':"
                + "{'pv.kubernetes.io/provisioned-by':'argosy.dev/local-path'}}}");
    pv.withObject("metadata").put("name", volume);
    ObjectNode spec = pv.putObject("spec").put("persistentVolumeReclaimPolicy", "Delete");
    spec.putObject("capacity").put("storage", size);
    spec.putObject("claimRef").put("uid", made.meta().uid());
    api.create(ResourceScope.cluster(VOLUMES, "acme"), pv).orThrow();
  }

  JsonNode claim(String name) {
    return api.get(claimKey(name)).orThrow().tree();
  }

  void patchClaim(String name, String patch) {
    api.patch(claimKey(name), patch.contains("status") ? "status" : "", Patch.merge(json(patch)))
        .orThrow();
  }

  void owner(String claim, String uid) {
    patchClaim(
        claim,
        ("{'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'db-0',"
                + "'uid':'UID','controller':true}]}}")
            .replace("UID", uid));
  }

  void patchVolume(String name, String patch) {
    api.patch(volumeKey(name), "", Patch.merge(json(patch))).orThrow();
  }

  void deleteVolume(String name) {
    api.delete(volumeKey(name), DeleteOptions.DEFAULT).orThrow();
  }

  private static ObjectKey claimKey(String name) {
    return new ObjectKey(CLAIMS, "acme", "default", name);
  }

  private static ObjectKey volumeKey(String name) {
    return new ObjectKey(VOLUMES, "acme", "", name);
  }

  /** What is mounted below the data folder. */
  List<Path> mounted() throws IOException {
    return MountTable.read().below(data).stream().map(MountTable.Entry::target).toList();
  }

  void unmountAll() throws IOException {
    new Mounter().unmountBelow(data);
  }

  @Override
  public void close() throws IOException {
    events.close();
    unmountAll();
  }
}
