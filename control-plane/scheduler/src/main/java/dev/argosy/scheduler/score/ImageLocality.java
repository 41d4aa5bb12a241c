package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rather a node that has the pod's images: from 23 MB on, full marks at 1 GB an image. An image
 * counts for less the fewer candidates have it, so that not all pods go to the one that has it.
 */
final class ImageLocality implements WideScore {

  private static final long LEAST = 23L * 1024 * 1024;
  private static final long MOST = 1000L * 1024 * 1024;

  @Override
  public String name() {
    return "ImageLocality";
  }

  @Override
  public Optional<long[]> marks(Attempt attempt, List<NodeState> candidates) {
    Set<String> images =
        attempt.pod().images().stream().map(ImageLocality::named).collect(Collectors.toSet());
    long[] there = new long[candidates.size()];
    boolean any = false;
    for (String image : images) {
      any |= add(image, candidates, there);
    }
    if (!any) {
      return Optional.empty();
    }
    long most = MOST * images.size();
    for (int i = 0; i < there.length; i++) {
      there[i] =
          there[i] <= LEAST
              ? 0
              : Math.min(Score.BEST, (there[i] - LEAST) * Score.BEST / (most - LEAST));
    }
    return Optional.of(there);
  }

  private static boolean add(String image, List<NodeState> candidates, long[] there) {
    int having = 0;
    long[] sizes = new long[there.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = candidates.get(i).node().images().getOrDefault(image, 0L);
      having += sizes[i] > 0 ? 1 : 0;
    }
    for (int i = 0; i < sizes.length && having > 0; i++) {
      there[i] += sizes[i] * having / sizes.length;
    }
    return having > 0;
  }

  /** Without a tag or digest the tag is {@code latest}. */
  private static String named(String image) {
    return image.lastIndexOf(':') > image.lastIndexOf('/') || image.contains("@")
        ? image
        : image + ":latest";
  }
}
