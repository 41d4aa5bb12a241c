package dev.argosy.server.recording;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.store.seal.SealedException;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.recording.ExecRecording;
import dev.argosy.tenancy.recording.RecordingSearch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A recording as a file: {@code /audit/recordings/NAME}. Needs the right to get {@code
 * execrecordings/cast} besides the path. One part of it at a time is in memory.
 */
final class Replay implements PathHandler {

  private static final String PATH = "/audit/recordings/";

  private final RecordingSearch search;
  private final Vault vault;
  private final Authorizer authorizer;

  Replay(RecordingSearch search, Vault vault, Authorizer authorizer) {
    this.search = search;
    this.vault = vault;
    this.authorizer = authorizer;
  }

  PathMount mount() {
    return new PathMount(PATH, false, this);
  }

  @Override
  public boolean longRunning() {
    return true;
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      throw Status.methodNotAllowed().asException();
    }
    String name = info.path().substring(PATH.length());
    authorize(cluster, user, name);
    ExecRecording recording =
        RecordingReads.of(() -> search.find(cluster, name))
            .orElseThrow(() -> Status.notFound(ExecRecordings.RESOURCE, name).asException());
    Optional<byte[]> first = open(recording, 0);
    response.setStatus(200);
    response.setContentType("application/x-asciicast");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".cast\"");
    write(recording, first, response.getOutputStream());
  }

  private void authorize(String cluster, UserInfo user, String name) {
    Attributes replay =
        new Attributes(
            user,
            cluster,
            "get",
            ExecRecordings.RESOURCE.group(),
            "v1",
            ExecRecordings.RESOURCE.resource(),
            "cast",
            "",
            name,
            "");
    if (!authorizer.authorize(replay).allowed()) {
      throw Status.of(
              Reason.FORBIDDEN,
              "replaying a recording needs the right to get execrecordings/cast.audit.argosy.dev,"
                  + " which User \""
                  + user.name()
                  + "\" has not")
          .asException();
    }
  }

  private Optional<byte[]> open(ExecRecording recording, int part) {
    Optional<byte[]> kept = RecordingReads.of(() -> search.part(recording.place(), part));
    try {
      return kept.map(bytes -> vault.open(Recordings.key(recording.place(), part), bytes));
    } catch (SealedException e) {
      throw Status.of(Reason.INTERNAL_ERROR, "the recording cannot be read: " + e.getMessage())
          .asException();
    }
  }

  private void write(ExecRecording recording, Optional<byte[]> first, OutputStream to)
      throws IOException {
    OutputStream out = new BufferedOutputStream(to, 1 << 16);
    out.write(Cast.header(recording));
    Optional<byte[]> part = first;
    for (int next = 1; part.isPresent(); next++) {
      out.write(part.get());
      part = further(recording, next);
    }
    out.flush();
  }

  /** The answer has begun, so all that is left to tell is that it is not whole. */
  private Optional<byte[]> further(ExecRecording recording, int part) throws IOException {
    try {
      return open(recording, part);
    } catch (RuntimeException e) {
      throw new IOException("the recording broke off", e);
    }
  }
}
