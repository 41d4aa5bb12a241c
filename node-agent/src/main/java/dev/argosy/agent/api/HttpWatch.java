package dev.argosy.agent.api;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.client.wire.WireObjects;
import dev.argosy.model.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A watch response, one event a line. */
final class HttpWatch implements WatchStream {

  private static final int AT_ONCE = 500;

  private final ResourceScope scope;
  private final InputStream body;
  private final BufferedReader lines;

  HttpWatch(ResourceScope scope, InputStream body) {
    this.scope = scope;
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  @Override
  public List<WatchEvent> next() {
    List<WatchEvent> events = new ArrayList<>();
    try {
      do {
        @Nullable String line = lines.readLine();
        if (line == null) {
          return events;
        }
        if (!line.isBlank()) {
          events.add(WireObjects.event(scope, Json.mapper().readTree(line)));
        }
      } while (events.isEmpty() || (lines.ready() && events.size() < AT_ONCE));
    } catch (IOException | UncheckedIOException | JacksonException connectionLost) {
      // a watch may end at any time; the reader asks again from where it was
    }
    return events;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }
}
