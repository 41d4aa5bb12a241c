package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.profile.Strategy;
import java.util.List;

/**
 * How much of a node is taken with the pod, judged by a profile's strategy. An extended resource
 * counts only for pods that ask for it; one that the node does not have does not count.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/resource-bin-packing/">Kubernetes:
 *     Resource Bin Packing</a>
 */
final class StrategyFit implements Score {

  private final Strategy strategy;

  StrategyFit(Strategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public Scale scale() {
    return Scale.MARKS;
  }

  @Override
  public int raw(Demand demand, NodeState node) {
    long sum = 0;
    long weights = 0;
    for (Strategy.Part part : strategy.resources()) {
      long all = allocatable(part.resource(), node.node());
      if (all <= 0 || !counts(part.resource(), demand)) {
        continue;
      }
      long mark = mark(taken(part.resource(), demand, node), all);
      if (mark > 0 || strategy.type() != Strategy.Type.RATIO) {
        sum += mark * part.weight();
        weights += part.weight();
      }
    }
    return weights == 0 ? 0 : (int) rounded(sum, weights);
  }

  private long rounded(long sum, long weights) {
    return strategy.type() == Strategy.Type.RATIO
        ? Math.round((double) sum / weights)
        : sum / weights;
  }

  private static long allocatable(String resource, NodeView node) {
    return switch (resource) {
      case "cpu" -> node.allocatable().milliCpu();
      case "memory" -> node.allocatable().memory();
      case "ephemeral-storage" -> node.allocatable().storage();
      default -> node.allocatable().other().getOrDefault(resource, 0L);
    };
  }

  private static boolean counts(String resource, Demand demand) {
    return switch (resource) {
      case "cpu", "memory", "ephemeral-storage" -> true;
      default -> demand.requests().other().containsKey(resource);
    };
  }

  private static long taken(String resource, Demand demand, NodeState node) {
    return switch (resource) {
      case "cpu" -> demand.usual().milliCpu() + node.usual().milliCpu();
      case "memory" -> demand.usual().memory() + node.usual().memory();
      case "ephemeral-storage" -> demand.requests().storage() + node.used().storage();
      default ->
          demand.requests().other().getOrDefault(resource, 0L)
              + node.used().other().getOrDefault(resource, 0L);
    };
  }

  private long mark(long taken, long all) {
    return switch (strategy.type()) {
      case LEAST -> taken >= all ? 0 : (long) ((double) (all - taken) / all * BEST);
      case MOST -> (long) ((double) Math.min(taken, all) / all * BEST);
      case RATIO ->
          onLine(strategy.shape(), taken >= all ? 100 : (int) ((double) taken / all * 100));
    };
  }

  /** Outside its points a line goes on level. */
  private static long onLine(List<Strategy.Point> points, int utilization) {
    Strategy.Point before = points.getFirst();
    for (Strategy.Point point : points) {
      if (utilization <= point.utilization()) {
        return point == before
            ? point.mark()
            : before.mark()
                + (long) (point.mark() - before.mark())
                    * (utilization - before.utilization())
                    / (point.utilization() - before.utilization());
      }
      before = point;
    }
    return before.mark();
  }
}
