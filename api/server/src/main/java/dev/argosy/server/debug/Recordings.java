package dev.argosy.server.debug;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Records for some seconds and sends what was recorded; one at a time. */
final class Recordings {

  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final Semaphore one = new Semaphore(1);

  void answer(int seconds, HttpServletResponse response) throws IOException {
    if (!one.tryAcquire()) {
      throw Status.of(Reason.TOO_MANY_REQUESTS, "another recording is under way; try again later")
          .withRetryAfter(30)
          .asException();
    }
    try {
      Path folder = Files.createTempDirectory("argosy-debug");
      Path file = folder.resolve("recording.jfr");
      try {
        record(seconds, file);
        response.setStatus(200);
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment; filename=\"argosy.jfr\"");
        response.setContentLengthLong(Files.size(file));
        Files.copy(file, response.getOutputStream());
        response.getOutputStream().close();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } finally {
      one.release();
    }
  }

  private static void record(int seconds, Path file) throws IOException {
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.setMaxSize(MAX_BYTES);
      recording.start();
      new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
      recording.stop();
      recording.dump(file);
    } catch (ParseException e) {
      throw new IOException("the JDK's profile settings cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the server is stopping").asException();
    }
  }
}
