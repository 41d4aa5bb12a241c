package dev.argosy.agent.group;

import dev.argosy.agent.pod.view.Quantities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pages that are larger than usual and set aside by the machine's administrator.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/mm/hugetlbpage.html">HugeTLB Pages</a>
 */
public final class HugePages {

  private static final String FOLDER = "hugepages-";

  private HugePages() {}

  /**
   * Bytes set aside, by the resource's name such as {@code hugepages-2Mi}.
   *
   * @param folder {@code /sys/kernel/mm/hugepages}
   */
  public static Map<String, Long> of(Path folder) throws IOException {
    Map<String, Long> pages = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return pages;
    }
    try (Stream<Path> sizes = Files.list(folder)) {
      for (Path size : sizes.toList()) {
        String name = size.getFileName().toString();
        if (name.startsWith(FOLDER) && name.endsWith("kB")) {
          long kibibytes = Long.parseLong(name.substring(FOLDER.length(), name.length() - 2));
          long number = Long.parseLong(Files.readString(size.resolve("nr_hugepages")).strip());
          pages.put(FOLDER + text(kibibytes), number * kibibytes << 10);
        }
      }
    }
    return pages;
  }

  private static String text(long kibibytes) {
    if (kibibytes % (1 << 20) == 0) {
      return (kibibytes >> 20) + "Gi";
    }
    return kibibytes % 1024 == 0 ? (kibibytes >> 10) + "Mi" : kibibytes + "Ki";
  }

  /** As the names of the kernel's files have it: {@code 2MB} for {@code 2Mi}. */
  static String kernelName(String size) {
    long kibibytes = Quantities.whole(size) >> 10;
    if (kibibytes % (1 << 20) == 0) {
      return (kibibytes >> 20) + "GB";
    }
    return kibibytes % 1024 == 0 ? (kibibytes >> 10) + "MB" : kibibytes + "KB";
  }
}
