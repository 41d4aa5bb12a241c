package dev.argosy.agent.cpu;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some of the machine's processors.
 *
 * @param numbers ascending
 */
record CpuSet(List<Integer> numbers) {

  static final CpuSet NONE = new CpuSet(List.of());

  CpuSet {
    numbers = List.copyOf(new TreeSet<>(numbers));
  }

  static CpuSet of(Collection<Integer> numbers) {
    return new CpuSet(List.copyOf(numbers));
  }

  /**
   * Reads {@code 0-3,5}.
   *
   * @throws IllegalArgumentException if it is no such list
   */
  static CpuSet parse(String text) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String part : text.strip().split(",")) {
      if (part.isBlank()) {
        continue;
      }
      if (!part.matches("\\d{1,5}(-\\d{1,5})?")) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is no list of processors; one is written like 0-3,5");
      }
      String[] ends = part.split("-");
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int one = Integer.parseInt(ends[0]); one <= last; one++) {
        numbers.add(one);
      }
    }
    return of(numbers);
  }

  int size() {
    return numbers.size();
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  boolean holds(CpuSet other) {
    return numbers.containsAll(other.numbers);
  }

  CpuSet plus(CpuSet other) {
    TreeSet<Integer> all = new TreeSet<>(numbers);
    all.addAll(other.numbers);
    return of(all);
  }

  CpuSet minus(CpuSet other) {
    return of(numbers.stream().filter(one -> !other.numbers.contains(one)).toList());
  }

  CpuSet and(CpuSet other) {
    return of(numbers.stream().filter(other.numbers::contains).toList());
  }

  /** As the kernel writes it, each number by itself. */
  @Override
  public String toString() {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
