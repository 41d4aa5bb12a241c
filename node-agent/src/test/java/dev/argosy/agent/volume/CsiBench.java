package dev.argosy.agent.volume;

import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.driver.Script;
import dev.argosy.agent.csi.driver.TestDriver;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.plugin.PluginRefusal;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A node with a real driver, and pods of the tenant {@code acme} that mount its volumes. */
final class CsiBench implements AutoCloseable {

  static final String CLAIMED = "{'name':'v','persistentVolumeClaim':{'claimName':'data'}}";

  /** Of a pod for whose container the volume is a device. */
  static final String DEVICES =
      "{'containers':[{'name':'c','volumeDevices':[{'name':'v','devicePath':'/dev/xvda'}]}]}";

  private static final String ACME = "acme";
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource ATTACHMENTS =
      new GroupResource("storage.k8s.io", "volumeattachments");

  final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  final ApiClient api = new FakeApi(timers.clock(), "root", ACME).client();
  final Path data;
  private final Path home;
  private final PodEvents events = new PodEvents(api, "n1", timers.clock());
  private final FakeRuntime runtime = new FakeRuntime(timers.clock());
  private Drivers drivers = new Drivers(() -> {});
  private TestDriver driver;
  NodeVolumes volumes;

  /**
   * A node.
   *
   * @param home of the driver
   */
  CsiBench(Path data, Path home) throws Exception {
    this.data = data.toRealPath();
    this.home = home;
    this.driver = new TestDriver(home.resolve("csi.sock"), home.resolve("volumes"), "n1");
    create("root", NODES, "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'}}");
    register();
    this.volumes = agent();
  }

  void register() throws PluginRefusal {
    drivers.registered(
        new PluginInfo(
            PluginInfo.CSI,
            TestDriver.NAME,
            home.resolve("csi.sock"),
            List.of("1.0.0"),
            home.resolve("reg.sock")));
  }

  /** The driver goes on with other abilities of its node service. */
  void driver(Set<Integer> abilities) throws Exception {
    driver.close();
    driver = new TestDriver(home.resolve("csi.sock"), home.resolve("volumes"), "n1", abilities);
    register();
  }

  /** The driver's process ends; those who call it hear nothing. */
  void driverDies() {
    driver.close();
  }

  /** Another one goes on. */
  void driverComes() throws Exception {
    driver(TestDriver.ALL);
  }

  private NodeVolumes agent() {
    return new NodeVolumes(
        data,
        api,
        runtime.images(),
        events,
        timers.clock(),
        new CsiVolumes(api, "n1", data, drivers, timers.clock()));
  }

  /** An agent that does not wait for attachments. */
  NodeVolumes impatient() {
    return new NodeVolumes(
        data,
        api,
        runtime.images(),
        events,
        timers.clock(),
        new CsiVolumes(api, "n1", data, drivers, timers.clock(), Duration.ZERO));
  }

  void unmountAll() throws IOException {
    new Mounter().unmountBelow(data);
  }

  /** As if the agent was killed, and began again without drivers. */
  void restart() {
    drivers.close();
    drivers = new Drivers(() -> {});
    volumes = agent();
  }

  Script script() {
    return driver.script();
  }

  static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  ApiObject create(String cluster, GroupResource resource, String object) {
    return api.create(ResourceScope.cluster(resource, cluster), json(object)).orThrow();
  }

  void describe(String cluster, String spec) {
    create(
        cluster,
        new GroupResource("storage.k8s.io", "csidrivers"),
        "{'apiVersion':'storage.k8s.io/v1','kind':'CSIDriver','metadata':{'name':'%s'},'spec':%s}"
            .formatted(TestDriver.NAME, spec));
  }

  /** The claim {@code data} with the volume {@code pv-1}; its handle. */
  String claim(String size, String more) throws Exception {
    String handle = driver.make("pv-1", 8 << 20);
    ObjectNode claim =
        json(
            "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data'},"
                + "'spec':{'volumeName':'pv-1'}}");
    ApiObject made =
        api.create(ResourceScope.namespace(VolumeBench.CLAIMS, ACME, "default"), claim).orThrow();
    patchClaim("{'status':{'phase':'Bound','capacity':{'storage':'%s'}}}".formatted(size));
    ObjectNode pv =
        json(
            ("{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'pv-1'},"
                    + "'spec':{'capacity':{'storage':'%s'},'accessModes':['ReadWriteOnce'],"
                    + "'claimRef':{'uid':'%s'},'csi':{'driver':'%s','volumeHandle':'%s'}}}")
                .formatted(size, made.meta().uid(), TestDriver.NAME, handle));
    api.create(ResourceScope.cluster(VolumeBench.VOLUMES, ACME), pv).orThrow();
    patchVolume(more);
    return handle;
  }

