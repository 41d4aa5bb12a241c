package dev.argosy.agent.pod.pull;

import java.util.List;
import java.util.Locale;

/**
 * For which present images a pod must have credentials with which they were fetched.
 *
 * @param preloaded names of images that need none, with the kind for lists; a name may end in
 *     {@code /*}
 */
public record VerificationPolicy(Kind kind, List<String> preloaded) {

  /** As kubelet names them. */
  public enum Kind {
    NEVER_VERIFY,
    NEVER_VERIFY_PRELOADED_IMAGES,
    NEVER_VERIFY_ALLOWLISTED_IMAGES,
    ALWAYS_VERIFY
  }

  public static final VerificationPolicy DEFAULT =
      new VerificationPolicy(Kind.NEVER_VERIFY_PRELOADED_IMAGES, List.of());

  public VerificationPolicy {
    preloaded = List.copyOf(preloaded);
  }

  /** Reads kubelet's words. */
  public static VerificationPolicy of(String kind, List<String> preloaded) {
    for (Kind one : Kind.values()) {
      if (one.name().replace("_", "").equals(kind.toUpperCase(Locale.ROOT))) {
        return new VerificationPolicy(one, preloaded);
      }
    }
    throw new IllegalArgumentException(
        "\""
            + kind
            + "\" is no policy for the verification of image pull credentials; there are"
            + " NeverVerify, NeverVerifyPreloadedImages, NeverVerifyAllowlistedImages and"
            + " AlwaysVerify");
  }

  /** Whether anybody may use an image that this agent has not fetched. */
  boolean opens(ImageName image) {
    return switch (kind) {
      case NEVER_VERIFY, NEVER_VERIFY_PRELOADED_IMAGES -> true;
      case NEVER_VERIFY_ALLOWLISTED_IMAGES ->
          preloaded.stream().anyMatch(pattern -> matches(pattern, image.toString()));
      case ALWAYS_VERIFY -> false;
    };
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("/*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
