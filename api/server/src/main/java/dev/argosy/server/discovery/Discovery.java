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
  private final KeptDocuments kept = new KeptDocuments();

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

  private KeptDocuments.Source source(Served served) {
    return new KeptDocuments.Source(served.table().get(), remotes.of(served.cluster()));
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
      sendAggregated(
          aggregated.get(), aggregated(trimmed, served, aggregated.get()), request, response);
      return true;
    }
    Format format = Format.choose(accept, Set.of(), pretty);
    Optional<ObjectNode> ofServer = ofServer(trimmed, request);
    if (ofServer.isPresent()) {
      Answers.document(response, 200, format, ofServer.get());
      return true;
    }
    Optional<KeptDocuments.Document> document = ofCluster(trimmed, parts, served, format);
    if (document.isEmpty()) {
      return false;
    }
    Answers.bytes(response, 200, format.encoding().mediaType(), document.get().bytes());
    return true;
  }

  private KeptDocuments.Document aggregated(String path, Served served, String version) {
    KeptDocuments.Source source = source(served);
    KeptDocuments.Form form = new KeptDocuments.Form(path, version);
    return kept.of(
            source,
            form,
            () -> {
              ObjectNode document =
                  path.equals("/api")
                      ? AggregatedDiscovery.core(source.table(), version)
                      : AggregatedDiscovery.groups(source.groups(), version);
              return Optional.of(Json.mapper().writeValueAsBytes(document));
            })
        .orElseThrow();
  }

  /** What does not depend on kinds. */
  private static Optional<ObjectNode> ofServer(String path, HttpServletRequest request) {
    return switch (path) {
      case "/version" -> Optional.of(ServerVersion.document());
      case "/api" ->
          Optional.of(
              LegacyDiscovery.versions(request.getServerName() + ":" + request.getServerPort()));
      default -> Optional.empty();
    };
  }

  private Optional<KeptDocuments.Document> ofCluster(
      String path, List<String> parts, Served served, Format format) {
    String root = parts.getFirst();
    boolean below = parts.size() >= 2 && parts.size() <= 3 && path.startsWith("/api");
    if (!path.equals("/") && !path.equals("/apis") && !below) {
      return Optional.empty();
    }
    if (!path.equals("/") && !root.equals("api") && !root.equals("apis")) {
      return Optional.empty();
    }
    KeptDocuments.Source source = source(served);
    return kept.of(
        source,
        new KeptDocuments.Form(path, format),
        () -> document(path, parts, source).map(tree -> Answers.encoded(format, tree)));
  }

  private static Optional<ObjectNode> document(
      String path, List<String> parts, KeptDocuments.Source source) {
    return switch (path) {
      case "/" -> Optional.of(paths(source.groups()));
      case "/apis" -> Optional.of(LegacyDiscovery.groups(source.groups()));
      default -> below(parts, source);
    };
  }

  private static Optional<ObjectNode> below(List<String> parts, KeptDocuments.Source source) {
    boolean core = parts.getFirst().equals("api");
    if (parts.size() == 2) {
      return core
          ? LegacyDiscovery.resources(source.table(), "", parts.get(1))
          : LegacyDiscovery.group(source.groups(), parts.get(1));
    }
    return core
        ? Optional.empty()
        : LegacyDiscovery.resources(source.table(), parts.get(1), parts.get(2));
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
      String version,
      KeptDocuments.Document document,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setHeader("ETag", document.tag());
    response.addHeader("Vary", "Accept");
    if (document.tag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(304);
      return;
    }
    String type =
        "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    Answers.bytes(response, 200, type, document.bytes());
  }

  private static String accept(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept == null ? "" : accept;
  }
}
