package dev.argosy.server.fuzz;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The good objects of the model's case files, by "GROUP/VERSION KIND". */
final class Corpus {

  private static final List<String> FILES =
      List.of(
          "access",
          "admission",
          "batch",
          "budgets",
          "classes",
          "devices",
          "discovery",
          "extension",
          "flowcontrol",
          "limits",
          "networking",
          "pods",
          "scaling",
          "services",
          "storage",
          "volumes",
          "workloads");

  private final Map<String, List<ObjectNode>> objects = new HashMap<>();

  Corpus() {
    FILES.forEach(this::read);
  }

  /** What is known of a kind; may be empty. */
  List<ObjectNode> of(String apiVersion, String kind) {
    return objects.getOrDefault(apiVersion + " " + kind, List.of());
  }

  private void read(String file) {
    String kind = "";
    for (String line : lines(file)) {
      if (line.startsWith("kind ")) {
        kind = line.substring("kind ".length());
      } else if (line.startsWith("good ")) {
        String text = line.substring("good ".length()).replace('\'', '"');
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        objects.computeIfAbsent(kind, k -> new ArrayList<>()).add(Json.parse(json));
      }
    }
  }

  private static List<String> lines(String file) {
    String name = "/dev/argosy/model/schema/cases/" + file + ".txt";
    try (InputStream in = Corpus.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
