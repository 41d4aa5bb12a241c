package dev.argosy.model.schema;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes' order of API versions: stable before beta before alpha, higher numbers first, other
 * words last by their letters.
 */
final class VersionOrder implements Comparator<String>, Serializable {

  private static final long serialVersionUID = 1L;
  private static final Pattern FORM = Pattern.compile("v(\\d+)(?:(alpha|beta)(\\d+))?");

  @Override
  public int compare(String a, String b) {
    Matcher left = FORM.matcher(a);
    Matcher right = FORM.matcher(b);
    boolean leftKnown = left.matches();
    boolean rightKnown = right.matches();
    if (!leftKnown || !rightKnown) {
      return leftKnown == rightKnown ? a.compareTo(b) : leftKnown ? -1 : 1;
    }
    int byStage = Integer.compare(stage(right), stage(left));
    if (byStage != 0) {
      return byStage;
    }
    int byMajor = Integer.compare(number(right, 1), number(left, 1));
    return byMajor != 0 ? byMajor : Integer.compare(number(right, 3), number(left, 3));
  }

  private static int stage(Matcher version) {
    String stage = version.group(2);
    return stage == null ? 2 : stage.equals("beta") ? 1 : 0;
  }

  private static int number(Matcher version, int group) {
    String digits = version.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
