package dev.argosy.scheduler.whatif;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.extender.Heard;
import dev.argosy.scheduler.pod.PodView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Questions of tests, and what is made of the answers. */
public final class Answers {

  private final Stage stage;
  private final Asked asked;
  private final Answer answer;

  private Answers(Stage stage, Asked asked) {
    this.stage = stage;
    this.asked = asked;
    this.answer = Answering.of(stage, asked, Heard.NOTHING);
  }

  /** Asks about so many pods of the tenant acme. */
  public static Answers ask(Stage stage, ObjectNode pod, int count) {
    ObjectKey key = new ObjectKey(PodView.PODS, "acme", "default", "asked");
    return new Answers(stage, new Asked(key, pod, count, Json.object()));
  }

  public int fitting() {
    return answer.fitting();
  }

  public Map<String, Integer> where() {
    return new TreeMap<>(answer.where());
  }

  public List<ObjectNode> changes() {
    return answer.changes().stream().map(Suggestion::json).toList();
  }

  public String message() {
    return answer.message();
  }

  /** How many of such pods can be placed, one after the other. They stay there. */
  public int place(ObjectNode pod) {
    for (int i = 0; i < asked.count(); i++) {
      if (stage.place(asked.view(pod, i)).isEmpty()) {
        return i;
      }
    }
    return asked.count();
  }

  public void addNodes(String like, int count) {
    stage.nodes("acme").stream()
        .filter(n -> n.name().equals(like))
        .findFirst()
        .ifPresent(node -> {
          for (int i = 0; i < count; i++) {
            stage.add(AssumedNode.another(node, "new-" + i));
          }
        });
  }
}
