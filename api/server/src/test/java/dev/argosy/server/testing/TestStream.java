package dev.argosy.server.testing;

import dev.argosy.model.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** Lines of JSON as they come; a line that does not come in ten seconds fails the test. */
public final class TestStream implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final BufferedReader reader;

  TestStream(HttpResponse<InputStream> response) {
    this.response = response;
    this.reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  public int code() {
    return response.statusCode();
  }

  /** The next event; empty at the end. */
  public Optional<JsonNode> next() {
    FutureTask<Optional<JsonNode>> line =
        new FutureTask<>(() -> Optional.ofNullable(reader.readLine()).map(Json.mapper()::readTree));
    Thread.startVirtualThread(line);
    try {
      return line.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no event came", e);
    }
  }

  /** The next event as "TYPE name". */
  public String nextShort() {
    return next()
        .map(e ->
            e.path("type").asString("")
                + " "
                + e.path("object").path("metadata").path("name").asString(""))
        .orElse("END");
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
