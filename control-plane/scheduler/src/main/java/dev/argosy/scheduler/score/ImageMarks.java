package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.ArrayList;
import java.util.List;

/**
 * What having a pod's images counts for: from 23 MB on, full marks at 1 GB an image. An image
 * counts for less the fewer nodes have it, so that not all pods go to the one that has it.
 *
 * @param there images of the pod that some of the nodes have
 * @param images how many the pod has
 * @param nodes how many nodes the pod may use
 */
record ImageMarks(List<There> there, int images, int nodes) implements NodeMarks {

  private static final long LEAST = 23L * 1024 * 1024;
  private static final long MOST = 1000L * 1024 * 1024;

  /**
   * An image.
   *
   * @param having how many nodes have it
   */
  private record There(String name, int having) {}

  ImageMarks {
    there = List.copyOf(there);
  }

  static ImageMarks of(Attempt attempt) {
    List<There> there = new ArrayList<>(0);
    for (String image : attempt.pod().images()) {
      String name = named(image);
      int having = attempt.among().count(attempt.nodes().having(name));
      if (having > 0) {
        there.add(new There(name, having));
      }
    }
    return new ImageMarks(there, attempt.pod().images().size(), attempt.among().size());
  }

  /** Without a tag or digest the tag is {@code latest}. */
  private static String named(String image) {
    return image.lastIndexOf(':') > image.lastIndexOf('/') || image.contains("@")
        ? image
        : image + ":latest";
  }

  /** Whether all nodes get the same. */
  boolean alike() {
    return there.isEmpty();
  }

  @Override
  public long of(NodeState node) {
    long sum = 0;
    for (There image : there) {
      sum += node.node().images().getOrDefault(image.name(), 0L) * image.having() / nodes;
    }
    return sum <= LEAST
        ? 0
        : Math.min(Score.BEST, (sum - LEAST) * Score.BEST / (MOST * images - LEAST));
  }
}
