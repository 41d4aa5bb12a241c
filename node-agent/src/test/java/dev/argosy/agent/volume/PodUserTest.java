package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PodUserTest {

  private static int of(String spec) {
    return PodUser.of(VolumeBench.json(spec));
  }

  @Test
  void is_the_user_that_all_containers_run_as() {
    assertThat(of("{'securityContext':{'runAsUser':7},'containers':[{},{}]}")).isEqualTo(7);
    assertThat(
            of(
                "{'containers':[{'securityContext':{'runAsUser':7}},"
                    + "{'securityContext':{'runAsUser':7}}]}"))
        .isEqualTo(7);
  }

  @Test
  void is_nobody_if_they_differ_or_do_not_say() {
    assertThat(of("{'containers':[{'securityContext':{'runAsUser':7}},{}]}")).isEqualTo(-1);
    assertThat(
            of(
                "{'securityContext':{'runAsUser':7},"
                    + "'initContainers':[{'securityContext':{'runAsUser':8}}],'containers':[{}]}"))
        .isEqualTo(-1);
    assertThat(of("{'containers':[{}]}")).isEqualTo(-1);
  }
}
