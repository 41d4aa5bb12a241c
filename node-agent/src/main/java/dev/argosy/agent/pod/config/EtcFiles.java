package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.PodView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The pod's {@code /etc/hosts} and {@code /etc/resolv.conf}. */
final class EtcFiles {

  private static final String CLUSTER_DNS = "169.254.20.10";
  private static final String LOOPBACK =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      fe00::0\tip6-mcastprefix
      fe00::1\tip6-allnodes
      fe00::2\tip6-allrouters
      """;

  private static final Path NODE_HOSTS = Path.of("/etc/hosts");
  private static final Path NODE_RESOLV = Path.of("/etc/resolv.conf");

  private EtcFiles() {}

  static void write(PodFolder folder, PodView pod, String podIp) throws IOException {
    Files.createDirectories(folder.etc("hosts").getParent());
    replace(folder.etc("hosts"), pod.hostNetwork() ? nodeHosts(pod) : hosts(pod, podIp));
    replace(folder.etc("resolv.conf"), resolv(pod));
  }

  /**
   * In place, because a mounted file is known by its inode; and not emptied first, because the
   * other containers of the pod read it, and a full disk may have no room for it afterwards.
   */
  private static void replace(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.truncate(bytes.length);
      }
      FileModes.permit(file, 0644);
    }
  }

  /** The first line is the kubelet's, by which clients tell that the file is looked after. */
  private static String hosts(PodView pod, String podIp) {
    StringBuilder text = new StringBuilder("# Kubernetes-managed hosts file.\n" + LOOPBACK);
    Hostname hostname = Hostname.of(pod);
    text.append(podIp).append('\t').append(hostname.full());
    if (!hostname.domain().isEmpty()) {
      text.append('\t').append(hostname.name());
    }
    return aliases(text.append('\n'), pod);
  }

  /** What the machine's own says, for pods that live in its network. */
  private static String nodeHosts(PodView pod) throws IOException {
    StringBuilder text = new StringBuilder("# Kubernetes-managed hosts file (host network).\n");
    text.append(Files.exists(NODE_HOSTS) ? Files.readString(NODE_HOSTS) : LOOPBACK);
    return aliases(text, pod);
  }

  private static String aliases(StringBuilder text, PodView pod) {
    JsonNode aliases = pod.spec().path("hostAliases");
    if (!aliases.isEmpty()) {
      text.append("\n# Entries added by HostAliases.\n");
    }
    for (JsonNode alias : aliases) {
      text.append(alias.path("ip").asString(""));
      alias.path("hostnames").forEach(h -> text.append('\t').append(h.asString("")));
      text.append('\n');
    }
    return text.toString();
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
