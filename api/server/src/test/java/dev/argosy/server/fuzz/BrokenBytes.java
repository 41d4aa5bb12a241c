package dev.argosy.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Requests with bytes lost, doubled, turned or put in. */
final class BrokenBytes {

  private final Dice dice;

  BrokenBytes(Dice dice) {
    this.dice = dice;
  }

  byte[] of(byte[] request) {
    byte[] broken = request;
    int times = 1 + dice.below(3);
    for (int i = 0; i < times && broken.length > 0; i++) {
      broken = once(broken);
    }
    return broken;
  }

  private byte[] once(byte[] request) {
    int at = dice.below(request.length);
    int length = Math.min(request.length - at, 1 + dice.below(20));
    return switch (dice.below(5)) {
      case 0 -> turned(request, at);
      case 1 -> joined(request, at, new byte[0], at + length);
      case 2 -> joined(request, at, Arrays.copyOfRange(request, at, at + length), at);
      case 3 -> joined(request, at, strange(), at);
      default -> Arrays.copyOf(request, at);
    };
  }

  private byte[] turned(byte[] request, int at) {
    byte[] turned = request.clone();
    turned[at] = (byte) (turned[at] ^ (1 << dice.below(8)));
    return turned;
  }

  private byte[] strange() {
    byte[] bytes = new byte[1 + dice.below(4)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          dice.oneIn(3)
              ? (byte) dice.below(256)
              : dice.of((byte) 0, (byte) '\r', (byte) '\n', (byte) ' ', (byte) '%', (byte) 0xff);
    }
    return bytes;
  }

  private static byte[] joined(byte[] request, int until, byte[] between, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(request, 0, until);
    out.writeBytes(between);
    out.write(request, from, request.length - from);
    return out.toByteArray();
  }
}
