package dev.argosy.server.cel.library;

import dev.argosy.server.cel.value.Opaque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version. Build metadata means nothing for order and equality.
 *
 * @param prerelease the identifiers behind the hyphen
 * @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>
 */
record Semver(long major, long minor, long patch, List<String> prerelease)
    implements Opaque, Comparable<Semver> {

  private static final Pattern FORM =
      Pattern.compile(
          "(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})"
              + "(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");
  private static final Pattern LOOSE =
      Pattern.compile("v?0*(\\d+)(?:\\.0*(\\d+))?(?:\\.0*(\\d+))?((?:[-+].*)?)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  Semver {
    prerelease = List.copyOf(prerelease);
  }

  /**
   * Reads a version.
   *
   * @param normalize whether a leading v, missing minor and patch, and leading zeros are forgiven
   */
  static Optional<Semver> parse(String text, boolean normalize) {
    Matcher form = FORM.matcher(normalize ? normalized(text) : text);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<String> prerelease = identifiers(form.group(4));
    boolean wrong =
        prerelease.stream()
                .anyMatch(
                    id -> id.isEmpty() || (number(id) && id.length() > 1 && id.startsWith("0")))
            || identifiers(form.group(5)).contains("");
    return wrong
        ? Optional.empty()
        : Optional.of(
            new Semver(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                prerelease));
  }

  private static String normalized(String text) {
    Matcher loose = LOOSE.matcher(text);
    if (!loose.matches()) {
      return text;
    }
    String minor = loose.group(2) == null ? "0" : loose.group(2);
    String patch = loose.group(3) == null ? "0" : loose.group(3);
    return loose.group(1) + "." + minor + "." + patch + loose.group(4);
  }

  private static List<String> identifiers(@org.jspecify.annotations.Nullable String text) {
    return text == null ? List.of() : List.of(text.split("\\.", -1));
  }

  private static boolean number(String identifier) {
    return NUMBER.matcher(identifier).matches();
  }

  @Override
  public String typeName() {
    return "kubernetes.Semver";
  }

  @Override
  public int compareTo(Semver other) {
    int order = Long.compare(major, other.major);
    order = order != 0 ? order : Long.compare(minor, other.minor);
    order = order != 0 ? order : Long.compare(patch, other.patch);
    if (order != 0 || prerelease.equals(other.prerelease)) {
      return order;
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return prerelease.isEmpty() ? 1 : -1;
    }
    for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
      order = compare(prerelease.get(i), other.prerelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  private static int compare(String a, String b) {
    if (number(a) && number(b)) {
      int byLength = Integer.compare(a.length(), b.length());
      return byLength != 0 ? byLength : Integer.signum(a.compareTo(b));
    }
    if (number(a) != number(b)) {
      return number(a) ? -1 : 1;
    }
    return Integer.signum(a.compareTo(b));
  }
}
