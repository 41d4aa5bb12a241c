package dev.argosy.agent.pod.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartsTest {

  private static PodView pod(String spec) {
    String json = "{\"metadata\":{\"name\":\"p\",\"uid\":\"u\"},\"spec\":{%s}}".formatted(spec);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static ContainerView container(String more) {
    return pod("\"containers\":[{\"name\":\"c\"%s}]".formatted(more)).containers().getFirst();
  }

  private static ContainerView init(String more) {
    return pod("\"initContainers\":[{\"name\":\"c\"%s}]".formatted(more))
        .initContainers()
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS,0,true", "ALWAYS,1,true",
    "ON_FAILURE,0,false", "ON_FAILURE,1,true",
    "NEVER,0,false", "NEVER,1,false",
  })
  void withoutWordsOfItsOwnThePodsPolicyCounts(
      PodView.RestartPolicy policy, int code, boolean again) {
    assertThat(Restarts.follows(container(""), policy, code)).isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS,Never,1,false",
    "NEVER,Always,0,true",
    "NEVER,OnFailure,0,false",
    "NEVER,OnFailure,3,true",
    "ALWAYS,OnFailure,0,false",
  })
  void aContainersPolicyIsAbove(PodView.RestartPolicy policy, String own, int code, boolean again) {
    ContainerView container = container(",\"restartPolicy\":\"" + own + "\"");
    assertThat(Restarts.follows(container, policy, code)).isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({"In,42,true", "In,1,false", "NotIn,42,false", "NotIn,1,true", "NotIn,0,true"})
  void rulesAreAboveThePolicy(String operator, int code, boolean again) {
    ContainerView container =
        container(
            """
            ,"restartPolicy":"Never","restartPolicyRules":[
              {"action":"Restart","exitCodes":{"operator":"%s","values":[42,43]}}]
            """
                .formatted(operator));
    assertThat(Restarts.follows(container, PodView.RestartPolicy.ALWAYS, code)).isEqualTo(again);
  }

  @Test
  void initContainersEndAndSidecarsDoNot() {
    assertThat(Restarts.follows(init(""), PodView.RestartPolicy.ALWAYS, 0)).isFalse();
    assertThat(Restarts.follows(init(""), PodView.RestartPolicy.ALWAYS, 1)).isTrue();
    assertThat(Restarts.follows(init(""), PodView.RestartPolicy.NEVER, 1)).isFalse();
    ContainerView sidecar = init(",\"restartPolicy\":\"Always\"");
    assertThat(Restarts.follows(sidecar, PodView.RestartPolicy.NEVER, 0)).isTrue();
    ContainerView once = init(",\"restartPolicy\":\"Never\"");
    assertThat(Restarts.follows(once, PodView.RestartPolicy.ALWAYS, 1)).isFalse();
  }
}
