package dev.argosy.server.aggregate.remote;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.relay.Header;
import dev.argosy.server.relay.Line;
import dev.argosy.server.relay.RelayFailure;
import dev.argosy.server.relay.ReplyBody;
import dev.argosy.server.relay.ReplyHead;
import dev.argosy.server.relay.RequestHead;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Questions of this server's own. */
public final class RemoteFetch {

  /** As whom the aggregator asks, in the words of Kubernetes. */
  private static final UserInfo AGGREGATOR =
      new UserInfo("system:kube-aggregator", "", List.of("system:masters"), Map.of());

  private final RemoteLines lines;

  public RemoteFetch(RemoteLines lines) {
    this.lines = lines;
  }

  /**
   * An answer.
   *
   * @param etag empty if there is none
   */
  public record Fetched(int code, String contentType, String etag, byte[] body) {}

  /**
   * A request about objects.
   *
   * @param path decoded
   * @param query escaped; empty for none
   * @param body JSON; empty for none
   */
  public record Asked(UserInfo user, String method, String path, String query, String body) {

    /** A request without a query. */
    public static Asked of(UserInfo user, String method, String path, String body) {
      return new Asked(user, method, path, "", body);
    }

    /** A get. */
    public static Asked get(UserInfo user, String path, Map<String, String> query) {
      String escaped =
          query.entrySet().stream()
              .map(e -> escaped(e.getKey()) + "=" + escaped(e.getValue()))
              .sorted()
              .collect(Collectors.joining("&"));
      return new Asked(user, "GET", path, escaped, "");
    }

    private static String escaped(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /** How much of an answer is wanted, and how long it may take. */
  public record Bounds(int bytes, Duration time) {}

  /**
   * Gets a document; redirects are answers like any other.
   *
   * @param etag of what is known already; empty for nothing
   * @throws IOException with the reason, if there is no answer in time and size
   */
  public Fetched get(RemoteServer server, String path, String accept, String etag, Bounds bounds)
      throws IOException {
    List<Header> headers = headers(server, accept, AGGREGATOR);
    if (!etag.isEmpty()) {
      headers.add(new Header("If-None-Match", etag));
    }
    return exchange(server, new RequestHead("GET", path, headers), new byte[0], bounds);
  }

  /**
   * Asks on behalf of a user, who may do so.
   *
   * @throws IOException with the reason, if there is no answer in time and size
   */
  public Fetched send(RemoteServer server, Asked asked, Bounds bounds) throws IOException {
    List<Header> headers = headers(server, "application/json", asked.user());
    byte[] body = asked.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      headers.add(new Header("Content-Type", "application/json"));
      headers.add(new Header("Content-Length", Integer.toString(body.length)));
    }
    RequestHead head =
        new RequestHead(asked.method(), Target.of(asked.path(), asked.query()), headers);
    return exchange(server, head, body, bounds);
  }

  private static List<Header> headers(RemoteServer server, String accept, UserInfo user) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", server.authority()));
    headers.add(new Header("User-Agent", "kube-aggregator"));
    headers.add(new Header("Accept", accept));
    headers.add(new Header("Connection", "close"));
    headers.addAll(UserHeaders.of(user));
    return headers;
  }

  private Fetched exchange(RemoteServer server, RequestHead head, byte[] body, Bounds bounds)
      throws IOException {
    try (Line line = lines.open(server, bounds.time())) {
      try {
        return fetch(line, head, body, bounds.bytes());
      } catch (IOException e) {
        throw line.why(e);
      }
    } catch (IOException e) {
      throw new IOException(RelayFailure.words(e), e);
    }
  }

  private static Fetched fetch(Line line, RequestHead head, byte[] sent, int most)
      throws IOException {
    line.output().write(head.bytes());
    line.output().write(sent);
    line.output().flush();
    ReplyHead reply = ReplyHead.read(line.input(), RemoteRelay.MOST_HEAD);
    byte[] body = ReplyBody.of(head.method(), reply, line.input()).readNBytes(most + 1);
    if (body.length > most) {
      throw new IOException("the response is longer than " + most + " bytes");
    }
    Optional<String> type = reply.first("Content-Type");
    return new Fetched(reply.code(), type.orElse(""), reply.first("ETag").orElse(""), body);
  }
}
