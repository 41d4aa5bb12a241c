package dev.argosy.scheduler.volume;

import dev.argosy.model.object.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The volumes that a pod would have attached to its node; a volume counts there once. */
public final class Attaching {

  private final Set<Attachment> wanted;
  private final Volumes volumes;

  Attaching(Set<Attachment> wanted, Volumes volumes) {
    this.wanted = Set.copyOf(wanted);
    this.volumes = volumes;
  }

  /** Whether it is too much for the node beside what its pods' claims take there. */
  public boolean exceeds(String node, Set<ObjectKey> claims) {
    Map<String, Integer> limits = volumes.limits(node);
    if (wanted.stream().noneMatch(volume -> limits.containsKey(volume.driver()))) {
      return false;
    }
    Set<Attachment> present = new HashSet<>();
    claims.forEach(claim -> volumes.attachment(claim).ifPresent(present::add));
    Map<String, Integer> left = new HashMap<>(limits);
    present.forEach(volume -> left.computeIfPresent(volume.driver(), (d, count) -> count - 1));
    Set<Attachment> more = new HashSet<>(wanted);
    more.removeAll(present);
    for (Attachment volume : more) {
      Integer free = left.computeIfPresent(volume.driver(), (d, count) -> count - 1);
      if (free != null && free < 0) {
        return true;
      }
    }
    return false;
  }
}
