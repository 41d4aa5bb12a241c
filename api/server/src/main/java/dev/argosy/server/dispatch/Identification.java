package dev.argosy.server.dispatch;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step one: who asks, and which logical cluster they mean. */
final class Identification {

  private static final Logger LOG = LoggerFactory.getLogger(Identification.class);
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final Authenticator authenticator;

  Identification(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  void identify(Exchange exchange) {
    Optional<String> named = exchange.info().urlCluster();
    Credentials credentials =
        new Credentials(
            bearer(exchange), certificate(exchange), named, new RequestHeaders(exchange.request));
    switch (authenticator.authenticate(credentials)) {
      case Authentication.Known(UserInfo user, Optional<String> home) ->
          exchange.identified(
              authenticated(user), named.or(() -> home).orElse(ClusterDirectory.ROOT));
      case Authentication.Anonymous() ->
          exchange.identified(Exchange.ANONYMOUS, named.orElse(ClusterDirectory.ROOT));
      case Authentication.Rejected(String why) -> {
        LOG.info("credential refused, request {}: {}", exchange.id, why);
        throw Status.of(Reason.UNAUTHORIZED, "Unauthorized").asException();
      }
    }
  }

  /** Everybody who was authenticated is in that group, whatever the authenticator said. */
  private static UserInfo authenticated(UserInfo user) {
    if (user.inGroup(UserInfo.AUTHENTICATED) || user.inGroup("system:unauthenticated")) {
      return user;
    }
    List<String> groups = new ArrayList<>(user.groups());
    groups.add(UserInfo.AUTHENTICATED);
    return new UserInfo(user.name(), user.uid(), groups, user.extra());
  }

  private static Optional<String> bearer(Exchange exchange) {
    String authorization = exchange.header("Authorization").strip();
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      String token = authorization.substring(7).strip();
      return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }
    return WebSocketHandshake.bearer(exchange.request);
  }

  private record RequestHeaders(HttpServletRequest request) implements Credentials.Headers {
    @Override
    public List<String> names() {
      return Collections.list(request.getHeaderNames());
    }

    @Override
    public List<String> values(String name) {
      return Collections.list(request.getHeaders(name));
    }
  }

  private static Optional<X509Certificate> certificate(Exchange exchange) {
    return exchange.request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
            && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }
}
