package dev.argosy.scheduler.share;

import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who wants a place now: a line for each cluster, and whose turn it is. A cluster's turn follows
 * from its standing when it is asked for, so what changes in between costs the clusters that it is
 * about, and only if somebody of them waits. After three attempts in vain on end the fourth is that
 * of the cluster that has waited longest for one, so that who asks for what there is not does not
 * keep others from what there is. One thread.
 */
public final class Lines<T> {

  private static final int MOST_IN_VAIN = 3;

  /** Where a line was put, as things stood then. */
  private record Turn(Standing standing, Instant since, String cluster)
      implements Comparable<Turn> {

    private static final Comparator<Turn> ORDER =
        Comparator.comparing(Turn::standing)
            .thenComparing(Turn::since)
            .thenComparing(Turn::cluster);

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(this, other);
    }
  }

  private final Shares shares;
  private final Comparator<T> inLine;
  private final Function<T, PodView> pod;
  private final LinkedHashMap<String, TreeSet<T>> lines = new LinkedHashMap<>();
  private final Map<String, Turn> turns = new HashMap<>();
  private final TreeSet<Turn> order = new TreeSet<>();
  private final Set<String> moved = new LinkedHashSet<>();
  private long epoch = -1;
  private int size;
  private int inVain;
  private boolean triedInVain;

  /**
   * Empty ones.
   *
   * @param inLine the order within a cluster's line
   * @param pod for which somebody waits
   */
  public Lines(Shares shares, Comparator<T> inLine, Function<T, PodView> pod) {
    this.shares = shares;
    this.inLine = inLine;
    this.pod = pod;
  }

  public int size() {
    return size;
  }

  public void add(T waiting) {
    String cluster = cluster(waiting);
    TreeSet<T> line = lines.computeIfAbsent(cluster, c -> new TreeSet<>(inLine));
    if (line.add(waiting)) {
      size++;
      if (line.first() == waiting) {
        moved.add(cluster);
      }
    }
  }

  /** Answers whether it was there. */
  public boolean remove(T waiting) {
    String cluster = cluster(waiting);
    TreeSet<T> line = lines.get(cluster);
    if (line == null || !line.remove(waiting)) {
      return false;
    }
    size--;
    moved.add(cluster);
    return true;
  }

  private String cluster(T waiting) {
    return pod.apply(waiting).key().cluster();
  }

  /** What was taken last found no place. */
  public void inVain() {
    triedInVain = true;
  }

  /** The first of each line. */
  public List<T> firsts() {
    return lines.values().stream().filter(line -> !line.isEmpty()).map(TreeSet::first).toList();
  }

  /** Takes out the first of the cluster whose turn it is. */
  public Optional<T> take() {
    inVain = triedInVain ? inVain + 1 : 0;
    triedInVain = false;
    arrange();
    if (order.isEmpty()) {
      return Optional.empty();
    }
    String cluster = order.first().cluster();
    if (inVain >= MOST_IN_VAIN) {
      inVain = 0;
      cluster = lines.firstEntry().getKey();
    }
    TreeSet<T> line = Objects.requireNonNull(lines.get(cluster));
    size--;
    lines.putLast(cluster, line);
    moved.add(cluster);
    return Optional.of(line.removeFirst());
  }

  /** Puts lines where they belong as things are now. */
  private void arrange() {
    if (epoch != shares.epoch()) {
      epoch = shares.epoch();
      moved.addAll(lines.keySet());
    }
    for (String cluster : shares.takeChanged()) {
      if (lines.containsKey(cluster)) {
        moved.add(cluster);
      }
    }
    moved.forEach(this::arrange);
    moved.clear();
  }

  private void arrange(String cluster) {
    Turn before = turns.remove(cluster);
    if (before != null) {
      order.remove(before);
    }
    TreeSet<T> line = lines.get(cluster);
    if (line == null || line.isEmpty()) {
      lines.remove(cluster);
      return;
    }
    PodView first = pod.apply(line.first());
    Turn turn = new Turn(shares.standing(first), first.created(), cluster);
    turns.put(cluster, turn);
    order.add(turn);
  }
}
