package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which pods use a volume, and which volumes a pod uses. Any thread. */
final class VolumeUsers {

  private final Informer<PodView> pods;
  private final Informer<ClaimView> claims;
  private final Informer<CsiVolume> volumes;

  VolumeUsers(ControllerContext context) {
    this.pods = context.informer(PodView.EVERYWHERE);
    this.claims = context.informer(ClaimView.EVERYWHERE);
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
  }

  /** Pods that are on a node, have not ended, and use one of these volumes, which are alike. */
  List<PodView> of(List<CsiVolume> alike) {
    List<PodView> users = new ArrayList<>();
    for (CsiVolume volume : alike) {
      claim(volume)
          .ifPresent(claim ->
              pods.find(PodView.BY_CLAIM, volume.claim()).stream()
                  .filter(pod -> !pod.node().isEmpty() && !pod.terminal())
                  .filter(pod -> pod.claims().use(claim.object(), pod.uid()))
                  .forEach(users::add));
    }
    return users;
  }

  private Optional<ClaimView> claim(CsiVolume volume) {
    String[] place = volume.claim().split("/", -1);
    return place.length != 3
        ? Optional.empty()
        : claims
            .get(new ObjectKey(Kinds.VOLUME_CLAIMS, place[0], place[1], place[2]))
            .filter(claim -> claim.uid().equals(volume.claimUid()))
            .filter(claim -> claim.volume().equals(volume.name()));
  }

  /** The volumes that a pod's claims name. */
  Stream<CsiVolume> of(PodView pod) {
    return pod.claims()
        .all()
        .flatMap(name -> volumes.find(CsiVolume.BY_CLAIM, PodView.claim(pod.claim(name))).stream());
  }

  /** The volume that a claim names. */
  Stream<CsiVolume> of(ClaimView claim) {
    return volumes.find(CsiVolume.BY_CLAIM, PodView.claim(claim.key())).stream();
  }
}
