package dev.argosy.wiring;

import dev.argosy.store.etcd.EtcdConfig;
import dev.argosy.store.etcd.EtcdConfig.Identity;
import dev.argosy.store.etcd.EtcdConfig.Login;
import dev.argosy.store.etcd.EtcdConfig.Security;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads where etcd is and how to be let in: {@code argosy.etcd.endpoints} (comma-separated), {@code
 * .ca}, {@code .certificate}, {@code .key}, {@code .user}, {@code .password}.
 */
final class EtcdSettings {

  private static final String PREFIX = "argosy.etcd.";

  private final Map<String, String> settings;

  private EtcdSettings(Map<String, String> settings) {
    this.settings = settings;
  }

  static EtcdConfig of(Map<String, String> settings) {
    EtcdSettings all = new EtcdSettings(settings);
    String endpoints = settings.getOrDefault(PREFIX + "endpoints", "http://127.0.0.1:2379");
    URI[] addresses =
        Stream.of(endpoints.split(","))
            .map(String::strip)
            .filter(endpoint -> !endpoint.isEmpty())
            .map(URI::create)
            .toArray(URI[]::new);
    if (addresses.length == 0) {
      throw new IllegalArgumentException("argosy.etcd.endpoints names no address");
    }
    return EtcdConfig.of(addresses)
        .withSecurity(new Security(all.value("ca").map(Path::of), all.identity(), all.login()));
  }

  private Optional<Identity> identity() {
    Optional<Path> key = value("key").map(Path::of);
    Optional<Path> certificate = value("certificate").map(Path::of);
    if (key.isPresent() != certificate.isPresent()) {
      throw new IllegalArgumentException(
          "argosy.etcd.certificate and argosy.etcd.key belong together: set both or none");
    }
    return certificate.map(file -> new Identity(file, key.orElseThrow()));
  }

  private Optional<Login> login() {
    return value("user").map(user -> new Login(user, value("password").orElse("")));
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(settings.get(PREFIX + key)).filter(text -> !text.isEmpty());
  }
}
