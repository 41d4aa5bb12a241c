package dev.argosy.server.fuzz;

import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Requests to every route: a kind, a verb, a place, options, a body, headers. */
final class RandomRequests {

  /**
   * Kinds that steer all other writes, or make the server call elsewhere: only tried, never kept.
   */
  private static final Set<String> STEERING =
      Set.of(
          "mutatingwebhookconfigurations",
          "validatingwebhookconfigurations",
          "mutatingadmissionpolicybindings",
          "validatingadmissionpolicybindings",
          "apiservices",
          "resourcequotas",
          "flowschemas",
          "prioritylevelconfigurations");

  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "x");
  private static final List<String> PATHS =
      List.of(
          "/",
          "/api",
          "/apis",
          "/api/v1",
          "/apis/apps",
          "/apis/apps/v1",
          "/apis/apps/v2",
          "/apis/no.such/v1/things",
          "/openapi/v2",
          "/openapi/v3",
          "/openapi/v3/apis/apps/v1",
          "/openapi/v3/apis/../../x",
          "/version",
          "/healthz",
          "/readyz?verbose",
          "/livez/nothing",
          "/metrics",
          "/api/v1/watch/pods?timeoutSeconds=0&resourceVersion=bad",
          "/api/v1/namespaces/default/pods/a/exec?command=x",
          "/clusters/nobody/api/v1/pods",
          "/clusters//api/v1/pods",
          "/clusters/acme",
          "/api/v1/namespaces//pods",
          "/api/v1/%2e%2e/pods",
          "/api/v1/namespaces/%00/pods",
          "/%",
          "//api/v1");

  private final Dice dice;
  private final List<KindSchema> kinds;
  private final RandomValues values;
  private final RandomBodies bodies;

  RandomRequests(Dice dice, KindTable table, Corpus corpus) {
    this.dice = dice;
    this.kinds = table.all();
    this.values = new RandomValues(dice);
    this.bodies = new RandomBodies(dice, corpus, values);
  }

  FuzzRequest next() {
    if (dice.oneIn(40)) {
      return new FuzzRequest(
          dice.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PATCH"),
          dice.of(PATHS),
          headers(""),
          new byte[0]);
    }
    KindSchema kind = dice.of(kinds);
    String namespace =
        dice.of(
            "default", "default", "default", "default", "kube-system", "kube-system", "missing");
    String name = dice.oneIn(30) ? values.word() : dice.of(NAMES);
    return switch (dice.below(10)) {
      case 0, 1, 2 -> create(kind, namespace, name);
      case 3 -> update(kind, namespace, name);
      case 4, 5 -> patch(kind, namespace, name);
      case 6 -> delete(kind, namespace, name);
      case 7 -> list(kind, namespace);
      case 8 ->
          new FuzzRequest(
              "GET", path(kind, namespace, name) + query(false), headers(""), new byte[0]);
      default -> subresource(kind, namespace, name);
    };
  }

  private FuzzRequest create(KindSchema kind, String namespace, String name) {
    return write(
        "POST", kind, path(kind, namespace, ""), body(bodies.object(kind, name, namespace)));
  }

  private FuzzRequest update(KindSchema kind, String namespace, String name) {
    return write(
        "PUT", kind, path(kind, namespace, name), body(bodies.object(kind, name, namespace)));
  }

  private FuzzRequest patch(KindSchema kind, String namespace, String name) {
    Map.Entry<String, byte[]> patch = bodies.patch(bodies.object(kind, name, namespace));
    String target = path(kind, namespace, name) + writeQuery(kind);
    return new FuzzRequest("PATCH", target, headers(patch.getKey()), patch.getValue());
  }

  private FuzzRequest delete(KindSchema kind, String namespace, String name) {
    boolean all = dice.oneIn(30) && !kind.type().resource().equals("namespaces");
    byte[] body = dice.oneIn(2) ? RandomBodies.bytes(bodies.deleteOptions()) : new byte[0];
    return write("DELETE", kind, path(kind, namespace, all ? "" : name), body);
  }

  private FuzzRequest list(KindSchema kind, String namespace) {
    String place = dice.oneIn(3) && kind.type().namespaced() ? "" : namespace;
    return new FuzzRequest("GET", path(kind, place, "") + query(true), headers(""), new byte[0]);
  }

  private FuzzRequest subresource(KindSchema kind, String namespace, String name) {
    List<String> known = new ArrayList<>(kind.type().subresources());
    known.add(dice.oneIn(10) ? "nothing" : "status");
    String method = dice.of("GET", "PUT", "PATCH", "POST", "DELETE");
    ObjectNode object = bodies.object(kind, name, namespace);
    byte[] body = method.equals("GET") ? new byte[0] : body(object);
    return write(method, kind, path(kind, namespace, name) + "/" + dice.of(known), body);
  }

  private FuzzRequest write(String method, KindSchema kind, String path, byte[] body) {
    String type = method.equals("PATCH") ? "application/merge-patch+json" : contentType();
    return new FuzzRequest(method, path + writeQuery(kind), headers(type), body);
  }

  private String contentType() {
    return dice.oneIn(30)
        ? dice.of(
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/cbor",
            "text/html",
            ";;",
            "")
        : "application/json";
  }

  /** Whole, cut off, doubled, or no JSON at all. */
  private byte[] body(ObjectNode object) {
    byte[] bytes = RandomBodies.bytes(object);
    return switch (dice.below(60)) {
      case 0 -> Arrays.copyOf(bytes, dice.below(bytes.length));
      case 1 -> (new String(bytes, StandardCharsets.UTF_8) + "{}").getBytes(StandardCharsets.UTF_8);
      case 2 -> "[".repeat(2000).getBytes(StandardCharsets.UTF_8);
      case 3 -> RandomBodies.bytes(values.anything(3));
      case 4 -> "k8s\0 something".getBytes(StandardCharsets.UTF_8);
      default -> bytes;
    };
  }

  private String path(KindSchema kind, String namespace, String name) {
    String group = kind.type().group();
    StringBuilder path = new StringBuilder(dice.oneIn(3) ? "/clusters/acme" : "");
    path.append(group.isEmpty() ? "/api/" : "/apis/" + group + "/").append(kind.type().version());
    if (kind.type().namespaced() && !namespace.isEmpty()) {
      path.append("/namespaces/").append(namespace);
    }
    path.append('/').append(kind.type().resource());
    return name.isEmpty() ? path.toString() : path.append('/').append(encoded(name)).toString();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String writeQuery(KindSchema kind) {
    List<String> options = new ArrayList<>();
    if (STEERING.contains(kind.type().resource())) {
      options.add("dryRun=All");
    } else if (dice.oneIn(10)) {
      options.add("dryRun=" + dice.of("All", "Some", ""));
    }
    if (dice.oneIn(4)) {
      options.add("fieldValidation=" + dice.of("Strict", "Warn", "Ignore", "Maybe"));
    }
    if (dice.oneIn(3)) {
      options.add("fieldManager=" + encoded(dice.of("me", "you", values.word())));
    }
    if (dice.oneIn(4)) {
      options.add("force=" + dice.of("true", "false", "2"));
    }
    if (dice.oneIn(12)) {
      options.add(
          dice.of(
              "propagationPolicy=Foreground",
              "gracePeriodSeconds=0",
              "pretty=true",
              "orphanDependents=1"));
    }
    return options.isEmpty() ? "" : "?" + String.join("&", options);
  }

  private String query(boolean collection) {
    List<String> options = new ArrayList<>();
    int size = dice.below(4);
    for (int i = 0; i < size; i++) {
      options.add(option(collection));
    }
    if (collection && dice.oneIn(60)) {
      options.add("watch=1&timeoutSeconds=1&allowWatchBookmarks=" + dice.of("1", "0"));
    }
    return options.isEmpty() ? "" : "?" + String.join("&", options);
  }

  private String option(boolean collection) {
    String text = encoded(values.word());
    return switch (dice.below(collection ? 11 : 3)) {
      case 0 -> "pretty=" + dice.of("1", "true", text);
      case 1 ->
          "resourceVersion="
              + (dice.oneIn(500) ? "999999999" : dice.of("0", "1", "5", "", "-1", "x"));
      case 2 -> "includeObject=" + dice.of("None", "Metadata", "Object", text);
      case 3 ->
          "labelSelector="
              + encoded(
                  dice.of(
                      "app",
                      "!app",
                      "app=a",
                      "app in (a,b)",
                      "app notin (",
                      "a=b,,c",
                      values.word()));
      case 4 ->
          "fieldSelector="
              + encoded(
                  dice.of(
                      "metadata.name=a",
                      "status.phase!=Running",
                      "spec.nodeName=",
                      "x=y",
                      "=",
                      values.word()));
      case 5 -> "limit=" + dice.of("1", "2", "500", "-1", "9999999999999999999", "x");
      case 6 ->
          "continue="
              + dice.of(text, "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0", "e30");
      case 7 -> "resourceVersionMatch=" + dice.of("Exact", "NotOlderThan", text);
      case 8 -> "sendInitialEvents=" + dice.of("true", "false");
      case 9 -> "timeoutSeconds=" + dice.of("1", "x");
      default -> text + "=" + text;
    };
  }

  private List<String> headers(String contentType) {
    List<String> headers = new ArrayList<>();
    if (!contentType.isEmpty()) {
      headers.add("Content-Type: " + contentType);
    }
    if (dice.oneIn(3)) {
      headers.add(
          "Accept: "
              + dice.of(
                  "application/json",
                  "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                  "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                  "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
                  "application/vnd.kubernetes.protobuf",
                  "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io",
                  "application/yaml",
                  "application/cbor",
                  "text/html",
                  "*/*;q=2",
                  ";;,"));
    }
    if (dice.oneIn(30)) {
      headers.add(
          dice.of(
              "Accept-Encoding: gzip",
              "Impersonate-User: x",
              "Impersonate-Group: y",
              "If-None-Match: \"x\"",
              "Content-Encoding: gzip",
              "X-Remote-User: root"));
    }
    return headers;
  }
}
