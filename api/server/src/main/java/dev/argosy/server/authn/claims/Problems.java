package dev.argosy.server.authn.claims;

import dev.argosy.server.pki.Pem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What is wrong with a file, and where. Belongs to one reading of it. */
final class Problems {

  private final List<String> all = new ArrayList<>();

  void add(String at, String what) {
    all.add(at.isEmpty() ? what : at + ": " + what);
  }

  /** A field that is mistyped would silently mean nothing. */
  void requireKnown(JsonNode object, String at, String... known) {
    for (String field : object.propertyNames()) {
      if (!Set.of(known).contains(field)) {
        add(at.isEmpty() ? field : at + "." + field, "unknown field");
      }
    }
  }

  /** PEM certificates; none are fine. */
  void requireCertificates(String pem, String at) {
    if (pem.isEmpty()) {
      return;
    }
    try {
      if (Pem.certificates(pem).isEmpty()) {
        add(at, "Invalid value: holds no certificate");
      }
    } catch (IllegalArgumentException e) {
      add(at, "Invalid value: is not a list of PEM certificates");
    }
  }

  void throwIfAny() {
    if (!all.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", all));
    }
  }
}
