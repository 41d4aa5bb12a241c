package dev.argosy.wiring;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Finds the documented {@code argosy.*} keys: in the file that the system property {@code
 * argosy.config} names, and in the system properties themselves, which win.
 */
final class Settings {

  static final String FILE_KEY = "argosy.config";

  private static final String PREFIX = "argosy.";

  private Settings() {}

  /**
   * @param system the process's system properties
   * @throws IOException if the file cannot be read
   */
  static Map<String, String> of(Properties system) throws IOException {
    Map<String, String> settings = new HashMap<>();
    String file = system.getProperty(FILE_KEY, "");
    if (!file.isEmpty()) {
      putAll(read(Path.of(file)), settings);
    }
    putAll(system, settings);
    return Map.copyOf(settings);
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static void putAll(Properties from, Map<String, String> to) {
    for (String key : from.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        to.put(key, from.getProperty(key));
      }
    }
  }
}
