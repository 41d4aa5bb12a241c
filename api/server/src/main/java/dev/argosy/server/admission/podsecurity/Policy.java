package dev.argosy.server.admission.podsecurity;

import dev.argosy.model.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A level of the standards as of a version.
 *
 * @param minor the N of {@code v1.N}; {@link #LATEST} for the newest
 */
record Policy(Level level, int minor) {

  static final int LATEST = Integer.MAX_VALUE;
  private static final String LABEL = "pod-security.kubernetes.io/";
  private static final List<String> MODES = List.of("enforce", "audit", "warn");

  /** What a namespace's labels say of a mode; what they say wrongly counts as the strictest. */
  static Policy of(Map<String, String> labels, String mode) {
    return said(
        labels.getOrDefault(LABEL + mode, Level.PRIVILEGED.text()),
        labels.getOrDefault(LABEL + mode + "-version", "latest"));
  }

  /** Whether a namespace's labels say anything of a mode. */
  static boolean asked(Map<String, String> labels, String mode) {
    return labels.containsKey(LABEL + mode);
  }

  /** What these words mean; a level that is none counts as the strictest. */
  static Policy said(String level, String version) {
    return new Policy(
        Level.of(level).orElse(Level.RESTRICTED), goodVersion(version) ? minor(version) : LATEST);
  }

  /** What is wrong with a namespace's labels. */
  static List<Cause> problems(Map<String, String> labels) {
    List<Cause> problems = new ArrayList<>();
    for (String mode : MODES) {
      String level = labels.get(LABEL + mode);
      if (level != null && Level.of(level).isEmpty()) {
        problems.add(wrong(LABEL + mode, level, "must be one of privileged, baseline, restricted"));
      }
      String version = labels.get(LABEL + mode + "-version");
      if (version != null && !goodVersion(version)) {
        problems.add(wrong(LABEL + mode + "-version", version, "must be \"latest\" or \"v1.x\""));
      }
    }
    return problems;
  }

  private static Cause wrong(String label, String value, String why) {
    return new Cause(
        "FieldValueInvalid",
        "Invalid value: \"" + value + "\": " + why,
        "metadata.labels[" + label + "]");
  }

  private static boolean goodVersion(String version) {
    return version.equals("latest") || version.matches("v1\\.(0|[1-9]\\d{0,5})");
  }

  private static int minor(String version) {
    return version.equals("latest") ? LATEST : Integer.parseInt(version.substring(3));
  }

  /** Whether its level forbids less than the other's. */
  boolean weakerThan(Policy other) {
    return level.compareTo(other.level) < 0;
  }

  /** As messages name it, such as {@code restricted:v1.30}. */
  String text() {
    return level.text() + ":" + (minor == LATEST ? "latest" : "v1." + minor);
  }
}
