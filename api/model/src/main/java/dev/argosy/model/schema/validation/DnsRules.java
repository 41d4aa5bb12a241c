package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How a pod finds names, and what it is called. */
final class DnsRules {

  private static final List<String> POLICIES =
      List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
  private static final int MAX_SERVERS = 3;
  private static final int MAX_SEARCHES = 32;
  private static final int MAX_SEARCH_TEXT = 2048;

  private DnsRules() {}

  static void validate(JsonNode spec, Path path, Checks checks) {
    String policy = spec.path("dnsPolicy").asString("");
    checks.oneOf(path.child("dnsPolicy"), policy, POLICIES);
    JsonNode config = spec.path("dnsConfig");
    Path at = path.child("dnsConfig");
    JsonNode servers = config.path("nameservers");
    if (policy.equals("None")) {
      if (config.isMissingNode()) {
        checks.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
      } else if (servers.isEmpty()) {
        checks.required(
            at.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
      }
    }
    servers(servers, at.child("nameservers"), checks);
    searches(config.path("searches"), at.child("searches"), checks);
    JsonNode options = config.path("options");
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).path("name").asString("").isEmpty()) {
        checks.required(at.child("options").at(i), "must not be empty");
      }
    }
    names(spec, path, checks);
  }

  private static void servers(JsonNode servers, Path path, Checks checks) {
    if (servers.size() > MAX_SERVERS) {
      checks.invalid(path, servers, "must not have more than " + MAX_SERVERS + " nameservers");
    }
    for (int i = 0; i < servers.size(); i++) {
      Addresses.ip(servers.get(i).asString(""), path.at(i), checks);
    }
  }

  private static void searches(JsonNode searches, Path path, Checks checks) {
    if (searches.size() > MAX_SEARCHES) {
      checks.invalid(path, searches, "must not have more than " + MAX_SEARCHES + " search paths");
    }
    int length = 0;
    for (int i = 0; i < searches.size(); i++) {
      String search = searches.get(i).asString("");
      length += search.length() + 1;
      boolean root = search.equals(".");
      String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
      if (!root) {
        checks.invalidAll(path.at(i), search, NameRules.dnsSubdomain(name.replace('_', '-')));
      }
    }
    if (length - 1 > MAX_SEARCH_TEXT) {
      checks.invalid(
          path,
          searches,
          "must not have more than "
              + MAX_SEARCH_TEXT
              + " characters (including spaces) in the search list");
    }
  }

  private static void names(JsonNode spec, Path path, Checks checks) {
    for (String field : List.of("hostname", "subdomain")) {
      String value = spec.path(field).asString("");
      if (!value.isEmpty()) {
        checks.invalidAll(path.child(field), value, NameRules.dnsLabel(value));
      }
    }
    override(spec, path.child("hostnameOverride"), checks);
    JsonNode aliases = spec.path("hostAliases");
    for (int i = 0; i < aliases.size(); i++) {
      Path at = path.child("hostAliases").at(i);
      Addresses.ip(aliases.get(i).path("ip").asString(""), at.child("ip"), checks);
      JsonNode names = aliases.get(i).path("hostnames");
      for (int j = 0; j < names.size(); j++) {
        String name = names.get(j).asString("");
        checks.invalidAll(at.child("hostnames").at(j), name, NameRules.dnsSubdomain(name));
      }
    }
  }

  private static void override(JsonNode spec, Path path, Checks checks) {
    if (!spec.has("hostnameOverride")) {
      return;
    }
    String name = spec.path("hostnameOverride").asString("");
    checks.invalidAll(path, name, NameRules.dnsSubdomain(name));
    if (name.length() > 64) {
      checks.invalid(path, name, "must be no more than 64 characters");
    }
    if (spec.path("hostNetwork").asBoolean(false)) {
      checks.forbidden(path, "may not be specified when hostNetwork is true");
    }
    if (spec.path("setHostnameAsFQDN").asBoolean(false)) {
      checks.forbidden(path, "may not be specified when setHostnameAsFQDN is true");
    }
  }
}
