package dev.argosy.server.aggregate.document;

import dev.argosy.model.object.Json;
import dev.argosy.server.aggregate.remote.RemoteFetch;
import dev.argosy.server.aggregate.remote.RemoteFetch.Bounds;
import dev.argosy.server.aggregate.remote.RemoteFetch.Fetched;
import dev.argosy.server.aggregate.remote.RemoteServer;
import dev.argosy.server.openapi.RemoteSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI of one server, as far as its registered group versions go. A server may lack it.
 *
 * @param groupVersions of which it tells
 * @param v3 hashes of its documents of version 3, by path
 * @param v2 what it adds to version 2
 * @param etag of its document of version 2; empty if it gave none
 * @param bytes how long that was
 */
public record ServerSpecs(
    Set<String> groupVersions,
    Map<String, String> v3,
    Optional<RemoteSpec> v2,
    String etag,
    int bytes) {

  private static final Bounds BOUNDS = new Bounds(2 * 1024 * 1024, Duration.ofSeconds(10));
  private static final String HASH = "?hash=";

  public ServerSpecs {
    groupVersions = Set.copyOf(groupVersions);
    v3 = Map.copyOf(v3);
  }

  /** Nothing was heard yet. */
  public static ServerSpecs unknown() {
    return new ServerSpecs(Set.of(), Map.of(), Optional.empty(), "", 0);
  }

  /**
   * What the server says now.
   *
   * @param wanted "group/version" of its registrations
   * @throws IOException if it does not answer
   */
  public ServerSpecs refreshed(RemoteFetch fetch, RemoteServer server, Set<String> wanted)
      throws IOException {
    Map<String, String> hashes = hashes(fetch, server, wanted);
    String tag = wanted.equals(groupVersions) ? etag : "";
    Fetched answer = fetch.get(server, "/openapi/v2", "application/json", tag, BOUNDS);
    if (answer.code() == 304 && !tag.isEmpty()) {
      return new ServerSpecs(wanted, hashes, v2, etag, bytes);
    }
    Optional<RemoteSpec> spec =
        answer.code() == 200 ? SpecParts.of(parse(answer.body()), wanted) : Optional.empty();
    return new ServerSpecs(wanted, hashes, spec, answer.etag(), answer.body().length);
  }

  private static Map<String, String> hashes(
      RemoteFetch fetch, RemoteServer server, Set<String> groupVersions) throws IOException {
    Fetched answer = fetch.get(server, "/openapi/v3", "application/json", "", BOUNDS);
    Map<String, String> hashes = new HashMap<>();
    if (answer.code() == 200) {
      JsonNode paths = parse(answer.body()).path("paths");
      for (String groupVersion : groupVersions) {
        String path = "apis/" + groupVersion;
        String address = paths.path(path).path("serverRelativeURL").asString("");
        if (paths.has(path)) {
          hashes.put(path, hash(address));
        }
      }
    }
    return hashes;
  }

  private static String hash(String address) {
    int at = address.indexOf(HASH);
    String hash = at < 0 ? "" : address.substring(at + HASH.length());
    return hash.matches("[-_.0-9A-Za-z]{1,256}") ? hash : "0";
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return Json.mapper().readTree(body);
    } catch (JacksonException e) {
      throw new IOException("the answer is no JSON", e);
    }
  }
}
