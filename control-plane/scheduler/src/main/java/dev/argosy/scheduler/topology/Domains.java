package dev.argosy.scheduler.topology;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The domains of one topology key, numbered, and which node is in which. */
final class Domains {

  private static final int NONE = -1;

  private final String key;
  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] bySlot = new int[0];

  Domains(String key) {
    this.key = key;
  }

  /** A node has these labels now. */
  void put(int slot, Map<String, String> labels) {
    if (slot >= bySlot.length) {
      int before = bySlot.length;
      bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, before * 2));
      Arrays.fill(bySlot, before, bySlot.length, NONE);
    }
    String value = labels.get(key);
    bySlot[slot] = value == null ? NONE : numbers.computeIfAbsent(value, v -> numbers.size());
  }

  /** The node's domain; negative if it is in none. */
  int of(int slot) {
    return slot < bySlot.length ? bySlot[slot] : NONE;
  }

  /** How many numbers are given away. */
  int size() {
    return numbers.size();
  }
}
