package dev.argosy.agent.group;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control groups of the pods of one node. On a machine whose groups cannot be written pods live
 * where the engine puts them, which is said once.
 */
public final class NodeGroups implements PodGroups {

  private static final Logger LOG = LoggerFactory.getLogger(NodeGroups.class);
  private static final String TOP = "kubepods";

  private final GroupSettings settings;
  private final Path files;
  private final Engine engine;
  private final int leastScore;
  private final Map<String, PodView> pods = new HashMap<>();
  private final Map<String, Share> given = new HashMap<>();
  private @Nullable GroupTree tree;
  private boolean usable;

  /** What the engine says of control groups. */
  @FunctionalInterface
  public interface Engine {
    /** Whether it leaves them to systemd. */
    boolean bySystemd() throws RuntimeFailure;
  }

  /**
   * Groups of a node; none is made before the first pod comes.
   *
   * @param files {@code /sys/fs/cgroup}
   * @param leastScore see {@link Privilege#leastOomScore}
   */
  public NodeGroups(GroupSettings settings, Path files, Engine engine, int leastScore) {
    this.settings = settings;
    this.files = files;
    this.engine = engine;
    this.leastScore = leastScore;
    this.usable = settings.perQuality();
  }

  private GroupTree tree() throws RuntimeFailure {
    GroupTree known = tree;
    if (known == null) {
      if (engine.bySystemd()) {
        known = new SlicesOfSystemd(Commands::run);
      } else if (Files.exists(files.resolve("cgroup.controllers"))) {
        known = new TreeOfVersion2(files);
      } else {
        known = new TreeOfVersion1(files);
      }
      tree = known;
    }
    return known;
  }

  private synchronized void settle() {
    attempt(() -> {
      give(top(), new Share(settings.cpuThousandths(), 0, settings.memoryBytes(), 0, Map.of()));
      give(group(Quality.BEST_EFFORT), GroupPlan.bestEffort());
      give(group(Quality.BURSTABLE), GroupPlan.burstable(pods.values()));
    });
  }

  /**
   * All pods that have not come to their end: what burstable ones ask for is told to the kernel.
   */
  public synchronized void follow(Collection<PodView> active) {
    Map<String, PodView> now = new HashMap<>();
    active.forEach(pod -> now.put(pod.uid(), pod));
    List<PodView> gone = pods.values().stream().filter(pod -> !now.containsKey(pod.uid())).toList();
    pods.clear();
    pods.putAll(now);
    gone.forEach(pod -> remove(group(pod)));
    settle();
  }

  @Override
  public synchronized String enter(PodView pod) {
    pods.put(pod.uid(), pod);
    String path = group(pod);
    given.remove(path); // whatever has become of it meanwhile
    settle();
    attempt(() -> give(path, GroupPlan.pod(pod, settings.processes())));
    if (!usable || tree == null) {
      return "";
    }
    return tree instanceof SlicesOfSystemd ? SlicesOfSystemd.slice(path) : "/" + path;
  }

  @Override
  public synchronized void grow(PodView pod) {
    Share now = given.get(group(pod));
    Share wanted = GroupPlan.pod(pod, settings.processes());
    change(pod, now == null ? wanted : wanted.atLeast(now));
  }

  @Override
  public synchronized void fit(PodView pod) {
    pods.put(pod.uid(), pod);
    change(pod, GroupPlan.pod(pod, settings.processes()));
    settle();
  }

  /** The kernel may refuse less than is in use, or than a container has; the next time will do. */
  private void change(PodView pod, Share share) {
    String path = group(pod);
    if (usable) {
      try {
        give(path, share);
      } catch (IOException | RuntimeFailure e) {
        LOG.debug("{} of {} not changed: {}", path, pod, e.getMessage());
      }
    }
  }

  private void give(String path, Share share) throws IOException, RuntimeFailure {
    if (!share.equals(given.get(path))) {
      GroupTree groups = tree();
      groups.make(path);
      groups.give(path, share);
      given.put(path, share);
    }
  }

  @Override
  public synchronized void leave(String uid) {
    PodView known = pods.remove(uid);
    if (known != null) {
      remove(group(known));
    } else {
      for (Quality quality : Quality.values()) {
        remove(group(quality) + "/pod" + uid);
      }
    }
  }

  private void remove(String path) {
    given.remove(path);
    if (usable) {
      try {
        tree().remove(path);
      } catch (IOException | RuntimeFailure e) {
        LOG.debug("{} not removed: {}", path, e.toString());
      }
    }
  }

  @Override
  public int oomScore(PodView pod, ContainerView container) {
    return Math.max(leastScore, OomScore.of(pod, container, settings.capacityBytes()));
  }

  @Override
  public String cpus(PodView pod, ContainerView container) {
    return "";
  }

  private String top() {
    List<String> names = new ArrayList<>(List.of(settings.root().split("/")));
    names.removeIf(String::isEmpty);
    names.add(TOP);
    return String.join("/", names);
  }

  private String group(Quality quality) {
    return quality == Quality.GUARANTEED ? top() : top() + "/" + quality.group();
  }

  private String group(PodView pod) {
    return group(GroupPlan.quality(pod)) + "/pod" + pod.uid();
  }

  private void attempt(Making making) {
    if (!usable) {
      return;
    }
    try {
      making.run();
    } catch (RuntimeFailure notNow) {
      LOG.debug("no control groups: {}", notNow.getMessage());
    } catch (IOException e) {
      usable = false;
      LOG.warn(
          "control groups of pods cannot be made, so pods have no limits of their own beside those"
              + " of their containers: {}",
          e.getMessage());
    }
  }

  private interface Making {
    void run() throws IOException, RuntimeFailure;
  }
}
