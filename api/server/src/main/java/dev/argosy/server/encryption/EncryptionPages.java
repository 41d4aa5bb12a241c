package dev.argosy.server.encryption;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.connect.PlatformPath;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.store.seal.SealedException;
import dev.argosy.store.seal.Sealing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code /encryption} and the paths below it. */
public final class EncryptionPages implements PathHandler {

  private static final String STATUS = "/encryption";

  private final Sealing sealing;

  public EncryptionPages(Sealing sealing) {
    this.sealing = sealing;
  }

  /** Where this answers. */
  public List<PathMount> mounts() {
    PlatformPath pages = new PlatformPath(this);
    return List.of(new PathMount(STATUS, false, pages), new PathMount(STATUS + "/", false, pages));
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String path = info.path();
    if (!Set.of(STATUS, STATUS + "/rotate", STATUS + "/retire", STATUS + "/pass").contains(path)) {
      throw Status.of(Reason.NOT_FOUND, "the server could not find the requested resource")
          .asException();
    }
    if (!info.verb().equals(path.equals(STATUS) ? "get" : "post")) {
      throw Status.methodNotAllowed().asException();
    }
    byte[] body = EncryptionReport.bytes(answer(path, tenants(request)));
    Answers.bytes(response, path.equals(STATUS) ? 200 : 201, "application/json", body);
  }

  private ObjectNode answer(String path, Set<String> tenants) {
    try {
      return switch (path) {
        case STATUS + "/rotate" -> EncryptionReport.rotated(tenants, rotated(tenants));
        case STATUS + "/retire" -> EncryptionReport.retired(sealing, tenants);
        case STATUS + "/pass" -> {
          sealing.passSoon();
          yield EncryptionReport.status(sealing.status());
        }
        default -> EncryptionReport.status(sealing.status());
      };
    } catch (SealedException e) {
      throw Status.of(Reason.INTERNAL_ERROR, String.valueOf(e.getMessage())).asException();
    }
  }

  private Set<String> rotated(Set<String> tenants) {
    Set<String> done = new TreeSet<>();
    for (String tenant : tenants) {
      if (sealing.rotate(tenant)) {
        done.add(tenant);
      }
    }
    return done;
  }

  /** The one that is named, or all that have keys. */
  private Set<String> tenants(HttpServletRequest request) {
    String raw = request.getQueryString();
    String named = QueryParams.parse(raw == null ? "" : raw).text("tenant");
    Set<String> all = sealing.clusters();
    if (named.isEmpty()) {
      return new TreeSet<>(all);
    }
    if (!all.contains(named)) {
      throw Status.of(Reason.NOT_FOUND, "tenant \"" + named + "\" has no data keys").asException();
    }
    return Set.of(named);
  }
}
