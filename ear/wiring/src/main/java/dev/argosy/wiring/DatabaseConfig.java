package dev.argosy.wiring;

import java.util.Map;

/**
 * Where PostgreSQL is.
 *
 * @param url JDBC address ({@code argosy.database.url})
 * @param user {@code argosy.database.user}
 * @param password {@code argosy.database.password}
 * @param connections the most that are open at a time ({@code argosy.database.connections})
 */
record DatabaseConfig(String url, String user, String password, int connections) {

  DatabaseConfig {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "argosy.database.url must begin with jdbc:postgresql:, not be '" + url + "'");
    }
    if (connections < 2) {
      throw new IllegalArgumentException("argosy.database.connections must be 2 or more");
    }
  }

  static DatabaseConfig of(Map<String, String> settings) {
    return new DatabaseConfig(
        settings.getOrDefault("argosy.database.url", "jdbc:postgresql://127.0.0.1:5432/argosy"),
        settings.getOrDefault("argosy.database.user", "argosy"),
        settings.getOrDefault("argosy.database.password", ""),
        Integer.parseInt(settings.getOrDefault("argosy.database.connections", "10")));
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + url + ", " + user + ", " + connections + " connections]";
  }
}
