package dev.argosy.bench.nodes;

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

/** A watch: one event a line. */
final class HttpLines implements WatchStream {

  private static final int AT_ONCE = 500;

  private final ResourceScope scope;
  private final InputStream body;
  private final BufferedReader lines;

  HttpLines(ResourceScope scope, InputStream body) {
    this.scope = scope;
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  @Override
  public List<WatchEvent> next() {
    List<WatchEvent> events = new ArrayList<>();
    try {
      while (events.isEmpty() || (lines.ready() && events.size() < AT_ONCE)) {
        @Nullable String line = lines.readLine();
        if (line == null) {
          break;
        }
        if (!line.isBlank()) {
          events.add(WireObjects.event(scope, Json.mapper().readTree(line)));
        }
      }
    } catch (IOException | UncheckedIOException | JacksonException lost) {
      return events; // whoever watches asks again from where this ended
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
