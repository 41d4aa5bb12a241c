package dev.argosy.server.recording;

import dev.argosy.model.object.Json;
import dev.argosy.server.stream.SessionTap;
import dev.argosy.tenancy.recording.ExecRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One session's recording: takes what is shown into a bounded queue, from which a thread of its own
 * writes. Events that do not fit, while the database is away, are counted and a marker says so.
 */
final class SessionRecording implements SessionTap {

  private static final Logger LOG = LoggerFactory.getLogger(SessionRecording.class);

  /** What may wait for the database. */
  private static final long ROOM = 1L << 20;

  private static final int PART = 64 * 1024;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How often a part is tried again after the session is over. */
  private static final int LAST_TRIES = 60;

  private final ExecRecording.Place place;
  private final RecordingConfig config;
  private final boolean required;
  private final PartWriter writer;
  private final Clock clock;
  private final long start = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Event> waiting = new ArrayDeque<>();
  private long queued;
  private long taken;
  private long lost;
  private boolean full;
  private byte @Nullable [] outcome;

  /** Something that happened, at a time since the beginning. */
  private record Event(long nanos, String code, byte[] data) {}

  /** Writes parts; fails if the database is away. */
  interface PartWriter {
    void write(int part, byte[] cast, long bytes);

    void sized(int columns, int rows);

    void end(ExecRecording.Course course);
  }

  SessionRecording(
      ExecRecording.Place place,
      RecordingConfig config,
      boolean required,
      PartWriter writer,
      Clock clock) {
    this.place = place;
    this.config = config;
    this.required = required;
    this.writer = writer;
    this.clock = clock;
  }

  SessionRecording start() {
    Thread.ofVirtual().name("recording-" + place.name()).start(this::run);
    return this;
  }

  @Override
  public void output(byte[] payload) throws IOException {
    if (!offer(Cast.OUTPUT, payload) && required) {
      throw new IOException("the session must be recorded, and cannot be any more");
    }
  }

  @Override
  public void resized(byte[] payload) {
    offer(Cast.RESIZE, payload);
  }

  @Override
  public void ended(byte[] told) {
    lock.lock();
    try {
      if (outcome == null) {
        outcome = told;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** False if it is not recorded. */
  private boolean offer(String code, byte[] data) {
    long nanos = System.nanoTime() - start;
    lock.lock();
    try {
      if (outcome != null) {
        return true;
      }
      boolean over =
          taken + data.length > config.maxBytes() || nanos > config.maxDuration().toNanos();
      if (over && !full) {
        full = true;
        waiting.add(new Event(nanos, Cast.MARKER, new byte[0]));
        changed.signalAll();
      }
      if (full || queued + data.length > ROOM) {
        lost += data.length;
        return false;
      }
      taken += data.length;
      queued += data.length;
      waiting.add(new Event(nanos, code, data));
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Utf8Pieces text = new Utf8Pieces();
    boolean sized = false;
    int part = 0;
    try {
      while (true) {
        Piece piece = next();
        for (Event event : piece.events) {
          if (!sized && event.code.equals(Cast.RESIZE)) {
            sized = size(event.data).map(this::sized).orElse(false);
          }
        }
        if (!piece.events.isEmpty() && !keep(part++, piece, text)) {
          break;
        }
        if (piece.last) {
          end();
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is written at a time. */
  private record Piece(Deque<Event> events, long bytes, boolean last) {}

  private Piece next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && outcome == null) {
        changed.await();
      }
      if (outcome == null) {
        long left = PAUSE.toNanos(); // more comes, as a rule
        while (queued < PART && outcome == null && left > 0) {
          left = changed.awaitNanos(left);
        }
      }
      Deque<Event> events = new ArrayDeque<>(waiting);
      long bytes = queued;
      waiting.clear();
      return new Piece(events, bytes, outcome != null);
    } finally {
      lock.unlock();
    }
  }

  /** Tries until it is written; false if that is in vain. */
  private boolean keep(int part, Piece piece, Utf8Pieces text) throws InterruptedException {
    byte[] cast = cast(piece, text);
    for (int tries = 0; tries < LAST_TRIES; tries++) {
      try {
        writer.write(part, cast, piece.bytes);
        written(piece.bytes);
        return true;
      } catch (RuntimeException e) {
        LOG.warn("recording {} cannot be kept now, trying again: {}", place.name(), e.getMessage());
        pause();
        if (!over()) {
          tries = 0;
        }
      }
    }
    LOG.warn("recording {} of {} is not whole", place.name(), place.cluster());
    return false;
  }

  private void pause() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = PAUSE.toNanos();
      while (left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean over() {
    lock.lock();
    try {
      return outcome != null;
    } finally {
      lock.unlock();
    }
  }

  private void written(long bytes) {
    lock.lock();
    try {
      queued -= bytes;
    } finally {
      lock.unlock();
    }
  }

  private static byte[] cast(Piece piece, Utf8Pieces text) {
    ByteArrayOutputStream cast = new ByteArrayOutputStream();
    for (Event event : piece.events) {
      switch (event.code) {
        case Cast.OUTPUT ->
            cast.writeBytes(Cast.event(event.nanos, Cast.OUTPUT, text.text(event.data)));
        case Cast.RESIZE ->
            size(event.data)
                .ifPresent(size ->
                    cast.writeBytes(
                        Cast.event(event.nanos, Cast.RESIZE, size.columns + "x" + size.rows)));
        default ->
            cast.writeBytes(
                Cast.event(event.nanos, Cast.MARKER, "the recording ends here: it is full"));
      }
    }
    return cast.toByteArray();
  }

  /** A terminal's size. */
  private record Size(int columns, int rows) {}

  private static Optional<Size> size(byte[] payload) {
    try {
      JsonNode size = Json.mapper().readTree(payload);
      int columns = size.path("Width").asInt(0);
      int rows = size.path("Height").asInt(0);
      boolean sound = columns > 0 && rows > 0 && columns < 10_000 && rows < 10_000;
      return sound ? Optional.of(new Size(columns, rows)) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private boolean sized(Size size) {
    try {
      writer.sized(size.columns, size.rows);
      return true;
    } catch (RuntimeException e) {
      LOG.debug("recording {}: its size is not known yet", place.name(), e);
      return false;
    }
  }

  private void end() throws InterruptedException {
    ExecRecording.Course course = course();
    for (int tries = 0; tries < LAST_TRIES; tries++) {
      try {
        writer.end(course);
        return;
      } catch (RuntimeException e) {
        LOG.warn("the end of recording {} cannot be kept now: {}", place.name(), e.getMessage());
        pause();
      }
    }
  }

  private ExecRecording.Course course() {
    lock.lock();
    try {
      String state = full ? "Truncated" : lost > 0 ? "Incomplete" : "Complete";
      return new ExecRecording.Course(
          taken, lost, state, Optional.of(clock.instant()), told(outcome));
    } finally {
      lock.unlock();
    }
  }

  private static String told(byte @Nullable [] outcome) {
    try {
      JsonNode status = Json.mapper().readTree(outcome == null ? new byte[0] : outcome);
      String message = status.path("message").asString("");
      return message.isEmpty() ? status.path("status").asString("") : message;
    } catch (JacksonException e) {
      return "";
    }
  }
}
