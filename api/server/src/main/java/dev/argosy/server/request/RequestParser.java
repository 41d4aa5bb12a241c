package dev.argosy.server.request;

import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads method, path and query as the grammar of the Kubernetes API. Pure. */
public final class RequestParser {

  private static final String CLUSTERS = "/clusters/";
  private static final Pattern CLUSTER_NAME =
      Pattern.compile("\\*|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Set<String> COLLECTION_VERBS = Set.of("list", "watch", "deletecollection");
  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  private RequestParser() {}

  /**
   * What a request means.
   *
   * @param rawPath as sent, still escaped
   * @throws dev.argosy.model.status.StatusException if the path is malformed
   */
  public static RequestInfo parse(String method, String rawPath, QueryParams query) {
    Optional<String> cluster = Optional.empty();
    String path = rawPath;
    if (path.startsWith(CLUSTERS)) {
      int end = path.indexOf('/', CLUSTERS.length());
      String name = decode(path.substring(CLUSTERS.length(), end < 0 ? path.length() : end));
      if (!CLUSTER_NAME.matcher(name).matches()) {
        throw notFound().asException();
      }
      cluster = Optional.of(name);
      path = end < 0 ? "/" : path.substring(end);
    }
    List<String> parts = split(path);
    if (parts.size() >= 3 && parts.getFirst().equals("api")) {
      return resource(cluster, path, method, query, "", parts.subList(1, parts.size()));
    }
    if (parts.size() >= 4 && parts.getFirst().equals("apis")) {
      return resource(cluster, path, method, query, parts.get(1), parts.subList(2, parts.size()));
    }
    return new RequestInfo(
        cluster,
        decode(path),
        method.toLowerCase(java.util.Locale.ROOT),
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }

  /** There is nothing at that path. */
  public static Status notFound() {
    return Status.of(Reason.NOT_FOUND, "the server could not find the requested resource");
  }

  private static RequestInfo resource(
      Optional<String> cluster,
      String path,
      String method,
      QueryParams query,
      String group,
      List<String> versionAndRest) {
    String version = versionAndRest.getFirst();
    List<String> rest = versionAndRest.subList(1, versionAndRest.size());
    boolean legacyWatch = rest.size() > 1 && rest.getFirst().equals("watch");
    if (legacyWatch) {
      rest = rest.subList(1, rest.size());
    }
    String namespace = "";
    if (rest.size() > 2
        && rest.getFirst().equals("namespaces")
        && !(rest.size() == 3 && NAMESPACE_SUBRESOURCES.contains(rest.get(2)))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    requirePlain(List.of(group, version, namespace));
    requirePlain(rest.subList(0, Math.min(rest.size(), 3)));
    String name = part(rest, 1);
    String verb = verb(method, name.isEmpty(), legacyWatch || query.flag("watch"), legacyWatch);
    return new RequestInfo(
        cluster,
        decode(path),
        verb,
        group,
        version,
        namespace,
        rest.getFirst(),
        name.isEmpty() ? selectedName(verb, query) : name,
        part(rest, 2),
        subpath(rest));
  }

  private static String verb(String method, boolean collection, boolean watch, boolean legacy) {
    return switch (method) {
      case "GET", "HEAD" -> legacy || collection && watch ? "watch" : collection ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> collection ? "deletecollection" : "delete";
      default -> "";
    };
  }

  /** Rights to one name also cover a list or watch that can only ever show that name. */
  private static String selectedName(String verb, QueryParams query) {
    String selector = query.text("fieldSelector");
    if (selector.isEmpty() || !COLLECTION_VERBS.contains(verb)) {
      return "";
    }
    try {
      return FieldSelector.parse(selector).exact("metadata.name").orElse("");
    } catch (SelectorSyntaxException e) {
      return "";
    }
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  private static String subpath(List<String> rest) {
    return rest.size() > 3 ? String.join("/", rest.subList(3, rest.size())) : "";
  }

  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        parts.add(decode(part));
      }
    }
    return parts;
  }

  /** A name never holds a slash or a control character, whatever it was escaped as. */
  private static void requirePlain(List<String> segments) {
    for (String text : segments) {
      if (text.chars().anyMatch(c -> c == '/' || c < 0x20 || c == 0x7f)) {
        throw Status.badRequest("invalid path segment: " + escaped(text)).asException();
      }
    }
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Status.badRequest("invalid URL escape in path: " + text).asException();
    }
  }
}
