package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.PodView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The pod's {@code /etc/hosts} and {@code /etc/resolv.conf}. */
final class EtcFiles {

  private static final String CLUSTER_DNS = "169.254.20.10";
  private static final Path NODE_RESOLV = Path.of("/etc/resolv.conf");

  private EtcFiles() {}

  static void write(PodFolder folder, PodView pod, String podIp) throws IOException {
    Files.createDirectories(folder.etc("hosts").getParent());
    if (!pod.hostNetwork()) {
      replace(folder.etc("hosts"), hosts(pod, podIp));
    }
    replace(folder.etc("resolv.conf"), resolv(pod));
  }

  /** In place, because a mounted file is known by its inode. */
  private static void replace(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.write(file, bytes);
      FileModes.permit(file, 0644);
    }
  }

  /** The first line is the kubelet's, by which clients tell that the file is looked after. */
  private static String hosts(PodView pod, String podIp) {
    StringBuilder text =
        new StringBuilder(
            "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    String name = hostname(pod);
    String subdomain = pod.spec().path("subdomain").asString("");
    String full =
        subdomain.isEmpty()
            ? name
            : name + "." + subdomain + "." + pod.key().namespace() + ".svc.cluster.local\t" + name;
    text.append(podIp).append('\t').append(full).append('\n');
    for (JsonNode alias : pod.spec().path("hostAliases")) {
      text.append(alias.path("ip").asString(""));
      alias.path("hostnames").forEach(h -> text.append('\t').append(h.asString("")));
      text.append('\n');
    }
    return text.toString();
  }

  static String hostname(PodView pod) {
    String wanted = pod.spec().path("hostname").asString("");
    String name = wanted.isEmpty() ? pod.key().name() : wanted;
    return name.length() <= 63 ? name : name.substring(0, 63).replaceFirst("[-.]+$", "");
  }

  private static String resolv(PodView pod) throws IOException {
    String policy = pod.spec().path("dnsPolicy").asString("ClusterFirst");
    boolean cluster =
        policy.equals("ClusterFirstWithHostNet")
            || (policy.equals("ClusterFirst") && !pod.hostNetwork());
    List<String> servers = new ArrayList<>();
    Set<String> searches = new LinkedHashSet<>();
    Set<String> options = new LinkedHashSet<>();
    if (cluster) {
      servers.add(CLUSTER_DNS);
      searches.add(pod.key().namespace() + ".svc.cluster.local");
      searches.add("svc.cluster.local");
      searches.add("cluster.local");
      options.add("ndots:5");
    } else if (!policy.equals("None")) {
      readNode(servers, searches, options);
    }
    JsonNode own = pod.spec().path("dnsConfig");
    own.path("nameservers").forEach(n -> servers.add(n.asString("")));
    own.path("searches").forEach(s -> searches.add(s.asString("")));
    for (JsonNode option : own.path("options")) {
      String value = option.path("value").asString("");
      String name = option.path("name").asString("");
      options.removeIf(o -> o.equals(name) || o.startsWith(name + ":"));
      options.add(value.isEmpty() ? name : name + ":" + value);
    }
    return text(servers, searches, options);
  }

  private static String text(List<String> servers, Set<String> searches, Set<String> options) {
    StringBuilder text = new StringBuilder();
    servers.forEach(s -> text.append("nameserver ").append(s).append('\n'));
    if (!searches.isEmpty()) {
      text.append("search ").append(String.join(" ", searches)).append('\n');
    }
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }

  private static void readNode(List<String> servers, Set<String> searches, Set<String> options)
      throws IOException {
    if (!Files.exists(NODE_RESOLV)) {
      return;
    }
    for (String line : Files.readAllLines(NODE_RESOLV)) {
      String[] words = line.strip().split("\\s+");
      List<String> rest = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" -> servers.addAll(rest);
        case "search" -> searches.addAll(rest);
        case "options" -> options.addAll(rest);
        default -> {
          // comments and what resolvers of pods do not know
        }
      }
    }
  }
}
