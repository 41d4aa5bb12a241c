package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ObjectKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which volumes are to be looked at when something changes. */
final class AttachWakes {

  private static final String CSI = CsiVolume.inStatus("");

  private final KeyQueue queue;
  private final Informer<CsiVolume> volumes;
  private final VolumeUsers users;

  AttachWakes(KeyQueue queue, Informer<CsiVolume> volumes, VolumeUsers users) {
    this.queue = queue;
    this.volumes = volumes;
    this.users = users;
  }

  void listen(
      ControllerContext context,
      Informer<AttachNode> nodes,
      Informer<AttachmentView> attachments,
      CsiDrivers drivers) {
    Informer<PodView> pods = context.informer(PodView.EVERYWHERE);
    volumes.onChange(this::wake);
    context.informer(ClaimView.EVERYWHERE).onChange(claim -> users.of(claim).forEach(this::wake));
    pods.onChange(pod -> {
      if (!pod.node().isEmpty()) {
        users.of(pod).forEach(this::wake);
      }
    });
    attachments.onChange(a ->
        volumes
            .get(new ObjectKey(Kinds.VOLUMES, a.object().cluster(), "", a.volume()))
            .ifPresent(this::wake));
    nodes.addHandler(new Nodes(pods, attachments));
    drivers.onChange(driver -> volumes.find(CsiVolume.BY_DRIVER, driver).forEach(this::wake));
  }

  private void wake(CsiVolume volume) {
    if (volume.csi()) {
      queue.add(AttachController.key(volume.cluster(), volume.id()));
    }
  }

  private final class Nodes implements InformerHandler<AttachNode> {
    private final Informer<PodView> pods;
    private final Informer<AttachmentView> attachments;

    Nodes(Informer<PodView> pods, Informer<AttachmentView> attachments) {
      this.pods = pods;
      this.attachments = attachments;
    }

    @Override
    public void added(AttachNode node) {
      pods.find(PodView.BY_NODE, node.name())
          .forEach(pod -> users.of(pod).forEach(AttachWakes.this::wake));
      changed(node);
    }

    @Override
    public void updated(AttachNode old, AttachNode node) {
      if (!old.equals(node)) {
        changed(old);
        changed(node);
      }
    }

    @Override
    public void deleted(AttachNode node) {
      changed(node);
    }

    private void changed(AttachNode node) {
      Set<String> names = new HashSet<>(node.attached());
      names.addAll(node.used());
      names.stream()
          .filter(name -> name.startsWith(CSI) && name.indexOf('^') > 0)
          .forEach(this::wake);
      attachments
          .find(AttachmentView.BY_NODE, node.name())
          .forEach(a ->
              volumes
                  .get(new ObjectKey(Kinds.VOLUMES, a.object().cluster(), "", a.volume()))
                  .ifPresent(AttachWakes.this::wake));
    }

    /** One that no volume has is taken from the node's status on behalf of root. */
    private void wake(String name) {
      String id = name.substring(CSI.length());
      List<CsiVolume> known = volumes.find(CsiVolume.BY_HANDLE, id);
      known.forEach(AttachWakes.this::wake);
      if (known.isEmpty()) {
        queue.add(AttachController.key(Kinds.ROOT, id));
      }
    }
  }
}
