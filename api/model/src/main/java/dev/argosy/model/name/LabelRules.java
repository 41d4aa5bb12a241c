package dev.argosy.model.name;

import java.util.ArrayList;
import java.util.List;

/** Rules for label keys and values. Each answers the violations, empty if there are none. */
public final class LabelRules {

  private static final int MAX = 63;
  private static final String NAME_PART =
      " must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String QUALIFIED =
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start"
          + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
          + " regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an"
          + " optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
  private static final String VALUE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private LabelRules() {}

  /** A qualified name: an optional DNS prefix and a slash, then at most 63 characters. */
  public static List<String> qualifiedName(String text) {
    if (isName(text)) {
      return List.of();
    }
    int slash = text.indexOf('/');
    if (slash >= 0 && text.indexOf('/', slash + 1) >= 0) {
      return List.of(QUALIFIED);
    }
    List<String> wrong = new ArrayList<>();
    if (slash == 0) {
      wrong.add("prefix part must be non-empty");
    } else if (slash > 0) {
      NameRules.dnsSubdomain(text.substring(0, slash)).forEach(m -> wrong.add("prefix part " + m));
    }
    String name = text.substring(slash + 1);
    if (name.isEmpty()) {
      wrong.add("name part must be non-empty");
    } else if (name.length() > MAX) {
      wrong.add("name part must be no more than 63 bytes");
    }
    if (!charactersOfName(name)) {
      wrong.add("name part" + NAME_PART);
    }
    return wrong;
  }

  public static List<String> labelValue(String text) {
    if (text.isEmpty() || isName(text)) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    if (text.length() > MAX) {
      wrong.add("must be no more than 63 bytes");
    }
    if (!charactersOfName(text)) {
      wrong.add(VALUE);
    }
    return wrong;
  }

  private static boolean isName(String text) {
    return text.length() <= MAX && charactersOfName(text);
  }

  private static boolean charactersOfName(String text) {
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      if (!alphanumeric(c) && (i == 0 || i == last || (c != '-' && c != '_' && c != '.'))) {
        return false;
      }
    }
    return last >= 0;
  }

  private static boolean alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
