package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Has CSI volumes attached to the nodes of the pods that use them, and detached when none does.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/controller/">Kubernetes:
 *     attachdetach-controller</a>
 */
public final class AttachController implements Reconciler {

  private static final String NAME = "attachdetach-controller";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<CsiVolume> volumes;
  private final Informer<AttachmentView> attachments;
  private final Informer<AttachNode> nodes;
  private final CsiDrivers drivers;
  private final VolumeUsers users;
  private final OwnWrites writes = new OwnWrites();
  private final AttachSteps steps;
  private final Map<ObjectKey, Map<String, Instant>> unused = new ConcurrentHashMap<>();

  private AttachController(ControllerContext context) {
    this.context = context;
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
    this.attachments = context.informer(AttachmentView.EVERYWHERE);
    this.nodes = context.informer(AttachNode.ALL);
    this.drivers = new CsiDrivers(context);
    this.users = new VolumeUsers(context);
    this.steps =
        new AttachSteps(
            context.client(NAME), attachments, writes, new AttachTold(context.events(NAME)));
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    AttachController controller = new AttachController(context);
    new AttachWakes(queue, controller.volumes, controller.users)
        .listen(context, controller.nodes, controller.attachments, controller.drivers);
    return new ControllerLoop("attachdetach", queue, controller, 4);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    List<CsiVolume> alike =
        volumes.find(CsiVolume.BY_ID, CsiVolume.inCluster(key.cluster(), key.name()));
    Map<String, List<PodView>> wanted =
        users.of(alike).stream().collect(Collectors.groupingBy(PodView::node));
    Map<String, AttachmentView> present = present(key, alike);
    String inStatus = CsiVolume.inStatus(key.name());
    Set<String> said =
        nodes.find(AttachNode.BY_ATTACHED, inStatus).stream()
            .map(AttachNode::name)
            .filter(node -> present.containsKey(node) || !othersHave(key, node))
            .collect(Collectors.toSet());
    boolean foreign = !alike.isEmpty() && drivers.foreign(alike.getFirst());
    AttachPlan.Scene scene =
        new AttachPlan.Scene(
            inStatus,
            !alike.isEmpty()
                && !foreign
                && drivers.attachRequired(key.cluster(), alike.getFirst().driver()),
            alike.stream().allMatch(CsiVolume::exclusive),
            wanted.keySet(),
            present,
            said);
    Map<String, Instant> since = unusedSince(key, scene);
    List<AttachPlan.Step> plan =
        AttachPlan.of(
            scene,
            node -> nodes.get(AttachNode.key(node)),
            attachment ->
                Duration.between(
                    since.getOrDefault(attachment.node(), context.now()), context.now()));
    AttachSteps.Volume volume =
        new AttachSteps.Volume(key, inStatus, alike, wanted, node -> othersHave(key, node));
    if (foreign) {
      steps.refuse(volume);
    }
    return steps.take(volume, plan);
  }

  /** By node. Of a volume that is gone, what its driver still has. */
  private Map<String, AttachmentView> present(ObjectKey key, List<CsiVolume> alike) {
    Map<String, AttachmentView> present = new HashMap<>();
    for (CsiVolume volume : alike) {
      String filed = AttachmentView.ofVolume(volume.cluster(), volume.name());
      for (AttachmentView attachment : attachments.find(AttachmentView.BY_VOLUME, filed)) {
        if (attachment.isOf(volume)) {
          present.put(attachment.node(), attachment);
        }
      }
    }
    if (alike.isEmpty()) {
      int split = key.name().indexOf('^');
      String driver = key.name().substring(0, split);
      String handle = key.name().substring(split + 1);
      for (AttachmentView attachment : attachments.find(AttachmentView.BY_DRIVER, driver)) {
        String ours = AttachmentView.name(handle, driver, attachment.node());
        if (attachment.object().cluster().equals(key.cluster())
            && attachment.object().name().equals(ours)) {
          present.put(attachment.node(), attachment);
        }
      }
    }
    return present;
  }

  /** Whether the same storage is attached to the node for another cluster. */
  private boolean othersHave(ObjectKey key, String node) {
    return volumes.find(CsiVolume.BY_HANDLE, key.name()).stream()
        .filter(other -> !other.cluster().equals(key.cluster()))
        .flatMap(other ->
            attachments
                .find(
                    AttachmentView.BY_VOLUME,
                    AttachmentView.ofVolume(other.cluster(), other.name()))
                .stream())
        .anyMatch(attachment -> attachment.node().equals(node));
  }

  private Map<String, Instant> unusedSince(ObjectKey key, AttachPlan.Scene scene) {
    Set<String> idle = new HashSet<>(scene.present().keySet());
    idle.removeAll(scene.wanted());
    return Optional.ofNullable(
            unused.compute(
                key,
                (k, known) -> {
                  Map<String, Instant> next = new HashMap<>();
                  for (String node : idle) {
                    Instant before = known == null ? null : known.get(node);
                    next.put(node, before == null ? context.now() : before);
                  }
                  return next.isEmpty() ? null : next;
                }))
        .orElse(Map.of());
  }

  /** The key of a volume in this loop's queue. */
  static ObjectKey key(String cluster, String id) {
    return new ObjectKey(Kinds.ATTACHMENTS, cluster, "", id);
  }
}
