package dev.argosy.server.cel.library;

import dev.argosy.server.cel.value.Opaque;
import java.util.Optional;

/** An address and how many of its leading bits name the network. */
record Cidr(IpAddress address, int prefix) implements Opaque {

  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String digits = text.substring(slash + 1);
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.length() == 1 || digits.charAt(0) != '0');
    Optional<IpAddress> address = IpAddress.parse(text.substring(0, slash));
    if (!number || address.isEmpty()) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(digits);
    return prefix > address.get().length() * 8
        ? Optional.empty()
        : Optional.of(new Cidr(address.get(), prefix));
  }

  @Override
  public String typeName() {
    return "net.CIDR";
  }

  /** Bytes that name the network. */
  long size() {
    return (prefix + 7) / 8;
  }

  /** The network itself: all bits behind the prefix are zero. */
  Cidr masked() {
    byte[] bytes = address.bytes();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(prefix - 8 * i, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    return new Cidr(IpAddress.of(bytes), prefix);
  }

  boolean contains(IpAddress other) {
    return other.length() == address.length()
        && new Cidr(other, prefix).masked().address().equals(masked().address());
  }

  boolean contains(Cidr other) {
    return prefix <= other.prefix && contains(other.masked().address());
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
