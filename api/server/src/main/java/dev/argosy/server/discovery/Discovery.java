package dev.argosy.server.discovery;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindTable;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.answer.MediaRange;
import dev.argosy.server.request.QueryParams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the paths by which clients find out what is here. */
public final class Discovery {

  private static final Set<String> HEALTH = Set.of("livez", "readyz", "healthz");

  private final Health health;
  private final RemoteVersions remotes;

  /**
   * The answers of one server.
   *
   * @param remotes what others serve
   */
  public Discovery(Health health, RemoteVersions remotes) {
    this.health = health;
    this.remotes = remotes;
  }

  /**
   * What a cluster serves.
   *
   * @param table of its own kinds; not asked for by paths of the server itself
   */
  public record Served(String cluster, Supplier<KindTable> table) {}

  private Groups groups(Served served) {
    return Groups.of(served.table().get(), remotes.of(served.cluster()));
  }

  /**
   * Answers, if there is something at that path.
   *
   * @param path without the cluster prefix
   * @param pretty whether people read it
   * @return whether it was answered
   */
  public boolean answer(
      String path,
      Served served,
      boolean pretty,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> parts = List.of(trimmed.substring(1).split("/"));
    if (HEALTH.contains(parts.getFirst()) && parts.size() <= 2) {
      return answerHealth(parts, request, response);
    }
    String accept = accept(request);
    Optional<String> aggregated = aggregatedVersion(accept);
    if (aggregated.isPresent() && (trimmed.equals("/api") || trimmed.equals("/apis"))) {
      ObjectNode document =
          trimmed.equals("/api")
              ? AggregatedDiscovery.core(served.table().get(), aggregated.get())
              : AggregatedDiscovery.groups(groups(served), aggregated.get());
      sendAggregated(aggregated.get(), document, request, response);
      return true;
    }
    Optional<ObjectNode> document = document(trimmed, parts, served, request);
    if (document.isEmpty()) {
      return false;
    }
    Format format = Format.choose(accept, Set.of(), pretty);
    Answers.document(response, 200, format, document.get());
    return true;
  }

  private Optional<ObjectNode> document(
      String path, List<String> parts, Served served, HttpServletRequest request) {
    return switch (path) {
      case "/" -> Optional.of(paths(groups(served)));
      case "/version" -> Optional.of(ServerVersion.document());
      case "/api" ->
          Optional.of(
              LegacyDiscovery.versions(request.getServerName() + ":" + request.getServerPort()));
      case "/apis" -> Optional.of(LegacyDiscovery.groups(groups(served)));
      default -> below(parts, served);
    };
  }

  private Optional<ObjectNode> below(List<String> parts, Served served) {
    String root = parts.getFirst();
    if (parts.size() < 2 || !root.equals("api") && !root.equals("apis")) {
      return Optional.empty();
    }
    KindTable table = served.table().get();
    if (root.equals("api") && parts.size() == 2) {
      return LegacyDiscovery.resources(table, "", parts.get(1));
    }
    if (root.equals("apis") && parts.size() == 2) {
      return LegacyDiscovery.group(groups(served), parts.get(1));
    }
    return root.equals("apis") && parts.size() == 3
        ? LegacyDiscovery.resources(table, parts.get(1), parts.get(2))
        : Optional.empty();
  }

  private static ObjectNode paths(Groups groups) {
    ObjectNode document = Json.object();
    ArrayNode paths = document.putArray("paths");
    paths.add("/api").add("/api/v1").add("/apis");
    for (Groups.Group group : groups.all()) {
      paths.add("/apis/" + group.name());
      group.versions().forEach(v -> paths.add("/apis/" + group.name() + "/" + v));
    }
    for (String path :
        List.of(
            "/healthz",
            "/livez",
            "/metrics",
            "/openapi/v2",
            "/openapi/v3",
            "/readyz",
            "/version")) {
      paths.add(path);
    }
    return document;
  }

  private boolean answerHealth(
      List<String> parts, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String raw = request.getQueryString();
    QueryParams query = QueryParams.parse(raw == null ? "" : raw);
    Optional<Health.Answer> answer =
        health.answer(
            parts.getFirst(),
            parts.size() == 2 ? parts.get(1) : "",
            query.flag("verbose"),
            query.all("exclude"));
    if (answer.isPresent()) {
      Answers.text(response, answer.get().code(), answer.get().text());
    }
    return answer.isPresent();
  }

  /** The version of aggregated discovery that the client would rather have than anything else. */
  private static Optional<String> aggregatedVersion(String accept) {
    for (MediaRange range : MediaRange.parse(accept)) {
      boolean json = range.covers("application/json");
      if (json && range.parameter("as").isEmpty()) {
        return Optional.empty();
      }
      String version = range.parameter("v");
      if (json
          && range.parameter("as").equals("APIGroupDiscoveryList")
          && range.parameter("g").equals("apidiscovery.k8s.io")
          && Set.of("v2", "v2beta1").contains(version)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  private static void sendAggregated(
      String version, ObjectNode document, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = Json.mapper().writeValueAsBytes(document);
    String tag = "\"" + hash(body) + "\"";
    response.setHeader("ETag", tag);
    response.addHeader("Vary", "Accept");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(304);
      return;
    }
    String type =
        "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    Answers.bytes(response, 200, type, body);
  }

  private static String hash(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String accept(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept == null ? "" : accept;
  }
}
