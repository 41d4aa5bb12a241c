package dev.argosy.controllers.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.node.PoolGrants.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of tenants concerns DaemonSets. */
class GrantHandlerTest {

  private final List<String> told = new ArrayList<>();
  private final GrantHandler grants = new GrantHandler(told::add);

  private static Grant grant(boolean suspended, String... pools) {
    return new Grant("acme", Set.of(pools), suspended, "");
  }

  @Test
  void only_other_pools_matter() {
    grants.updated(grant(false, "fast"), grant(true, "fast"));
    assertThat(told).isEmpty();
    grants.updated(grant(false, "fast"), grant(false, "fast", "slow"));
    assertThat(told).containsExactly("acme");
  }
}
