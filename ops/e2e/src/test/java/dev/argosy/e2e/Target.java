package dev.argosy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The platform under test: what its data folder says about it. */
public final class Target {

  private static final Path DATA = folder("e2e.data");
  public static final Path TOOLS = folder("e2e.tools");
  public static final Path ROOT = folder("e2e.root");

  private Target() {}

  public static Path kubeconfig(String name) {
    return DATA.resolve("kubeconfig").resolve(name + ".yaml");
  }

  public static String password(String user) {
    for (String line : lines(DATA.resolve("passwords"))) {
      if (line.startsWith(user + " ")) {
        return line.substring(user.length() + 1);
      }
    }
    throw new IllegalStateException("no password for " + user);
  }

  public static String secret(String name) {
    return lines(DATA.resolve("secrets").resolve(name)).getFirst();
  }

  public static Path ca() {
    return DATA.resolve("pki").resolve("ca.crt");
  }

  /** A key of the server's own settings. */
  public static String setting(String key) {
    Properties settings = new Properties();
    try (var reader = Files.newBufferedReader(DATA.resolve("secrets/server.properties"))) {
      settings.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings.getProperty(key, "");
  }

  public static String apiUrl() {
    return setting("argosy.api.url");
  }

  /** Whether the clients between the oldest and the newest run, too. */
  public static boolean full() {
    return Boolean.getBoolean("e2e.full");
  }

  public static Path data() {
    return DATA;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String property) {
    String value = System.getProperty(property, "");
    if (value.isEmpty()) {
      throw new IllegalStateException("-D" + property + " is missing; run ops/test");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }
}
