package dev.argosy.server.openapi;

import dev.argosy.model.schema.KindTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What requests below {@code /openapi/} get, without any servlet: which document, and whether the
 * client has it already.
 */
public final class OpenApiAnswers {

  private static final String PROTOBUF_WORD = "proto-openapi.spec.v2";

  private final OpenApi openApi;

  public OpenApiAnswers(OpenApi openApi) {
    this.openApi = openApi;
  }

  /** What to send. */
  public sealed interface Answer {

    /**
     * 200 with the document and its ETag.
     *
     * @param immutable whether the address holds the document's hash, so that it may be cached for
     *     good
     */
    record Found(Document document, boolean immutable) implements Answer {}

    /** 304. */
    record NotModified(Document document) implements Answer {}

    /** 301 to the address with the right hash. */
    record Moved(String location) implements Answer {}

    /** 404. */
    record Unknown() implements Answer {}
  }

  /**
   * Answers a GET.
   *
   * @param path the path without a cluster prefix, for example {@code /openapi/v3/api/v1}
   * @param accept the Accept header; empty if there is none
   * @param hash the query parameter of that name; empty if there is none
   * @param ifNoneMatch the header; empty if there is none
   */
  public Answer get(KindTable kinds, String path, String accept, String hash, String ifNoneMatch) {
    return get(new Served(kinds, List.of(), Map.of()), path, accept, hash, ifNoneMatch);
  }

  /**
   * What there is to tell of.
   *
   * @param kinds of this server
   * @param v2 what others add to version 2
   * @param v3 hashes of others' documents of version 3, by path
   */
  record Served(KindTable kinds, List<RemoteSpec> v2, Map<String, String> v3) {}

  Answer get(Served served, String path, String accept, String hash, String ifNoneMatch) {
    KindTable kinds = served.kinds();
    return switch (path) {
      case "/openapi/v2" ->
          fresh(
              accept.contains(PROTOBUF_WORD)
                  ? openApi.v2Protobuf(kinds, served.v2())
                  : openApi.v2Json(kinds, served.v2()),
              ifNoneMatch);
      case "/openapi/v3", "/openapi/v3/" -> fresh(openApi.v3Index(kinds, served.v3()), ifNoneMatch);
      default ->
          path.startsWith("/openapi/v3/")
              ? hashed(openApi.v3(kinds, path.substring(12)), path, hash, ifNoneMatch)
              : new Answer.Unknown();
    };
  }

  private static Answer hashed(
      Optional<Document> found, String path, String hash, String ifNoneMatch) {
    if (found.isEmpty()) {
      return new Answer.Unknown();
    }
    Document document = found.get();
    if (!hash.isEmpty() && !hash.equals(document.hash())) {
      return new Answer.Moved(path + "?hash=" + document.hash());
    }
    Answer answer = fresh(document, ifNoneMatch);
    return answer instanceof Answer.Found && !hash.isEmpty()
        ? new Answer.Found(document, true)
        : answer;
  }

  private static Answer fresh(Document document, String ifNoneMatch) {
    boolean known = !ifNoneMatch.isEmpty() && ifNoneMatch.contains(document.etag());
    return known ? new Answer.NotModified(document) : new Answer.Found(document, false);
  }
}
