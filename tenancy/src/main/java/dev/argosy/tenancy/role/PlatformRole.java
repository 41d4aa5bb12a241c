package dev.argosy.tenancy.role;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody may do on the platform, in every cluster of it but for operators. */
public enum PlatformRole {
  /** Everything, everywhere. */
  ADMIN("platform-admin"),
  /**
   * Runs the platform: tenants, quotas, requests, fleets. Has no rights in tenants but what they
   * take for a while, for a reason, and before everybody's eyes.
   */
  OPERATOR("platform-operator"),
  /** Looks at everything but secrets. */
  VIEWER("platform-viewer");

  private static final Set<String> WORDS =
      Stream.of(values()).map(PlatformRole::text).collect(Collectors.toUnmodifiableSet());

  private final String text;

  PlatformRole(String text) {
    this.text = text;
  }

  /** The word in {@code spec.role}. */
  public String text() {
    return text;
  }

  /** The words of all of them. */
  public static Set<String> words() {
    return WORDS;
  }

  /**
   * The role of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PlatformRole of(String text) {
    for (PlatformRole role : values()) {
      if (role.text.equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no platform role: " + text);
  }
}
