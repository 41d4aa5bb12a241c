package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How things stand, as this server sees it.
 *
 * @param resources what is sealed when it is written
 * @param servers the key-encryption keys of each server
 * @param troubles what this server cannot read, and why
 */
public record SealStatus(
    Set<GroupResource> resources,
    Map<String, List<String>> servers,
    Keys keys,
    SealProgress pass,
    Map<ObjectKey, String> troubles) {

  /**
   * The keys of all clusters.
   *
   * @param keyId the key-encryption key that is wrapped with; empty if there is none
   * @param ill key-encryption keys of this server that cannot be used now, and why
   * @param wrapped how many data keys are under which key-encryption key
   * @param clusters how many clusters have data keys
   * @param superseded how many data keys are there only to read, by cluster
   */
  public record Keys(
      String keyId,
      Map<String, String> ill,
      Map<String, Integer> wrapped,
      int clusters,
      Map<String, Integer> superseded) {}
}
