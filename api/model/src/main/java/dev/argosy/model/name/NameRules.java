package dev.argosy.model.name;

import java.util.ArrayList;
import java.util.List;

/** Rules for names of objects and the like. Each answers the violations, empty if none. */
public final class NameRules {

  private static final String LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_1035 =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  private static final String CONFIG_KEY =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
          + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
          + " '[-._a-zA-Z0-9]+')";

  private NameRules() {}

  public static List<String> dnsLabel(String text) {
    if (isLabel(text, 0, text.length()) && text.length() <= 63) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    if (text.length() > 63) {
      wrong.add("must be no more than 63 characters");
    }
    if (!isLabel(text, 0, text.length())) {
      wrong.add(isSubdomain(text) ? "must not contain dots" : LABEL);
    }
    return wrong;
  }

  public static List<String> dnsSubdomain(String text) {
    if (text.length() <= 253 && isSubdomain(text)) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    if (text.length() > 253) {
      wrong.add("must be no more than 253 characters");
    }
    if (!isSubdomain(text)) {
      wrong.add(SUBDOMAIN);
    }
    return wrong;
  }

  public static List<String> dns1035Label(String text) {
    boolean form =
        isLabel(text, 0, text.length()) && !(text.charAt(0) >= '0' && text.charAt(0) <= '9');
    List<String> wrong = new ArrayList<>();
    if (text.length() > 63) {
      wrong.add("must be no more than 63 characters");
    }
    if (!form) {
      wrong.add(LABEL_1035);
    }
    return wrong;
  }

  /** What every name must fulfil to stand in a URL. */
  public static List<String> pathSegment(String text) {
    if (text.equals(".") || text.equals("..")) {
      return List.of("may not be '" + text + "'");
    }
    List<String> wrong = new ArrayList<>();
    if (text.indexOf('/') >= 0) {
      wrong.add("may not contain '/'");
    }
    if (text.indexOf('%') >= 0) {
      wrong.add("may not contain '%'");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      wrong.add("may not contain control characters"); // no URL with one reaches a server's code
    }
    return wrong;
  }

  /** Keys of config maps and secrets. */
  public static List<String> configMapKey(String text) {
    List<String> wrong = new ArrayList<>();
    if (text.length() > 253) {
      wrong.add("must be no more than 253 characters");
    }
    if (!configCharacters(text)) {
      wrong.add(CONFIG_KEY);
    } else if (text.equals(".")) {
      wrong.add("must not be '.'");
    } else if (text.equals("..")) {
      wrong.add("must not be '..'");
    } else if (text.startsWith("..")) {
      wrong.add("must not start with '..'");
    }
    return wrong;
  }

  /** Names of ports: at most 15 of a-z, 0-9 and inner single hyphens, with a letter. */
  public static List<String> portName(String text) {
    List<String> wrong = new ArrayList<>();
    if (text.length() > 15) {
      wrong.add("must be no more than 15 characters");
    }
    boolean letter = false;
    boolean characters = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      letter |= c >= 'a' && c <= 'z';
      characters &= lowerAlphanumeric(c) || c == '-';
    }
    if (!characters) {
      wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!letter) {
      wrong.add("must contain at least one letter (a-z)");
    }
    if (text.contains("--")) {
      wrong.add("must not contain consecutive hyphens");
    }
    if (text.startsWith("-") || text.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong;
  }

  private static boolean configCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!lowerAlphanumeric(c) && !(c >= 'A' && c <= 'Z') && "-._".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isSubdomain(String text) {
    int start = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      if (!isLabel(text, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return isLabel(text, start, text.length());
  }

  private static boolean isLabel(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!lowerAlphanumeric(c) && (c != '-' || i == start || i == end - 1)) {
        return false;
      }
    }
    return end > start;
  }

  private static boolean lowerAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
