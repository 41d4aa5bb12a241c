package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** Rather a node that has the pod's images: from 23 MB on, full marks at 1 GB an image. */
final class ImageLocality implements Score {

  private static final long LEAST = 23L * 1024 * 1024;
  private static final long MOST = 1000L * 1024 * 1024;

  @Override
  public String name() {
    return "ImageLocality";
  }

  @Override
  public int weight() {
    return 1;
  }

  @Override
  public Scale scale() {
    return Scale.MARKS;
  }

  @Override
  public long raw(Demand demand, NodeState node) {
    long there = 0;
    for (String image : demand.images()) {
      there += node.node().images().getOrDefault(named(image), 0L);
    }
    long most = MOST * Math.max(1, demand.images().size());
    return there <= LEAST ? 0 : Math.min(BEST, (there - LEAST) * BEST / (most - LEAST));
  }

  /** Without a tag or digest the tag is {@code latest}. */
  private static String named(String image) {
    return image.lastIndexOf(':') > image.lastIndexOf('/') || image.contains("@")
        ? image
        : image + ":latest";
  }
}
