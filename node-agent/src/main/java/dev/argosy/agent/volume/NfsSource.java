package dev.argosy.agent.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What tenants may say of a folder of another machine. Server and options are words to a program
 * that runs as root: a server is a name or an address, and of the options those that concern NFS
 * are taken, none that could mount something else (as {@code bind} does).
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/nfs.5.html">nfs(5)</a>
 */
final class NfsSource {

  private static final Pattern SERVER =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?|\\[[0-9a-fA-F:.]+\\]");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9.:_-]*");
  private static final Set<String> OPTIONS =
      Set.of(
          "ac",
          "acdirmax",
          "acdirmin",
          "acregmax",
          "acregmin",
          "actimeo",
          "hard",
          "intr",
          "lock",
          "local_lock",
          "lookupcache",
          "minorversion",
          "mountport",
          "mountproto",
          "mountvers",
          "nconnect",
          "nfsvers",
          "noac",
          "noacl",
          "noatime",
          "nodev",
          "nodiratime",
          "noexec",
          "nolock",
          "noresvport",
          "nosharecache",
          "nosuid",
          "port",
          "proto",
          "rdma",
          "relatime",
          "resvport",
          "retrans",
          "retry",
          "ro",
          "rsize",
          "rw",
          "sec",
          "soft",
          "softerr",
          "softreval",
          "tcp",
          "timeo",
          "udp",
          "vers",
          "wsize");

  private NfsSource() {}

  static Wanted of(String server, String path, List<String> options, boolean readOnly) {
    if (!SERVER.matcher(server).matches() || !path.startsWith("/")) {
      return new Wanted.Refused("\"" + server + ":" + path + "\" is no folder of an NFS server");
    }
    List<String> all = new ArrayList<>(List.of("nosuid", "nodev"));
    for (String text : options) {
      for (String option : text.split(",", -1)) {
        Optional<String> wrong = wrong(option);
        if (wrong.isPresent()) {
          return new Wanted.Refused(wrong.get());
        }
        all.add(option);
      }
    }
    if (readOnly) {
      all.add("ro");
    }
    return new Wanted.Nfs(server + ":" + path, all);
  }

  private static Optional<String> wrong(String option) {
    String[] parts = option.split("=", 2);
    boolean fine =
        OPTIONS.contains(parts[0]) && (parts.length == 1 || VALUE.matcher(parts[1]).matches());
    return fine
        ? Optional.empty()
        : Optional.of("mount option \"" + option + "\" is not taken for NFS");
  }
}
