package dev.argosy.agent.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as they are on the wire: those who call read and write them. */
enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
  AS_THEY_ARE;

  /**
   * A method whose messages are bytes.
   *
   * @param name {@code package.Service/Method}
   */
  static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(AS_THEY_ARE, AS_THEY_ARE)
        .setFullMethodName(name)
        .setType(type)
        .build();
  }

  @Override
  public InputStream stream(byte[] value) {
    return new ByteArrayInputStream(value);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
