package dev.argosy.scheduler.node;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which nodes have an image, by their slots. One thread. */
final class ImageIndex {

  private static final BitSet NOBODY = new BitSet(0);

  private final Map<String, BitSet> byName = new HashMap<>();

  BitSet slots(String image) {
    return byName.getOrDefault(image, NOBODY);
  }

  /**
   * What a node has is no longer the same.
   *
   * @param before and {@code now}: images by their names; what they map to does not matter
   */
  void put(int slot, Map<String, Long> before, Map<String, Long> now) {
    if (before.keySet().equals(now.keySet())) {
      return;
    }
    for (String gone : before.keySet()) {
      if (!now.containsKey(gone)) {
        byName.computeIfPresent(
            gone,
            (name, slots) -> {
              slots.clear(slot);
              return slots.isEmpty() ? null : slots;
            });
      }
    }
    for (String image : now.keySet()) {
      byName.computeIfAbsent(image, name -> new BitSet()).set(slot);
    }
  }
}
