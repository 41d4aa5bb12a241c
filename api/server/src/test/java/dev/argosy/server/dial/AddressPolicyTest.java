package dev.argosy.server.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private final AddressPolicy closed = new AddressPolicy(List.of());

  private static InetAddress at(String address) {
    return InetAddress.ofLiteral(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::"
      })
  void tenantsDoNotReachWhatIsNotPublic(String address) {
    assertThat(closed.allows("acme", at(address))).isFalse();
    assertThat(closed.allows("root", at(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"93.184.216.34", "172.32.0.1", "2606:2800:220:1::1", "64:ff9b::5db8:d822"})
  void tenantsReachWhatIsPublic(String address) {
    assertThat(closed.allows("acme", at(address))).isTrue();
  }

  @Test
  void addressesOfThisMachineAreNotReached() throws Exception {
    for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
      one.inetAddresses().forEach(address -> assertThat(closed.allows("acme", address)).isFalse());
    }
  }

  @Test
  void rangesCanBeOpened() {
    AddressPolicy open =
        new AddressPolicy(AddressRange.parseAll("10.20.0.0/16, fd00::/8,127.0.0.1"));
    assertThat(open.allows("acme", at("10.20.3.4"))).isTrue();
    assertThat(open.allows("acme", at("10.21.3.4"))).isFalse();
    assertThat(open.allows("acme", at("fd00::5"))).isTrue();
    assertThat(open.allows("acme", at("127.0.0.1"))).isTrue();
    assertThat(open.allows("acme", at("127.0.0.2"))).isFalse();
    for (String wrong : List.of("10.0.0.0/33", "10.0.0.0/x", "example.com")) {
      assertThatThrownBy(() -> AddressRange.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
