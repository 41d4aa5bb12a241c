package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NfsSourceTest {

  @Test
  void options_of_nfs_are_taken() {
    assertThat(NfsSource.of("nas.example", "/a b", List.of("vers=4.1,hard", "timeo=600"), false))
        .isEqualTo(
            new Wanted.Nfs(
                "nas.example:/a b", List.of("nosuid", "nodev", "vers=4.1", "hard", "timeo=600")));
    assertThat(NfsSource.of("[2001:db8::1]", "/", List.of(), true))
        .isEqualTo(new Wanted.Nfs("[2001:db8::1]:/", List.of("nosuid", "nodev", "ro")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bind", "loop", "suid", "hard,rbind", "vers=4 -o bind", "x-a=b", ""})
  void others_are_not(String option) {
    assertThat(NfsSource.of("nas", "/", List.of(option), false)).isInstanceOf(Wanted.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-obind", "/data/disks/acme/pvc/mount/a", "a/b", "a b", "::1"})
  void a_server_is_a_name_or_an_address(String server) {
    assertThat(NfsSource.of(server, "/", List.of(), false)).isInstanceOf(Wanted.Refused.class);
    assertThat(NfsSource.of("nas", "etc", List.of(), false)).isInstanceOf(Wanted.Refused.class);
  }
}
