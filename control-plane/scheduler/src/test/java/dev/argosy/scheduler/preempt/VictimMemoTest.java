package dev.argosy.scheduler.preempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VictimMemoTest {

  private final VictimMemo memo = new VictimMemo();

  private static PodView pod(String name, String scheduler) {
    String json =
        """
        {"metadata":{"name":"%s","uid":"%s"},"spec":{"schedulerName":"%s","priority":5,
         "containers":[{"name":"c","resources":{"requests":{"cpu":"1"}}}]}}
        """
            .formatted(name, name, scheduler);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", name);
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void answersAreSharedByPodsThatAreAlikeAndOfOneProfile() {
    VictimMemo.Answers answers = memo.of(pod("a", "default-scheduler"), 1);
    assertThat(memo.of(pod("b", "default-scheduler"), 1)).isSameAs(answers);
    assertThat(memo.of(pod("c", "batch"), 1)).as("with other filters").isNotSameAs(answers);
  }
}
