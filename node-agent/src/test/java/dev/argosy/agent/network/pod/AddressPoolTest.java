package dev.argosy.agent.network.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.network.hostport.PublishedPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AddressPoolTest {

  @TempDir Path folder;

  @Test
  void addressesAreDistinctUntilTheSubnetIsUsedUp() throws NetworkFailure {
    AddressPool pool = new AddressPool(folder, Subnet.of("10.0.0.0/29"));
    Set<String> given = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      given.add(pool.take("pod" + i));
    }
    assertThat(given)
        .containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    assertThatThrownBy(() -> pool.take("late")).isInstanceOf(NetworkFailure.class);
    String freed = pool.take("pod3");
    pool.release("pod3");
    assertThat(pool.take("late")).isEqualTo(freed);
  }

  @Test
  void aRestartedAgentKnowsWhatItGave() throws NetworkFailure {
    String address = new AddressPool(folder, Subnet.of("10.0.0.0/24")).take("pod");
    AddressPool again = new AddressPool(folder, Subnet.of("10.0.0.0/24"));
    assertThat(again.address("pod")).contains(address);
    assertThat(again.take("other")).isNotEqualTo(address);
    assertThat(new AddressPool(folder, Subnet.of("10.0.1.0/24")).address("pod")).isEmpty();
  }

  @Test
  void whatIsNoAddressOrAnotherPodsIsDropped() throws NetworkFailure, IOException {
    String address = new AddressPool(folder, Subnet.of("10.0.0.0/24")).take("a");
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("words"), "no address");
    Files.writeString(folder.resolve("cut"), "10.0.0.");
    Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, 0, (byte) 0xc3});
    Files.writeString(folder.resolve("same"), address);
    AddressPool again = new AddressPool(folder, Subnet.of("10.0.0.0/24"));
    assertThat(again.pods()).hasSize(1).isSubsetOf("a", "same");
    assertThat(again.take("empty")).isNotEqualTo(address);
  }

  @Test
  void aSweepFreesWhatAnAgentLeftBehindThatDied() throws NetworkFailure {
    AddressPool before = new AddressPool(folder, Subnet.of("10.0.0.0/24"));
    before.take("gone-with-a-link");
    String kept = before.take("here");
    VethNetwork network =
        new VethNetwork(
            "10.0.0.0/24",
            folder,
            "127.0.0.1",
            1400,
            new PublishedPorts(List.of("true"), "none", "127.0.0.1"));
    network.sweep("here"::equals);
    assertThat(network.address("here")).contains(kept);
    assertThat(folder.resolve("gone-with-a-link")).doesNotExist();
  }
}
