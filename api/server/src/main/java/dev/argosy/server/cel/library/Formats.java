package dev.argosy.server.cel.library;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Opaque;
import dev.argosy.server.cel.value.Values;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Named formats: {@code !format.dns1123Label().validate('web').hasValue()}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library">
 *     Kubernetes: format library</a>
 */
final class Formats implements Library {

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");
  private static final Map<String, Format> NAMED = named();

  /**
   * A format.
   *
   * @param violations what is wrong with a text; empty if nothing is
   * @param weight how long its regular expression is, for the cost
   */
  record Format(String name, int weight, Function<String, List<String>> violations)
      implements Opaque {

    @Override
    public String typeName() {
      return "kubernetes.NamedFormat";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Format format && name.equals(format.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private static Map<String, Format> named() {
    Map<String, Format> formats = new LinkedHashMap<>();
    put(formats, "dns1123Label", 30, NameRules::dnsLabel);
    put(formats, "dns1123Subdomain", 60, NameRules::dnsSubdomain);
    put(formats, "dns1035Label", 30, Formats::label1035);
    put(formats, "qualifiedName", 60, LabelRules::qualifiedName);
    put(formats, "dns1123LabelPrefix", 30, text -> NameRules.dnsLabel(prefix(text)));
    put(formats, "dns1123SubdomainPrefix", 60, text -> NameRules.dnsSubdomain(prefix(text)));
    put(formats, "dns1035LabelPrefix", 30, text -> label1035(prefix(text)));
    put(formats, "labelValue", 40, LabelRules::labelValue);
    put(formats, "uri", 1_000, text -> check(isUri(text), "invalid URI"));
    put(
        formats,
        "uuid",
        36,
        text -> check(UUID.matcher(text).matches(), "does not match the UUID pattern"));
    put(formats, "byte", 1_000, text -> check(isBase64(text), "invalid base64"));
    put(formats, "date", 40, text -> check(isDate(text), "invalid date"));
    put(formats, "datetime", 40, text -> check(isDateTime(text), "invalid datetime"));
    return formats;
  }

  private static void put(
      Map<String, Format> formats,
      String name,
      int weight,
      Function<String, List<String>> violations) {
    formats.put(name, new Format(name, weight, violations));
  }

  /** Of a name that something is appended to: it may end with a hyphen. */
  private static String prefix(String text) {
    return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
  }

  private static List<String> label1035(String text) {
    return text.isEmpty() ? NameRules.dns1035Label("-") : NameRules.dns1035Label(text);
  }

  private static List<String> check(boolean right, String violation) {
    return right ? List.of() : List.of(violation);
  }

  private static boolean isUri(String text) {
    return UrlValue.parse(text).isPresent();
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @Override
  public void declare(Declarations declarations) {
    CelType violations = OptionalType.create(ListType.create(SimpleType.STRING));
    declarations
        .method("validate", "format-validate", violations, FORMAT, SimpleType.STRING)
        .function("format.named", "format-named", OptionalType.create(FORMAT), SimpleType.STRING);
    NAMED
        .keySet()
        .forEach(name -> declarations.function("format." + name, "format-" + name, FORMAT));
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costsOne();
    functions.add("format.named", String.class, name -> Optional.ofNullable(NAMED.get(name)));
    NAMED.forEach((name, format) -> functions.add("format." + name, () -> format));
    functions.costs((arguments, result) ->
        Costs.reading(1 + Values.size(arguments[1]))
            * Math.ceilDiv(((Format) arguments[0]).weight(), 4));
    functions.add("validate", Format.class, String.class, Formats::validate);
  }

  private static Optional<List<String>> validate(Format format, String text) {
    List<String> violations = format.violations().apply(text);
    return violations.isEmpty() ? Optional.empty() : Optional.of(violations);
  }
}
