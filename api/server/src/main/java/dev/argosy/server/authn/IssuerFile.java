package dev.argosy.server.authn;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.authn.claims.AuthenticationFile;
import dev.argosy.server.authn.claims.TrustedIssuer;
import dev.argosy.server.file.WatchedFile;
import java.nio.file.Path;
import java.util.List;

/** Takes over the issuers in a file; while it cannot be used, who was believed is believed on. */
public final class IssuerFile implements AutoCloseable {

  private final WatchedFile file;

  public IssuerFile(Path file, BearerTokens tokens, Metrics metrics) {
    this.file =
        new WatchedFile(
            file,
            metrics.counter(
                "apiserver_authentication_config_controller_automatic_reloads_total",
                "Times that the file of issuers was taken over, or could not be.",
                "status"),
            text -> {
              List<TrustedIssuer> issuers = AuthenticationFile.read(text);
              tokens.trust(issuers);
              return "believing " + issuers.stream().map(TrustedIssuer::url).toList();
            });
  }

  /** Takes it over as it is, then begins to look for changes. */
  public void start() {
    file.start();
  }

  @Override
  public void close() {
    file.close();
  }
}
