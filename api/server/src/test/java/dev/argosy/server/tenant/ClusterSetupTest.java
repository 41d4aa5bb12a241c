package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.fake.FakeApi;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ClusterSetupTest {

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "acme");
  private final ClusterSetup setup =
      new ClusterSetup(
          api.client(),
          (cluster, objects) -> false,
          new ApiAddress("10.96.0.1", 6443, "198.51.100.7"),
          "PEM");

  /** A create would be refused for the service's address, which is taken: by the service itself. */
  @Test
  void whatIsThereIsNotMadeAgain() {
    setup.ensure("acme");
    int made = api.writes().size();
    assertThat(made).isPositive();
    setup.ensure("acme");
    assertThat(api.writes()).hasSize(made);
  }
}
