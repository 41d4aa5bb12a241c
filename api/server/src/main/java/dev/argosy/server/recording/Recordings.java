package dev.argosy.server.recording;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.audit.AuditNotes;
import dev.argosy.server.stream.SessionRecorder;
import dev.argosy.server.stream.SessionTap;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.recording.ExecRecording;
import dev.argosy.tenancy.recording.RecordingLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins recordings. Any thread. */
final class Recordings implements SessionRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
  private static final GroupResource PLACE = new GroupResource("~recordings", "parts");
  private static final String NOTE = "argosy.dev/recording";
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  private final RecordingRules rules;
  private final RecordingLog log;
  private final Vault vault;
  private final Clock clock;

  Recordings(RecordingRules rules, RecordingLog log, Vault vault, Clock clock) {
    this.rules = rules;
    this.log = log;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public SessionTap begin(Session session) {
    Container where = session.container();
    RecordingMode mode = rules.of(where.cluster(), where.namespace());
    if (mode == RecordingMode.OFF) {
      return SessionTap.NONE;
    }
    ExecRecording recording = recording(session);
    if (began(recording)) {
      session.notes().mark(Map.of(NOTE, recording.place().name()));
      ExecRecording.Place place = recording.place();
      boolean required = mode == RecordingMode.REQUIRED;
      return new SessionRecording(place, rules.config(), required, new Writer(place), clock)
          .start();
    }
    session.notes().mark(Map.of(NOTE, "none: the database is away"));
    if (mode == RecordingMode.REQUIRED) {
      throw Status.of(
              Reason.SERVICE_UNAVAILABLE,
              "sessions in this namespace must be recorded, and cannot be now")
          .withRetryAfter(5)
          .asException();
    }
    return SessionTap.NONE;
  }

  private ExecRecording recording(Session session) {
    Container where = session.container();
    Optional<AuditNotes.Sender> sender = session.notes().sender();
    String user = session.user().name();
    String sent = sender.map(AuditNotes.Sender::user).orElse(user);
    return new ExecRecording(
        new ExecRecording.Place(
            where.cluster(),
            UUID.randomUUID().toString(),
            where.namespace(),
            where.pod(),
            where.container()),
        new ExecRecording.Who(
            sent, sent.equals(user) ? "" : user, sender.map(AuditNotes.Sender::id).orElse("")),
        new ExecRecording.What(
            session.command().isEmpty() ? "attach" : "exec", session.command(), clock.instant()),
        new ExecRecording.Screen(session.terminal(), COLUMNS, ROWS),
        new ExecRecording.Course(0, 0, "Recording", Optional.empty(), ""));
  }

  /** A connection to a database that is away takes its time; the session does not wait for it. */
  private boolean began(ExecRecording recording) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("recording-begins")
        .start(() -> {
          try {
            log.begin(recording);
            done.complete(true);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    try {
      return done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("a session in {} is not recorded", recording.place().cluster(), e);
      return false;
    }
  }

  /** Where a part is sealed for; it opens nowhere else. */
  static ObjectKey key(ExecRecording.Place place, int part) {
    return new ObjectKey(PLACE, place.cluster(), "", place.name() + "." + part);
  }

  private final class Writer implements SessionRecording.PartWriter {
    private final ExecRecording.Place place;

    Writer(ExecRecording.Place place) {
      this.place = place;
    }

    @Override
    public void write(int part, byte[] cast, long bytes) {
      byte[] sealed = vault.seal(key(place, part), cast);
      log.add(place, part, Vault.keyId(sealed), sealed, bytes);
    }

    @Override
    public void sized(int columns, int rows) {
      log.sized(place, columns, rows);
    }

    @Override
    public void end(ExecRecording.Course course) {
      log.end(place, course);
    }
  }
}
