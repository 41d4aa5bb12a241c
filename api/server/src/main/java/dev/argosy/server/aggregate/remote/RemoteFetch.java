package dev.argosy.server.aggregate.remote;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.relay.Header;
import dev.argosy.server.relay.Line;
import dev.argosy.server.relay.RelayFailure;
import dev.argosy.server.relay.ReplyBody;
import dev.argosy.server.relay.ReplyHead;
import dev.argosy.server.relay.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * @param body JSON; empty for none
   */
  public record Asked(UserInfo user, String method, String path, String body) {}

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
    RequestHead head = new RequestHead(asked.method(), Target.of(asked.path(), null), headers);
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
