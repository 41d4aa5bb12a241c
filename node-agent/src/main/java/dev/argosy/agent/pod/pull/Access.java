package dev.argosy.agent.pod.pull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may use an image that this agent has fetched; the content of one record. A name that is not
 * here was not fetched: the same image may be public under one name and private under another.
 *
 * @param names by the image's name without tag
 */
record Access(Map<String, Holders> names) {

  /** Nobody yet. */
  static final Access NONE = new Access(Map.of());

  /**
   * Who fetched it under one name.
   *
   * @param everyone whether it was fetched without credentials of a pod
   * @param secrets secrets that it was fetched with, each with the fingerprint of what it held
   */
  record Holders(boolean everyone, Map<String, String> secrets) {
    Holders {
      secrets = Map.copyOf(secrets);
    }

    boolean admits(Map<String, String> claims) {
      Set<String> known = new HashSet<>(secrets.values());
      return everyone || claims.values().stream().anyMatch(known::contains);
    }
  }

  Access {
    names = Map.copyOf(names);
  }

  /**
   * Whether a pod may use it.
   *
   * @param claims what the pod brings: fingerprints of credentials by secret. The fingerprint
   *     decides, so that a renewed secret must prove itself, and equal credentials count as equal
   */
  boolean admits(ImageName image, Map<String, String> claims) {
    Holders holders = names.get(image.toString());
    return holders != null && holders.admits(claims);
  }

  /** The same, and it was fetched without credentials of a pod. */
  Access withEveryone(ImageName image) {
    return with(image, new Holders(true, holders(image).secrets));
  }

  /** The same, and it was fetched with those of a secret. */
  Access withSecret(ImageName image, String secret, String fingerprint) {
    Map<String, String> secrets = new HashMap<>(holders(image).secrets);
    secrets.put(secret, fingerprint);
    return with(image, new Holders(holders(image).everyone, secrets));
  }

  private Holders holders(ImageName image) {
    return names.getOrDefault(image.toString(), new Holders(false, Map.of()));
  }

  private Access with(ImageName image, Holders holders) {
    Map<String, Holders> all = new HashMap<>(names);
    all.put(image.toString(), holders);
    return new Access(all);
  }
}
