package dev.argosy.server.aggregate.document;

import dev.argosy.model.object.Json;
import dev.argosy.server.aggregate.remote.RemoteFetch;
import dev.argosy.server.aggregate.remote.RemoteFetch.Bounds;
import dev.argosy.server.aggregate.remote.RemoteFetch.Fetched;
import dev.argosy.server.aggregate.remote.RemoteServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The group versions of one server, as aggregated discovery lists them.
 *
 * @param versions entries by "group/version", without freshness; they are not changed
 * @param bytes how long it was as text
 * @param etag by which the server knows its document; empty if it gave none
 * @param current whether the server said so when it was last asked
 */
public record ServerDiscovery(
    Map<String, ObjectNode> versions, int bytes, String etag, boolean current) {

  private static final Bounds BOUNDS = new Bounds(1024 * 1024, Duration.ofSeconds(5));

  private static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

  public ServerDiscovery {
    versions = Map.copyOf(versions);
  }

  /** Nothing was heard yet. */
  public static ServerDiscovery unknown() {
    return new ServerDiscovery(Map.of(), 0, "", false);
  }

  /** The same, but it was not heard again. */
  public ServerDiscovery stale() {
    return new ServerDiscovery(versions, bytes, etag, false);
  }

  /**
   * What the server says now.
   *
   * @param group one group version that must be in it; asked for alone, if the server does not know
   *     the aggregated form
   * @throws IOException if there is no usable answer
   */
  public ServerDiscovery refreshed(
      RemoteFetch fetch, RemoteServer server, String group, String version) throws IOException {
    Fetched answer = fetch.get(server, "/apis", ACCEPT, etag, BOUNDS);
    if (answer.code() == 304 && !etag.isEmpty()) {
      return new ServerDiscovery(versions, bytes, etag, true);
    }
    if (answer.code() == 503) {
      throw new IOException("the server responded with the status code 503");
    }
    boolean aggregated =
        answer.code() == 200 && answer.contentType().contains("as=APIGroupDiscoveryList");
    if (aggregated) {
      return new ServerDiscovery(
          DiscoveryForms.versions(parse(answer.body())), answer.body().length, answer.etag(), true);
    }
    Map<String, ObjectNode> all = new HashMap<>(versions);
    Fetched legacy = legacy(fetch, server, group, version);
    all.put(group + "/" + version, DiscoveryForms.ofLegacy(group, version, parse(legacy.body())));
    return new ServerDiscovery(all, all.size() * legacy.body().length, "", true);
  }

  private static Fetched legacy(
      RemoteFetch fetch, RemoteServer server, String group, String version) throws IOException {
    String path = "/apis/" + group + "/" + version;
    Fetched answer = fetch.get(server, path, "application/json", "", BOUNDS);
    if (answer.code() != 200) {
      throw new IOException("failed to download legacy discovery for " + path);
    }
    return answer;
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return Json.mapper().readTree(body);
    } catch (JacksonException e) {
      throw new IOException("the answer is no JSON", e);
    }
  }

  /** The entry of a group version; without resources if nothing is known of it. */
  public ObjectNode entry(String group, String version, boolean available) {
    @Nullable ObjectNode known = versions.get(group + "/" + version);
    ObjectNode entry = Json.object().put("version", version);
    Optional.ofNullable(known)
        .map(found -> found.get("resources"))
        .ifPresent(resources -> entry.set("resources", resources));
    return entry.put("freshness", current && available && known != null ? "Current" : "Stale");
  }
}
