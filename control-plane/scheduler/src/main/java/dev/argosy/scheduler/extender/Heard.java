package dev.argosy.scheduler.extender;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What extenders say of where one pod may go.
 *
 * @param words one for each that was asked
 * @param marks the nodes that are left, and by how much each gains
 * @param refused the others, and why
 */
public record Heard(List<Word> words, Map<String, Long> marks, Map<String, String> refused) {

  /** Nobody was asked. */
  public static final Heard NOTHING = new Heard(List.of(), Map.of(), Map.of());

  /**
   * What one says.
   *
   * @param number its place in the scheduler's file, from 1
   * @param resources it is about pods that ask for one of them; empty for all pods
   * @param answered whether it did
   * @param needed whether pods wait for its answer
   * @param refused how many nodes it refused for each reason
   */
  public record Word(
      int number,
      Set<String> resources,
      boolean answered,
      boolean needed,
      Map<String, Integer> refused) {
    public Word {
      resources = Set.copyOf(resources);
      refused = Map.copyOf(refused);
    }

    /** Whether pods wait for it. */
    public boolean missing() {
      return needed && !answered;
    }
  }

  public Heard {
    words = List.copyOf(words);
    marks = Map.copyOf(marks);
    refused = Map.copyOf(refused);
  }

  /** Whether all have answered that must be heard. */
  public boolean complete() {
    return words.stream().noneMatch(Word::missing);
  }
}
