package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where webhooks are called: an https address, or a service and a path. */
final class WebhookClients {

  private static final String FORM = "; desired format: https://host[/path]";

  private WebhookClients() {}

  static void validate(JsonNode client, Path path, Checks checks) {
    boolean url = client.has("url");
    if (url == client.has("service")) {
      checks.required(path, "exactly one of url or service is required");
    } else if (url) {
      url(client.path("url").asString(""), path.child("url"), checks);
    } else {
      service(client.path("service"), path.child("service"), checks);
    }
  }

  private static void url(String text, Path path, Checks checks) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      checks.required(path, "url must be a valid URL: " + e.getMessage() + FORM);
      return;
    }
    String scheme = orEmpty(uri.getScheme());
    String authority = orEmpty(uri.getRawAuthority());
    int at = authority.lastIndexOf('@');
    if (!scheme.equals("https")) {
      checks.invalid(path, scheme, "'https' is the only allowed URL scheme" + FORM);
    }
    if (authority.substring(at + 1).isEmpty()) {
      checks.invalid(path, "", "host must be specified" + FORM);
    }
    if (at >= 0) {
      checks.invalid(
          path, authority.substring(0, at), "user information is not permitted in the URL");
    }
    String fragment = orEmpty(uri.getRawFragment());
    if (!fragment.isEmpty()) {
      checks.invalid(path, fragment, "fragments are not permitted in the URL");
    }
    String query = orEmpty(uri.getRawQuery());
    if (!query.isEmpty()) {
      checks.invalid(path, query, "query parameters are not permitted in the URL");
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static void service(JsonNode service, Path path, Checks checks) {
    if (service.path("name").asString("").isEmpty()) {
      checks.required(path.child("name"), "service name is required");
    }
    if (service.path("namespace").asString("").isEmpty()) {
      checks.required(path.child("namespace"), "service namespace is required");
    }
    port(service.path("port"), path.child("port"), checks);
    servicePath(service.path("path").asString(""), path.child("path"), checks);
  }

  /** A port of a service that is called; messages of both webhooks and API services. */
  static void port(JsonNode port, Path path, Checks checks) {
    long number = port.asLong(0);
    if (number < 1 || number > 65_535) {
      checks.invalid(path, number, "port is not valid: must be between 1 and 65535, inclusive");
    }
  }

  private static void servicePath(String text, Path path, Checks checks) {
    if (text.isEmpty() || text.equals("/")) {
      return;
    }
    if (text.equals("//")) {
      checks.invalid(path, text, "segment[0] may not be empty");
      return;
    }
    if (!text.startsWith("/")) {
      checks.invalid(path, text, "must start with a '/'");
    }
    String inner = text.substring(1);
    String[] steps =
        (inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      List<String> wrong = steps[i].isEmpty() ? List.of() : NameRules.dnsSubdomain(steps[i]);
      if (steps[i].isEmpty()) {
        checks.invalid(path, text, "segment[" + i + "] may not be empty");
      }
      for (String message : wrong) {
        checks.invalid(path, text, "segment[" + i + "]: " + message);
      }
    }
  }
}
