package dev.argosy.scheduler.whatif;

import dev.argosy.scheduler.extender.Heard;
import java.util.List;
import java.util.TreeSet;

/**
 * What counts besides room.
 *
 * @param words of extenders
 */
record Beside(List<Heard.Word> words, Share share) {

  static final Beside NOTHING = new Beside(List.of(), new Share(0, Integer.MAX_VALUE));

  Beside {
    words = List.copyOf(words);
  }

  /** Why pods for which there is room would wait all the same; empty if they would not. */
  String message(int fitting) {
    StringBuilder message = new StringBuilder();
    for (Heard.Word word : words) {
      if (word.missing()) {
        message.append(" ").append(name(word)).append(" did not answer; pods wait until it does.");
      }
    }
    return message.append(turn(fitting)).toString();
  }

  /** In words whether others come first. */
  String turn(int fitting) {
    if (share.ahead() >= fitting) {
      return "";
    }
    return share.ahead() == 0
        ? " Pods of other tenants that wait come first."
        : " "
            + share.ahead()
            + (share.ahead() == 1 ? " of them comes next" : " of them come next")
            + ", the others after waiting pods of other tenants.";
  }

  /** An extender as tenants know it: without its address. */
  private static String name(Heard.Word word) {
    String name = "Extender " + word.number() + " of the scheduler";
    return word.resources().isEmpty()
        ? name
        : name + " (" + String.join(", ", new TreeSet<>(word.resources())) + ")";
  }
}