  void patchVolume(String patch) {
    api.patch(new ObjectKey(VolumeBench.VOLUMES, ACME, "", "pv-1"), "", Patch.merge(json(patch)))
        .orThrow();
  }

  private ObjectKey claimKey() {
    return new ObjectKey(VolumeBench.CLAIMS, ACME, "default", "data");
  }

  void patchClaim(String patch) {
    api.patch(claimKey(), "status", Patch.merge(json(patch))).orThrow();
  }

  JsonNode claim() {
    return api.get(claimKey()).orThrow().tree();
  }

  void secret(String name, String value) {
    ObjectNode secret = json("{'apiVersion':'v1','kind':'Secret'}");
    secret.putObject("metadata").put("name", name);
    secret
        .putObject("data")
        .put("key", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    api.create(ResourceScope.namespace(new GroupResource("", "secrets"), ACME, "default"), secret)
        .orThrow();
  }

  /** As the control plane does it. */
  void attach(String handle) throws Exception {
    byte[] sum =
        MessageDigest.getInstance("SHA-256")
            .digest((handle + TestDriver.NAME + "n1").getBytes(StandardCharsets.UTF_8));
    String name = "csi-" + HexFormat.of().formatHex(sum);
    create(
        ACME,
        ATTACHMENTS,
        ("{'apiVersion':'storage.k8s.io/v1','kind':'VolumeAttachment','metadata':{'name':'%s'},"
                + "'spec':{}}")
            .formatted(name));
    api.patch(
            new ObjectKey(ATTACHMENTS, ACME, "", name),
            "status",
            Patch.merge(
                json("{'status':{'attached':true,'attachmentMetadata':{'device':'/dev/x'}}}")))
        .orThrow();
    patchNode(
        "{'status':{'volumesAttached':[{'name':'%s','devicePath':''}]}}".formatted(inUse(handle)));
  }

  static String inUse(String handle) {
    return "kubernetes.io/csi/" + TestDriver.NAME + "^" + handle;
  }

  void patchNode(String patch) {
    api.patch(new ObjectKey(NODES, "root", "", "n1"), "status", Patch.merge(json(patch))).orThrow();
  }

  JsonNode node() {
    return api.get(new ObjectKey(NODES, "root", "", "n1")).orThrow().tree();
  }

  private PodVolumes of(String uid, String spec, String volume) {
    ObjectNode pod = json("{'apiVersion':'v1','kind':'Pod'}");
    pod.putObject("metadata").put("name", "db-0").put("uid", uid);
    ObjectNode all = json(spec);
    all.putArray("volumes").add(json(volume));
    pod.set("spec", all);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), ACME, "default", "db-0");
    PodView view = PodView.of(ApiObject.ofStored(key, 1, Json.mapper().writeValueAsBytes(pod)));
    FieldValues fields = new FieldValues(view, "192.0.2.1", "192.0.2.2", 1000, 64 << 20);
    return volumes.of(fields, folder(uid));
  }

  PodFolder folder(String uid) {
    return PodFolder.of(data, uid);
  }

  void prepare(String uid, String spec, String volume) throws Exception {
    of(uid, spec, volume).prepare();
  }

  void prepare(String uid) throws Exception {
    prepare(uid, "{}", CLAIMED);
  }

  /** What a container gets for an entry of its devices. */
  Device device(String uid, String volume, String entry) throws Exception {
    return of(uid, "{}", volume).device(json(entry));
  }

  /** As the controller of the driver does it. */
  void grow(String size) throws Exception {
    driver.grow("pv-1", Quantities.whole(size));
    patchVolume("{'spec':{'capacity':{'storage':'" + size + "'}}}");
  }

  /** As the driver does it when the node lets go of a volume. */
  void free(String handle) throws IOException {
    driver.free(handle);
  }

  void refresh(String uid, String volume) throws Exception {
    of(uid, "{}", volume).refresh();
  }

  void release(String uid) throws IOException {
    volumes.release(folder(uid));
  }

  Path content(String uid) throws IOException {
    return folder(uid).volume("v").toRealPath();
  }

  List<Path> mounted() throws IOException {
    return MountTable.read().below(data).stream().map(MountTable.Entry::target).toList();
  }

  List<String> events() {
    return api
        .list(
            ResourceScope.namespace(new GroupResource("", "events"), ACME, "default"),
            ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(e -> e.tree().path("message").asString(""))
        .toList();
  }

  /** What is kept of volumes on the node's disk. */
  List<Path> kept() throws IOException {
    try (var all = Files.walk(data)) {
      return all.filter(p -> p.endsWith("vol_data.json")).toList();
    }
  }

  @Override
  public void close() throws IOException {
    events.close();
    unmountAll();
    drivers.close();
    driver.freeAll();
    driver.close();
  }
}
