package dev.argosy.agent.pod.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The environment variables that tell a container of services. Filled for one container.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">
 *     Environment variables of services</a>
 */
final class ServiceVariables {

  private final Map<String, String> all = new LinkedHashMap<>();

  Map<String, String> all() {
    return all;
  }

  /** One that has an address of its own; others have no variables. */
  void add(JsonNode service) {
    String address = service.path("spec").path("clusterIP").asString("");
    JsonNode ports = service.path("spec").path("ports");
    if (address.isEmpty() || address.equals("None") || ports.isEmpty()) {
      return;
    }
    String prefix = word(service.path("metadata").path("name").asString(""));
    all.put(prefix + "_SERVICE_HOST", address);
    all.put(prefix + "_SERVICE_PORT", port(ports.path(0)));
    for (JsonNode port : ports) {
      String name = port.path("name").asString("");
      if (!name.isEmpty()) {
        all.put(prefix + "_SERVICE_PORT_" + word(name), port(port));
      }
    }
    all.put(prefix + "_PORT", url(address, ports.path(0)));
    ports.forEach(port -> addLink(prefix, address, port));
  }

  /** The service of the API, which every namespace is told of. */
  void addKubernetes(String address) {
    all.put("KUBERNETES_SERVICE_HOST", address);
    all.put("KUBERNETES_SERVICE_PORT", "443");
    all.put("KUBERNETES_SERVICE_PORT_HTTPS", "443");
    String url = "tcp://" + address + ":443";
    all.put("KUBERNETES_PORT", url);
    addLink("KUBERNETES_PORT_443_TCP", url, "tcp", "443", address);
  }

  private void addLink(String prefix, String address, JsonNode port) {
    String protocol = protocol(port);
    String name = prefix + "_PORT_" + port(port) + "_" + protocol.toUpperCase(Locale.ROOT);
    addLink(name, url(address, port), protocol, port(port), address);
  }

  private void addLink(String name, String url, String protocol, String port, String address) {
    all.put(name, url);
    all.put(name + "_PROTO", protocol);
    all.put(name + "_PORT", port);
    all.put(name + "_ADDR", address);
  }

  private static String url(String address, JsonNode port) {
    return protocol(port) + "://" + address + ":" + port(port);
  }

  private static String protocol(JsonNode port) {
    return port.path("protocol").asString("TCP").toLowerCase(Locale.ROOT);
  }

  private static String port(JsonNode port) {
    return Integer.toString(port.path("port").asInt(0));
  }

  private static String word(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
