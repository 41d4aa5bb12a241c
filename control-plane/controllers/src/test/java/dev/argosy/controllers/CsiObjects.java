package dev.argosy.controllers;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CSI volumes, their pods and nodes, as tests make and look at them. */
final class CsiObjects {

  static final String DRIVER = "disk.example.com";

  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private final TestCluster cluster;

  CsiObjects(TestCluster cluster) {
    this.cluster = cluster;
  }

  static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  static String text(JsonNode node, String path) {
    return node.at(path).asString("");
  }

  void inTenant(GroupResource resource, String text) {
    in(TestCluster.TENANT, resource, text);
  }

  void in(String tenant, GroupResource resource, String text) {
    cluster.client.create(ResourceScope.cluster(resource, tenant), json(text)).orThrow();
  }

  /** The driver's own word, in root. */
  void driver(String annotations, String spec) {
    in(
        "root",
        Kinds.CSI_DRIVERS,
        "{'metadata':{'name':'%s','annotations':{%s}},'spec':{%s}}"
            .formatted(DRIVER, annotations, spec));
  }

  /** That the driver runs on the node. */
  void csiNode(String node) {
    in(
        "root",
        Kinds.CSI_NODES,
        "{'metadata':{'name':'%1$s'},'spec':{'drivers':[{'name':'%2$s','nodeID':'id-%1$s','topologyKeys':['zone']}]}}"
            .formatted(node, DRIVER));
  }

  /** A claim; volume and class may be empty. */
  void claim(String name, String storageClass, String volume) {
    ObjectNode claim =
        json(
            "{'metadata':{'name':'%s','finalizers':['kubernetes.io/pvc-protection']},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}"
                .formatted(name));
    if (!volume.isEmpty()) {
      claim.withObject("/spec").put("volumeName", volume);
    }
    if (!storageClass.isEmpty()) {
      claim.withObject("/spec").put("storageClassName", storageClass);
    }
    cluster.create(Kinds.VOLUME_CLAIMS, claim);
  }

  /** A claim of this name that is bound to a volume of this name. */
  void bound(String name, String mode) {
    cluster.create(
        Kinds.VOLUME_CLAIMS,
        json(
            "{'metadata':{'name':'%1$s'},'spec':{'volumeName':'%1$s','accessModes':['%2$s'],'resources':{'requests':{'storage':'1Gi'}}}}"
                .formatted(name, mode)));
    inTenant(Kinds.VOLUMES, volume(name, mode));
    cluster.await("the binding", () -> text(volume(name), "/status/phase").equals("Bound"));
  }

  static String volume(String name, String mode) {
    return "{'metadata':{'name':'%1$s'},'spec':{'accessModes':['%2$s'],'capacity':{'storage':'1Gi'},'csi':{'driver':'%3$s','volumeHandle':'h-%1$s'},'claimRef':{'namespace':'default','name':'%1$s'}}}"
        .formatted(name, mode, DRIVER);
  }

  void pod(String name, String node, String claim) {
    cluster.create(
        Kinds.PODS,
        json(
            "{'metadata':{'name':'%s'},'spec':{'nodeName':'%s','terminationGracePeriodSeconds':1,'containers':[{'name':'c'}],'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]}}"
                .formatted(name, node, claim)));
  }

  void delete(GroupResource resource, String name) {
    cluster.client.delete(TestCluster.key(resource, name), DeleteOptions.DEFAULT).orThrow();
  }

  JsonNode volume(String name) {
    return read(new ObjectKey(Kinds.VOLUMES, TestCluster.TENANT, "", name));
  }

  JsonNode node(String name) {
    return read(new ObjectKey(Kinds.NODES, "root", "", name));
  }

  private JsonNode read(ObjectKey key) {
    return cluster.client.get(key).orAbsent().<JsonNode>map(ApiObject::tree).orElse(Json.object());
  }

  List<ApiObject> attachments() {
    return all(Kinds.ATTACHMENTS, TestCluster.TENANT);
  }

  List<ApiObject> all(GroupResource resource, String tenant) {
    return cluster
        .client
        .list(ResourceScope.cluster(resource, tenant), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  /** The volumes and nodes of all attachments, as VOLUME@NODE. */
  Set<String> places() {
    return attachments().stream()
        .map(ApiObject::tree)
        .map(a -> text(a, "/spec/source/persistentVolumeName") + "@" + text(a, "/spec/nodeName"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static ObjectKey attachment(String volume, String node) {
    return new ObjectKey(
        Kinds.ATTACHMENTS,
        TestCluster.TENANT,
        "",
        AttachmentView.name("h-" + volume, DRIVER, node));
  }

  /** What an attacher says of an attachment. */
  void attached(String volume, String node, String status) {
    ObjectNode patch = Json.object();
    patch.set("status", json(status));
    cluster.client.patch(attachment(volume, node), "status", Patch.merge(patch)).orThrow();
  }

  /** The handles that a node's status says are attached. */
  Set<String> said(String node) {
    Set<String> names = new TreeSet<>();
    for (JsonNode volume : node(node).at("/status/volumesAttached")) {
      names.add(text(volume, "/name").replace("kubernetes.io/csi/" + DRIVER + "^h-", ""));
    }
    return names;
  }

  /** What the node's agent says it uses. */
  void used(String node, String... volumes) {
    ObjectNode patch = Json.object();
    ArrayNode names = patch.putObject("status").putArray("volumesInUse");
    for (String volume : volumes) {
      names.add("kubernetes.io/csi/" + DRIVER + "^h-" + volume);
    }
    patchNode(node, "status", patch);
  }

  /** The agent of a node that is not ready says nothing of its pods either. */
  void ready(String node, boolean ready) {
    if (ready) {
      away.remove(node);
    } else {
      away.add(node);
    }
    cluster.kubelet.setHealthy(pod -> !away.contains(pod.node()));
    patchNode(
        node,
        "status",
        json(
            "{'status':{'conditions':[{'type':'Ready','status':'%s'}]}}"
                .formatted(ready ? "True" : "False")));
  }

  void patchNode(String node, String subresource, ObjectNode patch) {
    cluster
        .client
        .patch(new ObjectKey(Kinds.NODES, "root", "", node), subresource, Patch.merge(patch))
        .orThrow();
  }

  Set<String> events() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(ApiObject::tree)
        .map(e -> text(e, "/reason") + ": " + text(e, "/message"))
        .collect(Collectors.toSet());
  }
}
