package dev.argosy.model.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conditions on named fields that must all hold; the names are the kind's field labels. */
public final class FieldSelector {

  /** Matches everything. */
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  /**
   * One condition.
   *
   * @param field the field label, for example {@code spec.nodeName}
   * @param equal whether the value must be this one, or must not
   */
  public record Term(String field, boolean equal, String value) {

    /** A field that is not there counts as the empty text. */
    public boolean matches(Map<String, String> fields) {
      return equal == value.equals(fields.getOrDefault(field, ""));
    }

    @Override
    public String toString() {
      return field + (equal ? "=" : "!=") + escape(value);
    }
  }

  private final List<Term> terms;

  private FieldSelector(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  public static FieldSelector of(List<Term> terms) {
    return terms.isEmpty() ? EVERYTHING : new FieldSelector(terms);
  }

  /**
   * Parses the query parameter: {@code a=b,c==d,e!=f}; in values a backslash stands before a comma,
   * an equals sign or a backslash.
   *
   * @throws SelectorSyntaxException with a message for the client
   */
  public static FieldSelector parse(String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : splitTerms(text)) {
      if (!part.isEmpty()) {
        terms.add(term(part, text));
      }
    }
    return of(terms);
  }

  private static List<String> splitTerms(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Term term(String part, String whole) {
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) == '\\') {
        i++;
      } else if (part.startsWith("!=", i)) {
        return new Term(part.substring(0, i), false, unescape(part.substring(i + 2)));
      } else if (part.startsWith("==", i)) {
        return new Term(part.substring(0, i), true, unescape(part.substring(i + 2)));
      } else if (part.charAt(i) == '=') {
        return new Term(part.substring(0, i), true, unescape(part.substring(i + 1)));
      }
    }
    throw new SelectorSyntaxException(
        "invalid selector: '" + whole + "'; can't understand '" + part + "'");
  }

  private static String unescape(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
          throw new SelectorSyntaxException(
              "invalid field selector: invalid escape sequence: \\"
                  + (i < value.length() ? value.charAt(i) : ""));
        }
        c = value.charAt(i);
      } else if (c == '=') {
        throw new SelectorSyntaxException(
            "invalid field selector: unescaped character in value: " + c);
      }
      text.append(c);
    }
    return text.toString();
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }

  public boolean matches(Map<String, String> fields) {
    for (Term term : terms) {
      if (!term.matches(fields)) {
        return false;
      }
    }
    return true;
  }

  public List<Term> terms() {
    return terms;
  }

  public boolean matchesEverything() {
    return terms.isEmpty();
  }

  /** The value that a field must have, if the selector demands one; an index can use it. */
  public Optional<String> exact(String field) {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals(field))
        .map(Term::value)
        .findFirst();
  }

  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSelector selector && terms.equals(selector.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }
}
