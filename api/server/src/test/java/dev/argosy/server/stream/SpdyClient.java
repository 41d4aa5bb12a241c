package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Opens streams as kubectl does, on one thread. */
final class SpdyClient implements AutoCloseable {

  final String head;
  final Map<Integer, ByteArrayOutputStream> received = new HashMap<>();
  final Set<Integer> replied = new HashSet<>();
  final Set<Integer> ended = new HashSet<>();
  final Set<Integer> reset = new HashSet<>();
  final Set<Integer> pongs = new HashSet<>();
  boolean closed;
  private final Closeable connection;
  private final InputStream in;
  private final OutputStream out;
  private final EmbeddedChannel codec =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
  private int last = -1;

  SpdyClient(int port, String method, String path, String... versions) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    connection = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
    StringBuilder request =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: server\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n");
    for (String version : versions) {
      request.append("X-Stream-Protocol-Version: ").append(version).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(UTF_8));
    head = readHead(in);
  }

  /** Inside a WebSocket. */
  SpdyClient(RawSocketClient socket) {
    head = "";
    connection = socket;
    in = socket.input();
    out = socket.output();
  }

  static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  String body(int length) throws IOException {
    return new String(in.readNBytes(length), UTF_8);
  }

  int open(String... headers) throws IOException {
    last += 2;
    DefaultSpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(last, 0, (byte) 0);
    for (int i = 0; i < headers.length; i += 2) {
      frame.headers().add(headers[i], headers[i + 1]);
    }
    write(frame);
    return last;
  }

  void send(int stream, byte[] data, boolean fin) throws IOException {
    DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(data));
    frame.setLast(fin);
    write(frame);
  }

  /** A data frame without the codec, for another thread than that which opens streams. */
  void sendRaw(int stream, byte[] data, boolean fin) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(8 + data.length);
    frame.putInt(stream).putInt((fin ? 1 << 24 : 0) | data.length).put(data);
    out.write(frame.array());
  }

  /** What the server sends, for who reads frames without the codec. */
  DataInputStream frames() throws IOException {
    return new DataInputStream(new BufferedInputStream(in, 64 * 1024));
  }

  void ping(int id) throws IOException {
    write(new DefaultSpdyPingFrame(id));
  }

  String text(int stream) {
    return new String(bytes(stream), UTF_8);
  }

  byte[] bytes(int stream) {
    ByteArrayOutputStream bytes = received.get(stream);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  /** Reads until the condition holds. */
  void until(BooleanSupplier condition) throws IOException {
    byte[] buffer = new byte[8192];
    while (!condition.getAsBoolean()) {
      int count = in.read(buffer);
      if (count < 0) {
        closed = true;
        if (!condition.getAsBoolean()) {
          throw new IOException("the server closed the connection");
        }
        return;
      }
      codec.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
      for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
        take(frame);
      }
    }
  }

  private void take(Object frame) throws IOException {
    switch (frame) {
      case SpdySynReplyFrame reply -> {
        if (reply.headers().isEmpty()) {
          throw new IOException("kubectl cannot read a reply without a header block");
        }
        replied.add(reply.streamId());
      }
      case SpdyDataFrame data -> {
        received
            .computeIfAbsent(data.streamId(), id -> new ByteArrayOutputStream())
            .write(ByteBufUtil.getBytes(data.content()));
        if (data.isLast()) {
          ended.add(data.streamId());
        }
      }
      case SpdyRstStreamFrame rst -> reset.add(rst.streamId());
      case SpdyPingFrame ping -> pongs.add(ping.id());
      default -> {}
    }
  }

  private void write(Object frame) throws IOException {
    codec.writeOutbound(frame);
    for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
      bytes.readBytes(out, bytes.readableBytes());
      bytes.release();
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
