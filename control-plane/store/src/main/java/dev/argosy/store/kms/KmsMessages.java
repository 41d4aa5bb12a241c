package dev.argosy.store.kms;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages of {@code v2.KeyManagementService} on the wire: three requests and three answers of
 * a few fields, which are not worth a compiler in the build. Unknown fields are passed over.
 */
final class KmsMessages {

  private KmsMessages() {}

  /** StatusResponse. */
  record Status(String version, String healthz, String keyId) {}

  /** Writes the fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /** Takes one field of a message; answers whether it knew it. */
  private interface Field {
    boolean take(int number, CodedInputStream in) throws IOException;
  }

  /** EncryptRequest. */
  static byte[] encrypt(byte[] plain, String uid) {
    return message(out -> {
      out.writeByteArray(1, plain);
      out.writeString(2, uid);
    });
  }

  /** DecryptRequest. */
  static byte[] decrypt(SealedSeed seed, String uid) {
    return message(out -> {
      out.writeBytes(1, seed.ciphertext());
      out.writeString(2, uid);
      out.writeString(3, seed.keyId());
      for (Map.Entry<String, String> each : seed.annotations().entrySet()) {
        out.writeByteArray(4, annotation(each.getKey(), each.getValue()));
      }
    });
  }

  private static byte[] annotation(String name, String base64) {
    return message(out -> {
      out.writeString(1, name);
      out.writeByteArray(2, Base64.getDecoder().decode(base64));
    });
  }

  static Status status(byte[] message) throws IOException {
    String[] fields = {"", "", ""};
    read(
        message,
        (number, in) -> {
          boolean known = number >= 1 && number <= fields.length;
          if (known) {
            fields[number - 1] = in.readStringRequireUtf8();
          }
          return known;
        });
    return new Status(fields[0], fields[1], fields[2]);
  }

  /** EncryptResponse. */
  static SealedSeed encrypted(byte[] message) throws IOException {
    ByteString[] ciphertext = {ByteString.EMPTY};
    String[] keyId = {""};
    Map<String, String> annotations = new TreeMap<>();
    read(
        message,
        (number, in) -> {
          switch (number) {
            case 1 -> ciphertext[0] = in.readBytes();
            case 2 -> keyId[0] = in.readStringRequireUtf8();
            case 3 -> annotation(in.readByteArray(), annotations);
            default -> {
              return false;
            }
          }
          return true;
        });
    return new SealedSeed(keyId[0], ciphertext[0], annotations);
  }

  private static void annotation(byte[] message, Map<String, String> into) throws IOException {
    String[] name = {""};
    byte[][] value = {new byte[0]};
    read(
        message,
        (number, in) -> {
          switch (number) {
            case 1 -> name[0] = in.readStringRequireUtf8();
            case 2 -> value[0] = in.readByteArray();
            default -> {
              return false;
            }
          }
          return true;
        });
    into.put(name[0], Base64.getEncoder().encodeToString(value[0]));
  }

  /** DecryptResponse. */
  static byte[] decrypted(byte[] message) throws IOException {
    byte[][] plain = {new byte[0]};
    read(
        message,
        (number, in) -> {
          if (number == 1) {
            plain[0] = in.readByteArray();
          }
          return number == 1;
        });
    return plain[0];
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void read(byte[] message, Field field) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    int tag = in.readTag();
    while (tag != 0) {
      boolean text = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (!text || !field.take(WireFormat.getTagFieldNumber(tag), in)) {
        in.skipField(tag);
      }
      tag = in.readTag();
    }
  }
}
